/* summarise.sentences - the sentences that tell what an article says.
 *
 * Writes summary/1. unit.c finds what may be chosen, score.c weighs it, choose.c
 * takes the best that fit. Linear in the text but for one sort of its sentences.
 * Fails only when memory runs out or when the run is stopped. */
#include <stdlib.h>

#include <galley/plugin.h>

#include "kit/words.h"
#include "summarise/sentences/choose.h"
#include "summarise/sentences/score.h"

typedef enum profile { PROFILE_NEWS, PROFILE_LONG, PROFILES } profile;

static const char *const profile_names[PROFILES + 1] = { "news", "long", NULL };

/* Set by hand. */
static const weights profile_weights[PROFILES] = {
    [PROFILE_NEWS] = {
        .place = 0.30, .early = 0.8, .later = 7.0, .earlier = 0.0, .top = 2.0, .title = 1.0,
        .numbers = 0.02, .lead = 0.1, .quotes = -0.8, .speaks = -0.8, .length = -0.6,
    },
    [PROFILE_LONG] = {
        .place = 0.05, .early = 0.2, .later = 4.0, .earlier = 2.0, .top = 3.0, .title = 1.0,
        .numbers = 0.05, .lead = 0.0, .quotes = -0.2, .speaks = -0.3, .length = 0.0,
    },
};

typedef struct config {
    int32_t profile;
    int64_t sentences, max_words, max_chars, percent;
} config;

typedef struct state {
    const gly_host *host;
    gly_stage      *stage;
    const config   *options;
    opening_table  *openings;
    scorer          scorer;
} state;

static const gly_option options[] = {
    GLY_ENUM(config, profile, "news", profile_names,
             "news: what is new, early in the text; long: what the text keeps coming back to"),
    GLY_INT(config, sentences, "3", 0, 100000, "sentences", "Most sentences; 0: any number"),
    GLY_INT(config, max_words, "100", 0, 10000000, "words", "Most words; 0: any number"),
    GLY_INT(config, max_chars, "0", 0, 100000000, "characters", "Most characters; 0: any number"),
    GLY_INT(config, percent, "0", 0, 100, "%", "Most words, as a share of the text's; 0: any number"),
    GLY_OPTIONS_END
};

static gly_status open_stage(const gly_host *host, gly_stage *stage, const void *opts, void **shared)
{
    state *st = calloc(1, sizeof *st);

    if (!st)
        return GLY_ENOMEM;
    *st = (state){ .host = host, .stage = stage, .options = opts, .openings = opening_table_new() };
    if (!st->openings) {
        free(st);
        return GLY_ENOMEM;
    }
    scorer_fill(&st->scorer, &profile_weights[st->options->profile]);
    *shared = st;
    return GLY_OK;
}

static void close_stage(void *shared)
{
    state *st = shared;

    opening_table_free(st->openings);
    free(st);
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
        .quotes = gly_layer_current(doc, "quote/1"), .mentions = gly_layer_current(doc, "mention/1"),
    };
}

static uint32_t most(int64_t option)
{
    return option ? (uint32_t)option : UINT32_MAX;
}

static limits find_limits(const config *o, const units *u)
{
    limits l = { most(o->sentences), most(o->max_words), most(o->max_chars) };
    uint64_t words = 0;

    if (o->percent == 0)
        return l;
    for (uint32_t i = 0; i < u->count; i++)
        words += u->items[i].flags & UNIT_BODY ? u->items[i].words : 0;
    words = words * (uint64_t)o->percent / 100;
    if (words < l.words)
        l.words = (uint32_t)words;
    return l;
}

/* A record for each sentence of the chosen units. */
static gly_status write_summary(const state *st, gly_doc *doc, gly_layer *layer, const article *a,
                                const units *u, const uint32_t *ranks)
{
    for (uint32_t i = 0; i < u->count; i++) {
        const unit *one = &u->items[i];

        for (uint32_t k = one->first; ranks[i] != GLY_NO_REF && k < one->last; k++) {
            uint32_t begin = k == one->first ? one->at.begin : a->sentences[k].at.begin;
            gly_summary *s = gly_push(st->host, doc, layer, begin, a->sentences[k].at.end);

            if (!s)
                return GLY_ENOMEM;
            s->sentence = k;
            s->rank = ranks[i];
        }
    }
    return GLY_OK;
}

static gly_status process(void *self, gly_doc *doc)
{
    const state *st = self;
    article a = read_article(doc);
    gly_layer *layer = st->host->layer_add(st->stage, doc, &gly_summary_layer);
    uint32_t *ranks;
    gly_status status;
    units u;

    if (!layer || !units_find(&a, st->openings, &u))
        return GLY_ENOMEM;
    if (st->host->stop(st->stage))
        return GLY_ECANCEL;
    ranks = GLY_NEWN(doc->scratch, uint32_t, (size_t)u.count + 1);
    if (!ranks || !units_score(&a, &st->scorer, &u))
        return GLY_ENOMEM;
    status = units_choose(&a, &u, find_limits(st->options, &u), ranks);
    return status == GLY_OK ? write_summary(st, doc, layer, &a, &u, ranks) : status;
}

static const gly_stage_ops ops = {
    .size = sizeof ops, .flags = GLY_STAGE_PURE, .open = open_stage, .close = close_stage,
    .process = process,
};

static const char *const reads[] = {
    "sentence/1", "token/1", "term/1", "?block/1", "?quote/1", "?mention/1", "?meta.lang", NULL
};
static const char *const writes[] = { "summary/1", NULL };

GLY_PLUGIN(.name = "summarise.sentences", .kind = GLY_TRANSFORM, .version = "1.0.0", .license = "MIT",
    .summary = "Choose the sentences that tell what an article says",
    .help =
        "Takes whole sentences of the text, in its order. Titles, notes, captions, questions, "
        "fragments and sentences with a web or e-mail address are never taken; one that begins "
        "with a pronoun or a connective (he, this, however) only together with the sentence "
        "before it; a quotation only whole and with the words that say whose it is.\n\n"
        "Of sentences, max_words, max_chars and percent the narrowest holds; none is ever "
        "exceeded. The summary may be shorter, and is empty when nothing may be taken.\n\n"
        "Put it after extract.quotes and extract.mentions, whose finds make it surer.",
    .example = "{ use = \"summarise.sentences\"; sentences = 3; max_words = 80; }",
    .reads = reads, .writes = writes, .options = options, .config_size = sizeof(config),
    .ops = &ops);
