/* extract.acronyms - short forms and what the text says they stand for.
 *
 * One walk over token/1: brackets and a few other marks lead to explain.c. Further
 * places, and short forms that nothing explains, are an option, found in a second
 * walk over the words with capitals. Fails only when memory runs out or when the
 * run is stopped. Every look is bounded, so the time is linear. */
#include <stdlib.h>
#include <galley/plugin.h>

#include "explain.h"
#include "kit/words.h"
#include "seen.h"

typedef struct config {
    int64_t max_length;
    bool    undefined, every;
} config;

typedef struct state {
    const gly_host *host;
    gly_stage      *stage;
    const config   *options;
} state;

/* The layer being written, and the short forms seen so far. */
typedef struct work {
    const state *state;
    gly_doc     *doc;
    gly_layer   *layer;
    reader       in;
    seen         seen;
    uint32_t     done; /* the second walk: nothing before this byte begins another */
} work;

static const gly_option options[] = {
    GLY_INT(config, max_length, "12", 2, 30, "bytes", "Longest short form"),
    GLY_BOOL(config, undefined, "false", "Also give short forms that the text never explains"),
    GLY_BOOL(config, every, "false", "Give each place of a short form, not the first alone"),
    GLY_OPTIONS_END
};

enum { TOKENS_BETWEEN_STOPS = 4096 };

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

static gly_status add(work *w, const shortform *s, gly_range longer)
{
    gly_acronym *found = gly_push(w->state->host, w->doc, w->layer, s->at.begin, s->at.end);

    if (!found)
        return GLY_ENOMEM;
    found->short_form = s->text;
    found->long_at = longer;
    if (longer.end > longer.begin)
        found->long_form = gly_slice(w->in.text, longer);
    return GLY_OK;
}

static bool overlaps(const gly_acronym *a, gly_range at)
{
    return a->at.begin < at.end && at.begin < a->at.end;
}

/* One that the text explains: the first explanation of a short form counts. */
static gly_status add_explained(work *w, const explained *e)
{
    seen_entry *entry = seen_find(&w->seen, e->shorter.text);
    const gly_acronym *records = GLY_RECORDS(w->layer, gly_acronym);

    if (w->layer->count && overlaps(&records[w->layer->count - 1], e->shorter.at))
        return GLY_OK;
    if (entry && !w->state->options->every)
        return GLY_OK;
    if (!entry && !seen_add(&w->seen, e->shorter.text, e->longer))
        return GLY_ENOMEM;
    return add(w, &e->shorter, e->longer);
}

static gly_status find_explained(work *w)
{
    explained e;

    for (uint32_t i = 0; i < w->in.count; i++) {
        if (i % TOKENS_BETWEEN_STOPS == 0 && w->state->host->stop(w->state->stage))
            return GLY_ECANCEL;
        if (((w->in.tokens[i].flags & GLY_TOKEN_MARK) != 0) & explain_may(w->in.text.ptr[w->in.tokens[i].at.begin])
            && explain(&w->in, i, &e)
            && add_explained(w, &e) != GLY_OK)
            return GLY_ENOMEM;
    }
    return GLY_OK;
}

/* ---- further places, and those that nothing explains ------------------------------ */

/* A word among others in capitals is part of a title, no acronym. */
static bool is_shouted(const reader *r, uint32_t i)
{
    for (uint32_t n = i ? i - 1 : i + 1; n <= i + 1 && n < r->count; n += 2)
        if (r->tokens[n].flags & GLY_TOKEN_UPPER && r->tokens[n].at.end - r->tokens[n].at.begin > 4
            && !(r->tokens[n].flags & GLY_TOKEN_DIGIT))
            return true;
    return false;
}

/* The short form that begins with this token, of letters with full stops too. */
static bool place_of(const work *w, gly_range at, shortform *s)
{
    uint32_t dotted = at.end == at.begin + 1 ? shortform_dotted(w->in.text, at.begin) : at.begin;

    if (dotted == at.begin)
        return shortform_alone(w->in.text, at, w->in.longest, s);
    s->at = (gly_range){ at.begin, dotted };
    s->text = gly_slice(w->in.text, s->at);
    return true;
}

