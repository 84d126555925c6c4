/* page - builds the tree: which elements a tag ends, and which it opens. */
#include "kit/page/page.h"

#include "kit/trim.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include <strings.h>

enum { FEWEST_NODES = 1024, BYTES_A_NODE = 5 };

typedef struct open_element {
    uint32_t node, hash;
    uint16_t tag;
} open_element;

typedef struct builder {
    page          *page;
    page_tokenizer tokens;
    uint32_t       room;              /* of page.nodes                         */
    uint32_t       depth;             /* of stack, the document counted        */
    uint32_t       overflow;          /* open elements beyond PAGE_DEEPEST     */
    bool           space;             /* blank text since the last node        */
    uint16_t       open[PAGE_TAGS];   /* how many of each tag are on the stack */
    open_element   stack[PAGE_DEEPEST];
} builder;

/* ---- sizes ------------------------------------------------------------------------ */

static void count_marks(gly_str s, uint32_t *tags, uint32_t *values)
{
    uint32_t i = 0, less = 0, equals = 0;

#ifdef __SSE2__
    const __m128i open = _mm_set1_epi8('<'), sign = _mm_set1_epi8('='), zero = _mm_setzero_si128();

    while (s.len - i >= 64) { /* byte counters hold 255: 63 rounds of four */
        uint32_t rounds = (s.len - i) / 64 < 63 ? (s.len - i) / 64 : 63;
        __m128i opens = zero, signs = zero;

        for (; rounds; rounds--, i += 64)
            for (uint32_t k = 0; k < 64; k += 16) {
                __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(s.ptr + i + k));

                opens = _mm_sub_epi8(opens, _mm_cmpeq_epi8(v, open));
                signs = _mm_sub_epi8(signs, _mm_cmpeq_epi8(v, sign));
            }
        opens = _mm_sad_epu8(opens, zero);
        signs = _mm_sad_epu8(signs, zero);
        less += (uint32_t)_mm_cvtsi128_si32(opens) + (uint32_t)_mm_extract_epi16(opens, 4);
        equals += (uint32_t)_mm_cvtsi128_si32(signs) + (uint32_t)_mm_extract_epi16(signs, 4);
    }
#endif
    for (; i < s.len; i++) {
        less += s.ptr[i] == '<';
        equals += s.ptr[i] == '=';
    }
    *tags = less;
    *values = equals;
}

static gly_status reserve(builder *b, gly_arena *arena)
{
    gly_str s = b->page->source;
    uint32_t tags, values, most = s.len / BYTES_A_NODE + FEWEST_NODES;
    page_attr *attrs;

    count_marks(s, &tags, &values);
    b->room = tags < most / 2 ? 2 * tags + 2 : most;
    values += FEWEST_NODES / 16 + tags / 8; /* some have no value */
    attrs = GLY_NEWN(arena, page_attr, values);
    b->page->nodes = GLY_NEWN(arena, page_node, b->room); /* last: it is trimmed */
    if (!b->page->nodes || !attrs)
        return GLY_ENOMEM;
    page_tokenizer_begin(&b->tokens, s, attrs, values);
    return GLY_OK;
}

/* ---- the stack ---------------------------------------------------------------------- */

static void pop(builder *b, uint32_t end)
{
    open_element *top = &b->stack[--b->depth];
    page_node *n = &b->page->nodes[top->node];

    n->at.end = end;
    n->next = b->page->count;
    b->open[top->tag]--;
}

static void pop_to(builder *b, uint32_t depth, uint32_t end)
{
    while (b->depth > depth)
        pop(b, end);
}

static page_node *add(builder *b, gly_range at, uint16_t tag)
{
    page *p = b->page;
    page_node *n;

    if (p->count == b->room) {
        p->cut = true;
        return NULL;
    }
    n = &p->nodes[p->count++];
    *n = (page_node){ .at = at, .inner = at.begin, .next = p->count, .tag = tag,
                      .parent = b->stack[b->depth - 1].node, .flags = b->space ? PAGE_SPACE : 0 };
    b->space = false;
    return n;
}

