/* words_table - the table behind words.c; words_table.py writes it. */
#ifndef GALLEY_KIT_WORDS_TABLE_H
#define GALLEY_KIT_WORDS_TABLE_H

#include <stdint.h>

enum { WORD_LONGEST = 23, WORD_SLOTS = 1 << 16, WORD_FILTER_BITS = 1 << 16 };

/* 40 bytes and no pointer: nothing is to be done when a stage is loaded. */
typedef struct word_entry {
    uint64_t hash;
    uint32_t stop, classes;
    uint8_t  length;
    char     word[WORD_LONGEST]; /* no NUL after the longest */
} word_entry;

extern const word_entry word_entries[]; /* entry 0 is no word: all 0           */
extern const uint64_t   word_filter[];  /* bit hash >> 40: such a word is there */
extern const uint16_t   word_slots[];   /* by the hash's low bits, then the next */

#endif
