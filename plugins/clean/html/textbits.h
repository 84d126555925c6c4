/* textbits - what the bytes of a stretch of text are, one bit a byte, so that its words
 * are found without a look at each byte. */
#ifndef GALLEY_CLEAN_HTML_TEXTBITS_H
#define GALLEY_CLEAN_HTML_TEXTBITS_H

#include <galley/types.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { TEXTBITS_MOST = 64 };

/* The first byte's bit is the lowest; those behind the text are 0. */
typedef struct textbits {
    uint64_t words;  /* ASCII letters and digits, all beyond ASCII   */
    uint64_t joints; /* ' and -: words go on behind them             */
    uint64_t spaces; /* the space and all below it                   */
    uint64_t commas;
    uint64_t cjk;    /* first bytes of Chinese, Japanese and Korean  */
} textbits;

static inline void textbits__byte(textbits *t, unsigned char c, uint32_t i)
{
    unsigned char lower = c | 0x20;

    t->words |= (uint64_t)(c >= 0x80 || (c >= '0' && c <= '9') || (lower >= 'a' && lower <= 'z')) << i;
    t->joints |= (uint64_t)(c == '\'' || c == '-') << i;
    t->spaces |= (uint64_t)(c <= ' ') << i;
    t->commas |= (uint64_t)(c == ',') << i;
    t->cjk |= (uint64_t)(c >= 0xE3 && c <= 0xED) << i;
}

#ifdef __SSE2__
/* Bytes from `first` on, `count` of them and the first itself: unsigned min(v - first, count)
 * is v - first for these alone. */
static inline __m128i textbits__among(__m128i v, char first, char count)
{
    __m128i from = _mm_sub_epi8(v, _mm_set1_epi8(first));

    return _mm_cmpeq_epi8(_mm_min_epu8(from, _mm_set1_epi8(count)), from);
}

static inline uint64_t textbits__mask(__m128i v)
{
    return (uint64_t)(uint32_t)_mm_movemask_epi8(v);
}

static inline void textbits__sixteen(textbits *t, const char *at, uint32_t i)
{
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)at);
    __m128i letters = textbits__among(_mm_or_si128(v, _mm_set1_epi8(0x20)), 'a', 'z' - 'a');
    __m128i digits = textbits__among(v, '0', 9);
    __m128i joints = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('\'')), _mm_cmpeq_epi8(v, _mm_set1_epi8('-')));

    /* Of v the mask takes the top bits: all beyond ASCII. */
    t->words |= textbits__mask(_mm_or_si128(v, _mm_or_si128(letters, digits))) << i;
    t->joints |= textbits__mask(joints) << i;
    t->spaces |= textbits__mask(textbits__among(v, 0, ' ')) << i;
    t->commas |= textbits__mask(_mm_cmpeq_epi8(v, _mm_set1_epi8(','))) << i;
    t->cjk |= textbits__mask(textbits__among(v, (char)0xE3, 0xED - 0xE3)) << i;
}
#endif

/* Of s from `at` on: as many bytes as there are before `end`, TEXTBITS_MOST at most. */
static inline textbits textbits_of(gly_str s, uint32_t at, uint32_t end)
{
    uint32_t length = end - at < TEXTBITS_MOST ? end - at : TEXTBITS_MOST, i = 0;
    uint64_t inside = length < 64 ? (UINT64_C(1) << length) - 1 : UINT64_MAX;
    textbits t = { 0 };

#ifdef __SSE2__
    for (; i < length && s.len - at - i >= 16; i += 16) /* the last may reach behind `end` */
        textbits__sixteen(&t, s.ptr + at + i, i);
#endif
    for (; i < length; i++)
        textbits__byte(&t, (unsigned char)s.ptr[at + i], i);
    return (textbits){ t.words & inside, t.joints & inside, t.spaces & inside, t.commas & inside, t.cjk & inside };
}

#endif
