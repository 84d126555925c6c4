/* extract.quotes - what people are quoted as saying, and who says it.
 *
 * Pairs quotation marks line by line, joins paragraphs that each open with a
 * mark, and keeps those with a cue ("said") in the words before or after. Writes
 * quote/1. Fails only when memory runs out or when the run is stopped. */
#include <stdlib.h>
#include <galley/plugin.h>

#include "extract/quotes/speaker.h"

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

enum { SPEAKER_BYTES = 300, BYTES_BETWEEN_STOPS = 1 << 16 };

static const char *const opening[] = { "“", "\"", "«", "„", "「", NULL };
static const char *const closing[] = { "”", "\"", "»", "“", "」", NULL };
static const char *const cues[] = {
    "said", "says", "added", "adds", "commented", "explained", "told", "sagte", "erklärte",
    "déclaré", "explique", "dijo", NULL
};

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

static bool stands_at(gly_str text, uint32_t at, const char *word)
{
    size_t length = strlen(word);

    return at <= text.len && length <= text.len - at && memcmp(text.ptr + at, word, length) == 0;
}

/* Which of `marks` stands at `at`, or -1. Nearly all bytes are plain ASCII. */
static int mark_at(gly_str text, uint32_t at, const char *const *marks)
{
    if (at >= text.len || ((unsigned char)text.ptr[at] < 0x80 && text.ptr[at] != '"'))
        return -1;
    for (int i = 0; marks[i]; i++)
        if (stands_at(text, at, marks[i]))
            return i;
    return -1;
}

static bool is_gap(char c)
{
    return c == ' ' || c == '\n';
}

static gly_range trim(gly_str text, gly_range at)
{
    while (at.begin < at.end && (is_gap(text.ptr[at.begin]) || text.ptr[at.begin] == ','))
        at.begin++;
    while (at.end > at.begin && (is_gap(text.ptr[at.end - 1]) || text.ptr[at.end - 1] == ','))
        at.end--;
    return at;
}

/* The cue that stands as a word in `clause`, or {0,0}. */
static gly_range find_cue(gly_str text, gly_range clause)
{
    for (uint32_t i = clause.begin; i < clause.end; i++) {
        if (i > clause.begin && !is_gap(text.ptr[i - 1]))
            continue;
        for (int k = 0; cues[k]; k++) {
            uint32_t end = i + (uint32_t)strlen(cues[k]);

            if (end <= clause.end && stands_at(text, i, cues[k])
                && (end == clause.end || strchr(" :,.\n", text.ptr[end])))
                return (gly_range){ i, end };
        }
    }
    return (gly_range){ 0, 0 };
}

/* A clause cut at its limit must not part the bytes of one letter. */
static bool inside_letter(gly_str text, uint32_t at)
{
    return at < text.len && ((unsigned char)text.ptr[at] & 0xC0) == 0x80;
}

/* Whether a mark that closes an earlier quotation ends at `at`. */
static bool ends_quotation(gly_str text, uint32_t at)
{
    for (int i = 0; closing[i]; i++) {
        uint32_t length = (uint32_t)strlen(closing[i]);

        if (at >= length && stands_at(text, at - length, closing[i]))
            return true;
    }
    return false;
}

/* The words on the quotation's line before it, back to the end of a sentence. */
static gly_range clause_before(gly_str text, uint32_t open)
{
    uint32_t begin = open;

    while (begin > 0 && open - begin < SPEAKER_BYTES && text.ptr[begin - 1] != '\n'
           && !(text.ptr[begin - 1] == ' ' && begin > 1 && text.ptr[begin - 2] == '.')
           && !ends_quotation(text, begin))
        begin--;
    while (begin < open && inside_letter(text, begin))
        begin++;
    return (gly_range){ begin, open };
}

static gly_range clause_after(gly_str text, uint32_t close)
{
    uint32_t end = close;

    while (end < text.len && end - close < SPEAKER_BYTES && text.ptr[end] != '\n'
           && text.ptr[end] != '.' && mark_at(text, end, opening) < 0)
        end++;
    while (end > close && inside_letter(text, end))
        end--;
    return (gly_range){ close, end };
}

/* Finds the cue and the speaker; in “A,” said B, “C.” the clause between the two
 * quotations names the speaker of both. */
static bool attribute(gly_str text, gly_range before, gly_range after, gly_quote *quote)
{
    gly_range cue = find_cue(text, after), who;
    bool follows = cue.end > 0, inverted;

    if (!follows)
        cue = find_cue(text, before);
    if (cue.end == 0)
        return false;
    who = follows ? after : before;
    inverted = trim(text, (gly_range){ who.begin, cue.begin }).begin == cue.begin;
    who = inverted ? (gly_range){ cue.end, who.end } : (gly_range){ who.begin, cue.begin };
    who = trim(text, who);
    quote->cue = gly_slice(text, cue);
    if (who.begin < who.end)
        speaker_parse(text, who, !inverted && !follows, quote);
    return true;
}

