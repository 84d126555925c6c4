/* root - looks at each word form once, then counts over the tokens. */
#include "extract/keywords/root.h"

#include "base/utf8.h"
#include "kit/select.h"
#include "kit/words.h"

enum {
    SHORTEST_WORD = 3,
    SAME_BYTES = 3, /* at the front of all forms of a stem */
    BUCKETS = 8192,  /* few words share one by chance */
};

typedef struct table {
    uint32_t *slots; /* number of the root, from 1; 0: empty */
    uint32_t  mask;
} table;

/* Whether keywords may come from this sentence: not from notes, bylines and dates. */
static bool is_read(const article *a, const gly_sentence *s)
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

/* A letter is a byte that does not go on with one. */
static uint32_t letters_of(gly_str word, uint32_t classes)
{
    return classes & WORD_WIDE ? (uint32_t)utf8_count(word.ptr, word.len) : word.len;
}

/* The slot that holds the root, or the empty one where it belongs. */
static uint32_t slot_of(const table *t, const roots *r, uint64_t stem)
{
    uint32_t at = (uint32_t)(stem >> 32) & t->mask;

    while ((t->slots[at] != 0) & (r->items[(int64_t)t->slots[at] - 1].stem != stem))
        at = (at + 1) & t->mask;
    return at;
}

/* Whether the word may be a keyword by itself; "UN" may, "of" may not. */
static bool is_content(const article *a, const gly_term *term, gly_str word, uint32_t letters)
{
    const char *surface = a->doc->text.ptr + term->at.begin;

    if ((word.ptr[0] >= '0') & (word.ptr[0] <= '9'))
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
    uint64_t hash, stem;
    uint32_t term, classes;
    uint16_t letters, bucket;
} content;

typedef struct contents {
    content  *items;
    uint32_t *akin; /* those that are not the only one of their bucket */
    uint32_t  count, stop_bits; /* of gly_term.stop: the document's language */
    uint8_t   alike[BUCKETS]; /* words that begin with letters of that bucket: 0, 1, more */
} contents;

static uint16_t bucket_of(gly_str word)
{
    uint64_t head = word__chunk(word.ptr, word.len < SAME_BYTES ? word.len : SAME_BYTES);

    return (head * UINT64_C(0xD6E8FEB86659FD93) >> 32) & (BUCKETS - 1);
}

/* All terms but stop words into the items, by number alone; gives their count. */
static uint32_t leave_stop_words_out(const article *a, roots *r, contents *c)
{
    uint32_t left = 0;

    for (uint32_t i = 0; i < a->nterms; i++) {
        r->forms[i] = (form){ .root = GLY_NO_REF, .place = GLY_NO_REF };
        c->items[left].term = i;
        left += !(a->terms[i].stop & c->stop_bits)
            & !(a->terms[i].classes & (WORD_PRONOUN | WORD_NUMBER));
    }
    r->forms[a->nterms] = (form){ .root = GLY_NO_REF, .place = GLY_NO_REF };
    return left;
}

/* Into the next item, which is at or before the one that the number came from. */
static void read_term(const article *a, roots *r, contents *c, uint32_t number)
{
    const gly_term *term = &a->terms[number];
    form *f = &r->forms[number];
    content *one = &c->items[c->count];
    word_known is = { term->stop, term->classes };
    uint32_t letters;

    *one = (content){ .word = term->text, .hash = term->hash, .term = number };
    if (term->classes & WORD_APOSTROPHE && is.stop == 0 && cut_word(a->language, &one->word, f)) {
        one->hash = word_hash(one->word);
        is = word_look_up(one->word, one->hash);
        if (is.stop & c->stop_bits)
            return;
    }
    letters = letters_of(one->word, term->classes);
    if (!is_content(a, term, one->word, letters))
        return;
    one->classes = is.classes;
    one->letters = (uint16_t)(letters < UINT16_MAX ? letters : UINT16_MAX);
    one->bucket = bucket_of(one->word);
    c->alike[one->bucket] |= (uint8_t)(c->alike[one->bucket] << 1 | 1);
    c->count++;
}

