/* extract.quotes - what people are quoted as saying, and who says it.
 *
 * marks.c pairs the quotation marks, people.c finds who is named, speaker.c
 * leads each quotation to its speaker. Writes quote/1. Reads the words of
 * extract.tokens and never the bytes between them. Fails only when memory runs
 * out or when the run is stopped. */
#include <galley/plugin.h>
#include <stdlib.h>

#include "extract/quotes/resolve.h"
#include "extract/quotes/speaker.h"
#include "kit/words.h"

enum { QUOTES_BETWEEN_STOPS = 1024 };

typedef struct config {
    int64_t min_words;
} config;

typedef struct state {
    const gly_host *host;
    gly_stage      *stage;
    const config   *options;
} state;

static const gly_option options[] = {
    GLY_INT(config, min_words, "1", 1, 1000, "words", "Shortest quotation"),
    GLY_OPTIONS_END
};

/* ---- paragraphs and sentences --------------------------------------------------------- */

static bool is_aside(const gly_block *block)
{
    return block->type != GLY_BLOCK_PARAGRAPH && block->type != GLY_BLOCK_ITEM
           && block->type != GLY_BLOCK_QUOTE && block->type != GLY_BLOCK_NOTES;
}

/* The first token from i on that begins at `place` or behind it. */
static uint32_t token_from(const reading *r, uint32_t i, uint32_t place)
{
    while (i < r->t.count && r->t.tokens[i].at.begin < place)
        i++;
    return i;
}

/* A new line begins a paragraph unless it lies inside a block: lines of one block
 * were broken for their width. */
static void mark_paragraphs(const gly_doc *doc, reading *r)
{
    const gly_layer *layer = gly_layer_current(doc, "block/1");
    const gly_block *block = GLY_RECORDS(layer, gly_block);
    uint32_t inside_until = 0, left = GLY_COUNT(layer), plain_until = 0;
    uint8_t aside = 0;

    for (uint32_t i = 0; (i = token_from(r, i, plain_until)) < r->t.count; i++) {
        gly_range at = r->t.tokens[i].at;
        bool begins = false;

        for (; left > 0 && block->at.begin <= at.begin; block++, left--)
            if (block->at.end > inside_until) {
                begins = true;
                inside_until = block->at.end;
                aside = is_aside(block) ? PLACE_ASIDE : 0;
            }
        if (begins || (r->t.tokens[i].flags & GLY_TOKEN_LINE && at.begin >= inside_until))
            r->place[i] |= PLACE_PARAGRAPH;
        if (at.begin < inside_until)
            r->place[i] |= aside;
        plain_until = aside ? 0 : inside_until;
        if (left > 0 && block->at.begin < plain_until)
            plain_until = block->at.begin;
    }
}

static void mark_sentences(const gly_doc *doc, reading *r)
{
    const gly_layer *layer = gly_layer_current(doc, "sentence/1");
    const gly_sentence *sentence = GLY_RECORDS(layer, gly_sentence);

    for (uint32_t i = 0; i < GLY_COUNT(layer); i++)
        if (sentence[i].first_token < r->t.count)
            r->place[sentence[i].first_token] |= PLACE_SENTENCE;
}

static void mark_quoted(reading *r, const quotations *q)
{
    for (uint32_t k = 0; k < q->count; k++) {
        uint32_t end = q->items[k].close + (q->items[k].closed ? 1 : 0);

        for (uint32_t i = q->items[k].open; i < end; i++)
            r->place[i] |= PLACE_QUOTED;
    }
}

static bool begin_reading(const gly_doc *doc, const gly_layer *tokens, const gly_layer *terms,
                          reading *r)
{
    int language = word_language_of(gly_meta_str(doc, "lang"));

    r->t = (name_text){ doc->text, GLY_RECORDS(tokens, gly_token), GLY_RECORDS(terms, gly_term),
                        tokens->count, 1u << (language < 0 ? LANGUAGE_EN : language) };
    r->place = GLY_NEWN(doc->scratch, uint8_t, tokens->count);
    if (!r->place)
        return false;
    memset(r->place, 0, tokens->count);
    mark_paragraphs(doc, r);
    mark_sentences(doc, r);
    return true;
}

