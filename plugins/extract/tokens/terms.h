/* terms - the distinct word forms of one document, found by hash.
 *
 * Lives in the document's scratch arena for one call of process(). */
#ifndef GALLEY_EXTRACT_TERMS_H
#define GALLEY_EXTRACT_TERMS_H

#include <galley/plugin.h>

enum { TERMS_PROBES = 64 }; /* steps at most for a word */

typedef struct terms_slot {
    uint32_t hash;   /* upper half                          */
    uint32_t record; /* of term/1, plus one; 0 is empty     */
} terms_slot;

typedef struct terms {
    const gly_host *host;
    gly_doc        *doc;
    gly_layer      *layer;
    terms_slot     *slots;
    uint32_t        mask;
    char           *lowered;  /* buffer for one word */
    uint32_t        capacity;
} terms;

/* False when memory runs out. */
bool terms_begin(terms *, const gly_host *, gly_doc *, gly_layer *);
/* The term of a word, made when it is new; GLY_NO_REF when memory runs out. */
uint32_t terms_find(terms *, gly_range at);
/* A new term: `word` lives as long as the document, `hash` is its word_hash(). */
uint32_t terms_enter(terms *, gly_range at, gly_str word, uint64_t hash);
/* Remembers it of a term whose word holds an apostrophe. */
void terms_look_for_apostrophe(terms *, uint32_t term);
/* Looks each term up in the word lists: once, when all are entered. */
void terms_describe(terms *);

/* Steps through the slots of a hash. */
typedef struct terms_search {
    uint64_t hash;
    uint32_t slot, probes;
} terms_search;

static inline terms_search terms_search_begin(const terms *t, uint64_t hash)
{
    return (terms_search){ hash, (uint32_t)hash & t->mask, 0 };
}

/* The next term that may be it, or GLY_NO_REF. */
static inline uint32_t terms_next_match(const terms *t, terms_search *s)
{
    while (s->probes < TERMS_PROBES && t->slots[s->slot].record) {
        terms_slot slot = t->slots[s->slot];

        s->probes++;
        s->slot = (s->slot + 1) & t->mask;
        if (slot.hash == (uint32_t)(s->hash >> 32))
            return slot.record - 1;
    }
    return GLY_NO_REF;
}

/* The term of a lower-case word, or GLY_NO_REF. Short words of one length and one hash
 * are one word (kit/words.h), so that nothing is to be compared. */
static inline uint32_t terms_search_for(const terms *t, gly_str word, uint64_t hash)
{
    terms_search s = terms_search_begin(t, hash);
    uint32_t found;

    while ((found = terms_next_match(t, &s)) != GLY_NO_REF) {
        const gly_term *term = (const gly_term *)t->layer->records + found;

        if (term->hash == hash && term->text.len == word.len &&
            (word.len <= 8 || memcmp(term->text.ptr, word.ptr, word.len) == 0))
            break;
    }
    return found;
}

static inline uint32_t terms_counted(terms *t, uint32_t found)
{
    ((gly_term *)t->layer->records)[found].count++;
    return found;
}

/* The same as terms_find() for a word that is in lower case already and may be kept;
 * inline for the words that came before, which are half of all. */
static inline uint32_t terms_find_lower(terms *t, gly_range at, gly_str word, uint64_t hash)
{
    uint32_t found = terms_search_for(t, word, hash);

    return found != GLY_NO_REF ? terms_counted(t, found) : terms_enter(t, at, word, hash);
}

#endif
