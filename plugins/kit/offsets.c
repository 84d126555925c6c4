/* offsets - a bit for each byte at which a unit starts, 64 bytes a mark. */
#include "kit/offsets.h"

#include "base/utf8.h"

/* Bits of the bytes that start a code point: all but 0x80 to 0xBF. */
static uint64_t starts_of(const char *at, uint32_t length)
{
    uint64_t bits = 0;

    for (uint32_t i = 0; i < length; i++)
        bits |= (uint64_t)(((unsigned char)at[i] & 0xC0) != 0x80) << i;
    return bits;
}

#ifdef __SSE2__
static uint64_t starts_of_sixteen(const char *at)
{
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);

    return (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpgt_epi8(bytes, _mm_set1_epi8((char)0xBF)));
}

static uint64_t starts_of_run(const char *at)
{
    return starts_of_sixteen(at) | starts_of_sixteen(at + 16) << 16 |
           starts_of_sixteen(at + 32) << 32 | starts_of_sixteen(at + 48) << 48;
}
#else
static uint64_t starts_of_run(const char *at)
{
    return starts_of(at, OFFSETS_RUN);
}
#endif

/* A code point of four bytes is two units in UTF-16: its second byte starts the
 * other one. */
static void add_surrogates(offsets *o)
{
    for (uint32_t i = 0; i + 1 < o->text.len; i++)
        if ((unsigned char)o->text.ptr[i] >= 0xF0)
            o->marks[(i + 1) / OFFSETS_RUN].starts |= UINT64_C(1) << (i + 1) % OFFSETS_RUN;
}

bool offsets_begin(offsets *o, gly_arena *arena, gly_str text, offsets_unit unit)
{
    uint32_t runs = text.len / OFFSETS_RUN + 1, total = 0;

    *o = (offsets){ text, NULL, unit };
    if (unit == OFFSETS_BYTE || utf8_ascii_prefix(text.ptr, text.len) == text.len)
        return true;
    o->marks = GLY_NEWN(arena, offsets_mark, runs);
    if (!o->marks)
        return false;
    for (uint32_t i = 0; i + 1 < runs; i++)
        o->marks[i].starts = starts_of_run(text.ptr + (size_t)i * OFFSETS_RUN);
    o->marks[runs - 1].starts = starts_of(text.ptr + text.len / OFFSETS_RUN * OFFSETS_RUN,
                                          text.len % OFFSETS_RUN);
    if (unit == OFFSETS_UTF16)
        add_surrogates(o);
    for (uint32_t i = 0; i < runs; i++) {
        o->marks[i].before = total;
        total += o->marks[i].starts == UINT64_MAX ? OFFSETS_RUN
                                                  : (uint32_t)__builtin_popcountll(o->marks[i].starts);
    }
    return true;
}
