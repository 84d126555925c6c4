/* rank - weighs roots and phrases, and keeps the best.
 *
 * A word weighs by how often it stands in the text, how early, how often as a name,
 * and how long it is (short words are rarely terms). A phrase weighs by its words and
 * by the share of them that stands in it. Counts are damped, as in BM25 and YAKE
 * (Campos 2020); there is no background corpus. */
#include "extract/keywords/rank.h"

#include <math.h>

#include "kit/select.h"

/* Set by hand. */
static const double
    COUNT_POWER = 0.75,
    EARLY = 0.8,           /* for the first sentence, falling with the logarithm */
    NAME = 0.25,           /* for a word that always has a capital               */
    REPEATED = 0.75,       /* phrase said twice or more                          */
    NAMED = 0.3,           /* name said once                                     */
    ONCE = 1.3,            /* any whole run, in a short text                     */
    SHORT_TEXT = 280,      /* words                                              */
    NAMES_IN_NEWS = 0.2,   /* share of names at which a short text is no abstract */
    INSIDE_LONG = 0.4, INSIDE_SHORT = 0.9, /* what a word loses to its phrases   */
    SUM_SHORT = 0.4;       /* 1: a phrase has its words' mean weight, 0: the sum */

enum { FULL_LENGTH = 8 }; /* letters: what is longer weighs no more */

/* Factors by flags of a root. */
static const double of_flags[] = {
    [0] = 1, [ROOT_CUE] = 0.3, [ROOT_DATE] = 0.5, [ROOT_CUE | ROOT_DATE] = 0.3 * 0.5,
};

typedef struct ranking {
    const rank_tables *tables;
    const roots   *r;
    const phrases *p;
    double        *weights; /* by root                              */
    uint32_t      *inside;  /* by root: most tokens of it in one phrase */
    double         brevity;
    double         divisors[LONGEST_PHRASE + 1]; /* of the sum, by words of a phrase */
    candidate     *best;
    uint32_t       count, most;
} ranking;

double rank_brevity(const roots *r)
{
    double relative = r->words / SHORT_TEXT;
    double names = r->content ? (double)r->capitals / r->content : 0;

    if (names >= NAMES_IN_NEWS)
        return 0;
    return (1 - names / NAMES_IN_NEWS) / (1 + relative * relative * relative * relative);
}

static double count_factor(uint32_t count)
{
    return pow(count, COUNT_POWER);
}

static double early_factor(uint32_t sentence)
{
    return 1 + EARLY / (1 + log(1.0 + sentence));
}

void rank_fill_tables(rank_tables *t)
{
    for (uint32_t i = 0; i < RANK_TABLE; i++) {
        t->count[i] = count_factor(i);
        t->early[i] = early_factor(i);
    }
}

static double weigh_root(const ranking *k, const root *one)
{
    double weight = one->count < RANK_TABLE ? k->tables->count[one->count] : count_factor(one->count);

    weight *= one->first < RANK_TABLE ? k->tables->early[one->first] : early_factor(one->first);
    weight *= 1 + NAME * one->capitals / one->count;
    weight *= select_u32((one->letters < FULL_LENGTH) & (2 * one->uppers <= one->count),
                         one->letters, FULL_LENGTH) * (1.0 / FULL_LENGTH);
    return weight * of_flags[one->flags & (ROOT_CUE | ROOT_DATE)];
}

static double weigh_phrase(const ranking *k, const phrase *p)
{
    double sum = 0, factor = 0;
    uint32_t most = 1;

    for (uint32_t i = 0; i < p->length; i++) {
        sum += k->weights[p->roots[i]];
        if (k->r->items[p->roots[i]].count > most)
            most = k->r->items[p->roots[i]].count;
    }
    if (p->count >= 2)
        factor = REPEATED * p->count / most;
    else if (p->name)
        factor = NAMED;
    if (p->whole && factor < ONCE * k->brevity)
        factor = ONCE * k->brevity;
    if (factor <= 0)
        return 0;
    return factor * sum / k->divisors[p->length];
}

/* Keeps the list sorted. */
static void insert(ranking *k, candidate c)
{
    uint32_t at = k->count;

    if (at < k->most)
        k->count++;
    else
        at--;
    for (; at > 0 && k->best[at - 1].score < c.score; at--)
        k->best[at] = k->best[at - 1];
    k->best[at] = c;
}

/* Few are ever better than the last of a full list. */
static inline void offer(ranking *k, candidate c)
{
    if (c.score > 0 && (k->count < k->most || c.score > k->best[k->count - 1].score))
        insert(k, c);
}

static void offer_phrases(ranking *k)
{
    for (uint32_t i = 0; i < k->p->count; i++) {
        const phrase *p = &k->p->items[i];
        double score = p->inside ? 0 : weigh_phrase(k, p);

        if (score <= 0)
            continue;
        for (uint32_t w = 0; w < p->length; w++)
            if (k->inside[p->roots[w]] < p->count)
                k->inside[p->roots[w]] = p->count;
        offer(k, (candidate){ score, p->first_token, p->length });
    }
}

/* A word that stands in a phrase is partly said by it. */
static void offer_words(ranking *k)
{
    double loss = INSIDE_LONG * (1 - k->brevity) + INSIDE_SHORT * k->brevity;

    for (uint32_t i = 0; i < k->r->count; i++) {
        const root *one = &k->r->items[i];
        double score = k->weights[i];

        if (k->inside[i])
            score *= 1 - loss * (k->inside[i] < one->count ? (double)k->inside[i] / one->count : 1);
        if (one->shown != GLY_NO_REF)
            offer(k, (candidate){ score, one->shown, 1 });
    }
}

uint32_t rank_candidates(const article *a, const rank_tables *tables, const roots *r,
                         const phrases *p, candidate *best, uint32_t most)
{
    ranking k = { .tables = tables, .r = r, .p = p, .brevity = rank_brevity(r), .best = best, .most = most };

    k.weights = GLY_NEWN(a->doc->scratch, double, (size_t)r->count + 1);
    k.inside = GLY_NEWN(a->doc->scratch, uint32_t, (size_t)r->count + 1);
    if (!k.weights || !k.inside)
        return UINT32_MAX;
    memset(k.inside, 0, r->count * sizeof *k.inside);
    for (uint32_t i = 1; i <= LONGEST_PHRASE; i++)
        k.divisors[i] = pow(i, 1 - k.brevity + SUM_SHORT * k.brevity);
    for (uint32_t i = 0; i < r->count; i++)
        k.weights[i] = r->items[i].count ? weigh_root(&k, &r->items[i]) : 0;
    offer_phrases(&k);
    offer_words(&k);
    return k.count;
}
