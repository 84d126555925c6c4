/* extract.tokens - words, numbers and marks of the text, in one pass.
 *
 * Writes token/1 and term/1. Each distinct form is looked up in the word lists
 * once a document. The pass is linear; it fails only when memory runs out or
 * when the run is stopped. */
#include <galley/plugin.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "extract/tokens/terms.h"
#include "kit/unicode.h"

enum { TOKENS_BETWEEN_STOPS = 4096, LETTER_OR_DIGIT = UNICODE_LETTER | UNICODE_DIGIT };

typedef struct state {
    const gly_host *host;
    gly_stage      *stage;
} state;

/* A place in the text: the code point there, its class and where it ends. */
typedef struct cursor {
    const char *at, *next;
    uint32_t    c;
    unsigned    classes;
} cursor;

typedef struct shape {
    uint32_t flags, letters, uppers;
    bool     first_is_upper, unlowered; /* unlowered: the text is not its own term */
} shape;

static cursor look(const char *at, const char *end)
{
    cursor k = { at, at, 0, 0 };

    if (at < end) {
        k.c = utf8_next(&k.next);
        k.classes = unicode_class(k.c);
    }
    return k;
}

static bool joins_word(uint32_t c)
{
    return c == '\'' || c == '-' || c == 0x2019 || c == 0x2010 || c == 0x2011;
}

static bool joins_number(uint32_t c)
{
    return c == '.' || c == ',' || c == ':';
}

/* Soft hyphens and joiners belong to the word that they stand in. */
static bool is_invisible(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0xAD || (c >= 0x200B && c <= 0x200F) ||
           (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2064);
}

static void add_to_shape(shape *s, cursor k)
{
    if (k.classes & UNICODE_DIGIT)
        s->flags |= GLY_TOKEN_DIGIT;
    else if (k.classes & UNICODE_LETTER && !(k.classes & UNICODE_COMBINING)) {
        if (s->letters++ == 0)
            s->first_is_upper = k.classes & UNICODE_UPPER;
        if (k.classes & UNICODE_UPPER) {
            s->uppers++;
            s->unlowered = true;
        }
    }
    if (k.c == 0x2019)
        s->unlowered = true;
}

/* Whether the word goes on after the joining mark at k. */
static bool goes_on(const shape *s, cursor k, const char *end)
{
    unsigned after = look(k.next, end).classes;

    if (after & UNICODE_CJK)
        return false;
    if (s->letters == 0)
        return (joins_number(k.c) && after & UNICODE_DIGIT) ||
               (joins_word(k.c) && after & UNICODE_LETTER);
    return joins_word(k.c) && after & LETTER_OR_DIGIT;
}

/* Takes a word or number that starts at k; returns where it ends. */
static const char *take_word(cursor k, const char *end, shape *s)
{
    while (k.at < end) {
        if ((!(k.classes & LETTER_OR_DIGIT) || k.classes & UNICODE_CJK) && !goes_on(s, k, end) &&
            !(k.c == 0xAD || k.c == 0x200C || k.c == 0x200D))
            break;
        add_to_shape(s, k);
        k = look(k.next, end);
    }
    return k.at;
}

static const char *take_run(cursor k, const char *end)
{
    while (k.classes & UNICODE_CJK)
        k = look(k.next, end);
    return k.at;
}

static uint32_t flags_of(const shape *s)
{
    uint32_t flags = s->flags | (s->letters ? GLY_TOKEN_WORD : GLY_TOKEN_NUMBER);

    if (s->first_is_upper)
        flags |= GLY_TOKEN_CAPITAL;
    if (s->letters >= 2 && s->uppers == s->letters)
        flags |= GLY_TOKEN_UPPER;
    else if (s->uppers > (s->first_is_upper ? 1u : 0u))
        flags |= GLY_TOKEN_MIXED;
    return flags;
}

/* What stands between tokens: notes spaces and line ends for the next one. */
static bool skip_gap(cursor k, uint32_t *before)
{
    if (k.classes & UNICODE_SPACE) {
        *before |= GLY_TOKEN_SPACE;
        if (k.c == '\n' || k.c == '\r' || k.c == 0x2028 || k.c == 0x2029)
            *before |= GLY_TOKEN_LINE;
        return true;
    }
    return is_invisible(k.c);
}

