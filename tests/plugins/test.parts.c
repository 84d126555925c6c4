/* test.parts - splits a text at lines of "=== NAME" into documents, to try the
 * runner's side of split stages. A text without such a line is nothing to split.
 * "=== bomb" gives the same part for ever, "=== broken" fails, "=== crash" aborts.
 * Built for the tests, never installed. */
#include <stdlib.h>

#include <galley/plugin.h>

typedef struct parts {
    const gly_host *host;
    gly_stage      *stage;
    gly_str         left;   /* of the parent's text */
    gly_str         uri;
} parts;

typedef struct parts_options {
    bool unused;
} parts_options;

static gly_str line_of(gly_str text)
{
    const char *end = text.len ? memchr(text.ptr, '\n', text.len) : NULL;

    return (gly_str){ text.ptr, end ? (uint32_t)(end - text.ptr) : text.len };
}

static void pass(gly_str *text, uint32_t length)
{
    text->ptr += length;
    text->len -= length;
}

static bool is_heading(gly_str line)
{
    return line.len > 4 && memcmp(line.ptr, "=== ", 4) == 0;
}

static gly_status parts_begin(void *given, gly_doc *d)
{
    parts *self = given;

    if (!is_heading(line_of(d->text)))
        return GLY_END;
    self->left = d->text;
    self->uri = d->uri;
    return GLY_OK;
}

static gly_str next_body(gly_str *left)
{
    gly_str body = { left->ptr, 0 };

    while (left->len && !is_heading(line_of(*left))) {
        gly_str line = line_of(*left);

        pass(left, line.len + (line.len < left->len));
    }
    body.len = (uint32_t)(left->ptr - body.ptr);
    return body;
}

static gly_status parts_next(void *given, gly_doc *d)
{
    parts *self = given;
    gly_str heading = line_of(self->left), name, body, left;
    char *uri = gly_alloc(d->arena, (size_t)self->uri.len + heading.len + 2, 1);

    if (self->left.len == 0)
        return GLY_END;
    if (!uri)
        return GLY_ENOMEM;
    name = gly_slice(heading, (gly_range){ 4, heading.len });
    if (gly_str_eq(name, GLY_LIT("broken")))
        return gly_fail(self->host, self->stage, d, GLY_EINPUT, "part 'broken' is broken");
    if (gly_str_eq(name, GLY_LIT("crash")))
        abort();
    left = self->left;
    pass(&left, heading.len + (heading.len < left.len));
    body = next_body(&left);
    if (!gly_str_eq(name, GLY_LIT("bomb")))
        self->left = left;
    memcpy(uri, self->uri.ptr, self->uri.len);
    memcpy(uri + self->uri.len, "!/", 2);
    memcpy(uri + self->uri.len + 2, name.ptr, name.len);
    self->host->uri_set(self->stage, d, (gly_str){ uri, self->uri.len + 2 + name.len });
    return self->host->raw_set(self->stage, d, body, GLY_LIT("text/plain"));
}

static gly_status parts_open(const gly_host *host, gly_stage *stage, const void *options, void **shared)
{
    parts *self = calloc(1, sizeof *self);

    (void)options;
    if (!self)
        return GLY_ENOMEM;
    self->host = host;
    self->stage = stage;
    *shared = self;
    return GLY_OK;
}

static const gly_option options[] = {
    GLY_BOOL(parts_options, unused, "false", "Nothing"),
    GLY_OPTIONS_END
};
static const char *const reads[] = { "raw", NULL };
static const gly_stage_ops ops = {
    .size = sizeof ops, .open = parts_open, .close = free, .begin = parts_begin, .next_child = parts_next,
};

GLY_PLUGIN(
    .kind = GLY_SPLIT, .name = "test.parts", .version = "1.0.0",
    .summary = "Splits a text at lines of === NAME, for tests", .license = "MIT",
    .reads = reads, .options = options, .config_size = sizeof(parts_options), .ops = &ops
);
