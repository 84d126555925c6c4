/* utf8 - validation by Unicode 15, table 3-7: well-formed byte sequences. */
#include "base/utf8.h"

/* ASCII goes by in large steps; letters beyond it tend to come in runs. */
size_t utf8_valid_prefix_plain(const char *text, size_t length)
{
    size_t i = 0;

    while (i < length) {
        i += utf8_ascii_prefix(text + i, length - i);
        while (i < length && (unsigned char)text[i] >= 0x80) {
            size_t step = utf8_sequence(text + i, length - i);

            if (step == 0)
                return i;
            i += step;
        }
    }
    return i;
}

#ifdef __SSE2__
enum { BLOCK = 64 };

/* What the bytes of a block are, the first in the lowest bit. */
typedef struct kinds {
    uint64_t high, goes_on, threes; /* beyond ASCII; 10xxxxxx; leads of three bytes */
    bool     rare; /* a lead of four bytes, of what may be overlong or a surrogate, or none at all */
} kinds;

static __m128i at_least(__m128i bytes, unsigned char least)
{
    return _mm_cmpeq_epi8(_mm_max_epu8(bytes, _mm_set1_epi8((char)least)), bytes);
}

static __m128i is(__m128i bytes, unsigned char which)
{
    return _mm_cmpeq_epi8(bytes, _mm_set1_epi8((char)which));
}

static uint64_t bits_of(__m128i bytes, int at)
{
    return (uint64_t)(unsigned)_mm_movemask_epi8(bytes) << at;
}

static kinds kinds_of(const char *block)
{
    __m128i rare = _mm_setzero_si128();
    kinds k = { 0 };

    for (int at = 0; at < BLOCK; at += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(block + at));

        k.high |= bits_of(bytes, at);
        k.goes_on |= bits_of(_mm_cmplt_epi8(bytes, _mm_set1_epi8((char)0xC0)), at);
        k.threes |= bits_of(at_least(bytes, 0xE0), at);
        rare = _mm_or_si128(rare, is(_mm_and_si128(bytes, _mm_set1_epi8((char)0xFE)), 0xC0));
        rare = _mm_or_si128(_mm_or_si128(rare, is(bytes, 0xE0)), is(bytes, 0xED));
        rare = _mm_or_si128(rare, at_least(bytes, 0xF0));
    }
    k.rare = _mm_movemask_epi8(rare) != 0;
    return k;
}

/* The bytes of whole sequences at the front of a block; 0 when it is not known to be
 * valid. Each lead must be followed by what goes on with it, and nothing else may be. */
static size_t valid_in_block(const char *block)
{
    kinds k = kinds_of(block);
    uint64_t leads = k.high & ~k.goes_on;

    if (k.rare || k.goes_on != (leads << 1 | k.threes << 2))
        return 0;
    return BLOCK - (size_t)(leads >> 63) - 2 * (size_t)(k.threes >> 62 & 1);
}

/* Sixty-four bytes at a time, without a branch for each letter beyond ASCII. */
size_t utf8_valid_prefix(const char *text, size_t length)
{
    size_t i = 0;

    if (length == 0) /* of an empty text `text` may be NULL */
        return 0;
    while (length - i >= BLOCK) {
        size_t step = utf8__ascii_block(text + i) ? BLOCK : valid_in_block(text + i);

        if (step == 0 && (step = utf8_valid_prefix_plain(text + i, BLOCK)) < BLOCK - 3)
            break;
        i += step;
    }
    return i + utf8_valid_prefix_plain(text + i, length - i);
}
#else
size_t utf8_valid_prefix(const char *text, size_t length)
{
    return utf8_valid_prefix_plain(text, length);
}
#endif

/* Bytes of eight that continue a code point: bit 7 set, bit 6 clear. */
static unsigned continuations(const char *text)
{
    uint64_t eight;

    memcpy(&eight, text, 8);
    eight = eight >> 7 & ~eight >> 6 & UINT64_C(0x0101010101010101);
    return (unsigned)(eight * UINT64_C(0x0101010101010101) >> 56);
}

size_t utf8_count(const char *text, size_t length)
{
    size_t count = length, i = 0;

    for (; length - i >= 8; i += 8)
        count -= continuations(text + i);
    for (; i < length; i++)
        count -= ((unsigned char)text[i] & 0xC0) == 0x80;
    return count;
}
