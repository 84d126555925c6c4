/* xpathtree - a parsed XPath: between xpathparse.c, which makes it, and xpath.c, which
 * walks pages by it. */
#ifndef GALLEY_CLEAN_HTML_XPATHTREE_H
#define GALLEY_CLEAN_HTML_XPATHTREE_H

#include "xpath.h"

enum { MOST_PATHS = 8, MOST_STEPS = 10, MOST_TERMS = 24, DEEPEST_TERM = 8 };

typedef enum axis { CHILD, DESCENDANT, SELF, PARENT, ANCESTOR, FOLLOWING_SIBLING, FOLLOWING, PRECEDING } axis;

typedef enum term_kind {
    TERM_OR, TERM_AND, TERM_NOT, TERM_CONTAINS, TERM_STARTS, TERM_EQUAL, TERM_UNEQUAL, TERM_THERE,
    TERM_POSITION
} term_kind;

typedef enum order { EQUAL, UNEQUAL, LESS, AT_MOST, MORE, AT_LEAST } order;

typedef struct term {
    term_kind kind;
    int       left, right; /* of or, and, not                              */
    gly_str   attribute;   /* empty: the element's text                    */
    uint16_t  known;       /* page_attr_name of it                         */
    bool      folded;      /* white space is folded before it is compared  */
    bool      padded;      /* a blank is put before and behind             */
    gly_str   string;
    order     order;       /* of a position to ...                         */
    uint32_t  number;      /* ... this one                                 */
    bool      from_last;   /* which is counted back from the last          */
} term;

typedef struct step {
    axis     axis;
    gly_str  name; /* "*": any                          */
    uint16_t tag;
    int      predicates[4];
    int      count;
} step;

typedef struct path {
    step    steps[MOST_STEPS];
    int     count;
    int     grouped, pick; /* of what the first steps in brackets select, the term that
                              picks some by their position; 0 steps: none              */
    gly_str attribute;
} path;

struct xpath {
    path  paths[MOST_PATHS];
    int   count;
    term  terms[MOST_TERMS];
    int   term_count;
    char *text; /* what the slices are of */
};

/* Positions are whole predicates; from_last: only those that are counted from the last. */
static inline bool xpath_has_position(const xpath *x, const step *s, bool from_last)
{
    for (int i = 0; i < s->count; i++) {
        const term *t = &x->terms[s->predicates[i]];

        if (t->kind == TERM_POSITION && (t->from_last || !from_last))
            return true;
    }
    return false;
}

#endif
