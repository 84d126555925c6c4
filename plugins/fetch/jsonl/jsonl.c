/* fetch.jsonl - JSON lines, one document a line.
 *
 * The supervisor finds the lines and names the documents without reading the
 * JSON; a worker reads the line again from its file by place and length, or, for
 * standard input, gets its bytes, and makes the document (article.c). */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "article.h"
#include "id.h"
#include "kit/names.h"
#include "kit/walk.h"
#include "lines.h"
#include "member.h"

enum { LONGEST_URI = 2000, LONGEST_PLACE = 512 };

typedef struct jsonl {
    const jsonl_options *options;
    const gly_host      *host;
    gly_stage           *stage;
    walk_options         walking;
    walk                *walk;     /* NULL: standard input                       */
    bool                 reading, stdin_given;
    bool                 unread;   /* a file could not be read, or not to its end */
    lines                lines;
    names                names;
    char                *label, *file; /* uri and path of the file in hand       */
    char                *uri, *locator, *plain, *id;
    size_t               uri_room, locator_room, plain_room, id_room;
    char                 reason[LONGEST_PLACE];
} jsonl;

/* What a worker needs to find a line again. The label follows, then its id, then
 * the line itself or the path of its file. Both processes run the same code. */
typedef struct locator {
    uint64_t offset, number, hash;
    uint32_t length, label, id;
    bool     has_line;
} locator;

typedef struct reader { /* a worker's */
    const jsonl *shared;
    int          file;  /* the one read last; -1: none */
    char        *path;
} reader;

static const gly_str patterns[] = { { "*.jsonl", 7 }, { "*.ndjson", 8 } };

static const gly_option options[] = {
    GLY_PATHS(jsonl_options, path, "",
              "Files, folders of .jsonl and .ndjson files, or - alone for standard input; "
              "INPUT on the command line replaces them"),
    GLY_STR(jsonl_options, text, "text",
            "Field that holds the text; meta.body is body in the object meta"),
    GLY_STR(jsonl_options, uri, "uri", "Field that names the document"),
    GLY_STR(jsonl_options, id, "id", "Field that names it within its file, when there is no uri"),
    GLY_STR(jsonl_options, title, "title", "Field that holds the title"),
    GLY_STR(jsonl_options, author, "authors", "Field that holds the author or a list of them"),
    GLY_STR(jsonl_options, lang, "lang", "Field that holds the language"),
    GLY_STR(jsonl_options, date, "published", "Field that holds the date, as 2023-05-02"),
    GLY_STR(jsonl_options, site, "site", "Field that holds the name of the site"),
    GLY_STR(jsonl_options, url, "url", "Field that holds the address"),
    GLY_STR(jsonl_options, media, "text/plain", "What the texts are"),
    GLY_BOOL(jsonl_options, recursive, "true", "Go into folders below"),
    GLY_SIZE(jsonl_options, max_bytes, "64 MiB", 1, 2147483647.0, "A longer line fails"),
    GLY_OPTIONS_END
};

/* ---- strings that live until the next call ------------------------------------- */

static bool reserve(char **text, size_t *room, size_t needed)
{
    char *grown;

    if (needed <= *room)
        return true;
    grown = realloc(*text, 2 * needed);
    if (!grown)
        return false;
    *text = grown;
    *room = 2 * needed;
    return true;
}

static bool replace(char **text, const char *with, uint32_t length)
{
    free(*text);
    *text = strndup(with, length);
    return *text != NULL;
}

/* ---- files (supervisor) --------------------------------------------------------- */

static gly_status refuse(jsonl *self, gly_item *item, const char *reason)
{
    snprintf(self->reason, sizeof self->reason, "%s", reason);
    item->verdict = GLY_REFUSED;
    item->reason = self->reason;
    return GLY_OK;
}

/* Packed files would come out as millions of broken lines. */
static const char *packed(int file)
{
    unsigned char head[4];

    if (pread(file, head, sizeof head, 0) != (ssize_t)sizeof head)
        return NULL;
    if (head[0] == 0x1F && head[1] == 0x8B)
        return "is compressed by gzip; unpack it, or: zcat FILE | galley run CONFIG -";
    if (memcmp(head, "\x28\xB5\x2F\xFD", 4) == 0)
        return "is compressed by zstd; unpack it, or: zstdcat FILE | galley run CONFIG -";
    return NULL;
}

