/* phrase - content words that stand side by side.
 *
 * A run is what lies between two stop words or marks. A phrase is two or three words
 * of a run: one that stands there twice or more, or the whole of a run that is a
 * name, stands in quotation marks, or is in so short a text that nothing is said
 * twice. All memory is the document's scratch arena. */
#ifndef GALLEY_EXTRACT_PHRASE_H
#define GALLEY_EXTRACT_PHRASE_H

#include "extract/keywords/root.h"

enum { LONGEST_PHRASE = 3 };

typedef struct phrase {
    uint32_t roots[LONGEST_PHRASE];
    uint32_t length;      /* words                                */
    uint32_t first_token; /* where it stands first                */
    uint32_t count;
    bool     whole;       /* a run of its own somewhere           */
    bool     name;        /* all capitals, or in quotation marks  */
    bool     inside;      /* always part of a longer one: no keyword */
} phrase;

typedef struct phrases {
    phrase  *items;
    uint32_t count, capacity;
    uint32_t *slots; /* index + 1; 0: empty */
    uint32_t mask;
} phrases;

/* `every`: whole runs that are no names count as well. False when memory runs out. */
bool phrases_find(const article *, const roots *, uint32_t longest, bool every, phrases *);

#endif
