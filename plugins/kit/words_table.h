/* words_table - the table behind words.c; words_table.py writes it. */
#ifndef GALLEY_KIT_WORDS_TABLE_H
#define GALLEY_KIT_WORDS_TABLE_H

#include <stdint.h>

typedef struct word_entry {
    const char *word;
    uint32_t    length, stop, classes;
} word_entry;

extern const word_entry word_entries[]; /* entry 0 is no word             */
extern const uint32_t   word_slot_mask; /* slots are a power of two       */
extern const uint16_t   word_slots[];   /* indices of entries; 0 is empty */

#endif
