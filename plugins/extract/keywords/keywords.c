/* extract.keywords - the words and phrases that an article is about.
 *
 * Writes keyword/1. root.c counts content words by stem, phrase.c finds what stands
 * side by side, rank.c weighs both. Linear in the text. Fails only when memory runs
 * out or when the run is stopped. */
#include <math.h>
#include <stdlib.h>

#include <galley/plugin.h>

#include "extract/keywords/rank.h"
#include "kit/stem.h"
#include "kit/words.h"

enum { SCORE_STEPS = 1000 }; /* scores have three decimals, and are never 0 */

typedef struct config {
    int64_t keywords, max_words;
} config;

typedef struct state { /* supervisor's; shared by all workers */
    const gly_host *host;
    gly_stage      *stage;
    const config   *options;
    rank_tables     tables;
} state;

typedef struct worker {
    const state *st;
    stems       *stems;
    candidate   *best; /* options->keywords of them */
} worker;

static const gly_option options[] = {
    GLY_INT(config, keywords, "10", 1, 1000, "keywords", "Most keywords and phrases"),
    GLY_INT(config, max_words, "3", 1, LONGEST_PHRASE, "words", "Longest phrase; 1: single words only"),
    GLY_OPTIONS_END
};

static gly_status open_stage(const gly_host *host, gly_stage *stage, const void *opts, void **shared)
{
    state *st = calloc(1, sizeof *st);

    if (!st)
        return GLY_ENOMEM;
    *st = (state){ .host = host, .stage = stage, .options = opts };
    rank_fill_tables(&st->tables);
    *shared = st;
    return GLY_OK;
}

static void close_stage(void *shared)
{
    free(shared);
}

static void finish_worker(void *self)
{
    worker *w = self;

    stems_free(w->stems);
    free(w->best);
    free(w);
}

static gly_status start_worker(void *shared, gly_stage *stage, void **self)
{
    worker *w = calloc(1, sizeof *w);

    (void)stage;
    if (!w)
        return GLY_ENOMEM;
    w->st = shared;
    w->stems = stems_new();
    w->best = malloc((size_t)w->st->options->keywords * sizeof *w->best);
    if (!w->stems || !w->best) {
        finish_worker(w);
        return GLY_ENOMEM;
    }
    *self = w;
    return GLY_OK;
}

/* ---- one document ------------------------------------------------------------------ */

static article read_article(const gly_doc *doc)
{
    const gly_layer *tokens = gly_layer_current(doc, "token/1"), *terms = gly_layer_current(doc, "term/1");
    const gly_layer *sentences = gly_layer_current(doc, "sentence/1");
    const gly_layer *blocks = gly_layer_current(doc, "block/1");

    return (article){
        .doc = doc, .language = word_language_of(gly_meta_str(doc, "lang")),
        .tokens = GLY_RECORDS(tokens, gly_token), .ntokens = GLY_COUNT(tokens),
        .terms = GLY_RECORDS(terms, gly_term), .nterms = GLY_COUNT(terms),
        .sentences = GLY_RECORDS(sentences, gly_sentence), .nsentences = GLY_COUNT(sentences),
        .blocks = GLY_RECORDS(blocks, gly_block), .nblocks = GLY_COUNT(blocks),
    };
}

static gly_status write_keywords(const worker *w, gly_doc *doc, const article *a, const roots *r,
                                 uint32_t count)
{
    gly_layer *layer = w->st->host->layer_add(w->st->stage, doc, &gly_keyword_layer);

    if (!layer)
        return GLY_ENOMEM;
    for (uint32_t i = 0; i < count; i++) {
        const candidate *c = &w->best[i];
        gly_range first = root_place(a, r, c->token), last = root_place(a, r, c->token + c->length - 1);
        gly_keyword *k = gly_push(w->st->host, doc, layer, first.begin, last.end);

        if (!k)
            return GLY_ENOMEM;
        k->text = gly_slice(doc->text, k->at);
        k->score = ceil(c->score / w->best[0].score * SCORE_STEPS) / SCORE_STEPS;
        k->rank = i;
    }
    return GLY_OK;
}

static gly_status process(void *self, gly_doc *doc)
{
    const worker *w = self;
    const config *o = w->st->options;
    article a = read_article(doc);
    uint32_t count;
    phrases p;
    roots r;

    if (!roots_find(&a, w->stems, &r))
        return GLY_ENOMEM;
    if (w->st->host->stop(w->st->stage))
        return GLY_ECANCEL;
    if (!phrases_find(&a, &r, (uint32_t)o->max_words, rank_brevity(&r) > 0.02, &p))
        return GLY_ENOMEM;
    count = rank_candidates(&a, &w->st->tables, &r, &p, w->best, (uint32_t)o->keywords);
    return count == UINT32_MAX ? GLY_ENOMEM : write_keywords(w, doc, &a, &r, count);
}

static const gly_stage_ops ops = {
    .size = sizeof ops, .flags = GLY_STAGE_PURE, .open = open_stage, .start = start_worker,
    .finish = finish_worker, .close = close_stage, .process = process,
};

static const char *const reads[] = {
    "sentence/1", "token/1", "term/1", "?block/1", "?meta.lang", NULL
};
static const char *const writes[] = { "keyword/1", NULL };

GLY_PLUGIN(.name = "extract.keywords", .kind = GLY_TRANSFORM, .version = "1.0.0", .license = "MIT",
    .summary = "Find the words and phrases that an article is about",
    .help =
        "Weighs words by how often and how early they stand in the text and whether they are "
        "names, forms of one stem together, and phrases of up to max_words words that are said "
        "more than once, are names, or stand in quotation marks. The best has score 1.\n\n"
        "Stop words and stems follow the language of the document; without extract.language "
        "before it, no words are stemmed.",
    .example = "{ use = \"extract.keywords\"; keywords = 8; }",
    .reads = reads, .writes = writes, .options = options, .config_size = sizeof(config),
    .ops = &ops);
