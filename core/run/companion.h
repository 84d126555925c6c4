/* companion - the process beside a worker in which stages that need the network run.
 *
 * A worker that parses what came from outside may open no socket. So in a plan with
 * stages flagged GLY_STAGE_NETWORK each worker forks a companion before either has
 * seen a byte: those stages live there, from start() to finish(), all others in the
 * worker, and each process has a sandbox of its own. The two take turns. They share
 * no document: the worker sends a copy, the companion sends back what the stage did
 * to its own, and each checks what it is sent (document/parcel.h). A stage that
 * follows another one of them finds the document there already.
 *
 * They live and die together. When the companion crashes, or ends, the worker ends
 * in the same way, with the same document and stage in hand, so that the supervisor
 * need not know; the kernel ends a companion whose worker is gone. */
#ifndef GALLEY_RUN_COMPANION_H
#define GALLEY_RUN_COMPANION_H

#include "run/call.h"
#include "run/worker.h"

typedef struct companion companion;

/* Forks it: in the worker, before the sandbox. NULL with errno set when the system
 * gives no process or memory. It gives up the lane. */
companion *companion_start(const worker_setup *, lane *);
/* Waits until its stages have started. */
void companion_ready(companion *);
/* As call_stage(), there. known: it has the document as it is, from the last call. */
gly_status companion_call(companion *, document *, call *, bool known, uint64_t deadline);
/* Whether it leaks descriptors: both should be replaced. */
bool companion_worn(const companion *);
/* Its stages finish, and it ends. */
void companion_end(companion *);

#endif
