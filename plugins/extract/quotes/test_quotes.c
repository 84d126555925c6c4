/* Which quotations extract.quotes finds, and whom it names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "harness/harness.h"

extern const gly_plugin gly_plugin_v0;

static void stages(harness *h)
{
    harness_stage(h, "extract.tokens", NULL);
    harness_stage(h, "extract.sentences", NULL);
    harness_stage_linked(h, &gly_plugin_v0, NULL);
}

/* words NULL: the text must give none. */
static void expect(const char *text, const char *words, const char *speaker, const char *role)
{
    harness *h = harness_new();
    const gly_layer *layer;

    stages(h);
    layer = gly_layer_of(harness_run(h, "a.txt", text, strlen(text)), "quote/1");
    assert_int_equal(harness_status(h), GLY_OK);
    assert_int_equal(GLY_COUNT(layer), words ? 1 : 0);
    if (words) {
        const gly_quote *q = GLY_RECORDS(layer, gly_quote);

        assert_true(gly_str_eq(q->text, (gly_str){ words, (uint32_t)strlen(words) }));
        assert_true(gly_str_eq(q->speaker, (gly_str){ speaker, (uint32_t)strlen(speaker) }));
        assert_true(gly_str_eq(q->role, (gly_str){ role, (uint32_t)strlen(role) }));
    }
    harness_free(h);
}

static void names_the_speaker(void **unused)
{
    (void)unused;
    expect("Head of Parks, Ann Lee, said: “It is done.”", "It is done.", "Ann Lee", "Head of Parks");
    expect("\"It is done,\" said Ann Lee, mayor of Wick.", "It is done,", "Ann Lee", "mayor of Wick");
    expect("„Es ist gut“, sagte Eva Roth.", "Es ist gut", "Eva Roth", "");
}

static void expect_person(const char *text, const char *name, const char *role, const char *organisation)
{
    harness *h = harness_new();
    const gly_quote *q;

    stages(h);
    q = GLY_RECORDS(gly_layer_of(harness_run(h, "a.txt", text, strlen(text)), "quote/1"), gly_quote);
    assert_non_null(q);
    assert_true(gly_str_eq(q->name, (gly_str){ name, (uint32_t)strlen(name) }));
    assert_true(gly_str_eq(q->role, (gly_str){ role, (uint32_t)strlen(role) }));
    assert_true(gly_str_eq(q->organisation, (gly_str){ organisation, (uint32_t)strlen(organisation) }));
    harness_free(h);
}

static void tells_name_role_and_organisation_apart(void **unused)
{
    (void)unused;
    expect_person("Marlshire Council’s Head of Roads, Insp Ann Lee, said: “It is done.”",
                  "Ann Lee", "Head of Roads", "Marlshire Council");
    expect_person("Harbour Commissioner Ann Lee said: “It is done.”", "Ann Lee", "Harbour Commissioner", "");
    expect_person("“It is done,” said Dr Ann Lee, director of roads at the University of Wick.",
                  "Ann Lee", "director of roads", "University of Wick");
    expect_person("“It is done,” said Ann Lee, chief executive of Acme Ltd.", "Ann Lee", "chief executive", "Acme Ltd");
}

static void the_words_between_two_quotations_name_both_speakers(void **unused)
{
    static const char text[] = "“It was heavy,” said Ann Lee, “and the river was glad.”";
    harness *h = harness_new();
    const gly_layer *layer;

    (void)unused;
    stages(h);
    layer = gly_layer_of(harness_run(h, "a.txt", text, strlen(text)), "quote/1");
    assert_int_equal(GLY_COUNT(layer), 2);
    for (uint32_t i = 0; i < 2; i++)
        assert_true(gly_str_eq(GLY_RECORDS(layer, gly_quote)[i].name, GLY_LIT("Ann Lee")));
    harness_free(h);
}

static void joins_paragraphs(void **unused)
{
    (void)unused;
    expect("Ann Lee said: “One, \n“Two.”\nEnd", "One,\n\nTwo.", "Ann Lee", "");
}

static void leaves_titles_alone(void **unused)
{
    (void)unused;
    expect("The “Green Mile” opens.", NULL, NULL, NULL);
    expect("“", NULL, NULL, NULL);
    expect("", NULL, NULL, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_the_speaker),
        cmocka_unit_test(tells_name_role_and_organisation_apart),
        cmocka_unit_test(the_words_between_two_quotations_name_both_speakers),
        cmocka_unit_test(joins_paragraphs),
        cmocka_unit_test(leaves_titles_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
