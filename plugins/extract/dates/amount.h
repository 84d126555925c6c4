/* amount - money, percentages and quantities with a unit. */
#ifndef GALLEY_DATES_AMOUNT_H
#define GALLEY_DATES_AMOUNT_H

#include "scan.h"

typedef struct amount {
    gly_range   at;
    double      value;
    const char *unit;
} amount;

/* An amount that begins with token i, or the two ends of a range: returns their
 * number, 0 to 2; *next is the token behind them. */
uint32_t amount_read(const scan *, uint32_t i, amount found[2], uint32_t *next);

#endif
