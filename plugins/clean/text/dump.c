/* dump - finds the article in a page that was saved as text, menus and all. */
#include "dump.h"

#include <math.h>

#include "head.h"
#include "kit/words.h"

enum {
    SHORT_WORDS = 5,      /* a line of a menu                                   */
    FEWEST_LINES = 20,
    FEWEST_SHORT = 10,
    CLEAR_KINDS = 4,      /* words of page furniture, each counted once         */
    LIKELY_KINDS = 3,
    WINDOW = 6,           /* lines above and below that count as neighbourhood  */
    FEWEST_PROSE = 80,    /* words above a heading of what stands below         */
    MOST_WEIGHED = 80,    /* words: a longer line weighs no more                */
    TITLE_ABOVE = 80,     /* lines above the first run where the title may stand */
    TITLE_BELOW = 3,
    HEAD_BELOW = 4,       /* lines from a title to its byline or date           */
    MOST_HEAD_WORDS = 16,
};

static const float CHANGE = 30.0f;    /* price of a run's begin or end, in words  */
static const float THRESHOLD = 0.37f; /* a line as sure as this breaks even       */

/* Adds the words of furniture in a short line to a set of kinds. */
static void note_kinds(const rules *r, const line *l, uint64_t *kinds)
{
    gly_str low = rules_low(r, l);
    bool opening = true;

    for (uint32_t i = 0; i < low.len;) {
        gly_str tail = { low.ptr + i, low.len - i };
        uint32_t length = opening ? phrases_opens(r->phrases, tail, PHRASE_FURNITURE, NULL) : 0;

        if (length)
            *kinds |= UINT64_C(1) << (word_hash((gly_str){ tail.ptr, length }) >> 58);
        i += length ? length : 1;
        opening = i < low.len && low.ptr[i - 1] == ' ';
    }
}

/* Contacts and labels are a press release's own; they speak for no dump. */
static bool counts(const line *l)
{
    return l->words <= SHORT_WORDS && !l->ends && l->role != LINE_NOTES
        && !(l->rule && (strcmp(l->rule, "contact") == 0 || strcmp(l->rule, "label") == 0
                         || strcmp(l->rule, "embargo") == 0));
}

bool dump_looks(const rules *r)
{
    uint32_t short_ones = 0, count = r->lines->count;
    uint64_t kinds = 0;
    uint32_t distinct;

    if (count < FEWEST_LINES)
        return false;
    for (uint32_t i = 0; i < count; i++) {
        const line *l = &r->lines->items[i];

        if (!counts(l))
            continue;
        short_ones++;
        note_kinds(r, l, &kinds);
    }
    distinct = (uint32_t)__builtin_popcountll(kinds);
    return short_ones >= FEWEST_SHORT
        && ((distinct >= CLEAR_KINDS && 5 * short_ones >= count)
            || (distinct >= LIKELY_KINDS && 5 * short_ones >= 2 * count));
}

/* ---- features ------------------------------------------------------------------ */

static float flag(bool b)
{
    return b ? 1.0f : 0.0f;
}

static float *put_words(float *f, const shape *s)
{
    static const float bounds[] = { 1, 2, 5, 9, 19, 39 };
    size_t bin = 0;

    while (bin < sizeof bounds / sizeof bounds[0] && s->words > bounds[bin])
        bin++;
    for (size_t i = 0; i < 7; i++)
        *f++ = flag(i == bin);
    *f++ = flag(s->ends && s->words < 6);
    *f++ = flag(s->ends && s->words >= 6 && s->words < 10);
    *f++ = flag(s->ends && s->words >= 10 && s->words < 20);
    *f++ = flag(s->ends && s->words >= 20);
    *f++ = s->words < 6 ? s->stop : 0;
    *f++ = s->words >= 6 && s->words < 20 ? s->stop : 0;
    *f++ = s->words >= 20 ? s->stop : 0;
    return f;
}

