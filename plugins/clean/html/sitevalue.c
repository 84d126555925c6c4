/* sitevalue - functions are peeled off from outside, what is left is a path. */
#include "sitevalue.h"

#include <stdlib.h>

#include "kit/page/charref.h"

enum { MOST_CUTS = 4, LONGEST_VALUE = 300 };

typedef struct cut {
    bool    after; /* else before       */
    gly_str mark;  /* slice of the text */
} cut;

struct site_value {
    xpath  *path;
    gly_str literal; /* slice of the text, where there is no path */
    char   *text;
    cut    cuts[MOST_CUTS]; /* outermost first */
    int    count;
};

/* ---- parsing ---------------------------------------------------------------------- */

static gly_str trimmed(gly_str s)
{
    while (s.len && (unsigned char)s.ptr[0] <= ' ')
        s.ptr++, s.len--;
    while (s.len && (unsigned char)s.ptr[s.len - 1] <= ' ')
        s.len--;
    return s;
}

/* Peels "name( ... )" off; false: it is no call of that function. */
static bool call(gly_str *s, const char *name)
{
    uint32_t length = (uint32_t)strlen(name);

    if (s->len < length + 2 || memcmp(s->ptr, name, length) != 0 || s->ptr[length] != '(' ||
        s->ptr[s->len - 1] != ')')
        return false;
    *s = trimmed((gly_str){ s->ptr + length + 1, s->len - length - 2 });
    return true;
}

/* Peels ", 'mark'" off the end. */
static bool last_string(gly_str *s, gly_str *mark)
{
    char quote = s->len > 2 ? s->ptr[s->len - 1] : 0;
    const char *open = quote == '\'' || quote == '"' ? memrchr(s->ptr, quote, s->len - 1u) : NULL;
    gly_str rest;

    if (!open)
        return false;
    *mark = (gly_str){ open + 1, (uint32_t)(s->ptr + s->len - 2 - open) };
    rest = trimmed((gly_str){ s->ptr, (uint32_t)(open - s->ptr) });
    if (mark->len == 0 || rest.len < 2 || rest.ptr[rest.len - 1] != ',')
        return false;
    *s = trimmed((gly_str){ rest.ptr, rest.len - 1 });
    return true;
}

static bool peel(site_value *v, gly_str *s)
{
    while (v->count <= MOST_CUTS) {
        bool after = call(s, "substring-after");

        if (!after && !call(s, "substring-before")) {
            if (!call(s, "normalize-space") && !call(s, "string"))
                return true;
            continue;
        }
        if (v->count == MOST_CUTS || !last_string(s, &v->cuts[v->count].mark))
            return false;
        v->cuts[v->count++].after = after;
    }
    return false;
}

static gly_str without_text_step(gly_str s)
{
    static const char step[] = "/text()";
    uint32_t length = sizeof step - 1;

    if (s.len > length && memcmp(s.ptr + s.len - length, step, length) == 0)
        s.len -= s.ptr[s.len - length - 1] == '/' ? length + 1 : length;
    return s;
}

/* 'Ann Other', or the same in brackets. */
static bool read_literal(site_value *v, gly_str s)
{
    if (s.len > 2 && s.ptr[0] == '(' && s.ptr[s.len - 1] == ')')
        s = trimmed((gly_str){ s.ptr + 1, s.len - 2 });
    if (s.len < 3 || (*s.ptr != '\'' && *s.ptr != '"') || memchr(s.ptr + 1, *s.ptr, s.len - 1u) != s.ptr + s.len - 1)
        return false;
    v->literal = (gly_str){ s.ptr + 1, s.len - 2 };
    return true;
}

