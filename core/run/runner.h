/* runner - what the loops of a run share: the plan, its open stages, accounts. */
#ifndef GALLEY_RUN_RUNNER_H
#define GALLEY_RUN_RUNNER_H

#include "run/accounts.h"
#include "run/carry.h"
#include "run/counters.h"
#include "run/lastrun.h"
#include "run/ledger.h"
#include "run/quarantine.h"
#include "run/run.h"

typedef struct runner {
    plan              *plan;
    const run_options *options;
    stage_context     *stages;
    accounts           accounts;
    ledger             ledger;
    run_accounts       safe;    /* as of the last commit                    */
    bool               resumed; /* the ledger is: the run has begun         */
    quarantine         quarantine;
    uint64_t          *spent;   /* ns in each stage, all processes together */
    counters          *counters; /* what stages counted; NULL: no memory    */
    uint64_t           pulled;  /* inputs from the source                   */
    gly_item           held;    /* pulled and put back, when holds          */
    bool               holds;
    bool               reader_gone; /* of standard output: the run ends quietly */
    bool               stopped; /* the source was not pulled to its end     */
    bool               ended;   /* it was                                   */
    shard_log          shard;   /* with options->shard                      */
    gly_item           here;    /* --no-isolate: the input in hand          */
    known_input       *known;   /* and what the last run made of it         */
    bool               streams; /* the source was waited for                */
    uint64_t           handed;  /* monotonic ns: runner_hand_on()           */
    int                bell;    /* eventfd that workers and signals ring     */
} runner;

/* Pulls the next input. False when there is none: the source is at its end or
 * cannot go on, the limit is reached, or the user asked to stop. */
bool runner_pull(runner *, gly_item *);
/* Writes what a document became and accounts for it. False when a sink could
 * not write: the run ends. */
bool runner_settle(runner *, const carried *);
/* Accounts for an input that the source itself passed over or refused. False as
 * above. */
bool runner_judge(runner *, const gly_item *, gly_str reason);
/* Takes over what the last run made of an input. False as above. */
bool runner_keep(runner *, known_input *, gly_str uri, uint64_t stamp);
/* The descriptor to wait for before runner_pull(); -1: none. */
int runner_waits(runner *);
/* Hands on what a source that streams has brought so far, before the supervisor
 * sleeps: somebody may wait for it. idle: nothing is in hand. */
bool runner_hand_on(runner *, bool idle);
/* Now and then: shows progress, makes durable what is done. False when that
 * failed: the run ends. */
bool runner_tick(runner *);

/* All inputs through worker processes; supervisor.c. */
void supervise(runner *);

#endif
