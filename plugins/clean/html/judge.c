/* judge - what two models think of the blocks, then rules. */
#include "judge.h"

#include <math.h>

#include "articlebody.h"
#include "definitions.h"
#include "notices.h"
#include "rows.h"

#define USUAL_SURENESS 0.9f
#define LOWEST         0.2f /* of the chance asked for, where the models are unsure */

#define CODE_CHANCE    0.05f
#define SHORT_TEXT_CHANCE 0.2f

enum { SHORTEST_REPEAT = 8, FEWEST_WORDS = 40, LONGEST_LABEL = 10, SHORT_TEXT = 120,
       LONGEST_CELL = 40, LONGEST_CAPTION = 60 };

static bool is_heading_tag(uint16_t tag)
{
    return tag >= PAGE_H1 && tag <= PAGE_H6;
}

/* ---- names for what goes ------------------------------------------------------------ */

static const struct reason {
    uint64_t    around;
    uint32_t    said;
    const char *rule;
} reasons[] = { /* the first that fits */
    { 0, SAYS_RIGHTS, "footer" },
    { 0, SAYS_COOKIE, "cookie" },
    { (uint64_t)NAMED_PAYWALL << IN_NAMED, SAYS_LOGIN, "paywall" },
    { (uint64_t)NAMED_SIGNUP << IN_NAMED, SAYS_SIGNUP, "newsletter" },
    { (uint64_t)NAMED_COMMENT << IN_NAMED, 0, "comments" },
    { (uint64_t)NAMED_AD << IN_NAMED, SAYS_AD, "advertisement" },
    { (uint64_t)NAMED_SHARE << IN_NAMED, SAYS_NETWORK, "share" },
    { UINT64_C(1) << IN_NAV | (uint64_t)(NAMED_NAV | NAMED_TOC) << IN_NAMED, 0, "navigation" },
    { UINT64_C(1) << IN_FOOTER | (uint64_t)NAMED_FOOTER << IN_NAMED, SAYS_RIGHTS, "footer" },
    { (uint64_t)NAMED_CAPTION << IN_NAMED | UINT64_C(1) << IN_FIGURE, SAYS_CREDIT, "caption" },
    { (uint64_t)NAMED_AUTHOR << IN_NAMED, 0, "author" },
    { (uint64_t)NAMED_RELATED << IN_NAMED, SAYS_MORE, "related" },
    { UINT64_C(1) << IN_ASIDE | (uint64_t)NAMED_SIDE << IN_NAMED, 0, "sidebar" },
    { UINT64_C(1) << IN_DIALOG, 0, "notice" },
    { UINT64_C(1) << IN_FORM, 0, "form" },
    { (uint64_t)NAMED_COOKIE << IN_NAMED, 0, "notice" },
    { (uint64_t)NAMED_META << IN_NAMED, SAYS_BYLINE, "metadata" },
    { UINT64_C(1) << IN_HIDDEN | (uint64_t)NAMED_HIDDEN << IN_NAMED, 0, "hidden" },
    { UINT64_C(1) << IN_HEADER | (uint64_t)NAMED_HEADER << IN_NAMED, 0, "header" },
};

/* Short blocks whose name and words agree that they are no article, wherever they
 * stand; the models may have been carried away by what is around them. */
static const char *surely(const block *b)
{
    uint32_t named = (uint32_t)(b->around >> IN_NAMED);

    if (b->words > 40)
        return NULL;
    if ((named & NAMED_AD) && (b->said & SAYS_AD) && b->words <= 3)
        return "advertisement";
    if ((named & NAMED_PAYWALL) && (b->said & (SAYS_LOGIN | SAYS_SIGNUP)))
        return "paywall";
    if ((named & NAMED_SIGNUP) && (b->said & SAYS_SIGNUP))
        return "newsletter";
    if ((named & NAMED_RELATED) && (b->said & SAYS_MORE) && b->link_chars * 3 > b->chars)
        return "related";
    if ((b->around >> IN_FIGURE & 1) && (b->said & SAYS_CREDIT) && b->tag == PAGE_FIGCAPTION)
        return "caption";
    if ((named & NAMED_RIGHTS) && (b->said & SAYS_RIGHTS))
        return "licence";
    return NULL;
}