/* Opens what the walk gave; an item comes of it when it cannot be read. */
static gly_status open_file(jsonl *self, gly_item *item)
{
    struct stat info;
    const char *why = NULL;
    int file;

    if (!replace(&self->label, item->uri.ptr, item->uri.len) ||
        !replace(&self->file, item->locator.ptr, item->locator.len))
        return GLY_ENOMEM;
    file = open(self->file, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (file < 0 || fstat(file, &info) < 0)
        why = strerror(errno);
    else if (!S_ISREG(info.st_mode))
        why = "is no regular file";
    else
        why = packed(file);
    if (why) {
        if (file >= 0)
            close(file);
        self->unread = true;
        return refuse(self, item, why);
    }
    lines_begin(&self->lines, file, self->options->max_bytes);
    self->reading = true;
    return GLY_END;
}

/* GLY_END with a file in hand, or an item, or GLY_DROP: there is no file more. */
static gly_status open_next(jsonl *self, gly_item *item)
{
    gly_status status;

    if (!self->walk) {
        if (self->stdin_given)
            return GLY_DROP;
        self->stdin_given = self->reading = true;
        lines_begin(&self->lines, STDIN_FILENO, self->options->max_bytes);
        return replace(&self->label, "stdin", 5) ? GLY_END : GLY_ENOMEM;
    }
    status = walk_next(self->walk, item);
    if (status == GLY_END)
        return GLY_DROP;
    self->unread |= status == GLY_OK && item->verdict == GLY_REFUSED;
    if (status < 0 || item->verdict != GLY_TAKE)
        return status;
    return open_file(self, item);
}

/* ---- names (supervisor) ---------------------------------------------------------- */

static bool is_name(gly_str s)
{
    if (s.len == 0 || s.len > LONGEST_URI)
        return false;
    for (uint32_t i = 0; i < s.len; i++)
        if ((unsigned char)s.ptr[i] < 0x20 || s.ptr[i] == 0x7F)
            return false;
    return true;
}

static gly_str said(jsonl *self, const line *l, gly_str field)
{
    gly_str value = member_find(l->text, field);

    if (l->too_long && value.len && value.ptr + value.len == l->text.ptr + l->text.len)
        value.len = 0; /* it may go on */
    return article_plain(value, &self->plain, &self->plain_room);
}

/* Its id as JSON: a whole number stays one, all else is a string. */
static gly_status identify_line(jsonl *self, const line *l, gly_item *item)
{
    gly_str value = member_find(l->text, self->options->id), id = said(self, l, self->options->id);
    uint32_t length;

    if (!is_name(id))
        return GLY_OK;
    if (!reserve(&self->id, &self->id_room, 3 * (size_t)id.len + 3))
        return GLY_ENOMEM;
    length = value.ptr[0] == '"' ? 0 : id_number(id, self->id);
    item->id = (gly_str){ self->id, length ? length : id_string(id, self->id) };
    return GLY_OK;
}

/* The record's own uri; or FILE!/ID; or FILE!/NUMBER. Gives the length. */
static uint32_t first_name(jsonl *self, const line *l)
{
    gly_str name = said(self, l, self->options->uri);
    int length;

    if (is_name(name)) {
        memcpy(self->uri, name.ptr, name.len);
        return name.len;
    }
    name = said(self, l, self->options->id);
    if (is_name(name))
        length = snprintf(self->uri, self->uri_room, "%s!/%.*s", self->label, (int)name.len, name.ptr);
    else
        length = snprintf(self->uri, self->uri_room, "%s!/%" PRIu64, self->label, l->number);
    return (uint32_t)length;
}

/* Puts "~..." behind the name. Gives the new length. */
GLY_PRINTF(3, 4)
static uint32_t append(jsonl *self, uint32_t length, const char *format, ...)
{
    va_list values;
    int more;

    va_start(values, format);
    more = vsnprintf(self->uri + length, self->uri_room - length, format, values);
    va_end(values);
    return length + (uint32_t)more;
}

/* A name that another line has gets the line's place behind it, and in the odd
 * case that this is taken as well, a number. */
static gly_status name_line(jsonl *self, const line *l, gly_item *item)
{
    uint32_t length, whole;
    uint64_t before;
    gly_status status;

    if (!reserve(&self->uri, &self->uri_room, strlen(self->label) * 2 + LONGEST_URI + 80))
        return GLY_ENOMEM;
    whole = length = first_name(self, l);
    status = names_take(&self->names, (gly_str){ self->uri, whole }, &before);
    if (status == GLY_OK && before) {
        whole = length = append(self, length, "~%s:%" PRIu64, self->label, l->number);
        status = names_take(&self->names, (gly_str){ self->uri, whole }, &before);
    }
    for (uint64_t n = before + 1; status == GLY_OK && before; n++) {
        whole = append(self, length, "~%" PRIu64, n);
        status = names_take(&self->names, (gly_str){ self->uri, whole }, &before);
    }
    item->uri = (gly_str){ self->uri, whole };
    return status;
}

static gly_status locate_line(jsonl *self, const line *l, gly_item *item)
{
    bool whole = !self->walk;
    const char *last = whole ? l->text.ptr : self->file;
    size_t label = strlen(self->label), rest = whole ? l->text.len : strlen(self->file);
    size_t length = sizeof(locator) + label + item->id.len + rest;
    char *at;
    locator head = { .offset = l->offset, .number = l->number, .length = l->text.len,
                     .hash = XXH3_64bits(l->text.ptr, l->text.len), .label = (uint32_t)label,
                     .id = item->id.len, .has_line = whole };

    if (!reserve(&self->locator, &self->locator_room, length))
        return GLY_ENOMEM;
    at = mempcpy(self->locator, &head, sizeof head);
    at = mempcpy(at, self->label, label);
    if (item->id.len)
        at = mempcpy(at, item->id.ptr, item->id.len);
    memcpy(at, last, rest);
    item->locator = (gly_str){ self->locator, (uint32_t)length };
    item->bytes = l->text.len;
    item->stamp = head.hash | 1; /* never 0, "not known" */
    return GLY_OK;
}

static gly_status give_line(jsonl *self, const line *l, gly_item *item)
{
    char reason[LONGEST_PLACE];
    gly_status status;

    *item = (gly_item){ .verdict = GLY_TAKE };
    status = name_line(self, l, item);
    if (status == GLY_OK)
        status = identify_line(self, l, item);
    if (status < 0)
        return status;
    if (!l->too_long)
        return locate_line(self, l, item);
    snprintf(reason, sizeof reason, "%.400s:%" PRIu64 ": the line is longer than max_bytes; raise it",
             self->label, l->number);
    return refuse(self, item, reason);
}

/* Who sends lines counts on an answer for each. */
static gly_status pass_over_blank(jsonl *self, const line *l, gly_item *item)
{
    char reason[LONGEST_PLACE];
    gly_status status = name_line(self, l, item);

    snprintf(reason, sizeof reason, "%.400s:%" PRIu64 ": the line is blank", self->label, l->number);
    refuse(self, item, reason);
    item->verdict = GLY_IGNORED;
    return status;
}

static bool is_blank(gly_str s)
{
    for (uint32_t i = 0; i < s.len; i++)
        if (!memchr(" \t\r", s.ptr[i], 3))
            return false;
    return true;
}

static void drop_mark(line *l)
{
    if (l->number == 1 && l->text.len >= 3 && memcmp(l->text.ptr, "\xEF\xBB\xBF", 3) == 0) {
        l->text = gly_slice(l->text, (gly_range){ 3, l->text.len });
        l->offset += 3;
    }
}

static gly_status jsonl_next(void *shared, gly_item *item)
{
    jsonl *self = shared;
    gly_status status;
    line l;

    for (;;) {
        if (!self->reading) {
            status = open_next(self, item);
            if (status == GLY_DROP)
                return GLY_END;
            if (status != GLY_END)
                return status;
        }
        status = lines_next(&self->lines, &l);
        if (status == GLY_OK) {
            drop_mark(&l);
            if (l.too_long || !is_blank(l.text))
                return give_line(self, &l, item);
            if (!self->walk)
                return pass_over_blank(self, &l, item);
            continue;
        }
        self->reading = false;
        lines_end(&self->lines);
        if (status == GLY_ENOMEM)
            return status;
        if (status == GLY_EIO) {
            *item = (gly_item){ .uri = { self->label, (uint32_t)strlen(self->label) } };
            self->unread = true;
            return refuse(self, item, strerror(errno));
        }
    }
}

/* The uris of lines are their own: nothing says which of them a file would have had. */
static gly_status jsonl_unseen(void *shared, gly_str *below, bool *bare)
{
    jsonl *self = shared;
    gly_status status = self->walk ? walk_unseen(self->walk, below, bare) : GLY_END;

    if (status == GLY_END && self->unread) {
        self->unread = *bare = false;
        status = GLY_OK;
    }
    *below = GLY_LIT("");
    return status;
}

static int jsonl_waits_for(void *shared)
{
    jsonl *self = shared;

    if (self->walk || (!self->reading && self->stdin_given))
        return -1;
    if (!self->reading && open_next(self, NULL) != GLY_END)
        return -1; /* no memory: next() says so */
    return lines_ready(&self->lines) ? -1 : STDIN_FILENO;
}

/* ---- documents (worker) ----------------------------------------------------------- */

static gly_status read_line(reader *self, gly_doc *d, const locator *head, const char *path,
                            char *text)
{
    const jsonl *shared = self->shared;
    size_t length = 0;
    ssize_t n = 1;

    if (self->file < 0 || strcmp(self->path, path) != 0) {
        if (self->file >= 0)
            close(self->file);
        self->file = replace(&self->path, path, (uint32_t)strlen(path))
            ? open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC) : -1;
    }
    if (self->file < 0)
        return gly_fail(shared->host, shared->stage, d, GLY_EIO, "cannot open '%s': %s", path,
                        strerror(errno));
    while (length < head->length && n != 0) {
        n = pread(self->file, text + length, head->length - length, (off_t)(head->offset + length));
        if (n < 0 && errno != EINTR)
            return gly_fail(shared->host, shared->stage, d, GLY_EIO, "cannot read '%s': %s", path,
                            strerror(errno));
        length += n > 0 ? (size_t)n : 0;
    }
    if (length < head->length || XXH3_64bits(text, length) != head->hash)
        return gly_fail(shared->host, shared->stage, d, GLY_EIO,
                        "'%s' changed while it was read; run again", path);
    return GLY_OK;
}

