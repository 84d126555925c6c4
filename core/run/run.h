/* run - documents in motion: a plan is carried out over its inputs.
 *
 * The supervisor (supervisor.c) pulls inputs from the source, worker processes
 * (worker.c) carry documents through the stages and render them, the supervisor
 * writes in input order. Every document is accounted for:
 * inputs + children = written + dropped + failed + ignored + split + unchanged. */
#ifndef GALLEY_RUN_RUN_H
#define GALLEY_RUN_RUN_H

#include "config/plan.h"
#include "run/shard.h"

typedef enum progress_mode { PROGRESS_AUTO, PROGRESS_JSON, PROGRESS_NONE } progress_mode;

typedef struct run_options {
    int64_t workers;        /* -j N; 0: what the plan says      */
    int64_t limit;          /* stop after so many inputs; 0: no */
    bool dry_run;           /* list the plan and the inputs     */
    bool no_isolate;        /* all in one process               */
    bool no_sandbox;        /* workers may write files, open sockets, run programs */
    bool fresh;             /* forget what earlier runs did     */
    bool from_failed;       /* what failed then is tried again  */
    uint16_t from;          /* what came to this stage then is done again; 0: nothing is */
    bool quiet;
    bool watch;             /* go on when inputs come, change or go */
    bool repeats;           /* with watch: a later pass             */
    const shard *shard;     /* one part of a run; NULL: all of it   */
    const plan *whole;      /* with shard: the plan of all of it    */
    progress_mode progress;
    const char *command;    /* the command line, for galley status; NULL: not known */
    const char *again;      /* the command line without its inputs; NULL: not known */
    const char *accounts;   /* --accounts FILE: a line for each input; NULL: none */
} run_options;

typedef struct run_accounts {
    uint64_t inputs, children; /* documents, from the source and made by split stages */
    uint64_t written, dropped, failed, ignored, split, unchanged;
    uint64_t failed_children; /* of failed                     */
    uint64_t failed_before;    /* of failed: in an earlier run, and not tried again */
    uint64_t bytes;            /* fetched                       */
    uint64_t workers_lost;     /* they crashed or were killed   */
    uint64_t vanished;         /* inputs of the last run that are gone */
    bool absent;               /* there is nothing to read, where earlier runs found inputs */
    bool output_failed;        /* a sink could not write, or the source not go on */
} run_accounts;

/* Returns the exit status of DESIGN: 0 all accounted for and none failed, 1
 * some failed, 2 usage, 3 nothing could be processed (no input at all, or all
 * ignored or failed) or an output could not be written, 130 interrupted.
 * accounts may be NULL. */
int run_plan(plan *, const run_options *, run_accounts *accounts);

#endif
