/* extract.tokens - words, numbers and marks of the text, in one pass.
 *
 * Writes token/1 and term/1. Each distinct form is looked up in the word lists
 * once a document. The pass is linear; it fails only when memory runs out or
 * when the run is stopped. */
#include <galley/plugin.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "extract/tokens/letters.h"
#include "extract/tokens/terms.h"
#include "kit/unicode.h"

enum { TOKENS_BETWEEN_STOPS = 4096, LETTER_OR_DIGIT = UNICODE_LETTER | UNICODE_DIGIT };

/* Beyond ASCII a byte says nothing by itself. No ASCII character is Han or kana,
 * so this bit is free in the table of bytes. */
enum { BEYOND_ASCII = UNICODE_CJK };

typedef struct state {
    const gly_host *host;
    gly_stage      *stage;
    uint8_t         bytes[256]; /* UNICODE_* of ASCII, else BEYOND_ASCII */
} state;

/* A place in the text: the code point there, its class and where it ends. */
typedef struct cursor {
    const char *at, *next;
    uint32_t    c;
    unsigned    classes;
} cursor;

typedef struct shape {
    uint32_t flags, letters, uppers;
    bool     first_is_upper;
} shape;

static inline cursor look(const char *at, const char *end)
{
    cursor k = { at, at, 0, 0 };

    if (at < end) {
        k.c = utf8_next(&k.next);
        k.classes = unicode_class(k.c);
    }
    return k;
}

/* The same, without the way to the tables for ASCII. */
static inline cursor glance(const state *st, const char *at, const char *end)
{
    if (at < end && (unsigned char)*at < 0x80)
        return (cursor){ at, at + 1, (unsigned char)*at, st->bytes[(unsigned char)*at] };
    return look(at, end);
}

static inline bool is_ascii_letter(char c)
{
    unsigned char low = (unsigned char)c | 0x20;

    return low >= 'a' && low <= 'z';
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
        if (k.classes & UNICODE_UPPER)
            s->uppers++;
    }
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

typedef struct pass {
    const state *st;
    gly_doc     *doc;
    gly_layer   *layer;
    gly_token   *next, *full; /* where the next token goes; where the room ends */
    terms        known;
    const char  *text, *end;
    letters      letters;
    uint32_t     before; /* GLY_TOKEN_SPACE, _LINE: what stood before the next token */
} pass;

/* Whether what stands here, beyond ASCII, could go on with a word. */
static bool may_join(const char *at, const char *end)
{
    cursor k = look(at, end);

    return k.classes & LETTER_OR_DIGIT || joins_word(k.c) || is_invisible(k.c);
}

/* The first letter before `end`, or `end`. */
static const char *find_letter(const char *at, const char *end)
{
    while (at < end && !is_ascii_letter(*at))
        at++;
    return at;
}

/* Whether a word goes on after the ASCII mark at `p`, by the rules of goes_on().
 * *letter: where to look for its first letter, so that no byte is looked at twice;
 * `after`: the classes of the byte behind the mark. */
static bool ascii_goes_on(const char **letter, const char *p, unsigned after)
{
    if (!(after & LETTER_OR_DIGIT) || !(joins_word((unsigned char)*p) || joins_number((unsigned char)*p)))
        return false;
    *letter = find_letter(*letter, p);
    if (*letter < p)
        return joins_word((unsigned char)*p);
    return joins_number((unsigned char)*p) ? after & UNICODE_DIGIT : after & UNICODE_LETTER;
}

/* The end of a word or number of ASCII alone; NULL when it may hold more than
 * ASCII. *joined: marks stand inside. */
static const char *end_of_ascii(const pass *p, const char *begin, bool *joined)
{
    const char *at = begin, *letter = begin;

    for (;; at++) {
        uint32_t place = letters_end(&p->letters, (uint32_t)(at - p->text));
        unsigned char mark = (unsigned char)p->letters.lower[place]; /* 0 at the end */
        unsigned after = p->st->bytes[(unsigned char)p->letters.lower[place + 1]];

        at = p->text + place;
        if ((mark < 0x80) & ((mark == ' ') | !(after & (LETTER_OR_DIGIT | BEYOND_ASCII))))
            return at; /* most words */
        if (mark >= 0x80)
            return may_join(at, p->end) ? NULL : at;
        if (after & BEYOND_ASCII && (joins_word((unsigned char)*at) || joins_number((unsigned char)*at)))
            return NULL;
        if (!ascii_goes_on(&letter, at, after))
            return at;
        *joined = true;
    }
}

