/* relative - yesterday, last Tuesday, on Monday, next month: told from the day on
 * which the text was published. */
#ifndef GALLEY_DATES_RELATIVE_H
#define GALLEY_DATES_RELATIVE_H

#include "date.h"

/* A relative date that begins with token i; false: none does, or the text does not
 * say when it was published. */
bool relative_read(const scan *, uint32_t i, date *);

#endif
