/* What summarise.sentences takes into a summary, and what it never takes. */
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
        "clean.charset", "clean.text", "extract.tokens", "extract.language", "extract.sentences",
        "extract.quotes", "extract.mentions"
    };
    harness *h = harness_new();

    for (size_t i = 0; i < sizeof before / sizeof *before; i++)
        harness_stage(h, before[i], NULL);
    harness_stage_linked(h, &gly_plugin_v0, options);
    return h;
}

/* The summary's sentences, parted by '|'. */
static void expect(const char *options, const char *text, const char *wanted)
{
    harness *h = pipeline(options);
    const gly_doc *doc = harness_run(h, "a.txt", text, strlen(text));
    const gly_layer *layer = gly_layer_of(doc, "summary/1");
    char found[2048] = "";
    size_t used = 0;

    assert_int_equal(harness_status(h), GLY_OK);
    for (uint32_t i = 0; i < GLY_COUNT(layer); i++) {
        gly_str sentence = gly_slice(doc->text, GLY_RECORDS(layer, gly_summary)[i].at);

        used += (size_t)snprintf(found + used, sizeof found - used, "%s%.*s", i ? "|" : "",
                                 (int)sentence.len, sentence.ptr);
    }
    assert_string_equal(found, wanted);
    harness_free(h);
}

#define TITLE "New bridge for Carrow\n\n"
#define LEAD "The new bridge over the Ode at Carrow opened to cars and cyclists on Monday."
#define COST "The bridge cost £12 million and was built in fourteen months."
#define SPEECH "“The bridge at Carrow is open. We are glad of the bridge,” said Mayor Ann Quill."
#define OLD "The old bridge was closed in 2019 because of cracks in its piers."

static void leaves_titles_questions_and_notices_out(void **unused)
{
    (void)unused;
    expect(NULL, "", "");
    expect(NULL, TITLE, "");
    expect(NULL, TITLE LEAD "\n\nView: the bridge at Carrow seen from the east bank on Monday.\n\n"
                 "– The bridge at Carrow is worth its price, says one.\n", LEAD);
    expect(NULL, TITLE LEAD "\n\nWhat will happen to the old bridge at Carrow?\n\nYes, really.\n\n"
                 "For more information about the bridge, ask the town hall in Carrow.\n\n"
                 "The bridge at Carrow has a page at www.bridge.example for all questions.\n", LEAD);
}

static void leaves_a_company_on_itself_out(void **unused)
{
    (void)unused;
    expect(NULL, TITLE LEAD "\n\n" COST "\n\nOde Bridges of Carrow is a leading provider of bridge solutions.\n",
           LEAD "|" COST);
}

static void keeps_the_order_of_the_text(void **unused)
{
    (void)unused;
    expect(NULL, TITLE LEAD " " COST " " OLD "\n", LEAD "|" COST "|" OLD);
}

static void keeps_within_every_limit(void **unused)
{
    (void)unused;
    expect("sentences=1", TITLE LEAD " " COST "\n", LEAD);
    expect("max_words=20", TITLE LEAD " " COST "\n", LEAD);
    expect("max_words=12", TITLE LEAD " " COST "\n", COST);
    expect("max_words=4", TITLE LEAD " " COST "\n", "");
    expect("max_chars=76", TITLE LEAD " " COST "\n", LEAD);
    expect("max_chars=75", TITLE LEAD " " COST "\n", COST);
    expect("percent=60", TITLE LEAD " " COST "\n", LEAD);
}

static void opens_on_its_own_feet(void **unused)
{
    (void)unused;
    expect("sentences=1", TITLE "It opened on Monday after fourteen months of work at Carrow.\n\n" COST "\n",
           COST);
    expect("sentences=2", TITLE LEAD " However, it cost £12 million, and the bridge opened late.\n",
           LEAD "|However, it cost £12 million, and the bridge opened late.");
    expect("sentences=1", TITLE "This week the new bridge over the Ode at Carrow opened to cars.\n",
           "This week the new bridge over the Ode at Carrow opened to cars.");
    expect("sentences=1", "Neue Brücke\n\n"
                          "Deshalb wurde die Brücke in Karau am Montag für den Verkehr geöffnet.\n\n"
                          "Die Brücke in Karau hat zwölf Millionen Euro gekostet und ist seit Montag offen.\n",
           "Die Brücke in Karau hat zwölf Millionen Euro gekostet und ist seit Montag offen.");
}

static void keeps_quotations_whole(void **unused)
{
    (void)unused;
    expect("sentences=1", TITLE SPEECH "\n\n" COST "\n",
           COST);
    expect("sentences=2", TITLE SPEECH "\n",
           "“The bridge at Carrow is open.|We are glad of the bridge,” said Mayor Ann Quill.");
    expect(NULL, TITLE LEAD "\n\n"
                 "Mayor Ann Quill said: “The bridge at Carrow is a dream.\n“The bridge will last.”\n\n"
                 "“The bridge at Carrow is the best bridge on the river Ode.”\n", LEAD);
}

static void says_nothing_twice(void **unused)
{
    (void)unused;
    expect(NULL, TITLE LEAD "\n\nThere the new bridge over the Ode at Carrow opened to cars and cyclists.\n\n"
                 COST "\n",
           LEAD "|" COST);
}

static void leaves_the_dateline_out(void **unused)
{
    (void)unused;
    expect(NULL, TITLE "CARROW, 2 May 2023 - " LEAD "\n", LEAD);
    expect(NULL, TITLE "Carrow (Agency) – " LEAD "\n", LEAD);
    expect(NULL, TITLE "(NEWS) " LEAD "\n", LEAD);
    expect(NULL, TITLE "Carrow, Marlshire (NEWS)" LEAD "\n", LEAD);
}

/* A step that looked at all pairs of sentences would not end in a test's time. */
static void long_texts_take_linear_time(void **unused)
{
    static const char *const units[] = {
        "A man of Carrow saw 12 dogs. ", "\"", "“He is a b c. ", "it ", "Is it? ("
    };
    enum { LENGTH = 1 << 20 };
    char *text = malloc(LENGTH);

    (void)unused;
    assert_non_null(text);
    for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
        harness *h = pipeline("sentences=0;max_words=0");

        for (size_t i = 0; i < LENGTH; i++)
            text[i] = units[u][i % strlen(units[u])];
        harness_run(h, "a.txt", text, LENGTH);
        assert_int_equal(harness_status(h), GLY_OK);
        harness_free(h);
    }
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(leaves_titles_questions_and_notices_out),
        cmocka_unit_test(leaves_a_company_on_itself_out),
        cmocka_unit_test(keeps_the_order_of_the_text),
        cmocka_unit_test(keeps_within_every_limit),
        cmocka_unit_test(opens_on_its_own_feet),
        cmocka_unit_test(keeps_quotations_whole),
        cmocka_unit_test(says_nothing_twice),
        cmocka_unit_test(leaves_the_dateline_out),
        cmocka_unit_test(long_texts_take_linear_time),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