/* As it stands in JSON, so that a sink can give it back. */
static gly_status set_id(const jsonl *shared, gly_doc *d, gly_str id)
{
    char *copy = gly_alloc(d->arena, id.len, 1);

    if (!copy)
        return GLY_ENOMEM;
    memcpy(copy, id.ptr, id.len);
    return gly_set_str(shared->host, shared->stage, d, "id_json", (gly_str){ copy, id.len }, (gly_range){ 0, 0 }, 1000);
}

static gly_status jsonl_load(void *given, gly_doc *d, gly_str bytes)
{
    reader *self = given;
    const jsonl *shared = self->shared;
    locator head;
    gly_str id;
    char place[LONGEST_PLACE], *rest, *text;
    gly_status status = GLY_OK;

    if (bytes.len < sizeof head)
        return GLY_ESTATE;
    memcpy(&head, bytes.ptr, sizeof head);
    if (bytes.len - sizeof head < (uint64_t)head.label + head.id)
        return GLY_ESTATE;
    bytes = gly_slice(bytes, (gly_range){ sizeof head, bytes.len });
    snprintf(place, sizeof place, "%.*s:%" PRIu64, (int)(head.label < 400 ? head.label : 400),
             bytes.ptr, head.number);
    id = gly_slice(bytes, (gly_range){ head.label, head.label + head.id });
    bytes = gly_slice(bytes, (gly_range){ head.label + head.id, bytes.len });
    rest = gly_alloc(d->arena, bytes.len + 1u, 1);
    text = head.has_line ? rest : gly_alloc(d->arena, head.length + 1u, 1);
    if (!rest || !text)
        return GLY_ENOMEM;
    memcpy(rest, bytes.ptr, bytes.len);
    rest[bytes.len] = '\0';
    if (!head.has_line)
        status = read_line(self, d, &head, rest, text);
    if (status < 0)
        return status;
    status = article_load(shared->options, shared->host, shared->stage, d,
                          (gly_str){ text, head.has_line ? bytes.len : head.length }, place);
    return status == GLY_OK && id.len ? set_id(shared, d, id) : status;
}

