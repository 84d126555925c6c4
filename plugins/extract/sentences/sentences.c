/* extract.sentences - where sentences begin and end.
 *
 * Writes sentence/1. The end of a block, or an empty line, always ends a
 * sentence; boundary.c judges the marks between. One linear pass; it fails only
 * when memory runs out or when the run is stopped. */
#include <galley/plugin.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "extract/sentences/boundary.h"
#include "kit/unicode.h"
#include "kit/words.h"

enum { SENTENCES_BETWEEN_STOPS = 1024 };

typedef struct state {
    const gly_host *host;
    gly_stage      *stage;
} state;

typedef struct splitter {
    const state     *st;
    gly_doc         *doc;
    gly_layer       *layer;
    const gly_token *tokens;
    uint32_t         ntokens, token; /* token: the first not yet in a sentence */
    int              language;
} splitter;

static bool is_space_at(const char *at)
{
    return unicode_class(utf8_next(&at)) & UNICODE_SPACE;
}

static void skip_tokens_before(splitter *s, uint32_t place)
{
    while (s->token < s->ntokens && s->tokens[s->token].at.begin < place)
        s->token++;
}

/* Writes [begin, end) without the spaces around it, when anything is left. */
static gly_status add(splitter *s, const char *begin, const char *end, uint32_t block)
{
    const char *text = s->doc->text.ptr;
    gly_sentence *sentence;

    while (begin < end && is_space_at(begin))
        utf8_next(&begin);
    while (end > begin) {
        const char *last = end - 1;

        while (((unsigned char)*last & 0xC0) == 0x80)
            last--;
        if (!is_space_at(last))
            break;
        end = last;
    }
    if (begin == end)
        return GLY_OK;
    sentence = gly_push(s->st->host, s->doc, s->layer, (uint32_t)(begin - text),
                        (uint32_t)(end - text));
    if (!sentence)
        return GLY_ENOMEM;
    sentence->block = block;
    skip_tokens_before(s, sentence->at.begin);
    sentence->first_token = s->token;
    skip_tokens_before(s, sentence->at.end);
    sentence->last_token = s->token;
    return s->layer->count % SENTENCES_BETWEEN_STOPS == 0 && s->st->host->stop(s->st->stage)
               ? GLY_ECANCEL : GLY_OK;
}

static bool is_empty_line(const char *at, const char *end)
{
    return at + 1 < end && at[0] == '\n' && at[1] == '\n';
}

/* Past bytes that end no sentence, sixteen at a time where the machine can: up to `end`, and
 * `text_end` is where the whole text ends. */
static const char *skip_plain(const char *at, const char *end, const char *text_end)
{
#ifdef __SSE2__
    for (; at < end && text_end - at >= 16; at += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)at);
        __m128i stop = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('.')), _mm_cmpeq_epi8(v, _mm_set1_epi8('!')));
        __m128i line = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('?')), _mm_cmpeq_epi8(v, _mm_set1_epi8('\n')));
        /* the top bits of v itself: bytes beyond ASCII */
        int found = _mm_movemask_epi8(_mm_or_si128(v, _mm_or_si128(stop, line)));

        if (found) {
            at += __builtin_ctz((unsigned)found);
            break;
        }
    }
#endif
    return at < end ? at : end;
}

/* The next place at or after `at` where a sentence may end. */
static const char *next_candidate(const char *at, const char *end, const char *text_end)
{
    while ((at = skip_plain(at, end, text_end)) < end) {
        const char *here = at;

        if ((unsigned char)*at < 0x80) {
            if (*at == '.' || *at == '!' || *at == '?' || is_empty_line(at, end))
                return at;
            at++;
        } else if (boundary_is_mark(utf8_next(&at))) {
            return here;
        }
    }
    return end;
}

static const char *skip_spaces(const char *at, const char *end)
{
    while (at < end && is_space_at(at))
        utf8_next(&at);
    return at;
}

static gly_status split(splitter *s, gly_range range, uint32_t block)
{
    const char *begin = s->doc->text.ptr + range.begin, *end = s->doc->text.ptr + range.end;
    const char *text_end = s->doc->text.ptr + s->doc->text.len;
    const char *at = begin = skip_spaces(begin, end), *after;

    while ((at = next_candidate(at, end, text_end)) < end) {
        const char *close = at;
        gly_status status;

        after = at;
        if (*at != '\n')
            close = boundary_after(begin, at, end, s->language, &after);
        if (!close) {
            at = after;
            continue;
        }
        status = add(s, begin, close, block);
        if (status != GLY_OK)
            return status;
        begin = at = skip_spaces(close, end);
    }
    return add(s, begin, end, block);
}

/* Each block on its own, and what lies between blocks without one. A block in
 * another is part of the outer one. */
static gly_status split_blocks(splitter *s, const gly_layer *layer)
{
    const gly_block *blocks = GLY_RECORDS(layer, gly_block);
    uint32_t done = 0;

    for (uint32_t i = 0; i < GLY_COUNT(layer); i++) {
        gly_status status = GLY_OK;

        if (blocks[i].at.begin < done)
            continue;
        status = split(s, (gly_range){ done, blocks[i].at.begin }, GLY_NO_REF);
        if (status == GLY_OK)
            status = split(s, blocks[i].at, i);
        if (status != GLY_OK)
            return status;
        done = blocks[i].at.end;
    }
    return split(s, (gly_range){ done, s->doc->text.len }, GLY_NO_REF);
}

static gly_status process(void *self, gly_doc *doc)
{
    const state *st = self;
    const gly_layer *tokens = gly_layer_of(doc, "token/1");
    const gly_layer *blocks = gly_layer_of(doc, "block/1");
    splitter s = { .st = st, .doc = doc, .language = word_language_of(gly_meta_str(doc, "lang")) };

    s.layer = st->host->layer_add(st->stage, doc, &gly_sentence_layer);
    if (!s.layer)
        return GLY_ENOMEM;
    if (tokens && tokens->view == doc->current) {
        s.tokens = GLY_RECORDS(tokens, gly_token);
        s.ntokens = tokens->count;
    }
    if (doc->text.len == 0)
        return GLY_OK;
    return split_blocks(&s, blocks && blocks->view == doc->current ? blocks : NULL);
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
static const char *const reads[] = { "text", "?token/1", "?block/1", "?meta.lang", NULL };
static const char *const writes[] = { "sentence/1", NULL };

GLY_PLUGIN(.name = "extract.sentences", .kind = GLY_TRANSFORM, .version = "1.0.0", .license = "MIT",
    .summary = "Find where sentences begin and end",
    .help =
        "Ends sentences at full stops, question and exclamation marks and their kin in other "
        "scripts, with the quotation marks and brackets that close after them. Abbreviations, "
        "initials and ordinal numbers do not end one; a block or an empty line always does.\n\n"
        "Knowing the language (extract.language) and the blocks (clean.text) makes it surer.",
    .example = "{ use = \"extract.sentences\"; }",
    .reads = reads, .writes = writes, .options = options, .ops = &ops);
