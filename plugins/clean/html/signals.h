/* signals - what speaks for and against a block: numbers between 0 and about 1,
 * by name, so that their weights can be read. */
#ifndef GALLEY_CLEAN_HTML_SIGNALS_H
#define GALLEY_CLEAN_HTML_SIGNALS_H

#include "blocks.h"

/* What a block lies in, from its element and those around it. The names of class
 * and id values follow from bit IN_NAMED on. */
enum {
    IN_ARTICLE, IN_MAIN, IN_NAV, IN_ASIDE, IN_FOOTER, IN_HEADER, IN_FORM, IN_TABLE, IN_LIST,
    IN_FIGURE, IN_QUOTE, IN_PRE, IN_HIDDEN, IN_LINK, IN_DETAILS, IN_BODY_PROP, IN_BODY_CLASS,
    IN_SECTION, IN_PARAGRAPH, IN_LABELLED, IN_KINDS,
    IN_DIALOG = IN_KINDS, /* not in the rows: for a rule alone */
    IN_NAMED = 24
};

/* Numbers first, then marks, which are 1 or 0. */
#define SIGNALS(X) \
    X(WORDS_LOG) X(LINKS) X(COMMAS) X(DIGITS) X(CAPITALS) X(BOLD) X(SHARE_PARENT) X(SHARE_GRAND) \
    X(SHARE_GREAT) X(PLACE) X(NEAR_BEFORE) X(NEAR_AFTER) X(NEXT_WORDS) X(PREVIOUS_WORDS) \
    X(NEXT_LINKS) X(PREVIOUS_LINKS) X(BEST_LINKED) X(HEADING_BEFORE_TEXT) X(LI_LINKED) X(ITEM_RUN) \
    X(LINKS_PARENT) X(LINKS_GRAND) X(CLASS_SHARE) X(PARENT_CLASS_SHARE) \
    X(ALWAYS) X(WORDS_1_3) X(WORDS_4_9) X(WORDS_10_24) X(WORDS_25_49) X(WORDS_50) X(LINKS_ALL) \
    X(LINKS_NONE) X(ENDS) X(ENDS_SHORT) X(TAG_P) X(TAG_H1) X(TAG_H2) X(TAG_H3) X(TAG_H4) X(TAG_LI) \
    X(TAG_CELL) X(TAG_QUOTE) X(TAG_PRE) X(TAG_FIGCAPTION) X(TAG_DIV) X(TAG_DL) X(TAG_OTHER) \
    X(IN_BEST) X(IN_NAMED_BEST) X(IN_CORE_50) X(IN_CORE_70) X(IN_CORE_85) X(IN_ARTICLE_BEST) \
    X(BELOW_0) X(BELOW_1) X(BELOW_2) X(BELOW_3) X(BEFORE_FIRST) X(AFTER_LAST) X(NEXT_SIBLING) \
    X(PREVIOUS_SIBLING) X(REPEAT) X(REPEATED) X(LD_MATCH) X(LD_MISS) X(BEFORE_H1) X(AFTER_H1_NEAR) \
    X(BEST_P) X(BEST_LI) X(BEST_HEADING) X(BEST_SHORT) X(BEST_LAST) X(OUTSIDE_LONG) X(CORE_P) \
    X(CORE_SHORT) X(TEXT_LONG_PLAIN) X(PAGE_SMALL) X(PAGE_LARGE) X(COLON) X(SIGNUP_BOTH) \
    X(SHARE_BOTH) X(MORE_BOTH) X(CREDIT_BOTH) X(COOKIE_BOTH) X(AD_BOTH) X(BYLINE_BOTH) \
    X(RIGHTS_BOTH) X(MORE_LINKED) X(SAYS_TWO) X(SAYS_THREE) X(ITEM_LONG) X(LINK_LIST) \
    X(AFTER_SECOND_H1) X(OTHER_ARTICLE) X(UNDER_HEADING)

enum { /* the list above, then IN_*, NAMED_*, SAYS_* and SAYS_* one by one */
#define X(name) SIGNAL_##name,
    SIGNALS(X)
#undef X
    SIGNAL_IN, /* from here on all are marks */
    SIGNAL_NAMED = SIGNAL_IN + IN_KINDS,
    SIGNAL_SAYS = SIGNAL_NAMED + NAMED_KINDS,
    SIGNAL_HEADING = SIGNAL_SAYS + SAYS_KINDS, /* of the heading that a block stands under */
    SIGNAL_COUNT = SIGNAL_HEADING + SAYS_KINDS,
    SIGNAL_MARKS = SIGNAL_ALWAYS, SIGNAL_MARK_WORDS = (SIGNAL_COUNT - SIGNAL_MARKS + 63) / 64,
    /* round two: what round one thought of the block and of those around it */
    SIGNAL_SELF = SIGNAL_COUNT, SIGNAL_BEFORE, SIGNAL_AFTER, SIGNAL_AROUND, SIGNAL_SIBLINGS,
    SIGNAL_COUSINS, SIGNAL_SELF_SQUARE, SIGNAL_NEIGHBOURS_LOW, SIGNAL_ALL_BEFORE, SIGNAL_ALL_AFTER,
    SIGNAL_ROUND_TWO_COUNT
};

typedef struct signals {
    const page   *page;
    blocks       *blocks;
    float        *sums;          /* running sum of paragraph words, one more than blocks */
    float        *links, *chars; /* running sums of letters in links, and of all         */
    float        *mass, *weight; /* running sums of chances, for round two               */
    uint64_t     *around;        /* per node: IN_* and NAMED_* bits                      */
    uint32_t     *marked, nmarked; /* elements that say that they hold the article       */
    uint32_t      best, named, article, core_50, core_70, core_85, h1, h1_second;
    uint32_t      first, last;   /* the first and last long paragraph in `best`          */
    float         total;         /* paragraph words of the page                          */
    gly_str       stated;        /* the longest "articleBody" of its JSON-LD, still escaped */
} signals;

/* Looks at the page as a whole: what holds the article. GLY_ENOMEM or GLY_OK. */
gly_status signals_find(signals *, const page *, blocks *, const vocabulary *, gly_arena *);
#define SIGNALS_BIT(n) (UINT64_C(1) << (n))

static inline float signals_held(const signals *s, uint32_t node)
{
    const uint32_t *before = s->blocks->before;

    return s->sums[before[s->page->nodes[node].next]] - s->sums[before[node]];
}

/* The part of the page's paragraphs that an element holds. */
static inline float signals_share(const signals *s, uint32_t node)
{
    return s->total > 0 ? signals_held(s, node) / s->total : 0;
}

static inline bool block_is_long(const block *b)
{
    return b->words >= 15 && b->link_chars * 3 < b->chars;
}

static inline bool block_is_heading(const block *b)
{
    return b->tag >= PAGE_H1 && b->tag <= PAGE_H6;
}

#endif
