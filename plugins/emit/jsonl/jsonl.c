/* emit.jsonl - one JSON object a line for each document, in input order.
 *
 * Workers render the line (record.c); the supervisor appends it to one file. With
 * `answers` it writes a line for what became no record, too. */
#include <stdlib.h>

#include "base/json.h"
#include "kit/identity.h"
#include "kit/sinkfile.h"
#include "record.h"

typedef struct jsonl {
    sinkfile              file;
    const record_options *options;
    char                 *answer; /* of what became no record */
    size_t                answer_length;
    FILE                 *answers; /* writes into it           */
} jsonl;

static const char *const units[] = { "codepoint", "byte", "utf16", NULL };

static const gly_option options[] = {
    GLY_OUTPUT(record_options, path, "-", "File to write; - is standard output"),
    GLY_CHOICES(record_options, keys, "", record_keys, "Write these keys only; empty: all that are not empty"),
    GLY_BOOL(record_options, pretty, "false", "Break lines inside a record, for reading"),
    GLY_BOOL(record_options, source_offsets, "false",
             "Add source: [begin, end], bytes of the fetched file, to each span"),
    GLY_BOOL(record_options, metadata_origins, "false",
             "Add origins: where title, dates and the like were found, and how sure that is"),
    GLY_ENUM(record_options, offsets, "codepoint", units, "What start and end count"),
    GLY_BOOL(record_options, answers, "false",
             "One line for each input, with the id it came with: {\"id\", \"error\"} for what became no record"),
    GLY_OPTIONS_END
};

static void jsonl_close(void *shared)
{
    jsonl *self = shared;

    if (self && self->answers)
        fclose(self->answers);
    if (self)
        free(self->answer);
    sinkfile_stage_close(self);
}

static gly_status jsonl_open(const gly_host *host, gly_stage *stage, const void *given, void **shared)
{
    const record_options *wanted = given;
    gly_status status = sinkfile_stage_open(sizeof(jsonl), host, stage, wanted->path, shared);
    jsonl *self;

    if (status < 0)
        return status;
    self = *shared;
    self->options = wanted;
    if (wanted->answers && !(self->answers = open_memstream(&self->answer, &self->answer_length))) {
        jsonl_close(self);
        *shared = NULL;
        return GLY_ENOMEM;
    }
    return status;
}

static gly_status jsonl_render(void *given, const gly_doc *d, gly_str *out)
{
    jsonl *self = given;

    return record_render(self->options, self->file.host, self->file.stage, d, out);
}

static void print_error(FILE *out, const gly_missed *m)
{
    char text[1024];

    snprintf(text, sizeof text, "%s %s stage '%s': %.*s", m->outcome,
             strcmp(m->outcome, "ignored") == 0 ? "by" : "in", m->stage, (int)m->reason.len,
             m->reason.len ? m->reason.ptr : "");
    json_print(out, text);
}

/* {"id":17,"error":"failed in stage 'clean.html': ..."} */
static gly_status jsonl_missed(void *shared, const gly_missed *m)
{
    jsonl *self = shared;
    char hex[IDENTITY_LENGTH + 1];

    if (!self->answers)
        return GLY_OK;
    rewind(self->answers);
    identity_of(m->uri, hex);
    fputs("{\"id\":", self->answers);
    if (m->id.len)
        fwrite(m->id.ptr, 1, m->id.len, self->answers);
    else
        json_print(self->answers, hex);
    fputs(",\"error\":", self->answers);
    print_error(self->answers, m);
    fputs("}\n", self->answers);
    if (fflush(self->answers) != 0)
        return GLY_ENOMEM;
    return sinkfile_write(&self->file, (gly_str){ self->answer, (uint32_t)ftell(self->answers) });
}

static const char *jsonl_check(const void *given, const char **option)
{
    const record_options *o = given;

    *option = "answers";
    return o->answers && o->pretty ? "an answer is one line, which pretty breaks; leave one of the two out" : NULL;
}

static const gly_stage_ops ops = {
    .size = sizeof ops, .flags = GLY_STAGE_WRITES,
    .open = jsonl_open, .close = jsonl_close,
    .render = jsonl_render, .missed = jsonl_missed, .check = jsonl_check,
    SINKFILE_OPS, SINKFILE_EDITIONS,
};

static const char *const reads[] = {
    "text", "?block/1", "?sentence/1", "?quote/1", "?acronym/1", "?entity/1", "?mention/1",
    "?date/1", "?amount/1", "?keyword/1", "?summary/1", "?removed/1", "?stats/1", NULL
};

GLY_PLUGIN(
    .kind = GLY_SINK, .name = "emit.jsonl", .version = "1.0.0",
    .summary = "Writes one JSON object a line for each article",
    .help = "The record is galley.article/1; its JSON Schema is core/doc/article.schema.json. "
            "Keys stand in a fixed order and are absent when empty; schema, id, uri, media and "
            "text are always there.\n\n"
            "Layers that other stages add come out under layers, by their field tables.\n\n"
            "With answers = true each input has its line, in order: a record under the id that the "
            "input came with (fetch.jsonl), or {\"id\": ..., \"error\": ...} when it failed, was dropped "
            "or passed over. Together with a pipe this makes a filter for Spark and Hadoop.",
    .example = "{ use = \"emit.jsonl\"; path = \"${out}/articles.jsonl\"; }",
    .license = "MIT", .reads = reads,
    .options = options, .config_size = sizeof(record_options), .ops = &ops
);
