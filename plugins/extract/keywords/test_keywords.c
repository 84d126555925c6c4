/* Which words and phrases extract.keywords finds, and in what form. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "../../../tests/harness/harness.h"

extern const gly_plugin gly_plugin_v0;

static harness *pipeline(const char *options)
{
    static const char *const before[] = {
        "clean.charset", "clean.text", "extract.tokens", "extract.language", "extract.sentences"
    };
    harness *h = harness_new();

    for (size_t i = 0; i < sizeof before / sizeof *before; i++)
        harness_stage(h, before[i], NULL);
    harness_stage_linked(h, &gly_plugin_v0, options);
    return h;
}

/* The keywords, best first, each with a bar before and behind it. */
static void find(const char *options, const char *text, char *found, size_t size)
{
    harness *h = pipeline(options);
    const gly_doc *doc = harness_run(h, "a.txt", text, strlen(text));
    const gly_layer *layer = gly_layer_of(doc, "keyword/1");
    size_t used = (size_t)snprintf(found, size, "|");

    assert_int_equal(harness_status(h), GLY_OK);
    for (uint32_t rank = 0; rank < GLY_COUNT(layer); rank++)
        for (uint32_t i = 0; i < layer->count; i++) {
            const gly_keyword *k = &GLY_RECORDS(layer, gly_keyword)[i];

            if (k->rank != rank)
                continue;
            assert_true(gly_str_eq(k->text, gly_slice(doc->text, k->at)));
            assert_true(k->score > 0 && k->score <= 1 && (rank > 0 || k->score >= 1));
            used += (size_t)snprintf(found + used, size - used, "%.*s|", (int)k->text.len, k->text.ptr);
        }
    harness_free(h);
}

static void expect(const char *options, const char *text, const char *wanted)
{
    char found[2048];

    find(options, text, found, sizeof found);
    assert_string_equal(found, wanted);
}

static void expect_among(const char *options, const char *text, const char *keyword, bool there)
{
    char found[2048], wanted[100];

    find(options, text, found, sizeof found);
    snprintf(wanted, sizeof wanted, "|%s|", keyword);
    if ((strstr(found, wanted) != NULL) != there)
        fail_msg("'%s' %s among %s", keyword, there ? "is not" : "is", found);
}

#define OTTERS "Otters return to the river\n\nThe otter is back in the Ode. Three otters were seen by anglers near " \
    "Carrow in May, and another otter was filmed at night by an otter trust.\n"

static void counts_the_forms_of_a_word_together(void **unused)
{
    (void)unused;
    expect("keywords=1", OTTERS, "|otter|");
    expect_among(NULL, OTTERS, "otters", false);
}

/* Their stem has three letters, and the forms have no more in common. */
static void counts_the_forms_of_a_short_word_together(void **unused)
{
    static const char *const text =
        "Council asks for a bid\n\nThe town has had a bid for the old harbour, and it expects another bid "
        "from a company in Carrow. All bids are to be read in May, and the bidding ends in June.\n";

    (void)unused;
    expect("keywords=1", text, "|bid|");
    expect_among("keywords=100", text, "bids", false);
    expect_among("keywords=100", text, "bidding", false);
}

static void leaves_stop_words_and_numbers_out(void **unused)
{
    (void)unused;
    expect(NULL, "", "|");
    expect(NULL, "And then there were 12 of them, and they were not.\n", "|");
}

static void finds_phrases_and_names(void **unused)
{
    static const char *const text =
        "Council backs night bus\n\nThe night bus will run from June, Marlshire County Council said. "
        "Drivers asked for a night bus in a survey. Councillors saw that the night bus is wanted by "
        "nurses in Carrow.\n";

    (void)unused;
    expect_among(NULL, text, "night bus", true);
    expect_among("keywords=100", text, "Marlshire County Council", true);
    expect_among("keywords=100", text, "Council said", false);
    expect_among("keywords=100;max_words=1", text, "night bus", false);
}

static void cuts_what_is_no_part_of_the_word(void **unused)
{
    static const char *const french =
        "L'eau de la Lierre\n\nL’eau manque à Saint-Aubry. La ville économise l'eau depuis mars, et "
        "l’eau de la Lierre est trop basse pour les pompes, selon la mairie.\n";

    (void)unused;
    expect_among("keywords=2", french, "eau", true);
    expect_among("keywords=100", "Carrow’s new bridge is open, and Carrow’s old bridge is closed for the "
                 "winter.\n", "Carrow", true);
}

static void stems_by_the_language_of_the_text(void **unused)
{
    static const char *const german =
        "Die Brücken in Karau werden geprüft. Eine Brücke ist gesperrt, und die anderen Brücken bleiben "
        "für den Verkehr offen, sagte die Stadt.\n";

    (void)unused;
    expect_among("keywords=100", german, "Brücke", false);
    expect("keywords=1", german, "|Brücken|");
}

static void leaves_notes_out(void **unused)
{
    (void)unused;
    expect_among("keywords=100", OTTERS "\nNotes to editors\n\n1. The Trust was founded in 1990 by zoologists.\n",
                 "zoologists", false);
}

/* A table that grew by steps of one size would not end in a test's time. */
static void long_texts_take_linear_time(void **unused)
{
    static const char *const units[] = { "ab ", "Abc'", "Abcd Efgh ", "l'", "abc\n\n" };
    enum { LENGTH = 1 << 20 };
    char *text = malloc(LENGTH);

    (void)unused;
    assert_non_null(text);
    for (size_t u = 0; u <= sizeof units / sizeof *units; u++) {
        harness *h = pipeline(NULL);

        for (uint32_t i = 0, seed = 1; i < LENGTH; i++) {
            seed = seed * 1664525 + 1013904223;
            text[i] = u < sizeof units / sizeof *units
                          ? units[u][i % strlen(units[u])]
                          : "abcdefghijklmnop Rst "[seed >> 16 & 15 ? seed >> 20 & 15 : 16];
        }
        harness_run(h, "a.txt", text, LENGTH);
        assert_int_equal(harness_status(h), GLY_OK);
        harness_free(h);
    }
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_the_forms_of_a_word_together),
        cmocka_unit_test(counts_the_forms_of_a_short_word_together),
        cmocka_unit_test(leaves_stop_words_and_numbers_out),
        cmocka_unit_test(finds_phrases_and_names),
        cmocka_unit_test(cuts_what_is_no_part_of_the_word),
        cmocka_unit_test(stems_by_the_language_of_the_text),
        cmocka_unit_test(leaves_notes_out),
        cmocka_unit_test(long_texts_take_linear_time),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
