/* rows - numbers first, then marks as bits; summed by the weights of both rounds at once. */
#include "rows.h"

#include <math.h>

/* A row of which most is marks that are not set. */
typedef struct compact_row {
    float    numbers[SIGNAL_MARKS];
    uint64_t marks[SIGNAL_MARK_WORDS]; /* a bit for each, the lowest for SIGNAL_MARKS */
} compact_row;

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
    mark_all(row, SIGNAL_IN, b->around & (SIGNALS_BIT(IN_KINDS) - 1));
    mark_all(row, SIGNAL_NAMED, b->around >> IN_NAMED);
    mark_all(row, SIGNAL_SAYS, says(b));
    mark_all(row, SIGNAL_HEADING, b->heading_says & (SIGNALS_BIT(SAYS_KINDS) - 1));
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
    f[SIGNAL_SHARE_PARENT] = signals_share(s, parent);
    f[SIGNAL_SHARE_GRAND] = signals_share(s, grand);
    f[SIGNAL_SHARE_GREAT] = signals_share(s, p->nodes[grand].parent);
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
    mark(row, SIGNAL_OTHER_ARTICLE, s->article && (b->around & SIGNALS_BIT(IN_ARTICLE)) && !in_article);
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
        f[SIGNAL_ITEM_RUN] = signals_share(s, nodes[b->element].parent) * 3;
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
    bool heading = block_is_heading(b), best = inside(s, s->best, b), core = inside(s, s->core_70, b);
    float *f = row->numbers;

    mark(row, SIGNAL_BEST_P, best && b->tag == PAGE_P);
    mark(row, SIGNAL_BEST_LI, best && b->tag == PAGE_LI);
    mark(row, SIGNAL_BEST_HEADING, best && heading);
    f[SIGNAL_BEST_LINKED] = best ? f[SIGNAL_LINKS] : 0;
    mark(row, SIGNAL_BEST_SHORT, best && b->words < 10);
    mark(row, SIGNAL_BEST_LAST, best && i > s->last);
    mark(row, SIGNAL_OUTSIDE_LONG, !best && block_is_long(b));
    mark(row, SIGNAL_CORE_P, core && b->tag == PAGE_P);
    mark(row, SIGNAL_CORE_SHORT, core && b->words < 10);
    f[SIGNAL_HEADING_BEFORE_TEXT] = heading ? f[SIGNAL_NEXT_WORDS] : 0;
    f[SIGNAL_LI_LINKED] = b->tag == PAGE_LI ? f[SIGNAL_LINKS] : 0;
    mark(row, SIGNAL_TEXT_LONG_PLAIN, b->words >= 25 && b->link_chars == 0);
    mark(row, SIGNAL_PAGE_SMALL, s->total < 150);
    mark(row, SIGNAL_PAGE_LARGE, s->total > 1500);
    mark(row, SIGNAL_COLON, b->colon);
}

static void fill(const signals *s, uint32_t i, compact_row *row)
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

void rows_first(const signals *s, uint32_t i, float *f)
{
    compact_row row;

    fill(s, i, &row);
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

gly_status rows_sum_up(signals *s, gly_arena *arena)
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

static void add_second(const signals *s, uint32_t i, float *f)
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

void rows_second(const signals *s, uint32_t i, float *f)
{
    rows_first(s, i, f);
    add_second(s, i, f);
}

/* ---- the models ----------------------------------------------------------------------------- */

static float chance_of(float sum)
{
    return 1 / (1 + expf(-sum));
}

float rows_chance(const float *weights, const float *row, int count)
{
    float sum = 0;

    for (int i = 0; i < count; i++)
        sum += weights[i] * row[i];
    return chance_of(sum);
}

/* The weighted sums of a row for both rounds: round two has all numbers of round one. */
typedef struct sums {
    float first, second;
} sums;

typedef float four __attribute__((vector_size(16), aligned(4)));

static float across(four lanes)
{
    return lanes[0] + lanes[1] + lanes[2] + lanes[3];
}

static sums weigh(const signals *s, uint32_t at)
{
    four first = { 0 }, second = { 0 }, number, weight;
    compact_row row;
    sums sum;
    int i = 0;

    fill(s, at, &row);
    for (; i + 4 <= SIGNAL_MARKS; i += 4) {
        memcpy(&number, row.numbers + i, sizeof number);
        memcpy(&weight, judge_first + i, sizeof weight);
        first += weight * number;
        memcpy(&weight, judge_second + i, sizeof weight);
        second += weight * number;
    }
    sum = (sums){ across(first), across(second) };
    for (; i < SIGNAL_MARKS; i++) {
        sum.first += judge_first[i] * row.numbers[i];
        sum.second += judge_second[i] * row.numbers[i];
    }
    for (int word = 0; word < SIGNAL_MARK_WORDS; word++)
        for (uint64_t bits = row.marks[word]; bits; bits &= bits - 1) {
            int mark = SIGNAL_MARKS + 64 * word + __builtin_ctzll(bits);

            sum.first += judge_first[mark];
            sum.second += judge_second[mark];
        }
    return sum;
}

gly_status rows_judge(signals *s, gly_arena *arena)
{
    uint32_t n = s->blocks->count;
    float row[SIGNAL_ROUND_TWO_COUNT], *second = GLY_NEWN(arena, float, n + 1u);

    if (!second)
        return GLY_ENOMEM;
    for (uint32_t i = 0; i < n; i++) {
        sums of_block = weigh(s, i);

        s->blocks->items[i].chance = chance_of(of_block.first);
        second[i] = of_block.second;
    }
    if (rows_sum_up(s, arena) != GLY_OK)
        return GLY_ENOMEM;
    for (uint32_t i = 0; i < n; i++) {
        add_second(s, i, row);
        for (int k = SIGNAL_COUNT; k < SIGNAL_ROUND_TWO_COUNT; k++)
            second[i] += judge_second[k] * row[k];
    }
    for (uint32_t i = 0; i < n; i++)
        s->blocks->items[i].chance = chance_of(second[i]);
    return GLY_OK;
}
