/* calendar - the words that dates are written with, and days as numbers.
 *
 * The word lists are data: a stage indexes them once, in open(). Days are those
 * of the proleptic Gregorian calendar, as ISO 8601 counts them. Pure. */
#ifndef GALLEY_KIT_CALENDAR_H
#define GALLEY_KIT_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

typedef enum calendar_kind {
    CALENDAR_MONTH = 1,    /* value: 1 January                                      */
    CALENDAR_WEEKDAY,      /* value: 1 Monday                                       */
    CALENDAR_SEASON,       /* spring                                                */
    CALENDAR_QUARTER,      /* Q1; value: 1 to 4                                     */
    CALENDAR_DAY,          /* yesterday; value: days from today                     */
    CALENDAR_WHICH,        /* last, next; value: -1, 0, 1                           */
    CALENDAR_WHICH_AFTER,  /* the same behind its noun: mardi dernier               */
    CALENDAR_PERIOD,       /* month, year; value: 1 month, 12 year                  */
    CALENDAR_ORDINAL,      /* what follows the digits of a day: 2nd, 1er            */
    CALENDAR_OF,           /* between day, month and year: of, de                   */
    CALENDAR_TO,           /* between the ends of a range: to, bis                  */
    CALENDAR_AND,
    CALENDAR_AT,           /* between a date and a time of day: at, um, on          */
    CALENDAR_IN,           /* before a month or year, never before a day: in, since */
    CALENDAR_EVERY,        /* makes a weekday a habit: every, jeden                 */
    CALENDAR_CLOCK,        /* follows an hour; value: 0 am, 12 pm, 1 neither        */
    CALENDAR_FUTURE,       /* the clause tells of what is to come: will, wird       */
} calendar_kind;

enum {
    CALENDAR_SHORT  = 1 << 0, /* may be followed by a full stop                     */
    CALENDAR_PROPER = 1 << 1, /* also a common word: means it only with a capital   */
};

typedef struct calendar_list {
    calendar_kind kind;
    int           value;
    uint32_t      flags;
    uint32_t      languages; /* 1 << LANGUAGE_XX of kit/words; 0: any */
    const char   *words;     /* lower case, parted by spaces          */
} calendar_list;

extern const calendar_list calendar_lists[]; /* ends with words == NULL */

/* Languages that are written in places where 02/05/2023 is in February. */
extern const uint32_t calendar_either_order_languages;

/* The marks that follow year, month and day where no spaces part them. */
typedef struct calendar_signs {
    const char *year, *month, *day;
} calendar_signs;

extern const calendar_signs calendar_signs_of[]; /* ends with year == NULL */

int calendar_month_days(int year, int month);  /* year 0, not known: a leap year */
bool calendar_is_day(int year, int month, int day);
int32_t calendar_number(int year, int month, int day);    /* days since 1970-01-01 */
void calendar_date(int32_t number, int *year, int *month, int *day);
int calendar_weekday(int32_t number);                     /* 1 Monday to 7 Sunday  */

#endif
