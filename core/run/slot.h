/* slot - an input between the source and the sinks: its names, who carries it,
 * and what has been said of it.
 *
 * Answers are settled in the order of the inputs, so they wait in the lane of the
 * worker that gave them. When that worker dies its lane is needed for the next
 * one: what still lies there is put aside in the slots of its inputs. All of it
 * is the supervisor's alone. */
#ifndef GALLEY_RUN_SLOT_H
#define GALLEY_RUN_SLOT_H

#include <sys/resource.h>

#include "run/carry.h"

typedef struct loss { /* a document whose worker was lost */
    uint16_t      stage;
    bool          child;    /* the document is one, not the input itself    */
    uint32_t      number;   /* of the child, from 1                         */
    uint32_t      attempts;
    uint64_t      nanoseconds;
    struct rusage usage;
    char          reason[256];
} loss;

typedef struct answer answer;

typedef enum slot_state { SLOT_WORKING, SLOT_SETTLED } slot_state;

typedef struct slot {
    slot_state  state;
    uint16_t    worker;
    uint16_t    deaths;     /* workers killed from outside with it in hand */
    uint16_t    false_starts, damages;
    uint64_t    ticket;     /* of the request that will be answered        */
    uint64_t    stamp;
    struct known_input *known; /* of the last run                          */
    bool        same;       /* and not changed: its bytes are taken over   */
    uint32_t    children;   /* answered so far                             */
    loss       *lost;       /* its bytes are fetched by another worker; or NULL */
    answer     *aside, *newest; /* answers of workers that are dead        */
    gly_verdict verdict;    /* of SLOT_SETTLED                             */
    char       *text;       /* uri, id, and locator or reason              */
    size_t      capacity;
    uint32_t    uri, id, rest; /* their lengths                            */
} slot;

static inline gly_str slot_uri(const slot *d)
{
    return (gly_str){ d->text, d->uri };
}

static inline gly_str slot_id(const slot *d)
{
    return (gly_str){ d->text + d->uri, d->id };
}

static inline gly_str slot_rest(const slot *d)
{
    return (gly_str){ d->text + d->uri + d->id, d->rest };
}

/* Makes it that of a new input; the texts are copied. */
void slot_fill(slot *, gly_str uri, gly_str id, gly_str rest);
/* Its input is done. Memory of common size is kept for the next. */
void slot_leave(slot *);
void slot_free(slot *);

/* Puts the packed result of `length` bytes aside, NULL for none, and what was lost,
 * or NULL, which is the slot's to free from here on. last: nothing follows it. */
void slot_put_aside(slot *, loss *, const char *result, size_t length, bool last);

/* The oldest answer that was put aside, valid until slot_drop_aside(). */
typedef struct aside {
    loss       *lost;
    const char *result; /* NULL: none */
    size_t      length;
    bool        last;
} aside;

/* False: there is none. */
bool slot_look_aside(const slot *, aside *);
void slot_drop_aside(slot *);

#endif
