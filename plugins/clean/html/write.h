/* write - the kept blocks as text, with their kinds. */
#ifndef GALLEY_CLEAN_HTML_WRITE_H
#define GALLEY_CLEAN_HTML_WRITE_H

#include "blocks.h"
#include "kit/rewrite.h"

typedef struct write_options {
    bool links, images;
} write_options;

typedef struct written {
    gly_block *blocks;
    uint32_t   count;
} written;

/* Blocks are parted by an empty line, rows of a table by a newline, cells by a
 * tab for each column; code keeps its lines. GLY_ENOMEM when memory runs out. */
gly_status write_blocks(rewrite *, written *, const page *, const blocks *, const write_options *,
                        gly_arena *);
/* Appends the words of one block, links and images left out. */
void write_words(rewrite *, const page *, const block *);

#endif
