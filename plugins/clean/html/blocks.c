/* blocks - walks the tree once: lines begin and end, their words are counted. */
#include "blocks.h"

#include "kit/trim.h"
#include "textbits.h"

enum { LONGEST_WORD = 20, FEWEST_MOST = 4096, BYTES_A_BLOCK = 64 };

typedef struct open_word {
    bool     open;
    uint32_t start, end; /* of its letters, in the page */
    uint64_t hash;
} open_word;

typedef struct walk {
    blocks           *out;
    const page       *page;
    const vocabulary *words;
    uint32_t          most;                    /* blocks that there is room for  */
    uint32_t          lines[PAGE_DEEPEST + 1]; /* open elements that make a line */
    uint32_t          depth;
    uint32_t          link_end;                /* where the open <a> ends        */
    uint32_t          bold_end;
    block            *now;                     /* the block being filled         */
    bool              open;
    uint32_t          breaks;                  /* <br> since the last text       */
    open_word         word;                    /* being read                     */
    uint32_t          cjk;
    char              last, before_last;       /* bytes that are not white space */
} walk;

const uint8_t block_traits[PAGE_TEXT + 1] = {
    [PAGE_SCRIPT] = BLOCKS_SKIP, [PAGE_STYLE] = BLOCKS_SKIP, [PAGE_NOSCRIPT] = BLOCKS_SKIP,
    [PAGE_TEMPLATE] = BLOCKS_SKIP, [PAGE_SVG] = BLOCKS_SKIP, [PAGE_HEAD] = BLOCKS_SKIP, [PAGE_TITLE] = BLOCKS_SKIP,
    [PAGE_IFRAME] = BLOCKS_SKIP, [PAGE_OBJECT] = BLOCKS_SKIP, [PAGE_SELECT] = BLOCKS_SKIP,
    [PAGE_TEXTAREA] = BLOCKS_SKIP, [PAGE_BUTTON] = BLOCKS_SKIP, [PAGE_CANVAS] = BLOCKS_SKIP,
    [PAGE_AUDIO] = BLOCKS_SKIP, [PAGE_VIDEO] = BLOCKS_SKIP, [PAGE_DATALIST] = BLOCKS_SKIP,
    [PAGE_NOEMBED] = BLOCKS_SKIP, [PAGE_NOFRAMES] = BLOCKS_SKIP, [PAGE_APPLET] = BLOCKS_SKIP,
    [PAGE_MAP] = BLOCKS_SKIP, [PAGE_OPTION] = BLOCKS_SKIP, [PAGE_RP] = BLOCKS_SKIP, [PAGE_RT] = BLOCKS_SKIP,
    [PAGE_METER] = BLOCKS_SKIP, [PAGE_PROGRESS] = BLOCKS_SKIP,
    [PAGE_IMG] = BLOCKS_STAY, [PAGE_INPUT] = BLOCKS_STAY, [PAGE_WBR] = BLOCKS_STAY, [PAGE_BR] = BLOCKS_STAY,
    [PAGE_AREA] = BLOCKS_STAY, [PAGE_SOURCE] = BLOCKS_STAY, [PAGE_TRACK] = BLOCKS_STAY,
    [PAGE_EMBED] = BLOCKS_STAY, [PAGE_LINK] = BLOCKS_STAY, [PAGE_META] = BLOCKS_STAY,
};

/* Formulas that are there for screen readers alone stand beside an image. */
static bool is_hidden(const page *p, uint32_t node)
{
    gly_str style = page_attr_of(p, node, PAGE_ATTR_STYLE);

    return style.len && memmem(style.ptr, style.len, "none", 4);
}

/* A web component is a line of its own unless it stands in a paragraph. What a formula
 * is made of is none, when the formula is shown; else it is, so that it can go. */