/* ---- the pass over the text --------------------------------------------------- */

static void count_tokens(pass *p)
{
    p->layer->count = p->next ? (uint32_t)(p->next - GLY_RECORDS(p->layer, gly_token)) : 0;
}

/* Room for TOKENS_BETWEEN_STOPS tokens at most: then the run is asked whether it stops. */
static gly_status make_room(pass *p)
{
    gly_layer *l = p->layer;
    uint32_t room;

    count_tokens(p);
    if (p->st->host->stop(p->st->stage))
        return GLY_ECANCEL;
    if (l->count == l->capacity && p->st->host->layer_grow(p->doc, l) < 0)
        return GLY_ENOMEM;
    room = l->capacity - l->count;
    p->next = GLY_RECORDS(l, gly_token) + l->count;
    p->full = p->next + (room < TOKENS_BETWEEN_STOPS ? room : TOKENS_BETWEEN_STOPS);
    return GLY_OK;
}

static inline gly_status push(pass *p, gly_range at, uint32_t flags, uint32_t term)
{
    gly_status status = p->next == p->full ? make_room(p) : GLY_OK;

    if (status < 0)
        return status;
    *p->next++ = (gly_token){ .at = at, .term = term, .flags = flags | p->before };
    p->before = 0;
    return GLY_OK;
}

static gly_range range_of(const pass *p, const char *begin, const char *end)
{
    return (gly_range){ (uint32_t)(begin - p->text), (uint32_t)(end - p->text) };
}

static gly_status push_word(pass *p, const char *begin, const char *end, const shape *s)
{
    gly_range at = range_of(p, begin, end);
    uint32_t term = terms_find(&p->known, at);

    if (term == GLY_NO_REF)
        return GLY_ENOMEM;
    terms_look_into(&p->known, term);
    return push(p, at, flags_of(s), term);
}

/* What flags_of() says, from the bits of a word of ASCII. */
static inline uint32_t ascii_flags(letters_bits word)
{
    uint64_t alphas = word.words & ~word.digits, first = alphas & (0 - alphas);
    bool upper = alphas != first && word.uppers == alphas;

    return (alphas ? GLY_TOKEN_WORD : GLY_TOKEN_NUMBER) |
           (word.digits != 0) * (uint32_t)GLY_TOKEN_DIGIT |
           ((word.uppers & first) != 0) * (uint32_t)GLY_TOKEN_CAPITAL |
           upper * (uint32_t)GLY_TOKEN_UPPER |
           (!upper && word.uppers & ~first) * (uint32_t)GLY_TOKEN_MIXED;
}

/* A word of ASCII, of LETTERS_MOST bytes at most. Most have neither digits nor capitals
 * behind the first letter; whether that is one is asked without a branch. */
static inline gly_status push_ascii(pass *p, gly_range at, bool joined)
{
    const char *lower = p->letters.lower + at.begin;
    bool upper = letters_is_upper(&p->letters, at.begin);
    gly_str word = { upper ? lower : p->text + at.begin, at.end - at.begin };
    uint32_t flags = GLY_TOKEN_WORD | upper * (uint32_t)GLY_TOKEN_CAPITAL, term;

    if (!letters_are_plain(&p->letters, at, upper)) {
        letters_bits bits = letters_of(&p->letters, at);

        flags = ascii_flags(bits);
        word.ptr = bits.uppers ? lower : word.ptr;
    }
    term = terms_find_soon(&p->known, at, word, letters_hash(lower, word.len));
    if (term == GLY_NO_REF)
        return GLY_ENOMEM;
    if (joined)
        terms_look_into(&p->known, term);
    return push(p, at, flags, term);
}

