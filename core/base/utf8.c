/* utf8 - validation by Unicode 15, table 3-7: well-formed byte sequences. */
#include "base/utf8.h"

/* ASCII goes by in large steps; letters beyond it tend to come in runs. */
size_t utf8_valid_prefix(const char *text, size_t length)
{
    size_t i = 0;

    while (i < length) {
        i += utf8_ascii_prefix(text + i, length - i);
        while (i < length && (unsigned char)text[i] >= 0x80) {
            size_t step = utf8_sequence(text + i, length - i);

            if (step == 0)
                return i;
            i += step;
        }
    }
    return i;
}

/* Bytes of eight that continue a code point: bit 7 set, bit 6 clear. */
static unsigned continuations(const char *text)
{
    uint64_t eight;

    memcpy(&eight, text, 8);
    eight = eight >> 7 & ~eight >> 6 & UINT64_C(0x0101010101010101);
    return (unsigned)(eight * UINT64_C(0x0101010101010101) >> 56);
}

size_t utf8_count(const char *text, size_t length)
{
    size_t count = length, i = 0;

    for (; length - i >= 8; i += 8)
        count -= continuations(text + i);
    for (; i < length; i++)
        count -= ((unsigned char)text[i] & 0xC0) == 0x80;
    return count;
}
