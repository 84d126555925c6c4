/* lines - a file line by line, with the place of each, in bounded memory.
 *
 * The buffer grows to the longest line allowed and no further; of a longer line
 * only its number and its first bytes are kept. */
#ifndef GALLEY_FETCH_JSONL_LINES_H
#define GALLEY_FETCH_JSONL_LINES_H

#include <galley/types.h>

enum { LINES_HEAD = 1024 };

typedef struct line {
    gly_str  text;     /* without its newline; valid until the next call */
    uint64_t offset;   /* of its first byte in the file                  */
    uint64_t number;   /* from 1                                         */
    bool     too_long; /* text is but its first bytes                    */
} line;

typedef struct lines {
    int      file;
    char    *buffer;
    size_t   capacity, begin, end; /* what is read and not given out yet  */
    size_t   longest;
    uint64_t offset;               /* of buffer[begin] in the file        */
    uint64_t number;
    size_t   seen;                 /* bytes from begin that hold no newline */
    bool     at_end;
    char     head[LINES_HEAD];     /* of a line that is too long            */
} lines;

/* Takes the descriptor over. longest >= 1. */
void lines_begin(lines *, int file, size_t longest);
/* GLY_OK, GLY_END, GLY_ENOMEM, or GLY_EIO with errno set. */
gly_status lines_next(lines *, line *);
/* Reads on as long as that does not wait. False: lines_next() would have to. */
bool lines_ready(lines *);
void lines_end(lines *); /* closes the descriptor; may be called again */

#endif
