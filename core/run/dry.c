/* dry - the source is pulled to its end, and nothing else is opened. */
#include "run/dry.h"

#include <inttypes.h>
#include <stdio.h>

#include "plugin/plugin.h"
#include "run/inputs.h"

enum { MOST_TYPES = 32, MOST_SUFFIX = 16 };

typedef struct type_count {
    char     suffix[MOST_SUFFIX];
    uint64_t inputs;
} type_count;

typedef struct census {
    type_count types[MOST_TYPES];
    size_t     count;
    uint64_t   taken, ignored, refused, others;
} census;

static gly_str suffix_of(gly_str uri)
{
    for (uint32_t i = uri.len; i-- > 1 && uri.ptr[i] != '/';)
        if (uri.ptr[i] == '.' && uri.ptr[i - 1] != '/' && uri.len - i < MOST_SUFFIX)
            return gly_slice(uri, (gly_range){ i, uri.len });
    return GLY_LIT("no suffix");
}

static bool is_suffix(const type_count *t, gly_str suffix)
{
    return gly_str_eq(suffix, (gly_str){ t->suffix, (uint32_t)strlen(t->suffix) });
}

static void add(census *c, const gly_item *item)
{
    gly_str suffix = suffix_of(item->uri);
    size_t at = 0;

    c->taken += item->verdict == GLY_TAKE;
    c->ignored += item->verdict == GLY_IGNORED;
    c->refused += item->verdict == GLY_REFUSED;
    if (item->verdict != GLY_TAKE)
        return;
    while (at < c->count && !is_suffix(&c->types[at], suffix))
        at++;
    if (at == MOST_TYPES) {
        c->others++;
        return;
    }
    if (at == c->count)
        memcpy(c->types[c->count++].suffix, suffix.ptr, suffix.len);
    c->types[at].inputs++;
}

static void print_plan(const plan *p)
{
    static const char *const kinds[] = { "", "source", "transform", "split", "sink" };

    puts("stages:");
    for (uint16_t i = 0; i < p->count; i++)
        printf("  %-9s %s\n", kinds[p->stages[i].face->kind], p->stages[i].use);
}

static void print_census(const census *c)
{
    printf("inputs:\n");
    for (size_t i = 0; i < c->count; i++)
        printf("  %8" PRIu64 " %s\n", c->types[i].inputs, c->types[i].suffix);
    if (c->others)
        printf("  %8" PRIu64 " of other types\n", c->others);
    printf("  %8" PRIu64 " to read, %" PRIu64 " ignored, %" PRIu64 " that cannot be read\n", c->taken,
           c->ignored, c->refused);
    puts("dry run: nothing was read or written");
}

static gly_status pull(gly_stage *source, census *c, int64_t limit)
{
    gly_status status = GLY_OK;

    for (int64_t n = 0; status == GLY_OK && (!limit || n < limit); n++) {
        gly_item item = { .verdict = GLY_TAKE };

        status = source->face->ops->next(source->shared, &item);
        if (status == GLY_OK)
            add(c, &item);
    }
    return status;
}

int dry_run(const plan *p, int64_t limit)
{
    stage_context *stages = stages_new(p->count);
    gly_stage *source = &stages->stages[0];
    census c = { .count = 0 };
    gly_status status;

    for (uint16_t i = 0; i < p->count; i++)
        stages_set(stages, i, p->stages[i].face, p->stages[i].id);
    print_plan(p);
    status = stage_open(source, p->stages[0].options);
    if (status >= 0 && inputs_are_standard(p))
        puts("inputs:\n  standard input, which a dry run leaves alone");
    else if (status >= 0 && (status = pull(source, &c, limit)) >= 0)
        print_census(&c);
    if (status < 0)
        fprintf(stderr, "%s:%d: error: stage '%s' cannot go on: %s\n", p->stages[0].at.file, p->stages[0].at.line,
                p->stages[0].use, source->reason);
    stage_close(source);
    stages_free(stages);
    return status < 0 || (c.taken == 0 && !inputs_are_standard(p)) ? 3 : 0;
}
