/* journal - what became of each input, on disk: the ledger of an output folder.
 *
 * An append-only file of frames (journal_format.h), each with its length and
 * checksums. The first names the pipeline and the command; each batch holds an
 * entry for every input, in input order: its name, what it was known by, what
 * became of it, and where its bytes lie in the output of each sink. A batch is
 * written after the sinks have made durable what it speaks of, and counts from
 * when it is on disk itself.
 *
 * A frame that was cut short at the end of the file is as if never written. One
 * that is damaged in the middle is passed over and remembered: the entries
 * behind it are found again, those in it are missing.
 *
 * The file is locked (flock) as long as a writer has it open: one run at a time.
 *
 * To read one:
 *
 *     journal j;
 *     journal_cursor at = { .segment = 0 };
 *     journal_entry e;
 *     pid_t owner;
 *
 *     if (journal_open(&j, path, false, &owner) == JOURNAL_OPEN)
 *         while (journal_next(&j, &at, &e))
 *             printf("%.*s\n", (int)e.name.len, e.name.ptr);
 *     journal_close(&j);
 */
#ifndef GALLEY_RUN_JOURNAL_H
#define GALLEY_RUN_JOURNAL_H

#include <sys/types.h>

#include "run/carry.h"
#include "run/fingerprint.h"

enum {
    JOURNAL_SINKS = 16,    /* most that a pipeline with a journal may have */
    JOURNAL_NAME = 1024    /* longest name that is kept whole              */
};

typedef struct journal_entry {
    gly_str  name;         /* the uri; of a very long one a beginning and a hash     */
    uint64_t key;          /* journal_key() of the uri                               */
    uint64_t ordinal;      /* its place among the inputs, from 0                     */
    uint64_t stamp;        /* journal_stamp() of the input as it was; 0: not known   */
    uint64_t content;      /* hash of all that was fetched; 0: not known            */
    uint64_t begins[JOURNAL_SINKS], ends[JOURNAL_SINKS]; /* positions of each sink   */
    uint64_t nanoseconds;  /* that it took, within an eighth                         */
    uint32_t outcome;      /* an enum outcome                                        */
    uint32_t children;     /* of OUTCOME_SPLIT                                       */
    uint32_t attempts;     /* 1, or more when workers were lost over it              */
    bool     vanished;     /* the input is gone, its record was left                 */
    gly_str  stage, reason; /* where and why it ended, unless written                */
} journal_entry;

typedef struct journal_end { /* of what became no record; its texts are owned by the list */
    uint64_t    ordinal;
    const char *uri, *stage, *reason;
} journal_end;

typedef struct journal_damage { /* bytes of the file that made no sense */
    uint64_t at, bytes;
} journal_damage;

typedef struct journal {
    int       file;
    bool      older;         /* it was written by a galley that kept it differently */
    bool      retries;       /* its run began with --from-failed                    */
    uint16_t  from;          /* a journal.next: what came to this stage is done again in it */
    uint16_t  stage_count;   /* 0: not known                                        */
    stage_print *stages;
    bool      complete;      /* a journal.next that may become the journal; and ... */
    bool      beside;        /* ... outputs lie beside the present ones             */
    uint16_t  sinks;
    pid_t     process;       /* that last began to write into it                    */
    uint64_t  pipeline;      /* hash of what made it; 0: the journal is empty       */
    char     *command;       /* that began it; NULL: not known                      */
    bool      ended;         /* the last run came to an end, and nothing was written since; ... */
    uint64_t  sizes[JOURNAL_SINKS]; /* ... the bytes of each output then; 0: not known */
    uint64_t  inputs;        /* what the inputs were known by when they were last seen; 0: not known */
    uint32_t  crashes;       /* runs in a row, to the last, that neither got on nor ended */
    uint32_t  strikes;       /* of them, those that had this input in hand, alone ...     */
    uint64_t  hand;          /* ... its key                                         */
    uint64_t  count;         /* entries                                             */
    uint64_t  next;          /* ordinal of the entry to come: count, but for damage */
    uint64_t  ends[JOURNAL_SINKS]; /* positions behind the last entry               */
    char     *loaded;        /* the file as it was opened, mapped                   */
    size_t    mapped, size;  /* its bytes; those up to the end of the last sound frame */
    struct journal_segment *segments; /* where its entries lie                      */
    size_t    segment_count;
    journal_damage *damages; /* in the middle, not at the end                       */
    size_t    damage_count;
    struct journal_batch *batch; /* what is not written yet                         */
} journal;

typedef enum journal_status {
    JOURNAL_OPEN, JOURNAL_LOCKED, JOURNAL_FAILED /* errno says why */
} journal_status;

/* Opens or makes the file and reads it. create = false: only looks, without the
 * lock; JOURNAL_FAILED when there is none. *owner: who holds the lock. After any
 * answer journal_close() must be called. */
journal_status journal_open(journal *, const char *path, bool create, pid_t *owner);
void journal_close(journal *);

/* ---- reading: entries as they were when the journal was opened ---- */

typedef struct journal_cursor { /* begins as all zero */
    size_t   segment;
    uint32_t within;
    const char *at, *end, *texts, *texts_end;
    uint64_t positions[JOURNAL_SINKS];
    uint32_t name_length;
    char     name[JOURNAL_NAME + 1];
} journal_cursor;

/* False: no more. The entry's name lives in the cursor until the next call (it
 * ends with a NUL), stage and reason in the journal (they do as well). */
bool journal_next(const journal *, journal_cursor *, journal_entry *);
/* The entries that failed (OUTCOME_FAILED), were dropped or ignored, in order: one
 * block, to be freed. */
journal_end *journal_ends(const journal *, uint32_t what, size_t *count);
uint64_t journal_key(gly_str uri);
uint64_t journal_stamp(uint64_t stamp_of_an_item);

/* ---- writing: only after journal_open(create = true) ---- */

typedef struct journal_title {
    uint64_t    pipeline;
    uint16_t    sinks;
    bool        retries;
    const char *command;
    uint16_t    from, stage_count;
    const stage_print *stages;
} journal_title;

/* Empties it. positions: of the sinks, at the beginning. False with errno set. */
bool journal_begin(journal *, const journal_title *, const uint64_t *positions);
/* Forgets the entries from this ordinal on. positions: of the sinks, before it.
 * False with errno set. */
bool journal_rewind(journal *, uint64_t ordinal, const uint64_t *positions);
/* Adds to the batch; key, ordinal and begins follow from what is there. All
 * strings are copied. */
void journal_add(journal *, gly_str uri, const journal_entry *);
/* Writes the batch and makes it durable. False with errno set. */
bool journal_commit(journal *);
/* Says that it may take the place of the journal before it, with outputs that
 * were written beside the present ones or without. False with errno set. */
bool journal_complete(journal *, bool beside);
/* Says, durably, that a run begins to do inputs, or has come to an end (with
 * ->sizes and ->inputs), or that it has this input in hand and no other. False
 * with errno set. */
bool journal_say_begun(journal *);
bool journal_say_ended(journal *);
bool journal_say_in_hand(journal *, gly_str uri);
/* Reads what was written since it was opened. False with errno set. */
bool journal_reload(journal *);
bool journal_has_batch(const journal *);

#endif
