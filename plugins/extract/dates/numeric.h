/* numeric - dates and times of digits: 2023-05-02, 02/05/2023, 2023年5月2日, 09:30. */
#ifndef GALLEY_DATES_NUMERIC_H
#define GALLEY_DATES_NUMERIC_H

#include "scan.h"

/* A date that begins at this byte; returns where it ends, 0: there is none. */
uint32_t numeric_date(scan *, uint32_t byte, moment *);

/* The year that two digits stand for, as POSIX strptime() reads them. */
int numeric_year(uint32_t two);

/* A time of day that begins with token i, with am, Uhr and the like; returns the
 * token behind it, 0: there is none. */
uint32_t numeric_time(const scan *, uint32_t i, moment *);

#endif