static const char *reason_for(const block *b)
{
    const char *sure = surely(b);

    if (sure)
        return sure;
    if ((b->around >> IN_NAMED & NAMED_COOKIE) && (b->said & SAYS_COOKIE))
        return "cookie";
    if (b->tag == PAGE_H1)
        return "title";
    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++)
        if ((b->around & reasons[i].around) || (b->words <= 30 && (b->said & reasons[i].said)))
            return reasons[i].rule;
    return b->link_chars * 2 > b->chars ? "links" : "outside";
}

/* ---- rules after the models ----------------------------------------------------------- */

/* A body that the page gives twice, for narrow and wide screens, is kept once. */
static void drop_repeats(blocks *b)
{
    for (uint32_t i = 0; i < b->count; i++) {
        uint32_t first = b->items[i].repeat_of;

        if (first && !b->items[i].rule && !b->items[first - 1].rule &&
            b->items[i].words >= SHORTEST_REPEAT)
            b->items[i].rule = "repeat";
    }
}

static uint32_t words_kept(const blocks *b)
{
    uint32_t words = 0;

    for (uint32_t i = 0; i < b->count; i++)
        words += b->items[i].rule ? 0 : b->items[i].words;
    return words;
}

static void apply(blocks *b, float least)
{
    for (uint32_t i = 0; i < b->count; i++)
        b->items[i].rule = b->items[i].chance >= least ? surely(&b->items[i]) : reason_for(&b->items[i]);
}

/* How sure the models are of what they like best on this page: the mean chance,
 * by words and by chance. A thousand comments say nothing of a short article. */
static float sureness(const blocks *b)
{
    static const uint32_t beside = NAMED_COMMENT | NAMED_RELATED | NAMED_HIDDEN;
    float sum = 0, squares = 0;

    for (uint32_t i = 0; i < b->count; i++) {
        const block *it = &b->items[i];
        float mass = (float)it->words * it->chance;

        if (it->repeat_of || (it->around >> IN_NAMED & beside))
            continue;
        sum += mass;
        squares += mass * it->chance;
    }
    return sum > 0 ? squares / sum : 0;
}

/* The outermost dialog that a block lies in; 0: in none. */
static uint32_t dialog_of(const signals *s, const block *b)
{
    uint32_t dialog = 0;

    for (uint32_t node = b->element; node && (s->around[node] >> IN_DIALOG & 1); node = s->page->nodes[node].parent)
        dialog = node;
    return dialog;
}

/* A dialog of which a third of the words or more ask about cookies is not the article,
 * however short that is beside it. */
static void silence_dialogs(const signals *s)
{
    block *b = s->blocks->items;

    for (uint32_t i = 0, end; i < s->blocks->count; i = end) {
        uint32_t dialog = dialog_of(s, &b[i]), words = 0, asking = 0;

        for (end = i; end == i || (dialog && end < s->blocks->count && dialog_of(s, &b[end]) == dialog); end++) {
            words += b[end].words;
            asking += b[end].said & SAYS_COOKIE ? b[end].words : 0;
        }
        for (uint32_t k = i; k < end && dialog && asking * 3 >= words && end - i < s->blocks->count; k++)
            b[k].chance = 0;
    }
}

static bool in_menu(const block *b)
{
    return b->around >> IN_NAV & 1;
}

/* The blocks that stand out most; menus go, unless there is nothing else. */
static void apply_to_little(blocks *b, float least)
{
    float most = 0;

    for (uint32_t i = 0; i < b->count; i++)
        if (b->items[i].words >= 5 && b->items[i].chance > most && !in_menu(&b->items[i]) &&
            !is_heading_tag(b->items[i].tag))
            most = b->items[i].chance;
    apply(b, fminf(least, most * 0.6f));
    for (uint32_t i = 0; i < b->count && most > 0; i++)
        if (!b->items[i].rule && in_menu(&b->items[i]))
            b->items[i].rule = "navigation";
}

/* On pages unlike most the models are unsure of all: what counts is that a block
 * stands out from the rest. Little text is kept rather than none. */
static void apply_or_less(blocks *b, float least)
{
    float sure = sureness(b) / USUAL_SURENESS;

    if (sure < 1)
        least *= fmaxf(sure * sure, LOWEST);
    apply(b, least);
    if (words_kept(b) < FEWEST_WORDS)
        apply_to_little(b, least);
}

/* What browsers do not show, and what only screen readers say, goes; but scripts
 * hide whole articles until they are paid for or loaded. */
