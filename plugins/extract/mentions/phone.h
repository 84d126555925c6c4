/* phone - telephone numbers, as people write them.
 *
 * Taken are numbers with a country (+44 20 7946 0018, 0044 ...; E.164), national ones
 * that begin with 0 and stand in groups, the North American 3-3-4, and any behind a
 * word such as "tel". Left are dates, years, times, ISBNs and other numbers. */
#ifndef GALLEY_MENTIONS_PHONE_H
#define GALLEY_MENTIONS_PHONE_H

#include <galley/types.h>

enum { PHONE_VALUE = 17 }; /* '+', 15 digits, and one for the end */

typedef struct phone {
    gly_range at;                 /* with its extension */
    char      value[PHONE_VALUE]; /* +digits where the country is written, else digits */
    uint32_t  length;
} phone;

/* The number whose first digit is at `digit`. */
bool phone_read(gly_str text, uint32_t digit, phone *);

#endif
