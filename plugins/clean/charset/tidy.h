/* tidy - one kind of line end, one kind of space, nothing that cannot be seen.
 *
 *   CRLF, CR, NEL, LS, PS, form feed, vertical tab   a newline
 *   no-break and the other Unicode spaces            a plain space
 *   zero-width space, word joiner, soft hyphen, byte-order mark inside, tag
 *   and interlinear characters, controls, NUL        nothing
 *   zero-width (non-)joiner                          kept between letters of
 *                                                    scripts that need it, and
 *                                                    joiners in emoji
 *   marks and embeddings of direction                kept or removed, by option */
#ifndef GALLEY_CLEAN_CHARSET_TIDY_H
#define GALLEY_CLEAN_CHARSET_TIDY_H

#include "kit/rewrite.h"

typedef enum untidy {
    UNTIDY_NONE, UNTIDY_LINE_END, UNTIDY_SPACE, UNTIDY_ZERO_WIDTH, UNTIDY_SOFT_HYPHEN,
    UNTIDY_CONTROL, UNTIDY_DIRECTION, UNTIDY_COUNT
} untidy;

typedef struct tidy_rules {
    bool line_ends, spaces, invisible, direction; /* which of them to change */
} tidy_rules;

typedef struct tidy_counts {
    uint32_t of[UNTIDY_COUNT];
} tidy_counts;

/* What valid UTF-8 text has for the steps to do. */
enum {
    FOUND_UNTIDY     = 1 << 0, /* something tidy() may change                 */
    FOUND_MISREAD    = 1 << 1, /* two characters beyond ASCII side by side    */
    FOUND_COMPOSABLE = 1 << 2, /* something that may not be in NFC            */
    FOUND_HIGH       = 1 << 3, /* anything beyond ASCII                       */
};

/* `plain`: so much of it is known to be plain already, as plain_prefix() says it. */
unsigned tidy_scan(gly_str text, uint32_t plain);

/* Length of the longest prefix of printable ASCII, newlines and tabs. */
uint32_t plain_prefix(gly_str bytes);

void tidy(gly_str text, tidy_rules, tidy_counts *, rewrite *out);

#endif
