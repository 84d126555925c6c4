/* walk - the files below a list of paths, one by one, in a stable order.
 *
 * Names are sorted by bytes within a folder. A folder is read whole and closed
 * before the walk goes on, so one descriptor is open at a time and memory holds
 * the names of the folders on the way down, never all paths. Nothing is opened
 * but folders: a FIFO cannot block the walk. */
#ifndef GALLEY_KIT_WALK_H
#define GALLEY_KIT_WALK_H

#include <galley/plugin.h>

enum { SYMLINKS_FILES, SYMLINKS_FOLLOW, SYMLINKS_SKIP };

typedef struct walk_options {
    gly_strs path, match, ignore;
    bool     hidden, recursive, ignore_files;
    int32_t  symlinks;
    uint64_t max_bytes;
} walk_options;

typedef struct walk walk;

walk *walk_new(const walk_options *); /* NULL when memory runs out */
void walk_free(walk *);
/* GLY_OK with an item whose strings live until the next call, GLY_END, or
 * GLY_ENOMEM. */
gly_status walk_next(walk *, gly_item *);
/* After its end: as gly_stage_ops.unseen says. */
gly_status walk_unseen(walk *, gly_str *below, bool *bare);

#endif