static void set_form(form *f, uint32_t number, const root *of)
{
    f->root = number;
    if (of->flags & ROOT_CUE) /* "council said" is no phrase */
        return;
    f->place = number;
    if (f->elided || f->owns)
        f->place |= f->elided ? ROOT_BREAK_BEFORE : ROOT_BREAK_AFTER;
}

/* Forms of one stem begin with the same letters: a word that no other begins like
 * needs no stemmer. */
static void find_stems(stems *s, int language, contents *c)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < c->count; i++) {
        content *one = &c->items[i];

        one->stem = one->hash | 1;
        c->akin[count] = i;
        count += c->alike[one->bucket] > 1;
        stems_fetch(s, language, one->hash);
    }
    for (uint32_t k = 0; k < count; k++) {
        content *one = &c->items[c->akin[k]];

        one->stem = stem_of(s, language, one->word, one->hash) | 1;
    }
}

/* Whether the root is new is not asked by a branch, which would be mispredicted: it is
 * written behind the last as if it were. */
static void find_root(const article *a, table *t, roots *r, const content *one)
{
    uint32_t slot = slot_of(t, r, one->stem), number;
    bool is_new = t->slots[slot] == 0;
    root *found;

    r->items[r->count] = (root){ .stem = one->stem, .term = one->term, .shown = GLY_NO_REF,
                                 .letters = one->letters, .flags = root_flags(one->classes) };
    number = select_u32(is_new, r->count, t->slots[slot] - 1);
    t->slots[slot] = number + 1;
    r->count += is_new;
    found = &r->items[number];
    found->term = select_u32(a->terms[one->term].count > a->terms[found->term].count, one->term, found->term);
    set_form(&r->forms[one->term], number, found);
}

static bool read_terms(const article *a, stems *s, table *t, roots *r)
{
    uint32_t left;
    contents c = { .items = GLY_NEWN(a->doc->scratch, content, (size_t)a->nterms + 1),
                   .akin = GLY_NEWN(a->doc->scratch, uint32_t, (size_t)a->nterms + 1),
                   .stop_bits = a->language < 0 ? UINT32_MAX : UINT32_C(1) << a->language };

    if (!c.items || !c.akin)
        return false;
    left = leave_stop_words_out(a, r, &c);
    for (uint32_t i = 0; i < left; i++)
        read_term(a, r, &c, c.items[i].term);
    find_stems(s, a->language, &c);
    for (uint32_t i = 0; i < c.count; i++)
        find_root(a, t, r, &c.items[i]);
    return true;
}

/* ---- tokens ---------------------------------------------------------------------------- */

/* Whether a token is a content word, and whether it ends a run, changes from one to the
 * next, and no machine foretells it: here these are sums, not branches. */

/* A capital letter is needed at the start of a sentence and behind an opening mark. */
static bool capital_is_free(const article *a, uint32_t token, uint32_t first)
{
    return token > first && !(a->tokens[token - 1].flags & GLY_TOKEN_MARK);
}

/* A root is shown by its commonest form, best where a capital letter is free. */
static inline void show(const article *a, root *one, uint32_t i, bool unforced)
{
    uint32_t first = a->sentences[one->first].first_token;
    bool better = (a->tokens[i].term == one->term)
        & ((one->shown == GLY_NO_REF) | (unforced & !one->shown_free));

    one->shown = select_u32(better, i, one->shown);
    one->shown_free = select_u32(better, capital_is_free(a, i, first), one->shown_free);
}

/* A content word, and the sentence it stands in. */
typedef struct listed {
    uint32_t token, sentence;
} listed;

/* Counts a content word for its root. */
static inline void count_token(const article *a, roots *r, listed word)
{
    const gly_token *t = &a->tokens[word.token];
    root *one = &r->items[r->forms[t->term].root];
    bool unforced = capital_is_free(a, word.token, a->sentences[word.sentence].first_token);
    uint32_t capital = t->flags / GLY_TOKEN_CAPITAL & unforced;

    one->first = select_u32(one->count > 0, one->first, word.sentence);
    one->count++;
    one->capitals += capital;
    one->uppers += t->flags / GLY_TOKEN_UPPER & 1;
    r->capitals += capital;
    show(a, one, word.token, unforced);
}