static void drop_hidden(blocks *b)
{
    uint32_t all = words_kept(b), hidden = 0;

    for (uint32_t i = 0; i < b->count; i++)
        hidden += !b->items[i].rule && (b->items[i].around >> IN_HIDDEN & 1) ? b->items[i].words : 0;
    for (uint32_t i = 0; i < b->count; i++) {
        block *it = &b->items[i];
        bool for_readers = (it->around >> IN_NAMED & NAMED_HIDDEN) && it->words <= LONGEST_LABEL;

        if (!it->rule && (for_readers || ((it->around >> IN_HIDDEN & 1) && hidden * 2 < all)))
            it->rule = "hidden";
    }
}

/* What stands in the midst of what JSON-LD gives as the article's body, and is not
 * in that itself, is a box. At its ends that body may be cut. */
static void drop_unstated(blocks *b)
{
    uint32_t stated = 0, unstated = 0, seen = 0;

    for (uint32_t i = 0; i < b->count; i++) {
        const block *it = &b->items[i];

        stated += !it->rule && (it->marks & BLOCK_LD_MATCH) ? it->words : 0;
        unstated += !it->rule && (it->marks & BLOCK_LD_MISS) ? it->words : 0;
    }
    for (uint32_t i = 0; i < b->count && stated > unstated; i++) {
        block *it = &b->items[i];
        bool amid = seen * 10 > stated && seen * 10 < stated * 9;

        seen += !it->rule && (it->marks & BLOCK_LD_MATCH) ? it->words : 0;
        if (amid && !it->rule && (it->marks & BLOCK_LD_MISS) && it->words >= SHORTEST_REPEAT && !is_heading_tag(it->tag))
            it->rule = "articlebody";
    }
}

/* Beside an article of a few lines widgets can look like more of one. Where an element
 * that is called main has prose, what is called a widget outside of it goes. */
static void drop_widgets(blocks *b)
{
    static const uint64_t main = UINT64_C(1) << IN_ARTICLE | UINT64_C(1) << IN_MAIN |
                                 (uint64_t)(NAMED_MAIN | NAMED_ARTICLE | NAMED_BODY) << IN_NAMED;
    static const uint64_t beside = (uint64_t)(NAMED_WIDGET | NAMED_SIDE | NAMED_RELATED) << IN_NAMED;
    uint32_t words = 0;

    for (uint32_t i = 0; i < b->count; i++)
        words += !b->items[i].rule && b->items[i].words >= 15 && (b->items[i].around & main) ? b->items[i].words : 0;
    for (uint32_t i = 0; i < b->count && words >= FEWEST_WORDS / 2; i++)
        if (!b->items[i].rule && !(b->items[i].around & main) && (b->items[i].around & beside))
            b->items[i].rule = "sidebar";
}

static bool is_called_caption(const page *p, const block *b)
{
    gly_str name = page_attr_of(p, b->element, PAGE_ATTR_CLASS);

    return name.len && (memmem(name.ptr, name.len, "caption", 7) || memmem(name.ptr, name.len, "Caption", 7));
}

/* What calls itself a caption is one, though it is made like a paragraph. */
static void drop_captions(const signals *s)
{
    for (uint32_t i = 0; i < s->blocks->count; i++) {
        block *b = &s->blocks->items[i];

        if (!b->rule && b->words <= LONGEST_CAPTION && is_called_caption(s->page, b))
            b->rule = "caption";
    }
}

/* A text of a few lines keeps what goes on like the line before: the models learnt
 * from long ones. */
static void keep_short_text(const signals *s)
{
    block *b = s->blocks->items;

    if (words_kept(s->blocks) >= SHORT_TEXT)
        return;
    for (uint32_t i = 1; i < s->blocks->count; i++) {
        bool goes_on = b[i].tag == b[i - 1].tag && !b[i - 1].rule &&
                       s->page->nodes[b[i].element].parent == s->page->nodes[b[i - 1].element].parent;

        if (goes_on && b[i].rule && strcmp(b[i].rule, "outside") == 0 && b[i].chance > SHORT_TEXT_CHANCE)
            b[i].rule = NULL;
    }
}

static uint32_t table_of(const page *p, const block *b)
{
    uint32_t node = b->element;

    if (b->tag != PAGE_TD && b->tag != PAGE_TH && b->tag != PAGE_CAPTION)
        return 0;
    while (node && p->nodes[node].tag != PAGE_TABLE)
        node = p->nodes[node].parent;
    return node;
}

