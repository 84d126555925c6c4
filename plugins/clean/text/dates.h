/* dates - the date in a line that tells when the text was published.
 *
 * Only whole dates with a year: 2023-05-02, 02.05.2023, 2 May 2023, May 2, 2023,
 * le 2 mai 2023, 2 de mayo de 2023, 2023年5月2日. */
#ifndef GALLEY_CLEAN_TEXT_DATES_H
#define GALLEY_CLEAN_TEXT_DATES_H

#include "kit/phrases.h"

enum { DATE_VALUE = 20 };

typedef struct date {
    uint32_t begin, end; /* in the lowered text, the time of day with it          */
    bool     modified;   /* the word before it says so: updated                   */
    bool     unsure;     /* 04/05/2023 could be read both ways                    */
    char     value[DATE_VALUE]; /* ISO 8601: 2023-05-02 or 2023-05-02T09:30       */
} date;

/* The first date from `from` on. */
bool date_find(const phrases *, gly_str low, uint32_t from, date *);
/* The date that begins right at `at`. */
bool date_at(const phrases *, gly_str low, uint32_t at, date *);

/* Whether the text is dates, times, labels and weekdays and nothing else; gives at
 * most `most` dates, in order, and their number; 0: it is no date line. */
uint32_t date_line(const phrases *, gly_str low, date *dates, uint32_t most);

#endif
