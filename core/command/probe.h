/* probe - tries what a system gives, in child processes and files that are gone
 * afterwards. For galley doctor. */
#ifndef GALLEY_COMMAND_PROBE_H
#define GALLEY_COMMAND_PROBE_H

#include <stdbool.h>
#include <stdint.h>

/* The ABI of landlock, at least 1; 0 or less: not offered. */
int probe_landlock(void);
typedef enum probe_what { PROBE_FILES, PROBE_SOCKETS } probe_what;
/* Whether a worker's sandbox stops it. */
bool probe_sandbox(probe_what);
/* Whether RLIMIT_AS holds. */
bool probe_memory_limit(void);
/* Bytes that the control group (version 2) allows; 0: any. */
uint64_t probe_memory_group(void);
/* " press pages ...": the configs in a folder; NULL: none. To be freed. */
char *probe_configs(const char *folder);

typedef struct probe_output {
    char        folder[4096]; /* the one that was tried: it, or the nearest above */
    const char *type;         /* of its file system         */
    bool        writable, locks, renames, syncs, folds_case, lost_at_restart, remote;
    int         error;        /* errno, when not writable   */
    uint64_t    free;         /* bytes                      */
    double      sync_ms;
} probe_output;

/* Makes a folder there, tries it, and takes it away again. */
probe_output probe_folder(const char *out);

#endif
