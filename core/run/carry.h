/* carry - one document through all stages of a plan, to the bytes of its sinks.
 *
 * This is the whole of what a worker does with an input; of processes it knows that
 * a companion, where there is one, makes the calls that need the network. A split stage makes many documents of one: each goes through the
 * stages that follow, and is delivered, before the next is made. A document that
 * cannot go on ends with an outcome, a stage and a reason, and leaves nothing
 * behind. */
#ifndef GALLEY_RUN_CARRY_H
#define GALLEY_RUN_CARRY_H

#include <stdatomic.h>

#include "config/plan.h"
#include "document/document.h"

typedef enum outcome {
    OUTCOME_WRITTEN, OUTCOME_DROPPED, OUTCOME_FAILED, OUTCOME_IGNORED,
    OUTCOME_SPLIT,      /* its children went on in its place           */
    OUTCOME_UNCHANGED,  /* an earlier run has done it                  */
    OUTCOMES
} outcome;

typedef struct carried { /* what became of one document */
    outcome        outcome;
    uint16_t       stage;       /* where it ended; 0 when it was written     */
    uint32_t       depth;       /* 0: the input itself; 1: a child of it ... */
    uint32_t       children;    /* of OUTCOME_SPLIT                          */
    uint64_t       nanoseconds;
    uint64_t       bytes;       /* as fetched                                */
    uint64_t       content;     /* hash of all that was fetched; 0: not known      */
    uint64_t       memory;      /* bytes of its arena                        */
    uint64_t       stamp;       /* of the input; 0: not known. Not the carrier's */
    struct known_input *known;  /* of the last run, when it is there. Not the carrier's */
    bool           unread;      /* it failed as it could not be read: the next run tries it again */
    uint32_t       attempts;    /* workers that had it, when more than one. Not the carrier's */
    gly_str        id;          /* of the input; gly_item.id. Not the carrier's */
    gly_str        input, locator; /* of the input, as the source says. Not the carrier's */
    const struct rusage *worker; /* that was lost with it; NULL: none. Not the carrier's */
    gly_str        raw;         /* bytes as fetched, of what failed; ptr NULL: none */
    gly_str        uri, reason;
    const gly_str *rendered;    /* one for each stage; ptr NULL: none. NULL: none at all */
} carried;

/* Where a carrier is: written by it, read by whoever watches (its memory may be
 * shared between processes). */
typedef struct whereabouts {
    _Atomic uint64_t ticket;    /* the owner's name for the input in hand; 0: none */
    _Atomic uint64_t started;   /* monotonic ns: the document in hand              */
    _Atomic uint64_t called;    /* monotonic ns: the call in hand                  */
    _Atomic uint32_t stage;     /* of the call in hand                             */
    _Atomic uint32_t depth;     /* of the document in hand                         */
} whereabouts;

typedef enum salvage { /* of an input whose worker was lost: its bytes are fetched again */
    SALVAGE_NONE,
    SALVAGE_INPUT,   /* it fails as soon as it is there                      */
    SALVAGE_CHILD,   /* so does its first child after `skip`; the rest goes on */
    SALVAGE_NOW      /* the carrier's: the document in hand is it             */
} salvage;

typedef struct carrier {
    const plan    *plan;
    stage_context *stages;
    whereabouts   *at;
    uint64_t      *spent;       /* ns in each stage; adds up                       */
    document      *docs[9];     /* by depth: parents live on while children pass   */
    uint32_t       depth;       /* of the document in hand                         */
    uint32_t       skip;        /* children of the input to pass over              */
    uint64_t       content;     /* hash of what was fetched; 0: nothing yet        */
    salvage        salvage;     /* of the input, and then of the document in hand  */
    gly_str       *rendered;
    uint64_t       clock;       /* when the last call ended                        */
    bool           refused;     /* deliver() said to stop                          */
    struct companion *companion; /* NULL: all calls are made here. Set by the owner */
    const document *shared;     /* the companion has it just as it is; or NULL     */
    bool (*deliver)(void *owner, const carried *); /* false: stop                  */
    void          *owner;
} carrier;

uint64_t monotonic_ns(void);
/* at and spent (an entry for each stage) are borrowed; deliver and owner are set
 * by the caller. */
bool carrier_init(carrier *, const plan *, stage_context *, whereabouts *at, uint64_t *spent);
void carrier_free(carrier *);
typedef struct errand { /* one input, and what is known of it already */
    uint64_t ordinal;
    gly_str  uri, locator;
    uint32_t skip;        /* children passed over, because they were delivered before */
    uint64_t content;     /* hash of the bytes that an earlier run has done; 0: none  */
    salvage  salvage;
} errand;

/* Fetches one input and carries it; delivers each of its children and then
 * itself. One whose bytes are done already ends as OUTCOME_UNCHANGED. */
void carry(carrier *, const errand *);
/* Whether the time for the call in hand is over: the host's stop(). */
bool carrier_late(const carrier *);
/* When it is over, by this plan; UINT64_MAX: never. */
uint64_t carrier_deadline(const plan *, uint64_t started, uint64_t called, uint32_t stage);

#endif
