/* score - how much a unit says of what the article says.
 *
 * A weighted sum of features that news summarisation has long known: position
 * (Edmundson 1969), overlap with the title, share of the weightiest words, and
 * centrality that counts later sentences for and earlier ones against a sentence
 * (Zheng and Lapata 2019). Similarity is the cosine of tf-idf vectors over word
 * forms, idf within the document, stop words left out. As sums over sentences are
 * all that is asked of it, they are taken word by word: the time is linear. */
#ifndef GALLEY_SUMMARISE_SCORE_H
#define GALLEY_SUMMARISE_SCORE_H

#include "summarise/sentences/unit.h"

typedef struct weights {
    double place;    /* -log of its place among the sentences of the body, from 1 */
    double early;    /* 1 / square root of that                                   */
    double later;    /* mean similarity to later sentences                        */
    double earlier;  /* mean similarity to earlier ones                           */
    double top;      /* share of the 20 weightiest words of the article           */
    double title;    /* share of the title's words                                */
    double numbers;  /* holds a digit                                             */
    double lead;     /* lies in the first paragraph                               */
    double quotes;   /* mostly quotation                                          */
    double speaks;   /* first person outside of a quotation                       */
    double length;   /* for each word beyond LONG_SENTENCE, as a share of it      */
} weights;

/* The weights, and what they give for a place in the body, worked out once. */
enum { PLACES = 64 };
typedef struct scorer {
    weights w;
    double  places[PLACES];
} scorer;

void scorer_fill(scorer *, const weights *);
/* Sets the score of each unit; false when memory runs out. */
bool units_score(const article *, const scorer *, units *);

#endif
