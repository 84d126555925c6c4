/* signals - first what holds the article, then each block's row of numbers. */
#include "signals.h"

#include <math.h>
#include <stdio.h>
#include <strings.h>

#include "articlebody.h"
#include "kit/trim.h"

/* Names that speak against an element count only while it holds no more than this
 * share of the page's paragraphs: wrappers are called "has-sidebar". */
#define MOST_AGAINST 0.45f

static const uint32_t speaks_for = NAMED_ARTICLE | NAMED_BODY | NAMED_MAIN | NAMED_TITLE | NAMED_LEAD;

/* ---- sums over subtrees --------------------------------------------------------------- */

static float paragraph_words(const block *b)
{
    float links = b->chars ? (float)b->link_chars / (float)b->chars : 1.0f;

    if (b->words < 10 || links > 0.5f)
        return 0;
    return (float)b->words * (1 - links) * (b->tag == PAGE_LI ? 0.5f : 1.0f);
}

static float held(const signals *s, uint32_t node)
{
    const uint32_t *before = s->blocks->before;

    return s->sums[before[s->page->nodes[node].next]] - s->sums[before[node]];
}

static float share(const signals *s, uint32_t node)
{
    return s->total > 0 ? held(s, node) / s->total : 0;
}

/* ---- what elements are ------------------------------------------------------------------ */

static bool is(gly_str s, const char *what)
{
    return s.len == strlen(what) && strncasecmp(s.ptr, what, s.len) == 0;
}

static bool holds(gly_str s, const char *what)
{
    return s.len && memmem(s.ptr, s.len, what, strlen(what)) != NULL;
}

#define BIT(n) (UINT64_C(1) << (n))

static uint64_t of_role(gly_str role)
{
    if (role.len == 0)
        return 0;
    if (is(role, "main"))
        return BIT(IN_MAIN);
    if (is(role, "article"))
        return BIT(IN_ARTICLE);
    if (is(role, "navigation") || is(role, "menu") || is(role, "menubar") || is(role, "tablist"))
        return BIT(IN_NAV);
    if (is(role, "complementary"))
        return BIT(IN_ASIDE);
    if (is(role, "contentinfo"))
        return BIT(IN_FOOTER);
    if (is(role, "banner"))
        return BIT(IN_HEADER);
    if (is(role, "dialog") || is(role, "alertdialog"))
        return BIT(IN_FORM) | BIT(IN_DIALOG);
    if (is(role, "search"))
        return BIT(IN_FORM);
    return 0;
}

static uint64_t of_tag(uint16_t tag)
{
    switch (tag) {
    case PAGE_ARTICLE: return BIT(IN_ARTICLE);
    case PAGE_MAIN: return BIT(IN_MAIN);
    case PAGE_NAV: return BIT(IN_NAV);
    case PAGE_ASIDE: return BIT(IN_ASIDE);
    case PAGE_FOOTER: return BIT(IN_FOOTER);
    case PAGE_HEADER: return BIT(IN_HEADER);
    case PAGE_FORM: case PAGE_FIELDSET: case PAGE_LABEL: return BIT(IN_FORM);
    case PAGE_DIALOG: return BIT(IN_FORM) | BIT(IN_DIALOG);
    case PAGE_TABLE: return BIT(IN_TABLE);
    case PAGE_UL: case PAGE_OL: return BIT(IN_LIST);
    case PAGE_FIGURE: case PAGE_FIGCAPTION: case PAGE_PICTURE: return BIT(IN_FIGURE);
    case PAGE_BLOCKQUOTE: return BIT(IN_QUOTE);
    case PAGE_PRE: case PAGE_CODE: return BIT(IN_PRE);
    case PAGE_A: return BIT(IN_LINK);
    case PAGE_DETAILS: return BIT(IN_DETAILS);
    case PAGE_SECTION: return BIT(IN_SECTION);
    case PAGE_P: return BIT(IN_PARAGRAPH);
    default: return 0;
    }
}

/* What values of class and id say, of those seen last: most are seen again and again. */
enum { REMEMBERED = 64 };

typedef struct naming {
    const vocabulary *words;
    gly_str           values[REMEMBERED];
    uint32_t          named[REMEMBERED];
} naming;

static uint32_t named_by(naming *n, gly_str value)
{
    uint32_t i;

    if (value.len == 0)
        return 0;
    i = (value.len + 5u * (unsigned char)value.ptr[value.len - 1] + 11u * (unsigned char)value.ptr[value.len / 2]) % REMEMBERED;
    if (n->values[i].len != value.len || memcmp(n->values[i].ptr, value.ptr, value.len) != 0) {
        n->values[i] = value;
        n->named[i] = vocabulary_named(n->words, value);
    }
    return n->named[i];
}