/* A word or number at *at, which moves behind it. */
static gly_status take_letters(pass *p, const char **at)
{
    const char *begin = *at;
    shape s = { 0 };

    *at = take_word(look(begin, p->end), p->end, &s);
    return push_word(p, begin, *at, &s);
}

/* The same when it begins in ASCII. */
static inline gly_status take_ascii(pass *p, const char **at)
{
    bool joined = false;
    const char *begin = *at, *after = end_of_ascii(p, begin, &joined);

    if (!after || after - begin > LETTERS_MOST)
        return take_letters(p, at);
    *at = after;
    return push_ascii(p, range_of(p, begin, after), joined);
}

static gly_status take_cjk(pass *p, const char **at)
{
    const char *begin = *at;
    gly_range run;
    uint32_t term;

    *at = take_run(look(begin, p->end), p->end);
    run = range_of(p, begin, *at);
    term = terms_find(&p->known, run);
    if (term == GLY_NO_REF)
        return GLY_ENOMEM;
    terms_look_into(&p->known, term);
    return push(p, run, GLY_TOKEN_WORD | GLY_TOKEN_CJK, term);
}

static gly_status take_rest(pass *p, cursor k, const char **at)
{
    *at = k.next;
    if (k.classes & UNICODE_SPACE) {
        p->before |= GLY_TOKEN_SPACE;
        if (k.c == '\n' || k.c == '\r' || k.c == 0x2028 || k.c == 0x2029)
            p->before |= GLY_TOKEN_LINE;
        return GLY_OK;
    }
    return is_invisible(k.c) ? GLY_OK : push(p, range_of(p, k.at, k.next), GLY_TOKEN_MARK, GLY_NO_REF);
}

/* A mark of ASCII at *at. */
static inline gly_status take_mark(pass *p, const char **at)
{
    const char *begin = (*at)++;

    return push(p, range_of(p, begin, *at), GLY_TOKEN_MARK, GLY_NO_REF);
}

static gly_status take_other(pass *p, const char **at)
{
    cursor k = glance(p->st, *at, p->end);

    if (k.classes & UNICODE_CJK)
        return take_cjk(p, at);
    return k.classes & LETTER_OR_DIGIT ? take_letters(p, at) : take_rest(p, k, at);
}

static gly_status scan(pass *p)
{
    const char *at = p->text;
    gly_status status = GLY_OK;

    while (at < p->end && status == GLY_OK) {
        unsigned classes = p->st->bytes[(unsigned char)*at];
        bool space;

        status = classes & LETTER_OR_DIGIT ? take_ascii(p, &at)
                 : classes & UNICODE_MARK ? take_mark(p, &at) : take_other(p, &at);
        space = at < p->end && *at == ' '; /* behind most: taken along without a branch */
        p->before |= space * (uint32_t)GLY_TOKEN_SPACE;
        at += space;
    }
    return status;
}

static gly_status process(void *self, gly_doc *doc)
{
    const state *st = self;
    gly_layer *term_layer = st->host->layer_add(st->stage, doc, &gly_term_layer);
    pass p = { .st = st, .doc = doc, .text = doc->text.ptr, .before = GLY_TOKEN_LINE };
    gly_status status;

    p.layer = st->host->layer_add(st->stage, doc, &gly_token_layer);
    if (!p.layer || !term_layer || !terms_begin(&p.known, st->host, doc, term_layer))
        return GLY_ENOMEM;
    if (doc->text.len == 0)
        return GLY_OK;
    p.end = p.text + doc->text.len;
    if (!letters_read(&p.letters, doc->arena, doc->scratch, doc->text))
        return GLY_ENOMEM;
    status = scan(&p);
    count_tokens(&p);
    terms_describe(&p.known);
    return status;
}

static gly_status open_stage(const gly_host *host, gly_stage *stage, const void *opts, void **shared)
{
    state *st = calloc(1, sizeof *st);

    (void)opts;
    if (!st)
        return GLY_ENOMEM;
    *st = (state){ .host = host, .stage = stage };
    for (unsigned c = 0; c < 256; c++)
        st->bytes[c] = (uint8_t)(c < 0x80 ? unicode_class(c) : BEYOND_ASCII);
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
