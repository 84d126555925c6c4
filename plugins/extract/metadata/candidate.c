/* candidate - the list of what was found. */
#include "candidate.h"

#include "kit/page/charref.h"

enum { LONGEST_TEXT = 4000 }; /* bytes of a title or a description; more is something else */

static gly_str trimmed(gly_str s)
{
    while (s.len && (unsigned char)s.ptr[0] <= ' ')
        s.ptr++, s.len--;
    while (s.len && (unsigned char)s.ptr[s.len - 1] <= ' ')
        s.len--;
    return s;
}

/* Keys that some pages escape twice, or once where nothing needs it. */
static const bool is_text[KEY_COUNT] = {
    [KEY_TITLE] = true, [KEY_AUTHOR] = true, [KEY_SITE] = true, [KEY_SECTION] = true, [KEY_TAG] = true,
    [KEY_DESCRIPTION] = true,
};

gly_str candidate_text(candidates *c, gly_str value)
{
    gly_str decoded;

    if (value.len == 0 || !memchr(value.ptr, '&', value.len))
        return value;
    decoded = page_decode(value, false, c->arena);
    return decoded.ptr ? decoded : value;
}

void candidate_add(candidates *c, meta_key key, uint32_t confidence, gly_str value)
{
    if (is_text[key] && value.len > LONGEST_TEXT)
        return;
    value = trimmed(is_text[key] ? candidate_text(c, value) : value);
    if (value.len == 0 || c->count == MOST_CANDIDATES || c->of_key[key] == MOST_VALUES)
        return;
    c->of_key[key]++;
    c->items[c->count++] = (candidate){ key, confidence, value, c->origin };
}

void candidate_add_list(candidates *c, meta_key key, uint32_t confidence, gly_str list)
{
    while (list.len) {
        const char *comma = memchr(list.ptr, ',', list.len);
        uint32_t length = comma ? (uint32_t)(comma - list.ptr) : list.len;

        candidate_add(c, key, confidence, (gly_str){ list.ptr, length });
        length += comma ? 1u : 0u;
        list.ptr += length;
        list.len -= length;
    }
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
