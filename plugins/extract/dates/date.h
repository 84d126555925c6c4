/* date - reads a date, with its weekday and time of day, or a range of dates. */
#ifndef GALLEY_DATES_DATE_H
#define GALLEY_DATES_DATE_H

#include "scan.h"

typedef struct date {
    gly_range at;
    moment    first, last; /* the same unless it is a range            */
    uint32_t  next;        /* the token behind it                      */
} date;

enum { DATE_VALUE = 48 };

/* A date that begins with token i; false: none does. Its year may be missing. */
bool date_read(scan *, uint32_t i, date *);

/* A year that stands alone behind a word such as "in", or two of them: 2022/23,
 * 2019-2023; false where such years are not asked for. */
bool date_read_year(const scan *, uint32_t i, date *);

/* Gives a date without a year the one that lies nearest to the anchor. */
void date_complete(const scan *, date *);

/* Writes it as ISO 8601, a range as begin/end; returns the length, 0 when the
 * year is not known. */
size_t date_write(const date *, char out[DATE_VALUE]);

#endif
