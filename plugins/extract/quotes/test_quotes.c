/* Which quotations extract.quotes finds, and whom it names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "../../../tests/harness/harness.h"

extern const gly_plugin gly_plugin_v0;

/* words NULL: the text must give none. */
static void expect(const char *text, const char *words, const char *speaker, const char *role)
{
    harness *h = harness_new();
    const gly_layer *layer;

    harness_stage_linked(h, &gly_plugin_v0, NULL);
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
        cmocka_unit_test(joins_paragraphs),
        cmocka_unit_test(leaves_titles_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
