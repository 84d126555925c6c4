/* Which quotations extract.quotes finds, and whom it names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "extract/quotes/marks.h"
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
    expect("Head of Parks, Ann Lee, said: “It is done.”", "It is done.", "Ann Lee",
           "Head of Parks");
    expect("\"It is done,\" said Ann Lee, mayor of Wick.", "It is done,", "Ann Lee",
           "mayor of Wick");
    expect("„Es ist gut“, sagte Eva Roth.", "Es ist gut", "Eva Roth", "");
}

/* A text of nothing but quotations costs what the first MOST_QUOTATIONS cost, and says so. */
static void bounds_the_quotations_of_a_text(void **unused)
{
    static const char one[] = "\"Yes,\" said Ann Lee. ";
    size_t count = MOST_QUOTATIONS + 500, length = sizeof one - 1;
    char *text = malloc(count * length);
    harness *h = harness_new();
    const gly_doc *doc;

    (void)unused;
    assert_non_null(text);
    for (size_t i = 0; i < count; i++)
        memcpy(text + i * length, one, length);
    stages(h);
    doc = harness_run(h, "a.txt", text, count * length);
    assert_int_equal(harness_status(h), GLY_OK);
    assert_int_equal(GLY_COUNT(gly_layer_of(doc, "quote/1")), MOST_QUOTATIONS);
    assert_int_equal(doc->nnotes, 1);
    assert_int_equal(doc->notes[0].where.begin, MOST_QUOTATIONS * length - strlen(" said Ann Lee. ") + 1);
    harness_free(h);
    free(text);
}

static void expect_person(const char *text, const char *name, const char *role,
                          const char *organisation)
{
    harness *h = harness_new();
    const gly_quote *q;

    stages(h);
    q = GLY_RECORDS(gly_layer_of(harness_run(h, "a.txt", text, strlen(text)), "quote/1"),
                    gly_quote);
    assert_non_null(q);
    assert_true(gly_str_eq(q->name, (gly_str){ name, (uint32_t)strlen(name) }));
    assert_true(gly_str_eq(q->role, (gly_str){ role, (uint32_t)strlen(role) }));
    assert_true(
        gly_str_eq(q->organisation, (gly_str){ organisation, (uint32_t)strlen(organisation) }));
    harness_free(h);
}

static void tells_name_role_and_organisation_apart(void **unused)
{
    (void)unused;
    expect_person("Marlshire Council’s Head of Roads, Insp Ann Lee, said: “It is done.”",
                  "Ann Lee", "Head of Roads", "Marlshire Council");
    expect_person("Harbour Commissioner Ann Lee said: “It is done.”", "Ann Lee",
                  "Harbour Commissioner", "");
    expect_person("“It is done,” said Dr Ann Lee, director of roads at the University of Wick.",
                  "Ann Lee", "director of roads", "University of Wick");
    expect_person("“It is done,” said Ann Lee, chief executive of Acme Ltd.", "Ann Lee",
                  "chief executive", "Acme Ltd");
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
    expect(":'a' b", NULL, NULL, NULL);
    expect("", NULL, NULL, NULL);
}

/* Who says quotation `which`, by the full name; NULL: it is not there. */
static void expect_name(const char *text, uint32_t which, const char *name)
{
    harness *h = harness_new();
    const gly_layer *layer;

    stages(h);
    layer = gly_layer_of(harness_run(h, "a.txt", text, strlen(text)), "quote/1");
    assert_int_equal(harness_status(h), GLY_OK);
    if (!name) {
        assert_true(GLY_COUNT(layer) <= which);
    } else {
        assert_true(GLY_COUNT(layer) > which);
        gly_str found = GLY_RECORDS(layer, gly_quote)[which].name;

        assert_int_equal(found.len, strlen(name));
        assert_memory_equal(found.ptr, name, found.len);
    }
    harness_free(h);
}

static void reads_single_marks_and_leaves_apostrophes_alone(void **unused)
{
    (void)unused;
    expect("‘It is the officers’ work,’ said Ann Lee.", "It is the officers’ work,", "Ann Lee", "");
    expect("'We can't wait,' said Ann Lee.", "We can't wait,", "Ann Lee", "");
    expect("Ann Lee said the ’90s were kind to the dogs’ home.", NULL, NULL, NULL);
    expect("The Smiths' dog and the Lees' cat came, said Ann Lee.", NULL, NULL, NULL);
}

