/* rows - each block as a row of numbers, and what two models make of it. */
#ifndef GALLEY_CLEAN_HTML_ROWS_H
#define GALLEY_CLEAN_HTML_ROWS_H

#include "signals.h"

extern const float judge_first[SIGNAL_COUNT], judge_second[SIGNAL_ROUND_TWO_COUNT];

/* Sets the chance of every block: two rounds of one logistic model each, the second
 * knowing what the first thought of the neighbours. */
gly_status rows_judge(signals *, gly_arena *);

/* ---- for tools that learn the weights ------------------------------------------------ */

/* The row of one block, SIGNAL_ROUND_TWO_COUNT numbers; those of round two are 0. */
void rows_first(const signals *, uint32_t block, float *row);
/* After block.chance was set by round one, once; then rows of round two. */
gly_status rows_sum_up(signals *, gly_arena *);
void rows_second(const signals *, uint32_t block, float *row);
/* The chance that a row speaks for: a logistic model over its first `count` numbers. */
float rows_chance(const float *weights, const float *row, int count);

#endif
