/* object - a loop over tokens with a bit for each open bracket. */
#include "object.h"

#include <stdlib.h>

#include "member.h"

typedef struct reader {
    const char *at, *end;
    uint64_t    objects[OBJECT_DEPTH / 64]; /* bit: this bracket is a { */
    uint32_t    depth;
} reader;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_hex(char c)
{
    return is_digit(c) || ((c | 32) >= 'a' && (c | 32) <= 'f');
}

static void skip_space(reader *r)
{
    while (r->at < r->end && (*r->at == ' ' || *r->at == '\t' || *r->at == '\n' || *r->at == '\r'))
        r->at++;
}

static bool accept(reader *r, char c)
{
    if (r->at == r->end || *r->at != c)
        return false;
    r->at++;
    return true;
}

/* Behind a backslash. */
static bool read_escape(reader *r)
{
    if (r->at == r->end || !memchr("\"\\/bfnrtu", *r->at, 9))
        return false;
    if (*r->at++ != 'u')
        return true;
    for (int i = 0; i < 4; i++, r->at++)
        if (r->at == r->end || !is_hex(*r->at))
            return false;
    return true;
}

/* From the opening mark to behind the closing one. */
static bool read_string(reader *r)
{
    if (!accept(r, '"'))
        return false;
    while (r->at < r->end) {
        const char *mark = memchr(r->at, '"', (size_t)(r->end - r->at));
        const char *stop = mark ? mark : r->end, *escape = memchr(r->at, '\\', (size_t)(stop - r->at));

        if (!escape) {
            r->at = mark ? mark + 1 : r->end;
            return mark != NULL;
        }
        for (r->at = escape; r->at < r->end && *r->at == '\\';) {
            r->at++;
            if (!read_escape(r))
                return false;
        }
    }
    return false;
}

static bool read_digits(reader *r)
{
    const char *start = r->at;

    while (r->at < r->end && is_digit(*r->at))
        r->at++;
    return r->at > start;
}

static bool read_number(reader *r)
{
    accept(r, '-');
    if (!accept(r, '0') && !read_digits(r))
        return false;
    if (accept(r, '.') && !read_digits(r))
        return false;
    if (r->at < r->end && (*r->at | 32) == 'e') {
        r->at++;
        if (!accept(r, '+'))
            accept(r, '-');
        return read_digits(r);
    }
    return true;
}

static bool read_word(reader *r, const char *word)
{
    size_t n = strlen(word);

    if ((size_t)(r->end - r->at) < n || memcmp(r->at, word, n) != 0)
        return false;
    r->at += n;
    return true;
}

static bool read_scalar(reader *r)
{
    if (r->at == r->end)
        return false;
    switch (*r->at) {
    case '"': return read_string(r);
    case 't': return read_word(r, "true");
    case 'f': return read_word(r, "false");
    case 'n': return read_word(r, "null");
    default:  return read_number(r);
    }
}

static bool in_object(const reader *r)
{
    uint32_t i = r->depth - 1;

    return r->objects[i / 64] >> (i % 64) & 1;
}

static bool open_bracket(reader *r, char bracket)
{
    uint32_t i = r->depth;

    if (i == OBJECT_DEPTH)
        return false;
    r->at++;
    r->depth++;
    r->objects[i / 64] &= ~(UINT64_C(1) << (i % 64));
    r->objects[i / 64] |= (uint64_t)(bracket == '{') << (i % 64);
    return true;
}

/* A key and its colon; a member of the outermost object is remembered. */
static bool read_key(reader *r, object *o)
{
    const char *start = r->at;

    if (!read_string(r))
        return false;
    if (r->depth == 1 && o->count < OBJECT_MEMBERS)
        o->members[o->count].key = (gly_str){ start + 1, (uint32_t)(r->at - start - 2) };
    skip_space(r);
    if (!accept(r, ':'))
        return false;
    skip_space(r);
    if (r->depth == 1 && o->count < OBJECT_MEMBERS)
        o->members[o->count].value.ptr = r->at;
    return true;
}

