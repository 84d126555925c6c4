/* arena - a bump allocator whose blocks are kept for the next document. */
#include "document/arena.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

/* Small blocks under a sanitizer, so that more reads past an end are seen. */
#ifdef __SANITIZE_ADDRESS__
#define ARENA_BLOCK ((size_t)4 << 10)
#else
#define ARENA_BLOCK ((size_t)64 << 10)
#endif

enum {
    LARGEST_BLOCK = 1 << 20, /* unless one piece is larger             */
    LARGE_ARRAY   = 1 << 18, /* from here on it has its own block      */
    KEEP_IN_ALL   = 16 << 20 /* of blocks no larger: they count as taken when they are used */
};

struct arena_block {
    arena_block *next;
    size_t size;
    alignas(max_align_t) char bytes[];
};

static void use_block(arena *a, arena_block *block)
{
    a->current = block;
    a->reserved += block->size;
    a->face.cur = block->bytes;
    a->face.end = block->bytes + block->size;
}

static size_t taken(const arena *a)
{
    return a->reserved + (a->beside ? a->beside->reserved : 0);
}

static arena_block *new_block(arena *a, size_t wanted)
{
    size_t size = a->reserved < ARENA_BLOCK ? ARENA_BLOCK : a->reserved;
    arena_block *block;

    if (size > LARGEST_BLOCK)
        size = LARGEST_BLOCK;
    if (size < wanted)
        size = wanted;
    if (a->limit && (size > a->limit || taken(a) > a->limit - size))
        return NULL;
    block = malloc(sizeof *block + size);
    if (!block)
        return NULL;
    *block = (arena_block){ .size = size };
    a->held += size;
    a->oversized |= size > LARGEST_BLOCK;
    return block;
}

/* The fast path in gly_alloc() did not fit: go on in the next block that is
 * large enough, or in a new one put after the current. */
static void *grow(gly_arena *face, size_t size, size_t align)
{
    arena *a = (arena *)face;
    arena_block **link = a->current ? &a->current->next : &a->blocks;

    if (size > SIZE_MAX / 2 || align > 4096)
        return NULL;
    if (!*link || (*link)->size < size + align) {
        arena_block *block = new_block(a, size + align);

        if (!block)
            return NULL;
        block->next = *link;
        *link = block;
    }
    use_block(a, *link);
    return gly_alloc(face, size, align);
}

void arena_init(arena *a, size_t limit)
{
    *a = (arena){ .face.grow = grow, .limit = limit };
}

static void free_blocks(arena_block **list)
{
    while (*list) {
        arena_block *block = *list;

        *list = block->next;
        free(block);
    }
}

void *arena_resize(arena *a, void *old, size_t had, size_t size)
{
    arena_block **link = &a->arrays, *block;
    size_t reserved = 0;

    if (size < LARGE_ARRAY) {
        void *array = gly_alloc(&a->face, size, alignof(max_align_t));

        return array && had ? memcpy(array, old, had) : array;
    }
    while (*link && (*link)->bytes != (char *)old)
        link = &(*link)->next;
    if (*link)
        reserved = (*link)->size;
    if (size > SIZE_MAX / 2 || (a->limit && (size > a->limit || taken(a) - reserved > a->limit - size)))
        return NULL;
    block = realloc(*link, sizeof *block + size);
    if (!block)
        return NULL;
    if (!*link)
        block->next = NULL;
    block->size = size;
    if (!*link && had)
        memcpy(block->bytes, old, had);
    *link = block;
    a->reserved += size - reserved;
    return block->bytes;
}

/* Frees what is not kept. Most documents leave nothing to do: no block is looked at. */
static void free_surplus(arena *a)
{
    arena_block **link = &a->blocks;
    size_t kept = 0;

    while (*link) {
        arena_block *block = *link;

        if (block->size <= LARGEST_BLOCK && kept + block->size <= KEEP_IN_ALL) {
            kept += block->size;
            link = &block->next;
            continue;
        }
        *link = block->next;
        free(block);
    }
    a->held = kept;
    a->oversized = false;
}

void arena_clear(arena *a)
{
    if (a->oversized || a->held > KEEP_IN_ALL)
        free_surplus(a);
    free_blocks(&a->arrays);
    a->current = NULL;
    a->reserved = 0;
    a->face.cur = a->face.end = NULL;
    if (a->blocks)
        use_block(a, a->blocks);
}

void arena_free(arena *a)
{
    free_blocks(&a->blocks);
    free_blocks(&a->arrays);
    *a = (arena){ .face.grow = grow, .limit = a->limit, .beside = a->beside };
}

size_t arena_used(const arena *a)
{
    size_t used = 0;

    for (const arena_block *b = a->arrays; b; b = b->next)
        used += b->size;
    for (const arena_block *b = a->blocks; b && b != a->current; b = b->next)
        used += b->size;
    return a->current ? used + (size_t)(a->face.cur - a->current->bytes) : used;
}
