/* rank - the best words and phrases of a document, with their scores. */
#ifndef GALLEY_EXTRACT_RANK_H
#define GALLEY_EXTRACT_RANK_H

#include "extract/keywords/phrase.h"

typedef struct candidate {
    double   score;
    uint32_t token;  /* where it stands             */
    uint32_t length; /* tokens                      */
} candidate;

/* Factors by count and by sentence, worked out once. */
enum { RANK_TABLE = 64 };
typedef struct rank_tables {
    double count[RANK_TABLE], early[RANK_TABLE];
} rank_tables;

void rank_fill_tables(rank_tables *);
/* How much a text of that many words leans on phrases said only once: 1 for an
 * abstract, 0 for a long text, or one that is full of names. */
double rank_brevity(const roots *);
/* Fills best[0..most) in falling order; of equals, the first in the text. Gives their
 * number; UINT32_MAX when memory runs out. */
uint32_t rank_candidates(const article *, const rank_tables *, const roots *, const phrases *,
                         candidate *best, uint32_t most);

#endif
