/* gather - all that the facts of a page say, as candidates and days. */
#ifndef GALLEY_EXTRACT_METADATA_GATHER_H
#define GALLEY_EXTRACT_METADATA_GATHER_H

#include "candidate.h"

enum { MOST_EITHER = 16, MOST_HEADINGS = 12 };

typedef struct heading {
    gly_str text;
    int32_t blocks; /* from the article's first block to it */
} heading;

/* A shown date whose day and month could be the other way round. */
typedef struct either_date {
    date        found;
    uint64_t    evidence;
    uint32_t    rank;
    const char *origin;
} either_date;

typedef struct gathered {
    candidates  all;
    gly_str     h1, title, host;
    int32_t     h1_blocks;
    candidate   headline;  /* the title of the article, as the record has it */
    heading     headings[MOST_HEADINGS]; /* all of the first level; h1 is one of them */
    uint32_t    nheadings;
    bool        shown;      /* a day was, before this fact                */
    bool        cards;      /* it looks like a list of articles           */
    bool        far_author; /* far from the headline, somebody was named */
    either_date either[MOST_EITHER];
    uint32_t    eithers;
} gathered;

/* Reads fact/1; without that layer, nothing. An address that earlier stages know
 * (meta.url) counts as they are sure. `url_date`: the day in the address counts. */
void gather(gathered *, const gly_doc *, const months *, bool url_date);

/* ---- headline: for gather ---------------------------------------------------------- */

/* The headline is the heading that the head of the page agrees with; else the last one
 * before the article, or else the first. */
void headline_choose(gathered *);
/* The headline on the page, when what the head says agrees with it or it stands right
 * before the article; else what the head says, without the site's name. */
candidate headline_title(gathered *);
/* "Contact", "The harbour pool": a title that names something and tells nothing. */
bool headline_is_label(gly_str title);

#endif
