/* worker - the process that carries documents for the supervisor. Beside it, when a
 * stage needs the network, is a companion of its own.
 *
 * It lives from a fork of the supervisor, in which all stages are open, until its
 * lane is closed, a stage kills it, or its supervisor is gone. Standard input is
 * /dev/null there and standard output is standard error, so that a stage that
 * prints cannot mix with the data. */
#ifndef GALLEY_RUN_WORKER_H
#define GALLEY_RUN_WORKER_H

#include <sys/types.h>

#include "run/lane.h"

typedef struct worker_setup {
    const plan    *plan;
    stage_context *stages;
    pid_t          supervisor;
    bool           no_sandbox;
} worker_setup;

enum { WORKER_CANNOT_START = 121 }; /* exit status; the reason was printed */

/* In the child, with signals blocked. */
_Noreturn void worker_main(const worker_setup *, lane *);

#endif
