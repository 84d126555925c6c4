/* journal - what became of each input, on disk: the ledger of an output folder.
 *
 * An append-only file of frames, each with its length and CRC. The first names
 * the pipeline by a hash; each batch holds an entry for every input, in input
 * order, with the position of each sink behind it. A batch is written after the
 * sinks have made durable what it speaks of, and counts from when it is on disk
 * itself. A frame that is cut short or damaged, and all after it, is as if never
 * written: the inputs in it are done again.
 *
 * The file is locked (flock) as long as it is open: one run at a time. */
#ifndef GALLEY_RUN_JOURNAL_H
#define GALLEY_RUN_JOURNAL_H

#include <sys/types.h>

#include "run/carry.h"

enum { JOURNAL_SINKS = 16 }; /* most that a pipeline with a journal may have */

typedef struct journal_entry {
    uint64_t key;      /* hash of the uri                                      */
    uint64_t stamp;    /* of the input as it was; 0: not known                 */
    uint64_t positions[JOURNAL_SINKS]; /* of each sink, behind this input      */
    uint32_t outcome;
    uint32_t children;
} journal_entry;

typedef struct journal_failure { /* strings are owned by the journal */
    uint64_t    entry; /* number of its input, from 0 */
    const char *uri, *stage, *reason;
} journal_failure;

typedef struct journal {
    int       file;
    uint16_t  sinks;
    uint64_t  pipeline;    /* hash in the first frame; 0: the journal is empty */
    char     *command;     /* that began it, from the first frame              */
    uint64_t  count;       /* entries on disk                                  */
    char     *loaded;      /* the file as it was opened, mapped                */
    size_t    mapped, size; /* its bytes; those that are sound                 */
    struct journal_segment *segments; /* where its entries lie                 */
    size_t    segment_count;
    journal_failure *failures;
    size_t    failure_count;
    struct journal_batch *batch; /* what is not written yet                    */
} journal;

typedef enum journal_status {
    JOURNAL_OPEN, JOURNAL_LOCKED, JOURNAL_FAILED /* errno says why */
} journal_status;

/* Opens or makes the file and reads it. create = false: only looks, without the
 * lock; JOURNAL_FAILED when there is none. *owner: who holds the lock. */
journal_status journal_open(journal *, const char *path, bool create, pid_t *owner);
void journal_close(journal *);
/* Empties it and names the pipeline and the command. False with errno set. */
bool journal_begin(journal *, uint64_t pipeline, uint16_t sinks, const char *command);
/* Forgets all entries from number `count` on. False with errno set. */
bool journal_rewind(journal *, uint64_t count);
/* Entries one after the other, as they were when the journal was opened; false:
 * no more. */
typedef struct journal_cursor { /* begins as all zero */
    size_t   segment;
    uint32_t within;
} journal_cursor;
bool journal_next(const journal *, journal_cursor *, journal_entry *);
/* Adds to the batch; a failure's texts are copied. */
void journal_add(journal *, const journal_entry *, const carried *, const char *stage);
/* Writes the batch and makes it durable. False with errno set. */
bool journal_commit(journal *);
bool journal_has_batch(const journal *);

#endif