/* The end of the token at k; fills its shape. A mark has neither kind nor term. */
static const char *take_token(cursor k, const char *end, shape *s)
{
    if (k.classes & UNICODE_CJK) {
        s->flags = GLY_TOKEN_WORD | GLY_TOKEN_CJK;
        return take_run(k, end);
    }
    if (k.classes & LETTER_OR_DIGIT) {
        const char *after = take_word(k, end, s);

        s->flags = flags_of(s);
        return after;
    }
    s->flags = GLY_TOKEN_MARK;
    return k.next;
}

static gly_status push(const state *st, gly_doc *doc, gly_layer *layer, terms *known,
                       gly_range at, const shape *s, uint32_t before)
{
    gly_token *token = gly_push(st->host, doc, layer, at.begin, at.end);

    if (!token)
        return GLY_ENOMEM;
    token->flags = s->flags | before;
    token->term = GLY_NO_REF;
    if (s->flags & GLY_TOKEN_MARK)
        return GLY_OK;
    token->term = terms_find(known, at, s->unlowered);
    return token->term == GLY_NO_REF ? GLY_ENOMEM : GLY_OK;
}

static gly_status scan(const state *st, gly_doc *doc, gly_layer *layer, terms *known)
{
    const char *text = doc->text.ptr, *end = text + doc->text.len, *after;
    uint32_t before = GLY_TOKEN_LINE, count = 0;

    for (cursor k = look(text, end); k.at < end; k = look(after, end)) {
        shape s = { 0 };
        gly_status status;

        after = k.next;
        if (skip_gap(k, &before))
            continue;
        if (++count % TOKENS_BETWEEN_STOPS == 0 && st->host->stop(st->stage))
            return GLY_ECANCEL;
        after = take_token(k, end, &s);
        status = push(st, doc, layer, known,
                      (gly_range){ (uint32_t)(k.at - text), (uint32_t)(after - text) }, &s, before);
        if (status != GLY_OK)
            return status;
        before = 0;
    }
    return GLY_OK;
}

static gly_status process(void *self, gly_doc *doc)
{
    const state *st = self;
    gly_layer *token_layer = st->host->layer_add(st->stage, doc, &gly_token_layer);
    gly_layer *term_layer = st->host->layer_add(st->stage, doc, &gly_term_layer);
    terms known;

    if (!token_layer || !term_layer || !terms_begin(&known, st->host, doc, term_layer))
        return GLY_ENOMEM;
    if (doc->text.len == 0)
        return GLY_OK;
    return scan(st, doc, token_layer, &known);
}

static gly_status open_stage(const gly_host *host, gly_stage *stage, const void *opts, void **shared)
{
    state *st = calloc(1, sizeof *st);

    (void)opts;
    if (!st)
        return GLY_ENOMEM;
    *st = (state){ .host = host, .stage = stage };
    *shared = st;
    return GLY_OK;
}

static void close_stage(void *shared)
{
    free(shared);
}

static const gly_stage_ops ops = {
    .size = sizeof ops, .flags = GLY_STAGE_PURE, .open = open_stage, .close = close_stage,
    .process = process,
};

static const gly_option options[] = { GLY_OPTIONS_END };
static const char *const reads[] = { "text", NULL };
static const char *const writes[] = { "token/1", "term/1", NULL };

GLY_PLUGIN(.name = "extract.tokens", .kind = GLY_TRANSFORM, .version = "1.0.0", .license = "MIT",
    .summary = "Split the text into words, numbers and marks for the stages after it",
    .help =
        "Finds words (with apostrophes and hyphens inside), numbers (with full stops, commas and "
        "colons inside) and single marks. A run of Han, kana, Hangul, Thai, Lao, Khmer or Burmese "
        "is one token.\n\n"
        "Each distinct form, lower-cased, is a term that says in which languages it is a stop "
        "word and which rules it may trigger. Sinks leave both layers out.",
    .example = "{ use = \"extract.tokens\"; }",
    .reads = reads, .writes = writes, .options = options, .ops = &ops);
