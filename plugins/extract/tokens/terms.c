/* terms - open addressing over the records of term/1.
 *
 * A text made to collide costs at most TERMS_PROBES steps a word: after those, the
 * form is entered once more rather than searched for. */
#include "extract/tokens/terms.h"

#include "base/utf8.h"
#include "kit/unicode.h"

enum { FIRST_SLOTS = 1024, LONGEST_GROWTH = 2, FETCH_AHEAD = 8 };

bool terms_begin(terms *t, const gly_host *host, gly_doc *doc, gly_layer *layer)
{
    *t = (terms){ .host = host, .doc = doc, .layer = layer, .mask = FIRST_SLOTS - 1 };
    t->slots = GLY_NEWN(doc->scratch, terms_slot, FIRST_SLOTS);
    if (!t->slots)
        return false;
    memset(t->slots, 0, FIRST_SLOTS * sizeof *t->slots);
    return true;
}

/* Room for a word; some letters grow from two bytes to three in lower case. */
static bool reserve(terms *t, uint32_t length)
{
    uint64_t wanted = (uint64_t)length * LONGEST_GROWTH;

    if (wanted <= t->capacity)
        return true;
    if (wanted < 256)
        wanted = 256;
    if (wanted * 2 < UINT32_MAX)
        wanted *= 2;
    if (wanted > UINT32_MAX)
        return false;
    t->lowered = GLY_NEWN(t->doc->scratch, char, wanted);
    t->capacity = t->lowered ? (uint32_t)wanted : 0;
    return t->lowered != NULL;
}

/* Lower case; a curly apostrophe becomes the straight one of the word lists. */
static gly_str lowered(terms *t, gly_str word)
{
    const char *at = word.ptr, *end = at + word.len;
    char *out;

    if (!reserve(t, word.len))
        return (gly_str){ NULL, 0 };
    for (out = t->lowered; at < end;) {
        uint32_t c = utf8_next(&at);

        if (c < 0x80)
            *out++ = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
        else
            out += utf8_put(out, c == 0x2019 ? '\'' : unicode_lower(c));
    }
    return (gly_str){ t->lowered, (uint32_t)(out - t->lowered) };
}

static void place(terms_slot *slots, uint32_t mask, uint64_t hash, uint32_t index)
{
    uint32_t slot = (uint32_t)hash & mask;

    for (int probe = 0; probe < TERMS_PROBES; probe++, slot = (slot + 1) & mask)
        if (slots[slot].record == 0) {
            slots[slot] = (terms_slot){ (uint32_t)(hash >> 32), index + 1 };
            return;
        }
}

static bool grow(terms *t)
{
    const gly_term *records = GLY_RECORDS(t->layer, gly_term);
    uint32_t mask = t->mask * 2 + 1;
    terms_slot *slots = GLY_NEWN(t->doc->scratch, terms_slot, (size_t)mask + 1);

    if (!slots)
        return false;
    memset(slots, 0, ((size_t)mask + 1) * sizeof *slots);
    for (uint32_t i = 0; i < t->layer->count; i++)
        place(slots, mask, records[i].hash, i);
    t->slots = slots;
    t->mask = mask;
    return true;
}

bool terms_make_room(terms *t)
{
    gly_layer *l = t->layer;

    if (l->count >= t->mask / 2 && !grow(t))
        return false;
    if (l->count == l->capacity && t->host->layer_grow(t->doc, l) < 0)
        return false;
    t->room = l->capacity < t->mask / 2 ? l->capacity : t->mask / 2;
    return true;
}

/* The term of a word, or GLY_NO_REF. */
static uint32_t search(const terms *t, gly_str word, uint64_t hash)
{
    uint32_t slot = (uint32_t)hash & t->mask;

    for (int probe = 0; probe < TERMS_PROBES && t->slots[slot].record; probe++, slot = (slot + 1) & t->mask)
        if (t->slots[slot].hash == (uint32_t)(hash >> 32) &&
            terms_is(GLY_RECORDS(t->layer, gly_term) + t->slots[slot].record - 1, word, hash))
            return t->slots[slot].record - 1;
    return GLY_NO_REF;
}

static uint32_t enter(terms *t, gly_range at, gly_str word, uint64_t hash)
{
    if (t->layer->count == t->room && !terms_make_room(t))
        return GLY_NO_REF;
    GLY_RECORDS(t->layer, gly_term)[t->layer->count] =
        (gly_term){ .at = at, .text = word, .hash = hash, .count = 1 };
    word_fetch_slot(hash);
    place(t->slots, t->mask, hash, t->layer->count);
    return t->layer->count++;
}

static uint32_t counted(terms *t, uint32_t found)
{
    GLY_RECORDS(t->layer, gly_term)[found].count++;
    return found;
}

uint32_t terms_find_kept(terms *t, gly_range at, gly_str word, uint64_t hash)
{
    uint32_t found = search(t, word, hash);

    return found == GLY_NO_REF ? enter(t, at, word, hash) : counted(t, found);
}

void terms_look_into(terms *t, uint32_t number)
{
    gly_term *term = GLY_RECORDS(t->layer, gly_term) + number;

    if (memchr(term->text.ptr, '\'', term->text.len))
        term->classes |= WORD_APOSTROPHE;
    if (utf8_ascii_prefix(term->text.ptr, term->text.len) < term->text.len)
        term->classes |= WORD_WIDE;
}

void terms_describe(terms *t)
{
    gly_term *records = GLY_RECORDS(t->layer, gly_term);
    uint32_t count = t->layer->count;

    for (uint32_t i = 0; i < count && i < FETCH_AHEAD; i++)
        word_fetch_entry(records[i].hash);
    for (uint32_t i = 0; i < count; i++) {
        word_known known;

        if (count - i > FETCH_AHEAD)
            word_fetch_entry(records[i + FETCH_AHEAD].hash);
        known = word_look_up(records[i].text, records[i].hash);
        records[i].stop = known.stop;
        records[i].classes |= known.classes;
    }
}

static gly_str kept(terms *t, gly_str word)
{
    char *copy = GLY_NEWN(t->doc->arena, char, word.len);

    return (gly_str){ copy ? memcpy(copy, word.ptr, word.len) : NULL, word.len };
}

uint32_t terms_find(terms *t, gly_range at)
{
    gly_str written = gly_slice(t->doc->text, at), word = lowered(t, written);
    uint32_t found;
    uint64_t hash;

    if (!word.ptr)
        return GLY_NO_REF;
    hash = word_hash(word);
    found = search(t, word, hash);
    if (found != GLY_NO_REF)
        return counted(t, found);
    word = gly_str_eq(word, written) ? written : kept(t, word);
    return word.ptr ? enter(t, at, word, hash) : GLY_NO_REF;
}
