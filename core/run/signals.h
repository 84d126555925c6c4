/* signals - ^C, SIGTERM and the death of children, as things to look at.
 *
 * The first ^C or SIGTERM asks for an orderly end; the second ends the process
 * at once (workers die with it). */
#ifndef GALLEY_RUN_SIGNALS_H
#define GALLEY_RUN_SIGNALS_H

/* bell: an eventfd that each signal writes to; -1: none. */
void signals_install(int bell);
/* The signal that asked for the end; 0: none yet. */
int signals_stop(void);

#endif
