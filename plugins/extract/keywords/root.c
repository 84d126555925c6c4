/* root - looks at each word form once, then counts over the tokens. */
#include "extract/keywords/root.h"

#include "kit/words.h"

enum { SHORTEST_WORD = 3 };

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

/* Where an apostrophe begins, and where it ends in *after; -1: there is none. */
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

/* Cuts "l'" from the front of the word or "'s" from its back. */
static bool cut_word(int language, gly_str *word, form *f)
{
    uint32_t after = 0;
    int at = find_apostrophe(*word, &after);

    if (at < 0)
        return false;
    f->elided = is_elided(language, (gly_str){ word->ptr, (uint32_t)at });
    f->owns = !f->elided && word->len - after == 1 && word->ptr[after] == 's';
    if (f->elided)
        *word = (gly_str){ word->ptr + after, word->len - after };
    else if (f->owns)
        word->len = (uint32_t)at;
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

static uint32_t letters_in(gly_str word)
{
    uint32_t letters = 0;

    for (uint32_t i = 0; i < word.len; i++)
        letters += ((unsigned char)word.ptr[i] & 0xC0) != 0x80;
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

static bool may_be_content(const article *a, const gly_term *term, gly_str word, word_known is)
{
    uint32_t bits = a->language < 0 ? UINT32_MAX : UINT32_C(1) << a->language;
    const char *surface = a->doc->text.ptr + term->at.begin;

    if (is.stop & bits || is.classes & (WORD_PRONOUN | WORD_NUMBER) || (word.ptr[0] >= '0' && word.ptr[0] <= '9'))
        return false;
    return letters_in(word) >= SHORTEST_WORD ||
           (word.len == 2 && surface[0] != word.ptr[0] && surface[1] != word.ptr[1]); /* "UN" */
}

static uint32_t root_flags(uint32_t classes)
{
    return (classes & WORD_CUE ? ROOT_CUE : 0u) | (classes & (WORD_MONTH | WORD_WEEKDAY) ? ROOT_DATE : 0u);
}

static void read_term(const article *a, stems *s, table *t, roots *r, uint32_t number)
{
    const gly_term *term = &a->terms[number];
    form *f = &r->forms[number];
    gly_str word = term->text;
    word_known is = { term->stop, term->classes };
    uint64_t hash = term->hash;
    uint32_t *slot;

    *f = (form){ .root = GLY_NO_REF };
    if (is.stop == 0 && cut_word(a->language, &word, f)) {
        hash = word_hash(word);
        is = word_look_up(word, hash);
    }
    if (!may_be_content(a, term, word, is))
        return;
    slot = slot_of(t, stem_of(s, a->language, word, hash));
    if (*slot == 0) {
        r->items[r->count] = (root){ .term = number, .shown = GLY_NO_REF, .flags = root_flags(is.classes) };
        *slot = ++r->count;
    }
    f->root = *slot - 1;
    if (term->count > a->terms[r->items[f->root].term].count)
        r->items[f->root].term = number;
}

/* ---- tokens ---------------------------------------------------------------------------- */

/* A capital letter is needed at the start of a sentence and behind an opening mark. */
static bool capital_is_free(const article *a, uint32_t token, uint32_t first)
{
    return token > first && !(a->tokens[token - 1].flags & GLY_TOKEN_MARK);
}

static void count_token(const article *a, roots *r, uint32_t i, uint32_t sentence)
{
    const gly_token *t = &a->tokens[i];
    bool is_free = capital_is_free(a, i, a->sentences[sentence].first_token);
    root *one;

    r->words += (t->flags & GLY_TOKEN_WORD) != 0;
    if (!(t->flags & GLY_TOKEN_WORD) || t->flags & GLY_TOKEN_CJK || t->term >= a->nterms ||
        r->forms[t->term].root == GLY_NO_REF)
        return;
    one = &r->items[r->forms[t->term].root];
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

static bool get_memory(const article *a, table *t, roots *r)
{
    gly_arena *scratch = a->doc->scratch;
    uint32_t slots = 64;

    while (slots < 2 * (uint64_t)a->nterms)
        slots *= 2;
    t->stems = GLY_NEWN(scratch, uint64_t, slots);
    t->roots = GLY_NEWN(scratch, uint32_t, slots);
    t->mask = slots - 1;
    r->forms = GLY_NEWN(scratch, form, (size_t)a->nterms + 1);
    r->items = GLY_NEWN(scratch, root, (size_t)a->nterms + 1);
    if (!t->stems || !t->roots || !r->forms || !r->items)
        return false;
    memset(t->stems, 0, slots * sizeof *t->stems);
    memset(t->roots, 0, slots * sizeof *t->roots);
    return true;
}

bool roots_find(const article *a, stems *s, roots *r)
{
    table t;

    *r = (roots){ 0 };
    if (!get_memory(a, &t, r))
        return false;
    for (uint32_t i = 0; i < a->nterms; i++)
        read_term(a, s, &t, r, i);
    for (uint32_t i = 0; i < a->nsentences; i++)
        for (uint32_t k = a->sentences[i].first_token; root_sentence(a, &a->sentences[i]) && k < a->sentences[i].last_token; k++)
            count_token(a, r, k, i);
    return true;
}