/* ---- the stage ------------------------------------------------------------------- */

static void jsonl_close(void *given)
{
    jsonl *self = given;

    if (!self)
        return;
    walk_free(self->walk);
    if (self->reading)
        lines_end(&self->lines);
    names_free(&self->names);
    free(self->label);
    free(self->file);
    free(self->uri);
    free(self->locator);
    free(self->plain);
    free(self->id);
    free(self);
}

static gly_status jsonl_open(const gly_host *host, gly_stage *stage, const void *given, void **shared)
{
    const jsonl_options *o = given;
    jsonl *self = calloc(1, sizeof *self);

    if (!self)
        return GLY_ENOMEM;
    *self = (jsonl){ .options = o, .host = host, .stage = stage };
    self->walking = (walk_options){
        .path = o->path, .match = { patterns, 2 }, .recursive = o->recursive, .ignore_files = true,
    };
    if (o->path.count != 1 || !gly_str_eq(o->path.items[0], GLY_LIT("-"))) {
        self->walk = walk_new(&self->walking);
        if (!self->walk) {
            jsonl_close(self);
            return GLY_ENOMEM;
        }
    }
    *shared = self;
    return GLY_OK;
}

static gly_status jsonl_start(void *shared, gly_stage *stage, void **self)
{
    reader *r = calloc(1, sizeof *r);

    (void)stage;
    if (!r)
        return GLY_ENOMEM;
    *r = (reader){ .shared = shared, .file = -1 };
    *self = r;
    return GLY_OK;
}

