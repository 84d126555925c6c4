/* emit.repeats - what clean.repeats learns from: a line of hashes for each page. */
#include <stdlib.h>

#include "kit/repeats.h"
#include "kit/sinkfile.h"

typedef struct repeats_options {
    gly_str path;
} repeats_options;

static const gly_option options[] = {
    GLY_OUTPUT(repeats_options, path, "-", "File to write; - is standard output"),
    GLY_OPTIONS_END
};

static gly_status repeats_open(const gly_host *host, gly_stage *stage, const void *given, void **shared)
{
    const repeats_options *wanted = given;
    gly_status status = sinkfile_stage_open(sizeof(sinkfile), host, stage, wanted->path, shared);

    if (status >= 0)
        sinkfile_heading(*shared, GLY_LIT(REPEATS_HEADING "\n"));
    return status;
}

static int by_hash(const void *a, const void *b)
{
    uint64_t x = ((const repeats_part *)a)->hash, y = ((const repeats_part *)b)->hash;

    return x < y ? -1 : x > y;
}

static gly_status repeats_render(void *given, const gly_doc *d, gly_str *out)
{
    char site[REPEATS_LONGEST_SITE + 1];
    uint32_t length = repeats_site(d, site);
    uint64_t last = 0;
    repeats_parts parts;
    char *line;

    (void)given;
    if (!repeats_part_text(d, d->scratch, &parts))
        return GLY_ENOMEM;
    line = GLY_NEWN(d->arena, char, length + 17u * parts.count + 2u);
    if (!line)
        return GLY_ENOMEM;
    qsort(parts.items, parts.count, sizeof *parts.items, by_hash);
    memcpy(line, site, length);
    for (uint32_t i = 0; i < parts.count; i++) {
        uint64_t hash = parts.items[i].hash;

        if (hash == last)
            continue; /* twice on the page, or no words: 0 */
        line[length] = last ? ' ' : '\t';
        snprintf(line + length + 1, 17, "%016llx", (unsigned long long)hash);
        length += 17;
        last = hash;
    }
    line[length++] = '\n';
    *out = (gly_str){ line, last ? length : 0 };
    return GLY_OK;
}

static const gly_stage_ops ops = {
    .size = sizeof ops, .flags = GLY_STAGE_WRITES, .open = repeats_open, .close = sinkfile_stage_close,
    .render = repeats_render, SINKFILE_OPS, SINKFILE_EDITIONS,
};

static const char *const reads[] = { "text", "?block/1", "?meta.url", NULL };

GLY_PLUGIN(
    .kind = GLY_SINK, .name = "emit.repeats", .version = "1.0.0",
    .summary = "Writes what clean.repeats learns from",
    .help = "One line for each page: its site, and hashes of its blocks (of its lines, when nothing "
            "has parted it into blocks). The text itself is not in the file. Files of several runs "
            "may be put one after the other.",
    .example = "{ use = \"emit.repeats\"; path = \"${out}/repeats.txt\"; }",
    .license = "MIT", .reads = reads,
    .options = options, .config_size = sizeof(repeats_options), .ops = &ops
);
