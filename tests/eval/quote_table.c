/* eval.quotes - quote/1 as a table for eval_quotes.py, with the fields that records
 * leave out: one line a quotation, members parted by tabs, offsets in bytes. */
#include <galley/plugin.h>
#include <stdlib.h>

typedef struct config {
    gly_str path;
} config;

static const gly_option options[] = {
    GLY_OUTPUT(config, path, "-", "File to write; - is standard output"),
    GLY_OPTIONS_END
};

static gly_status table_open(const gly_host *host, gly_stage *stage, const void *given, void **shared)
{
    const config *c = given;
    char path[1024];

    (void)host;
    (void)stage;
    snprintf(path, sizeof path, "%.*s", (int)c->path.len, c->path.ptr);
    *shared = fopen(path, "wb");
    return *shared ? GLY_OK : GLY_EIO;
}

static void table_close(void *shared)
{
    if (shared)
        fclose(shared);
}

/* A value without the tabs and line ends that part the table. */
static size_t put(char *out, gly_str s)
{
    for (uint32_t i = 0; i < s.len; i++)
        out[i] = (char)((unsigned char)s.ptr[i] < 32 ? ' ' : s.ptr[i]);
    return s.len;
}

static size_t put_quote(char *out, gly_str uri, const gly_quote *q)
{
    const gly_str members[] = { q->speaker, q->name, q->role, q->organisation, q->cue };
    size_t used = put(out, uri);

    used += (size_t)sprintf(out + used, "\t%u\t%u\t%u\t%u\t%u", q->at.begin, q->at.end, q->speaker_at.begin,
                            q->speaker_at.end, q->confidence);
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        out[used++] = '\t';
        used += put(out + used, members[i]);
    }
    out[used++] = '\n';
    return used;
}

static gly_status table_render(void *given, const gly_doc *d, gly_str *out)
{
    const gly_layer *layer = gly_layer_of(d, "quote/1");
    const gly_quote *q = GLY_RECORDS(layer, gly_quote);
    size_t size = 1, used = 0;
    char *lines;

    (void)given;
    for (uint32_t i = 0; i < GLY_COUNT(layer); i++)
        size += d->uri.len + 80 + q[i].speaker.len + q[i].name.len + q[i].role.len + q[i].organisation.len
                + q[i].cue.len;
    lines = gly_alloc(d->arena, size, 1);
    if (!lines)
        return GLY_ENOMEM;
    for (uint32_t i = 0; i < GLY_COUNT(layer); i++)
        used += put_quote(lines + used, d->uri, &q[i]);
    *out = (gly_str){ lines, (uint32_t)used };
    return GLY_OK;
}

static gly_status table_write(void *shared, gly_str bytes)
{
    return fwrite(bytes.ptr, 1, bytes.len, shared) == bytes.len ? GLY_OK : GLY_EIO;
}

static gly_status table_flush(void *shared)
{
    return fflush(shared) == 0 ? GLY_OK : GLY_EIO;
}

static const gly_stage_ops ops = {
    .size = sizeof ops, .flags = GLY_STAGE_WRITES, .open = table_open, .close = table_close,
    .render = table_render, .write = table_write, .flush = table_flush,
};

static const char *const reads[] = { "quote/1", NULL };

GLY_PLUGIN(.name = "eval.quotes", .kind = GLY_SINK, .version = "1.0.0", .license = "MIT",
    .summary = "Quotations as a table, for measuring", .help = "See eval_quotes.py.",
    .example = "{ use = \"eval.quotes\"; path = \"quotes.tsv\"; }",
    .reads = reads, .options = options, .config_size = sizeof(config), .ops = &ops);
