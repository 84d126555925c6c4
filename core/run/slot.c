/* slot - names in one piece of memory, answers aside in a list. */
#include "run/slot.h"

#include <stdlib.h>

#include "base/memory.h"

enum { NAME_KEPT = 64 << 10 /* a longer name and locator is freed after use */ };

struct answer {
    answer *next;
    loss   *lost;
    bool    last, has_result;
    size_t  length;
    char    result[];
};

static char *put(char *into, gly_str text)
{
    if (text.len)
        memcpy(into, text.ptr, text.len);
    return into + text.len;
}

void slot_fill(slot *d, gly_str uri, gly_str id, gly_str rest)
{
    size_t size = (size_t)uri.len + id.len + rest.len + 1;

    if (size > d->capacity)
        d->text = memory_resize(d->text, d->capacity = size + size / 2, 1);
    put(put(put(d->text, uri), id), rest);
    d->uri = uri.len;
    d->id = id.len;
    d->rest = rest.len;
}

void slot_leave(slot *d)
{
    if (d->capacity <= NAME_KEPT)
        return;
    free(d->text);
    d->text = NULL;
    d->capacity = 0;
}

void slot_free(slot *d)
{
    while (d->aside)
        slot_drop_aside(d);
    free(d->lost);
    free(d->text);
}

void slot_put_aside(slot *d, loss *lost, const char *result, size_t length, bool last)
{
    answer *a = memory_resize(NULL, 1, sizeof *a + length);

    *a = (answer){ .lost = lost, .last = last, .has_result = result != NULL, .length = length };
    if (length)
        memcpy(a->result, result, length);
    if (d->aside)
        d->newest->next = a;
    else
        d->aside = a;
    d->newest = a;
}

bool slot_look_aside(const slot *d, aside *out)
{
    const answer *a = d->aside;

    if (a)
        *out = (aside){ a->lost, a->has_result ? a->result : NULL, a->length, a->last };
    return a != NULL;
}

void slot_drop_aside(slot *d)
{
    answer *a = d->aside;

    d->aside = a->next;
    free(a->lost);
    free(a);
}
