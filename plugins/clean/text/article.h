/* article - who a text is by, when and where: title, byline, date line, dateline.
 *
 * Gives the lines that say so their role, and keeps what they say until the
 * blocks have been written. */
#ifndef GALLEY_CLEAN_TEXT_ARTICLE_H
#define GALLEY_CLEAN_TEXT_ARTICLE_H

#include "head.h"
#include "rules.h"

enum { MOST_FACTS = 16 };

/* A value for the metadata, and the line it comes from. */
typedef struct fact {
    const char *key;
    uint32_t    line;
    gly_range   at;         /* of the value in the text read; or   */
    char        value[DATE_VALUE]; /* ... this, where not ""       */
    uint16_t    confidence;
} fact;

typedef struct article {
    fact      facts[MOST_FACTS];
    uint32_t  count;
    gly_range label;          /* "Title: " before the title; {0,0}: none       */
    uint32_t  dateline;       /* the line that opens with one; GLY_NO_REF      */
    uint32_t  dateline_end;   /* its length                                    */
} article;

/* What to look for, and what is known already. */
typedef struct article_hints {
    bool     title, byline, dates;
    uint32_t embargo;  /* the line that sets one; GLY_NO_REF                     */
    uint32_t headline; /* in a page dump: the line that is the title; GLY_NO_REF */
} article_hints;

void article_read(const rules *, const article_hints *, article *);

#endif
