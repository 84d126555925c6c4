/* offsets - counts the bytes that start a code point; four-byte ones count
 * twice in UTF-16. */
#include "kit/offsets.h"

enum { RUN = 64 };

static uint32_t units(const offsets *o, uint32_t begin, uint32_t end)
{
    const unsigned char *p = (const unsigned char *)o->text.ptr;
    uint32_t n = 0, wide = 0;

    for (uint32_t i = begin; i < end; i++) {
        n += (p[i] & 0xC0) != 0x80;
        wide += p[i] >= 0xF0;
    }
    return o->unit == OFFSETS_UTF16 ? n + wide : n;
}

static bool is_ascii(gly_str text)
{
    unsigned char all = 0;

    for (uint32_t i = 0; i < text.len; i++)
        all |= (unsigned char)text.ptr[i];
    return all < 0x80;
}

bool offsets_begin(offsets *o, gly_arena *arena, gly_str text, offsets_unit unit)
{
    uint32_t runs = text.len / RUN + 1, total = 0;

    *o = (offsets){ text, NULL, unit };
    if (unit == OFFSETS_BYTE || is_ascii(text))
        return true;
    o->marks = GLY_NEWN(arena, uint32_t, runs);
    if (!o->marks)
        return false;
    for (uint32_t i = 0; i < runs; i++) {
        uint32_t begin = i * RUN, end = text.len - begin < RUN ? text.len : begin + RUN;

        o->marks[i] = total;
        total += units(o, begin, end);
    }
    return true;
}

uint32_t offsets_at(const offsets *o, uint32_t byte)
{
    if (!o->marks)
        return byte;
    return o->marks[byte / RUN] + units(o, byte / RUN * RUN, byte);
}
