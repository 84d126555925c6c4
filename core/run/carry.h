/* carry - one document through all stages of a plan, to the bytes of its sinks.
 *
 * This is the whole of what a worker does with an input; it knows nothing of
 * processes. A document that cannot go on ends with an outcome, a stage and a
 * reason, and leaves nothing behind. */
#ifndef GALLEY_RUN_CARRY_H
#define GALLEY_RUN_CARRY_H

#include "config/plan.h"
#include "document/document.h"

typedef enum outcome { OUTCOME_WRITTEN, OUTCOME_DROPPED, OUTCOME_FAILED, OUTCOME_IGNORED } outcome;

typedef struct carrier {
    const plan    *plan;
    stage_context *stages;
    document      *doc;
    gly_str       *rendered;   /* for each stage: what its render() gave      */
    uint64_t       started;    /* monotonic ns; 0 = no document in hand       */
    int64_t        timeout;    /* ns for the call in hand                     */
    bool           stopping;   /* the user asked to stop at once              */
    outcome        outcome;    /* of the last document                        */
    uint16_t       stage;      /* where it ended                              */
    char           reason[512];
} carrier;

uint64_t monotonic_ns(void);
bool carrier_init(carrier *, const plan *, stage_context *);
void carrier_free(carrier *);
/* Fetches and carries one input. What was rendered is valid until the next. */
void carry(carrier *, uint64_t ordinal, gly_str uri, gly_str locator);
/* Whether the time for the call in hand is over: the host's stop(). */
bool carrier_late(const carrier *);

#endif
