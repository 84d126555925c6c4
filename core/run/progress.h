/* progress - how far a run is, while it runs: a bar on a terminal, a line now
 * and then elsewhere, events as JSON lines; all on standard error.
 *
 * On a terminal a second process walks the inputs ahead and counts them, so that
 * the bar knows how long it will take; without that the end is not known. */
#ifndef GALLEY_RUN_PROGRESS_H
#define GALLEY_RUN_PROGRESS_H

#include <sys/types.h>

#include "run/carry.h"
#include "run/run.h"

typedef struct progress {
    progress_mode mode;
    bool     bar, drawn, colour, told;
    uint64_t started, last;
    uint64_t stopping;            /* monotonic ns: when that was asked for; told: it was said so */
    pid_t    counter;
    struct progress_count *count; /* shared with the counter */
} progress;

/* Before the first input is pulled, when the stages are open. */
void progress_begin(progress *, progress_mode, const plan *, stage_context *, int64_t limit, const shard *);
/* As often as one likes: it looks at the clock and mostly does nothing. */
void progress_tick(progress *, const run_accounts *);
/* Takes the bar away, so that a line can be printed. */
void progress_clear(progress *);
/* A document failed, in this run or an earlier one: a JSON event. True when that
 * said it all. */
bool progress_failed(progress *, const char *uri, const char *stage, const char *reason, bool earlier);
void progress_end(progress *);
/* Members of an event, on standard error, with a comma in front. */
void progress_print_counts(const run_accounts *, double seconds);

#endif
