/* measure - what a line looks like: words, width, case, its end. */
#ifndef GALLEY_CLEAN_TEXT_MEASURE_H
#define GALLEY_CLEAN_TEXT_MEASURE_H

#include <galley/plugin.h>

typedef struct measured {
    uint32_t words; /* two signs of a script without spaces count as one */
    uint32_t width; /* columns: one a code point, two such a sign        */
    bool     gaps;  /* two blanks in a row, or a tab                     */
} measured;

/* Text without white space around it, not empty, valid UTF-8. */
measured measure_text(gly_str);
/* Looks through closing quote marks and brackets at the end. */
bool measure_ends_sentence(gly_str);
/* Has three letters or more, and all that have a case are upper case. */
bool measure_is_capitals(gly_str);
/* Begins with a small letter, with a capital; neither in scripts without case. */
bool measure_opens_small(gly_str);
bool measure_opens_capital(gly_str);
bool measure_has_letter(gly_str);
/* Begins with an opening quotation mark. */
bool measure_opens_quote(gly_str);

#endif
