/* merge - the parts of a run proved complete, and put together.
 *
 * Each shard's journal says what became of each of its inputs and where its bytes
 * lie in each output; its log (shard.h) at which places its inputs stand among
 * all. When all parts are there, finished, of one pipeline and of the same inputs,
 * and each place is taken by one of them, then the parts are the whole: outputs
 * are taken over range by range in the order of the source, so that they are what
 * one run would have written, and a journal is, too. */
#ifndef GALLEY_RUN_MERGE_H
#define GALLEY_RUN_MERGE_H

#include "run/journal.h"
#include "run/shard.h"

typedef struct merge_part {
    shard          shard;
    char          *folder;  /* OUT/shards/3-of-8                       */
    shard_state    state;
    shard_head     head;    /* of a finished one                       */
    uint64_t      *places;
    int64_t        age;     /* when it finished, for comparison        */
    journal        journal;
    journal_status opened;  /* of the journal; read lock held when OPEN */
    journal_cursor at;
} merge_part;

typedef struct merge {
    char       *out;        /* absolute                                */
    merge_part *parts;      /* by number                               */
    uint32_t    count;
    uint64_t    seen;       /* inputs in all                           */
    uint32_t   *owners;     /* by place: the index of its part         */
    uint64_t    outcomes[OUTCOMES], children;
    uint64_t    problems;   /* told so far                             */
} merge;

/* Finds and reads the shards below OUT. False: there are none, or of different
 * counts; the reason was printed. merge_free() afterwards in any case. */
bool merge_read(merge *, const char *out);
void merge_free(merge *);
/* Prints all that is missing or wrong, and what to type. True when nothing is. */
bool merge_verify(merge *);
/* After that: writes the whole into OUT. False: the reason was printed. */
bool merge_write(merge *, registry *);

#endif