static uint32_t words_in(gly_str words)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < words.len; i++)
        count += !is_gap(words.ptr[i]) && (i == 0 || is_gap(words.ptr[i - 1]));
    return count;
}

/* The paragraphs without their marks, parted by a blank line. */
static gly_str join(gly_doc *doc, gly_range at, int style)
{
    char *out = GLY_NEWN(doc->arena, char, 2 * (size_t)(at.end - at.begin) + 1);
    uint32_t length = 0;

    for (uint32_t i = at.begin; out && i < at.end; i++) {
        if (doc->text.ptr[i] != '\n') {
            out[length++] = doc->text.ptr[i];
            continue;
        }
        while (length > 0 && is_gap(out[length - 1]))
            length--;
        while (i + 1 < at.end && is_gap(doc->text.ptr[i + 1]))
            i++;
        if (stands_at(doc->text, i + 1, opening[style]))
            i += (uint32_t)strlen(opening[style]);
        out[length++] = '\n';
        out[length++] = '\n';
    }
    return (gly_str){ out, length };
}

/* Where the quotation that begins at `at` ends: at a closing mark, or at the end
 * of a line after which no paragraph opens with a mark. */
static uint32_t find_end(gly_str text, uint32_t at, int style, bool *closed)
{
    uint32_t i = at, next;

    for (*closed = false; i < text.len; i++) {
        if (stands_at(text, i, closing[style])) {
            *closed = true;
            return i;
        }
        if (text.ptr[i] != '\n')
            continue;
        for (next = i; next < text.len && is_gap(text.ptr[next]);)
            next++;
        if (!stands_at(text, next, opening[style]))
            return i;
        i = next + (uint32_t)strlen(opening[style]) - 1;
    }
    return i;
}

static gly_status add(const state *st, gly_doc *doc, gly_layer *layer, gly_range at, gly_quote found,
                      int style)
{
    gly_quote *quote;

    found.at = at;
    found.text = join(doc, at, style);
    if (!found.text.ptr)
        return GLY_ENOMEM;
    if (words_in(found.text) < st->options->min_words)
        return GLY_OK;
    quote = gly_push(st->host, doc, layer, at.begin, at.end);
    if (!quote)
        return GLY_ENOMEM;
    *quote = found;
    return GLY_OK;
}

static gly_status process(void *self, gly_doc *doc)
{
    const state *st = self;
    gly_layer *layer = st->host->layer_add(st->stage, doc, &gly_quote_layer);
    gly_str text = doc->text;
    uint32_t asked = 0, end;

    if (!layer)
        return GLY_ENOMEM;
    for (uint32_t i = 0; i < text.len; i = end) {
        int style = mark_at(text, i, opening);
        gly_quote found = { 0 };
        uint32_t begin;
        bool closed;

        end = i + 1;
        if (i - asked >= BYTES_BETWEEN_STOPS && st->host->stop(st->stage))
            return GLY_ECANCEL;
        asked = i - asked >= BYTES_BETWEEN_STOPS ? i : asked;
        if (style < 0)
            continue;
        begin = i + (uint32_t)strlen(opening[style]);
        end = find_end(text, begin, style, &closed);
        gly_range at = { begin, end };
        end += closed ? (uint32_t)strlen(closing[style]) : 0;
        if (at.end > at.begin
            && attribute(text, clause_before(text, i), clause_after(text, end), &found)
            && add(st, doc, layer, at, found, style) != GLY_OK)
            return GLY_ENOMEM;
    }
    return GLY_OK;
}

static const gly_stage_ops ops = {
    .size = sizeof ops, .flags = GLY_STAGE_PURE, .open = open_stage, .close = close_stage,
    .process = process,
};

static const char *const reads[] = { "text", NULL };
static const char *const writes[] = { "quote/1", NULL };

GLY_PLUGIN(.name = "extract.quotes", .kind = GLY_TRANSFORM, .version = "1.0.0", .license = "MIT",
    .summary = "Find quotations and who says them",
    .help =
        "Finds direct quotations in double marks, also over several paragraphs that each open "
        "with a mark, and the speaker and role named with a cue such as 'said' on the same line. "
        "Words in marks without a cue are left out.",
    .example = "{ use = \"extract.quotes\"; min_words = 4; }",
    .reads = reads, .writes = writes, .options = options, .config_size = sizeof(config),
    .ops = &ops);
