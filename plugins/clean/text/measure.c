/* measure - what a line looks like: words, width, case, its end. */
#include "measure.h"

#include "base/utf8.h"
#include "kit/unicode.h"

#define ONES  UINT64_C(0x0101010101010101)
#define HIGHS (ONES * 0x80)

/* 0x80 in each byte of `x` that equals `c`, which must be ASCII. */
static uint64_t equal_bytes(uint64_t x, unsigned char c)
{
    uint64_t y = x ^ ONES * c;

    return ~(((y & ~HIGHS) + ~HIGHS) | y | ~HIGHS);
}

static uint64_t load(const char *p, uint32_t length)
{
    uint64_t x = 0;

    memcpy(&x, p, length);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    x = __builtin_bswap64(x);
#endif
    return x;
}

/* Signs of scripts without spaces: from U+2E80 to the end of Hangul, and Thai. */
static uint32_t count_signs(gly_str s)
{
    uint32_t signs = 0;

    for (uint32_t i = 0; i + 2 < s.len; i++) {
        unsigned char a = (unsigned char)s.ptr[i], b = (unsigned char)s.ptr[i + 1];

        signs += (a >= 0xE3 && a <= 0xED) || (a == 0xE2 && b >= 0xBA)
            || (a == 0xE0 && (b == 0xB8 || b == 0xB9));
    }
    return signs;
}

measured measure_text(gly_str s)
{
    measured m = { 1, s.len, false };
    uint64_t carry = 0, high = 0;

    for (uint32_t i = 0; i < s.len; i += 8) {
        uint32_t left = s.len - i;
        uint64_t x = load(s.ptr + i, left < 8 ? left : 8);
        uint64_t tabs = equal_bytes(x, '\t');
        uint64_t blanks = equal_bytes(x, ' ') | tabs;
        uint64_t before = blanks << 8 | carry;

        m.words += (uint32_t)__builtin_popcountll(blanks & ~before);
        m.gaps |= (blanks & before) != 0 || tabs != 0;
        m.width -= (uint32_t)__builtin_popcountll(x & ~(x << 1) & HIGHS);
        high |= x;
        carry = blanks >> 56;
    }
    if (high & HIGHS)
        m.words += count_signs(s) / 2;
    return m;
}

static bool has_end(gly_str s, const char *mark)
{
    uint32_t len = (uint32_t)strlen(mark);

    return s.len >= len && memcmp(s.ptr + s.len - len, mark, len) == 0;
}

bool measure_ends_sentence(gly_str s)
{
    static const char *const closing[] = {
        "\"", "'", ")", "]", "\xE2\x80\x9D", "\xE2\x80\x99", "\xE2\x80\x9C", "\xC2\xBB",
        "\xE2\x80\xBA", "\xE3\x80\x8D", "\xE3\x80\x8F", "\xEF\xBC\x89", "*", "_"
    };
    static const char *const ending[] = { /* the last five: CJK, Arabic, Urdu, Hindi */
        ".", "!", "?", ":", "\xE2\x80\xA6", "\xE3\x80\x82", "\xEF\xBC\x81", "\xEF\xBC\x9F",
        "\xEF\xBC\x9A", "\xD8\x9F", "\xDB\x94", "\xE0\xA5\xA4"
    };
    size_t i = 0;

    while (i < sizeof closing / sizeof closing[0]) {
        if (s.len > strlen(closing[i]) && has_end(s, closing[i])) {
            s.len -= (uint32_t)strlen(closing[i]);
            i = 0;
        } else {
            i++;
        }
    }
    for (i = 0; i < sizeof ending / sizeof ending[0]; i++)
        if (has_end(s, ending[i]))
            return true;
    return false;
}

bool measure_is_capitals(gly_str s)
{
    const char *at = s.ptr, *end = s.ptr + s.len;
    uint32_t capitals = 0;

    while (at < end) {
        unsigned class = unicode_class(utf8_next(&at));

        if (class & UNICODE_LOWER)
            return false;
        capitals += (class & UNICODE_UPPER) != 0;
    }
    return capitals >= 3;
}

bool measure_opens_small(gly_str s)
{
    const char *at = s.ptr;

    return unicode_class(utf8_next(&at)) & UNICODE_LOWER;
}

bool measure_opens_quote(gly_str s)
{
    static const char *const marks[] = {
        "\"", "\xE2\x80\x9C", "\xE2\x80\x9E", "\xC2\xAB", "\xE2\x80\x98", "\xE3\x80\x8C"
    };

    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (s.len > strlen(marks[i]) && memcmp(s.ptr, marks[i], strlen(marks[i])) == 0)
            return true;
    return false;
}
