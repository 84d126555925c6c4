/* write - text nodes with their references resolved and their white space folded. */
#include "write.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/utf8.h"
#include "kit/page/charref.h"
#include "signals.h"

typedef struct writer {
    rewrite             *out;
    const page          *page;
    const write_options *options;
    uint32_t             begin; /* of the block, in the new text          */
    bool                 space; /* a space is due before what comes next  */
    bool                 code;  /* white space stays as it is             */
    bool                 cell;  /* of a table: a line of it is a row      */
} writer;

static void due_space(writer *w)
{
    if (w->space && w->out->length > w->begin)
        rewrite_put(w->out, " ", 1);
    w->space = false;
}

/* A code point that stands for space, or is not to be seen. */
static bool is_wide_space(uint32_t c)
{
    return c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000;
}

static bool is_unseen(uint32_t c)
{
    return c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c < 0x20 && c != '\n' && c != '\t') ||
           c == 0x7F;
}

/* Writes the reference at `at`; returns where it ends. */
static uint32_t put_reference(writer *w, uint32_t at, uint32_t end)
{
    char value[8];
    uint32_t length = 0;
    uint32_t taken = page_charref_read((gly_str){ w->page->source.ptr + at, end - at }, false, value,
                                       &length);
    const char *p = value;
    uint32_t c = taken ? utf8_next(&p) : '&';

    if (taken && !w->code && (is_wide_space(c) || c == ' ' || c == '\n' || c == '\t')) {
        w->space = true;
    } else if (!taken || !is_unseen(c)) {
        due_space(w);
        rewrite_put(w->out, taken ? value : "&", taken ? length : 1);
    }
    return at + (taken ? taken : 1);
}

/* The end of a run to copy: single spaces between words belong to it. */
static uint32_t run_end(const char *p, uint32_t i, uint32_t end)
{
#ifdef __SSE2__
    const __m128i space = _mm_set1_epi8(' '), amp = _mm_set1_epi8('&');

    for (; end - i >= 16; i += 15) { /* of the last byte it is not known what follows */
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + i));
        __m128i blank = _mm_cmpeq_epi8(_mm_min_epu8(v, space), v); /* unsigned: at most a space */
        unsigned stops = (unsigned)_mm_movemask_epi8(_mm_or_si128(blank, _mm_cmpeq_epi8(v, amp)));
        unsigned single = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(v, space)) & ~(stops >> 1);

        stops &= ~single & 0x7FFF;
        if (stops)
            return i + (uint32_t)__builtin_ctz(stops);
    }
#endif
    for (; i < end; i++) {
        if (p[i] == '&')
            break;
        if ((unsigned char)p[i] > ' ')
            continue;
        if (p[i] != ' ' || i + 1 == end || (unsigned char)p[i + 1] <= ' ' || p[i + 1] == '&')
            break;
    }
    return i;
}

static void put_text(writer *w, gly_range at)
{
    const char *p = w->page->source.ptr;

    for (uint32_t i = at.begin; i < at.end;) {
        uint32_t end;

        if (p[i] == '&') {
            i = put_reference(w, i, at.end);
            continue;
        }
        if (!w->code && (unsigned char)p[i] <= ' ') {
            w->space = true;
            i++;
            continue;
        }
        if (w->code) {
            for (end = i; end < at.end && p[end] != '&';)
                end++;
        } else {
            end = run_end(p, i, at.end);
            due_space(w);
        }
        rewrite_keep(w->out, i, end);
        i = end;
    }
}

static void put_image(writer *w, uint32_t node)
{
    gly_str alt = page_attr_of(w->page, node, PAGE_ATTR_ALT);
    gly_range at = { (uint32_t)(alt.ptr - w->page->source.ptr), 0 };

    if (alt.len == 0)
        return;
    at.end = at.begin + alt.len;
    due_space(w);
    rewrite_put(w->out, "[", 1);
    put_text(w, at);
    rewrite_put(w->out, "]", 1);
}

