/* judge - which blocks are the article, and why the others are not. */
#ifndef GALLEY_CLEAN_HTML_JUDGE_H
#define GALLEY_CLEAN_HTML_JUDGE_H

#include "kit/phrases.h"
#include "signals.h"

typedef struct judge_options {
    float least;    /* chance from which a block is kept        */
    bool  comments; /* keep what readers wrote under the article */
    bool  tables;
    bool  title;    /* keep the page's title as a block         */
    const phrases *phrases; /* by which notices are known       */
} judge_options;

/* Sets chance (rows.h) and rule of every block. */
gly_status judge_blocks(signals *, const judge_options *, gly_arena *);

#endif
