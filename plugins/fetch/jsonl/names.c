/* names - a table of hashes with linear probing. Two of 2^32 names share a hash
 * of 64 bits with a chance of one half: then one gets a suffix that it did not
 * need. */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "names.h"

#include <stdlib.h>

enum { FIRST_SLOTS = 1024 };

static bool grow(names *n)
{
    size_t slots = n->slots ? 2 * n->slots : FIRST_SLOTS;
    uint64_t *larger = calloc(slots, sizeof *larger);

    if (!larger)
        return false;
    for (size_t i = 0; i < n->slots; i++) {
        size_t at = n->taken[i] >> 1 & (slots - 1);

        while (n->taken[i] && larger[at])
            at = (at + 1) & (slots - 1);
        if (n->taken[i])
            larger[at] = n->taken[i];
    }
    free(n->taken);
    n->taken = larger;
    n->slots = slots;
    return true;
}

gly_status names_take(names *n, gly_str name)
{
    uint64_t hash = XXH3_64bits(name.len ? name.ptr : "", name.len) | 1;
    size_t at;

    if (2 * n->count >= n->slots && !grow(n))
        return GLY_ENOMEM;
    for (at = hash >> 1 & (n->slots - 1); n->taken[at]; at = (at + 1) & (n->slots - 1))
        if (n->taken[at] == hash)
            return GLY_DROP;
    n->taken[at] = hash;
    n->count++;
    return GLY_OK;
}

void names_free(names *n)
{
    free(n->taken);
    *n = (names){ 0 };
}
