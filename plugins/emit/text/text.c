/* emit.text - the clean text of each document, one after the other in one file. */
#include <stdlib.h>

#include "kit/sinkfile.h"

typedef struct text_options {
    gly_str path, separator;
} text_options;

typedef struct text {
    const text_options *options;
    sinkfile            file;
} text;

static const gly_option options[] = {
    GLY_OUTPUT(text_options, path, "-", "File to write; - is standard output"),
    GLY_STR(text_options, separator, "\n", "Written after the last line of each article"),
    GLY_OPTIONS_END
};

static void text_close(void *shared)
{
    text *self = shared;

    if (self)
        sinkfile_close(&self->file);
    free(self);
}

static gly_status text_open(const gly_host *host, gly_stage *stage, const void *given, void **shared)
{
    text *self = calloc(1, sizeof *self);
    gly_status status;

    if (!self)
        return GLY_ENOMEM;
    self->options = given;
    status = sinkfile_open(&self->file, host, stage, self->options->path);
    if (status < 0)
        text_close(self);
    else
        *shared = self;
    return status;
}

static gly_status text_render(void *given, const gly_doc *d, gly_str *out)
{
    const text *self = given;
    gly_str end = self->options->separator;
    size_t length = (size_t)d->text.len + end.len + 1;
    char *all = length <= UINT32_MAX ? gly_alloc(d->arena, length, 1) : NULL;

    if (!all)
        return GLY_ENOMEM;
    if (d->text.len)
        memcpy(all, d->text.ptr, d->text.len);
    length = d->text.len;
    if (length == 0 || all[length - 1] != '\n')
        all[length++] = '\n';
    if (end.len)
        memcpy(all + length, end.ptr, end.len);
    *out = (gly_str){ all, (uint32_t)length + end.len };
    return GLY_OK;
}

static gly_status text_write(void *shared, gly_str bytes)
{
    return sinkfile_write(&((text *)shared)->file, bytes);
}

static gly_status text_flush(void *shared)
{
    return sinkfile_flush(&((text *)shared)->file);
}

static gly_status text_resume(void *shared, uint64_t position)
{
    return sinkfile_resume(&((text *)shared)->file, position);
}

static uint64_t text_position(void *shared)
{
    return ((text *)shared)->file.position;
}

static gly_status text_keep(void *shared, void *other, uint64_t begin, uint64_t end)
{
    return sinkfile_keep(&((text *)shared)->file, other ? &((text *)other)->file : NULL, begin, end);
}

static gly_status text_edition(void *shared, gly_edition step)
{
    return sinkfile_edition(&((text *)shared)->file, step);
}

static const gly_stage_ops ops = {
    .size = sizeof ops, .flags = GLY_STAGE_WRITES, .open = text_open, .close = text_close,
    .render = text_render, .write = text_write, .flush = text_flush,
    .resume = text_resume, .position = text_position,
    .keep = text_keep, .edition = text_edition,
};

static const char *const reads[] = { "text", NULL };

GLY_PLUGIN(
    .kind = GLY_SINK, .name = "emit.text", .version = "1.0.0",
    .summary = "Writes the clean text of each article",
    .help = "Articles follow one another in input order, each ended by a newline and by "
            "'separator', which is an empty line unless set.",
    .example = "{ use = \"emit.text\"; path = \"${out}/articles.txt\"; }",
    .license = "MIT", .reads = reads,
    .options = options, .config_size = sizeof(text_options), .ops = &ops
);