static unsigned traits(uint16_t tag)
{
    return page_tag_traits[tag];
}

/* Where on the stack the nearest `tag` is, 0 when an element with one of the
 * traits `bound` comes first. */
static uint32_t nearest(const builder *b, uint16_t tag, uint32_t hash, unsigned bound)
{
    if (!b->open[tag])
        return 0;
    for (uint32_t i = b->depth - 1; i > 0; i--) {
        const open_element *e = &b->stack[i];

        if (e->tag == tag && (tag != PAGE_OTHER || e->hash == hash))
            return i;
        if (traits(e->tag) & bound)
            return 0;
    }
    return 0;
}

/* Ends the nearest `tag`, and all in it, when nothing bounds it. */
static void end_nearest(builder *b, uint16_t tag, unsigned bound, uint32_t at)
{
    uint32_t i = nearest(b, tag, 0, bound);

    if (i)
        pop_to(b, i, at);
}

/* ---- implied end tags --------------------------------------------------------------- */

static bool parts_list(uint16_t tag)
{
    return (traits(tag) & PAGE_IS_SPECIAL) && tag != PAGE_ADDRESS && tag != PAGE_DIV && tag != PAGE_P;
}

/* <li> ends the li before it, <dd> and <dt> each other, up to their list. */
static void end_item(builder *b, uint16_t one, uint16_t other, uint32_t at)
{
    if (!b->open[one] && !b->open[other])
        return;
    for (uint32_t i = b->depth - 1; i > 0; i--) {
        uint16_t tag = b->stack[i].tag;

        if (tag == one || tag == other) {
            pop_to(b, i, at);
            return;
        }
        if (parts_list(tag))
            return;
    }
}

/* A cell ends the cell before it, a row the row, a group of rows the group. */
static void end_in_table(builder *b, uint16_t tag, uint32_t at)
{
    uint32_t found = 0;

    for (uint32_t i = b->depth - 1; i > 0 && b->stack[i].tag != PAGE_TABLE; i--) {
        uint16_t t = b->stack[i].tag;
        bool cell = t == PAGE_TD || t == PAGE_TH || t == PAGE_CAPTION;
        bool group = t == PAGE_THEAD || t == PAGE_TBODY || t == PAGE_TFOOT || t == PAGE_COLGROUP;

        if (cell || (t == PAGE_TR && tag != PAGE_TD && tag != PAGE_TH) ||
            (group && tag != PAGE_TR && tag != PAGE_TD && tag != PAGE_TH))
            found = i;
        if (t == PAGE_TEMPLATE)
            break;
    }
    if (found)
        pop_to(b, found, at);
}

static bool is_heading(uint16_t tag)
{
    return tag >= PAGE_H1 && tag <= PAGE_H6;
}

/* In svg and math: HTML elements end them, as in a browser. */
static void leave_foreign(builder *b, uint16_t tag, uint32_t at)
{
    uint32_t i = b->depth - 1;

    if (!(traits(tag) & PAGE_CLOSES_P) || b->open[PAGE_FOREIGNOBJECT])
        return;
    while (i > 0 && b->stack[i].tag != PAGE_SVG && b->stack[i].tag != PAGE_MATH)
        i--;
    if (i > 0)
        pop_to(b, i, at);
    b->tokens.foreign = b->open[PAGE_SVG] || b->open[PAGE_MATH];
}

