/* root - looks at each word form once, then counts over the tokens. */
#include "extract/keywords/root.h"

#include "kit/words.h"

enum {
    SHORTEST_WORD = 3,
    SAME_BYTES = 4, /* at the front of all forms of a stem */
    BUCKETS = 1024,
};

typedef struct table {
    uint64_t *stems; /* 0: empty */
    uint32_t *roots;
    uint32_t  mask;
} table;

bool root_sentence(const article *a, const gly_sentence *s)
{
    if (s->block >= a->nblocks)
        return true;
    switch (a->blocks[s->block].type) {
    case GLY_BLOCK_BYLINE: case GLY_BLOCK_DATELINE: case GLY_BLOCK_DATE: case GLY_BLOCK_NOTES:
    case GLY_BLOCK_CODE:
        return false;
    default:
        return true;
    }
}

/* ---- word forms ------------------------------------------------------------------- */

/* What elision leaves of an article or a conjunction before an apostrophe. */
typedef struct elision {
    int         language; /* word_language */
    const char *words;    /* parted by spaces */
} elision;

static const elision elisions[] = {
    { LANGUAGE_FR, " l d qu n s j m t c jusqu lorsqu puisqu " },
    { LANGUAGE_IT, " l d un dell all dall nell sull quell quest c s " },
    { LANGUAGE_CA, " l d n s m t " },
};

/* Where an apostrophe begins inside the word, and where it ends in *after; -1: there
 * is none. */
static int find_apostrophe(gly_str word, uint32_t *after)
{
    for (uint32_t i = 1; i + 1 < word.len; i++) {
        if (word.ptr[i] == '\'') {
            *after = i + 1;
            return (int)i;
        }
        if (word.len - i > 3 && memcmp(word.ptr + i, "’", 3) == 0) {
            *after = i + 3;
            return (int)i;
        }
    }
    return -1;
}

static bool is_elided(int language, gly_str word)
{
    char key[16] = " ";

    if (word.len > sizeof key - 3)
        return false;
    memcpy(key + 1, word.ptr, word.len);
    memcpy(key + 1 + word.len, " ", 2);
    for (size_t i = 0; i < sizeof elisions / sizeof *elisions; i++)
        if (elisions[i].language == language)
            return strstr(elisions[i].words, key) != NULL;
    return false;
}

/* Cuts "l'" from the front of the term or "'s" from its back; terms have the
 * typewriter's apostrophe. */
static bool cut_word(int language, gly_str *word, form *f)
{
    const char *apostrophe = word->len > 2 ? memchr(word->ptr + 1, '\'', word->len - 2) : NULL;
    uint32_t at = apostrophe ? (uint32_t)(apostrophe - word->ptr) : 0, after = at + 1;

    if (!apostrophe)
        return false;
    f->elided = is_elided(language, (gly_str){ word->ptr, at });
    f->owns = !f->elided && word->len - after == 1 && word->ptr[after] == 's';
    if (f->elided)
        *word = (gly_str){ word->ptr + after, word->len - after };
    else if (f->owns)
        word->len = at;
    return f->elided || f->owns;
}

/* The surface may have the printer's apostrophe where the term has the typewriter's. */
gly_range root_place(const article *a, const roots *r, uint32_t token)
{
    gly_range at = a->tokens[token].at;
    const form *f = &r->forms[a->tokens[token].term];
    uint32_t after = 0;
    int apostrophe = f->elided || f->owns ? find_apostrophe(gly_slice(a->doc->text, at), &after) : -1;

    if (apostrophe < 0)
        return at;
    return f->elided ? (gly_range){ at.begin + after, at.end }
                     : (gly_range){ at.begin, at.begin + (uint32_t)apostrophe };
}

