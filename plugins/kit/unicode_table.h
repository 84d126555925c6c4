/* unicode_table - the tables behind unicode.c; unicode_table.py writes them. */
#ifndef GALLEY_KIT_UNICODE_TABLE_H
#define GALLEY_KIT_UNICODE_TABLE_H

#include <stdint.h>

typedef struct unicode_record {
    uint32_t classes;
    int32_t  to_lower; /* what to add to the code point */
} unicode_record;

extern const uint8_t unicode_ascii[128]; /* UNICODE_* bits of ASCII */
extern const unicode_record unicode_records[];
extern const uint16_t unicode_blocks[]; /* by code point / 128            */
extern const uint16_t unicode_cells[];  /* 128 a block: index of a record */

#endif
