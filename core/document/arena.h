/* arena - a bump allocator whose blocks are kept for the next document. */
#ifndef GALLEY_DOCUMENT_ARENA_H
#define GALLEY_DOCUMENT_ARENA_H

#include <galley/doc.h>

typedef struct arena_block arena_block;

typedef struct arena {
    gly_arena    face;     /* first: the plugin's view of it        */
    arena_block *blocks;   /* all, in order of use                  */
    arena_block *current;  /* the one that face points into         */
    size_t       limit;    /* bytes in all blocks; 0 = no limit     */
    size_t       reserved; /* bytes in all blocks                   */
} arena;

void arena_init(arena *, size_t limit);
/* Empties it. Ordinary blocks are kept; one made for a giant is given back. */
void arena_clear(arena *);
void arena_free(arena *);
/* Bytes handed out since the last clear, rounded up to whole blocks but one. */
size_t arena_used(const arena *);

#endif
