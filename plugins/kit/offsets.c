/* offsets - counts the bytes that start a code point; four-byte ones count
 * twice in UTF-16. */
#include "kit/offsets.h"

#include "base/utf8.h"

enum { RUN = 64 };

static uint32_t units(const offsets *o, uint32_t begin, uint32_t end)
{
    const unsigned char *p = (const unsigned char *)o->text.ptr;
    uint32_t n = (uint32_t)utf8_count(o->text.ptr + begin, end - begin);

    if (o->unit == OFFSETS_UTF16)
        for (uint32_t i = begin; i < end; i++)
            n += p[i] >= 0xF0;
    return n;
}

bool offsets_begin(offsets *o, gly_arena *arena, gly_str text, offsets_unit unit)
{
    uint32_t runs = text.len / RUN + 1, total = 0;

    *o = (offsets){ text, NULL, unit };
    if (unit == OFFSETS_BYTE || utf8_ascii_prefix(text.ptr, text.len) == text.len)
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
