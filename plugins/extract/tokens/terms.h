/* terms - the distinct word forms of one document, found by hash.
 *
 * Lives in the document's scratch arena for one call of process(). */
#ifndef GALLEY_EXTRACT_TERMS_H
#define GALLEY_EXTRACT_TERMS_H

#include <galley/plugin.h>

#include "kit/select.h"
#include "kit/words.h"

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
    uint32_t        room;     /* terms that fit in records and slots */
    char           *lowered;  /* buffer for one word */
    uint32_t        capacity;
} terms;

/* False when memory runs out. */
bool terms_begin(terms *, const gly_host *, gly_doc *, gly_layer *);
/* The term of a word, made when it is new; GLY_NO_REF when memory runs out. */
uint32_t terms_find(terms *, gly_range at);
/* The same for a word in lower case that lives as long as the document; `hash` is its
 * word_hash(). */
uint32_t terms_find_kept(terms *, gly_range at, gly_str word, uint64_t hash);
/* Room for one more. */
bool terms_make_room(terms *);
/* Notes WORD_APOSTROPHE and WORD_WIDE of a term: to be called where its word may hold one. */
void terms_look_into(terms *, uint32_t term);
/* Looks each term up in the word lists: once, when all are entered. */
void terms_describe(terms *);

/* Short words of one length and one hash are one word (kit/words.h), so that nothing is
 * to be compared. */
static inline bool terms_is(const gly_term *term, gly_str word, uint64_t hash)
{
    return (term->hash == hash) & (term->text.len == word.len) &&
           (word.len <= 8 || memcmp(term->text.ptr, word.ptr, word.len) == 0);
}

/* terms_find_kept() where the first slots tell. Every other word of a text is new, and
 * which no machine foretells: it is written behind the last term as if it were, and
 * counted as one when it is. */
static inline uint32_t terms_find_soon(terms *t, gly_range at, gly_str word, uint64_t hash)
{
    uint32_t slot = (uint32_t)hash & t->mask, upper = (uint32_t)(hash >> 32), found;
    gly_term *records;
    bool taken, is_new;

    if (t->layer->count == t->room && !terms_make_room(t))
        return GLY_NO_REF;
    taken = (t->slots[slot].record != 0) & (t->slots[slot].hash != upper);
    slot = (slot + taken) & t->mask;
    is_new = t->slots[slot].record == 0;
    records = t->layer->records;
    records[t->layer->count] = (gly_term){ .at = at, .text = word, .hash = hash };
    found = select_u32(is_new, t->layer->count, t->slots[slot].record - 1);
    if (!terms_is(&records[found], word, hash))
        return terms_find_kept(t, at, word, hash);
    t->slots[slot] = (terms_slot){ upper, found + 1 };
    t->layer->count += is_new;
    records[found].count++;
    word_fetch_slot(hash);
    return found;
}

#endif