static uint64_t of_class(naming *names, gly_str value, float has, uint64_t *own)
{
    uint32_t named = named_by(names, value);

    if ((named & NAMED_ARTICLE) && (named & NAMED_BODY))
        *own |= BIT(IN_BODY_CLASS);
    return (uint64_t)(has > MOST_AGAINST ? named & speaks_for : named) << IN_NAMED;
}

static uint64_t own_marks(const signals *s, uint32_t node, naming *names)
{
    const page *p = s->page;
    const page_node *n = &p->nodes[node];
    float has = share(s, node);
    uint64_t own = of_tag(n->tag);

    if (n->tag == PAGE_BODY || n->tag == PAGE_HTML)
        return own;
    if (has > MOST_AGAINST) /* a page may be one form, or one table */
        own &= ~(BIT(IN_FORM) | BIT(IN_FOOTER) | BIT(IN_ASIDE) | BIT(IN_NAV) | BIT(IN_HEADER) |
                 BIT(IN_TABLE));
    for (uint32_t i = n->attrs; i < n->attrs + n->nattrs; i++) {
        const page_attr *a = &p->attrs[i];
        gly_str value = gly_slice(p->source, a->value);

        switch (a->name) {
        case PAGE_ATTR_CLASS:
        case PAGE_ATTR_ID:
        case PAGE_ATTR_DATA_COMPONENT:
        case PAGE_ATTR_DATA_TESTID:
            own |= of_class(names, value, has, &own);
            break;
        case PAGE_ATTR_ROLE: own |= of_role(value); break;
        case PAGE_ATTR_ITEMPROP:
            own |= holds(value, "articleBody") || is(value, "text") ? BIT(IN_BODY_PROP) : 0;
            break;
        case PAGE_ATTR_HIDDEN: own |= BIT(IN_HIDDEN); break;
        case PAGE_ATTR_ARIA_HIDDEN: own |= is(value, "true") ? BIT(IN_HIDDEN) : 0; break;
        case PAGE_ATTR_STYLE:
            own |= holds(value, "display:none") || holds(value, "display: none") ? BIT(IN_HIDDEN) : 0;
            break;
        case PAGE_ATTR_ARIA_LABEL:
        case PAGE_ATTR_ARIA_LABELLEDBY: own |= BIT(IN_LABELLED); break;
        default: break;
        }
    }
    return own;
}

static const uint64_t article_body = BIT(IN_BODY_CLASS) | BIT(IN_BODY_PROP);

static gly_status find_marks(signals *s, const vocabulary *words, gly_arena *arena)
{
    const uint32_t *before = s->blocks->before;
    const page *p = s->page;
    naming names = { .words = words };

    s->around = GLY_NEWN(arena, uint64_t, p->count);
    s->marked = GLY_NEWN(arena, uint32_t, p->count); /* last: it is trimmed */
    if (!s->around || !s->marked)
        return GLY_ENOMEM;
    memset(s->around, 0, p->count * sizeof *s->around);
    for (uint32_t i = 1; i < p->count;) {
        const page_node *n = &p->nodes[i];

        if (!page_is_text(n) && (before[n->next] == before[i] || blocks_skips(n->tag)) &&
            n->tag != PAGE_A) {
            i = n->next; /* no block begins in it; inline elements mark nothing */
            continue;
        }
        s->around[i] = s->around[n->parent] | (page_is_text(n) ? 0 : own_marks(s, i, &names));
        if (s->around[i] & ~s->around[n->parent] & (article_body | BIT(IN_ARTICLE)))
            s->marked[s->nmarked++] = i;
        i++;
    }
    trim(arena, s->marked + p->count, s->marked + s->nmarked);
    return GLY_OK;
}

/* ---- candidates for the article ---------------------------------------------------------- */

/* Going down from the root while one child holds `least` of the page's paragraphs. */
static uint32_t core(const signals *s, float least)
{
    const page *p = s->page;
    uint32_t node = 0;

    for (uint32_t i = 1; i < p->nodes[node].next;) {
        if (!page_is_text(&p->nodes[i]) && held(s, i) >= least * s->total && s->total > 0) {
            node = i;
            i++;
        } else {
            i = p->nodes[i].next;
        }
    }
    return node;
}

