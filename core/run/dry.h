/* dry - what a run would do: its stages, and its inputs by type. */
#ifndef GALLEY_RUN_DRY_H
#define GALLEY_RUN_DRY_H

#include "config/plan.h"

/* Opens the source alone and walks it; nothing is read from an input or written.
 * Prints to standard output; returns the exit status. limit: stop after so many;
 * 0: no. */
int dry_run(const plan *, int64_t limit);

#endif
