/* names - uris that no two documents of a run share.
 *
 * 16 bytes a document at most half of which are in use: the hash of each name. */
#ifndef GALLEY_FETCH_JSONL_NAMES_H
#define GALLEY_FETCH_JSONL_NAMES_H

#include <galley/types.h>

typedef struct names {
    uint64_t *taken; /* hashes; 0: free */
    size_t    slots, count;
} names;

/* GLY_OK: the name was free and is now taken; GLY_DROP: it was taken before;
 * GLY_ENOMEM. */
gly_status names_take(names *, gly_str name);
void names_free(names *);

#endif