static void imply_ends(builder *b, uint16_t tag, uint32_t at)
{
    if (b->tokens.foreign)
        leave_foreign(b, tag, at);
    if (b->open[PAGE_HEAD] && !(traits(tag) & PAGE_IN_HEAD) && tag != PAGE_HTML && !b->tokens.foreign)
        end_nearest(b, PAGE_HEAD, PAGE_IS_BOUND, at);
    if ((traits(tag) & PAGE_CLOSES_P) && b->open[PAGE_P] && tag != PAGE_LI && tag != PAGE_DD)
        end_nearest(b, PAGE_P, PAGE_IS_BOUND, at);
    switch (tag) {
    case PAGE_LI:
        end_item(b, PAGE_LI, PAGE_LI, at);
        end_nearest(b, PAGE_P, PAGE_IS_BOUND, at);
        break;
    case PAGE_DD:
    case PAGE_DT:
        end_item(b, PAGE_DD, PAGE_DT, at);
        end_nearest(b, PAGE_P, PAGE_IS_BOUND, at);
        break;
    case PAGE_TR: case PAGE_TD: case PAGE_TH: case PAGE_THEAD: case PAGE_TBODY: case PAGE_TFOOT:
    case PAGE_CAPTION: case PAGE_COLGROUP:
        if (b->open[PAGE_TABLE])
            end_in_table(b, tag, at);
        break;
    case PAGE_OPTION:
    case PAGE_OPTGROUP:
        end_nearest(b, PAGE_OPTION, PAGE_IS_SPECIAL, at);
        break;
    case PAGE_A: end_nearest(b, PAGE_A, PAGE_IS_SPECIAL, at); break;
    case PAGE_BUTTON: end_nearest(b, PAGE_BUTTON, PAGE_IS_BOUND, at); break;
    default:
        if (is_heading(tag) && is_heading(b->stack[b->depth - 1].tag))
            pop(b, at);
        break;
    }
}

/* ---- tokens ------------------------------------------------------------------------- */

static bool self_closes(const builder *b, const page_token *t)
{
    return (traits(t->tag) & PAGE_IS_VOID) ||
           ((t->flags & PAGE_TOKEN_SELF_CLOSING) && (b->tokens.foreign || t->tag == PAGE_SVG ||
                                                     t->tag == PAGE_MATH));
}

static void open_tag(builder *b, const page_token *t)
{
    static const uint64_t says = UINT64_C(1) << PAGE_ATTR_REL | UINT64_C(1) << PAGE_ATTR_PROPERTY |
                                 UINT64_C(1) << PAGE_ATTR_ITEMPROP | UINT64_C(1) << PAGE_ATTR_DATETIME;
    page_node *n;

    if ((t->tag == PAGE_BODY || t->tag == PAGE_HTML || t->tag == PAGE_HEAD) && b->open[t->tag])
        return; /* the second of its kind opens nothing */
    imply_ends(b, t->tag, t->at.begin);
    n = add(b, t->at, t->tag);
    if (!n)
        return;
    n->inner = t->at.end;
    n->attrs = t->attrs;
    n->nattrs = (uint8_t)(t->nattrs < UINT8_MAX ? t->nattrs : UINT8_MAX);
    n->flags |= t->has & says ? PAGE_SAYS : 0;
    if (self_closes(b, t))
        return;
    if (b->depth == PAGE_DEEPEST) {
        b->overflow++;
        return;
    }
    b->stack[b->depth++] = (open_element){ b->page->count - 1, t->hash, t->tag };
    b->open[t->tag]++;
    b->tokens.foreign |= t->tag == PAGE_SVG || t->tag == PAGE_MATH;
}

static void close_tag(builder *b, const page_token *t)
{
    uint32_t i = 0;

    if (b->overflow) {
        b->overflow--;
        return;
    }
    if (t->tag == PAGE_BODY || t->tag == PAGE_HTML)
        return; /* what comes after them is still the page */
    if (is_heading(t->tag))
        for (uint16_t h = PAGE_H1; h <= PAGE_H6; h++) {
            uint32_t at = nearest(b, h, 0, PAGE_IS_BOUND);

            i = at > i ? at : i;
        }
    else if (traits(t->tag) & PAGE_IS_SPECIAL)
        i = nearest(b, t->tag, t->hash, t->tag == PAGE_TABLE ? 0 : PAGE_IS_BOUND);
    else
        i = nearest(b, t->tag, t->hash, PAGE_IS_SPECIAL);
    if (!i)
        return;
    pop_to(b, i + 1, t->at.begin);
    pop(b, t->at.end);
    b->tokens.foreign = b->open[PAGE_SVG] || b->open[PAGE_MATH];
}

