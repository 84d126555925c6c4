/* Where extract.tokens begins and ends its words, and what it says of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "../../../tests/harness/harness.h"
#include "extract/tokens/letters.h"
#include "kit/words.h"

extern const gly_plugin gly_plugin_v0;

/* The tokens of a text, parted by '|'. */
static void expect(const char *text, const char *wanted)
{
    harness *h = harness_new();
    const gly_doc *doc;
    const gly_layer *layer;
    char found[512] = "";
    size_t used = 0;

    harness_stage_linked(h, &gly_plugin_v0, NULL);
    doc = harness_run(h, "a.txt", text, strlen(text));
    assert_int_equal(harness_status(h), GLY_OK);
    layer = gly_layer_of(doc, "token/1");
    for (uint32_t i = 0; i < GLY_COUNT(layer); i++) {
        gly_str token = gly_slice(doc->text, GLY_RECORDS(layer, gly_token)[i].at);

        used += (size_t)snprintf(found + used, sizeof found - used, "%s%.*s", i ? "|" : "",
                                 (int)token.len, token.ptr);
    }
    assert_string_equal(found, wanted);
    harness_free(h);
}

static void splits_words_numbers_and_marks(void **unused)
{
    (void)unused;
    expect("", "");
    expect("Don't panic, Jean-Luc!", "Don't|panic|,|Jean-Luc|!");
    expect("It’s £1,250.50 at 09:30.", "It’s|£|1,250.50|at|09:30|.");
    expect("An 18-year-old came 3rd in 2019-20", "An|18-year-old|came|3rd|in|2019|-|20");
    expect("'quoted' -- end-", "'|quoted|'|-|-|end|-");
    expect("我们去了。 Ja", "我们去了|。|Ja");
}

static void knows_shapes_and_terms(void **unused)
{
    const char *text = "The NATO said\nthe eBay";
    harness *h = harness_new();
    const gly_doc *doc;
    const gly_token *tokens;
    const gly_term *term;

    (void)unused;
    harness_stage_linked(h, &gly_plugin_v0, NULL);
    doc = harness_run(h, "a.txt", text, strlen(text));
    tokens = GLY_RECORDS(gly_layer_of(doc, "token/1"), gly_token);
    assert_int_equal(tokens[0].flags, GLY_TOKEN_WORD | GLY_TOKEN_CAPITAL | GLY_TOKEN_LINE);
    assert_true(tokens[1].flags & GLY_TOKEN_UPPER);
    assert_true(tokens[3].flags & GLY_TOKEN_LINE);
    assert_true(tokens[4].flags & GLY_TOKEN_MIXED);
    assert_int_equal(tokens[0].term, tokens[3].term);
    term = &GLY_RECORDS(gly_layer_of(doc, "term/1"), gly_term)[tokens[0].term];
    assert_int_equal(term->count, 2);
    assert_int_equal(term->stop & 1, 1);
    harness_free(h);
}

/* A word that is looked at again from its start at each mark would not end. */
static void long_runs_take_linear_time(void **unused)
{
    static const char *const units[] = { "1,", "1-", "a'", "a-1,", "1.a", "1,\xC3\xA9", "a\xE2\x80\x99" };
    enum { LENGTH = 4 << 20 };
    char *text = malloc(LENGTH);

    (void)unused;
    assert_non_null(text);
    for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
        harness *h = harness_new();
        size_t unit = strlen(units[u]), length = LENGTH / unit * unit;

        for (size_t i = 0; i < length; i++)
            text[i] = units[u][i % unit];
        harness_stage_linked(h, &gly_plugin_v0, NULL);
        harness_run(h, "a.txt", text, length);
        assert_int_equal(harness_status(h), GLY_OK);
        harness_free(h);
    }
    free(text);
}

/* The machine's vectors and the plain loop see the same letters, at every length. */
static void reads_letters_the_same_either_way(void **unused)
{
    enum { LONGEST = 200 };
    harness *h = harness_new();
    char text[LONGEST];
    uint32_t state = 1;

    (void)unused;
    for (uint32_t length = 0; length <= LONGEST; length++) {
        gly_arena *arena = harness_run(h, "a.txt", "", 0)->arena;
        letters fast, plain;

        for (uint32_t i = 0; i < length; i++)
            text[i] = (char)((state = state * 1664525 + 1013904223) >> 24);
        assert_true(letters_read(&fast, arena, arena, (gly_str){ text, length }));
        assert_true(letters_read_plain(&plain, arena, arena, (gly_str){ text, length }));
        assert_memory_equal(fast.words, plain.words, 3 * (length / LETTERS_BLOCK + 2) * sizeof *fast.words);
        assert_memory_equal(fast.lower, plain.lower, length + LETTERS_SLACK);
    }
    harness_free(h);
}

/* Words of ASCII are hashed and lower-cased by another way than the others. */
static void terms_have_the_hash_of_their_text(void **unused)
{
    static const char text[] = "A NATO-Mitglied zahlt ÜBER 1,250 EUR; THE WELL-KNOWN O'BRIEN'S 4G "
                               "Donaudampfschifffahrtsgesellschaft THAT’S İstanbul Straße internationally";
    harness *h = harness_new();
    const gly_layer *terms;

    (void)unused;
    harness_stage_linked(h, &gly_plugin_v0, NULL);
    terms = gly_layer_of(harness_run(h, "a.txt", text, sizeof text - 1), "term/1");
    assert_int_equal(GLY_COUNT(terms), 15);
    for (uint32_t i = 0; i < GLY_COUNT(terms); i++) {
        const gly_term *t = &GLY_RECORDS(terms, gly_term)[i];

        assert_int_equal(t->hash, word_hash(t->text));
        for (uint32_t b = 0; b < t->text.len; b++)
            assert_false(t->text.ptr[b] >= 'A' && t->text.ptr[b] <= 'Z');
    }
    harness_free(h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(splits_words_numbers_and_marks),
        cmocka_unit_test(knows_shapes_and_terms),
        cmocka_unit_test(reads_letters_the_same_either_way),
        cmocka_unit_test(terms_have_the_hash_of_their_text),
        cmocka_unit_test(long_runs_take_linear_time),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