/* Bytes that do not go on with a letter, eight at a time. */
static uint32_t letters_in(gly_str word)
{
    uint32_t letters = word.len;

    for (uint32_t i = 0; i < word.len; i += 8) {
        uint64_t bytes = word__chunk(word.ptr + i, word.len - i < 8 ? word.len - i : 8);

        bytes = bytes >> 7 & ~(bytes >> 6) & UINT64_C(0x0101010101010101);
        if (bytes)
            letters -= (uint32_t)__builtin_popcountll(bytes);
    }
    return letters;
}

static uint32_t *slot_of(table *t, uint64_t stem)
{
    uint32_t at = (uint32_t)(stem >> 32) & t->mask;

    stem |= 1;
    while (t->stems[at] && t->stems[at] != stem)
        at = (at + 1) & t->mask;
    t->stems[at] = stem;
    return &t->roots[at];
}

/* Whether the word may be a keyword by itself; "UN" may, "of" may not. */
static bool is_content(const article *a, const gly_term *term, gly_str word, uint32_t letters)
{
    const char *surface = a->doc->text.ptr + term->at.begin;

    if (word.ptr[0] >= '0' && word.ptr[0] <= '9')
        return false;
    return letters >= SHORTEST_WORD ||
           (word.len == 2 && surface[0] != word.ptr[0] && surface[1] != word.ptr[1]);
}

static uint32_t root_flags(uint32_t classes)
{
    return (classes & WORD_CUE ? ROOT_CUE : 0u) | (classes & (WORD_MONTH | WORD_WEEKDAY) ? ROOT_DATE : 0u);
}

/* ---- terms ------------------------------------------------------------------------------ */

/* A term that may be a keyword, before its root is known. */
typedef struct content {
    gly_str  word;
    uint64_t hash;
    uint32_t term, classes;
    uint16_t letters, bucket;
} content;

typedef struct contents {
    content *items;
    uint32_t count, stop_bits; /* of gly_term.stop: the document's language */
    uint32_t alike[BUCKETS]; /* words that begin with letters of that bucket */
} contents;

static uint32_t bucket_of(gly_str word)
{
    uint64_t head = word__chunk(word.ptr, word.len < SAME_BYTES ? word.len : SAME_BYTES);

    return (uint32_t)(head * UINT64_C(0xD6E8FEB86659FD93) >> 32) & (BUCKETS - 1);
}

static void read_term(const article *a, roots *r, contents *c, uint32_t number)
{
    const gly_term *term = &a->terms[number];
    form *f = &r->forms[number];
    content *one = &c->items[c->count];
    word_known is = { term->stop, term->classes };
    uint32_t letters;

    *f = (form){ .root = GLY_NO_REF };
    if (is.stop & c->stop_bits || is.classes & (WORD_PRONOUN | WORD_NUMBER))
        return;
    *one = (content){ .word = term->text, .hash = term->hash, .term = number };
    if (is.stop == 0 && cut_word(a->language, &one->word, f)) {
        one->hash = word_hash(one->word);
        is = word_look_up(one->word, one->hash);
        if (is.stop & c->stop_bits)
            return;
    }
    letters = letters_in(one->word);
    if (!is_content(a, term, one->word, letters))
        return;
    one->classes = is.classes;
    one->letters = (uint16_t)(letters < UINT16_MAX ? letters : UINT16_MAX);
    one->bucket = (uint16_t)bucket_of(one->word);
    c->alike[one->bucket]++;
    c->count++;
}

/* Forms of one stem begin with the same letters: a word that no other begins like
 * needs no stemmer. */
static void find_root(const article *a, stems *s, table *t, roots *r, const contents *c, const content *one)
{
    bool alone = c->alike[one->bucket] == 1;
    uint32_t *slot = slot_of(t, alone ? one->hash : stem_of(s, a->language, one->word, one->hash));

    if (*slot == 0) {
        r->items[r->count] = (root){ .term = one->term, .shown = GLY_NO_REF, .letters = one->letters,
                                     .flags = root_flags(one->classes) };
        *slot = ++r->count;
    }
    r->forms[one->term].root = *slot - 1;
    if (a->terms[one->term].count > a->terms[r->items[*slot - 1].term].count)
        r->items[*slot - 1].term = one->term;
}