/* The element with a mark that holds the most paragraphs; of nested ones the outer. */
static uint32_t best_marked(const signals *s, uint64_t marks)
{
    uint32_t best = 0;
    float most = 0;

    for (uint32_t i = 0; i < s->nmarked; i++) {
        uint32_t node = s->marked[i], parent = s->page->nodes[node].parent;

        if ((s->around[node] & ~s->around[parent] & marks) && held(s, node) > most) {
            best = node;
            most = held(s, node);
        }
    }
    return best;
}

/* Paragraphs give their score to the elements around them, less the farther up
 * (the idea of Readability), then links and names weigh it. */
static gly_status find_best(signals *s, gly_arena *arena)
{
    const page *p = s->page;
    float *scores = GLY_NEWN(arena, float, p->count), most = 0;

    if (!scores)
        return GLY_ENOMEM;
    memset(scores, 0, p->count * sizeof *scores);
    for (uint32_t i = 0; i < s->blocks->count; i++) {
        const block *b = &s->blocks->items[i];
        float score = 0, lift = 1;
        uint32_t node = b->element;

        if (paragraph_words(b) <= 0)
            continue;
        score = 1 + (float)(b->commas < 12 ? b->commas : 12) +
                (b->chars < 300 ? (float)b->chars / 100 : 3);
        if (b->around & (BIT(IN_NAV) | BIT(IN_FOOTER) | BIT(IN_FORM) | BIT(IN_HIDDEN)))
            score *= 0.2f;
        for (int up = 0; up < 4 && node; up++) {
            if (up > 0 || p->nodes[node].tag != PAGE_P)
                scores[node] += score * lift;
            if (up > 0)
                lift *= 0.5f;
            node = p->nodes[node].parent;
        }
    }
    for (uint32_t i = 1; i < p->count; i++) {
        if (scores[i] <= 0)
            continue;
        if (s->around[i] & article_body)
            scores[i] *= 1.3f;
        if ((s->around[i] >> IN_NAMED) & (NAMED_COMMENT | NAMED_RELATED | NAMED_FOOTER | NAMED_SIDE))
            scores[i] *= 0.4f;
        if (scores[i] > most) {
            most = scores[i];
            s->best = i;
        }
    }
    trim(arena, scores + p->count, scores); /* what comes next may have it */
    return GLY_OK;
}

static bool is_long(const block *b)
{
    return b->words >= 15 && b->link_chars * 3 < b->chars;
}

static void find_ends(signals *s)
{
    const uint32_t *before = s->blocks->before;
    uint32_t end = before[s->page->nodes[s->best].next];

    s->first = s->blocks->count;
    s->last = 0;
    for (uint32_t i = before[s->best]; i < end; i++) {
        if (!is_long(&s->blocks->items[i]))
            continue;
        if (s->first > i)
            s->first = i;
        s->last = i;
    }
}

static bool is_heading(const block *b)
{
    return b->tag >= PAGE_H1 && b->tag <= PAGE_H6;
}

/* The words of the heading that a block stands under: "Read more", "About us". */
static void find_headings(blocks *b)
{
    uint32_t said = 0;

    for (uint32_t i = 0; i < b->count; i++) {
        block *it = &b->items[i];

        if (is_heading(it) || (it->words <= 4 && it->said && it->bold_chars * 2 > it->chars))
            said = (it->words <= 8 ? it->said : 0) | 1u << 31;
        it->heading_says = said;
    }
}

/* ---- classes: paragraphs of an article are made alike -------------------------------------- */

typedef struct class_sum {
    uint64_t key;
    float    words;
} class_sum;

enum { CLASS_SLOTS = 512 };

static uint64_t class_key(const page *p, uint32_t node)
{
    enum { MOST = 64 };
    gly_str value = page_attr_of(p, node, PAGE_ATTR_CLASS);
    uint32_t length = value.len < MOST ? value.len : MOST, i = 0;
    uint64_t key = p->nodes[node].tag + UINT64_C(0x9E3779B97F4A7C15), eight;

    for (; length - i >= 8; i += 8) {
        memcpy(&eight, value.ptr + i, 8);
        key = (key ^ eight) * UINT64_C(0x9FB21C651E98DF25);
        key ^= key >> 32;
    }
    if (i < length) {
        eight = 0;
        memcpy(&eight, value.ptr + i, length - i);
        key = (key ^ eight ^ length) * UINT64_C(0x9FB21C651E98DF25);
    }
    return key ^ key >> 32;
}

