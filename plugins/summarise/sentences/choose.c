/* choose - one walk down the units in order of their score. */
#include "summarise/sentences/choose.h"

enum { REPEATED_SHARE = 4 }; /* one trigram in four said already: a repetition */

typedef struct choice {
    const article *a;
    const units   *u;
    limits         left;
    uint32_t      *ranks, chosen;
    uint64_t      *trigrams; /* hash set of those in the summary; 0: empty */
    uint32_t       mask, used;
} choice;

/* ---- trigrams of the summary ------------------------------------------------------ */

static bool room_for_trigrams(choice *c, uint32_t more)
{
    uint64_t *old = c->trigrams;
    uint32_t slots = old ? c->mask + 1 : 0, wanted = slots ? slots : 256;

    while (wanted / 2 < c->used + more)
        wanted *= 2;
    if (wanted == slots)
        return true;
    c->trigrams = GLY_NEWN(c->a->doc->scratch, uint64_t, wanted);
    if (!c->trigrams)
        return false;
    memset(c->trigrams, 0, wanted * sizeof *c->trigrams);
    c->mask = wanted - 1;
    for (uint32_t i = 0; i < slots; i++)
        for (uint64_t at = old[i] >> 32; old[i]; at++)
            if (!c->trigrams[at & c->mask]) {
                c->trigrams[at & c->mask] = old[i];
                break;
            }
    return true;
}

/* Where the trigram stands, or would stand. */
static uint64_t *trigram_slot(choice *c, uint64_t trigram)
{
    uint64_t at = trigram >> 32;

    while (c->trigrams[at & c->mask] && c->trigrams[at & c->mask] != trigram)
        at++;
    return &c->trigrams[at & c->mask];
}

/* Goes over the unit's trigrams; says how many there are and how many were known.
 * With `keep` they are known from now on. */
static void read_trigrams(choice *c, const unit *u, bool keep, uint32_t *all, uint32_t *known)
{
    uint64_t a = 0, b = 0;
    uint32_t words = 0;

    *all = *known = 0;
    for (uint32_t i = u->first_token; i < u->last_token; i++) {
        uint32_t term = c->a->tokens[i].term;
        uint64_t trigram, *slot;

        if (term >= c->a->nterms)
            continue;
        trigram = ((a * 0x9E3779B97F4A7C15u) ^ (b * 0xC2B2AE3D27D4EB4Fu) ^ term) * 0xD6E8FEB86659FD93u | 1;
        a = b;
        b = term + UINT64_C(1);
        if (++words < 3)
            continue;
        slot = trigram_slot(c, trigram);
        ++*all;
        *known += *slot != 0;
        if (keep && !*slot) {
            *slot = trigram;
            c->used++;
        }
    }
}

/* ---- choosing ------------------------------------------------------------------------ */

static bool leans_on_nothing(const choice *c, uint32_t i)
{
    return c->u->items[i].flags & UNIT_LEANS && (i == 0 || c->ranks[i - 1] == GLY_NO_REF);
}

/* With the space before it. */
static uint32_t letters_of(const choice *c, const unit *u)
{
    gly_str text = gly_slice(c->a->doc->text, u->at);
    uint32_t letters = c->chosen > 0;

    for (uint32_t i = 0; i < text.len; i++)
        letters += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
    return letters;
}

static bool fits(const choice *c, const unit *u)
{
    return u->last - u->first <= c->left.sentences && u->words <= c->left.words &&
           (c->left.letters == UINT32_MAX || letters_of(c, u) <= c->left.letters);
}

static bool repeats(choice *c, const unit *u)
{
    uint32_t all, known;

    read_trigrams(c, u, false, &all, &known);
    return known * REPEATED_SHARE > all;
}

static uint32_t less(uint32_t left, uint32_t by)
{
    return left == UINT32_MAX ? left : left - by;
}

static gly_status add(choice *c, uint32_t i)
{
    const unit *u = &c->u->items[i];
    uint32_t all, known;

    if (!room_for_trigrams(c, u->last_token - u->first_token))
        return GLY_ENOMEM;
    read_trigrams(c, u, true, &all, &known);
    c->left.sentences = less(c->left.sentences, u->last - u->first);
    c->left.words = less(c->left.words, u->words);
    if (c->left.letters != UINT32_MAX)
        c->left.letters -= letters_of(c, u);
    c->ranks[i] = c->chosen++;
    return GLY_OK;
}

static bool may_add(choice *c, uint32_t i)
{
    const unit *u = &c->u->items[i];

    return !(u->flags & UNIT_OUT) && c->ranks[i] == GLY_NO_REF && !leans_on_nothing(c, i) &&
           fits(c, u) && !repeats(c, u);
}

typedef struct place {
    double   score;
    uint32_t unit;
} place;

/* Few are ever asked for: a heap, of which the best is taken again and again. */
typedef struct heap {
    place   *items;
    uint32_t count;
} heap;

static bool is_better(place a, place b)
{
    return a.score > b.score || (a.score == b.score && a.unit < b.unit);
}

/* Moves item i down to where none below it is better. */
static void sink(heap *h, uint32_t i)
{
    place moved = h->items[i];

    for (uint32_t below = 2 * i + 1; below < h->count; below = 2 * i + 1) {
        below += below + 1 < h->count && is_better(h->items[below + 1], h->items[below]);
        if (!is_better(h->items[below], moved))
            break;
        h->items[i] = h->items[below];
        i = below;
    }
    h->items[i] = moved;
}

static uint32_t take_best(heap *h)
{
    uint32_t best = h->items[0].unit;

    h->items[0] = h->items[--h->count];
    sink(h, 0);
    return best;
}

/* Those that may be chosen at all; its items are NULL when memory runs out. */
static heap heap_units(const choice *c)
{
    heap h = { GLY_NEWN(c->a->doc->scratch, place, (size_t)c->u->count + 1), 0 };

    for (uint32_t i = 0; h.items && i < c->u->count; i++)
        if (!(c->u->items[i].flags & UNIT_OUT))
            h.items[h.count++] = (place){ c->u->items[i].score, i };
    for (uint32_t i = h.count / 2; h.items && i-- > 0;)
        sink(&h, i);
    return h;
}

/* Unit i, then the one behind it when it had to wait for i. */
static gly_status take(choice *c, uint32_t i)
{
    gly_status status = GLY_OK;

    while (status == GLY_OK && may_add(c, i)) {
        status = add(c, i);
        if (i + 1 == c->u->count || !(c->u->items[i + 1].flags & UNIT_LEANS) ||
            c->u->items[i + 1].score <= c->u->items[i].score)
            break;
        i++;
    }
    return status;
}

gly_status units_choose(const article *a, const units *u, limits most, uint32_t *ranks)
{
    choice c = { .a = a, .u = u, .left = most, .ranks = ranks };
    heap places = heap_units(&c);
    gly_status status = places.items && room_for_trigrams(&c, 0) ? GLY_OK : GLY_ENOMEM;

    for (uint32_t i = 0; i < u->count; i++)
        ranks[i] = GLY_NO_REF;
    while (places.count && status == GLY_OK && c.left.sentences && c.left.words)
        status = take(&c, take_best(&places));
    return status;
}
