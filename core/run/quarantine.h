/* quarantine - what becomes of documents that failed: OUT/quarantine.
 *
 * NAME holds the bytes of a document as they were fetched, NAME.note.json says
 * what happened to it: where, why, how often, with what means, and how to try it again
 * alone. NAME is made of the uri: its last part, a hash of the input's uri, for a
 * child its number, and the suffix, so that a name is safe, unique and the same
 * from run to run.
 *
 * An input is in the sinks or here, never both: files are written and made durable
 * before the journal speaks of them; what an earlier run left goes once the journal
 * says that the input is done. Only files with such a name are ever removed. Where
 * `on_error` of the stage is not "quarantine", nothing is kept. */
#ifndef GALLEY_RUN_QUARANTINE_H
#define GALLEY_RUN_QUARANTINE_H

#include "run/carry.h"

#define QUARANTINE_NOTE ".note.json" /* behind a name; no suffix of an input is so long */

typedef struct quarantine {
    const plan *plan;
    const char *again;      /* command that runs the pipeline, without its inputs    */
    const char *command;    /* the whole command, for inputs that are no files       */
    char       *folder;     /* NULL: nothing is kept                                 */
    struct quarantined *old; /* files of earlier runs, by key                        */
    size_t      old_count;
    uint64_t    kept;       /* documents that are here now, as far as the run has come */
    uint64_t    bytes;      /* of them                                               */
    uint32_t    child;      /* of the input in hand: how many were settled           */
    bool        made, unsynced, ends; /* ends: some old files can go                 */
} quarantine;

/* Looks at what is there. again, command: NULL: not known. Off without an output
 * folder. */
void quarantine_open(quarantine *, const plan *, const char *again, const char *command);
/* An input that is passed over: what is kept of it stays when it failed, or when
 * children of it may have. */
void quarantine_pass(quarantine *, gly_str uri, outcome);
/* Whether earlier runs kept something of this input: it or a child of it failed. */
bool quarantine_holds(const quarantine *, gly_str uri);
/* A document is done; children come before their input. Keeps it when it failed.
 * False: it could not be written; the reason was printed. */
bool quarantine_settle(quarantine *, const carried *);
/* Before and after the journal speaks of what was settled. False: as above. */
bool quarantine_sync(quarantine *);
void quarantine_committed(quarantine *);
/* whole: all inputs were seen: what is left of others goes. */
void quarantine_close(quarantine *, bool whole);

/* OUT/quarantine; to be freed. */
char *quarantine_folder(const char *out);
/* The name of what is kept of a document: child 0: the input itself. To be freed. */
char *quarantine_name(gly_str input, gly_str uri, uint32_t child);
/* What is in a name; false: it is none of ours. */
bool quarantine_read_name(const char *name, uint64_t *key, uint32_t *child);
uint64_t quarantine_key(gly_str input);
/* Whether a document that fails in this stage is kept. */
bool quarantine_wants(const plan *, uint16_t stage);

/* ---- looking, without a run: quarantine_look.c ---- */

typedef struct quarantine_sum {
    uint64_t documents, children, bytes; /* children: of documents */
} quarantine_sum;

typedef struct quarantine_note {
    char    *name;   /* of its file                    */
    char    *text;   /* NULL: it could not be read     */
    uint32_t child;  /* 0: of the input itself         */
} quarantine_note;

quarantine_sum quarantine_count(const char *folder);
/* The notes of one input and its children, in order; quarantine_free() frees. */
quarantine_note *quarantine_notes(const char *folder, gly_str input, size_t *count);
void quarantine_free(quarantine_note *, size_t count);
/* A text of a note: "uri", "reason", "again"; NULL: it has none. To be freed. */
char *quarantine_value(const quarantine_note *, const char *name);

#endif