static bool read_terms(const article *a, stems *s, table *t, roots *r)
{
    contents c = { .items = GLY_NEWN(a->doc->scratch, content, (size_t)a->nterms + 1),
                   .stop_bits = a->language < 0 ? UINT32_MAX : UINT32_C(1) << a->language };

    if (!c.items)
        return false;
    for (uint32_t i = 0; i < a->nterms; i++)
        read_term(a, r, &c, i);
    for (uint32_t i = 0; i < c.count; i++)
        find_root(a, s, t, r, &c, &c.items[i]);
    return true;
}

/* ---- tokens ---------------------------------------------------------------------------- */

/* A capital letter is needed at the start of a sentence and behind an opening mark. */
static bool capital_is_free(const article *a, uint32_t token, uint32_t first)
{
    return token > first && !(a->tokens[token - 1].flags & GLY_TOKEN_MARK);
}

static void count_root(const article *a, roots *r, root *one, uint32_t i, uint32_t sentence)
{
    const gly_token *t = &a->tokens[i];
    bool is_free = capital_is_free(a, i, a->sentences[sentence].first_token);

    if (one->count++ == 0)
        one->first = sentence;
    one->capitals += is_free && t->flags & GLY_TOKEN_CAPITAL;
    one->uppers += (t->flags & GLY_TOKEN_UPPER) != 0;
    r->content++;
    r->capitals += is_free && t->flags & GLY_TOKEN_CAPITAL;
    if (t->term == one->term && (one->shown == GLY_NO_REF ||
        (is_free && !capital_is_free(a, one->shown, a->sentences[one->first].first_token))))
        one->shown = i;
}

static void count_sentence(const article *a, roots *r, uint32_t sentence)
{
    const gly_sentence *s = &a->sentences[sentence];

    for (uint32_t i = s->first_token; i < s->last_token; i++) {
        const gly_token *t = &a->tokens[i];
        const form *f;
        root *one;

        r->places[i] = GLY_NO_REF;
        if (!(t->flags & GLY_TOKEN_WORD))
            continue;
        r->words++;
        f = &r->forms[t->term];
        if (f->root == GLY_NO_REF || t->flags & GLY_TOKEN_CJK)
            continue;
        one = &r->items[f->root];
        count_root(a, r, one, i, sentence);
        if (!(one->flags & ROOT_CUE)) /* "council said" is no phrase */
            r->places[i] = f->root | (f->elided ? ROOT_BREAK_BEFORE : 0) | (f->owns ? ROOT_BREAK_AFTER : 0);
    }
}

static bool get_memory(const article *a, table *t, roots *r)
{
    gly_arena *scratch = a->doc->scratch;
    uint32_t slots = 64;

    while (slots / 2 < a->nterms && slots < UINT32_C(1) << 31)
        slots *= 2;
    t->stems = GLY_NEWN(scratch, uint64_t, slots);
    t->roots = GLY_NEWN(scratch, uint32_t, slots);
    t->mask = slots - 1;
    r->forms = GLY_NEWN(scratch, form, (size_t)a->nterms + 1);
    r->items = GLY_NEWN(scratch, root, (size_t)a->nterms + 1);
    r->places = GLY_NEWN(scratch, uint32_t, (size_t)a->ntokens + 1);
    if (!t->stems || !t->roots || !r->forms || !r->items || !r->places)
        return false;
    memset(t->stems, 0, slots * sizeof *t->stems);
    memset(t->roots, 0, slots * sizeof *t->roots);
    return true;
}

bool roots_find(const article *a, stems *s, roots *r)
{
    table t;

    *r = (roots){ 0 };
    if (!get_memory(a, &t, r) || !read_terms(a, s, &t, r))
        return false;
    for (uint32_t i = 0; i < a->nsentences; i++)
        if (root_sentence(a, &a->sentences[i]))
            count_sentence(a, r, i);
    return true;
}
