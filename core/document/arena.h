/* arena - a bump allocator whose blocks are kept for the next document. */
#ifndef GALLEY_DOCUMENT_ARENA_H
#define GALLEY_DOCUMENT_ARENA_H

#include <galley/doc.h>

typedef struct arena_block arena_block;

typedef struct arena {
    gly_arena    face;     /* first: the plugin's view of it        */
    arena_block *blocks;   /* all, in order of use                  */
    arena_block *current;  /* the one that face points into         */
    arena_block *arrays;   /* one large growing array each          */
    size_t       limit;    /* bytes in blocks in use; 0 = no limit  */
    size_t       reserved; /* bytes in blocks that are in use      */
    size_t       held;     /* bytes in blocks, in use or kept      */
    bool         oversized; /* one of the blocks is too large to keep */
    const struct arena *beside; /* its blocks count against the limit too; or NULL */
} arena;

void arena_init(arena *, size_t limit);
/* A growing array, aligned for anything: `old` (or NULL) with `had` bytes becomes `size`
 * bytes, perhaps elsewhere. A large one has a block of its own and leaves no copy of
 * itself behind. NULL: memory or the limit does not allow it, and `old` stays. */
void *arena_resize(arena *, void *old, size_t had, size_t size);
/* Empties it. 16 MiB of blocks of 1 MiB at most are kept for the next document. */
void arena_clear(arena *);
void arena_free(arena *);
/* Bytes handed out since the last clear, rounded up to whole blocks but one. */
size_t arena_used(const arena *);

#endif
