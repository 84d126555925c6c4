/* lexicon - an open hash table over the words of two lists. */
#include "lexicon.h"

#include <stdlib.h>

#include "kit/words.h"

const lexicon_entry lexicon_unknown;

static uint16_t tag_of(uint64_t hash)
{
    return (uint16_t)(hash >> 48);
}

static lexicon_entry *entry_for(lexicon *l, gly_str word)
{
    uint64_t hash = word_hash(word);
    uint32_t slot = (uint32_t)hash % LEXICON_SLOTS;

    for (; l->slots[slot].entry; slot = (slot + 1) % LEXICON_SLOTS)
        if (gly_str_eq(l->entries[l->slots[slot].entry - 1].word, word))
            return &l->entries[l->slots[slot].entry - 1];
    if (l->count == LEXICON_WORDS)
        return NULL;
    l->slots[slot] = (lexicon_slot){ (uint16_t)(l->count + 1), tag_of(hash) };
    l->filter[(hash >> 40) % LEXICON_FILTER / 64] |= UINT64_C(1) << (hash >> 40) % 64;
    l->entries[l->count] = (lexicon_entry){ .word = word, .hash = hash };
    return &l->entries[l->count++];
}

/* The next word of a list, NULL ptr at its end. */
static gly_str next_word(const char **at)
{
    const char *begin = *at + strspn(*at, " ");
    size_t length = strcspn(begin, " ");

    *at = begin + length;
    return (gly_str){ length ? begin : NULL, (uint32_t)length };
}

static bool add_calendar(lexicon *l, const calendar_list *list)
{
    const char *at = list->words;

    for (gly_str word = next_word(&at); word.ptr; word = next_word(&at)) {
        lexicon_entry *entry = entry_for(l, word);
        int i = 0;

        while (entry && i < LEXICON_CALENDAR && entry->calendar[i])
            i++;
        if (!entry || i == LEXICON_CALENDAR)
            return false;
        entry->calendar[i] = list;
        entry->calendar_kinds |= 1u << list->kind;
    }
    return true;
}

static bool add_measures(lexicon *l, const measure_list *list)
{
    const char *at = list->words;

    for (gly_str word = next_word(&at); word.ptr; word = next_word(&at)) {
        lexicon_entry *entry = entry_for(l, word);
        int i = 0;

        while (entry && i < LEXICON_MEASURES && entry->measures[i])
            i++;
        if (!entry || i == LEXICON_MEASURES)
            return false;
        entry->measures[i] = list;
        entry->measure_kinds |= 1u << list->kind;
    }
    return true;
}

/* A table that grew past its limits is a mistake of ours: the tests see it. */
lexicon *lexicon_new(void)
{
    lexicon *l = calloc(1, sizeof *l);
    bool whole = l != NULL;

    for (const calendar_list *list = calendar_lists; whole && list->words; list++)
        whole = add_calendar(l, list);
    for (const measure_list *list = measure_lists; whole && list->words; list++)
        whole = add_measures(l, list);
    if (!whole) {
        free(l);
        return NULL;
    }
    return l;
}

void lexicon_free(lexicon *l)
{
    free(l);
}

/* Of the same hash, which tells all of short words (kit/words.h). */
static bool is_word(const lexicon_entry *entry, gly_str word)
{
    return entry->word.len == word.len
        && (word.len <= 8 || memcmp(entry->word.ptr, word.ptr, word.len) == 0);
}

const lexicon_entry *lexicon__find(const lexicon *l, gly_str word, uint64_t hash)
{
    uint32_t slot = (uint32_t)hash % LEXICON_SLOTS;

    for (; l->slots[slot].entry; slot = (slot + 1) % LEXICON_SLOTS) {
        const lexicon_entry *entry = &l->entries[l->slots[slot].entry - 1];

        if (l->slots[slot].tag == tag_of(hash) && entry->hash == hash && is_word(entry, word))
            return entry;
    }
    return &lexicon_unknown;
}

const lexicon_entry *lexicon_lower(const lexicon *l, gly_str word)
{
    char lower[32];
    gly_str known = { lower, word.len };

    if (word.len > sizeof lower)
        return &lexicon_unknown;
    for (uint32_t i = 0; i < word.len; i++)
        lower[i] = word.ptr[i] >= 'A' && word.ptr[i] <= 'Z' ? (char)(word.ptr[i] | 0x20) : word.ptr[i];
    return lexicon_find(l, known, word_hash(known));
}

bool lexicon_is_ordinal(const lexicon *l, gly_str ending)
{
    return lexicon_calendar(lexicon_lower(l, ending), CALENDAR_ORDINAL) != NULL;
}

const calendar_list *lexicon__calendar(const lexicon_entry *entry, calendar_kind kind)
{
    for (int i = 0; i < LEXICON_CALENDAR && entry->calendar[i]; i++)
        if (entry->calendar[i]->kind == kind)
            return entry->calendar[i];
    return NULL;
}

const measure_list *lexicon__measure(const lexicon_entry *entry, measure_kind kind, uint32_t language)
{
    const measure_list *of_all = NULL;

    for (int i = 0; i < LEXICON_MEASURES && entry->measures[i]; i++) {
        const measure_list *list = entry->measures[i];

        if (list->kind != kind)
            continue;
        if (list->languages & language)
            return list;
        if (!list->languages)
            of_all = list;
    }
    return of_all;
}
