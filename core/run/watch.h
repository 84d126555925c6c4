/* watch - a run that goes on: when inputs come, change or go, it is done again.
 *
 * The folders of the inputs are watched (inotify) from before the first pass, so
 * that nothing is missed; folders that come later are, too. A pass begins once
 * nothing has happened for a moment, and is a run like any other: what has not
 * changed is passed over. A file that is still being written counts from when it
 * is closed. Links are not followed: what changes behind them is seen in the next
 * pass. Where the system refuses to watch, all is looked at every few seconds. */
#ifndef GALLEY_RUN_WATCH_H
#define GALLEY_RUN_WATCH_H

#include "run/run.h"

/* One run over all inputs. */
typedef int watch_pass(plan *, const run_options *, run_accounts *, int bell);

/* Passes until ^C or SIGTERM, or until an output fails. Gives the exit status.
 * bell: of signals_install(). last: of the last pass; may be NULL. */
int watch_run(plan *, const run_options *, run_accounts *last, int bell, watch_pass *);

#endif
