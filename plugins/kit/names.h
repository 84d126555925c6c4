/* names - tells whether a name was asked for before, and how often.
 *
 * Keeps a hash of each, 32 to 64 bytes a name. Two of 2^32 names share a hash
 * with a chance of one half: then one gets a suffix that it did not need. */
#ifndef GALLEY_KIT_NAMES_H
#define GALLEY_KIT_NAMES_H

#include <galley/types.h>

typedef struct names_slot {
    uint64_t hash; /* 0: free */
    uint64_t times;
} names_slot;

typedef struct names {
    names_slot *slots;
    size_t      capacity, count;
} names;

/* Takes the name. *before says how often it was taken already: 0, it was free.
 * The only failure is GLY_ENOMEM. */
gly_status names_take(names *, gly_str name, uint64_t *before);
void names_free(names *);

#endif