static void put_target(writer *w, uint32_t node)
{
    gly_str href = page_attr_of(w->page, node, PAGE_ATTR_HREF);

    if (href.len == 0 || *href.ptr == '#')
        return;
    href = page_decode(href, true, w->out->arena);
    rewrite_put(w->out, " <", 2); /* put, not kept: it stood before its text */
    rewrite_put(w->out, href.ptr, href.len);
    rewrite_put(w->out, ">", 1);
    w->space = false;
}

static void put_break(writer *w)
{
    if (w->out->length > w->begin && !w->cell)
        rewrite_put(w->out, "\n", 1);
    w->space = w->cell;
}

/* White space at the end of a block is none of it. */
static void trim_end(writer *w)
{
    rewrite *out = w->out;
    gly_seg *seg = out->nsegs ? &out->segs[out->nsegs - 1] : NULL;

    while (out->length > w->begin && (unsigned char)out->text[out->length - 1] <= ' ')
        out->length--;
    while (seg && seg->here + seg->len > out->length) {
        seg->len = seg->here < out->length ? out->length - seg->here : 0;
        if (seg->len > 0)
            break;
        seg = --out->nsegs ? seg - 1 : NULL;
    }
}

static uint32_t ancestor(const page *p, uint32_t node, uint16_t tag)
{
    while (node && p->nodes[node].tag != tag)
        node = p->nodes[node].parent;
    return node;
}

static void put_block(writer *w, const block *b)
{
    const page_node *nodes = w->page->nodes;
    uint32_t link = w->options->links ? ancestor(w->page, nodes[b->first].parent, PAGE_A) : 0;

    w->begin = w->out->length;
    w->space = false;
    w->code = b->tag == PAGE_PRE || b->tag == PAGE_LISTING || b->tag == PAGE_XMP;
    for (uint32_t i = b->first; i <= b->last; i++) {
        const page_node *n = &nodes[i];

        if (link && i >= nodes[link].next) {
            put_target(w, link);
            link = 0;
        }
        if (n->flags & PAGE_SPACE)
            w->space = true;
        if (page_is_text(n)) {
            if (!blocks_is_anchor(w->page, i))
                put_text(w, n->at);
        } else if (n->tag == PAGE_BR)
            put_break(w);
        else if (n->tag == PAGE_IMG && w->options->images)
            put_image(w, i);
        else if (blocks_skips(n->tag))
            i = n->next - 1;
        else if (n->tag == PAGE_A && w->options->links)
            link = i;
    }
    if (link)
        put_target(w, link);
    trim_end(w);
}

void write_words(rewrite *out, const page *p, const block *b)
{
    const write_options words_alone = { .links = false };
    writer w = { .out = out, .page = p, .options = &words_alone };

    put_block(&w, b);
}

/* ---- kinds ----------------------------------------------------------------------------- */

static uint32_t list_depth(const page *p, uint32_t node)
{
    uint32_t depth = 0;

    for (; node; node = p->nodes[node].parent)
        depth += p->nodes[node].tag == PAGE_UL || p->nodes[node].tag == PAGE_OL;
    return depth ? depth : 1;
}

static bool is_cell(uint16_t tag)
{
    return tag == PAGE_TD || tag == PAGE_TH;
}

/* Tables that lay out the page are none to their readers: one in a cell of another
 * says so, and a cell with several paragraphs. A byte for each node; NULL: no memory. */
static uint8_t *find_layout(const page *p, const blocks *all, gly_arena *arena)
{
    enum { PARAGRAPH = 20 }; /* words */
    uint8_t *layout = GLY_NEWN(arena, uint8_t, p->count + 1u);
    const block *before = NULL;
    bool cells = false;

    if (!layout)
        return NULL;
    memset(layout, 0, p->count + 1u);
    for (uint32_t i = 0; i < all->count; i++)
        cells |= !all->items[i].rule && is_cell(all->items[i].tag);
    for (uint32_t i = 1; i < p->count && cells; i++)
        if (p->nodes[i].tag == PAGE_TABLE)
            layout[ancestor(p, p->nodes[i].parent, PAGE_TABLE)] = 1;
    for (uint32_t i = 0; i < all->count && cells; i++) {
        const block *b = &all->items[i];

        if (b->rule)
            continue;
        if (before && is_cell(b->tag) && before->element == b->element &&
            (b->words >= PARAGRAPH || before->words >= PARAGRAPH))
            layout[ancestor(p, b->element, PAGE_TABLE)] = 1;
        before = b;
    }
    layout[0] = 0; /* a cell in no table */
    return layout;
}