static float *put_looks(float *f, const shape *s)
{
    *f++ = flag(s->stop == 0);
    *f++ = s->commas;
    *f++ = s->capitals;
    *f++ = s->digits;
    *f++ = flag(s->repeated);
    *f++ = flag(s->sign);
    *f++ = flag(s->dots);
    *f++ = flag(s->question);
    *f++ = flag(s->colon);
    *f++ = flag(s->quote);
    *f++ = flag(s->furniture >= 1);
    *f++ = flag(s->furniture >= 2);
    *f++ = flag(s->furniture >= 1 && s->words >= 8);
    return f;
}

/* A neighbour; NULL beyond the ends of the text. */
static float *put_neighbour(float *f, const shape *s, bool near)
{
    *f++ = s ? s->long_words : 0;
    *f++ = flag(s && s->ends);
    *f++ = flag(s && s->good >= 15);
    *f++ = flag(s && s->furniture);
    if (near) {
        *f++ = flag(s && s->words <= 3);
        *f++ = s ? s->stop : 0;
    }
    return f;
}

static float *put_heading(float *f, const shape *s, const shape *next)
{
    bool short_one = s->words <= 12 && !s->ends && next;

    *f++ = flag(short_one && next->good >= 15);
    *f++ = flag(short_one && next->good < 15 && next->words <= 12);
    return f;
}

void dump_features(const shape *shapes, uint32_t count, uint32_t i, const around *a, float *out)
{
    const shape *s = &shapes[i], *next = i + 1 < count ? s + 1 : NULL;
    float *f = out;

    *f++ = 1.0f;
    f = put_words(f, s);
    f = put_looks(f, s);
    f = put_neighbour(f, i ? s - 1 : NULL, true);
    f = put_neighbour(f, next, true);
    f = put_neighbour(f, i > 1 ? s - 2 : NULL, false);
    f = put_neighbour(f, i + 2 < count ? s + 2 : NULL, false);
    *f++ = a->above_prose / (a->above_words + 1.0f);
    *f++ = a->below_prose / (a->below_words + 1.0f);
    *f++ = logf(1.0f + a->above_prose) / 6.0f;
    *f++ = logf(1.0f + a->below_prose) / 6.0f;
    *f++ = flag(a->share < 0.02f);
    *f++ = flag(a->share > 0.98f);
    *f++ = flag(a->share >= 0.02f && a->share < 0.5f);
    *f++ = a->share;
    f = put_heading(f, s, next);
    *f++ = flag(s->heads_below);
    *f++ = flag(a->since >= 0);
    *f++ = flag(a->distance <= 4);
    *f++ = flag(a->distance > 4 && a->distance <= 12);
}

/* ---- the best runs --------------------------------------------------------------- */

/* The line in hand, and what is summed up around it. */
typedef struct walk {
    const shape *shapes;
    uint32_t     count;
    float        total; /* prose in all */
    around       around;
} walk;

/* To the line i; the lines before it were visited. */
static void visit(walk *w, uint32_t i)
{
    around *a = &w->around;
    const shape *last = i ? &w->shapes[i - 1] : NULL;

    a->above_prose = a->above_words = a->below_prose = a->below_words = 0;
    for (uint32_t k = i > WINDOW ? i - WINDOW : 0; k < i; k++) {
        a->above_prose += w->shapes[k].good;
        a->above_words += w->shapes[k].words;
    }
    for (uint32_t k = i + 1; k < w->count && k <= i + WINDOW; k++) {
        a->below_prose += w->shapes[k].good;
        a->below_words += w->shapes[k].words;
    }
    if (!last)
        return;
    a->prose += last->good;
    a->share = w->total > 0 ? a->prose / w->total : 0;
    a->distance = a->distance < UINT32_MAX ? a->distance + 1 : a->distance;
    if (a->since >= 0)
        a->since += last->good;
    if (last->heads_below && a->prose >= FEWEST_PROSE) {
        a->distance = 1;
        a->since = a->since < 0 ? 0 : a->since;
    }
}

