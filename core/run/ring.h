/* ring - messages in one direction between two processes, through memory that
 * both see: one writes, one reads, nobody locks.
 *
 * Each side holds a ring of its own with its own position in it; what it reads
 * of the other side's is checked, because the memory may have been scribbled on.
 * Messages lie in one piece. Positions only grow, so that full and empty differ. */
#ifndef GALLEY_RUN_RING_H
#define GALLEY_RUN_RING_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef _Atomic uint64_t ring_position;

typedef struct ring {
    char          *bytes;
    uint32_t       size;     /* a power of two                                 */
    ring_position *written;  /* shared; the writer's                           */
    ring_position *taken;    /* shared; the reader's                           */
    uint64_t       mine;     /* this side's position: never read back          */
    uint32_t       pending;  /* bytes reserved or looked at, not yet published */
} ring;

typedef enum ring_state { RING_EMPTY, RING_MESSAGE, RING_DAMAGED } ring_state;

typedef struct ring_message {
    const char *bytes;
    uint32_t    length, mark;
} ring_message;

/* Messages up to this length always fit into an empty ring. */
static inline uint32_t ring_most(const ring *r)
{
    return r->size / 2 - 64;
}

/* Writer. Room for a message, or NULL while there is none. mark travels along.
 * ring_publish() makes it visible. */
char *ring_reserve(ring *, uint32_t length, uint32_t mark);
void ring_publish(ring *);
/* Whether the reader has taken all. */
bool ring_drained(const ring *);

/* Reader. The oldest message, which stays where it is until ring_release(). */
ring_state ring_look(ring *, ring_message *);
void ring_release(ring *);

#endif
