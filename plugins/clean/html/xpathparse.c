/* xpathparse - reads a path into a small tree in one block of memory. */
#include <stdlib.h>

#include "xpathtree.h"

typedef struct parser {
    xpath      *out;
    const char *at, *end;
    bool        failed;
    int         depth;
} parser;

static void blanks(parser *p)
{
    while (p->at < p->end && (unsigned char)*p->at <= ' ')
        p->at++;
}

static bool take(parser *p, const char *word)
{
    size_t length = strlen(word);

    blanks(p);
    if ((size_t)(p->end - p->at) < length || memcmp(p->at, word, length) != 0)
        return false;
    p->at += length;
    return true;
}

static void need(parser *p, const char *word)
{
    if (!take(p, word))
        p->failed = true;
}

static bool is_name_byte(char c)
{
    return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == ':' || c == '.';
}

static gly_str name(parser *p)
{
    gly_str s = { p->at, 0 };

    blanks(p);
    s.ptr = p->at;
    while (p->at < p->end && is_name_byte(*p->at) && !(p->at[0] == ':' && p->end - p->at > 1 && p->at[1] == ':'))
        p->at++;
    s.len = (uint32_t)(p->at - s.ptr);
    p->failed |= s.len == 0;
    return s;
}

static gly_str string(parser *p)
{
    gly_str s = { NULL, 0 };
    const char *close;

    blanks(p);
    if (p->at >= p->end || (*p->at != '\'' && *p->at != '"') ||
        !(close = memchr(p->at + 1, *p->at, (size_t)(p->end - p->at - 1)))) {
        p->failed = true;
        return s;
    }
    s = (gly_str){ p->at + 1, (uint32_t)(close - p->at - 1) };
    p->at = close + 1;
    return s;
}

/* A word that is a function's name, with its bracket. */
static bool function(parser *p, const char *word)
{
    const char *back = p->at;

    if (take(p, word) && take(p, "("))
        return true;
    p->at = back;
    return false;
}

static int new_term(parser *p, term t)
{
    if (p->out->term_count == MOST_TERMS) {
        p->failed = true;
        return 0;
    }
    p->out->terms[p->out->term_count] = t;
    return p->out->term_count++;
}

static void value(parser *p, term *t)
{
    if (++p->depth > DEEPEST_TERM) {
        p->failed = true;
    } else if (function(p, "concat")) {
        string(p);
        need(p, ",");
        value(p, t);
        need(p, ",");
        string(p);
        need(p, ")");
        t->padded = true;
    } else if (function(p, "normalize-space")) {
        t->folded = true;
        if (!take(p, ")")) {
            value(p, t);
            need(p, ")");
        }
    } else if (take(p, "@")) {
        t->attribute = name(p);
        for (uint16_t i = 1; i < PAGE_ATTRS; i++)
            if (strlen(page_attr_names[i]) == t->attribute.len &&
                memcmp(page_attr_names[i], t->attribute.ptr, t->attribute.len) == 0)
                t->known = i;
    } else if (!take(p, "text()") && !take(p, ".")) {
        p->failed = true;
    }
    p->depth--;
}

static int disjunction(parser *p);

static bool number(parser *p, uint32_t *value)
{
    const char *digits;

    blanks(p);
    digits = p->at;
    while (p->at < p->end && *p->at >= '0' && *p->at <= '9' && *value < 100000)
        *value = *value * 10 + (uint32_t)(*p->at++ - '0');
    return p->at > digits;
}

/* 2, last(), last() - 1, position() < 3, position() = last(). False: it is none of these. */
static bool position(parser *p, term *t)
{
    static const struct { const char *sign; order order; } signs[] = {
        { "!=", UNEQUAL }, { "<=", AT_MOST }, { ">=", AT_LEAST }, { "=", EQUAL }, { "<", LESS }, { ">", MORE },
    };
    bool compared = take(p, "position()");

    t->kind = TERM_POSITION;
    for (size_t i = 0; compared; i++) {
        if (i == sizeof signs / sizeof signs[0])
            return false;
        if (take(p, signs[i].sign)) {
            t->order = signs[i].order;
            break;
        }
    }
    if (number(p, &t->number))
        return true;
    t->from_last = take(p, "last()");
    if (t->from_last && take(p, "-") && !number(p, &t->number))
        p->failed = true;
    return t->from_last;
}

static int comparison(parser *p)
{
    term t = { .kind = TERM_THERE };
    const char *back = p->at;

    if (position(p, &t))
        return new_term(p, t);
    t = (term){ .kind = TERM_THERE };
    p->at = back;
    if (function(p, "not")) {
        t.kind = TERM_NOT;
        t.left = disjunction(p);
        need(p, ")");
        return new_term(p, t);
    }
    if (function(p, "contains"))
        t.kind = TERM_CONTAINS;
    else if (function(p, "starts-with"))
        t.kind = TERM_STARTS;
    if (t.kind != TERM_THERE) {
        value(p, &t);
        need(p, ",");
        t.string = string(p);
        need(p, ")");
        return new_term(p, t);
    }
    if (take(p, "(")) {
        int inner = disjunction(p);

        need(p, ")");
        return inner;
    }
    value(p, &t);
    if (take(p, "!="))
        t.kind = TERM_UNEQUAL;
    else if (take(p, "="))
        t.kind = TERM_EQUAL;
    if (t.kind != TERM_THERE)
        t.string = string(p);
    return new_term(p, t);
}

