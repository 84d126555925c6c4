/* ascii - words of ASCII alone, measured eight bytes at a time.
 *
 * Arithmetic on eight bytes in one register, each below 0x80: adding 0x80 - c to
 * a byte sets its top bit when it is c or more. */
#ifndef GALLEY_EXTRACT_ASCII_H
#define GALLEY_EXTRACT_ASCII_H

#include "kit/words.h"

typedef struct ascii_word {
    uint64_t hash;   /* word_hash() of its lower-case form */
    uint32_t uppers, digits;
} ascii_word;

#define ASCII_ONES UINT64_C(0x0101010101010101)
#define ASCII_TOPS (ASCII_ONES * 0x80)

/* Top bits of the bytes from `first` to `last`. */
static inline uint64_t ascii__between(uint64_t eight, unsigned char first, unsigned char last)
{
    return (eight + ASCII_ONES * (0x80u - first)) &
           ~(eight + ASCII_ONES * (0x80u - last - 1u)) & ASCII_TOPS;
}

static inline uint32_t ascii__count(uint64_t tops)
{
    return (uint32_t)((tops >> 7) * ASCII_ONES >> 56);
}

/* The first eight bytes of `length`, with zeros after them when there are less. */
static inline uint64_t ascii__load(const char *at, uint32_t length, const char *end)
{
    static const uint64_t masks[9] = {
        0, 0xFF, 0xFFFF, 0xFFFFFF, 0xFFFFFFFF, 0xFFFFFFFFFF, 0xFFFFFFFFFFFF, 0xFFFFFFFFFFFFFF,
        UINT64_MAX
    };
    uint64_t eight;

    if (__BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__ || end - at < 8)
        return word__chunk(at, length < 8 ? length : 8);
    memcpy(&eight, at, 8);
    return eight & masks[length < 8 ? length : 8];
}

/* `word` is a part of the text that ends at `end`; nothing behind that is read. */
static inline ascii_word ascii_measure(gly_str word, const char *end)
{
    ascii_word w = { word_hash_begin(word.len), 0, 0 };

    for (uint32_t at = 0; at < word.len; at += 8) {
        uint64_t eight = ascii__load(word.ptr + at, word.len - at, end);
        uint64_t uppers = ascii__between(eight, 'A', 'Z'), digits = ascii__between(eight, '0', '9');

        if (uppers | digits) {
            w.uppers += ascii__count(uppers);
            w.digits += ascii__count(digits);
        }
        w.hash = word_hash_step(w.hash, eight | uppers >> 2);
    }
    return w;
}

/* Lower case; `to` has room for word.len. */
static inline void ascii_lower(char *to, gly_str word)
{
    for (uint32_t at = 0; at < word.len; at++) {
        char c = word.ptr[at];

        to[at] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
}

#endif
