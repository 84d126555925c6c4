/* emit.text - the clean text of each document, one after the other in one file. */
#include "kit/sinkfile.h"

typedef struct text_options {
    gly_str path, separator;
} text_options;

typedef struct text {
    sinkfile            file;
    const text_options *options;
} text;

static const gly_option options[] = {
    GLY_OUTPUT(text_options, path, "-", "File to write; - is standard output"),
    GLY_STR(text_options, separator, "\n", "Written after the last line of each article"),
    GLY_OPTIONS_END
};

static gly_status text_open(const gly_host *host, gly_stage *stage, const void *given, void **shared)
{
    const text_options *wanted = given;
    gly_status status = sinkfile_stage_open(sizeof(text), host, stage, wanted->path, shared);

    if (status >= 0)
        ((text *)*shared)->options = wanted;
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

static const gly_stage_ops ops = {
    .size = sizeof ops, .flags = GLY_STAGE_WRITES, .open = text_open, .close = sinkfile_stage_close,
    .render = text_render, SINKFILE_OPS, SINKFILE_EDITIONS,
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
