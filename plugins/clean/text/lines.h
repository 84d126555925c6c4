/* lines - a plain text as its lines without the white space around them. */
#ifndef GALLEY_CLEAN_TEXT_LINES_H
#define GALLEY_CLEAN_TEXT_LINES_H

#include <galley/plugin.h>

typedef struct line {
    gly_range   at;      /* never empty                                  */
    uint32_t    words;
    bool        parted;  /* a blank line stands before it                */
    bool        ends;    /* its last mark ends a sentence                */
    bool        item;    /* opens a list item: "- ", "• ", "1. "         */
    const char *rule;    /* of the rule that takes it out; NULL: it stays */
} line;

typedef struct lines {
    line    *items;
    uint32_t count;
    bool     wrapped; /* paragraphs were broken into lines of one width  */
} lines;

/* Linear in the text; the array lives in the arena. GLY_ECANCEL when the host
 * says stop. */
gly_status lines_split(lines *, gly_str text, gly_arena *, const gly_host *, gly_stage *);
/* Whether a line goes on in the next one. */
bool lines_join(const lines *, const line *, const line *next);

#endif