/* Tables around other tables lay out the page. */
static void leave_layout(const page *p, int32_t *kept)
{
    uint32_t outer[PAGE_DEEPEST], depth = 0;

    for (uint32_t i = 1; i < p->count; i++) {
        while (depth && p->nodes[outer[depth - 1]].next <= i)
            depth--;
        if (p->nodes[i].tag != PAGE_TABLE)
            continue;
        if (depth)
            kept[outer[depth - 1]] = 0;
        if (depth < PAGE_DEEPEST)
            outer[depth++] = i;
    }
}

/* A table of which most is kept is kept whole: its cells make sense together. One
 * with long texts in its cells lays out the page, and is none. */
static gly_status keep_tables_whole(const signals *s, gly_arena *arena)
{
    const page *p = s->page;
    int32_t *kept = NULL; /* per table: words kept less words taken out */

    for (uint32_t i = 0; i < s->blocks->count; i++) {
        const block *b = &s->blocks->items[i];
        uint32_t table = table_of(p, b);

        if (!table)
            continue;
        if (!kept) {
            kept = GLY_NEWN(arena, int32_t, p->count);
            if (!kept)
                return GLY_ENOMEM;
            memset(kept, 0, p->count * sizeof *kept);
        }
        kept[table] += b->rule || b->words > LONGEST_CELL ? -(int32_t)b->words : (int32_t)b->words;
    }
    if (kept)
        leave_layout(p, kept);
    for (uint32_t i = 0; kept && i < s->blocks->count; i++) {
        block *b = &s->blocks->items[i];
        uint32_t table = table_of(p, b);

        if (table && kept[table] > 0 && b->rule && strcmp(b->rule, "repeat") != 0)
            b->rule = NULL;
    }
    return GLY_OK;
}

static bool is_comment(const block *b)
{
    return ((b->around >> IN_NAMED) & NAMED_COMMENT) && b->words >= 4 && b->link_chars * 2 < b->chars;
}

/* A heading goes with what stood under it, when all of that went. */
static void drop_bare_headings(blocks *b)
{
    bool text_below = false, any_below = false;

    for (uint32_t i = b->count; i-- > 0;) {
        block *it = &b->items[i];

        if (!is_heading_tag(it->tag)) {
            any_below |= it->words > 0;
            text_below |= !it->rule;
        } else if (!it->rule) {
            if (!text_below && any_below)
                it->rule = "heading";
            else
                text_below = any_below = false;
        } else {
            any_below = text_below = false;
        }
    }
}

/* Who wrote it and when, above the article. */
static bool is_byline(const block *b)
{
    uint32_t named = (uint32_t)(b->around >> IN_NAMED) & (NAMED_AUTHOR | NAMED_META);

    return b->words <= 15 && named && ((b->said & SAYS_BYLINE) || b->digits) && !is_heading_tag(b->tag);
}

gly_status judge_blocks(signals *s, const judge_options *o, gly_arena *arena)
{
    blocks *b = s->blocks;

    if (rows_judge(s, arena) != GLY_OK)
        return GLY_ENOMEM;
    silence_dialogs(s);
    apply_or_less(b, o->least);
    drop_hidden(b); /* before the repeats: of a text given twice the hidden one goes */
    drop_repeats(b);
    drop_unstated(b);
    drop_widgets(b);
    keep_short_text(s);
    definitions_settle(s);
    drop_captions(s);
    if (keep_tables_whole(s, arena) != GLY_OK)
        return GLY_ENOMEM;
    for (uint32_t i = 0; i < b->count; i++) {
        block *it = &b->items[i];

        if (o->comments && it->rule && is_comment(it))
            it->rule = NULL;
        if (!o->tables && !it->rule && (it->tag == PAGE_TD || it->tag == PAGE_TH || it->tag == PAGE_CAPTION))
            it->rule = "table";
        if (it->tag == PAGE_PRE && it->rule && i && !b->items[i - 1].rule && it->chance > CODE_CHANCE)
            it->rule = NULL; /* code does not read like prose */
        if (i < s->first && !it->rule && is_byline(it))
            it->rule = "byline"; /* extract.metadata has it */
        if (it->tag == PAGE_H1 && s->h1 == i + 1)
            it->rule = o->title ? NULL : "title";
    }
    if (articlebody_pulled(s, arena) != GLY_OK || notices_drop(b, s->page, o->phrases, arena) != GLY_OK)
        return GLY_ENOMEM;
    drop_bare_headings(b);
    return GLY_OK;
}
