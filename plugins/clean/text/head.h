/* head - what stands above and at the start of an article: byline, dateline. */
#ifndef GALLEY_CLEAN_TEXT_HEAD_H
#define GALLEY_CLEAN_TEXT_HEAD_H

#include "dates.h"

enum { MOST_AUTHORS = 8, MOST_DATES = 4 };

typedef struct byline {
    gly_range authors[MOST_AUTHORS]; /* in the line */
    uint32_t  count;
    date      date; /* value "" when none stands in it */
} byline;

/* "By Ann Other and John Doe", "Words: Ann Other | 2 May 2023". `low` is the line
 * lowered. */
bool head_byline(const phrases *, gly_str line, gly_str low, byline *);

/* Whether the line is a person's name and nothing else. */
bool head_name(const phrases *, gly_str line, gly_str low);

typedef struct dateline {
    uint32_t  end;      /* of "LONDON, 2 May 2023", before the dash      */
    gly_range location; /* {0,0}: only an agency or a date               */
    date      date;
} dateline;

/* At the start of a paragraph, or the whole line when `alone`. */
bool head_dateline(const phrases *, gly_str line, bool alone, dateline *);

#endif
