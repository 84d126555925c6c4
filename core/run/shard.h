/* shard - one part of a run that is spread over machines.
 *
 * Shard I of N takes the inputs whose name falls to it by a hash, and is a run of
 * its own: outputs, journal and all lie in OUT/shards/I-of-N. All shards go
 * through the same inputs in the same order, so each knows the places of its own
 * among all. It writes them down when it has come to the end (.galley/shard beside
 * its journal), with a hash of all names: what `galley merge` proves the parts
 * complete by, and puts them together by. While a shard runs, and after it was cut
 * off, there is no such file. */
#ifndef GALLEY_RUN_SHARD_H
#define GALLEY_RUN_SHARD_H

#include <stdio.h>

#include "config/plan.h"

enum { SHARDS_MOST = 9999 };

typedef struct shard {
    uint32_t number, count; /* 1 <= number <= count */
} shard;

/* "3/8". False: it is none. */
bool shard_parse(const char *text, shard *);
/* Whether an input falls to it. key: journal_key() of its name. */
bool shard_takes(const shard *, uint64_t key);
/* OUT/shards/3-of-8; to be freed. */
char *shard_folder(const char *out, const shard *);

typedef struct shard_head { /* what .galley/shard begins with; the places follow */
    char     magic[8];
    uint32_t format, number, count, unused;
    uint64_t pipeline;      /* fingerprint of the whole run's plan              */
    uint64_t seen, taken;   /* inputs in all, and those of this shard           */
    uint64_t names;         /* hash of all names in order                       */
    uint64_t check;         /* hash of the places and of what stands above      */
} shard_head;

/* ---- while it runs ---- */

typedef struct shard_log {
    const shard *shard;
    char       *path, *part;
    FILE       *file;
    shard_head  head;
    bool        failed;
} shard_log;

/* out: of the shard. whole: the plan as it would run in one piece; it is kept
 * beside the journal. False: the reason was printed. */
bool shard_begin(shard_log *, const shard *, const char *out, const plan *whole);
/* The next input: whether it falls to this shard. */
bool shard_meets(shard_log *, gly_str uri);
/* finished: all inputs were seen and settled. False: the reason was printed. */
bool shard_end(shard_log *, bool finished);

/* ---- afterwards ---- */

typedef enum shard_state { SHARD_FINISHED, SHARD_UNFINISHED, SHARD_DAMAGED } shard_state;

/* places: head->taken of them, rising; to be freed. folder: OUT/shards/3-of-8. */
shard_state shard_read(const char *folder, shard_head *head, uint64_t **places);
/* The whole run's config; to be freed. */
char *shard_config(const char *folder);

#endif
