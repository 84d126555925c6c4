/* member - steps over keys and values (RFC 8259) until the key is met. */
#include "member.h"

typedef struct cursor {
    const char *at, *end;
} cursor;

static void skip_space(cursor *c)
{
    while (c->at < c->end && (*c->at == ' ' || *c->at == '\t' || *c->at == '\n' || *c->at == '\r'))
        c->at++;
}

static bool accept(cursor *c, char wanted)
{
    skip_space(c);
    if (c->at == c->end || *c->at != wanted)
        return false;
    c->at++;
    return true;
}

/* From behind the opening quotation mark to behind the closing one. A mark is
 * escaped when an odd number of backslashes stands before it. */
static void skip_string(cursor *c)
{
    const char *start = c->at;

    while (c->at < c->end) {
        const char *mark = memchr(c->at, '"', (size_t)(c->end - c->at)), *back = mark;

        if (!mark)
            break;
        while (back > start && back[-1] == '\\')
            back--;
        c->at = start = mark + 1;
        if ((mark - back) % 2 == 0)
            return;
    }
    c->at = c->end;
}

/* To behind the bracket that closes the one just passed. */
static void skip_nested(cursor *c)
{
    size_t depth = 1;

    while (c->at < c->end && depth > 0) {
        char here = *c->at++;

        if (here == '"')
            skip_string(c);
        else if (here == '{' || here == '[')
            depth++;
        else if (here == '}' || here == ']')
            depth--;
    }
}

static void skip_value(cursor *c)
{
    char first = c->at < c->end ? *c->at : '\0';

    if (first == '"' || first == '{' || first == '[')
        c->at++;
    if (first == '"')
        skip_string(c);
    else if (first == '{' || first == '[')
        skip_nested(c);
    else
        while (c->at < c->end && !memchr(",}] \t\r\n", *c->at, 7))
            c->at++;
}

/* The value of one key of the object at the cursor. */
static gly_str find_key(cursor c, gly_str key)
{
    if (!accept(&c, '{'))
        return (gly_str){ NULL, 0 };
    while (accept(&c, '"')) {
        const char *name = c.at, *value;
        size_t length;

        skip_string(&c);
        length = (size_t)(c.at - name);
        if (!accept(&c, ':'))
            break;
        skip_space(&c);
        value = c.at;
        skip_value(&c);
        if (length == key.len + 1u && memcmp(name, key.ptr, key.len) == 0)
            return (gly_str){ value, (uint32_t)(c.at - value) };
        if (!accept(&c, ','))
            break;
    }
    return (gly_str){ NULL, 0 };
}

size_t member_end(gly_str text, size_t at)
{
    cursor c = { text.ptr + at, text.ptr + text.len };

    skip_value(&c);
    return (size_t)(c.at - text.ptr);
}

gly_str member_find(gly_str object, gly_str path)
{
    while (object.len && path.len) {
        const char *dot = memchr(path.ptr, '.', path.len);
        gly_str key = { path.ptr, dot ? (uint32_t)(dot - path.ptr) : path.len };

        object = find_key((cursor){ object.ptr, object.ptr + object.len }, key);
        if (!dot)
            return object;
        path = gly_slice(path, (gly_range){ key.len + 1, path.len });
    }
    return (gly_str){ NULL, 0 };
}