/* ---- the layer --------------------------------------------------------------------------- */

static gly_status add(const state *st, gly_doc *doc, gly_layer *layer, speakers *s, uint32_t index)
{
    const quotation *q = &s->q->items[index];
    gly_range at = marks_range(s->r, q);
    voice who = speaker_find(s, index);
    gly_quote *quote;

    if (who.kind == VOICE_NONE && !marks_quotative(s->r, q) && !speaker_is_speech(s, q))
        return GLY_OK;
    if (q->words < (uint64_t)st->options->min_words)
        return GLY_OK;
    quote = gly_push(st->host, doc, layer, at.begin, at.end);
    if (!quote)
        return GLY_ENOMEM;
    *quote = (gly_quote){ .at = at,
                          .text = marks_joined(s->r, q, doc->arena),
                          .kind = GLY_QUOTE_DIRECT };
    if (!quote->text.ptr)
        return GLY_ENOMEM;
    if (who.kind != VOICE_NONE)
        resolve_write(s, &who, quote);
    return GLY_OK;
}

/* The reader is told when a text has more quotations than are looked at. */
static void note_rest(const state *st, gly_doc *doc, const reading *r, const quotations *q)
{
    uint32_t behind = q->count == MOST_QUOTATIONS ? q->items[q->count - 1].close + 1 : r->t.count;

    if (behind < r->t.count)
        gly_remark(st->host, st->stage, doc, GLY_WARN,
                   (gly_range){ r->t.tokens[behind].at.begin, doc->text.len },
                   "more than %d quotations; the others were left out", MOST_QUOTATIONS);
}

static gly_status process(void *self, gly_doc *doc)
{
    const state *st = self;
    const gly_layer *tokens = gly_layer_current(doc, "token/1"), *terms = gly_layer_current(doc, "term/1");
    gly_layer *layer = st->host->layer_add(st->stage, doc, &gly_quote_layer);
    quotations found;
    people named;
    reading r;
    speakers s = { .r = &r, .p = &named, .q = &found };

    if (!layer)
        return GLY_ENOMEM;
    if (GLY_COUNT(tokens) == 0 || GLY_COUNT(terms) == 0)
        return GLY_OK;
    if (!begin_reading(doc, tokens, terms, &r) || !marks_find(&r, doc->scratch, &found))
        return GLY_ENOMEM;
    if (found.count == 0)
        return GLY_OK;
    note_rest(st, doc, &r, &found);
    mark_quoted(&r, &found);
    if (!people_find(&r, terms->count, doc->scratch, &named))
        return GLY_ENOMEM;
    for (uint32_t i = 0; i < found.count; i++) {
        gly_status status = add(st, doc, layer, &s, i);

        if (status != GLY_OK)
            return status;
        if (i % QUOTES_BETWEEN_STOPS == QUOTES_BETWEEN_STOPS - 1 && st->host->stop(st->stage))
            return GLY_ECANCEL;
    }
    return GLY_OK;
}

static gly_status open_stage(const gly_host *host, gly_stage *stage, const void *opts,
                             void **shared)
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

static const gly_stage_ops ops = {
    .size = sizeof ops, .flags = GLY_STAGE_PURE, .open = open_stage, .close = close_stage,
    .process = process,
};

static const char *const reads[] = { "text",     "token/1",    "term/1", "?sentence/1",
                                     "?block/1", "?meta.lang", NULL };
static const char *const writes[] = { "quote/1", NULL };

GLY_PLUGIN(.name = "extract.quotes", .kind = GLY_TRANSFORM, .version = "1.0.0", .license = "MIT",
    .summary = "Find quotations and who says them",
    .help =
        "Finds direct quotations in marks of all styles, also over several paragraphs that each "
        "open with a mark, and leads each to its speaker: named before or after it, by a pronoun, "
        "a surname or an office, or in the quotation before. Words in marks that nobody says "
        "(titles, slogans, scare quotes) are left out.\n\n"
        "Each quotation has a confidence from 0 to 1000 that its speaker is right.",
    .example = "{ use = \"extract.quotes\"; min_words = 4; }",
    .reads = reads, .writes = writes, .options = options, .config_size = sizeof(config),
    .ops = &ops);
