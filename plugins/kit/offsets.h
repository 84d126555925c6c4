/* offsets - byte offsets of a text as code points, UTF-16 units or bytes.
 *
 * One pass over the text sets a mark every 64 bytes; each question then counts
 * the bits of one mark. Text that is all ASCII needs no marks. */
#ifndef GALLEY_KIT_OFFSETS_H
#define GALLEY_KIT_OFFSETS_H

#include <galley/doc.h>

typedef enum offsets_unit { OFFSETS_CODEPOINT, OFFSETS_BYTE, OFFSETS_UTF16 } offsets_unit;

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
uint32_t offsets_at(const offsets *, uint32_t byte);

#endif
