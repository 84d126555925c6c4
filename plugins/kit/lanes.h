/* lanes - sixteen bytes at a time; the compiler's vectors work on any machine. */
#ifndef GALLEY_KIT_LANES_H
#define GALLEY_KIT_LANES_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { LANES = 16 };
typedef uint8_t lanes __attribute__((vector_size(LANES)));
typedef int8_t  signed_lanes __attribute__((vector_size(LANES)));

static inline lanes lanes_load(const char *p)
{
    lanes x;

    memcpy(&x, p, sizeof x);
    return x;
}

static inline bool lanes_any(lanes x)
{
    uint64_t halves[2];

    memcpy(halves, &x, sizeof halves);
    return (halves[0] | halves[1]) != 0;
}

static inline bool lanes_ascii(lanes x)
{
    uint64_t halves[2];

    memcpy(halves, &x, sizeof halves);
    return ((halves[0] | halves[1]) & UINT64_C(0x8080808080808080)) == 0;
}

static inline uint32_t lanes_sum(lanes x)
{
    const uint64_t even = UINT64_C(0x00FF00FF00FF00FF), ones = UINT64_C(0x0001000100010001);
    uint64_t halves[2];

    memcpy(halves, &x, sizeof halves);
    halves[0] = (halves[0] & even) + (halves[0] >> 8 & even);
    halves[1] = (halves[1] & even) + (halves[1] >> 8 & even);
    return (uint32_t)((halves[0] + halves[1]) * ones >> 48);
}

#endif
