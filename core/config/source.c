/* source - reads a config and its includes into one string with a line map. */
#include "config/source.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/memory.h"

enum { DEEPEST_INCLUDE = 10, LARGEST_FILE = 4 << 20 };

typedef struct reader {
    source *into;
    report *problems;
    const char *stack[DEEPEST_INCLUDE];
    int depth;
    bool in_comment; /* inside a C comment, which may span lines */
    bool fine;
} reader;

static void append(source *s, const char *bytes, size_t n)
{
    if (s->length + n + 1 > s->capacity) {
        s->capacity = (s->length + n + 1) * 2;
        s->text = memory_resize(s->text, s->capacity, 1);
    }
    memcpy(s->text + s->length, bytes, n);
    s->length += n;
    s->text[s->length] = '\0';
}

static void end_line(source *s, const char *file, int line)
{
    append(s, "\n", 1);
    if (s->line_count == s->line_capacity) {
        s->line_capacity = s->line_capacity ? s->line_capacity * 2 : 256;
        s->lines = memory_resize(s->lines, s->line_capacity, sizeof *s->lines);
    }
    s->lines[s->line_count++] = (source_line){ file, line };
}

static void complain(reader *r, place at, const char *what, const char *which)
{
    report_add(r->problems, SEVERITY_ERROR, at, "'%s' %s", which, what);
    r->fine = false;
}

/* The whole file, or NULL after a complaint at the place that asked for it. */
static char *slurp(reader *r, const char *file, place asked, size_t *length)
{
    struct stat info;
    FILE *f;
    char *text;

    if (stat(file, &info) < 0)
        return complain(r, asked, errno == ENOENT ? "is not there; look at the path" : strerror(errno), file), NULL;
    if (S_ISDIR(info.st_mode) && asked.line == 0) /* on the command line */
        return complain(r, asked, "is a folder, and the config comes before its inputs: galley run press FOLDER", file), NULL;
    if (!S_ISREG(info.st_mode))
        return complain(r, asked, "is no regular file; a config is one", file), NULL;
    if (info.st_size > LARGEST_FILE)
        return complain(r, asked, "is larger than 4 MiB; no config is", file), NULL;
    f = fopen(file, "rb");
    if (!f)
        return complain(r, asked, strerror(errno), file), NULL;
    text = memory_new((size_t)info.st_size + 1);
    *length = fread(text, 1, (size_t)info.st_size, f);
    fclose(f);
    if (memchr(text, '\0', *length)) {
        complain(r, asked, "holds NUL bytes; save it as UTF-8 text", file);
        free(text);
        return NULL;
    }
    return text;
}

/* Whether a C comment is open behind this line, where no @include counts. */
static bool in_comment_after(const char *line, size_t length, bool in_comment)
{
    bool in_string = false;

    for (size_t i = 0; i < length; i++) {
        char c = line[i], next = i + 1 < length ? line[i + 1] : '\0';

        if (in_comment)
            in_comment = !(c == '*' && next == '/');
        else if (in_string && c == '\\')
            i++;
        else if (c == '"')
            in_string = !in_string;
        else if (!in_string && (c == '#' || (c == '/' && next == '/')))
            break;
        else if (!in_string && c == '/' && next == '*')
            in_comment = true, i++;
    }
    return in_comment;
}

static void read_file(reader *r, const char *file, place asked);

static bool is_include(const char *line, size_t length)
{
    size_t i = 0;

    while (i < length && isspace((unsigned char)line[i]))
        i++;
    return length - i >= 8 && memcmp(line + i, "@include", 8) == 0;
}

/* @include "other.cfg": its name, relative to the file that says it. */
static char *included(const char *line, size_t length, const char *file)
{
    const char *slash = strrchr(file, '/'), *open, *close;

    if (!is_include(line, length))
        return NULL;
    open = memchr(line, '"', length);
    close = open ? memchr(open + 1, '"', length - (size_t)(open + 1 - line)) : NULL;
    if (!close)
        return NULL;
    if (open[1] == '/' || !slash)
        return memory_copy(open + 1, (size_t)(close - open - 1));
    return memory_format("%.*s/%.*s", (int)(slash - file), file, (int)(close - open - 1), open + 1);
}

static void read_lines(reader *r, const char *file, const char *text, size_t length)
{
    int number = 1;

    for (size_t at = 0; at < length; number++) {
        const char *newline = memchr(text + at, '\n', length - at);
        size_t end = newline ? (size_t)(newline - text) : length;
        char *other = r->in_comment ? NULL : included(text + at, end - at, file);
        place here = { file, number, 0 };

        if (other) {
            read_file(r, other, here);
            free(other);
        } else if (!r->in_comment && is_include(text + at, end - at)) {
            complain(r, here, "needs the name of a file in quotes on the same line", "@include");
        } else {
            append(r->into, text + at, end - at);
            r->in_comment = in_comment_after(text + at, end - at, r->in_comment);
        }
        end_line(r->into, file, number);
        at = end + 1;
    }
}

static void read_file(reader *r, const char *file, place asked)
{
    source *s = r->into;
    size_t length = 0, skip;
    char *text;

    for (int i = 0; i < r->depth; i++)
        if (strcmp(r->stack[i], file) == 0) {
            complain(r, asked, "includes itself; break the circle", file);
            return;
        }
    if (r->depth == DEEPEST_INCLUDE || s->file_count == sizeof s->files / sizeof *s->files) {
        complain(r, asked, "is one include too many; at most 10 deep and 64 files", file);
        return;
    }
    text = slurp(r, file, asked, &length);
    if (!text)
        return;
    s->files[s->file_count++] = memory_text(file);
    r->stack[r->depth++] = s->files[s->file_count - 1];
    skip = length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    read_lines(r, r->stack[r->depth - 1], text + skip, length - skip);
    r->depth--;
    free(text);
}

bool source_read(source *s, const char *file, report *problems)
{
    reader r = { .into = s, .problems = problems, .fine = true };

    *s = (source){ 0 };
    append(s, "", 0);
    read_file(&r, file, (place){ NULL, 0, 0 });
    return r.fine;
}

void source_free(source *s)
{
    for (size_t i = 0; i < s->file_count; i++)
        free(s->files[i]);
    free(s->text);
    free(s->lines);
    *s = (source){ 0 };
}

place source_place(const source *s, int line)
{
    if (line < 1 || s->line_count == 0)
        return (place){ s->file_count ? s->files[0] : NULL, 0, 0 };
    if ((size_t)line > s->line_count)
        line = (int)s->line_count;
    return (place){ s->lines[line - 1].file, s->lines[line - 1].line, 0 };
}

const char *source_text(const source *s, int line, size_t *length)
{
    const char *at = s->text;

    for (int i = 1; i < line && at; i++) {
        at = strchr(at, '\n');
        at = at ? at + 1 : NULL;
    }
    *length = at ? strcspn(at, "\n") : 0;
    return at ? at : "";
}
