/* lines - one buffer, of which the unread part is moved to the front when it is
 * full. */
#include "lines.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

enum { FIRST_BUFFER = 64 * 1024 };

void lines_begin(lines *l, int file, size_t longest)
{
    *l = (lines){ .file = file, .longest = longest, .buffer = l->buffer, .capacity = l->capacity };
}

void lines_end(lines *l)
{
    if (l->file > STDIN_FILENO)
        close(l->file);
    free(l->buffer);
    *l = (lines){ .file = -1 };
}

static gly_status make_room(lines *l)
{
    size_t held = l->end - l->begin, larger = l->capacity ? 2 * l->capacity : FIRST_BUFFER;
    char *grown;

    if (l->begin > 0) {
        memmove(l->buffer, l->buffer + l->begin, held);
        l->begin = 0;
        l->end = held;
    }
    if (held < l->capacity)
        return GLY_OK;
    if (larger > l->longest + 1 && larger > FIRST_BUFFER)
        larger = l->longest + 1 > l->capacity ? l->longest + 1 : l->capacity + 1;
    grown = realloc(l->buffer, larger);
    if (!grown)
        return GLY_ENOMEM;
    l->buffer = grown;
    l->capacity = larger;
    return GLY_OK;
}

/* Reads on; at_end when there is nothing more. */
static gly_status fill(lines *l)
{
    gly_status status = make_room(l);
    ssize_t n;

    if (status < 0)
        return status;
    do
        n = read(l->file, l->buffer + l->end, l->capacity - l->end);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return GLY_EIO;
    l->end += (size_t)n;
    l->at_end = n == 0;
    return GLY_OK;
}

static void give(lines *l, line *out, size_t length, size_t with_newline)
{
    out->text = (gly_str){ l->buffer + l->begin, (uint32_t)length };
    out->offset = l->offset;
    l->begin += with_newline;
    l->offset += with_newline;
    l->seen = 0;
}

/* Passes over what is left of a line that is too long. */
static gly_status pass_over(lines *l, line *out)
{
    size_t kept = l->end - l->begin < LINES_HEAD ? l->end - l->begin : LINES_HEAD;

    memcpy(l->head, l->buffer + l->begin, kept);
    *out = (line){ .text = { l->head, (uint32_t)kept }, .offset = l->offset, .number = l->number, .too_long = true };
    l->seen = 0;
    for (;;) {
        size_t held = l->end - l->begin;
        const char *newline = held ? memchr(l->buffer + l->begin, '\n', held) : NULL;
        size_t gone = newline ? (size_t)(newline + 1 - (l->buffer + l->begin)) : held;
        gly_status status;

        l->begin += gone;
        l->offset += gone;
        if (newline || l->at_end)
            return GLY_OK;
        status = fill(l);
        if (status < 0)
            return status;
    }
}

/* The first newline of what is held. */
static const char *find_newline(lines *l)
{
    size_t held = l->end - l->begin;
    const char *from = l->buffer + l->begin, *newline = held > l->seen ? memchr(from + l->seen, '\n', held - l->seen) : NULL;

    l->seen = newline ? (size_t)(newline - from) : held;
    return newline;
}

gly_status lines_next(lines *l, line *out)
{
    *out = (line){ .number = ++l->number };
    for (;;) {
        size_t held = l->end - l->begin;
        const char *newline = held ? find_newline(l) : NULL;
        size_t length = newline ? (size_t)(newline - (l->buffer + l->begin)) : held;
        gly_status status;

        if (length > l->longest)
            return pass_over(l, out);
        if (newline || (l->at_end && held)) {
            give(l, out, length, length + (newline != NULL));
            return GLY_OK;
        }
        if (l->at_end)
            return GLY_END;
        status = fill(l);
        if (status < 0)
            return status;
    }
}

bool lines_ready(lines *l)
{
    struct pollfd file = { .fd = l->file, .events = POLLIN };

    while (!l->at_end && l->end - l->begin <= l->longest && (l->end == l->begin || !find_newline(l))) {
        if (poll(&file, 1, 0) == 0)
            return false;
        if (fill(l) < 0)
            return true; /* lines_next() will say why */
    }
    return true;
}
