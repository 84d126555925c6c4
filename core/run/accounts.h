/* accounts - what became of each document: counted and told. */
#ifndef GALLEY_RUN_ACCOUNTS_H
#define GALLEY_RUN_ACCOUNTS_H

#include <stdio.h>

#include "run/carry.h"
#include "run/progress.h"
#include "run/run.h"

enum {
    SLOWEST = 5,
    FAILURES_SHOWN = 20 /* as they come, and as many known ones; the rest is counted */
};

typedef struct slow_document {
    char    *uri;
    uint64_t nanoseconds;
} slow_document;

typedef struct accounts {
    run_accounts  counts;
    FILE         *file;     /* a JSON line for each; NULL: none */
    progress     *progress; /* told of each failure             */
    bool          known;    /* what comes next failed in an earlier run */
    bool          told;     /* and was told before              */
    uint64_t      shown;    /* failures that need no more words */
    slow_document slowest[SLOWEST]; /* slowest first            */
    uint64_t      started;  /* monotonic ns                     */
    int64_t       began;    /* seconds since 1970               */
} accounts;

/* False when `file` (NULL: none) cannot be written; the reason was printed. */
bool accounts_open(accounts *, const char *file, progress *);
/* One document, with the name of the stage where it ended. Failures are told on
 * standard error, up to a number. */
void accounts_add(accounts *, const carried *, const char *stage);
/* False when the file could not be written to its end. */
bool accounts_close(accounts *);

#endif
