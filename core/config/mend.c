/* mend - sorts the changes by place and copies what lies between. */
#include "config/mend.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

void mend_replace(mend *m, size_t begin, size_t end, const char *with)
{
    mend_change *c;

    if (m->count == m->capacity) {
        m->capacity = m->capacity ? 2 * m->capacity : 64;
        m->changes = memory_resize(m->changes, m->capacity, sizeof *m->changes);
    }
    c = &m->changes[m->count];
    *c = (mend_change){ .begin = begin, .end = end, .order = m->count++ };
    snprintf(c->with, sizeof c->with, "%s", with);
}

static int compare(const void *a, const void *b)
{
    const mend_change *x = a, *y = b;

    if (x->begin != y->begin)
        return x->begin < y->begin ? -1 : 1;
    return x->order < y->order ? -1 : 1;
}

char *mend_apply(mend *m, const char *text, size_t length)
{
    char *out = memory_new(length + m->count * sizeof m->changes->with + 1), *to = out;
    size_t done = 0;

    if (m->count)
        qsort(m->changes, m->count, sizeof *m->changes, compare);
    for (size_t i = 0; i < m->count; i++) {
        const mend_change *c = &m->changes[i];

        if (c->begin < done)
            continue;
        memcpy(to, text + done, c->begin - done);
        to += c->begin - done;
        to = stpcpy(to, c->with);
        for (size_t k = c->begin; k < c->end; k++) /* lines keep their numbers */
            if (text[k] == '\n')
                *to++ = '\n';
        done = c->end;
    }
    memcpy(to, text + done, length - done);
    to[length - done] = '\0';
    return out;
}

void mend_free(mend *m)
{
    free(m->changes);
    *m = (mend){ 0 };
}
