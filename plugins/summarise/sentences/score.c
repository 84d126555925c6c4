/* score - the features of each unit and their weighted sum.
 *
 * First the distinct words of each unit are listed once; all that follows runs over
 * these lists. Whether a word is new, or another unit's too, no machine can foretell:
 * such a question moves the end of a list by 0 or 1 here, and is no branch. */
#include "summarise/sentences/score.h"

#include <math.h>

#include "kit/select.h"

enum { TOP_WORDS = 20, LONG_SENTENCE = 24, RARE = 8 };

/* What is known of a word form over the whole document. */
typedef struct word {
    float    weight;    /* idf in the body; 0 until it is known    */
    float    passed;    /* its weight in the units passed so far   */
    uint32_t seen;      /* the unit that listed it last, plus one; UINT32_MAX: never listed */
    uint32_t sentences; /* units of the body that hold it          */
    bool     top, title;
} word;

/* What is known of a unit. */
typedef struct measure {
    uint32_t first, shared, last; /* its words in the list; those of other units too come
                                     first, [first, shared) once that is known  */
    uint32_t tops, titles;        /* of its words                               */
    float    norm;                /* of its vector; 0: not of the body          */
    float    later, earlier;      /* sums of similarity                         */
} measure;

typedef struct scoring {
    const article *a;
    const scorer  *by;
    units         *u;
    word          *words;    /* by term; one more, never listed, for marks */
    measure       *measures; /* by unit                            */
    uint32_t      *list;     /* terms, unit after unit             */
    uint32_t       body, titles, tops;
} scoring;

static bool get_memory(scoring *s)
{
    gly_arena *scratch = s->a->doc->scratch;

    s->words = GLY_NEWN(scratch, word, (size_t)s->a->nterms + 1);
    s->list = GLY_NEWN(scratch, uint32_t, (size_t)s->a->ntokens + 1);
    s->measures = GLY_NEWN(scratch, measure, (size_t)s->u->count + 1);
    return s->words && s->list && s->measures;
}

/* ---- words ------------------------------------------------------------------------ */

/* Stop words, and single letters, say nothing of what a sentence is about. */
static void begin_words(scoring *s)
{
    uint32_t bits = article_stop_bits(s->a);

    for (uint32_t t = 0; t < s->a->nterms; t++) {
        const gly_term *term = &s->a->terms[t];

        bool letter = term->text.len == 1 && (term->text.ptr[0] < '0' || term->text.ptr[0] > '9');

        s->words[t] = (word){ .seen = term->stop & bits || letter ? UINT32_MAX : 0 };
    }
    s->words[s->a->nterms] = (word){ .seen = UINT32_MAX };
}

static uint32_t list_unit(scoring *s, uint32_t number, uint32_t length)
{
    const unit *u = &s->u->items[number];
    const gly_token *tokens = s->a->tokens;
    uint32_t body = u->flags & UNIT_BODY ? 1 : 0, nterms = s->a->nterms, *list = s->list;
    word *words = s->words;

    for (uint32_t i = u->first_token; i < u->last_token; i++) {
        uint32_t term = select_u32(tokens[i].term < nterms, tokens[i].term, nterms);
        uint32_t seen = words[term].seen, listed = seen <= number;

        words[term].seen = select_u32(listed, number + 1, seen);
        words[term].sentences += body & listed;
        list[length] = term;
        length += listed;
    }
    return length;
}

static void list_words(scoring *s)
{
    uint32_t length = 0;

    for (uint32_t i = 0; i < s->u->count; i++) {
        s->measures[i] = (measure){ .first = length };
        length = list_unit(s, i, length);
        s->measures[i].last = length;
        s->body += (s->u->items[i].flags & UNIT_BODY) != 0;
    }
}

static void mark_title(scoring *s)
{
    for (uint32_t i = 0; i < s->u->count; i++) {
        uint32_t block = s->a->sentences[s->u->items[i].first].block;

        if (block >= s->a->nblocks || s->a->blocks[block].type != GLY_BLOCK_TITLE)
            continue;
        for (uint32_t k = s->measures[i].first; k < s->measures[i].last; k++) {
            s->titles += !s->words[s->list[k]].title;
            s->words[s->list[k]].title = true;
        }
    }
}

static float idf(const scoring *s, uint32_t sentences)
{
    return logf(1.0f + (float)s->body / (float)sentences);
}

static void weigh_words(scoring *s)
{
    float rare[RARE] = { 0 };

    for (uint32_t i = 1; i < RARE; i++)
        rare[i] = idf(s, i);
    for (uint32_t t = 0; t < s->a->nterms; t++) /* of no sentence: rare[0], 0 */
        s->words[t].weight = s->words[t].sentences < RARE ? rare[s->words[t].sentences]
                                                          : idf(s, s->words[t].sentences);
}

