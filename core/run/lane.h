/* lane - the memory that the supervisor shares with one worker, and the bells
 * that wake either side.
 *
 * Requests go out and results come back through a ring each. What the supervisor
 * writes a worker can only read; a worker sees its own lane alone. A message too
 * large for a ring waits in a file in memory beside it, one at a time: records
 * of hundreds of megabytes pass, while the rings stay small enough for the
 * processor's caches. The supervisor copies a result out before it looks at it,
 * so that nothing changes under it. */
#ifndef GALLEY_RUN_LANE_H
#define GALLEY_RUN_LANE_H

#include "run/message.h"

typedef struct lane lane;

/* Where results are copied to; grows as needed, free() frees .bytes. */
typedef struct inbox {
    char    *bytes;
    size_t   length, capacity;
    gly_str *rendered; /* for result_unpack(); an entry for each stage */
} inbox;

typedef enum lane_state { LANE_EMPTY, LANE_RESULT, LANE_DAMAGED } lane_state;

/* bell: an eventfd of the supervisor's that a worker writes to. NULL with errno
 * set when the system gives no memory or descriptor. */
lane *lane_new(uint16_t stages, int bell);
void lane_free(lane *);
/* Empties it for a new worker. Only when the old one is dead. */
void lane_reset(lane *);

/* ---- supervisor ---- */

/* False when there is no room yet. */
bool lane_send(lane *, const request *);
/* The oldest result, copied into the inbox. */
lane_state lane_receive(lane *, inbox *, carried *, uint64_t *ticket);
/* Lets the worker go on if it waits for requests or for room. */
void lane_wake(lane *);
/* The worker ends when it has done what it was sent. */
void lane_close(lane *);
/* Before and after the supervisor sleeps: the bell is rung once the worker has
 * finished `wake_at` requests in all, has none left, or has no room. */
void lane_listen(lane *, uint64_t wake_at);
void lane_unlisten(lane *);
/* Whether a result waits. */
bool lane_has_result(lane *);
/* What the worker says of itself: not to be trusted. */
uint64_t lane_finished(const lane *); /* requests done since lane_reset() */
const whereabouts *lane_whereabouts(const lane *);
const uint64_t *lane_spent(const lane *);
bool lane_ready(const lane *);    /* all its stages have started      */
bool lane_retiring(const lane *); /* it wants to end and be replaced  */

/* ---- worker ---- */

/* In the child: gives up the right to write what is the supervisor's. */
bool lane_enter(lane *);
/* Waits for a request, which stays valid until lane_done(). False: no more. */
bool lane_take(lane *, request *);
void lane_done(lane *);
/* Waits for room. False when memory ran out. */
bool lane_report(lane *, const carried *, uint64_t ticket);
whereabouts *lane_mark(lane *);
uint64_t *lane_clocks(lane *);
void lane_say_ready(lane *);
void lane_say_retiring(lane *);

#endif
