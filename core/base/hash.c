/* hash - plain code without tables of constants. */
#include "base/hash.h"

#include <string.h>

#define PRIME UINT64_C(0x100000001B3)

static uint64_t finish(uint64_t h)
{
    h ^= h >> 33;
    h *= UINT64_C(0xFF51AFD7ED558CCD);
    h ^= h >> 33;
    h *= UINT64_C(0xC4CEB9FE1A85EC53);
    return h ^ h >> 33;
}

uint64_t hash64(const void *bytes, size_t length, uint64_t seed)
{
    const unsigned char *at = bytes;
    uint64_t h = UINT64_C(0xCBF29CE484222325) ^ seed ^ length * UINT64_C(0x9E3779B97F4A7C15), word;

    for (; length >= sizeof word; length -= sizeof word, at += sizeof word) {
        memcpy(&word, at, sizeof word);
        h = (h ^ word) * PRIME;
        h ^= h >> 32;
    }
    for (; length; length--)
        h = (h ^ *at++) * PRIME;
    return finish(h);
}

uint32_t crc32c(const void *bytes, size_t length)
{
    const unsigned char *at = bytes;
    uint32_t crc = UINT32_MAX;

    while (length--) {
        crc ^= *at++;
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (0x82F63B78u & (0u - (crc & 1)));
    }
    return ~crc;
}
