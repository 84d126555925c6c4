/* counters - what stages count, for the summary at the end of a run.
 *
 * The table is memory that all processes of a run share: what a worker counted
 * stays when it dies. Its slots are claimed without a lock, so a worker that is
 * killed holds up nobody. Workers may have scribbled on it: what is read is
 * bounded, not trusted. */
#ifndef GALLEY_RUN_COUNTERS_H
#define GALLEY_RUN_COUNTERS_H

#include <stdbool.h>
#include <stdint.h>

enum { COUNTER_NAME = 40 }; /* bytes, with the NUL; longer names are cut */

typedef struct counters counters;

typedef struct counter_total {
    uint16_t stage;              /* its place in the pipeline */
    char     name[COUNTER_NAME];
    int64_t  value;
} counter_total;

/* Before workers are forked. NULL: no memory; nothing is counted then. */
counters *counters_new(void);
void counters_free(counters *);
/* From any process. Names beyond the first 128 of a run are not counted. */
void counters_add(counters *, uint16_t stage, const char *name, int64_t delta);
/* The next total, in the order in which they were counted first; *at begins at 0.
 * False: there are no more. */
bool counters_next(const counters *, unsigned *at, counter_total *);

#endif