bool blocks_parts_unknown(const page *p, uint32_t node)
{
    enum { DEEPEST_FORMULA = 24 };
    uint32_t parent = p->nodes[node].parent;

    if (p->nodes[parent].tag == PAGE_P)
        return false;
    for (int levels = 0; parent && levels < DEEPEST_FORMULA && p->nodes[parent].tag == PAGE_OTHER; levels++)
        parent = p->nodes[parent].parent;
    return p->nodes[parent].tag != PAGE_MATH || is_hidden(p, p->nodes[parent].parent);
}

static bool in_heading(const page *p, uint32_t node)
{
    for (int levels = 0; node && levels < 4; levels++, node = p->nodes[node].parent)
        if ((p->nodes[node].tag >= PAGE_H1 && p->nodes[node].tag <= PAGE_H6) || p->nodes[node].tag == PAGE_DT)
            return true;
    return false;
}

bool blocks_is_anchor(const page *p, uint32_t text)
{
    static const char *const marks[] = { "\xC2\xB6", "&para;", "&#182;", "\xC2\xA7", "#", NULL };
    const page_node *n = &p->nodes[text];
    gly_str says = gly_slice(p->source, n->at), href;

    if (says.len > 6 || says.len == 0 || p->nodes[n->parent].tag != PAGE_A || p->nodes[n->parent].next != text + 1)
        return false;
    for (const char *const *mark = marks; *mark; mark++)
        if (strlen(*mark) == says.len && memcmp(*mark, says.ptr, says.len) == 0) {
            href = page_attr_of(p, n->parent, PAGE_ATTR_HREF);
            return n->parent + 1 == text && href.len > 0 && href.ptr[0] == '#' && in_heading(p, n->parent);
        }
    return false;
}

/* Hands the word to the block. */
static inline void count_word(const walk *w, block *now, const open_word *word)
{
    uint32_t length = word->end - word->start;

    if (length <= LONGEST_WORD && vocabulary_may_have(w->words, word->hash))
        now->said |= vocabulary_says(w->words, w->page->source.ptr + word->start, length, word->hash);
    now->hash = (now->hash ^ word->hash) * UINT64_C(0x9E3779B97F4A7C15);
    now->hash ^= now->hash >> 29;
}

static void end_word(walk *w)
{
    if (w->word.open)
        count_word(w, w->now, &w->word);
    w->word.open = false;
}

static void flush(walk *w)
{
    blocks *b = w->out;

    if (!w->open)
        return;
    end_word(w);
    w->open = false;
    w->now->words += w->cjk / 2;
    w->now->ends = w->last == '.' || w->last == '!' || w->last == '?' || w->last == ':' ||
                  ((w->last == '"' || w->last == ')' || (unsigned char)w->last == 0x9D) &&
                   (w->before_last == '.' || w->before_last == '!' || w->before_last == '?'));
    w->now->colon = w->last == ':';
    b->count++;
}

static void begin(walk *w, uint32_t node)
{
    uint32_t element = w->depth ? w->lines[w->depth - 1] : 0;

    w->now = &w->out->items[w->out->count]; /* counted when it ends */
    *w->now = (block){ .first = node, .last = node, .element = element,
                       .tag = w->page->nodes[element].tag, .hash = 1 };
    w->open = true;
    w->word.open = false;
    w->cjk = 0;
    w->last = w->before_last = 0;
}

static inline void begin_word(block *now, open_word *word, gly_str s, uint32_t at)
{
    unsigned char first = (unsigned char)s.ptr[at];

    *word = (open_word){ .open = true, .start = at };
    now->words++;
    now->capitals += (unsigned char)(first - 'A') < 26;
    now->digits += (unsigned char)(first - '0') < 10;
}

/* Letters that stand in a row: of a new word, or the open one goes on. */
static inline void add_letters(open_word *word, gly_str s, uint32_t from, uint32_t to)
{
    word->end = to;
    for (; to - from > 8; from += 8)
        word->hash = namehash_steps(word->hash, namehash_load(s.ptr + from, 8, 8), 8);
    word->hash = namehash_steps(word->hash, namehash_load(s.ptr + from, s.len - from, to - from), to - from);
}

