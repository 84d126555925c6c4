/* terms - open addressing over the records of term/1.
 *
 * A text made to collide costs at most PROBES steps a word: after those, the
 * form is entered once more rather than searched for. */
#include "extract/tokens/terms.h"

#include "base/utf8.h"
#include "kit/unicode.h"
#include "kit/words.h"

enum { FIRST_SLOTS = 1024, PROBES = 64, LONGEST_GROWTH = 2 };

bool terms_begin(terms *t, const gly_host *host, gly_doc *doc, gly_layer *layer)
{
    *t = (terms){ .host = host, .doc = doc, .layer = layer, .mask = FIRST_SLOTS - 1 };
    t->slots = GLY_NEWN(doc->scratch, uint32_t, FIRST_SLOTS);
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
static gly_str lower(terms *t, gly_str word)
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

static void place(uint32_t *slots, uint32_t mask, uint64_t hash, uint32_t index)
{
    uint32_t slot = (uint32_t)hash & mask;

    for (int probe = 0; probe < PROBES; probe++, slot = (slot + 1) & mask)
        if (slots[slot] == 0) {
            slots[slot] = index + 1;
            return;
        }
}

static bool grow(terms *t)
{
    const gly_term *records = GLY_RECORDS(t->layer, gly_term);
    uint32_t mask = t->mask * 2 + 1;
    uint32_t *slots = GLY_NEWN(t->doc->scratch, uint32_t, (size_t)mask + 1);

    if (!slots)
        return false;
    memset(slots, 0, ((size_t)mask + 1) * sizeof *slots);
    for (uint32_t i = 0; i < t->layer->count; i++)
        place(slots, mask, records[i].hash, i);
    t->slots = slots;
    t->mask = mask;
    return true;
}

static uint32_t enter(terms *t, gly_range at, gly_str word, uint64_t hash, bool copy)
{
    gly_term *term;

    if (t->layer->count >= t->mask / 2 && !grow(t))
        return GLY_NO_REF;
    if (copy) {
        char *kept = GLY_NEWN(t->doc->arena, char, word.len);

        if (!kept)
            return GLY_NO_REF;
        word.ptr = memcpy(kept, word.ptr, word.len);
    }
    term = gly_push(t->host, t->doc, t->layer, at.begin, at.end);
    if (!term)
        return GLY_NO_REF;
    term->text = word;
    term->hash = hash;
    term->count = 1;
    term->stop = word_stop(word);
    term->classes = word_classes(word);
    place(t->slots, t->mask, hash, t->layer->count - 1);
    return t->layer->count - 1;
}

uint32_t terms_find(terms *t, gly_range at, bool unlowered)
{
    gly_term *records = GLY_RECORDS(t->layer, gly_term);
    gly_str word = gly_slice(t->doc->text, at);
    uint64_t hash;
    uint32_t slot;

    if (unlowered && (word = lower(t, word)).ptr == NULL)
        return GLY_NO_REF;
    hash = word_hash(word);
    slot = (uint32_t)hash & t->mask;
    for (int probe = 0; probe < PROBES && t->slots[slot]; probe++, slot = (slot + 1) & t->mask) {
        uint32_t index = t->slots[slot] - 1;

        if (records[index].hash == hash && gly_str_eq(records[index].text, word)) {
            records[index].count++;
            return index;
        }
    }
    return enter(t, at, word, hash, unlowered);
}
