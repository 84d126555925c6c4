/* lastrun - what the last run into an output folder was: OUT/.galley/run.
 *
 * A text of lines "name value", written when a run begins and again when it ends, so
 * that one that was cut off is told from one that came to its end. It is there for
 * people alone: nothing that a later run does depends on it. */
#ifndef GALLEY_RUN_LASTRUN_H
#define GALLEY_RUN_LASTRUN_H

#include "run/journal.h"

typedef struct runner runner;

typedef struct lastrun_sink {
    char stage[64];
    char path[4096];      /* of its output; "": not known */
} lastrun_sink;

typedef struct lastrun {
    int64_t  started, ended; /* seconds since 1970; ended 0: it was cut off, or goes on */
    int      exit;           /* its status                        */
    double   seconds;
    uint64_t inputs, children, written, dropped, failed, ignored, split, unchanged;
    uint64_t lost;           /* children that failed: of `failed` */
    char    *again;          /* its command without the inputs; NULL: not known */
    uint16_t sinks;          /* those with a journal, in order    */
    lastrun_sink *sink;
} lastrun;

/* ended = false: it begins. A file that cannot be written earns a warning. */
void lastrun_write(const runner *, bool ended, int status);
/* False when there is none. lastrun_free() in either case. */
bool lastrun_read(lastrun *, const char *out);
void lastrun_free(lastrun *);

#endif
