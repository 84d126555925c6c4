/* xpath - parses into a small tree in one block of memory, and walks it. */
#include "xpath.h"

#include <stdlib.h>

enum { MOST_PATHS = 8, MOST_STEPS = 10, MOST_TERMS = 24, DEEPEST_TERM = 8, TEXT_BYTES = 300,
       MOST_TEXT = 8 << 20 };

typedef enum axis { CHILD, DESCENDANT, SELF, PARENT, ANCESTOR, FOLLOWING_SIBLING } axis;

typedef enum term_kind {
    TERM_OR, TERM_AND, TERM_NOT, TERM_CONTAINS, TERM_STARTS, TERM_EQUAL, TERM_UNEQUAL, TERM_THERE,
    TERM_POSITION
} term_kind;

typedef struct term {
    term_kind kind;
    int       left, right; /* of or, and, not                              */
    gly_str   attribute;   /* empty: the element's text                    */
    uint16_t  known;       /* page_attr_name of it                         */
    bool      folded;      /* white space is folded before it is compared  */
    bool      padded;      /* a blank is put before and behind             */
    gly_str   string;
    uint32_t  number;
} term;

typedef struct step {
    axis     axis;
    gly_str  name; /* "*": any                          */
    uint16_t tag;
    int      predicates[4];
    int      count;
} step;

typedef struct path {
    step    steps[MOST_STEPS];
    int     count;
    gly_str attribute;
} path;

struct xpath {
    path  paths[MOST_PATHS];
    int   count;
    term  terms[MOST_TERMS];
    int   term_count;
    char *text; /* what the slices are of */
};

typedef struct parser {
    xpath      *out;
    const char *at, *end;
    bool        failed;
    int         depth;
} parser;

/* ---- parsing ---------------------------------------------------------------------- */

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

static int comparison(parser *p)
{
    term t = { .kind = TERM_THERE };
    const char *digits;

    blanks(p);
    digits = p->at;
    while (p->at < p->end && *p->at >= '0' && *p->at <= '9' && t.number < 100000)
        t.number = t.number * 10 + (uint32_t)(*p->at++ - '0');
    if (p->at > digits) {
        t.kind = TERM_POSITION;
        return new_term(p, t);
    }
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
        { "following-sibling::", FOLLOWING_SIBLING },
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
        s->predicates[s->count++] = disjunction(p);
        need(p, "]");
    }
    out->count++;
}

static void one_path(parser *p, path *out)
{
    bool first = true;

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
        if (p->at >= p->end || *p->at == '|')
            return;
    }
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

gly_str xpath_attribute(const xpath *x)
{
    return x->paths[0].attribute;
}

/* ---- walking ----------------------------------------------------------------------- */

typedef struct walk {
    const xpath *x;
    const page  *page;
    uint32_t    *counts;  /* per parent, for positions          */
    uint8_t     *marks;   /* per node: selected by this step    */
    uint32_t    *now;     /* the nodes that a step starts from  */
    uint32_t     read;    /* bytes of element text read so far  */
} walk;

static gly_str attribute_of(const page *p, uint32_t node, const term *t)
{
    return t->known ? page_attr_of(p, node, (page_attr_name)t->known)
                    : page_attr_named(p, node, t->attribute);
}

/* An element's text, the beginning of it. */
static gly_str text_in(walk *w, uint32_t node, char *buffer)
{
    const page *p = w->page;
    uint32_t length = 0;

    for (uint32_t i = node + 1; i < p->nodes[node].next && length < TEXT_BYTES && w->read < MOST_TEXT; i++) {
        uint32_t size = p->nodes[i].at.end - p->nodes[i].at.begin;

        if (!page_is_text(&p->nodes[i]))
            continue;
        size = size < TEXT_BYTES - length ? size : TEXT_BYTES - length;
        memcpy(buffer + length, p->source.ptr + p->nodes[i].at.begin, size);
        length += size;
        w->read += size + 1;
    }
    return (gly_str){ buffer, length };
}

static gly_str prepared(const term *t, gly_str s, char *buffer)
{
    uint32_t length = 0;

    if (!t->folded && !t->padded)
        return s;
    if (t->padded)
        buffer[length++] = ' ';
    for (uint32_t i = 0; i < s.len && length < TEXT_BYTES + 2; i++) {
        bool blank = (unsigned char)s.ptr[i] <= ' ';

        if (!t->folded || !blank)
            buffer[length++] = blank ? ' ' : s.ptr[i];
        else if (length > (t->padded ? 1u : 0u) && buffer[length - 1] != ' ')
            buffer[length++] = ' ';
    }
    if (t->folded && length > (t->padded ? 1u : 0u) && buffer[length - 1] == ' ')
        length--;
    if (t->padded)
        buffer[length++] = ' ';
    return (gly_str){ buffer, length };
}

