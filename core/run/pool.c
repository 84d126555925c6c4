/* pool - an array in input order, and a table with linear probing, half full. */
#include "run/pool.h"

#include <stdlib.h>

#include "base/memory.h"

static void add(pool *p, const journal_entry *e)
{
    uint64_t *at = p->positions + p->count * 2 * p->sinks;

    memcpy(at, e->begins, p->sinks * sizeof *at);
    memcpy(at + p->sinks, e->ends, p->sinks * sizeof *at);
    p->inputs[p->count] = (known_input){
        .key = e->key, .ordinal = e->ordinal, .stamp = e->stamp, .content = e->content,
        .nanoseconds = e->nanoseconds, .index = p->count, .stage = e->stage, .reason = e->reason,
        .children = e->children, .attempts = e->attempts, .outcome = (uint8_t)e->outcome, .vanished = e->vanished,
    };
    p->count++;
}

static uint32_t *slot_of(const pool *p, uint64_t key)
{
    uint64_t at = key & (p->capacity - 1);

    while (p->slots[at] && p->inputs[p->slots[at] - 1].key != key)
        at = (at + 1) & (p->capacity - 1);
    return &p->slots[at];
}

/* Of two inputs of one name the first can be found; the other only in its turn. */
static void index_all(pool *p)
{
    p->capacity = 16;
    while (p->capacity < 2 * p->count)
        p->capacity *= 2;
    p->slots = memory_new(p->capacity * sizeof *p->slots);
    for (uint64_t i = p->count; i-- > 0;)
        *slot_of(p, p->inputs[i].key) = (uint32_t)i + 1;
}

void pool_fill(pool *p, const journal *j, uint64_t ordinal)
{
    journal_cursor at = { .segment = 0 };
    journal_entry e;
    uint64_t most = j->count < UINT32_MAX ? j->count : UINT32_MAX - 1;

    *p = (pool){ .sinks = j->sinks };
    p->inputs = memory_new((most + 1) * sizeof *p->inputs);
    p->positions = memory_new((most + 1) * 2 * j->sinks * sizeof *p->positions);
    while (p->count < most && journal_next(j, &at, &e))
        if (e.ordinal >= ordinal)
            add(p, &e);
    index_all(p);
}

void pool_free(pool *p)
{
    free(p->inputs);
    free(p->positions);
    free(p->slots);
    *p = (pool){ .count = 0 };
}

known_input *pool_find(pool *p, uint64_t key)
{
    uint32_t found = 0;

    if (p->count == 0)
        return NULL;
    if (p->expected < p->count && p->inputs[p->expected].key == key)
        found = (uint32_t)p->expected + 1;
    else
        found = *slot_of(p, key);
    if (found == 0)
        return NULL;
    p->expected = found;
    return &p->inputs[found - 1];
}

const uint64_t *pool_begins(const pool *p, const known_input *k)
{
    return p->positions + k->index * 2 * p->sinks;
}

const uint64_t *pool_ends(const pool *p, const known_input *k)
{
    return pool_begins(p, k) + p->sinks;
}
