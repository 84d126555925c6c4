/* repeats - the parts of a text that may stand on other pages of its site, too.
 *
 * emit.repeats writes them down, clean.repeats knows them again: both must part a
 * text, name its site and hash its parts in the same way, which is this file. */
#ifndef GALLEY_KIT_REPEATS_H
#define GALLEY_KIT_REPEATS_H

#include <galley/plugin.h>

/* The first line of a learned file. Each line after it is a page:
 *   SITE TAB HASH SPACE HASH ... newline
 * with hashes as 16 hex digits, rising. Files may be put one after the other. */
#define REPEATS_HEADING "galley-repeats/1"

enum {
    REPEATS_LONGEST_SITE = 253, /* bytes, as a host may have                       */
    REPEATS_MOST_PARTS = 4096,  /* of a page: the first ones, when it has more     */
};

typedef struct repeats_part {
    gly_range at;
    uint64_t  hash;  /* of its words; 0: it has no letter                          */
    uint32_t  words;
    uint32_t  block; /* record of block/1; GLY_NO_REF: it is a line                */
} repeats_part;

typedef struct repeats_parts {
    repeats_part *items;
    uint32_t      count;
} repeats_parts;

/* The blocks of the current text (of nested ones the outer), or its lines when it
 * has no block/1. Memory comes from the arena; false when there is none left. */
bool repeats_part_text(const gly_doc *, gly_arena *, repeats_parts *);

/* Letters in lower case, any number as 0, one space for all between words: "12
 * Comments" and "3 comments" are one. The same on every machine. */
uint64_t repeats_hash(gly_str text, uint32_t *words);

/* The host of meta url without "www."; else a folder of the uri that looks like
 * a host; else the folder that the document lies in. Without spaces and tabs;
 * never empty. Returns its length. */
uint32_t repeats_site(const gly_doc *, char site[REPEATS_LONGEST_SITE + 1]);

#endif
