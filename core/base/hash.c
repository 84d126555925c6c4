/* hash - short loops; the checksum takes a processor's help where there is some. */
#include "base/hash.h"

#include <string.h>

enum { LANES = 4 };

#define PRIME UINT64_C(0x100000001B3)

static uint64_t finish(uint64_t h)
{
    h ^= h >> 33;
    h *= UINT64_C(0xFF51AFD7ED558CCD);
    h ^= h >> 33;
    h *= UINT64_C(0xC4CEB9FE1A85EC53);
    return h ^ h >> 33;
}

static uint64_t mix(uint64_t h, uint64_t word)
{
    h = (h ^ word) * PRIME;
    return h ^ h >> 32;
}

/* Lanes that do not wait for each other. */
static uint64_t hash_stripes(const unsigned char *at, size_t stripes, uint64_t h)
{
    uint64_t lane[LANES] = { h, h + PRIME, h ^ ~PRIME, h - PRIME }, word[LANES];

    for (; stripes; stripes--, at += sizeof word) {
        memcpy(word, at, sizeof word);
        for (int i = 0; i < LANES; i++)
            lane[i] = mix(lane[i], word[i]);
    }
    for (int i = 1; i < LANES; i++)
        lane[0] = mix(lane[0], finish(lane[i]));
    return lane[0];
}

uint64_t hash64(const void *bytes, size_t length, uint64_t seed)
{
    const unsigned char *at = bytes;
    uint64_t h = UINT64_C(0xCBF29CE484222325) ^ seed ^ length * UINT64_C(0x9E3779B97F4A7C15), word;
    size_t stripes = length / (LANES * sizeof word);

    if (stripes) {
        h = hash_stripes(at, stripes, h);
        at += stripes * LANES * sizeof word;
        length -= stripes * LANES * sizeof word;
    }
    for (; length >= sizeof word; length -= sizeof word, at += sizeof word) {
        memcpy(&word, at, sizeof word);
        h = mix(h, word);
    }
    for (; length; length--)
        h = (h ^ *at++) * PRIME;
    return finish(h);
}

#ifdef __x86_64__
__attribute__((target("sse4.2"))) static uint32_t crc_by_processor(const unsigned char *at, size_t length)
{
    uint64_t crc = UINT32_MAX, word;

    for (; length >= sizeof word; length -= sizeof word, at += sizeof word) {
        memcpy(&word, at, sizeof word);
        crc = __builtin_ia32_crc32di(crc, word);
    }
    for (; length; length--)
        crc = __builtin_ia32_crc32qi((uint32_t)crc, *at++);
    return ~(uint32_t)crc;
}
#endif

/* Four bits at a time. */
static uint32_t crc_by_table(const unsigned char *at, size_t length)
{
    static const uint32_t table[16] = {
        0x00000000, 0x105EC76F, 0x20BD8EDE, 0x30E349B1,
        0x417B1DBC, 0x5125DAD3, 0x61C69362, 0x7198540D,
        0x82F63B78, 0x92A8FC17, 0xA24BB5A6, 0xB21572C9,
        0xC38D26C4, 0xD3D3E1AB, 0xE330A81A, 0xF36E6F75
    };
    uint32_t crc = UINT32_MAX;

    while (length--) {
        crc ^= *at++;
        crc = crc >> 4 ^ table[crc & 15];
        crc = crc >> 4 ^ table[crc & 15];
    }
    return ~crc;
}

uint32_t crc32c(const void *bytes, size_t length)
{
#ifdef __x86_64__
    if (__builtin_cpu_supports("sse4.2"))
        return crc_by_processor(bytes, length);
#endif
    return crc_by_table(bytes, length);
}
