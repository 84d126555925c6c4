/* candidate - the list of what was found. */
#include "candidate.h"

static gly_str trimmed(gly_str s)
{
    while (s.len && (unsigned char)s.ptr[0] <= ' ')
        s.ptr++, s.len--;
    while (s.len && (unsigned char)s.ptr[s.len - 1] <= ' ')
        s.len--;
    return s;
}

void candidate_add(candidates *c, meta_key key, uint32_t confidence, gly_str value)
{
    value = trimmed(value);
    if (value.len == 0 || c->count == MOST_CANDIDATES || c->of_key[key] == MOST_VALUES)
        return;
    c->of_key[key]++;
    c->items[c->count++] = (candidate){ key, confidence, value, false, c->origin };
}

void candidate_add_shown(candidates *c, meta_key key, uint32_t confidence, gly_str value)
{
    uint32_t count = c->count;

    candidate_add(c, key, confidence, value);
    if (c->count > count)
        c->items[count].shown = true;
}

const candidate *candidate_best(const candidates *c, meta_key key)
{
    const candidate *best = NULL;

    for (uint32_t i = 0; i < c->count; i++)
        if (c->items[i].key == key && (!best || c->items[i].confidence > best->confidence))
            best = &c->items[i];
    return best;
}

bool candidate_day(candidates *c, gly_str value, uint64_t evidence, uint32_t rank)
{
    date found[MOST_DATES];

    if (dates_find(c->months, value, c->order, found) == 0)
        return false;
    days_add(&c->days, &found[0], evidence, rank, c->origin);
    return true;
}
