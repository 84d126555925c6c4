/* counters - slots in shared memory. */
#include "run/counters.h"

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

enum { SLOTS = 128 };
enum { FREE, NAMING, NAMED };

typedef struct slot {
    _Atomic uint32_t state; /* FREE, NAMING, NAMED */
    uint16_t         stage;
    char             name[COUNTER_NAME];
    _Atomic int64_t  value;
} slot;

struct counters {
    slot slots[SLOTS];
};

counters *counters_new(void)
{
    void *c = mmap(NULL, sizeof(counters), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    return c == MAP_FAILED ? NULL : c; /* zeros: all are free */
}

void counters_free(counters *c)
{
    if (c)
        munmap(c, sizeof *c);
}

static bool is_named(const slot *s, uint16_t stage, const char *name)
{
    return atomic_load(&s->state) == NAMED && s->stage == stage && strncmp(s->name, name, COUNTER_NAME - 1) == 0;
}

/* One that another process is naming is passed over, not waited for: should it get the
 * same name, there are two of them, and counters_next() adds them up. */
static slot *slot_of(counters *c, uint16_t stage, const char *name)
{
    for (slot *s = c->slots; s < c->slots + SLOTS; s++) {
        uint32_t expected = FREE;

        if (is_named(s, stage, name))
            return s;
        if (!atomic_compare_exchange_strong(&s->state, &expected, NAMING))
            continue;
        s->stage = stage;
        snprintf(s->name, sizeof s->name, "%s", name);
        atomic_store(&s->state, NAMED);
        return s;
    }
    return NULL;
}

void counters_add(counters *c, uint16_t stage, const char *name, int64_t delta)
{
    slot *s = c ? slot_of(c, stage, name) : NULL;

    if (s)
        atomic_fetch_add(&s->value, delta);
}

static bool is_first(const counters *c, unsigned at, const counter_total *t)
{
    for (unsigned i = 0; i < at; i++)
        if (is_named(&c->slots[i], t->stage, t->name))
            return false;
    return true;
}

bool counters_next(const counters *c, unsigned *at, counter_total *t)
{
    while (c && *at < SLOTS) {
        unsigned i = (*at)++;

        if (atomic_load(&c->slots[i].state) != NAMED)
            continue;
        *t = (counter_total){ .stage = c->slots[i].stage };
        memcpy(t->name, c->slots[i].name, COUNTER_NAME - 1);
        if (!is_first(c, i, t))
            continue;
        for (; i < SLOTS; i++)
            t->value += is_named(&c->slots[i], t->stage, t->name) ? atomic_load(&c->slots[i].value) : 0;
        return true;
    }
    return false;
}
