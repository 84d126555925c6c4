/* opening - a hash table of phrases, filled from opening_lines.
 *
 * Phrases are kept by their hash alone: with some thousand of them in 64 bits, two
 * that meet by chance are not to be expected. */
#include "summarise/sentences/opening.h"

#include <stdlib.h>

#include "kit/words.h"

enum { LONGEST_PHRASE = 3, FILTER = 1 << 16 };

typedef struct slot {
    uint64_t hash;      /* 0: empty                            */
    uint32_t languages; /* bit set, as in gly_term.stop        */
    uint32_t kind;      /* opening                             */
} slot;

struct opening_table {
    uint64_t filter[FILTER / 64]; /* bit hash >> 48: such a phrase is there */
    uint32_t mask;
    slot     slots[];
};

/* The order of the words counts; never 0. */
static uint64_t phrase_hash(uint64_t before, uint64_t word)
{
    return word_hash_step(before + UINT64_C(0x9E3779B97F4A7C15), word) | 1;
}

static slot *slot_of(opening_table *t, uint64_t hash, opening kind)
{
    uint32_t at = (uint32_t)(hash >> 32) & t->mask;

    while (t->slots[at].hash && (t->slots[at].hash != hash || t->slots[at].kind != kind))
        at = (at + 1) & t->mask;
    return &t->slots[at];
}

static void add_phrase(opening_table *t, const char *phrase, size_t length, const opening_line *line)
{
    uint64_t hash = 0;
    slot *s;

    for (size_t i = 0, begin = 0; i <= length; i++) {
        if (i < length && phrase[i] != '_')
            continue;
        hash = phrase_hash(hash, word_hash((gly_str){ phrase + begin, (uint32_t)(i - begin) }));
        begin = i + 1;
    }
    s = slot_of(t, hash, line->kind);
    s->hash = hash;
    s->kind = line->kind;
    t->filter[(hash >> 48) / 64] |= UINT64_C(1) << (hash >> 48) % 64;
    s->languages |= UINT32_C(1) << word_language_of((gly_str){ line->language, 2 });
}

static size_t count_phrases(void)
{
    size_t count = 0;

    for (const opening_line *l = opening_lines; l->phrases; l++)
        for (const char *p = l->phrases; *p; p += strcspn(p, " "), p += *p == ' ')
            count++;
    return count;
}

opening_table *opening_table_new(void)
{
    size_t slots = 64, phrases = count_phrases();
    opening_table *t;

    while (slots < 2 * phrases)
        slots *= 2;
    t = calloc(1, sizeof *t + slots * sizeof *t->slots);
    if (!t)
        return NULL;
    t->mask = (uint32_t)(slots - 1);
    for (const opening_line *l = opening_lines; l->phrases; l++)
        for (const char *p = l->phrases; *p; p += *p == ' ') {
            size_t length = strcspn(p, " ");

            add_phrase(t, p, length, l);
            p += length;
        }
    return t;
}

void opening_table_free(opening_table *t)
{
    free(t);
}

static const slot *known(const opening_table *t, uint64_t hash, uint32_t languages)
{
    uint32_t at = (uint32_t)(hash >> 32) & t->mask;

    if (!(t->filter[(hash >> 48) / 64] >> (hash >> 48) % 64 & 1))
        return NULL;
    for (; t->slots[at].hash; at = (at + 1) & t->mask)
        if (t->slots[at].hash == hash && t->slots[at].languages & languages)
            return &t->slots[at];
    return NULL;
}

opening opening_of(const opening_table *t, const uint64_t *words, uint32_t count, int language)
{
    uint32_t languages = language < 0 ? UINT32_MAX : UINT32_C(1) << language;
    opening kind = OPENING_PLAIN;
    uint64_t hash = 0;

    for (uint32_t i = 0; i < count && i < LONGEST_PHRASE; i++) {
        const slot *s = known(t, hash = phrase_hash(hash, words[i]), languages);

        if (s)
            kind = (opening)s->kind;
    }
    return kind;
}