static void jsonl_finish(void *given)
{
    reader *r = given;

    if (r && r->file >= 0)
        close(r->file);
    if (r)
        free(r->path);
    free(r);
}

static const char *jsonl_check(const void *given, const char **option)
{
    return article_check(given, option);
}

static const gly_stage_ops ops = {
    .size = sizeof ops, .flags = GLY_STAGE_DASH,
    .open = jsonl_open, .start = jsonl_start, .finish = jsonl_finish, .close = jsonl_close,
    .next = jsonl_next, .load = jsonl_load, .check = jsonl_check, .waits_for = jsonl_waits_for,
    .unseen = jsonl_unseen,
};

static const char *const writes[] = {
    "raw", "meta.title", "meta.author", "meta.lang", "meta.published", "meta.site", "meta.url", "meta.id_json", NULL
};

GLY_PLUGIN(
    .kind = GLY_SOURCE, .name = "fetch.jsonl", .version = "1.0.0",
    .summary = "Reads JSON lines, one article a line",
    .help = "Reads galley's own records again, or any file of one JSON object a line; the options "
            "name the fields. A dot leads into an object: meta.title; a number picks from a list: "
            "authors.0.\n\n"
            "A document keeps the uri that its line says; without one it is FILE!/ID or "
            "FILE!/NUMBER. A uri that an earlier line has gets ~FILE:NUMBER behind it.\n\n"
            "A line that is broken, has no text or is too long costs one document, whose reason "
            "names file and line. Blank lines are passed over.\n\n"
            "What the field of id holds goes along as meta.id_json: emit.jsonl with answers = true "
            "gives it back.",
    .example = "{ use = \"fetch.jsonl\"; path = \"articles.jsonl\"; text = \"body\"; }",
    .license = "MIT", .writes = writes, .inputs = "path",
    .options = options, .config_size = sizeof(jsonl_options), .ops = &ops
);
