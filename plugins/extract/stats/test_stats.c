/* What extract.stats counts, over layers that a small stage here lays out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "../../../tests/harness/harness.h"

extern const gly_plugin gly_plugin_v0;

/* ---- a stage that makes one token of each byte: '.' a mark, '1' a number ------ */

typedef struct layout {
    const gly_host *host;
    gly_stage      *stage;
} layout;

static layout laid;

static gly_status open_layout(const gly_host *host, gly_stage *stage, const void *opts, void **shared)
{
    (void)opts;
    laid = (layout){ host, stage };
    *shared = &laid;
    return GLY_OK;
}

static uint32_t flags_of(char c)
{
    return c == '.' ? GLY_TOKEN_MARK : c == '1' ? GLY_TOKEN_NUMBER : GLY_TOKEN_WORD;
}

static gly_status lay_out(void *self, gly_doc *doc)
{
    layout *l = self;
    gly_layer *terms = l->host->layer_add(l->stage, doc, &gly_term_layer);
    gly_layer *tokens = l->host->layer_add(l->stage, doc, &gly_token_layer);
    gly_layer *blocks = l->host->layer_add(l->stage, doc, &gly_block_layer);
    gly_block *block;

    assert_true(terms && tokens && blocks);
    for (uint32_t i = 0; i < doc->text.len; i++) {
        gly_token *token = gly_push(l->host, doc, tokens, i, i + 1);

        token->flags = flags_of(doc->text.ptr[i]);
        token->term = GLY_NO_REF;
    }
    for (uint32_t i = 0; i + 1 < doc->text.len; i++) {
        block = gly_push(l->host, doc, blocks, i, i + 1);
        block->type = i == 0 ? GLY_BLOCK_TITLE : GLY_BLOCK_PARAGRAPH;
    }
    return GLY_OK;
}

static const gly_stage_ops layout_ops = {
    .size = sizeof layout_ops, .open = open_layout, .process = lay_out
};
static const gly_option no_options[] = { GLY_OPTIONS_END };
static const char *const layout_reads[] = { "text", NULL };
static const char *const layout_writes[] = { "term/1", "token/1", "block/1", NULL };
static const gly_plugin layout_plugin = {
    .size = sizeof(gly_plugin), .option_size = sizeof(gly_option), .name = "test.layout",
    .kind = GLY_TRANSFORM, .version = "1.0.0", .summary = "Lay out tokens", .license = "MIT",
    .reads = layout_reads, .writes = layout_writes, .options = no_options, .ops = &layout_ops
};

/* ---- the cases ------------------------------------------------------------------ */

static void expect(const char *text, const char *options, gly_stats wanted)
{
    harness *h = harness_new();
    const gly_doc *d;
    const gly_stats *found;

    harness_stage_linked(h, &layout_plugin, NULL);
    harness_stage_linked(h, &gly_plugin_v0, options);
    d = harness_run(h, "a.txt", text, strlen(text));
    assert_int_equal(harness_status(h), GLY_OK);
    assert_int_equal(GLY_COUNT(gly_layer_of(d, "stats/1")), 1);
    found = GLY_RECORDS(gly_layer_of(d, "stats/1"), gly_stats);
    assert_int_equal(found->at.begin, 0);
    assert_int_equal(found->at.end, strlen(text));
    assert_int_equal(found->words, wanted.words);
    assert_int_equal(found->sentences, wanted.sentences);
    assert_int_equal(found->paragraphs, wanted.paragraphs);
    assert_int_equal(found->reading_seconds, wanted.reading_seconds);
    harness_free(h);
}

static void counts_words_and_numbers(void **unused)
{
    (void)unused;
    expect("ab1.", NULL, (gly_stats){ .words = 3, .paragraphs = 2, .reading_seconds = 1 });
}

static void follows_the_readers_speed(void **unused)
{
    (void)unused;
    expect("abcd", "words_per_minute=1",
           (gly_stats){ .words = 4, .paragraphs = 2, .reading_seconds = 240 });
    expect("abcd", "words_per_minute=120",
           (gly_stats){ .words = 4, .paragraphs = 2, .reading_seconds = 2 });
}

static void takes_no_time_over_nothing(void **unused)
{
    (void)unused;
    expect("", NULL, (gly_stats){ .words = 0 });
    expect("...", NULL, (gly_stats){ .words = 0, .paragraphs = 1 });
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_words_and_numbers),
        cmocka_unit_test(follows_the_readers_speed),
        cmocka_unit_test(takes_no_time_over_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
