/* judge - two logistic models in a row, then rules. */
#include "judge.h"

#include <math.h>

enum { SHORTEST_REPEAT = 8, FEWEST_WORDS = 40 };

static float chance_of(const float *weights, const float *row, int count)
{
    float z[4] = { 0, 0, 0, 0 };
    int i = 0;

    for (; i + 4 <= count; i += 4) {
        z[0] += weights[i] * row[i];
        z[1] += weights[i + 1] * row[i + 1];
        z[2] += weights[i + 2] * row[i + 2];
        z[3] += weights[i + 3] * row[i + 3];
    }
    for (; i < count; i++)
        z[0] += weights[i] * row[i];
    return 1 / (1 + expf(-(z[0] + z[1] + z[2] + z[3])));
}

static gly_status two_rounds(signals *s, gly_arena *arena)
{
    uint32_t n = s->blocks->count;
    float row[SIGNAL_ROUND_TWO_COUNT], *chances = GLY_NEWN(arena, float, n + 1u);

    if (!chances)
        return GLY_ENOMEM;
    for (uint32_t i = 0; i < n; i++) {
        signals_row(s, i, row);
        s->blocks->items[i].chance = chance_of(judge_first, row, SIGNAL_COUNT);
    }
    if (signals_weigh(s, arena) != GLY_OK)
        return GLY_ENOMEM;
    for (uint32_t i = 0; i < n; i++) {
        signals_row_second(s, i, row);
        chances[i] = chance_of(judge_second, row, SIGNAL_ROUND_TWO_COUNT);
    }
    for (uint32_t i = 0; i < n; i++)
        s->blocks->items[i].chance = chances[i];
    return GLY_OK;
}

/* ---- names for what goes ------------------------------------------------------------ */

static const struct reason {
    uint64_t    around;
    uint32_t    said;
    const char *rule;
} reasons[] = { /* the first that fits */
    { (uint64_t)NAMED_COOKIE << IN_NAMED, SAYS_COOKIE, "cookie" },
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
    { UINT64_C(1) << IN_FORM, 0, "form" },
    { (uint64_t)NAMED_META << IN_NAMED, SAYS_BYLINE, "metadata" },
    { UINT64_C(1) << IN_HIDDEN | (uint64_t)NAMED_HIDDEN << IN_NAMED, 0, "hidden" },
    { UINT64_C(1) << IN_HEADER | (uint64_t)NAMED_HEADER << IN_NAMED, 0, "header" },
};

static const char *reason_for(const block *b)
{
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
        b->items[i].rule = b->items[i].chance >= least ? NULL : reason_for(&b->items[i]);
}

/* Some pages are short or odd: the best there is counts rather than nothing. */
static void apply_or_less(blocks *b, float least)
{
    float most = 0;

    apply(b, least);
    if (words_kept(b) >= FEWEST_WORDS)
        return;
    for (uint32_t i = 0; i < b->count; i++)
        if (b->items[i].words >= 5 && b->items[i].chance > most)
            most = b->items[i].chance;
    apply(b, fminf(least, most * 0.6f));
}

static bool is_comment(const block *b)
{
    return ((b->around >> IN_NAMED) & NAMED_COMMENT) && b->words >= 4 && b->link_chars * 2 < b->chars;
}

gly_status judge_blocks(signals *s, const judge_options *o, gly_arena *arena)
{
    blocks *b = s->blocks;

    if (two_rounds(s, arena) != GLY_OK)
        return GLY_ENOMEM;
    apply_or_less(b, o->least);
    drop_repeats(b);
    for (uint32_t i = 0; i < b->count; i++) {
        block *it = &b->items[i];

        if (o->comments && it->rule && is_comment(it))
            it->rule = NULL;
        if (!o->tables && !it->rule && (it->tag == PAGE_TD || it->tag == PAGE_TH))
            it->rule = "table";
        if (it->tag == PAGE_H1 && s->h1 == i + 1)
            it->rule = o->title ? NULL : "title";
    }
    return GLY_OK;
}
