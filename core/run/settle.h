/* settle - what a process that runs stages does before its first document. */
#ifndef GALLEY_RUN_SETTLE_H
#define GALLEY_RUN_SETTLE_H

#include "run/worker.h"

/* The terminal's ^C goes to all processes of a group: only the supervisor obeys. */
void settle_signals(void);
/* Standard input is /dev/null, standard output is standard error. */
void settle_descriptors(void);
/* 'memory' comes on top of what is there: models and libraries are shared. A core
 * file for each bad document would fill the disk; --no-isolate leaves one. */
void settle_limits(uint64_t memory);

/* The stages of this process: those that need the network, or those that do not. It
 * ends where one cannot start; that was printed. */
void settle_start(const worker_setup *, bool network);
void settle_finish(const worker_setup *, bool network);

/* The descriptor that the next open() takes; -1: none is left. */
int settle_lowest_free(void);
/* Whether so many have been opened since, and kept, that stages must leak them. */
bool settle_leaks(int lowest_free);

#endif