static void end_member(const reader *r, object *o)
{
    if (o->count < OBJECT_MEMBERS) {
        gly_str *value = &o->members[o->count].value;

        value->len = (uint32_t)(r->at - value->ptr);
    }
    o->count++;
}

/* Behind a value: closes brackets as long as they close, and goes past a comma to
 * the next value. */
static bool read_on(reader *r, object *o)
{
    for (;;) {
        if (r->depth == 1)
            end_member(r, o);
        skip_space(r);
        if (accept(r, ',')) {
            skip_space(r);
            return !in_object(r) || read_key(r, o);
        }
        if (!accept(r, in_object(r) ? '}' : ']'))
            return false;
        if (--r->depth == 0)
            return true;
    }
}

/* At a value: a bracket is opened, or a scalar read and what follows it. */
static bool read_value(reader *r, object *o)
{
    char bracket = r->at < r->end ? *r->at : '\0';

    if (bracket != '{' && bracket != '[')
        return read_scalar(r) && read_on(r, o);
    if (!open_bracket(r, bracket))
        return false;
    skip_space(r);
    if (accept(r, bracket == '{' ? '}' : ']')) {
        r->depth--;
        return r->depth == 0 || read_on(r, o);
    }
    return bracket == '[' || read_key(r, o);
}

bool object_read(object *o, gly_str text, size_t *stopped)
{
    reader r = { .at = text.ptr, .end = text.ptr + text.len };
    bool fine;

    o->text = text;
    o->count = 0;
    skip_space(&r);
    fine = r.at < r.end && *r.at == '{' && read_value(&r, o);
    while (fine && r.depth > 0)
        fine = read_value(&r, o);
    if (fine)
        skip_space(&r);
    *stopped = (size_t)(r.at - text.ptr);
    return fine && r.at == r.end;
}

/* ---- looking up -------------------------------------------------------------------- */

gly_str object_entry(gly_str list, size_t *at)
{
    gly_str none = { NULL, 0 };
    size_t start;

    if (list.len == 0 || list.ptr[0] != '[')
        return none;
    for (*at += *at == 0; *at < list.len && memchr(" \t\r\n,", list.ptr[*at], 5);)
        ++*at;
    if (*at >= list.len || list.ptr[*at] == ']')
        return none;
    start = *at;
    *at = member_end(list, *at);
    return gly_slice(list, (gly_range){ (uint32_t)start, (uint32_t)*at });
}

static gly_str step(gly_str value, gly_str key)
{
    size_t at = 0;
    uint32_t wanted = 0;
    gly_str entry;

    if (value.len == 0 || value.ptr[0] != '[')
        return member_find(value, key);
    for (uint32_t i = 0; i < key.len; i++) {
        if (!is_digit(key.ptr[i]) || i > 6)
            return (gly_str){ NULL, 0 };
        wanted = wanted * 10 + (uint32_t)(key.ptr[i] - '0');
    }
    do
        entry = object_entry(value, &at);
    while (entry.len && wanted--);
    return entry;
}

static gly_str first_of(const object *o, gly_str key)
{
    for (uint32_t i = 0; i < o->count && i < OBJECT_MEMBERS; i++)
        if (gly_str_eq(o->members[i].key, key))
            return o->members[i].value;
    return o->count > OBJECT_MEMBERS ? member_find(o->text, key) : (gly_str){ NULL, 0 };
}

gly_str object_find(const object *o, gly_str path)
{
    gly_str value = { NULL, 0 };
    bool first = true;

    while (path.len && (first || value.len)) {
        const char *dot = memchr(path.ptr, '.', path.len);
        gly_str key = { path.ptr, dot ? (uint32_t)(dot - path.ptr) : path.len };

        value = first ? first_of(o, key) : step(value, key);
        first = false;
        path = gly_slice(path, (gly_range){ key.len + (dot != NULL), path.len });
    }
    return value;
}