static int joined(parser *p, term_kind kind, const char *word, int (*part)(parser *))
{
    int left = part(p);

    while (!p->failed && take(p, word))
        left = new_term(p, (term){ .kind = kind, .left = left, .right = part(p) });
    return left;
}

static int conjunction(parser *p)
{
    return joined(p, TERM_AND, "and ", comparison);
}

static int disjunction(parser *p)
{
    int result = 0;

    if (++p->depth > DEEPEST_TERM)
        p->failed = true;
    else
        result = joined(p, TERM_OR, "or ", conjunction);
    p->depth--;
    return result;
}

static axis axis_of(parser *p, bool deep)
{
    static const struct { const char *word; axis is; } axes[] = {
        { "descendant-or-self::", DESCENDANT }, { "descendant::", DESCENDANT }, { "ancestor::", ANCESTOR },
        { "ancestor-or-self::", ANCESTOR }, { "parent::", PARENT }, { "self::", SELF }, { "child::", CHILD },
        { "following-sibling::", FOLLOWING_SIBLING }, { "following::", FOLLOWING }, { "preceding::", PRECEDING },
    };

    for (size_t i = 0; i < sizeof axes / sizeof axes[0]; i++)
        if (take(p, axes[i].word))
            return axes[i].is;
    return deep ? DESCENDANT : CHILD;
}

static uint16_t tag_named(gly_str s)
{
    for (uint16_t tag = 1; tag < PAGE_TAGS; tag++)
        if (strlen(page_tag_names[tag]) == s.len && memcmp(page_tag_names[tag], s.ptr, s.len) == 0)
            return tag;
    return PAGE_OTHER;
}

/* A place counted from the last must be all that it asks for. */
static int predicate(parser *p)
{
    int first = p->out->term_count, whole = disjunction(p);

    for (int i = first; i < p->out->term_count; i++)
        p->failed |= p->out->terms[i].from_last && i != whole;
    return whole;
}

static void one_step(parser *p, path *out, bool deep)
{
    step *s = &out->steps[out->count];

    if (out->count == MOST_STEPS) {
        p->failed = true;
        return;
    }
    *s = (step){ .axis = CHILD };
    if (take(p, "..")) {
        *s = (step){ .axis = PARENT, .name = GLY_LIT("*") };
    } else {
        s->axis = axis_of(p, deep);
        s->name = take(p, "*") ? GLY_LIT("*") : name(p);
        s->tag = tag_named(s->name);
    }
    while (!p->failed && take(p, "[")) {
        if (s->count == 4) {
            p->failed = true;
            return;
        }
        s->predicates[s->count++] = predicate(p);
        need(p, "]");
    }
    p->failed |= s->axis > DESCENDANT && (xpath_has_position(p->out, s, true) ||
                                          (s->axis >= FOLLOWING && xpath_has_position(p->out, s, false)));
    out->count++;
}

static void steps(parser *p, path *out, bool first)
{
    for (;;) {
        bool deep = take(p, "//"), single = !deep && take(p, "/");

        if (!deep && !single && !first)
            return;
        first = false;
        if (take(p, "@")) {
            out->attribute = name(p);
            if (deep || out->count == 0)
                p->failed = true;
            return;
        }
        one_step(p, out, deep);
        if (p->failed)
            return;
        blanks(p);
        if (p->at >= p->end || *p->at == '|' || *p->at == ')')
            return;
    }
}

/* STEPS, or (STEPS)[POSITION]STEPS: the position is one among all that is in brackets. */
static void one_path(parser *p, path *out)
{
    if (!take(p, "(")) {
        steps(p, out, true);
        return;
    }
    steps(p, out, true);
    need(p, ")");
    if (!p->failed && take(p, "[")) {
        out->grouped = out->count;
        out->pick = disjunction(p);
        p->failed |= p->out->terms[out->pick].kind != TERM_POSITION;
        need(p, "]");
    }
    if (!p->failed && !out->attribute.ptr)
        steps(p, out, false);
}

xpath *xpath_parse(gly_str text, uint32_t *stopped)
{
    xpath *x = calloc(1, sizeof *x);
    char *copy = malloc(text.len + 1u);
    parser p = { .out = x, .at = copy, .end = copy + text.len };

    if (!x || !copy) {
        free(x);
        free(copy);
        return NULL;
    }
    memcpy(copy, text.ptr, text.len);
    copy[text.len] = '\0';
    x->text = copy;
    do {
        if (x->count == MOST_PATHS)
            p.failed = true;
        else
            one_path(&p, &x->paths[x->count++]);
    } while (!p.failed && take(&p, "|"));
    blanks(&p);
    if (p.failed || p.at != p.end || x->paths[0].count == 0) {
        if (stopped)
            *stopped = (uint32_t)(p.at - copy);
        xpath_free(x);
        return NULL;
    }
    return x;
}

void xpath_free(xpath *x)
{
    if (x)
        free(x->text);
    free(x);
}