/* All from bit `i` on. */
static uint64_t from_bit(uint32_t i)
{
    return i < 64 ? UINT64_MAX << i : 0;
}

/* The words of up to TEXTBITS_MOST bytes from `at` on: letters, and between them what ends
 * a word. */
static void count_words(walk *w, uint32_t at, uint32_t length, const textbits *t)
{
    uint64_t letters = t->words, ends = ~(t->words | t->joints) & ~from_bit(length); /* not yet passed */
    open_word word = w->word;

    while (letters) {
        uint32_t first = (uint32_t)__builtin_ctzll(letters);
        uint64_t others = ~letters & UINT64_MAX << first, behind = others & (0 - others);
        uint32_t end = others ? (uint32_t)__builtin_ctzll(others) : 64;

        if (word.open && (ends & ~(UINT64_MAX << first))) {
            count_word(w, w->now, &word);
            word.open = false;
        }
        if (!word.open)
            begin_word(w->now, &word, w->page->source, at + first);
        add_letters(&word, w->page->source, at + first, at + end);
        letters &= 0 - behind; /* from bit `end` on */
        ends &= 0 - behind;
    }
    w->word = word;
    if (ends)
        end_word(w);
}

static uint32_t highest(uint64_t bits)
{
    return 63 - (uint32_t)__builtin_clzll(bits);
}

/* Text without references; returns how many of its bytes are no white space. */
static uint32_t count_plain(walk *w, uint32_t from, uint32_t end)
{
    gly_str s = w->page->source;
    uint32_t chars = 0, length;

    for (uint32_t at = from; at < end; at += length) {
        textbits t = textbits_of(s, at, end);
        uint64_t seen;

        length = end - at < TEXTBITS_MOST ? end - at : TEXTBITS_MOST;
        count_words(w, at, length, &t);
        seen = ~t.spaces & ~from_bit(length);
        chars += (uint32_t)__builtin_popcountll(seen);
        w->now->commas += t.commas ? (uint32_t)__builtin_popcountll(t.commas) : 0;
        w->cjk += t.cjk ? (uint32_t)__builtin_popcountll(t.cjk) : 0;
        if (seen) {
            uint32_t last = highest(seen);
            uint64_t others = seen & ~from_bit(last);

            w->before_last = others ? s.ptr[at + highest(others)] : w->last;
            w->last = s.ptr[at + last];
        }
    }
    return chars;
}

/* A character reference: its bytes are neither letters nor commas; "&nbsp;" parts words. */
static uint32_t reference_end(gly_str s, uint32_t at, uint32_t end)
{
    uint32_t i = at + 1;

    while (i < end && i - at < 10 && s.ptr[i] != ';' && s.ptr[i] != ' ' && s.ptr[i] != '&')
        i++;
    return i < end && s.ptr[i] == ';' ? i + 1 : at + 1;
}

static void count_text(walk *w, const page_node *n, bool linked, bool bold)
{
    gly_str s = w->page->source;
    uint32_t chars = 0;

    if (n->flags & PAGE_SPACE)
        end_word(w);
    for (uint32_t at = n->at.begin; at < n->at.end;) {
        const char *mark = n->flags & PAGE_REFS ? memchr(s.ptr + at, '&', n->at.end - at) : NULL;
        uint32_t end = mark ? (uint32_t)(mark - s.ptr) : n->at.end;

        chars += count_plain(w, at, end);
        at = end;
        if (!mark)
            continue;
        chars++;
        end_word(w);
        w->before_last = w->last;
        w->last = '&';
        at = reference_end(s, at, n->at.end);
    }
    w->now->chars += chars;
    w->now->link_chars += linked ? chars : 0;
    w->now->bold_chars += bold ? chars : 0;
}