static bool compare(walk *w, const term *t, uint32_t node)
{
    char text[TEXT_BYTES + 8], folded[TEXT_BYTES + 8];
    gly_str s = t->attribute.len ? attribute_of(w->page, node, t) : text_in(w, node, text);

    if (t->kind == TERM_THERE)
        return t->attribute.len ? s.ptr != NULL : s.len > 0;
    s = prepared(t, s, folded);
    if (t->kind == TERM_CONTAINS)
        return t->string.len == 0 || (s.len && memmem(s.ptr, s.len, t->string.ptr, t->string.len) != NULL);
    if (t->kind == TERM_STARTS)
        return s.len >= t->string.len && memcmp(s.ptr, t->string.ptr, t->string.len) == 0;
    return gly_str_eq(s, t->string) == (t->kind == TERM_EQUAL);
}

static bool holds(walk *w, int index, uint32_t node)
{
    const term *t = &w->x->terms[index];

    switch (t->kind) {
    case TERM_OR: return holds(w, t->left, node) || holds(w, t->right, node);
    case TERM_AND: return holds(w, t->left, node) && holds(w, t->right, node);
    case TERM_NOT: return !holds(w, t->left, node);
    case TERM_POSITION: return ++w->counts[w->page->nodes[node].parent] == t->number;
    default: return compare(w, t, node);
    }
}

static bool matches(walk *w, const step *s, uint32_t node)
{
    const page_node *n = &w->page->nodes[node];

    if (node == 0 || page_is_text(n))
        return false;
    if (s->name.ptr[0] != '*') {
        if (n->tag != s->tag)
            return false;
        if (s->tag == PAGE_OTHER && !gly_str_eq(page_name_of(w->page, node), s->name))
            return false;
    }
    for (int i = 0; i < s->count; i++)
        if (!holds(w, s->predicates[i], node))
            return false;
    return true;
}

/* Up from each node; a position counts upwards, so the first that fits ends it. */
static void climb(walk *w, const step *s, const xpath_nodes *from)
{
    bool nearest = false;

    for (int i = 0; i < s->count; i++)
        nearest |= w->x->terms[s->predicates[i]].kind == TERM_POSITION;
    for (uint32_t i = 0; i < from->count; i++) {
        uint32_t node = from->items[i];

        while (node) {
            node = w->page->nodes[node].parent;
            if (node)
                w->counts[w->page->nodes[node].parent] = 0;
            if (matches(w, s, node)) {
                w->marks[node] = 1;
                if (nearest)
                    break;
            }
            if (s->axis == PARENT)
                break;
        }
    }
}

static void visit(walk *w, const step *s, uint32_t node)
{
    const page_node *nodes = w->page->nodes;

    if (s->axis == SELF) {
        w->marks[node] |= matches(w, s, node);
        return;
    }
    if (s->axis == FOLLOWING_SIBLING) {
        for (uint32_t i = nodes[node].next; i < nodes[nodes[node].parent].next; i = nodes[i].next)
            if (w->marks[i] || (w->marks[i] = matches(w, s, i)) != 0)
                break; /* the nearest: enough for rules, and once for each node */
        return;
    }
    for (uint32_t i = node + 1; i < nodes[node].next; i = s->axis == CHILD ? nodes[i].next : i + 1)
        w->marks[i] |= matches(w, s, i);
}

static void one_walk(walk *w, const path *p, uint8_t *selected)
{
    const page_node *nodes = w->page->nodes;
    xpath_nodes now = { w->now, 1 };

    now.items[0] = 0;
    for (int k = 0; k < p->count; k++) {
        const step *s = &p->steps[k];
        uint32_t covered = 0;

        memset(w->marks, 0, w->page->count);
        memset(w->counts, 0, w->page->count * sizeof *w->counts);
        if (s->axis == PARENT || s->axis == ANCESTOR)
            climb(w, s, &now);
        for (uint32_t i = 0; i < now.count && s->axis != PARENT && s->axis != ANCESTOR; i++) {
            if (s->axis == DESCENDANT && now.items[i] < covered)
                continue; /* inside the one before */
            visit(w, s, now.items[i]);
            covered = nodes[now.items[i]].next;
        }
        now.count = 0;
        for (uint32_t i = 1; i < w->page->count; i++)
            if (w->marks[i])
                now.items[now.count++] = i;
    }
    for (uint32_t i = 0; i < now.count; i++)
        selected[now.items[i]] = 1;
}

bool xpath_space_new(xpath_space *space, const page *p, gly_arena *arena)
{
    *space = (xpath_space){ GLY_NEWN(arena, uint32_t, p->count), GLY_NEWN(arena, uint32_t, p->count),
                            GLY_NEWN(arena, uint32_t, p->count), GLY_NEWN(arena, uint8_t, p->count),
                            GLY_NEWN(arena, uint8_t, p->count) };
    return space->counts && space->now && space->found && space->marks && space->selected;
}

xpath_nodes xpath_select(const xpath *x, const page *p, const xpath_space *space)
{
    walk w = { .x = x, .page = p, .counts = space->counts, .marks = space->marks, .now = space->now };
    xpath_nodes out = { space->found, 0 };

    memset(space->selected, 0, p->count);
    for (int i = 0; i < x->count; i++)
        one_walk(&w, &x->paths[i], space->selected);
    for (uint32_t i = 1; i < p->count; i++)
        if (space->selected[i])
            out.items[out.count++] = i;
    return out;
}
