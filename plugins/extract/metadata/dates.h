/* dates - dates as people and programs write them, to ISO 8601. Pure. */
#ifndef GALLEY_EXTRACT_METADATA_DATES_H
#define GALLEY_EXTRACT_METADATA_DATES_H

#include <galley/types.h>

/* Names of months in the languages of kit/calendar, by hash; made once. */
typedef struct months {
    struct month {
        const char *name; /* NULL: the slot is free */
        uint8_t     length, number;
    } slots[1024];
} months;

void months_prepare(months *);

/* How 5/2/2023 is read; where it is not known, the page's other dates decide. */
typedef enum date_order { DATE_DAY_FIRST, DATE_MONTH_FIRST } date_order;

typedef struct date {
    int       year, month, day;
    gly_range at;        /* in the text                                         */
    bool      either;    /* day and month could also be the other way round     */
    bool      timed;     /* a time of day is written with it, as in ISO 8601    */
    char      iso[32];   /* "2023-05-02", or with its time as it was written    */
} date;

enum { MOST_DATES = 4 };

/* The dates of a text in their order, at most MOST_DATES; returns how many. Seconds
 * since 1970 and eight digits in a row count only when they are all of the text. */
uint32_t dates_find(const months *, gly_str text, date_order, date out[MOST_DATES]);
/* "/2023/05/02/", "2023-05-02" or "/20230502" in a URL. */
bool date_of_url(gly_str url, date *out);
/* Days since 1970-01-01. */
int32_t date_number(const date *);
/* Day and month changed about; false when that is no day. */
bool date_swapped(const date *, date *out);

#endif