static class_sum *class_slot(class_sum *slots, uint64_t key)
{
    uint32_t at = (uint32_t)key & (CLASS_SLOTS - 1);

    for (int tries = 0; tries < 16; tries++, at = (at + 1) & (CLASS_SLOTS - 1))
        if (!slots[at].key || slots[at].key == key)
            break;
    slots[at].key = key;
    return &slots[at];
}

typedef struct classes { /* of a block's element, and of what that is in */
    class_sum *own, *around;
    uint32_t   element, parent;
} classes;

/* Blocks in a row are mostly in one element, or in elements of one parent. */
static classes classes_of(const signals *s, class_sum *slots, uint32_t element, const classes *before)
{
    classes c = { .element = element, .parent = s->page->nodes[element].parent };

    c.own = before && before->element == element ? before->own
                                                 : class_slot(slots, class_key(s->page, element));
    c.around = before && before->parent == c.parent
             ? before->around : class_slot(slots + CLASS_SLOTS, class_key(s->page, c.parent));
    return c;
}

static gly_status find_classes(signals *s, gly_arena *arena)
{
    class_sum *slots = GLY_NEWN(arena, class_sum, 2 * CLASS_SLOTS);
    classes *of = GLY_NEWN(arena, classes, s->blocks->count + 1u);
    block *b = s->blocks->items;

    if (!slots || !of)
        return GLY_ENOMEM;
    memset(slots, 0, 2 * CLASS_SLOTS * sizeof *slots);
    for (uint32_t i = 0; i < s->blocks->count; i++) {
        of[i] = classes_of(s, slots, b[i].element, i ? &of[i - 1] : NULL);
        of[i].own->words += s->sums[i + 1] - s->sums[i];
        of[i].around->words += s->sums[i + 1] - s->sums[i];
    }
    for (uint32_t i = 0; i < s->blocks->count && s->total > 0; i++) {
        b[i].class_share = of[i].own->words / s->total;
        b[i].parent_share = of[i].around->words / s->total;
    }
    trim(arena, of + s->blocks->count + 1, of);
    return GLY_OK;
}

/* ---- rows ------------------------------------------------------------------------------- */

/* fminf() is a call, for the sake of numbers that are none. */
static float at_most_one(float x)
{
    return x < 1 ? x : 1;
}

static bool inside(const signals *s, uint32_t node, const block *b)
{
    return node && b->first >= node && b->first < s->page->nodes[node].next;
}

static float links_of(const block *b)
{
    return b->chars ? (float)b->link_chars / (float)b->chars : 1.0f;
}

static float links_in(const signals *s, uint32_t node)
{
    const uint32_t *before = s->blocks->before;
    uint32_t from = before[node], to = before[s->page->nodes[node].next];
    float chars = s->chars[to] - s->chars[from];

    return chars > 0 ? (s->links[to] - s->links[from]) / chars : 0;
}

static void mark(compact_row *row, int signal, bool is_set)
{
    row->marks[(signal - SIGNAL_MARKS) / 64] |= (uint64_t)is_set << (signal - SIGNAL_MARKS) % 64;
}

/* Marks in a row, from `first` on. */
static void mark_all(compact_row *row, int first, uint64_t bits)
{
    int word = (first - SIGNAL_MARKS) / 64, shift = (first - SIGNAL_MARKS) % 64;

    row->marks[word] |= bits << shift;
    if (shift && word + 1 < SIGNAL_MARK_WORDS)
        row->marks[word + 1] |= bits >> (64 - shift);
}

static void row_of_text(const block *b, compact_row *row)
{
    float words = (float)(b->words ? b->words : 1), links = links_of(b);
    float *f = row->numbers;

    mark(row, SIGNAL_ALWAYS, true);
    mark(row, SIGNAL_WORDS_1_3, b->words <= 3);
    mark(row, SIGNAL_WORDS_4_9, b->words > 3 && b->words < 10);
    mark(row, SIGNAL_WORDS_10_24, b->words >= 10 && b->words < 25);
    mark(row, SIGNAL_WORDS_25_49, b->words >= 25 && b->words < 50);
    mark(row, SIGNAL_WORDS_50, b->words >= 50);
    f[SIGNAL_WORDS_LOG] = b->words ? b->words_log : log2f(2) / 8;
    f[SIGNAL_LINKS] = links;
    mark(row, SIGNAL_LINKS_ALL, links > 0.8f);
    mark(row, SIGNAL_LINKS_NONE, b->link_chars == 0);
    mark(row, SIGNAL_ENDS, b->ends);
    mark(row, SIGNAL_ENDS_SHORT, b->ends && b->words < 10);
    f[SIGNAL_COMMAS] = at_most_one((float)b->commas * 10 / words);
    f[SIGNAL_DIGITS] = at_most_one((float)b->digits / words);
    f[SIGNAL_CAPITALS] = at_most_one((float)b->capitals / words);
    f[SIGNAL_BOLD] = b->chars ? at_most_one((float)b->bold_chars / (float)b->chars) : 0;
}

