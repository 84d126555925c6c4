/* letters - compares sixteen bytes at once where the machine can. */
#include "extract/tokens/letters.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

static bool is_letter(unsigned char c)
{
    unsigned char low = c | 0x20;

    return (low >= 'a' && low <= 'z') || (c >= '0' && c <= '9');
}

/* The marks of up to 64 bytes. */
static uint64_t marks_of(const char *at, uint32_t length)
{
    uint64_t marks = 0;

    for (uint32_t i = 0; i < length; i++)
        marks |= (uint64_t)is_letter((unsigned char)at[i]) << i;
    return marks;
}

static uint64_t *room(gly_arena *arena, gly_str text)
{
    return GLY_NEWN(arena, uint64_t, (size_t)text.len / 64 + 1);
}

uint64_t *letters_mark_plain(gly_arena *arena, gly_str text)
{
    uint64_t *marks = room(arena, text);

    for (uint32_t i = 0; marks && i <= text.len / 64; i++)
        marks[i] = marks_of(text.ptr + i * 64, text.len - i * 64 < 64 ? text.len - i * 64 : 64);
    return marks;
}

#ifdef __SSE2__
/* Bytes beyond ASCII are negative and so below every letter. */
static uint64_t marks_of_sixteen(const char *at)
{
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
    __m128i low = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
    __m128i letters = _mm_and_si128(_mm_cmpgt_epi8(low, _mm_set1_epi8('a' - 1)),
                                    _mm_cmplt_epi8(low, _mm_set1_epi8('z' + 1)));
    __m128i digits = _mm_and_si128(_mm_cmpgt_epi8(bytes, _mm_set1_epi8('0' - 1)),
                                   _mm_cmplt_epi8(bytes, _mm_set1_epi8('9' + 1)));

    return (uint64_t)(unsigned)_mm_movemask_epi8(_mm_or_si128(letters, digits));
}

uint64_t *letters_mark(gly_arena *arena, gly_str text)
{
    uint64_t *marks = room(arena, text);
    uint32_t whole = text.len / 64;

    if (!marks)
        return NULL;
    for (uint32_t i = 0; i < whole; i++) {
        const char *at = text.ptr + i * 64;

        marks[i] = marks_of_sixteen(at) | marks_of_sixteen(at + 16) << 16 |
                   marks_of_sixteen(at + 32) << 32 | marks_of_sixteen(at + 48) << 48;
    }
    marks[whole] = marks_of(text.ptr + whole * 64, text.len % 64);
    return marks;
}
#else
uint64_t *letters_mark(gly_arena *arena, gly_str text)
{
    return letters_mark_plain(arena, text);
}
#endif
