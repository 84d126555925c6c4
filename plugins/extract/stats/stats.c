/* extract.stats - how long a text is, and how long it takes to read.
 *
 * Writes one stats/1 record over the whole text from the tokens, sentences and
 * blocks that earlier stages found. Fails only when memory runs out or when the
 * run is stopped. */
#include <stdlib.h>
#include <galley/plugin.h>

typedef struct config {
    int64_t words_per_minute;
} config;

typedef struct state {
    const gly_host *host;
    gly_stage      *stage;
    const config   *options;
} state;

/* 238 words: adults reading English non-fiction silently (Brysbaert 2019). */
static const gly_option options[] = {
    GLY_INT(config, words_per_minute, "238", 1, 10000, "words", "How much a reader reads in a minute"),
    GLY_OPTIONS_END
};

enum { TOKENS_BETWEEN_STOPS = 1 << 16 };

static gly_status open_stage(const gly_host *host, gly_stage *stage, const void *opts, void **shared)
{
    state *st = calloc(1, sizeof *st);

    if (!st)
        return GLY_ENOMEM;
    *st = (state){ .host = host, .stage = stage, .options = opts };
    *shared = st;
    return GLY_OK;
}

static void close_stage(void *shared)
{
    free(shared);
}

static uint32_t count_marks(const gly_token *tokens, uint32_t count)
{
    uint32_t marks = 0;

    for (uint32_t i = 0; i < count; i++)
        marks += tokens[i].flags / GLY_TOKEN_MARK & 1;
    return marks;
}

/* A number is a word to the reader, who says it; a mark is not. */
static gly_status count_words(const state *st, const gly_layer *layer, uint32_t *words)
{
    const gly_token *tokens = GLY_RECORDS(layer, gly_token);
    uint32_t count = GLY_COUNT(layer);

    *words = 0;
    for (uint32_t i = 0, some; i < count; i += some) {
        if (st->host->stop(st->stage))
            return GLY_ECANCEL;
        some = count - i < TOKENS_BETWEEN_STOPS ? count - i : TOKENS_BETWEEN_STOPS;
        *words += some - count_marks(tokens + i, some);
    }
    return GLY_OK;
}

static uint32_t count_paragraphs(const gly_layer *layer)
{
    const gly_block *blocks = GLY_RECORDS(layer, gly_block);
    uint32_t paragraphs = 0;

    for (uint32_t i = 0; i < GLY_COUNT(layer); i++)
        paragraphs += blocks[i].type == GLY_BLOCK_PARAGRAPH;
    return paragraphs;
}

/* Rounded up, so that no text with words takes no time. */
static uint32_t reading_seconds(uint32_t words, int64_t words_per_minute)
{
    uint64_t speed = (uint64_t)words_per_minute;
    uint64_t seconds = ((uint64_t)words * 60 + speed - 1) / speed;

    return seconds > UINT32_MAX ? UINT32_MAX : (uint32_t)seconds;
}

static gly_status process(void *self, gly_doc *doc)
{
    const state *st = self;
    uint32_t words;
    gly_status status = count_words(st, gly_layer_of(doc, "token/1"), &words);
    gly_layer *layer;
    gly_stats *stats;

    if (status != GLY_OK)
        return status;
    layer = st->host->layer_add(st->stage, doc, &gly_stats_layer);
    stats = layer ? gly_push(st->host, doc, layer, 0, doc->text.len) : NULL;
    if (!stats)
        return GLY_ENOMEM;
    stats->words = words;
    stats->sentences = GLY_COUNT(gly_layer_of(doc, "sentence/1"));
    stats->paragraphs = count_paragraphs(gly_layer_of(doc, "block/1"));
    stats->reading_seconds = reading_seconds(words, st->options->words_per_minute);
    return GLY_OK;
}

static const gly_stage_ops ops = {
    .size = sizeof ops, .flags = GLY_STAGE_PURE, .open = open_stage, .close = close_stage,
    .process = process,
};

static const char *const reads[] = { "token/1", "?sentence/1", "?block/1", NULL };
static const char *const writes[] = { "stats/1", NULL };

GLY_PLUGIN(.name = "extract.stats", .kind = GLY_TRANSFORM, .version = "1.0.0", .license = "MIT",
    .summary = "Count words, sentences and paragraphs, and the time to read them",
    .help =
        "Counts words (numbers among them), sentences and paragraphs, and works out from "
        "words_per_minute how many seconds a reader needs.\n\n"
        "Sentences are 0 without extract.sentences before it, paragraphs without clean.text.",
    .example = "{ use = \"extract.stats\"; words_per_minute = 200; }",
    .reads = reads, .writes = writes, .options = options, .config_size = sizeof(config),
    .ops = &ops);
