/* namehash - a hash of words and names that takes eight of their bytes at a time.
 *
 * It is that of h = h * NAMEHASH_BASE + (byte | 0x20), from 0 on: the case of ASCII letters
 * makes no difference, and a word that is read in pieces has the hash of the whole. */
#ifndef GALLEY_KIT_NAMEHASH_H
#define GALLEY_KIT_NAMEHASH_H

#include <galley/types.h>

#define NAMEHASH_BASE  UINT64_C(251)
#define NAMEHASH_LOWER UINT64_C(0x2020202020202020)

static inline uint64_t namehash_step(uint64_t hash, unsigned char c)
{
    return hash * NAMEHASH_BASE + (c | 0x20u);
}

/* Up to eight bytes from `at` on, the first in the lowest bits. Where `left`, the bytes that
 * may be read there, is eight or more, those behind `length` come along. */
static inline uint64_t namehash_load(const char *at, size_t left, uint32_t length)
{
    uint64_t eight = 0;

    if (left >= 8)
        memcpy(&eight, at, 8);
    else
        memcpy(&eight, at, length);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    eight = __builtin_bswap64(eight);
#endif
    return eight;
}

/* The steps of the first `length` bytes, 1 to 8, of `eight`. Neighbours are put together
 * first, two by two: NAMEHASH_BASE is small enough that the sums stay in their lanes. */
static inline uint64_t namehash_steps(uint64_t hash, uint64_t eight, uint32_t length)
{
    static const uint64_t base2 = NAMEHASH_BASE * NAMEHASH_BASE, base4 = base2 * base2;
    static const uint64_t powers[9] = {
        1, NAMEHASH_BASE, base2, base2 * NAMEHASH_BASE, base4, base4 * NAMEHASH_BASE, base4 * base2,
        base4 * base2 * NAMEHASH_BASE, base4 * base4
    };
    /* What is behind the length falls out; zeros in front add nothing. */
    uint64_t v = (eight | NAMEHASH_LOWER) << 8 * (8 - length);

    v = (v & UINT64_C(0x00FF00FF00FF00FF)) * NAMEHASH_BASE + (v >> 8 & UINT64_C(0x00FF00FF00FF00FF));
    v = (v & UINT64_C(0x0000FFFF0000FFFF)) * base2 + (v >> 16 & UINT64_C(0x0000FFFF0000FFFF));
    v = (v & UINT64_C(0x00000000FFFFFFFF)) * base4 + (v >> 32);
    return hash * powers[length] + v;
}

#endif
