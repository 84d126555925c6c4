/* terms - the distinct word forms of one document, found by hash.
 *
 * Lives in the document's scratch arena for one call of process(). */
#ifndef GALLEY_EXTRACT_TERMS_H
#define GALLEY_EXTRACT_TERMS_H

#include <galley/plugin.h>

#include "extract/tokens/ascii.h"

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
/* The same for a word of ASCII alone that is measured. */
uint32_t terms_find_ascii(terms *, gly_range at, const ascii_word *);

#endif
