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
/* A document is done; children come before their input. Keeps it when it failed.
 * locator: of the input. False: it could not be written; the reason was printed. */
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
/* Whether a document that fails in this stage is kept. */
bool quarantine_wants(const plan *, uint16_t stage);

#endif
