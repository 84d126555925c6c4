/* compose - cuts the text where normalization cannot reach across, and asks
 * utf8proc about the pieces that may change. */
#include "compose.h"

#include <utf8proc.h>

#include "base/utf8.h"

enum { LONGEST = 1024 }; /* bytes: a run of more marks than this is kept as it is */

/* A piece may start at this character: it joins nothing before it. Below U+0300
 * all do; elsewhere starters that never are the second half of a pair. Hangul
 * vowels and final consonants are such halves, as are a few Indic vowel signs
 * (general category Mc or Lo with a decomposition behind them). */
static bool starts_piece(uint32_t c)
{
    const utf8proc_property_t *p;

    if (c < 0x300)
        return true;
    if ((c >= 0x1160 && c < 0x1200) || c > 0x10FFFF)
        return false;
    p = utf8proc_get_property((utf8proc_int32_t)c);
    return p->combining_class == 0 && p->category != UTF8PROC_CATEGORY_MC &&
           p->category != UTF8PROC_CATEGORY_MN;
}

/* One character by itself is in NFC unless it decomposes. */
static bool changes_alone(uint32_t c)
{
    const utf8proc_property_t *p;

    if (c < 0x300)
        return false;
    p = utf8proc_get_property((utf8proc_int32_t)c);
    return p->decomp_type == 0 && p->decomp_seqindex != UINT16_MAX;
}

/* NFC of one piece into `room`; 0 when the piece is that already. */
static uint32_t compose_piece(gly_str piece, char *room)
{
    utf8proc_int32_t *points = (utf8proc_int32_t *)(void *)room;
    utf8proc_ssize_t count, length;

    count = utf8proc_decompose((const utf8proc_uint8_t *)piece.ptr, (utf8proc_ssize_t)piece.len,
                               points, 4 * LONGEST, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (count < 0 || count > 4 * LONGEST)
        return 0;
    length = utf8proc_reencode(points, count, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (length < 0 || ((uint32_t)length == piece.len && memcmp(room, piece.ptr, piece.len) == 0))
        return 0;
    return (uint32_t)length;
}

uint32_t compose(gly_str text, gly_arena *scratch, rewrite *out)
{
    const char *at = text.ptr, *end = at + text.len, *kept = at;
    char *room = gly_alloc(scratch, (4 * LONGEST + 1) * sizeof(utf8proc_int32_t), 8);
    uint32_t changed = 0, length;

    if (!room) {
        out->failed = true;
        return 0;
    }
    while (at < end) {
        size_t plain = utf8_ascii_prefix(at, (size_t)(end - at));
        const char *start, *next;
        bool ask;

        at += plain > 1 ? plain - 1 : 0; /* the last may take a mark */
        start = at;
        ask = changes_alone(utf8_next(&at));
        for (next = at; at < end && !starts_piece(utf8_next(&next)); at = next)
            ask = true;
        if (!ask || at - start > LONGEST)
            continue;
        length = compose_piece((gly_str){ start, (uint32_t)(at - start) }, room);
        if (length == 0)
            continue;
        if (changed++ == 0)
            rewrite_begin(out, out->arena, text, text.len + length);
        rewrite_keep(out, (uint32_t)(kept - text.ptr), (uint32_t)(start - text.ptr));
        rewrite_put(out, room, length);
        kept = at;
    }
    if (changed)
        rewrite_keep(out, (uint32_t)(kept - text.ptr), text.len);
    return changed;
}
