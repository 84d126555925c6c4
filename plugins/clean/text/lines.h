/* lines - a plain text as its lines without the white space around them. */
#ifndef GALLEY_CLEAN_TEXT_LINES_H
#define GALLEY_CLEAN_TEXT_LINES_H

#include <galley/plugin.h>

typedef enum line_role {
    LINE_PLAIN,
    LINE_TITLE,
    LINE_HEADING,
    LINE_BYLINE,
    LINE_DATE,
    LINE_DATELINE, /* a dateline by itself; most stand in their paragraph    */
    LINE_NOTES,    /* of the notes to editors                                */
} line_role;

typedef struct line {
    gly_range   at;      /* never empty; without the marks of a heading       */
    uint32_t    words;   /* two signs of a script without spaces count as one */
    uint32_t    width;   /* columns                                           */
    uint32_t    indent;  /* columns before it; a tab goes to the next eighth  */
    uint8_t     level;   /* of a heading that is marked as one: # or underline */
    bool        parted;  /* a blank line stands before it                     */
    bool        ends;    /* its last mark ends a sentence                     */
    bool        item;    /* opens a list item: "- ", "• ", "1. "              */
    bool        gaps;    /* two blanks in a row, or a tab, inside             */
    bool        capitals; /* its letters are all upper case, three at least   */
    line_role   role;
    const char *rule;    /* of the rule that takes it out; NULL: it stays     */
} line;

typedef struct lines {
    line    *items;
    uint32_t count;
    bool     wrapped; /* paragraphs were broken into lines of one width       */
    bool     doubled; /* ... with a blank line after each                     */
    uint32_t width;   /* of the widest line where they were wrapped           */
} lines;

/* Linear in the text; the array lives in the arena. GLY_ECANCEL when the host
 * says stop. */
gly_status lines_split(lines *, gly_str text, gly_arena *, const gly_host *, gly_stage *);
/* Whether a line goes on in the next one. */
bool lines_join(const lines *, gly_str text, const line *, const line *next);
/* The first line from `index` on that stays; lines->count: none. */
uint32_t lines_kept(const lines *, uint32_t index);

#endif