static int signal_of_tag(uint16_t tag)
{
    switch (tag) {
    case PAGE_P: return SIGNAL_TAG_P;
    case PAGE_H1: return SIGNAL_TAG_H1;
    case PAGE_H2: return SIGNAL_TAG_H2;
    case PAGE_H3: return SIGNAL_TAG_H3;
    case PAGE_H4: case PAGE_H5: case PAGE_H6: return SIGNAL_TAG_H4;
    case PAGE_LI: return SIGNAL_TAG_LI;
    case PAGE_TD: case PAGE_TH: return SIGNAL_TAG_CELL;
    case PAGE_BLOCKQUOTE: return SIGNAL_TAG_QUOTE;
    case PAGE_PRE: return SIGNAL_TAG_PRE;
    case PAGE_FIGCAPTION: return SIGNAL_TAG_FIGCAPTION;
    case PAGE_DIV: return SIGNAL_TAG_DIV;
    case PAGE_DT: case PAGE_DD: return SIGNAL_TAG_DL;
    default: return SIGNAL_TAG_OTHER;
    }
}

/* Words of long blocks are about anything. */
static uint32_t says(const block *b)
{
    return b->words <= 40 ? b->said : 0;
}

static void row_of_names(const block *b, compact_row *row)
{
    mark(row, signal_of_tag(b->tag), true);
    mark_all(row, SIGNAL_IN, b->around & (BIT(IN_KINDS) - 1));
    mark_all(row, SIGNAL_NAMED, b->around >> IN_NAMED);
    mark_all(row, SIGNAL_SAYS, says(b));
    mark_all(row, SIGNAL_HEADING, b->heading_says & (BIT(SAYS_KINDS) - 1));
    mark(row, SIGNAL_UNDER_HEADING, b->heading_says >> 31);
}

/* How far a block is below what holds the article, up to 4 elements; 0 or 1: it is right in it. */
static int depth_below(const signals *s, const block *b)
{
    uint32_t node = b->element;
    int below = 0;

    for (; node != s->best && below < 4; below++)
        node = s->page->nodes[node].parent;
    return below;
}

static void row_of_place(const signals *s, uint32_t i, compact_row *row)
{
    const page *p = s->page;
    const block *b = &s->blocks->items[i];
    uint32_t parent = p->nodes[b->element].parent, grand = p->nodes[parent].parent;
    bool in_best = inside(s, s->best, b), in_article = inside(s, s->article, b);
    int below = in_best ? depth_below(s, b) : -1;
    float *f = row->numbers;

    mark(row, SIGNAL_IN_BEST, in_best);
    mark(row, SIGNAL_IN_NAMED_BEST, inside(s, s->named, b));
    mark(row, SIGNAL_IN_ARTICLE_BEST, in_article);
    mark(row, SIGNAL_IN_CORE_50, inside(s, s->core_50, b));
    mark(row, SIGNAL_IN_CORE_70, inside(s, s->core_70, b));
    mark(row, SIGNAL_IN_CORE_85, inside(s, s->core_85, b));
    f[SIGNAL_SHARE_PARENT] = share(s, parent);
    f[SIGNAL_SHARE_GRAND] = share(s, grand);
    f[SIGNAL_SHARE_GREAT] = share(s, p->nodes[grand].parent);
    mark(row, SIGNAL_BELOW_0, below == 0 || below == 1);
    mark(row, SIGNAL_BELOW_1, below == 2);
    mark(row, SIGNAL_BELOW_2, below == 3);
    mark(row, SIGNAL_BELOW_3, below >= 4);
    mark(row, SIGNAL_BEFORE_FIRST, i < s->first);
    mark(row, SIGNAL_AFTER_LAST, i > s->last);
    f[SIGNAL_PLACE] = (float)i / (float)s->blocks->count;
    mark(row, SIGNAL_BEFORE_H1, s->h1 && i < s->h1 - 1);
    f[SIGNAL_LINKS_PARENT] = links_in(s, parent);
    f[SIGNAL_LINKS_GRAND] = links_in(s, grand);
    f[SIGNAL_CLASS_SHARE] = b->class_share;
    f[SIGNAL_PARENT_CLASS_SHARE] = b->parent_share;
    mark(row, SIGNAL_AFTER_SECOND_H1, s->h1_second && i + 1 >= s->h1_second);
    mark(row, SIGNAL_OTHER_ARTICLE, s->article && (b->around & BIT(IN_ARTICLE)) && !in_article);
    mark(row, SIGNAL_AFTER_H1_NEAR, s->h1 && i >= s->h1 && i < s->h1 + 4);
}

