/* crew - the worker processes: forked when needed, watched, killed when late.
 *
 * Each member has a lane and a queue of inputs, by ordinal, in the order in which
 * it will answer. What a worker says of itself is only ever used to schedule, to
 * explain, and to end it sooner; the queue is the supervisor's own. */
#ifndef GALLEY_RUN_CREW_H
#define GALLEY_RUN_CREW_H

#include <sys/resource.h>

#include "run/worker.h"

enum { QUEUE_MOST = 256 /* with those whose answers wait for their turn */ };

typedef struct member {
    lane    *lane;
    pid_t    pid;        /* 0: no process                                  */
    bool     dead;       /* it has ended; results may still lie in its lane */
    bool     late;       /* killed because its time was over               */
    bool     damaged;    /* killed because its lane held rubbish           */
    int      status;     /* of wait4(), when dead                          */
    struct rusage usage; /* of all its documents, when dead                */
    uint64_t ended;      /* monotonic ns, when dead: when that was seen    */
    uint64_t queued, sent, answered; /* inputs, since it was forked        */
    uint64_t heard;      /* monotonic ns: its last sign of life            */
    uint64_t queue[QUEUE_MOST]; /* [answered, queued) modulo its size      */
} member;

typedef struct crew {
    worker_setup setup;
    member      *members;
    uint16_t     count;
    uint64_t     longest;  /* ns that a document can take at most; 0: no limit */
    uint64_t    *spent;    /* ns by stage, of workers that have ended          */
    bool         adopts;   /* companions of workers that were killed come to us */
} crew;

/* False when the system gives no memory; the reason was printed. Nothing is
 * forked yet. */
bool crew_init(crew *, const worker_setup *, uint16_t workers, int bell, uint64_t *spent);
void crew_free(crew *);

/* Inputs queued and not done, as far as one can tell. */
uint64_t member_backlog(const member *);
/* Forks it, with what is queued to be sent anew. False: fork failed, printed. */
bool crew_start(crew *, member *);
/* Notes who has ended. True when somebody has. */
bool crew_reap(crew *);
/* Kills whoever is late; returns the time at which the next may be. */
uint64_t crew_watch(crew *);
/* Kills it and waits for its end. */
void crew_kill(member *);
/* Forgets the dead process; its queue stays. */
void crew_bury(crew *, member *);
/* Ends all: those that are well get time to finish. */
void crew_end(crew *, bool at_once);

#endif
