/* signals - what holds the article: elements, and the page as a whole. */
#include "signals.h"

#include <math.h>
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

/* ---- what elements are ------------------------------------------------------------------ */

static bool is(gly_str s, const char *what)
{
    return s.len == strlen(what) && strncasecmp(s.ptr, what, s.len) == 0;
}

static bool holds(gly_str s, const char *what)
{
    return s.len && memmem(s.ptr, s.len, what, strlen(what)) != NULL;
}

static uint64_t of_role(gly_str role)
{
    if (role.len == 0)
        return 0;
    if (is(role, "main"))
        return SIGNALS_BIT(IN_MAIN);
    if (is(role, "article"))
        return SIGNALS_BIT(IN_ARTICLE);
    if (is(role, "navigation") || is(role, "menu") || is(role, "menubar") || is(role, "tablist"))
        return SIGNALS_BIT(IN_NAV);
    if (is(role, "complementary"))
        return SIGNALS_BIT(IN_ASIDE);
    if (is(role, "contentinfo"))
        return SIGNALS_BIT(IN_FOOTER);
    if (is(role, "banner"))
        return SIGNALS_BIT(IN_HEADER);
    if (is(role, "dialog") || is(role, "alertdialog"))
        return SIGNALS_BIT(IN_FORM) | SIGNALS_BIT(IN_DIALOG);
    if (is(role, "search"))
        return SIGNALS_BIT(IN_FORM);
    return 0;
}

static uint64_t of_tag(uint16_t tag)
{
    switch (tag) {
    case PAGE_ARTICLE: return SIGNALS_BIT(IN_ARTICLE);
    case PAGE_MAIN: return SIGNALS_BIT(IN_MAIN);
    case PAGE_NAV: return SIGNALS_BIT(IN_NAV);
    case PAGE_ASIDE: return SIGNALS_BIT(IN_ASIDE);
    case PAGE_FOOTER: return SIGNALS_BIT(IN_FOOTER);
    case PAGE_HEADER: return SIGNALS_BIT(IN_HEADER);
    case PAGE_FORM: case PAGE_FIELDSET: case PAGE_LABEL: return SIGNALS_BIT(IN_FORM);
    case PAGE_DIALOG: return SIGNALS_BIT(IN_FORM) | SIGNALS_BIT(IN_DIALOG);
    case PAGE_TABLE: return SIGNALS_BIT(IN_TABLE);
    case PAGE_UL: case PAGE_OL: return SIGNALS_BIT(IN_LIST);
    case PAGE_FIGURE: case PAGE_FIGCAPTION: case PAGE_PICTURE: return SIGNALS_BIT(IN_FIGURE);
    case PAGE_BLOCKQUOTE: return SIGNALS_BIT(IN_QUOTE);
    case PAGE_PRE: case PAGE_CODE: return SIGNALS_BIT(IN_PRE);
    case PAGE_A: return SIGNALS_BIT(IN_LINK);
    case PAGE_DETAILS: return SIGNALS_BIT(IN_DETAILS);
    case PAGE_SECTION: return SIGNALS_BIT(IN_SECTION);
    case PAGE_P: return SIGNALS_BIT(IN_PARAGRAPH);
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
        *own |= SIGNALS_BIT(IN_BODY_CLASS);
    return (uint64_t)(has > MOST_AGAINST ? named & speaks_for : named) << IN_NAMED;
}

static uint64_t own_marks(const signals *s, uint32_t node, naming *names)
{
    const page *p = s->page;
    const page_node *n = &p->nodes[node];
    float has = signals_share(s, node);
    uint64_t own = of_tag(n->tag);

    if (n->tag == PAGE_BODY || n->tag == PAGE_HTML)
        return own;
    if (has > MOST_AGAINST) /* a page may be one form, or one table */
        own &= ~(SIGNALS_BIT(IN_FORM) | SIGNALS_BIT(IN_FOOTER) | SIGNALS_BIT(IN_ASIDE) | SIGNALS_BIT(IN_NAV) | SIGNALS_BIT(IN_HEADER) |
                 SIGNALS_BIT(IN_TABLE));
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
            own |= holds(value, "articleBody") || is(value, "text") ? SIGNALS_BIT(IN_BODY_PROP) : 0;
            break;
        case PAGE_ATTR_HIDDEN: own |= SIGNALS_BIT(IN_HIDDEN); break;
        case PAGE_ATTR_ARIA_HIDDEN: own |= is(value, "true") ? SIGNALS_BIT(IN_HIDDEN) : 0; break;
        case PAGE_ATTR_STYLE:
            own |= holds(value, "display:none") || holds(value, "display: none") ? SIGNALS_BIT(IN_HIDDEN) : 0;
            break;
        case PAGE_ATTR_ARIA_LABEL:
        case PAGE_ATTR_ARIA_LABELLEDBY: own |= SIGNALS_BIT(IN_LABELLED); break;
        default: break;
        }
    }
    return own;
}

static const uint64_t article_body = SIGNALS_BIT(IN_BODY_CLASS) | SIGNALS_BIT(IN_BODY_PROP);

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
        if (s->around[i] & ~s->around[n->parent] & (article_body | SIGNALS_BIT(IN_ARTICLE)))
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
        if (!page_is_text(&p->nodes[i]) && signals_held(s, i) >= least * s->total && s->total > 0) {
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

        if ((s->around[node] & ~s->around[parent] & marks) && signals_held(s, node) > most) {
            best = node;
            most = signals_held(s, node);
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
        if (b->around & (SIGNALS_BIT(IN_NAV) | SIGNALS_BIT(IN_FOOTER) | SIGNALS_BIT(IN_FORM) | SIGNALS_BIT(IN_HIDDEN)))
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

static void find_ends(signals *s)
{
    const uint32_t *before = s->blocks->before;
    uint32_t end = before[s->page->nodes[s->best].next];

    s->first = s->blocks->count;
    s->last = 0;
    for (uint32_t i = before[s->best]; i < end; i++) {
        if (!block_is_long(&s->blocks->items[i]))
            continue;
        if (s->first > i)
            s->first = i;
        s->last = i;
    }
}

/* The words of the heading that a block stands under: "Read more", "About us". */
static void find_headings(blocks *b)
{
    uint32_t said = 0;

    for (uint32_t i = 0; i < b->count; i++) {
        block *it = &b->items[i];

        if (block_is_heading(it) || (it->words <= 4 && it->said && it->bold_chars * 2 > it->chars))
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

/* ---- the whole ----------------------------------------------------------------------------- */

/* What is asked of a block by its neighbours, too, and how far the nearest long
 * paragraphs are, in blocks; 0: there is none. */
static void nearness(const signals *s)
{
    block *b = s->blocks->items;
    uint32_t seen = UINT32_MAX;

    for (uint32_t i = 0; i < s->blocks->count; i++) {
        b[i].words_log = log2f((float)b[i].words + 1) / 8;
        b[i].long_before = seen == UINT32_MAX ? 0 : i - seen;
        if (block_is_long(&b[i]))
            seen = i;
        if (b[i].repeat_of)
            b[b[i].repeat_of - 1].marks |= BLOCK_REPEATED;
    }
    seen = UINT32_MAX;
    for (uint32_t i = s->blocks->count; i-- > 0;) {
        b[i].long_after = seen == UINT32_MAX ? 0 : seen - i;
        if (block_is_long(&b[i]))
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
    s->article = best_marked(s, SIGNALS_BIT(IN_ARTICLE));
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