/* Lists the content words of a sentence at `to`, which has room for all its tokens; gives
 * their count. */
static uint32_t list_sentence(const article *a, roots *r, uint32_t sentence, listed *to)
{
    const gly_sentence *s = &a->sentences[sentence];
    uint32_t count = 0, words = 0;

    for (uint32_t i = s->first_token; i < s->last_token; i++) {
        const gly_token *t = &a->tokens[i];
        bool plain = (t->flags & (GLY_TOKEN_WORD | GLY_TOKEN_CJK)) == GLY_TOKEN_WORD;
        const form *f = &r->forms[select_u32(plain & (t->term < a->nterms), t->term, a->nterms)];

        words += t->flags & GLY_TOKEN_WORD;
        r->places[i] = f->place;
        to[count] = (listed){ i, sentence };
        count += f->root != GLY_NO_REF;
    }
    r->words += words;
    return count;
}

static inline void end_run(roots *r, run now, bool ends)
{
    r->runs[r->run_count] = now;
    r->run_count += ends & (now.length >= 2) & (r->run_count < r->run_capacity);
}

/* Content words side by side are a run, unless one of them can be in none, "l'" or "'s"
 * parts them, or a sentence begins. */
static void find_runs(const article *a, roots *r, const listed *words, uint32_t count)
{
    run now = { 0, 0 };
    uint32_t next = GLY_NO_REF; /* the token that would go on with the run */

    for (uint32_t k = 0; k < count; k++) {
        uint32_t i = words[k].token, place = r->places[i];
        bool stands = place != GLY_NO_REF, joins = stands & (i == next) &
            !(place & ROOT_BREAK_BEFORE) & (i != a->sentences[words[k].sentence].first_token);

        end_run(r, now, !joins);
        now.token = select_u32(joins, now.token, i);
        now.length = select_u32(joins, now.length + 1, stands);
        next = select_u32(stands & !(place & ROOT_BREAK_AFTER), i + 1, GLY_NO_REF);
    }
    end_run(r, now, true);
}

static bool get_memory(const article *a, table *t, roots *r)
{
    gly_arena *scratch = a->doc->scratch;
    uint32_t slots = 64;

    while (slots / 2 < a->nterms && slots < UINT32_C(1) << 31)
        slots *= 2;
    t->slots = GLY_NEWN(scratch, uint32_t, slots);
    t->mask = slots - 1;
    r->forms = GLY_NEWN(scratch, form, (size_t)a->nterms + 1);
    r->items = GLY_NEWN(scratch, root, (size_t)a->nterms + 2);
    r->places = GLY_NEWN(scratch, uint32_t, (size_t)a->ntokens + 1);
    r->run_capacity = a->ntokens / 2;
    r->runs = GLY_NEWN(scratch, run, (size_t)r->run_capacity + 1);
    if (!t->slots || !r->forms || !r->items || !r->places || !r->runs)
        return false;
    memset(t->slots, 0, slots * sizeof *t->slots);
    *r->items++ = (root){ .stem = 0 }; /* what an empty slot leads to */
    return true;
}

bool roots_find(const article *a, stems *s, roots *r)
{
    listed *words = GLY_NEWN(a->doc->scratch, listed, (size_t)a->ntokens + 1);
    table t;

    *r = (roots){ 0 };
    if (!words || !get_memory(a, &t, r) || !read_terms(a, s, &t, r))
        return false;
    for (uint32_t i = 0; i < a->nsentences; i++)
        if (is_read(a, &a->sentences[i]))
            r->content += list_sentence(a, r, i, words + r->content);
    for (uint32_t k = 0; k < r->content; k++)
        count_token(a, r, words[k]);
    find_runs(a, r, words, r->content);
    return true;
}
