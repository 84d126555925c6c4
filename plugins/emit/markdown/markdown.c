/* emit.markdown - one Markdown file for each document.
 *
 * render() gives a file name, a NUL and the page. write() runs in input order,
 * so that the number which parts two files of one name is always the same; it
 * writes NAME.part and renames it (folder.c). */
#include <stdlib.h>

#include "base/utf8.h"
#include "folder.h"
#include "kit/json.h"
#include "page.h"

enum { MOST_NAME = 180 };

enum { NAME_URI, NAME_TITLE };

typedef struct markdown_options {
    gly_str path;
    int32_t name;
} markdown_options;

typedef struct markdown {
    const markdown_options *options;
    folder                  folder;
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

/* ---- the stage ---------------------------------------------------------------------- */

static folder *folder_of(void *shared)
{
    return &((markdown *)shared)->folder;
}

static gly_status markdown_write(void *shared, gly_str bytes)
{
    uint32_t length = (uint32_t)strnlen(bytes.ptr, bytes.len);

    return folder_write(folder_of(shared), bytes.ptr, gly_slice(bytes, (gly_range){ length + 1, bytes.len }));
}

static gly_status markdown_flush(void *shared)
{
    return folder_flush(folder_of(shared));
}

static gly_status markdown_resume(void *shared, uint64_t position)
{
    return folder_resume(folder_of(shared), position);
}

static uint64_t markdown_position(void *shared)
{
    return folder_of(shared)->position;
}

static gly_status markdown_keep(void *shared, void *other, uint64_t begin, uint64_t end)
{
    return folder_keep(folder_of(shared), other ? folder_of(other) : NULL, begin, end);
}

static gly_status markdown_edition(void *shared, gly_edition step)
{
    return folder_edition(folder_of(shared), step);
}

static void markdown_close(void *shared)
{
    if (shared)
        folder_close(folder_of(shared));
    free(shared);
}

static gly_status markdown_open(const gly_host *host, gly_stage *stage, const void *given, void **shared)
{
    markdown *self = calloc(1, sizeof *self);
    gly_status status;

    if (!self)
        return GLY_ENOMEM;
    self->options = given;
    status = folder_open(&self->folder, host, stage, self->options->path);
    if (status < 0)
        markdown_close(self);
    else
        *shared = self;
    return status;
}

static const gly_stage_ops ops = {
    .size = sizeof ops, .flags = GLY_STAGE_WRITES,
    .open = markdown_open, .close = markdown_close,
    .render = markdown_render, .write = markdown_write, .flush = markdown_flush,
    .resume = markdown_resume, .position = markdown_position,
    .keep = markdown_keep, .edition = markdown_edition,
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
