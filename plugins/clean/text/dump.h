/* dump - finds the article in a page that was saved as text, menus and all.
 *
 * Looks at short lines with words of page furniture to tell whether the text is
 * such a dump; a press release is none and loses nothing here. In a dump each line
 * gets a chance to be of the article, by a logistic model over what it and its
 * neighbours look like; the lines kept are the best series of runs, where each
 * change between in and out has a price (Viterbi over two states). Linear. */
#ifndef GALLEY_CLEAN_TEXT_DUMP_H
#define GALLEY_CLEAN_TEXT_DUMP_H

#include "rules.h"

enum { DUMP_FEATURES = 62 };

bool dump_looks(const rules *);
/* Takes the lines outside the article out by the rule "page-dump"; *title is the
 * line that looks like its title, or GLY_NO_REF. GLY_ENOMEM, or GLY_ECANCEL when
 * the host says stop. */
gly_status dump_mark(const rules *, gly_arena *scratch, const gly_host *, gly_stage *, uint32_t *title);

/* What a line of a dump looks like; see shape.c. */
typedef struct shape {
    float    words, long_words; /* long_words: log(1 + words) / 4, at most 1      */
    float    stop;              /* share of stop words, of any language           */
    float    commas, capitals, digits; /* by words; share of words that begin so  */
    float    good;              /* its words when it reads like prose, or 0       */
    uint8_t  furniture;         /* words of page furniture, up to 3               */
    bool     heads_below;       /* heads comments and the like                    */
    bool     ends, repeated, sign, dots, question, colon, quote;
} shape;

/* count shapes in scratch; NULL when memory runs out. */
shape *shapes_of(const rules *, gly_arena *scratch);

/* What is summed up around a line. */
typedef struct around {
    float    above_prose, above_words, below_prose, below_words; /* in the window */
    float    share;     /* of all prose, above the line                            */
    float    prose;     /* words of it above the line                              */
    float    since;     /* prose since the first heading of what stands below an
                           article; negative: there was none                       */
    uint32_t distance;  /* lines since the last such heading; large: none          */
} around;

void dump_features(const shape *, uint32_t count, uint32_t i, const around *, float *out);
/* Trained weights, in the order of dump_features(). */
extern const float dump_weights[DUMP_FEATURES];

#endif
