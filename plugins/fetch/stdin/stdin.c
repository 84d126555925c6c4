/* fetch.stdin - all of standard input as one document.
 *
 * The supervisor reads it to its end; the bytes travel to a worker in the
 * locator. */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include <galley/plugin.h>

typedef struct stdin_options {
    gly_str  uri;
    uint64_t max_bytes;
} stdin_options;

typedef struct input {
    const stdin_options *options;
    const gly_host      *host;
    gly_stage           *stage;
    char                *bytes;
    bool                 given;
} input;

static const gly_option options[] = {
    GLY_STR(stdin_options, uri, "stdin", "What the article is called in the record"),
    GLY_SIZE(stdin_options, max_bytes, "256 MiB", 1, 2147483647.0, "More than this ends the run"),
    GLY_OPTIONS_END
};

static gly_status stdin_open(const gly_host *host, gly_stage *stage, const void *given, void **shared)
{
    input *self = calloc(1, sizeof *self);

    if (!self)
        return GLY_ENOMEM;
    *self = (input){ .options = given, .host = host, .stage = stage };
    *shared = self;
    return GLY_OK;
}

static void stdin_close(void *shared)
{
    if (shared)
        free(((input *)shared)->bytes);
    free(shared);
}

static gly_status read_all(input *self, size_t *length)
{
    size_t capacity = 0;
    ssize_t n = 1;

    for (*length = 0; n != 0; *length += n > 0 ? (size_t)n : 0) {
        if (*length == capacity) {
            char *grown = realloc(self->bytes, capacity = capacity ? 2 * capacity : 65536);

            if (!grown)
                return GLY_ENOMEM;
            self->bytes = grown;
        }
        n = read(STDIN_FILENO, self->bytes + *length, capacity - *length);
        if (n < 0 && errno != EINTR)
            return gly_fail(self->host, self->stage, NULL, GLY_EIO, "cannot read standard input: %s",
                            strerror(errno));
        if (*length > self->options->max_bytes)
            return gly_fail(self->host, self->stage, NULL, GLY_EINPUT,
                            "standard input is larger than max_bytes; raise it, or give files");
    }
    return GLY_OK;
}

static gly_status stdin_next(void *shared, gly_item *item)
{
    input *self = shared;
    size_t length = 0;
    gly_status status;

    if (self->given)
        return GLY_END;
    self->given = true;
    status = read_all(self, &length);
    *item = (gly_item){ .uri = self->options->uri,
                        .locator = { self->bytes, (uint32_t)length }, .bytes = length };
    return status;
}

static gly_status stdin_load(void *shared, gly_doc *d, gly_str locator)
{
    input *self = shared;
    char *copy = gly_alloc(d->arena, locator.len + 1u, 1);

    if (!copy)
        return GLY_ENOMEM;
    if (locator.len)
        memcpy(copy, locator.ptr, locator.len);
    return self->host->raw_set(self->stage, d, (gly_str){ copy, locator.len }, GLY_LIT("text/plain"));
}

static const gly_stage_ops ops = {
    .size = sizeof ops, .flags = GLY_STAGE_STDIN, .open = stdin_open, .close = stdin_close,
    .next = stdin_next, .load = stdin_load,
};

static const char *const writes[] = { "raw", NULL };

GLY_PLUGIN(
    .kind = GLY_SOURCE, .name = "fetch.stdin", .version = "1.0.0",
    .summary = "Reads standard input as one article",
    .help = "Standard input is read to its end and becomes one article of plain text.",
    .example = "{ use = \"fetch.stdin\"; uri = \"release.txt\"; }",
    .license = "MIT", .writes = writes,
    .options = options, .config_size = sizeof(stdin_options), .ops = &ops
);
