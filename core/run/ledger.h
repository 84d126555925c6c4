/* ledger - what an output folder remembers from run to run: OUT/.galley/journal.
 *
 * Inputs come in the same order each time. As long as they are those of the last
 * run, in that order and unchanged, they are passed over; from the first that is
 * not, the sinks go back to their position before it and all that follows is done
 * again. So a run that was killed is taken up where it was, new files at the end
 * cost themselves alone, and the output is always that of one quiet run. Another
 * config, or another version of a stage, means all again. */
#ifndef GALLEY_RUN_LEDGER_H
#define GALLEY_RUN_LEDGER_H

#include "run/journal.h"
#include "run/run.h"

typedef struct runner runner;

typedef struct ledger {
    bool     on;
    journal  journal;
    char    *path;
    uint64_t pipeline;
    uint16_t sinks[JOURNAL_SINKS]; /* their places in the pipeline */
    uint16_t sink_count;
    uint64_t begin[JOURNAL_SINKS]; /* positions before the first input */
    uint64_t committed;            /* monotonic ns: the end of the last commit */
    uint64_t took;                 /* ns: how long it took                     */
} ledger;

/* Whether runs of this plan keep a journal: it has an output folder, and all sinks
 * write below it and can go back. */
bool ledger_wanted(const plan *);
/* Before the stages are opened: takes the lock. Off when the plan has no output
 * folder or a sink that cannot go back. False: the reason was printed. */
bool ledger_open(ledger *, const plan *);
/* When they are open: passes over what is done, through runner_pull(), and puts
 * the sinks where they go on. False: the reason was printed. */
bool ledger_resume(ledger *, runner *);
/* An input (not a child) is done and written. */
void ledger_add(ledger *, runner *, const carried *);
/* Makes durable what is done, if it is time or `at_once` is set.
 * False: a sink or the journal could not be written; the reason was printed. */
bool ledger_commit(ledger *, runner *, bool at_once);
void ledger_close(ledger *);
/* OUT/.galley/journal; to be freed. */
char *ledger_path(const char *out);

#endif
