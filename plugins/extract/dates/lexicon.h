/* lexicon - which words of a document dates and amounts are written with.
 *
 * Made once from the lists of kit/calendar and measures, read only afterwards. */
#ifndef GALLEY_DATES_LEXICON_H
#define GALLEY_DATES_LEXICON_H

#include <galley/types.h>

#include "kit/calendar.h"
#include "measures.h"

enum { LEXICON_CALENDAR = 3, LEXICON_MEASURES = 4 };

/* One word with all it may mean; what is not there is NULL, at the end. */
typedef struct lexicon_entry {
    gly_str              word;
    uint64_t             hash;
    const calendar_list *calendar[LEXICON_CALENDAR];
    const measure_list  *measures[LEXICON_MEASURES];
} lexicon_entry;

typedef struct lexicon lexicon;

lexicon *lexicon_new(void);  /* NULL: out of memory */
void lexicon_free(lexicon *);

/* `hash` is word_hash() of the word, which is in lower case; NULL: not known. */
const lexicon_entry *lexicon_find(const lexicon *, gly_str word, uint64_t hash);

/* The same for a word as the text has it; NULL too when it is long. */
const lexicon_entry *lexicon_lower(const lexicon *, gly_str word);
bool lexicon_is_ordinal(const lexicon *, gly_str ending);

/* Both take NULL for a word that is not known. */
const calendar_list *lexicon_calendar(const lexicon_entry *, calendar_kind);
/* Of several meanings of a kind, that of the language, else that of all. */
const measure_list *lexicon_measure(const lexicon_entry *, measure_kind, uint32_t language);

#endif
