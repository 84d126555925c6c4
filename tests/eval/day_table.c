/* eval.days - what extract.metadata sees of the days that a page names, as a table for
 * train_dates.py: one line a day, members parted by tabs: uri, day, evidence in hex. */
#include <galley/plugin.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "gather.h"

typedef struct config {
    gly_str path;
} config;

typedef struct table {
    FILE  *file;
    months months;
} table;

static const gly_option options[] = {
    GLY_OUTPUT(config, path, "-", "File to write; - is standard output"),
    GLY_OPTIONS_END
};

static gly_status table_open(const gly_host *host, gly_stage *stage, const void *given, void **shared)
{
    const config *c = given;
    char path[1024];
    table *t = calloc(1, sizeof *t);

    (void)host;
    (void)stage;
    if (!t)
        return GLY_ENOMEM;
    snprintf(path, sizeof path, "%.*s", (int)c->path.len, c->path.ptr);
    months_prepare(&t->months);
    t->file = fopen(path, "wb");
    *shared = t;
    return t->file ? GLY_OK : GLY_EIO;
}

static void table_close(void *shared)
{
    table *t = shared;

    if (t && t->file)
        fclose(t->file);
    free(t);
}

static gly_status table_render(void *given, const gly_doc *d, gly_str *out)
{
    const table *t = given;
    gathered *g = GLY_NEW(d->arena, gathered);
    size_t used = 0, size = (d->uri.len + 64) * (size_t)(MOST_DAYS + 1);
    char *lines = gly_alloc(d->arena, size, 1);

    if (!g || !lines)
        return GLY_ENOMEM;
    gather(g, d, &t->months, true);
    for (uint32_t i = 0; i < g->all.days.count; i++) {
        const day *it = &g->all.days.items[i];

        used += (size_t)snprintf(lines + used, size - used, "%.*s\t%.10s\t%" PRIx64 "\n", (int)d->uri.len,
                                 d->uri.ptr, it->iso, it->evidence);
    }
    *out = (gly_str){ lines, (uint32_t)used };
    return GLY_OK;
}

static gly_status table_write(void *shared, gly_str bytes)
{
    return fwrite(bytes.ptr, 1, bytes.len, ((table *)shared)->file) == bytes.len ? GLY_OK : GLY_EIO;
}

static gly_status table_flush(void *shared)
{
    return fflush(((table *)shared)->file) == 0 ? GLY_OK : GLY_EIO;
}

static const gly_stage_ops ops = {
    .size = sizeof ops, .flags = GLY_STAGE_WRITES, .open = table_open, .close = table_close,
    .render = table_render, .write = table_write, .flush = table_flush,
};

static const char *const reads[] = { "?fact/1", NULL };

GLY_PLUGIN(.name = "eval.days", .kind = GLY_SINK, .version = "1.0.0", .license = "MIT",
    .summary = "Days that pages name, as a table", .help = "See train_dates.py.",
    .example = "{ use = \"eval.days\"; path = \"days.tsv\"; }",
    .reads = reads, .options = options, .config_size = sizeof(config), .ops = &ops);
