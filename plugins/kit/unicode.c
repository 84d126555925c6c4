/* unicode - looks code points up in two steps: block of 128, then cell.
 *
 * Goes together with the piece unicode_table: KIT = unicode unicode_table. */
#include "kit/unicode.h"

#include "kit/unicode_table.h"

enum { LAST_CODE_POINT = 0x10FFFF, BLOCK_BITS = 7, BLOCK_MASK = 127 };

static const unicode_record *record_of(uint32_t c)
{
    uint32_t block = unicode_blocks[(c > LAST_CODE_POINT ? LAST_CODE_POINT : c) >> BLOCK_BITS];

    return &unicode_records[unicode_cells[(block << BLOCK_BITS) | (c & BLOCK_MASK)]];
}

unsigned unicode__class(uint32_t c)
{
    return record_of(c)->classes;
}

uint32_t unicode__lower(uint32_t c)
{
    return (uint32_t)((int32_t)c + record_of(c)->to_lower);
}
