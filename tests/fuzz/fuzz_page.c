/* Any bytes: the tree is whole, its ranges lie in the page, in order. */
#include <stdlib.h>

#include "kit/page/charref.h"
#include "kit/page/page.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void *refuse(gly_arena *a, size_t size, size_t align)
{
    (void)a, (void)size, (void)align;
    return NULL;
}

static void check_node(const page *p, uint32_t i, gly_arena *arena)
{
    const page_node *n = &p->nodes[i], *parent = &p->nodes[n->parent];

    if (n->parent >= i || n->next <= i || n->next > parent->next || n->at.begin > n->at.end ||
        n->at.end > p->source.len || n->at.begin < parent->inner || n->at.end > parent->at.end)
        abort();
    if (page_is_text(n))
        page_decode(gly_slice(p->source, n->at), false, arena);
    else if (i < 64)
        page_attr_named(p, i, GLY_LIT("data-x"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t room = 16 * size + (256 << 10);
    char *memory = malloc(room), *bytes = malloc(size ? size : 1);
    gly_arena arena = { memory, memory + room, refuse };
    page p;

    if (!memory || !bytes)
        abort();
    memcpy(bytes, data, size); /* its exact length, so that a sanitizer sees the end */
    if (page_read(&p, (gly_str){ bytes, (uint32_t)size }, &arena) != GLY_OK)
        abort();
    for (uint32_t i = 1; i < p.count; i++)
        check_node(&p, i, &arena);
    free(memory);
    free(bytes);
    return 0;
}