static void text_node(walk *w, uint32_t i)
{
    const page_node *n = &w->page->nodes[i];

    if (w->open && w->breaks >= 2)
        flush(w);
    if (!w->open && w->out->count == w->most) {
        w->out->cut = true;
        return;
    }
    if (!w->open)
        begin(w, i);
    else if (w->breaks)
        end_word(w);
    w->breaks = 0;
    w->now->last = i;
    count_text(w, n, i < w->link_end, i < w->bold_end);
}

static void leave_lines(walk *w, uint32_t node)
{
    while (w->depth && w->page->nodes[w->lines[w->depth - 1]].next <= node) {
        flush(w);
        w->depth--;
    }
}

/* Returns the node to go on with. */
static uint32_t element(walk *w, uint32_t i)
{
    const page_node *n = &w->page->nodes[i];

    if (blocks_skips(n->tag)) {
        if (w->open && (n->flags & PAGE_SPACE))
            end_word(w);
        return n->next;
    }
    if (n->tag == PAGE_BR || n->tag == PAGE_HR)
        w->breaks += n->tag == PAGE_BR ? 1 : 2;
    if (n->tag == PAGE_A && n->next > w->link_end)
        w->link_end = n->next;
    if ((n->tag == PAGE_B || n->tag == PAGE_STRONG) && n->next > w->bold_end)
        w->bold_end = n->next;
    if (blocks_parts(w->page, i) && n->tag != PAGE_HR) {
        flush(w);
        w->breaks = 0;
        if (w->depth < PAGE_DEEPEST)
            w->lines[w->depth++] = i;
    }
    return i + 1;
}

/* Blocks with the same words as an earlier one know it; by open addressing. */
static gly_status mark_repeats(blocks *b, gly_arena *arena)
{
    uint32_t slots = 16, *table;

    while (slots < b->count * 2)
        slots *= 2;
    table = GLY_NEWN(arena, uint32_t, slots);
    if (!table)
        return GLY_ENOMEM;
    memset(table, 0, slots * sizeof *table);
    for (uint32_t i = 0; i < b->count; i++) {
        uint32_t at = (uint32_t)b->items[i].hash & (slots - 1), tries = 0;

        while (table[at] && b->items[table[at] - 1].hash != b->items[i].hash && tries++ < 64)
            at = (at + 1) & (slots - 1);
        if (table[at] && b->items[table[at] - 1].hash == b->items[i].hash)
            b->items[i].repeat_of = table[at];
        else if (!table[at])
            table[at] = i + 1;
    }
    trim(arena, table + slots, table);
    return GLY_OK;
}

gly_status blocks_find(blocks *out, const page *p, const vocabulary *words, gly_arena *arena)
{
    walk *w = GLY_NEW(arena, walk);
    uint32_t most = p->source.len / BYTES_A_BLOCK + FEWEST_MOST, i = 1;

    most = most < p->texts ? most : p->texts; /* each has one text at least */
    *out = (blocks){ .before = GLY_NEWN(arena, uint32_t, p->count + 1u) };
    out->items = GLY_NEWN(arena, block, most + 1u); /* last: it is trimmed */
    if (!w || !out->before || !out->items)
        return GLY_ENOMEM;
    *w = (walk){ .out = out, .page = p, .words = words, .most = most };
    out->before[0] = 0;
    while (i < p->count) {
        uint32_t next = i + 1;

        leave_lines(w, i);
        out->before[i] = out->count + w->open;
        if (!page_is_text(&p->nodes[i]))
            next = element(w, i);
        else
            text_node(w, i);
        for (uint32_t k = i + 1; k < next; k++)
            out->before[k] = out->count + w->open;
        i = next;
    }
    leave_lines(w, p->count);
    flush(w);
    trim(arena, out->items + most + 1, out->items + out->count + 1);
    out->before[p->count] = out->count;
    return mark_repeats(out, arena);
}
