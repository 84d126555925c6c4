/* offsets - byte offsets of a text as code points, UTF-16 units or bytes.
 *
 * One pass over the text sets a mark every 64 bytes; each question then counts
 * the bits of one mark. Text that is all ASCII needs no marks. */
#ifndef GALLEY_KIT_OFFSETS_H
#define GALLEY_KIT_OFFSETS_H

#include <galley/doc.h>

typedef enum offsets_unit { OFFSETS_CODEPOINT, OFFSETS_BYTE, OFFSETS_UTF16 } offsets_unit;

enum { OFFSETS_RUN = 64 }; /* bytes a mark */

typedef struct offsets_mark {
    uint64_t starts; /* a bit for each byte at which a unit starts */
    uint32_t before; /* units before this run of 64 bytes          */
} offsets_mark;

typedef struct offsets {
    gly_str       text;
    offsets_mark *marks; /* NULL: bytes are units */
    offsets_unit  unit;
} offsets;

/* Marks live in the arena; false when memory runs out. */
bool offsets_begin(offsets *, gly_arena *, gly_str text, offsets_unit);

static inline uint32_t offsets_at(const offsets *o, uint32_t byte)
{
    const offsets_mark *mark;

    if (!o->marks)
        return byte;
    mark = &o->marks[byte / OFFSETS_RUN];
    if (mark->starts == UINT64_MAX) /* all ASCII, as most are: nothing to count */
        return mark->before + byte % OFFSETS_RUN;
    return mark->before +
           (uint32_t)__builtin_popcountll(mark->starts & ((UINT64_C(1) << byte % OFFSETS_RUN) - 1));
}

#endif