static void row_of_neighbours(const signals *s, uint32_t i, compact_row *row)
{
    const block *b = &s->blocks->items[i];
    const block *next = i + 1 < s->blocks->count ? b + 1 : NULL, *previous = i ? b - 1 : NULL;
    const page_node *nodes = s->page->nodes;
    float *f = row->numbers;

    if (next) {
        f[SIGNAL_NEXT_WORDS] = next->words_log;
        f[SIGNAL_NEXT_LINKS] = links_of(next);
        mark(row, SIGNAL_NEXT_SIBLING, nodes[next->element].parent == nodes[b->element].parent);
    }
    if (previous) {
        f[SIGNAL_PREVIOUS_WORDS] = previous->words_log;
        f[SIGNAL_PREVIOUS_LINKS] = links_of(previous);
        mark(row, SIGNAL_PREVIOUS_SIBLING, nodes[previous->element].parent == nodes[b->element].parent);
    }
    mark(row, SIGNAL_REPEAT, b->repeat_of > 0);
    if (b->tag == PAGE_LI) {
        mark(row, SIGNAL_ITEM_LONG, b->words >= 10 && links_of(b) < 0.3f);
        f[SIGNAL_ITEM_RUN] = share(s, nodes[b->element].parent) * 3;
        mark(row, SIGNAL_LINK_LIST, links_of(b) > 0.6f && (!next || links_of(next) > 0.6f || next->tag != PAGE_LI));
    }
}

/* What the names around a block and its own words agree on. */
static void row_of_matches(const block *b, compact_row *row)
{
    static const struct { int signal; uint32_t named, said; } both[] = {
        { SIGNAL_SIGNUP_BOTH, NAMED_SIGNUP | NAMED_AD | NAMED_WIDGET | NAMED_PAYWALL, SAYS_SIGNUP | SAYS_LOGIN },
        { SIGNAL_SHARE_BOTH, NAMED_SHARE, SAYS_SHARE | SAYS_NETWORK },
        { SIGNAL_MORE_BOTH, NAMED_RELATED | NAMED_WIDGET | NAMED_AD, SAYS_MORE },
        { SIGNAL_CREDIT_BOTH, NAMED_CAPTION, SAYS_CREDIT },
        { SIGNAL_COOKIE_BOTH, NAMED_COOKIE | NAMED_FOOTER, SAYS_COOKIE },
        { SIGNAL_AD_BOTH, NAMED_AD, SAYS_AD | SAYS_CONTACT },
        { SIGNAL_BYLINE_BOTH, NAMED_META | NAMED_AUTHOR, SAYS_BYLINE },
        { SIGNAL_RIGHTS_BOTH, NAMED_FOOTER | NAMED_META, SAYS_RIGHTS },
    };
    uint32_t named = (uint32_t)(b->around >> IN_NAMED), said = says(b);

    if (!said)
        return;
    for (size_t i = 0; i < sizeof both / sizeof both[0]; i++)
        mark(row, both[i].signal, (named & both[i].named) && (said & both[i].said));
    mark(row, SIGNAL_MORE_LINKED, (said & SAYS_MORE) && b->link_chars * 2 > b->chars);
    mark(row, SIGNAL_SAYS_TWO, __builtin_popcount(said) == 2);
    mark(row, SIGNAL_SAYS_THREE, __builtin_popcount(said) >= 3);
}

static void row_of_pairs(const signals *s, uint32_t i, compact_row *row)
{
    const block *b = &s->blocks->items[i];
    bool heading = is_heading(b), best = inside(s, s->best, b), core = inside(s, s->core_70, b);
    float *f = row->numbers;

    mark(row, SIGNAL_BEST_P, best && b->tag == PAGE_P);
    mark(row, SIGNAL_BEST_LI, best && b->tag == PAGE_LI);
    mark(row, SIGNAL_BEST_HEADING, best && heading);
    f[SIGNAL_BEST_LINKED] = best ? f[SIGNAL_LINKS] : 0;
    mark(row, SIGNAL_BEST_SHORT, best && b->words < 10);
    mark(row, SIGNAL_BEST_LAST, best && i > s->last);
    mark(row, SIGNAL_OUTSIDE_LONG, !best && is_long(b));
    mark(row, SIGNAL_CORE_P, core && b->tag == PAGE_P);
    mark(row, SIGNAL_CORE_SHORT, core && b->words < 10);
    f[SIGNAL_HEADING_BEFORE_TEXT] = heading ? f[SIGNAL_NEXT_WORDS] : 0;
    f[SIGNAL_LI_LINKED] = b->tag == PAGE_LI ? f[SIGNAL_LINKS] : 0;
    mark(row, SIGNAL_TEXT_LONG_PLAIN, b->words >= 25 && b->link_chars == 0);
    mark(row, SIGNAL_PAGE_SMALL, s->total < 150);
    mark(row, SIGNAL_PAGE_LARGE, s->total > 1500);
    mark(row, SIGNAL_COLON, b->colon);
}

