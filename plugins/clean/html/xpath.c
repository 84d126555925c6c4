/* xpath - walks a page, once for each step of a path. */
#include "xpathtree.h"

enum { TEXT_BYTES = 300, MOST_TEXT = 8 << 20 };

gly_str xpath_attribute(const xpath *x)
{
    return x->paths[0].attribute;
}

typedef struct walk {
    const xpath *x;
    const page  *page;
    uint32_t    *counts;  /* per parent, for positions          */
    uint32_t    *totals;  /* and of the last one                */
    bool         counting; /* nothing fits: only counts are wanted */
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

static bool is_at(const term *t, uint32_t at, uint32_t last)
{
    uint32_t number = !t->from_last ? t->number : last > t->number ? last - t->number : 0;

    switch (t->order) {
    case UNEQUAL: return at != number;
    case LESS: return at < number;
    case AT_MOST: return at <= number;
    case MORE: return at > number;
    case AT_LEAST: return at >= number;
    default: return at == number;
    }
}

static bool in_place(walk *w, const term *t, uint32_t parent)
{
    uint32_t at = ++w->counts[parent];

    return !w->counting && is_at(t, at, w->totals[parent]);
}

static bool holds(walk *w, int index, uint32_t node)
{
    const term *t = &w->x->terms[index];

    switch (t->kind) {
    case TERM_OR: return holds(w, t->left, node) || holds(w, t->right, node);
    case TERM_AND: return holds(w, t->left, node) && holds(w, t->right, node);
    case TERM_NOT: return !holds(w, t->left, node);
    case TERM_POSITION: return in_place(w, t, w->page->nodes[node].parent);
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

/* All before or behind the nodes, themselves and what they are in aside. */
static void visit_outside(walk *w, const step *s, const xpath_nodes *from)
{
    const page_node *nodes = w->page->nodes;
    uint32_t first = w->page->count, last = 0;

    for (uint32_t i = 0; i < from->count; i++) {
        first = nodes[from->items[i]].next < first ? nodes[from->items[i]].next : first;
        last = from->items[i] > last ? from->items[i] : last;
    }
    for (uint32_t i = 1; i < w->page->count; i++)
        if (s->axis == FOLLOWING ? i >= first : nodes[i].next <= last)
            w->marks[i] = matches(w, s, i);
}

static void visit_all(walk *w, const step *s, const xpath_nodes *from)
{
    uint32_t covered = 0;

    memset(w->counts, 0, w->page->count * sizeof *w->counts);
    if (s->axis >= FOLLOWING) {
        visit_outside(w, s, from);
        return;
    }
    if (s->axis == PARENT || s->axis == ANCESTOR) {
        climb(w, s, from);
        return;
    }
    for (uint32_t i = 0; i < from->count; i++) {
        if (s->axis == DESCENDANT && from->items[i] < covered)
            continue; /* inside the one before */
        visit(w, s, from->items[i]);
        covered = w->page->nodes[from->items[i]].next;
    }
}

/* The nodes that are marked, those that `pick` (NULL: all) says. */
static void gather(walk *w, xpath_nodes *now, const term *pick)
{
    uint32_t count = 0, kept = 0;

    for (uint32_t i = 1; i < w->page->count; i++)
        if (w->marks[i])
            now->items[count++] = i;
    for (uint32_t i = 0; i < count; i++)
        if (!pick || is_at(pick, i + 1, count))
            now->items[kept++] = now->items[i];
    now->count = kept;
}

static void one_walk(walk *w, const path *p, uint8_t *selected)
{
    xpath_nodes now = { w->now, 1 };

    now.items[0] = 0;
    for (int k = 0; k < p->count; k++) {
        const step *s = &p->steps[k];

        memset(w->marks, 0, w->page->count);
        if (xpath_has_position(w->x, s, true)) {
            w->counting = true;
            visit_all(w, s, &now);
            w->counting = false;
            memcpy(w->totals, w->counts, w->page->count * sizeof *w->totals);
        }
        visit_all(w, s, &now);
        gather(w, &now, k + 1 == p->grouped ? &w->x->terms[p->pick] : NULL);
    }
    for (uint32_t i = 0; i < now.count; i++)
        selected[now.items[i]] = 1;
}

bool xpath_space_new(xpath_space *space, const page *p, gly_arena *arena)
{
    *space = (xpath_space){ GLY_NEWN(arena, uint32_t, p->count), GLY_NEWN(arena, uint32_t, p->count),
                            GLY_NEWN(arena, uint32_t, p->count), GLY_NEWN(arena, uint32_t, p->count),
                            GLY_NEWN(arena, uint8_t, p->count), GLY_NEWN(arena, uint8_t, p->count) };
    return space->counts && space->totals && space->now && space->found && space->marks && space->selected;
}

xpath_nodes xpath_select(const xpath *x, const page *p, const xpath_space *space)
{
    walk w = { .x = x, .page = p, .counts = space->counts, .totals = space->totals, .marks = space->marks, .now = space->now };
    xpath_nodes out = { space->found, 0 };

    memset(space->selected, 0, p->count);
    for (int i = 0; i < x->count; i++)
        one_walk(&w, &x->paths[i], space->selected);
    for (uint32_t i = 1; i < p->count; i++)
        if (space->selected[i])
            out.items[out.count++] = i;
    return out;
}