static void begin_walk(walk *w, const shape *shapes, uint32_t count)
{
    *w = (walk){ .shapes = shapes, .count = count, .around = { .since = -1, .distance = UINT32_MAX } };
    for (uint32_t i = 0; i < count; i++)
        w->total += shapes[i].good;
}

/* What keeping the line earns, in words. */
static float gain_of(walk *w, uint32_t i)
{
    float features[DUMP_FEATURES], score = 0;

    visit(w, i);
    dump_features(w->shapes, w->count, i, &w->around, features);
    for (uint32_t f = 0; f < DUMP_FEATURES; f++)
        score += dump_weights[f] * features[f];
    return fminf(w->shapes[i].words, MOST_WEIGHED) * (1.0f / (1.0f + expf(-score)) - THRESHOLD);
}

/* Bits of from[i]: whether the best way into state 0, state 1 at line i comes
 * from state 1. */
static void choose(const rules *r, walk *s, uint8_t *from)
{
    float out = 0, in = -CHANGE;
    bool inside;

    for (uint32_t i = 0; i < s->count; i++) {
        bool leaves = in > out, stays = in >= out - CHANGE;
        float next_out = leaves ? in : out;

        in = (stays ? in : out - CHANGE) + gain_of(s, i);
        out = next_out;
        from[i] = (uint8_t)(leaves | stays << 1);
    }
    inside = in > out;
    for (uint32_t i = s->count; i-- > 0;) {
        if (!inside)
            rules_take(r, &r->lines->items[i], "page-dump");
        inside = from[i] >> inside & 1;
    }
}

/* ---- the title -------------------------------------------------------------------- */

/* Whether a byline or a date line stands at most a few lines below. */
static bool leads_a_head(const rules *r, uint32_t i)
{
    for (uint32_t k = i + 1; k < r->lines->count && k <= i + HEAD_BELOW; k++) {
        const line *l = &r->lines->items[k];
        gly_str low = l->words <= MOST_HEAD_WORDS ? rules_low(r, l) : (gly_str){ NULL, 0 };
        byline b;
        date d;

        if (low.len && (date_line(r->phrases, low, &d, 1)
                        || head_byline(r->phrases, gly_slice(r->text, l->at), low, &b)))
            return true;
    }
    return false;
}

/* How much a line above the first run looks like the title of what follows. */
static float title_score(const rules *r, const shape *s, uint32_t i, uint32_t distance)
{
    if (s->words < 3 || s->words > 25 || (s->ends && !s->question))
        return 0;
    return fminf(s->words, 10.0f) + (s->repeated ? 2.0f : 0) - 0.1f * (float)distance
        - 3.0f * (float)s->furniture - (s->sign ? 3.0f : 0) + (leads_a_head(r, i) ? 10.0f : 0);
}

static uint32_t find_title(const rules *r, const shape *shapes)
{
    uint32_t first = lines_kept(r->lines, 0), best = GLY_NO_REF;
    uint32_t from = first > TITLE_ABOVE ? first - TITLE_ABOVE : 0;
    uint32_t to = first + TITLE_BELOW < r->lines->count ? first + TITLE_BELOW : r->lines->count;
    float most = 0;

    for (uint32_t i = from; i < to; i++) {
        float score = title_score(r, &shapes[i], i, i < first ? first - i : i - first);

        if (score > most) {
            most = score;
            best = i;
        }
    }
    return best;
}

gly_status dump_mark(const rules *r, gly_arena *scratch, const gly_host *host, gly_stage *stage,
                     uint32_t *title)
{
    uint32_t count = r->lines->count;
    const shape *shapes = shapes_of(r, scratch);
    uint8_t *from = GLY_NEWN(scratch, uint8_t, count + 1);
    walk w;

    if (!shapes || !from)
        return GLY_ENOMEM;
    if (host->stop(stage))
        return GLY_ECANCEL;
    begin_walk(&w, shapes, count);
    choose(r, &w, from);
    *title = find_title(r, shapes);
    return GLY_OK;
}
