/* measures - the words and signs that amounts are written with: data only. */
#ifndef GALLEY_DATES_MEASURES_H
#define GALLEY_DATES_MEASURES_H

#include <stdint.h>

typedef enum measure_kind {
    MEASURE_NUMBER = 1, /* five; counts only before a scale or a percentage      */
    MEASURE_SCALE,      /* million                                               */
    MEASURE_CURRENCY,   /* euros                                                 */
    MEASURE_CODE,       /* EUR: upper case only                                  */
    MEASURE_PENCE,      /* p, pence: hundredths, at most 99                      */
    MEASURE_POUNDS,     /* money where the text has the sign or a scale, else no */
    MEASURE_NATION,     /* Swiss: says which francs                              */
    MEASURE_COIN,       /* francs: money, but whose?                             */
    MEASURE_PERCENT,
    MEASURE_PER,        /* per cent, in two words                                */
    MEASURE_CENT,
    MEASURE_UNIT,       /* km                                                    */
    MEASURE_AREA,       /* m: a unit only before a raised 2 or 3                 */
} measure_kind;

typedef struct measure_list {
    measure_kind kind;
    double       value;     /* NUMBER, SCALE: the number; CURRENCY, UNIT: times this */
    const char  *unit;
    uint32_t     languages; /* 1 << LANGUAGE_XX; 0: any                              */
    const char  *words;     /* lower case, parted by spaces                          */
} measure_list;

extern const measure_list measure_lists[]; /* ends with words == NULL */

/* Currency signs; `before` is the word right before the sign, as in US$. */
typedef struct measure_sign {
    const char *sign, *before, *unit;
} measure_sign;

extern const measure_sign measure_signs[]; /* ends with sign == NULL */

/* Languages that write 1.200,50; the others write 1,200.50. */
extern const uint32_t measure_comma_languages;
/* Languages that never write 30 000. */
extern const uint32_t measure_tight_languages;
/* Languages that write Swiss francs, not francs suisses. */
extern const uint32_t measure_nation_first_languages;

#endif
