/* report - problems with a place, gathered so that a user sees all at once.
 *
 * Messages read "place: error: what is wrong; what to do": lower case, no full
 * stop, what the user wrote in 'single quotes'. */
#ifndef GALLEY_BASE_REPORT_H
#define GALLEY_BASE_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

typedef enum severity { SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR } severity;

typedef struct place { /* file NULL: the command line or no file; line 0: none */
    const char *file;
    int line, column;
} place;

typedef struct problem {
    severity severity;
    place    at;     /* file is owned by the report */
    char    *text;
    char    *source; /* the offending line, or NULL */
    int      caret;  /* column of it to point at, from 1; 0: none */
} problem;

typedef struct report {
    problem *problems;
    size_t   count, capacity;
    size_t   errors, warnings;
} report;

/* Adds one problem. Copies everything. Never fails: memory that runs out while
 * a config is being read ends the process (base/memory.h). */
__attribute__((format(printf, 4, 5)))
void report_add(report *, severity, place, const char *format, ...);
/* Attaches the source line to the problem added last, with a caret under one of
 * its bytes (from 1; 0: none). Of a long line the part around it is shown. */
void report_source(report *, const char *line, size_t length, int caret);
/* All problems, by file in order of first mention, then line and column; one
 * line each, "file:line:column: error: ...", and the source line where there is
 * one. */
void report_print(const report *, FILE *);
void report_free(report *);

#endif
