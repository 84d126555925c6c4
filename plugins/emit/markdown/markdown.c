/* emit.markdown - one Markdown file for each document.
 *
 * render() gives a file name, a NUL and the page. write() runs in input order,
 * so that the number which parts two files of one name is always the same; it
 * writes NAME.part and renames it. What names were asked for is kept in a hidden
 * file, one a line: where a run has ended another can go on, or take its pages
 * back. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/utf8.h"
#include "kit/names.h"
#include "kit/sinkfile.h"
#include "kit/unicode.h"
#include "page.h"

enum { MOST_NAME = 180, MOST_PATH = 8192 };

#define ASKED_FILE ".galley-names"

enum { NAME_URI, NAME_TITLE };

typedef struct markdown_options {
    gly_str path;
    int32_t name;
} markdown_options;

typedef struct markdown {
    const markdown_options *options;
    const gly_host         *host;
    gly_stage              *stage;
    names                   given; /* the names of files so far, in lower case */
    int                     asked; /* the file of names; -1: none is kept      */
    uint64_t                position; /* its length                            */
} markdown;

static const char *const namings[] = { "uri", "title", NULL };

static const gly_option options[] = {
    GLY_OUTPUT(markdown_options, path, NULL, "Folder to write into"),
    GLY_ENUM(markdown_options, name, "uri", namings, "What a file is named by"),
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

/* No separators, no dot or dash in front, whole characters; never empty. */
static void put_name(json *out, gly_str from)
{
    uint32_t length = from.len < MOST_NAME ? from.len : MOST_NAME;

    while (length > 0 && length < from.len && ((unsigned char)from.ptr[length] & 0xC0) == 0x80)
        length--;
    if (length == 0 || from.ptr[0] == '.' || safe(from.ptr[0]) == '-')
        json_byte(out, '_');
    for (uint32_t i = 0; i < length;) {
        uint32_t valid = (uint32_t)utf8_valid_prefix(from.ptr + i, length - i);

        for (uint32_t end = i + valid; i < end; i++)
            json_byte(out, safe(from.ptr[i]));
        if (i < length) { /* not every file system takes bytes that are no UTF-8 */
            json_byte(out, '_');
            i++;
        }
    }
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

/* Capitals do not part names where the file system does not tell them apart.
 * *before: how often the name was given already. */
static gly_status take(markdown *self, const char *name, uint64_t *before)
{
    char lower[1024];
    size_t length = 0;

    for (const char *at = name; *at && length + 4 < sizeof lower;)
        length += utf8_put(lower + length, unicode_lower(utf8_next(&at)));
    return names_take(&self->given, (gly_str){ lower, (uint32_t)length }, before);
}

/* `wanted`, or wanted~2, wanted~3: a name that was not given yet. */
static gly_status give_name(markdown *self, const char *wanted, char *name, size_t size)
{
    uint64_t before;
    gly_status status;

    snprintf(name, size, "%s", wanted);
    status = take(self, name, &before);
    for (uint64_t n = before + 1; status == GLY_OK && before; n++) {
        snprintf(name, size, "%s~%llu", wanted, (unsigned long long)n);
        status = take(self, name, &before);
    }
    return status;
}

/* ---- files -------------------------------------------------------------------------- */

static gly_status store(markdown *self, const char *path, gly_str page)
{
    char part[MOST_PATH];
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
    if (status < 0)
        unlink(part);
    return status;
}

static bool page_path(const markdown *self, const char *name, char *path, size_t size)
{
    gly_str folder = self->options->path;

    return snprintf(path, size, "%.*s/%s.md", (int)folder.len, folder.ptr, name) < (int)size;
}

static gly_status keep_name(markdown *self, const char *wanted, size_t length)
{
    char line[256];

    if (self->asked < 0 || length >= sizeof line)
        return GLY_OK;
    memcpy(line, wanted, length);
    line[length] = '\n';
    if (write(self->asked, line, length + 1) != (ssize_t)length + 1)
        return gly_fail(self->host, self->stage, NULL, GLY_EIO, "cannot write '%.*s/" ASKED_FILE "': %s",
                        (int)self->options->path.len, self->options->path.ptr, strerror(errno));
    self->position += length + 1;
    return GLY_OK;
}

/* The names of the first `position` bytes are given again; the pages of those
 * behind it are removed. */
static gly_status give_again(markdown *self, FILE *asked, uint64_t position, bool remove)
{
    char line[256], name[256], path[MOST_PATH];
    uint64_t at = 0;
    gly_status status = GLY_OK;

    names_free(&self->given);
    self->given = (names){ 0 };
    rewind(asked);
    while (status == GLY_OK && (remove || at < position) && fgets(line, sizeof line, asked)) {
        bool behind = at >= position;

        at += strlen(line);
        line[strcspn(line, "\n")] = '\0';
        status = give_name(self, line, name, sizeof name);
        if (behind && page_path(self, name, path, sizeof path))
            unlink(path);
    }
    return at < position ? GLY_EINPUT : status;
}

static gly_status markdown_resume(void *shared, uint64_t position)
{
    markdown *self = shared;
    char path[MOST_PATH];
    gly_str folder = self->options->path;
    FILE *asked;
    gly_status status;

    if (self->asked >= 0)
        close(self->asked);
    snprintf(path, sizeof path, "%.*s/" ASKED_FILE, (int)folder.len, folder.ptr);
    self->asked = sinkfile_make_parents(path) ? open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666) : -1;
    asked = self->asked < 0 ? NULL : fdopen(dup(self->asked), "r");
    if (!asked)
        return gly_fail(self->host, self->stage, NULL, GLY_EIO, "cannot write '%s': %s", path, strerror(errno));
    status = give_again(self, asked, position, true);
    if (status == GLY_OK)
        status = give_again(self, asked, position, false);
    fclose(asked);
    if (status == GLY_OK && ftruncate(self->asked, (off_t)position) < 0)
        return gly_fail(self->host, self->stage, NULL, GLY_EIO, "cannot write '%s': %s", path, strerror(errno));
    self->position = position;
    return status;
}

static uint64_t markdown_position(void *shared)
{
    return ((markdown *)shared)->position;
}

static gly_status markdown_write(void *shared, gly_str bytes)
{
    markdown *self = shared;
    size_t length = strnlen(bytes.ptr, bytes.len);
    char name[256], path[MOST_PATH - 8];
    gly_status status = give_name(self, bytes.ptr, name, sizeof name);

    if (status == GLY_OK)
        status = keep_name(self, bytes.ptr, length);
    if (status < 0)
        return status;
    if (!page_path(self, name, path, sizeof path))
        return gly_fail(self->host, self->stage, NULL, GLY_EIO, "the path of the output folder is too long");
    return store(self, path, gly_slice(bytes, (gly_range){ (uint32_t)length + 1, bytes.len }));
}

static gly_status markdown_flush(void *shared)
{
    const markdown *self = shared;
    char *path = strndup(self->options->path.ptr, self->options->path.len);
    int folder = path ? open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1, synced;

    free(path);
    if (folder < 0 && errno == ENOENT)
        return GLY_OK; /* nothing was written yet */
    synced = folder < 0 ? -1 : syncfs(folder);
    if (folder >= 0)
        close(folder);
    if (synced < 0)
        return gly_fail(self->host, self->stage, NULL, GLY_EIO, "cannot store what is in '%.*s': %s",
                        (int)self->options->path.len, self->options->path.ptr, strerror(errno));
    return GLY_OK;
}

static gly_status markdown_open(const gly_host *host, gly_stage *stage, const void *given, void **shared)
{
    markdown *self = calloc(1, sizeof *self);

    if (!self)
        return GLY_ENOMEM;
    *self = (markdown){ .options = given, .host = host, .stage = stage, .asked = -1 };
    *shared = self;
    return GLY_OK;
}

static void markdown_close(void *shared)
{
    markdown *self = shared;

    if (self && self->asked >= 0)
        close(self->asked);
    if (self)
        names_free(&self->given);
    free(self);
}

static const gly_stage_ops ops = {
    .size = sizeof ops, .flags = GLY_STAGE_WRITES,
    .open = markdown_open, .close = markdown_close,
    .render = markdown_render, .write = markdown_write, .flush = markdown_flush,
    .resume = markdown_resume, .position = markdown_position,
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
