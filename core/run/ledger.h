/* ledger - what an output folder remembers from run to run: OUT/.galley/journal.
 *
 * Inputs come in the same order each time. As long as they are those of the last
 * run, in that order and unchanged, they are passed over, and what comes behind
 * all of them is added to the outputs. When something differs before that, the run
 * makes a new edition (edition.h): what has not changed is taken over from the
 * present outputs, the rest is made, and the outcome is that of one quiet run.
 * Where a sink cannot take over, all from the first difference on is done again;
 * with another config, or another version of a stage, all is.
 *
 * Inputs are looked up when they are pulled (ledger_find) and put down in order
 * when they are done (ledger_keep, ledger_add); the two may lie some way apart. */
#ifndef GALLEY_RUN_LEDGER_H
#define GALLEY_RUN_LEDGER_H

#include "run/journal.h"
#include "run/pool.h"
#include "run/run.h"

typedef struct runner runner;

/* How many runs an input must have had in hand when they died, before it is refused. */
enum { LEDGER_STRIKES = 3 };

typedef struct ledger_mark { /* an entry of the journal that is out of date */
    uint64_t ordinal, stamp;
    bool     vanished;
} ledger_mark;

typedef struct ledger {
    bool     on;
    bool     keeps;                /* all sinks can take over                  */
    bool     adding;               /* in place, and all of the last run is behind us */
    bool     beside;               /* a new edition is written                 */
    bool     begun;                /* the journal says that a run is going on  */
    bool     careful;              /* runs before this one died: one input at a time */
    uint32_t wary;                 /* careful: for so many inputs more         */
    uint64_t suspect;              /* key of the input that they died of; 0: none */
    journal  journal;              /* of the present edition                   */
    journal  next;                 /* of the new one; open when beside         */
    bool     finished;             /* the run came to its end                  */
    bool     unseen;               /* some of the last run were not looked for */
    uint64_t inputs;               /* inputs_identity() when all were seen last; 0: never */
    const plan *plan;
    char    *path, *next_path;
    uint64_t pipeline;
    stage_print *stages;           /* of the plan                              */
    uint16_t from;                 /* what came to this stage is done again; 0: nothing is */
    bool     differs;              /* from it on the pipeline is another than the journal's */
    uint16_t sinks[JOURNAL_SINKS]; /* their places in the pipeline             */
    uint16_t sink_count;
    uint64_t begin[JOURNAL_SINKS]; /* positions before the first input         */
    uint64_t here[JOURNAL_SINKS];  /* in place: behind what is passed over     */
    uint64_t ordinal;              /* and that of the input to come            */
    pool     pool;                 /* inputs of the last run that were not passed over at once */
    uint64_t settled;              /* in place: those of the pool that are passed over */
    ledger_mark *marks;            /* of those passed over: what is new of them */
    size_t   mark_count;
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
/* Before it is looked up: refuses an input that has killed run after run. */
void ledger_suspect(const ledger *, gly_item *);
/* An input that was pulled: what the last run made of it, or NULL. *same: it has
 * not changed, ledger_keep() is all that is to be done. Else its bytes are to be
 * held against ->content. */
known_input *ledger_find(ledger *, runner *, const gly_item *, bool *same);
/* An input is as the last run left it. False: the reason was printed. */
bool ledger_keep(ledger *, runner *, const known_input *, gly_str uri, uint64_t stamp);
/* An input that is known could not be read: it is a failure of this run, but what the
 * last one made of it stays, until it can be read again. False: as above. */
bool ledger_keep_unread(ledger *, runner *, const carried *);
/* Before anything new of an input (or of a child of it) is written. False: the
 * reason was printed. */
bool ledger_make_way(ledger *, runner *);
/* An input (not a child) is done and written. */
void ledger_add(ledger *, runner *, const carried *);
/* Makes durable what is done, if it is time or `at_once` is set.
 * False: a sink or the journal could not be written; the reason was printed. */
bool ledger_commit(ledger *, runner *, bool at_once);
/* All that could be done is done: commits, deals with inputs that are gone, puts a
 * new edition in its place. False: the reason was printed. */
bool ledger_finish(ledger *, runner *);
void ledger_close(ledger *);
/* OUT/.galley/journal; to be freed. */
char *ledger_path(const char *out);

/* ---- for resume.c, edition.c and vanished.c ---- */

/* Whether an entry of this journal says of an input what is to be said again. retry:
 * not when it failed. */
bool ledger_is_still_so(const ledger *, const runner *, const journal *, const journal_entry *, const gly_item *,
                        bool retry);
/* What is known of an input that is passed over goes to the accounts. */
void ledger_account(runner *, gly_str uri, uint32_t was, gly_str stage, gly_str reason);
/* Where a sink writes; "": it does not say. And the bytes there; 0: it is no file. */
gly_str ledger_output(const plan_stage *);
uint64_t ledger_output_size(const plan_stage *);

/* What a journal of this run begins with; lives as long as the ledger. */
journal_title ledger_title(const ledger *, const runner *);
/* What is new of an entry of the journal; in order. */
void ledger_mark_entry(ledger *, uint64_t ordinal, uint64_t stamp, bool vanished);
gly_stage *ledger_sink(const ledger *, const runner *, uint16_t i);
void ledger_positions(const ledger *, const runner *, uint64_t *);
/* Prints that the sink, or (NULL) the journal, cannot be written. False. */
bool ledger_fails(const ledger *, const gly_stage *);
/* The same of the sink that has given a reason. */
bool ledger_sinks_fail(const ledger *, const runner *);
bool ledger_flush(const ledger *, const runner *);
gly_status ledger_put_sinks(const ledger *, const runner *, const uint64_t *positions);

#endif
