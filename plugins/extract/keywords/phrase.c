/* phrase - counts the phrases in runs by hash. */
#include "extract/keywords/phrase.h"

#include "kit/words.h"

/* Phrases met after so many, in a very long text, are not counted. */
enum { MOST_PHRASES = 1 << 16 };

typedef struct search {
    const article *a;
    const roots   *r;
    phrases       *found;
    uint32_t       longest;
    bool           every;
} search;

/* ---- the table ---------------------------------------------------------------------- */

static uint32_t hash_of(const uint32_t *ids, uint32_t length)
{
    uint64_t hash = word_hash_begin(length);

    for (uint32_t i = 0; i < length; i++)
        hash = word_hash_step(hash, ids[i] + UINT64_C(1));
    return (uint32_t)hash;
}

/* The slot that holds the phrase, or the empty one where it belongs. */
static uint32_t *slot_of(const phrases *f, const uint32_t *ids, uint32_t length)
{
    uint32_t at = hash_of(ids, length) & f->mask;

    for (; f->slots[at]; at = (at + 1) & f->mask) {
        const phrase *p = &f->items[f->slots[at] - 1];

        if (p->length == length && memcmp(p->roots, ids, length * sizeof *ids) == 0)
            break;
    }
    return &f->slots[at];
}

static bool grow(const article *a, phrases *f)
{
    uint32_t capacity = f->capacity ? 2 * f->capacity : 128;
    phrase *items = GLY_NEWN(a->doc->scratch, phrase, capacity);
    uint32_t *slots = GLY_NEWN(a->doc->scratch, uint32_t, (size_t)2 * capacity);

    if (!items || !slots)
        return false;
    if (f->count)
        memcpy(items, f->items, f->count * sizeof *items);
    memset(slots, 0, (size_t)2 * capacity * sizeof *slots);
    *f = (phrases){ items, f->count, capacity, slots, 2 * capacity - 1 };
    for (uint32_t i = 0; i < f->count; i++)
        *slot_of(f, items[i].roots, items[i].length) = i + 1;
    return true;
}

/* ---- runs ------------------------------------------------------------------------------ */

/* Both ask all words, for which one says no is not to be foretold. */
static inline bool is_repeated(const search *s, const uint32_t *ids, uint32_t length)
{
    bool repeated = true;

    for (uint32_t i = 0; i < length; i++)
        repeated &= s->r->items[ids[i]].count >= 2;
    return repeated;
}

static inline bool is_name(const search *s, uint32_t token, uint32_t length)
{
    bool name = true;

    for (uint32_t i = token; i < token + length; i++)
        name &= (s->a->tokens[i].flags & (GLY_TOKEN_CAPITAL | GLY_TOKEN_MIXED)) != 0;
    return name;
}

static bool is_quotation_mark(const article *a, uint32_t token)
{
    static const char *const list[] = { "\"", "“", "”", "„", "«", "»", "‘", "’", NULL };
    gly_str mark = gly_slice(a->doc->text, a->tokens[token].at);

    if (!(a->tokens[token].flags & GLY_TOKEN_MARK))
        return false;
    for (int i = 0; list[i]; i++)
        if (mark.len == strlen(list[i]) && memcmp(mark.ptr, list[i], mark.len) == 0)
            return true;
    return false;
}

static bool is_quoted(const article *a, uint32_t token, uint32_t length)
{
    return token > 0 && token + length < a->ntokens && is_quotation_mark(a, token - 1) &&
           is_quotation_mark(a, token + length);
}

static bool add(search *s, uint32_t token, const uint32_t *ids, uint32_t length, bool whole)
{
    bool name = whole && (is_name(s, token, length) || is_quoted(s->a, token, length));
    uint32_t *slot;
    phrase *p;

    if (!is_repeated(s, ids, length) && !(whole && (name || s->every)))
        return true;
    if (s->found->count == s->found->capacity && s->found->count < MOST_PHRASES && !grow(s->a, s->found))
        return false;
    slot = slot_of(s->found, ids, length);
    if (*slot == 0) {
        if (s->found->count == MOST_PHRASES)
            return true;
        p = &s->found->items[s->found->count];
        *p = (phrase){ .length = length, .first_token = token };
        memcpy(p->roots, ids, length * sizeof *ids);
        *slot = ++s->found->count;
    }
    p = &s->found->items[*slot - 1];
    p->count++;
    p->whole |= whole;
    p->name |= name;
    return true;
}

/* All phrases of the run. */
static bool read_run(search *s, const run *at)
{
    uint32_t token = at->token, length = at->length;
    const uint32_t *places = s->r->places + token;

    for (uint32_t i = 0; i + 1 < length; i++) {
        uint32_t ids[LONGEST_PHRASE] = { places[i] & ROOT_NUMBER };

        for (uint32_t n = 2; n <= s->longest && i + n <= length; n++) {
            ids[n - 1] = places[i + n - 1] & ROOT_NUMBER;
            if (!add(s, token + i, ids, n, n == length))
                return false;
        }
    }
    return true;
}

/* ---- phrases inside phrases -------------------------------------------------------------- */

static void mark_inside(phrases *f, const phrase *p, uint32_t from)
{
    uint32_t at = *slot_of(f, p->roots + from, p->length - 1);

    if (at && f->items[at - 1].count <= p->count)
        f->items[at - 1].inside = true;
}

bool phrases_find(const article *a, const roots *r, uint32_t longest, bool every, phrases *found)
{
    search s = { .a = a, .r = r, .found = found, .longest = longest, .every = every };

    *found = (phrases){ 0 };
    if (longest < 2)
        return true;
    for (uint32_t i = 0; i < r->run_count; i++)
        if (!read_run(&s, &r->runs[i]))
            return false;
    for (uint32_t i = 0; i < found->count; i++) {
        const phrase *p = &found->items[i];

        if (p->length < 3 || (p->count < 2 && !p->whole))
            continue;
        mark_inside(found, p, 0);
        mark_inside(found, p, 1);
    }
    return true;
}