static gly_block kind_of(const page *p, const block *b, bool is_title, bool in_layout)
{
    gly_block k = { .type = GLY_BLOCK_PARAGRAPH };

    if (is_title) {
        k.type = GLY_BLOCK_TITLE;
    } else if (b->tag >= PAGE_H1 && b->tag <= PAGE_H6) {
        k.type = GLY_BLOCK_HEADING;
        k.level = b->tag - PAGE_H1 + 1u;
    } else if (b->tag == PAGE_LI || b->tag == PAGE_DD || b->tag == PAGE_DT ||
               ((b->around >> IN_LIST & 1) && p->nodes[p->nodes[b->element].parent].tag == PAGE_LI)) {
        k.type = GLY_BLOCK_ITEM;
        k.level = list_depth(p, b->element);
    } else if (is_cell(b->tag) && !in_layout) {
        k.type = GLY_BLOCK_TABLE;
    } else if (b->tag == PAGE_PRE || b->tag == PAGE_LISTING || b->tag == PAGE_XMP) {
        k.type = GLY_BLOCK_CODE;
    } else if (b->tag == PAGE_FIGCAPTION || b->tag == PAGE_CAPTION || (b->around >> IN_FIGURE & 1)) {
        k.type = GLY_BLOCK_CAPTION;
    } else if (b->around >> IN_QUOTE & 1) {
        k.type = GLY_BLOCK_QUOTE;
    }
    return k;
}

/* What stands between this block and the one written before it. */
static const char *parted_by(const page *p, const uint8_t *layout, const block *b, const block *before)
{
    uint32_t row, table;

    if (!before)
        return "";
    if (!is_cell(b->tag) || !is_cell(before->tag))
        return "\n\n";
    row = ancestor(p, b->element, PAGE_TR);
    table = ancestor(p, b->element, PAGE_TABLE);
    if (!table || layout[table] || table != ancestor(p, before->element, PAGE_TABLE))
        return "\n\n";
    if (row && row == ancestor(p, before->element, PAGE_TR))
        return b->element == before->element ? " " : "\t";
    return "\n";
}

static uint32_t columns_of(const page *p, uint32_t cell)
{
    enum { WIDEST = 16 };
    gly_str span = page_attr_of(p, cell, PAGE_ATTR_COLSPAN);
    uint32_t columns = 0;

    for (uint32_t i = 0; i < span.len && span.ptr[i] >= '0' && span.ptr[i] <= '9' && columns < WIDEST; i++)
        columns = columns * 10 + (uint32_t)(span.ptr[i] - '0');
    return columns == 0 ? 1 : columns < WIDEST ? columns : WIDEST;
}

/* Tabs for columns of which nothing is written, between the cell that was written before
 * in this row (0: none) and this one: a column is to be one from row to row. */
static void put_empty_cells(writer *w, uint32_t before, uint32_t cell)
{
    static const char tabs[] = "\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t";
    const page_node *nodes = w->page->nodes;
    uint32_t row = nodes[cell].parent, columns = 0, most = sizeof tabs - 1;

    if (nodes[row].tag != PAGE_TR)
        return;
    for (uint32_t i = before ? before : row + 1; i < cell; i = nodes[i].next)
        columns += is_cell(nodes[i].tag) ? columns_of(w->page, i) : 0;
    columns -= before && columns; /* one tab stands there */
    rewrite_put(w->out, tabs, columns < most ? columns : most);
}

