/* number - numbers as people write them: 1,200.50, 1.200,50, 30 000, 30'000. */
#ifndef GALLEY_DATES_NUMBER_H
#define GALLEY_DATES_NUMBER_H

#include "scan.h"

typedef struct number {
    double   digits;   /* without the decimal mark */
    double   divisor;  /* 10 for each decimal      */
    uint32_t end;      /* byte behind it           */
} number;

/* The number that begins with token i, which begins with a digit; false: it is none,
 * has more than 15 digits, or goes on like a version or a date. */
bool number_read(const scan *, uint32_t i, number *);

/* times: 1 or a scale. Exact as far as doubles go. */
double number_value(const number *, double times);

#endif
