/* words_table - the table behind words.c; words_table.py writes it. */
#ifndef GALLEY_KIT_WORDS_TABLE_H
#define GALLEY_KIT_WORDS_TABLE_H

#include <stdint.h>

enum { WORD_LONGEST = 23, WORD_FILTER_BITS = 1 << 16 };

/* 32 bytes and no pointer: nothing is to be done when a stage is loaded. */
typedef struct word_entry {
    uint32_t stop, classes;
    uint8_t  length;
    char     word[WORD_LONGEST]; /* no NUL after the longest */
} word_entry;

extern const word_entry word_entries[]; /* entry 0 is no word       */
extern const uint64_t   word_filter[];  /* bit hash >> 40: such a word is there, or
                                           another with this bit */
extern const uint32_t   word_slot_mask; /* slots are a power of two */
extern const uint32_t   word_slots[];   /* 0 is empty; upper 16 bits of the hash,
                                           and lower 16: index of an entry */

#endif