/* Takes the word if it is a short form that was explained or, when asked, one that
 * was not. `places` are the records of those explained, in order. */
static gly_status add_place(work *w, uint32_t i, uint32_t *next, uint32_t explained_count)
{
    const gly_acronym *places = GLY_RECORDS(w->layer, gly_acronym);
    gly_range at = w->in.tokens[i].at;
    seen_entry *entry;
    shortform s;

    while (*next < explained_count && places[*next].at.end <= at.begin)
        (*next)++;
    if (*next < explained_count && overlaps(&places[*next], at))
        return GLY_OK;
    if (at.begin < w->done || !place_of(w, at, &s))
        return GLY_OK;
    w->done = s.at.end;
    entry = seen_find(&w->seen, s.text);
    if (entry && w->state->options->every)
        return add(w, &s, entry->longer);
    if (entry || !w->state->options->undefined || is_shouted(&w->in, i))
        return GLY_OK;
    if (!seen_add(&w->seen, s.text, (gly_range){ 0, 0 }))
        return GLY_ENOMEM;
    return add(w, &s, (gly_range){ 0, 0 });
}

static int by_place(const void *a, const void *b)
{
    const gly_acronym *x = a, *y = b;

    return x->at.begin < y->at.begin ? -1 : x->at.begin > y->at.begin;
}

static gly_status find_places(work *w)
{
    uint32_t explained_count = w->layer->count, next = 0;

    if (explained_count)
        qsort(w->layer->records, explained_count, sizeof(gly_acronym), by_place);
    for (uint32_t i = 0; i < w->in.count; i++) {
        if (i % TOKENS_BETWEEN_STOPS == 0 && w->state->host->stop(w->state->stage))
            return GLY_ECANCEL;
        if (w->in.tokens[i].flags & (GLY_TOKEN_UPPER | GLY_TOKEN_MIXED | GLY_TOKEN_CAPITAL)
            && add_place(w, i, &next, explained_count) != GLY_OK)
            return GLY_ENOMEM;
    }
    return GLY_OK;
}

static uint32_t language_of(const gly_doc *doc)
{
    int language = word_language_of(gly_meta_str(doc, "lang"));

    return language < 0 ? UINT32_MAX : 1u << language;
}

static gly_status process(void *self, gly_doc *doc)
{
    const state *st = self;
    const gly_layer *tokens = gly_layer_of(doc, "token/1"), *terms = gly_layer_of(doc, "term/1");
    work w = {
        .state = st, .doc = doc, .layer = st->host->layer_add(st->stage, doc, &gly_acronym_layer),
        .in = { doc->text, GLY_RECORDS(tokens, gly_token), GLY_RECORDS(terms, gly_term),
                GLY_COUNT(tokens), (uint32_t)st->options->max_length, language_of(doc) },
        .seen = { .arena = doc->scratch },
    };
    gly_status status;

    if (!w.layer)
        return GLY_ENOMEM;
    status = find_explained(&w);
    if (status == GLY_OK && (st->options->every || st->options->undefined))
        status = find_places(&w);
    return status;
}

static const gly_stage_ops ops = {
    .size = sizeof ops, .flags = GLY_STAGE_PURE, .open = open_stage, .close = close_stage,
    .process = process,
};

static const char *const reads[] = { "text", "token/1", "term/1", "?meta.lang", NULL };
static const char *const writes[] = { "acronym/1", NULL };

GLY_PLUGIN(.name = "extract.acronyms", .kind = GLY_TRANSFORM, .version = "1.1.0", .license = "MIT",
    .summary = "Find acronyms and what they stand for",
    .help =
        "Finds short forms that the text explains, in either order: long form (SHORT), SHORT (long "
        "form), SHORT = long form, SHORT - long form, and the long form, or SHORT, between commas. "
        "Plurals are given in the singular.\n\n"
        "Of all ways to lay the letters of the short form over the words the cheapest is taken: "
        "first letters of words cost nothing, letters inside words and words left out do.",
    .example = "{ use = \"extract.acronyms\"; undefined = true; }",
    .reads = reads, .writes = writes, .options = options, .config_size = sizeof(config),
    .ops = &ops);
