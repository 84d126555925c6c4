/* align - matching the letters of a short form from the right. */
#include "align.h"

static unsigned char lower(unsigned char c)
{
    return c >= 'A' && c <= 'Z' ? (unsigned char)(c + 32) : c;
}

static bool is_plain(unsigned char c)
{
    return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z');
}

bool align_is_letter(unsigned char c)
{
    return is_plain(c) || c >= 0x80;
}

static bool begins_word(gly_str text, uint32_t begin, uint32_t at)
{
    return at == begin || !align_is_letter((unsigned char)text.ptr[at - 1]);
}

/* Letters of `shorter` from its last to its first, each as far right as it goes. */
static uint32_t align(gly_str text, uint32_t begin, uint32_t end, gly_str shorter, bool initials)
{
    uint32_t at = end;

    for (uint32_t i = shorter.len; i-- > 0;) {
        unsigned char wanted = lower((unsigned char)shorter.ptr[i]);

        if (!is_plain(wanted))
            continue;
        do {
            if (at == begin)
                return UINT32_MAX;
            at--;
        } while (lower((unsigned char)text.ptr[at]) != wanted
                 || ((initials || i == 0) && !begins_word(text, begin, at)));
    }
    return at;
}

uint32_t align_tail(gly_str text, uint32_t begin, uint32_t end, gly_str shorter)
{
    uint32_t at = align(text, begin, end, shorter, true);

    return at != UINT32_MAX ? at : align(text, begin, end, shorter, false);
}