/* The twenty with most occurrences times idf; of equals, the first in the text. */
static void mark_top(scoring *s)
{
    float best[TOP_WORDS] = { 0 };
    uint32_t terms[TOP_WORDS] = { 0 };

    for (uint32_t t = 0; t < s->a->nterms; t++) {
        float weight = s->words[t].weight * (float)s->a->terms[t].count;
        uint32_t at;

        if (weight <= best[TOP_WORDS - 1])
            continue;
        for (at = s->tops < TOP_WORDS ? s->tops++ : TOP_WORDS - 1; at > 0 && best[at - 1] < weight; at--) {
            best[at] = best[at - 1];
            terms[at] = terms[at - 1];
        }
        best[at] = weight;
        terms[at] = t;
    }
    for (uint32_t i = 0; i < s->tops; i++)
        s->words[terms[i]].top = true;
}

/* ---- similarity ---------------------------------------------------------------------- */

/* One look at all words of a unit. Only those of other units too make it similar to
 * them: they move to the front of its list, and the rest of it is used up. */
static void measure_unit(const scoring *s, const unit *u, measure *m)
{
    float sum = 0;

    m->shared = m->first;
    for (uint32_t k = m->first; k < m->last; k++) {
        uint32_t term = s->list[k];
        const word *w = &s->words[term];

        sum += w->weight * w->weight;
        m->tops += w->top;
        m->titles += w->title;
        s->list[m->shared] = term;
        m->shared += w->sentences > 1;
    }
    m->norm = u->flags & UNIT_BODY ? sqrtf(sum) : 0;
}

/* The sum of cosines of a unit with all that was passed before it. */
static float similarity_to_passed(const scoring *s, const measure *m)
{
    float sum = 0, norm = m->norm;

    for (uint32_t k = m->first; norm > 0 && k < m->shared; k++) {
        word *w = &s->words[s->list[k]];
        float share = w->weight / norm;

        sum += share * w->passed;
        w->passed += share;
    }
    return sum;
}

static void find_similarity(scoring *s)
{
    for (uint32_t i = 0; i < s->u->count; i++) {
        measure_unit(s, &s->u->items[i], &s->measures[i]);
        s->measures[i].earlier = similarity_to_passed(s, &s->measures[i]);
    }
    for (uint32_t t = 0; t < s->a->nterms; t++)
        s->words[t].passed = 0;
    for (uint32_t i = s->u->count; i-- > 0;)
        s->measures[i].later = similarity_to_passed(s, &s->measures[i]);
}

/* ---- the sum ---------------------------------------------------------------------------- */

static double weigh_place(const weights *w, uint32_t place)
{
    return -w->place * log(place) + w->early / sqrt(place);
}

void scorer_fill(scorer *by, const weights *w)
{
    by->w = *w;
    for (uint32_t i = 1; i < PLACES; i++)
        by->places[i] = weigh_place(w, i);
}

static double weigh(const scoring *s, uint32_t i, uint32_t place)
{
    const weights *w = &s->by->w;
    const unit *u = &s->u->items[i];
    const measure *m = &s->measures[i];
    double top = s->tops ? (double)m->tops / s->tops : 0;
    double title = s->titles ? (double)m->titles / s->titles : 0;
    double others = s->body > 1 ? s->body - 1.0 : 1.0;
    double beyond = u->words > LONG_SENTENCE ? (double)(u->words - LONG_SENTENCE) / LONG_SENTENCE : 0;

    return (place < PLACES ? s->by->places[place] : weigh_place(w, place)) +
           w->later * (double)m->later / others + w->earlier * (double)m->earlier / others +
           w->top * top + w->title * title + w->length * beyond +
           (u->flags & UNIT_NUMBERS ? w->numbers : 0) + (u->flags & UNIT_LEAD ? w->lead : 0) +
           (u->flags & UNIT_QUOTES ? w->quotes : 0) + (u->flags & UNIT_SPEAKS ? w->speaks : 0);
}

bool units_score(const article *a, const scorer *by, units *u)
{
    scoring s = { .a = a, .by = by, .u = u };
    uint32_t place = 0;

    if (!get_memory(&s))
        return false;
    begin_words(&s);
    list_words(&s);
    mark_title(&s);
    weigh_words(&s);
    mark_top(&s);
    find_similarity(&s);
    for (uint32_t i = 0; i < u->count; i++) {
        place += (u->items[i].flags & UNIT_BODY) != 0;
        u->items[i].score = weigh(&s, i, place ? place : 1);
    }
    return true;
}
