/* seen - an open hash table that doubles when it is half full. */
#include "seen.h"

enum { FIRST_SIZE = 32 };

static uint32_t hash_of(gly_str s)
{
    uint32_t h = 2166136261u; /* FNV-1a */

    for (uint32_t i = 0; i < s.len; i++)
        h = (h ^ (unsigned char)s.ptr[i]) * 16777619u;
    return h ^ h >> 15;
}

static seen_entry *slot_of(const seen *t, gly_str shorter)
{
    uint32_t at = hash_of(shorter) & (t->size - 1);

    while (t->slots[at].shorter.ptr && !gly_str_eq(t->slots[at].shorter, shorter))
        at = (at + 1) & (t->size - 1);
    return &t->slots[at];
}

seen_entry *seen_find(const seen *t, gly_str shorter)
{
    seen_entry *slot = t->size ? slot_of(t, shorter) : NULL;

    return slot && slot->shorter.ptr ? slot : NULL;
}

static bool grow(seen *t)
{
    seen old = *t;

    t->size = old.size ? old.size * 2 : FIRST_SIZE;
    t->slots = GLY_NEWN(t->arena, seen_entry, t->size);
    if (!t->slots)
        return false;
    memset(t->slots, 0, t->size * sizeof *t->slots);
    for (uint32_t i = 0; i < old.size; i++)
        if (old.slots[i].shorter.ptr)
            *slot_of(t, old.slots[i].shorter) = old.slots[i];
    return true;
}

seen_entry *seen_add(seen *t, gly_str shorter, gly_range longer)
{
    seen_entry *slot;

    if (t->count * 2 >= t->size && !grow(t))
        return NULL;
    slot = slot_of(t, shorter);
    *slot = (seen_entry){ shorter, longer };
    t->count++;
    return slot;
}
