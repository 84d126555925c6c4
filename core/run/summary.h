/* summary - the end of a run in a few lines on standard error.
 *
 * inputs + children = written + dropped + failed + ignored + split + unchanged; after
 * a longer run where the time went; after failures what is kept and what to type
 * next. With --progress=json the same as the event "end". */
#ifndef GALLEY_RUN_SUMMARY_H
#define GALLEY_RUN_SUMMARY_H

typedef struct runner runner;

/* status: the exit status that follows. */
void summary_print(const runner *, int status);
void summary_event(const runner *, int status);

#endif