/* What is asked of a block by its neighbours, too, and how far the nearest long
 * paragraphs are, in blocks; 0: there is none. */
static void nearness(const signals *s)
{
    block *b = s->blocks->items;
    uint32_t seen = UINT32_MAX;

    for (uint32_t i = 0; i < s->blocks->count; i++) {
        b[i].words_log = log2f((float)b[i].words + 1) / 8;
        b[i].long_before = seen == UINT32_MAX ? 0 : i - seen;
        if (is_long(&b[i]))
            seen = i;
        if (b[i].repeat_of)
            b[b[i].repeat_of - 1].marks |= BLOCK_REPEATED;
    }
    seen = UINT32_MAX;
    for (uint32_t i = s->blocks->count; i-- > 0;) {
        b[i].long_after = seen == UINT32_MAX ? 0 : seen - i;
        if (is_long(&b[i]))
            seen = i;
    }
}

static void sum_up(signals *s)
{
    for (uint32_t i = 0; i < s->blocks->count; i++) {
        s->sums[i + 1] = s->sums[i] + (s->blocks->items[i].repeat_of
                                           ? 0 : paragraph_words(&s->blocks->items[i]));
        s->links[i + 1] = s->links[i] + (float)s->blocks->items[i].link_chars;
        s->chars[i + 1] = s->chars[i] + (float)s->blocks->items[i].chars;
        if (s->blocks->items[i].tag != PAGE_H1)
            continue;
        if (!s->h1)
            s->h1 = i + 1;
        else if (!s->h1_second && s->sums[i] > s->sums[s->h1])
            s->h1_second = i + 1;
    }
    s->total = s->sums[s->blocks->count];
}

gly_status signals_find(signals *s, const page *p, blocks *b, const vocabulary *words,
                        gly_arena *arena)
{
    *s = (signals){ .page = p, .blocks = b };
    s->sums = GLY_NEWN(arena, float, b->count + 1u);
    s->links = GLY_NEWN(arena, float, b->count + 1u);
    s->chars = GLY_NEWN(arena, float, b->count + 1u);
    if (!s->sums || !s->links || !s->chars)
        return GLY_ENOMEM;
    s->sums[0] = s->links[0] = s->chars[0] = 0;
    sum_up(s);
    if (find_marks(s, words, arena) != GLY_OK)
        return GLY_ENOMEM;
    for (uint32_t i = 0; i < b->count; i++)
        b->items[i].around = s->around[b->items[i].first];
    if (find_best(s, arena) != GLY_OK)
        return GLY_ENOMEM;
    s->named = best_marked(s, article_body);
    s->article = best_marked(s, BIT(IN_ARTICLE));
    s->core_50 = core(s, 0.5f);
    s->core_70 = core(s, 0.7f);
    s->core_85 = core(s, 0.85f);
    find_ends(s);
    nearness(s);
    find_headings(b);
    if (find_classes(s, arena) != GLY_OK)
        return GLY_ENOMEM;
    return articlebody_match(s, arena);
}

void signals_compact(const signals *s, uint32_t i, compact_row *row)
{
    const block *b = &s->blocks->items[i];

    *row = (compact_row){ .marks = { 0 } };
    row_of_text(b, row);
    row_of_names(b, row);
    row_of_place(s, i, row);
    row_of_neighbours(s, i, row);
    row_of_pairs(s, i, row);
    row_of_matches(b, row);
    row->numbers[SIGNAL_NEAR_BEFORE] = b->long_before ? 1 / (float)b->long_before : 0;
    row->numbers[SIGNAL_NEAR_AFTER] = b->long_after ? 1 / (float)b->long_after : 0;
    mark(row, SIGNAL_REPEATED, b->marks & BLOCK_REPEATED);
    mark(row, SIGNAL_LD_MATCH, b->marks & BLOCK_LD_MATCH);
    mark(row, SIGNAL_LD_MISS, b->marks & BLOCK_LD_MISS);
}

