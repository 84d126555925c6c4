/* days - which of the days that a page names is the one it was published on.
 *
 * Every place that names a day leaves evidence with that day: what kind of place it
 * is, where it stands, which words come before. Each piece of evidence has a weight
 * (day_weights.c, learnt by tests/eval/train_dates.py), their sum is the day's score,
 * and no day at all has the score 0: a model of choice (D. McFadden, 1974, "Conditional
 * logit analysis of qualitative choice behavior"). */
#ifndef GALLEY_EXTRACT_METADATA_DAYS_H
#define GALLEY_EXTRACT_METADATA_DAYS_H

#include "dates.h"

/* In the head of the page; the slot in its body, and what speaks for it there (only at
 * the top and the end of the article, where a date line may stand); what a day is to
 * the others; what the page is, for a day that only its head names; whether its title is
 * a label, as of pages that were not published on a day at all. */
#define DAY_EVIDENCE(X) \
    X(LD_ARTICLE) X(LD_MODIFIED) X(LD_PAGE) X(LD_OTHER) X(LD_SECOND) \
    X(META_PUBLISHED) X(META_DATE) X(META_MODIFIED) X(URL) X(PROP_PUBLISHED) \
    X(TOP) X(TOP_UPDATED) X(TOP_ELSEWHERE) X(NEAR_ELSEWHERE) X(TEXT) X(SENTENCE) \
    X(END) X(END_UPDATED) X(END_ELSEWHERE) X(FAR) X(FAR_TIME) X(COMMENT) \
    X(UNDER_TITLE) X(ABOVE_TITLE) X(CLOSE_TO_TEXT) X(ALONE) X(FIRST_IN_LINE) X(CLOCK) X(TIME) X(NAMED_DATE) \
    X(SAYS_PUBLISHED) X(SAYS_RIGHTS) X(IN_ARTICLE) X(IN_HEADER) X(IN_META) X(IN_AUTHOR) X(IN_LINK) X(IN_LIST) \
    X(FIRST_SHOWN) X(ONLY_SHOWN) X(ONLY_FAR) X(NEXT_TO_HEAD) X(HEAD_AND_SHOWN) \
    X(HEAD_ALONE) X(HEAD_AGAINST_TOP) X(TOP_AGAINST_HEAD) X(UPDATED_AGAINST_HEAD) X(CHANGE_AGAINST_HEAD) \
    X(TOP_WITHOUT_HEAD) X(UPDATED_WITHOUT_HEAD) X(END_WITHOUT_HEAD) X(ALONE_NEWS) X(ALONE_PAGE) X(ALONE_BYLINE) \
    X(ALONE_OTHER) X(LABEL) X(ALONE_LABEL)

typedef enum day_evidence {
#define X(name) DAY_##name,
    DAY_EVIDENCE(X)
#undef X
    DAY_EVIDENCE_COUNT
} day_evidence;
_Static_assert(DAY_EVIDENCE_COUNT <= 64, "evidence is a set of bits");

#define DAY_BIT(name) (UINT64_C(1) << DAY_##name)

enum { MOST_DAYS = 64 };

typedef struct day {
    int32_t     number;    /* days since 1970                                 */
    uint64_t    evidence;
    char        iso[32];   /* as the best place writes it, with a time if any */
    uint32_t    rank;      /* of that place                                   */
    const char *origin;
} day;

typedef struct days {
    day      items[MOST_DAYS];
    uint32_t count;
    bool     news, other, byline, label; /* what the page says of itself */
} days;

/* A place that names a day; the value of the highest rank is kept, one with a time
 * of day before one without. Days beyond MOST_DAYS are left out. */
void days_add(days *, const date *, uint64_t evidence, uint32_t rank, const char *origin);
/* When all places are in: what the days are to each other. */
void days_relate(days *);
float day_score(const day *);
/* The day of publication, and how sure it is, 500..1000, against the next best
 * answer; NULL: the page says none. */
const day *days_best(const days *, uint32_t *confidence);

extern const float day_weights[DAY_EVIDENCE_COUNT + 1]; /* the last: of any day */

#endif