/* What may stand between an article's image and its text. */
static bool goes_with_images(const char *rule)
{
    static const char *const rules[] = { "caption", "byline", "metadata", "author" };

    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
        if (strcmp(rule, rules[i]) == 0)
            return true;
    return false;
}

static void put_images_between(writer *w, written *result, uint32_t from, uint32_t to)
{
    const page_node *nodes = w->page->nodes;

    for (uint32_t i = from; i < to; i++) {
        if (blocks_skips(nodes[i].tag))
            i = nodes[i].next - 1;
        else if (nodes[i].tag == PAGE_IMG && page_attr_of(w->page, i, PAGE_ATTR_ALT).len) {
            w->begin = w->out->length;
            put_image(w, i);
            result->blocks[result->count++] =
                (gly_block){ .at = { w->begin, w->out->length }, .type = GLY_BLOCK_CAPTION };
            rewrite_put(w->out, "\n\n", 2);
        }
    }
}

/* Where an article's images may begin: behind its text, its headline, the share bar below that. */
static bool begins_images(const char *rule)
{
    return !rule || strcmp(rule, "title") == 0 || strcmp(rule, "share") == 0;
}

/* The images between the kept block before this one, or the headline, and this one;
 * those among other blocks that went have gone with them. */
static void put_images(writer *w, written *result, const blocks *all, uint32_t i)
{
    uint32_t from = i;

    while (from > 0 && all->items[from - 1].rule && goes_with_images(all->items[from - 1].rule))
        from--;
    if (from == 0 || !begins_images(all->items[from - 1].rule))
        return;
    w->space = false;
    put_images_between(w, result, all->items[from - 1].last + 1, all->items[i].first);
}

static uint32_t count_images(const page *p)
{
    uint32_t count = 0;

    for (uint32_t i = 1; i < p->count; i++)
        count += p->nodes[i].tag == PAGE_IMG;
    return count;
}

gly_status write_blocks(rewrite *out, written *result, const page *p, const blocks *all,
                        const write_options *options, gly_arena *arena)
{
    writer w = { .out = out, .page = p, .options = options };
    const block *before = NULL;
    uint8_t *layout = find_layout(p, all, arena);
    bool titled = false;

    *result = (written){
        .blocks = GLY_NEWN(arena, gly_block, all->count + (options->images ? count_images(p) : 0) + 1u)
    };
    if (!result->blocks || !layout)
        return GLY_ENOMEM;
    for (uint32_t i = 0; i < all->count; i++) {
        const block *b = &all->items[i];
        gly_block k;
        const char *part;
        uint32_t start = out->length, begin;

        if (b->rule)
            continue;
        part = parted_by(p, layout, b, before);
        rewrite_put(out, part, (uint32_t)strlen(part));
        if (options->images && (part[0] == '\0' || part[1] == '\n'))
            put_images(&w, result, all, i);
        w.cell = is_cell(b->tag) && !layout[ancestor(p, b->element, PAGE_TABLE)];
        begin = out->length;
        if (w.cell && !(before && before->element == b->element))
            put_empty_cells(&w, part[0] == '\t' ? before->element : 0, b->element);
        put_block(&w, b);
        if (out->length == w.begin) { /* nothing that can be seen */
            out->length = options->images ? w.begin : start;
            continue;
        }
        k = kind_of(p, b, b->tag == PAGE_H1 && !titled,
                    is_cell(b->tag) && layout[ancestor(p, b->element, PAGE_TABLE)]);
        titled |= k.type == GLY_BLOCK_TITLE;
        k.at = (gly_range){ begin, out->length }; /* of a table, with the tabs of its first row */
        if (before && k.type == GLY_BLOCK_TABLE && part[0] != '\0' && part[1] != '\n' && result->count)
            result->blocks[result->count - 1].at.end = out->length;
        else
            result->blocks[result->count++] = k;
        before = b;
    }
    return out->failed ? GLY_ENOMEM : GLY_OK;
}