site_value *site_value_parse(gly_str text, uint32_t *stopped)
{
    site_value *v = calloc(1, sizeof *v);
    char *copy = malloc(text.len + 1u);
    gly_str rest = { copy, text.len };

    *stopped = 0;
    if (!v || !copy) {
        free(v);
        free(copy);
        return NULL;
    }
    memcpy(copy, text.ptr, text.len);
    copy[text.len] = '\0';
    v->text = copy;
    rest = trimmed(rest);
    if (peel(v, &rest) && !read_literal(v, rest))
        v->path = xpath_parse(without_text_step(rest), stopped);
    if (v->path || v->literal.len)
        return v;
    *stopped += (uint32_t)(rest.ptr - copy);
    site_value_free(v);
    return NULL;
}

void site_value_free(site_value *v)
{
    if (v) {
        xpath_free(v->path);
        free(v->text);
    }
    free(v);
}

/* ---- reading ------------------------------------------------------------------------ */

xpath_nodes site_value_select(const site_value *v, const page *p, const xpath_space *space)
{
    if (v->path)
        return xpath_select(v->path, p, space);
    space->found[0] = 1; /* a string is what any element says */
    return (xpath_nodes){ space->found, p->count > 1 };
}

static uint32_t put(char *buffer, uint32_t length, gly_str s)
{
    uint32_t size = s.len < LONGEST_VALUE - length ? s.len : LONGEST_VALUE - length;

    while (size && size < s.len && ((unsigned char)s.ptr[size] & 0xC0) == 0x80)
        size--; /* whole characters */
    if (size)
        memcpy(buffer + length, s.ptr, size);
    return length + size;
}

static uint32_t text_in(const page *p, uint32_t node, char *buffer)
{
    uint32_t length = 0;

    for (uint32_t i = node + 1; i < p->nodes[node].next && length < LONGEST_VALUE - 1; i++) {
        if (p->nodes[i].tag == PAGE_STYLE || (p->nodes[i].tag == PAGE_SCRIPT && p->nodes[node].tag != PAGE_SCRIPT)) {
            i = p->nodes[i].next - 1;
            continue;
        }
        if ((p->nodes[i].flags & PAGE_SPACE) || !page_is_text(&p->nodes[i]))
            buffer[length++] = ' ';
        if (page_is_text(&p->nodes[i]))
            length = put(buffer, length, gly_slice(p->source, p->nodes[i].at));
    }
    return length;
}

static gly_str cut_at(gly_str s, const cut *c)
{
    const char *at = s.len ? memmem(s.ptr, s.len, c->mark.ptr, c->mark.len) : NULL;
    uint32_t before = at ? (uint32_t)(at - s.ptr) : 0;

    if (!at)
        return (gly_str){ s.ptr, 0 }; /* as XPath has it */
    return c->after ? gly_slice(s, (gly_range){ before + c->mark.len, s.len }) : (gly_str){ s.ptr, before };
}

static gly_str folded(gly_str s, gly_arena *arena)
{
    char *out = GLY_NEWN(arena, char, s.len + 1u);
    uint32_t length = 0;

    for (uint32_t i = 0; out && i < s.len; i++) {
        bool nbsp = i + 1 < s.len && (unsigned char)s.ptr[i] == 0xC2 && (unsigned char)s.ptr[i + 1] == 0xA0;

        i += nbsp;
        if (!nbsp && (unsigned char)s.ptr[i] > ' ')
            out[length++] = s.ptr[i];
        else if (length && out[length - 1] != ' ')
            out[length++] = ' ';
    }
    return trimmed((gly_str){ out, length });
}

gly_str site_value_of(const site_value *v, const page *p, uint32_t node, gly_arena *arena)
{
    char buffer[LONGEST_VALUE + 8];
    gly_str name = v->path ? xpath_attribute(v->path) : (gly_str){ NULL, 0 }, s = { buffer, 0 };

    if (!v->path)
        s.len = put(buffer, 0, v->literal);
    else if (name.len)
        s.len = put(buffer, 0, page_attr_named(p, node, name));
    else
        s.len = text_in(p, node, buffer);
    s = folded(page_decode(s, name.len > 0, arena), arena);
    for (int i = v->count; i-- > 0;)
        s = trimmed(cut_at(s, &v->cuts[i]));
    return s;
}
