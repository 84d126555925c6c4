/* days - evidence by day, and the choice. */
#include "days.h"

#include <math.h>

static const uint64_t head_published =
    DAY_BIT(LD_ARTICLE) | DAY_BIT(META_PUBLISHED) | DAY_BIT(PROP_PUBLISHED);
static const uint64_t at_top = DAY_BIT(TOP);
static const uint64_t anywhere =
    DAY_BIT(TOP) | DAY_BIT(TOP_UPDATED) | DAY_BIT(TEXT) | DAY_BIT(SENTENCE) | DAY_BIT(END) | DAY_BIT(END_UPDATED) |
    DAY_BIT(TOP_ELSEWHERE) | DAY_BIT(NEAR_ELSEWHERE);
/* Speaks against a day, but not against one that stands elsewhere too. */
static const uint64_t nowhere =
    DAY_BIT(COMMENT) | DAY_BIT(SAYS_RIGHTS) | DAY_BIT(FAR) | DAY_BIT(END_ELSEWHERE);
static const uint64_t far_away = DAY_BIT(FAR) | DAY_BIT(FAR_TIME);
static const uint64_t head_changed = DAY_BIT(LD_MODIFIED) | DAY_BIT(META_MODIFIED);

void days_add(days *d, const date *found, uint64_t evidence, uint32_t rank, const char *origin)
{
    int32_t number = date_number(found);
    uint32_t i = 0;
    day *it;

    while (i < d->count && d->items[i].number != number)
        i++;
    if (i == MOST_DAYS)
        return;
    it = &d->items[i];
    if (i == d->count) {
        *it = (day){ .number = number };
        d->count++;
    }
    it->evidence |= evidence;
    rank = rank * 2 + found->timed;
    if (it->iso[0] && rank <= it->rank)
        return;
    it->rank = rank;
    it->origin = origin;
    memcpy(it->iso, found->iso, sizeof it->iso);
}

static bool is_near_head(const days *d, int32_t number)
{
    for (uint32_t i = 0; i < d->count; i++)
        if ((d->items[i].evidence & head_published) &&
            (d->items[i].number == number + 1 || d->items[i].number == number - 1))
            return true;
    return false;
}

/* What a day is when the head of the page names it, as of publication. */
static uint64_t of_head(const days *d, const day *it, bool top)
{
    uint64_t found = 0;

    if (it->evidence & anywhere)
        return DAY_BIT(HEAD_AND_SHOWN);
    if (top)
        return DAY_BIT(HEAD_AGAINST_TOP);
    found |= d->news ? DAY_BIT(ALONE_NEWS) : 0;
    found |= it->evidence & DAY_BIT(LD_PAGE) ? DAY_BIT(ALONE_PAGE) : 0;
    found |= d->byline ? DAY_BIT(ALONE_BYLINE) : 0;
    found |= d->other ? DAY_BIT(ALONE_OTHER) : 0;
    found |= d->label ? DAY_BIT(ALONE_LABEL) : 0;
    return found | DAY_BIT(HEAD_ALONE);
}

static uint64_t of_body(const days *d, const day *it, bool head, bool top)
{
    uint64_t found = is_near_head(d, it->number) && (it->evidence & anywhere) ? DAY_BIT(NEXT_TO_HEAD) : 0;

    if (head && (it->evidence & head_changed) && (it->evidence & anywhere))
        return found | DAY_BIT(CHANGE_AGAINST_HEAD);
    if (it->evidence & at_top)
        return found | (head ? DAY_BIT(TOP_AGAINST_HEAD) : DAY_BIT(TOP_WITHOUT_HEAD));
    if (it->evidence & DAY_BIT(TOP_UPDATED))
        return found | (head ? DAY_BIT(UPDATED_AGAINST_HEAD) : DAY_BIT(UPDATED_WITHOUT_HEAD));
    if (it->evidence & DAY_BIT(END))
        return found | (head || top ? 0 : DAY_BIT(END_WITHOUT_HEAD));
    return found;
}

/* "Updated 3 June, first published 2 May": the day that is said to be the one of
 * publication stands for both. */
static void prefer_published(days *d)
{
    static const uint64_t said = DAY_BIT(TOP) | DAY_BIT(SAYS_PUBLISHED), first = DAY_BIT(FIRST_SHOWN);
    day *published = NULL, *changed = NULL;

    for (uint32_t i = 0; i < d->count; i++) {
        day *it = &d->items[i];

        if ((it->evidence & said) == said && !(it->evidence & DAY_BIT(TOP_UPDATED)))
            published = published ? published : it;
        else if (it->evidence & DAY_BIT(TOP_UPDATED))
            changed = changed ? changed : it;
    }
    if (!published || !changed)
        return;
    published->evidence |= changed->evidence & first;
    changed->evidence &= ~(first | DAY_BIT(TOP_UPDATED));
}

static uint32_t count_with(const days *d, uint64_t evidence)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < d->count; i++)
        count += (d->items[i].evidence & evidence) != 0;
    return count;
}

void days_relate(days *d)
{
    bool head, top;
    uint32_t shown, distant;

    prefer_published(d);
    for (uint32_t i = 0; i < d->count; i++)
        if (d->items[i].evidence & ~nowhere)
            d->items[i].evidence &= ~nowhere;
    head = count_with(d, head_published) > 0;
    top = count_with(d, at_top) > 0;
    shown = count_with(d, anywhere);
    distant = count_with(d, far_away | nowhere);
    for (uint32_t i = 0; i < d->count; i++) {
        day *it = &d->items[i];

        it->evidence |= it->evidence & head_published ? of_head(d, it, top) : of_body(d, it, head, top);
        it->evidence |= shown == 1 && (it->evidence & anywhere) ? DAY_BIT(ONLY_SHOWN) : 0;
        it->evidence |= !shown && distant == 1 && (it->evidence & far_away) ? DAY_BIT(ONLY_FAR) : 0;
        it->evidence |= d->label ? DAY_BIT(LABEL) : 0;
    }
}

float day_score(const day *it)
{
    float score = day_weights[DAY_EVIDENCE_COUNT];

    for (int i = 0; i < DAY_EVIDENCE_COUNT; i++)
        if (it->evidence >> i & 1)
            score += day_weights[i];
    return score;
}

const day *days_best(const days *d, uint32_t *confidence)
{
    const day *best = NULL;
    float first = 0, second = 0; /* no day has the score 0 */

    for (uint32_t i = 0; i < d->count; i++) {
        float score = day_score(&d->items[i]);

        if (score > first) {
            second = first;
            first = score;
            best = &d->items[i];
        } else if (score > second) {
            second = score;
        }
    }
    *confidence = (uint32_t)lrintf(1000.0f / (1.0f + expf(second - first)));
    return best;
}
