/* pool - the inputs of the last run, to be found by name.
 *
 * Inputs mostly come in the order of last time, so the one after the last found
 * is looked at first; a table of keys finds the others. */
#ifndef GALLEY_RUN_POOL_H
#define GALLEY_RUN_POOL_H

#include "run/journal.h"

typedef struct known_input {
    uint64_t key, ordinal, stamp, content; /* as in its journal_entry            */
    uint64_t nanoseconds;
    uint64_t index;                        /* its place in the pool              */
    gly_str  stage, reason;                /* live as long as the journal        */
    uint32_t children, attempts;
    uint8_t  outcome;
    bool     vanished;                     /* it was gone already                */
    bool     seen;                         /* it is there in this run            */
} known_input;

typedef struct pool {
    known_input *inputs;
    uint64_t    *positions; /* begin and end for each sink, input by input */
    uint64_t     count, expected;
    uint16_t     sinks;
    uint32_t    *slots;     /* index + 1; 0: free                          */
    uint64_t     capacity;
} pool;

/* Fills it with the entries from this ordinal on. The journal must outlive it. */
void pool_fill(pool *, const journal *, uint64_t ordinal);
void pool_free(pool *);
/* NULL: not there. */
known_input *pool_find(pool *, uint64_t key);
/* Where its bytes begin and end, in each sink. */
const uint64_t *pool_begins(const pool *, const known_input *);
const uint64_t *pool_ends(const pool *, const known_input *);

#endif