static void add_text(builder *b, const page_token *t)
{
    page_node *n;
    uint16_t around = b->stack[b->depth - 1].tag;

    if ((t->flags & PAGE_TOKEN_BLANK) && !b->open[PAGE_PRE]) {
        b->space = true;
        return;
    }
    if (b->open[PAGE_HEAD] && around == PAGE_HEAD)
        end_nearest(b, PAGE_HEAD, PAGE_IS_BOUND, t->at.begin);
    n = add(b, t->name, PAGE_TEXT);
    if (!n)
        return;
    b->page->texts++;
    n->flags |= (uint8_t)((t->flags & PAGE_TOKEN_REFS ? PAGE_REFS : 0) |
                          (around == PAGE_SCRIPT || around == PAGE_STYLE ? PAGE_RAW : 0));
}

gly_status page_read(page *p, gly_str source, gly_arena *arena)
{
    builder *b = GLY_NEW(arena, builder);
    page_token t;

    *p = (page){ .source = source };
    if (!b)
        return GLY_ENOMEM;
    memset(b, 0, offsetof(builder, stack));
    b->page = p;
    if (reserve(b, arena) != GLY_OK)
        return GLY_ENOMEM;
    p->nodes[0] = (page_node){ .at = { 0, source.len }, .tag = PAGE_OTHER };
    p->count = 1;
    b->stack[b->depth++] = (open_element){ 0, 0, PAGE_OTHER };
    b->open[PAGE_OTHER] = 1;
    while (!p->cut && page_tokenizer_next(&b->tokens, &t) != PAGE_TOKEN_END_OF_FILE) {
        if (t.kind == PAGE_TOKEN_TEXT)
            add_text(b, &t);
        else if (t.kind == PAGE_TOKEN_START)
            open_tag(b, &t);
        else if (t.kind == PAGE_TOKEN_END)
            close_tag(b, &t);
    }
    pop_to(b, 0, source.len);
    trim(arena, p->nodes + b->room, p->nodes + p->count);
    p->attrs = b->tokens.attrs;
    p->nattrs = b->tokens.nattrs;
    return GLY_OK;
}

/* ---- questions ------------------------------------------------------------------------ */

gly_str page_attr_of(const page *p, uint32_t node, page_attr_name name)
{
    const page_node *n = &p->nodes[node];

    for (uint32_t i = n->attrs; i < n->attrs + n->nattrs; i++)
        if (p->attrs[i].name == name)
            return (gly_str){ p->source.ptr + p->attrs[i].value.begin,
                              p->attrs[i].value.end - p->attrs[i].value.begin };
    return (gly_str){ NULL, 0 };
}

gly_str page_attr_named(const page *p, uint32_t node, gly_str name)
{
    enum { MOST = 64 };
    const page_node *n = &p->nodes[node];
    page_attr attrs[MOST];
    page_name_range names[MOST];
    page_tokenizer t;
    page_token token;

    if (page_is_text(n) || node == 0)
        return (gly_str){ NULL, 0 };
    page_tokenizer_begin(&t, (gly_str){ p->source.ptr + n->at.begin, n->inner - n->at.begin },
                         attrs, MOST);
    t.names = names;
    page_tokenizer_next(&t, &token);
    for (uint32_t i = 0; i < token.nattrs; i++) {
        gly_str is = gly_slice(t.source, names[i].at);

        if (is.len == name.len && strncasecmp(is.ptr, name.ptr, name.len) == 0)
            return gly_slice(t.source, attrs[i].value);
    }
    return (gly_str){ NULL, 0 };
}

gly_str page_name_of(const page *p, uint32_t node)
{
    const page_node *n = &p->nodes[node];
    const char *s = p->source.ptr + n->at.begin + 1;
    uint32_t most = n->inner - n->at.begin - 1, len = 0;

    if (page_is_text(n) || node == 0)
        return (gly_str){ NULL, 0 };
    while (len < most && !strchr(" \t\n\f\r/>", s[len]))
        len++;
    return (gly_str){ s, len };
}
