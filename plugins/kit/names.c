/* names - a table of hashes with linear probing, at most half full. */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "kit/names.h"

#include <stdlib.h>

enum { FIRST_SLOTS = 1024 };

static names_slot *find(names_slot *slots, size_t capacity, uint64_t hash)
{
    size_t at = hash >> 1 & (capacity - 1);

    while (slots[at].hash && slots[at].hash != hash)
        at = (at + 1) & (capacity - 1);
    return &slots[at];
}

static bool grow(names *n)
{
    size_t capacity = n->capacity ? 2 * n->capacity : FIRST_SLOTS;
    names_slot *larger = calloc(capacity, sizeof *larger);

    if (!larger)
        return false;
    for (size_t i = 0; i < n->capacity; i++)
        if (n->slots[i].hash)
            *find(larger, capacity, n->slots[i].hash) = n->slots[i];
    free(n->slots);
    n->slots = larger;
    n->capacity = capacity;
    return true;
}

gly_status names_take(names *n, gly_str name, uint64_t *before)
{
    uint64_t hash = XXH3_64bits(name.len ? name.ptr : "", name.len) | 1;
    names_slot *slot;

    if (2 * n->count >= n->capacity && !grow(n))
        return GLY_ENOMEM;
    slot = find(n->slots, n->capacity, hash);
    n->count += slot->hash == 0;
    slot->hash = hash;
    *before = slot->times++;
    return GLY_OK;
}

void names_free(names *n)
{
    free(n->slots);
    *n = (names){ 0 };
}
