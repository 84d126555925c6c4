/* utf8 - validation and steps over UTF-8, as Unicode 15 table 3-7 has it. */
#ifndef GALLEY_BASE_UTF8_H
#define GALLEY_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* Bytes at the front that are ASCII, eight at a time. */
static inline size_t utf8_ascii_prefix_plain(const char *text, size_t length)
{
    size_t i = 0;
    uint64_t eight;

    for (; length - i >= 8; i += 8) {
        memcpy(&eight, text + i, 8);
        if (eight & UINT64_C(0x8080808080808080))
            break;
    }
    while (i < length && (unsigned char)text[i] < 0x80)
        i++;
    return i;
}

#ifdef __SSE2__
/* Whether 64 bytes are ASCII. */
static inline bool utf8__ascii_block(const char *bytes)
{
    const __m128i *at = (const __m128i *)(const void *)bytes;
    __m128i any = _mm_or_si128(_mm_or_si128(_mm_loadu_si128(at), _mm_loadu_si128(at + 1)),
                               _mm_or_si128(_mm_loadu_si128(at + 2), _mm_loadu_si128(at + 3)));

    return _mm_movemask_epi8(any) == 0;
}
#endif

/* The same, sixteen at a time where the machine can. */
static inline size_t utf8_ascii_prefix(const char *text, size_t length)
{
    size_t i = 0;

#ifdef __SSE2__
    for (; length - i >= 64; i += 64)
        if (!utf8__ascii_block(text + i))
            break;
    for (; length - i >= 16; i += 16) {
        int high = _mm_movemask_epi8(_mm_loadu_si128((const __m128i *)(const void *)(text + i)));

        if (high)
            return i + (size_t)__builtin_ctz((unsigned)high);
    }
#endif
    return i + utf8_ascii_prefix_plain(text + i, length - i);
}

/* Length of the well-formed sequence at text, `left` bytes long at most and at
 * least 1; 0 when there is none. */
static inline size_t utf8_sequence(const char *text, size_t left)
{
    const unsigned char *p = (const unsigned char *)text;
    unsigned char c = p[0];

    if (c < 0x80)
        return 1;
    if (c < 0xE0)
        return c >= 0xC2 && left >= 2 && (p[1] & 0xC0) == 0x80 ? 2 : 0;
    if (c < 0xF0) {
        unsigned char low = c == 0xE0 ? 0xA0 : 0x80, high = c == 0xED ? 0x9F : 0xBF;

        return left >= 3 && p[1] >= low && p[1] <= high && (p[2] & 0xC0) == 0x80 ? 3 : 0;
    }
    if (c <= 0xF4) {
        unsigned char low = c == 0xF0 ? 0x90 : 0x80, high = c == 0xF4 ? 0x8F : 0xBF;

        return left >= 4 && p[1] >= low && p[1] <= high && (p[2] & 0xC0) == 0x80 &&
               (p[3] & 0xC0) == 0x80 ? 4 : 0;
    }
    return 0;
}

/* Length of the longest valid prefix: equal to `length` for valid text. */
size_t utf8_valid_prefix(const char *text, size_t length);
/* The same, without the machine's vectors: the tests hold both together. */
size_t utf8_valid_prefix_plain(const char *text, size_t length);

/* Code points in valid text. */
size_t utf8_count(const char *text, size_t length);

/* The code point at *at, which moves past it. Text must be valid, *at < end. */
static inline uint32_t utf8_next(const char **at)
{
    const unsigned char *p = (const unsigned char *)*at;

    if (p[0] < 0x80) {
        *at += 1;
        return p[0];
    }
    if (p[0] < 0xE0) {
        *at += 2;
        return (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3F);
    }
    if (p[0] < 0xF0) {
        *at += 3;
        return (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
    }
    *at += 4;
    return (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3F) << 12 |
           (uint32_t)(p[2] & 0x3F) << 6 | (p[3] & 0x3F);
}

/* Writes a code point; returns its length, 1 to 4. */
static inline size_t utf8_put(char *out, uint32_t c)
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xC0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xE0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3F));
        out[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3F));
    out[2] = (char)(0x80 | (c >> 6 & 0x3F));
    out[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

#endif
