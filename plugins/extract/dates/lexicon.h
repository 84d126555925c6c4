/* lexicon - which words of a document dates and amounts are written with.
 *
 * Made once from the lists of kit/calendar and measures, read only afterwards. */
#ifndef GALLEY_DATES_LEXICON_H
#define GALLEY_DATES_LEXICON_H

#include <galley/types.h>

#include "kit/calendar.h"
#include "measures.h"

enum { LEXICON_CALENDAR = 3, LEXICON_MEASURES = 4, LEXICON_SLOTS = 4096, LEXICON_WORDS = 1600,
       LEXICON_FILTER = 1 << 16 };

/* One word with all it may mean; what is not there is NULL, at the end. */
typedef struct lexicon_entry {
    gly_str              word;
    uint64_t             hash;
    const calendar_list *calendar[LEXICON_CALENDAR];
    const measure_list  *measures[LEXICON_MEASURES];
    uint32_t             calendar_kinds, measure_kinds; /* bit 1 << kind */
} lexicon_entry;

typedef struct lexicon_slot {
    uint16_t entry; /* its number, from 1; 0 is empty                              */
    uint16_t tag;   /* upper bits of its hash: few others are looked at in vain    */
} lexicon_slot;

typedef struct lexicon {
    uint64_t      filter[LEXICON_FILTER / 64]; /* bit hash >> 40: such a word is there */
    lexicon_slot  slots[LEXICON_SLOTS];
    uint32_t      count;
    lexicon_entry entries[LEXICON_WORDS];
} lexicon;

/* Of a word that is not known: it is of no kind. */
extern const lexicon_entry lexicon_unknown;

lexicon *lexicon_new(void);  /* NULL: out of memory */
void lexicon_free(lexicon *);

/* `hash` is word_hash() of the word, which is in lower case. Never NULL. */
const lexicon_entry *lexicon__find(const lexicon *, gly_str word, uint64_t hash);

/* One bit says of most words that they are not there. */
static inline const lexicon_entry *lexicon_find(const lexicon *l, gly_str word, uint64_t hash)
{
    uint32_t bit = (uint32_t)(hash >> 40) % LEXICON_FILTER;

    return l->filter[bit / 64] >> bit % 64 & 1 ? lexicon__find(l, word, hash) : &lexicon_unknown;
}

/* The same for a word as the text has it; a long one is not known. */
const lexicon_entry *lexicon_lower(const lexicon *, gly_str word);
bool lexicon_is_ordinal(const lexicon *, gly_str ending);

const calendar_list *lexicon__calendar(const lexicon_entry *, calendar_kind);
const measure_list *lexicon__measure(const lexicon_entry *, measure_kind, uint32_t language);

/* NULL: it is not of this kind. Most questions are answered by a bit. */
static inline const calendar_list *lexicon_calendar(const lexicon_entry *entry, calendar_kind kind)
{
    return entry->calendar_kinds >> kind & 1 ? lexicon__calendar(entry, kind) : NULL;
}

/* Of several meanings of a kind, that of the language, else that of all. */
static inline const measure_list *lexicon_measure(const lexicon_entry *entry, measure_kind kind,
                                                  uint32_t language)
{
    return entry->measure_kinds >> kind & 1 ? lexicon__measure(entry, kind, language) : NULL;
}

#endif