void signals_row(const signals *s, uint32_t i, float *f)
{
    compact_row row;

    signals_compact(s, i, &row);
    memset(f, 0, SIGNAL_ROUND_TWO_COUNT * sizeof *f);
    memcpy(f, row.numbers, sizeof row.numbers);
    for (int k = SIGNAL_MARKS; k < SIGNAL_COUNT; k++)
        f[k] = (float)(row.marks[(k - SIGNAL_MARKS) / 64] >> (k - SIGNAL_MARKS) % 64 & 1);
}

/* ---- round two ---------------------------------------------------------------------------- */

static float weight_of(const block *b)
{
    return (float)(b->words < 100 ? b->words + 2 : 102);
}

gly_status signals_weigh(signals *s, gly_arena *arena)
{
    uint32_t n = s->blocks->count;
    const block *b = s->blocks->items;

    s->mass = GLY_NEWN(arena, float, n + 1u);
    s->weight = GLY_NEWN(arena, float, n + 1u);
    if (!s->mass || !s->weight)
        return GLY_ENOMEM;
    s->mass[0] = s->weight[0] = 0;
    for (uint32_t i = 0; i < n; i++) {
        s->weight[i + 1] = s->weight[i] + weight_of(&b[i]);
        s->mass[i + 1] = s->mass[i] + weight_of(&b[i]) * b[i].chance;
    }
    return GLY_OK;
}

static float mean(const signals *s, uint32_t from, uint32_t to)
{
    return to > from ? (s->mass[to] - s->mass[from]) / (s->weight[to] - s->weight[from]) : 0;
}

static float mean_in(const signals *s, uint32_t node)
{
    const uint32_t *before = s->blocks->before;

    return mean(s, before[node], before[s->page->nodes[node].next]);
}

void signals_add_second(const signals *s, uint32_t i, float *f)
{
    uint32_t n = s->blocks->count, low = i > 3 ? i - 3 : 0, high = i + 4 < n ? i + 4 : n;
    const block *b = &s->blocks->items[i];
    uint32_t parent = s->page->nodes[b->element].parent;

    f[SIGNAL_SELF] = b->chance;
    f[SIGNAL_SELF_SQUARE] = b->chance * b->chance;
    f[SIGNAL_BEFORE] = i ? b[-1].chance : 0;
    f[SIGNAL_AFTER] = i + 1 < n ? b[1].chance : 0;
    f[SIGNAL_NEIGHBOURS_LOW] = f[SIGNAL_BEFORE] < 0.3f && f[SIGNAL_AFTER] < 0.3f;
    f[SIGNAL_AROUND] = mean(s, low, high);
    f[SIGNAL_SIBLINGS] = mean_in(s, parent);
    f[SIGNAL_COUSINS] = mean_in(s, s->page->nodes[parent].parent);
    f[SIGNAL_ALL_BEFORE] = s->mass[n] > 0 ? s->mass[i] / s->mass[n] : 0;
    f[SIGNAL_ALL_AFTER] = s->mass[n] > 0 ? (s->mass[n] - s->mass[i + 1]) / s->mass[n] : 0;
}

void signals_row_second(const signals *s, uint32_t i, float *f)
{
    signals_row(s, i, f);
    signals_add_second(s, i, f);
}

const char *signal_name(int signal, char buffer[32])
{
    static const char *const names[] = {
#define X(name) #name,
        SIGNALS(X)
#undef X
    };
    static const char *const second[] = { "SELF", "BEFORE", "AFTER", "AROUND", "SIBLINGS", "COUSINS",
        "SELF_SQUARE", "NEIGHBOURS_LOW", "ALL_BEFORE", "ALL_AFTER" };

    if (signal < SIGNAL_IN)
        return names[signal];
    if (signal >= SIGNAL_COUNT)
        return second[signal - SIGNAL_COUNT];
    if (signal < SIGNAL_NAMED)
        snprintf(buffer, 32, "IN %d", signal - SIGNAL_IN);
    else if (signal < SIGNAL_SAYS)
        snprintf(buffer, 32, "NAMED %d", signal - SIGNAL_NAMED);
    else
        snprintf(buffer, 32, "%s %d", signal < SIGNAL_HEADING ? "SAYS" : "HEADING",
                 (signal - SIGNAL_SAYS) % SAYS_KINDS);
    return buffer;
}
