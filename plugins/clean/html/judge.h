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

extern const float judge_first[SIGNAL_COUNT], judge_second[SIGNAL_ROUND_TWO_COUNT];

/* The chance that a row speaks for: a logistic model over its first `count` numbers. */
float judge_chance(const float *weights, const float *row, int count);
/* Sets chance and rule of every block: two rounds of one logistic model each, the
 * second knowing what the first thought of the neighbours; then rules by name. */
gly_status judge_blocks(signals *, const judge_options *, gly_arena *);

#endif