static void keeps_marks_inside_a_quotation(void **unused)
{
    (void)unused;
    expect("“He said ‘no’ to me,” said Ann Lee.", "He said ‘no’ to me,", "Ann Lee", "");
    expect("“Read “The Mill” again,” said Ann Lee.", "Read “The Mill” again,", "Ann Lee", "");
}

static void ends_an_unclosed_quotation_with_its_paragraph(void **unused)
{
    (void)unused;
    expect("Ann Lee said: “It is done.\n\nThe bridge is open.", "It is done.", "Ann Lee", "");
}

static void the_hearer_is_not_the_speaker(void **unused)
{
    (void)unused;
    expect_name("Ann Lee told Tom Hill that the bridge was “safe for everyone now”.", 0, "Ann Lee");
    expect_name("Ann Lee wrote to Tom Hill: “It is safe.”", 0, "Ann Lee");
    expect_name("“It is safe,” Ann Lee told Tom Hill.", 0, "Ann Lee");
}

static void leads_back_to_the_full_name(void **unused)
{
    (void)unused;
    expect_name("“One,” said Ann Lee. Tom Hill came. “Two,” Ms Lee added.", 1, "Ann Lee");
    expect_name("“One,” said Ann Lee. “Two,” said Tom Hill. “Three,” she added.", 2, "Ann Lee");
    expect_name("The Minister for Roads, Ann Lee, came. “It is safe,” the minister said.", 0,
                "Ann Lee");
    expect_name("Tom Hill met Ann Lee, who said: “It is safe.”", 0, "Ann Lee");
}

static void tells_who_speaks_without_a_cue(void **unused)
{
    (void)unused;
    expect_name("“The bridge is safe.”\n– Ann Lee, engineer", 0, "Ann Lee");
    expect_name("Ann Lee, engineer:\n“The bridge is safe.”", 0, "Ann Lee");
    expect_name("“One,” said Ann Lee. “The bridge is safe.”", 1, "Ann Lee");
}

static void words_that_nobody_says_are_no_quotation(void **unused)
{
    (void)unused;
    expect_name("Ann Lee came to the “Big Tidy” with Pete “Sparky” Dunn.", 0, NULL);
    expect_name("The so-called “super skip” is here, said Ann Lee.", 0, NULL);
    expect_name("The paper, “On seeing while walking”, was read by Ann Lee.", 0, NULL);
}

/* A pattern over and over until the text has `size` bytes. */
static void expect_quick(const char *pattern, size_t size)
{
    size_t length = strlen(pattern);
    char *text = malloc(size);
    harness *h = harness_new();

    assert_non_null(text);
    for (size_t i = 0; i < size; i++)
        text[i] = pattern[i % length];
    stages(h);
    harness_run(h, "a.txt", text, size - size % length);
    assert_int_equal(harness_status(h), GLY_OK);
    harness_free(h);
    free(text);
}

/* Takes minutes when any of it is quadratic. */
static void reads_a_million_marks_in_linear_time(void **unused)
{
    static const char *const patterns[] = {
        "“",     "\"",        "'a ", "““”",  "“a ",          "\"a\n",
        "‘s’ s", "“a” said ", "A ",  "A’s ", "a, said “b” ", "the of ",
    };

    (void)unused;
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++)
        expect_quick(patterns[i], 1 << 19);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_the_speaker),
        cmocka_unit_test(bounds_the_quotations_of_a_text),
        cmocka_unit_test(tells_name_role_and_organisation_apart),
        cmocka_unit_test(the_words_between_two_quotations_name_both_speakers),
        cmocka_unit_test(joins_paragraphs),
        cmocka_unit_test(leaves_titles_alone),
        cmocka_unit_test(reads_single_marks_and_leaves_apostrophes_alone),
        cmocka_unit_test(keeps_marks_inside_a_quotation),
        cmocka_unit_test(ends_an_unclosed_quotation_with_its_paragraph),
        cmocka_unit_test(the_hearer_is_not_the_speaker),
        cmocka_unit_test(leads_back_to_the_full_name),
        cmocka_unit_test(tells_who_speaks_without_a_cue),
        cmocka_unit_test(words_that_nobody_says_are_no_quotation),
        cmocka_unit_test(reads_a_million_marks_in_linear_time),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
