/* charrefs - the table of named character references; made by tables.py. */
#ifndef GALLEY_KIT_PAGE_CHARREFS_H
#define GALLEY_KIT_PAGE_CHARREFS_H

#include <stdint.h>

enum { PAGE_CHARREF_LONGEST = 32 };

typedef struct page_charref {
    char name[PAGE_CHARREF_LONGEST + 1]; /* "amp", "amp;": the semicolon counts */
    char value[7];                       /* one or two code points as UTF-8     */
} page_charref;

extern const page_charref page_charrefs[]; /* sorted by bytes */
extern const uint32_t page_charref_count;

#endif
