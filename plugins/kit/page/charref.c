/* charref - named references by narrowing one sorted table letter by letter. */
#include "kit/page/charref.h"

#include "base/utf8.h"
#include "kit/page/charrefs.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_alnum(char c)
{
    return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* The standard's table for the references that mean windows-1252. */
static const uint16_t c1_meant[32] = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178,
};

static uint32_t digit_value(char c, uint32_t base)
{
    uint32_t v = is_digit(c) ? (uint32_t)(c - '0')
               : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (uint32_t)((c | 0x20) - 'a' + 10) : 99;

    return v < base ? v : 99;
}

static uint32_t numeric(gly_str s, char *out, uint32_t *length)
{
    bool hex = s.len > 2 && (s.ptr[2] | 0x20) == 'x';
    uint32_t base = hex ? 16 : 10, i = hex ? 3 : 2, first = i, code = 0, v;

    for (; i < s.len && (v = digit_value(s.ptr[i], base)) < 99; i++)
        code = code > 0x10FFFF ? code : code * base + v;
    if (i == first)
        return 0;
    if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
        code = 0xFFFD;
    else if (code >= 0x80 && code <= 0x9F)
        code = c1_meant[code - 0x80];
    *length = (uint32_t)utf8_put(out, code);
    return i < s.len && s.ptr[i] == ';' ? i + 1 : i;
}

/* The first entry from `low` on whose letter at `k` is not below `c`. */
static uint32_t lower_bound(uint32_t low, uint32_t high, uint32_t k, unsigned c)
{
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if ((unsigned char)page_charrefs[middle].name[k] < c)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static const page_charref *longest_name(gly_str s, uint32_t *taken)
{
    const page_charref *best = NULL;
    uint32_t low = 0, high = page_charref_count;

    for (uint32_t k = 0; k < PAGE_CHARREF_LONGEST && k + 1 < s.len && low < high; k++) {
        unsigned c = (unsigned char)s.ptr[k + 1];

        if (!is_alnum((char)c) && c != ';')
            break;
        low = lower_bound(low, high, k, c);
        high = lower_bound(low, high, k, c + 1);
        if (low < high && page_charrefs[low].name[k + 1] == '\0') {
            best = &page_charrefs[low];
            *taken = k + 2;
        }
    }
    return best;
}

uint32_t page_charref_read(gly_str s, bool in_attribute, char out[8], uint32_t *length)
{
    const page_charref *found;
    uint32_t taken = 0;

    if (s.len > 2 && s.ptr[1] == '#')
        return numeric(s, out, length);
    found = longest_name(s, &taken);
    if (!found)
        return 0;
    if (in_attribute && s.ptr[taken - 1] != ';' && taken < s.len &&
        (s.ptr[taken] == '=' || is_alnum(s.ptr[taken])))
        return 0;
    *length = (uint32_t)strlen(found->value);
    memcpy(out, found->value, *length);
    return taken;
}

gly_str page_decode(gly_str text, bool in_attribute, gly_arena *arena)
{
    const char *at = text.ptr, *end, *amp;
    char *out = NULL;
    uint32_t length = 0;

    if (text.len == 0 || !memchr(at, '&', text.len))
        return text;
    end = at + text.len;
    out = GLY_NEWN(arena, char, text.len + text.len / 5 + 8u); /* "&nGt;" gives 6 bytes */
    if (!out)
        return (gly_str){ NULL, 0 };
    while ((amp = memchr(at, '&', (size_t)(end - at))) != NULL) {
        uint32_t bytes = 0, taken = page_charref_read((gly_str){ amp, (uint32_t)(end - amp) },
                                                      in_attribute, out + length + (amp - at), &bytes);

        memcpy(out + length, at, (size_t)(amp - at));
        length += (uint32_t)(amp - at);
        if (taken == 0)
            out[length] = '&';
        length += taken ? bytes : 1;
        at = amp + (taken ? taken : 1);
        if (at >= end)
            break;
    }
    if (at < end)
        memcpy(out + length, at, (size_t)(end - at));
    return (gly_str){ out, length + (uint32_t)(at < end ? end - at : 0) };
}
