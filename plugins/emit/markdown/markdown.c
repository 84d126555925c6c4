/* emit.markdown - one Markdown file for each document.
 *
 * render() gives a file name, a NUL and the page. write() runs in input order,
 * so that the number which parts two files of one name is always the same; it
 * writes NAME.part and renames it. */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "kit/sinkfile.h"
#include "page.h"

enum { MOST_NAME = 180, FIRST_SLOTS = 1024 };

enum { NAME_URI, NAME_TITLE };

typedef struct markdown_options {
    gly_str path;
    int32_t name;
} markdown_options;

typedef struct markdown {
    const markdown_options *options;
    const gly_host         *host;
    gly_stage              *stage;
    uint64_t               *taken; /* hashes of lower-case names; 0: free */
    size_t                  slots, count;
} markdown;

static const char *const names[] = { "uri", "title", NULL };

static const gly_option options[] = {
    GLY_OUTPUT(markdown_options, path, NULL, "Folder to write into"),
    GLY_ENUM(markdown_options, name, "uri", names, "What a file is named by"),
    GLY_OPTIONS_END
};

/* ---- names ------------------------------------------------------------------------ */

static char safe(char c)
{
    unsigned char u = (unsigned char)c;

    return u < 0x20 || u == 0x7F || strchr("/\\:*?\"<>| ", c) ? '-' : c;
}

static gly_str without_suffix(gly_str uri)
{
    for (uint32_t i = uri.len; i-- > 1 && uri.ptr[i] != '/';)
        if (uri.ptr[i] == '.' && uri.ptr[i - 1] != '/')
            return (gly_str){ uri.ptr, i };
    return uri;
}

/* No separators, no dot in front, whole code points; never empty. */
static void put_name(json *out, gly_str from)
{
    uint32_t length = from.len < MOST_NAME ? from.len : MOST_NAME;

    while (length > 0 && length < from.len && ((unsigned char)from.ptr[length] & 0xC0) == 0x80)
        length--;
    if (length == 0 || from.ptr[0] == '.')
        json_byte(out, '_');
    for (uint32_t i = 0; i < length; i++)
        json_byte(out, safe(from.ptr[i]));
}

static gly_status markdown_render(void *given, const gly_doc *d, gly_str *out)
{
    const markdown *self = given;
    gly_str title = gly_meta_str(d, "title");
    json page;

    json_begin(&page, d->arena, (size_t)d->text.len * 3 + 4096, false);
    put_name(&page, self->options->name == NAME_TITLE && title.len ? title : without_suffix(d->uri));
    json_byte(&page, '\0');
    page_write(&page, d);
    *out = json_text(&page);
    return out->ptr ? GLY_OK : GLY_ENOMEM;
}

static bool grow(markdown *self)
{
    size_t slots = self->slots ? 2 * self->slots : FIRST_SLOTS;
    uint64_t *larger = calloc(slots, sizeof *larger);

    for (size_t i = 0; larger && i < self->slots; i++) {
        size_t at = self->taken[i] & (slots - 1);

        while (self->taken[i] && larger[at])
            at = (at + 1) & (slots - 1);
        if (self->taken[i])
            larger[at] = self->taken[i];
    }
    if (!larger)
        return false;
    free(self->taken);
    self->taken = larger;
    self->slots = slots;
    return true;
}

/* True when the name was free and is now taken; capitals do not part names. */
static bool take(markdown *self, const char *name)
{
    char lower[512];
    size_t length = 0, at;
    uint64_t hash;

    for (; name[length] && length < sizeof lower; length++)
        lower[length] = (char)(name[length] >= 'A' && name[length] <= 'Z' ? name[length] + 32 : name[length]);
    hash = XXH3_64bits(lower, length) | 1;
    for (at = hash & (self->slots - 1); self->taken[at]; at = (at + 1) & (self->slots - 1))
        if (self->taken[at] == hash)
            return false;
    self->taken[at] = hash;
    self->count++;
    return true;
}

/* ---- files -------------------------------------------------------------------------- */

static gly_status store(markdown *self, const char *path, gly_str page)
{
    char part[8192];
    sinkfile file;
    gly_status status;

    snprintf(part, sizeof part, "%s.part", path);
    status = sinkfile_open(&file, self->host, self->stage, (gly_str){ part, (uint32_t)strlen(part) });
    if (status == GLY_OK)
        status = sinkfile_write(&file, page);
    if (status == GLY_OK)
        status = sinkfile_drain(&file);
    sinkfile_close(&file);
    if (status == GLY_OK && rename(part, path) < 0)
        status = gly_fail(self->host, self->stage, NULL, GLY_EIO, "cannot rename '%s': %s", part, strerror(errno));
    return status;
}

static gly_status markdown_write(void *shared, gly_str bytes)
{
    markdown *self = shared;
    size_t length = strnlen(bytes.ptr, bytes.len);
    gly_str folder = self->options->path;
    char name[256], path[8000];

    if (2 * self->count >= self->slots && !grow(self))
        return GLY_ENOMEM;
    snprintf(name, sizeof name, "%s", bytes.ptr);
    for (unsigned n = 2; !take(self, name); n++)
        snprintf(name, sizeof name, "%s~%u", bytes.ptr, n);
    if (snprintf(path, sizeof path, "%.*s/%s.md", (int)folder.len, folder.ptr, name) >= (int)sizeof path)
        return gly_fail(self->host, self->stage, NULL, GLY_EIO, "the path of the output folder is too long");
    return store(self, path, gly_slice(bytes, (gly_range){ (uint32_t)length + 1, bytes.len }));
}

static gly_status markdown_flush(void *shared)
{
    const markdown *self = shared;
    char *path = strndup(self->options->path.ptr, self->options->path.len);
    int folder = path ? open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;

    free(path);
    if (folder >= 0) {
        syncfs(folder);
        close(folder);
    }
    return GLY_OK;
}

static gly_status markdown_open(const gly_host *host, gly_stage *stage, const void *given, void **shared)
{
    markdown *self = calloc(1, sizeof *self);

    if (!self)
        return GLY_ENOMEM;
    *self = (markdown){ .options = given, .host = host, .stage = stage };
    *shared = self;
    return GLY_OK;
}

static void markdown_close(void *shared)
{
    if (shared)
        free(((markdown *)shared)->taken);
    free(shared);
}

static const gly_stage_ops ops = {
    .size = sizeof ops, .flags = GLY_STAGE_WRITES,
    .open = markdown_open, .close = markdown_close,
    .render = markdown_render, .write = markdown_write, .flush = markdown_flush,
};

static const char *const reads[] = { "text", "?block/1", "?keyword/1", "?summary/1", NULL };

GLY_PLUGIN(
    .kind = GLY_SINK, .name = "emit.markdown", .version = "1.0.0",
    .summary = "Writes one Markdown file with front matter for each article",
    .help = "The front matter is YAML: title, published, site, url, lang, uri, authors, keywords, "
            "summary. Two articles of one name never meet in one file: the second, in input "
            "order, gets ~2.",
    .example = "{ use = \"emit.markdown\"; path = \"${out}/articles\"; }",
    .license = "MIT", .reads = reads,
    .options = options, .config_size = sizeof(markdown_options), .ops = &ops
);
