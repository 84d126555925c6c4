/* marks - where quotations open and close.
 *
 * One pass over token/1. A pair of marks ends at its paragraph's end unless the
 * next paragraph opens with the same mark: then both are one quotation. A mark
 * that is never closed therefore costs one paragraph, not the article. */
#ifndef GALLEY_QUOTES_MARKS_H
#define GALLEY_QUOTES_MARKS_H

#include <galley/plugin.h>

#include "kit/name.h"

enum { MOST_QUOTATIONS = 1 << 16 }; /* of one text: it bounds what a hostile one costs */

typedef struct quotation {
    uint32_t open, close; /* tokens of the marks; close: of the token after it when not closed */
    uint32_t words;
    bool     closed;
    uint8_t  style;       /* of the marks; for marks_joined()                                  */
} quotation;

typedef struct quotations {
    quotation *items;
    uint32_t   count, capacity;
} quotations;

/* Marks of tokens, in reading.place. */
enum {
    PLACE_PARAGRAPH = 1 << 0, /* first token of its paragraph                   */
    PLACE_SENTENCE  = 1 << 1, /* first token of its sentence                    */
    PLACE_QUOTED    = 1 << 2, /* inside a quotation, or one of its marks        */
    PLACE_ASIDE     = 1 << 3, /* in a title, byline, caption: not running text  */
};

typedef struct reading {
    name_text t;
    uint8_t  *place; /* for each token */
} reading;

/* Finds the quotations of the document, MOST_QUOTATIONS at most, in `scratch`. False: out of
 * memory. */
bool marks_find(const reading *, gly_arena *scratch, quotations *out);

/* The words of a quotation without its marks, paragraphs parted by a blank line,
 * in `arena`; ptr is NULL when memory is out. */
gly_str marks_joined(const reading *, const quotation *, gly_arena *arena);

/* Whether the words after it say that it was said, without naming by whom: 「...」と. */
bool marks_quotative(const reading *, const quotation *);

/* From the first byte inside the opening mark to the last before the closing one. */
gly_range marks_range(const reading *, const quotation *);

#endif
