/* words - finds a word in a hash table that was laid out before compiling.
 *
 * Goes together with the piece words_table: KIT = words words_table. */
#include "kit/words.h"


static const char codes[LANGUAGE_COUNT][3] = {
    "en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "fi", "pl",
    "cs", "ro", "hu", "tr", "ru", "uk", "el", "ca", "id", "vi", "bg", "hr"
};

const char *word_language_code(word_language language)
{
    return codes[language];
}

int word_language_of(gly_str code)
{
    for (int i = 0; i < LANGUAGE_COUNT; i++)
        if (code.len == 2 && memcmp(code.ptr, codes[i], 2) == 0)
            return i;
    return -1;
}

/* The entry with this hash, or entry 0. */
static const word_entry *entry_of(uint64_t hash)
{
    uint32_t slot = (uint32_t)hash & (WORD_SLOTS - 1), number = word_slots[slot];

    while (number & (0u - (word_entries[number].hash != hash))) {
        slot = (slot + 1) & (WORD_SLOTS - 1);
        number = word_slots[slot];
    }
    return &word_entries[number];
}

static word_known known_of(const word_entry *entry)
{
    return (word_known){ entry->stop, entry->classes };
}

static word_known known_if_same(const word_entry *entry, gly_str word)
{
    bool same = entry->length == word.len && memcmp(entry->word, word.ptr, word.len) == 0;

    return same ? known_of(entry) : (word_known){ 0, 0 };
}

/* Nothing here depends on whether the word is in the lists but what is read from
 * memory: no branch is mispredicted for it. Of short words the hash tells all. */
word_known word_look_up(gly_str word, uint64_t hash)
{
    const word_entry *entry = entry_of(hash);

    if (entry->length & (0u - ((word.len > 8) | (entry->length != word.len))))
        return known_if_same(entry, word);
    return known_of(entry);
}

word_known word_find(gly_str word)
{
    uint64_t hash = word_hash(word);
    uint32_t bit = (uint32_t)(hash >> 40) & (WORD_FILTER_BITS - 1);

    return word_filter[bit / 64] >> bit % 64 & 1 ? word_look_up(word, hash) : (word_known){ 0, 0 };
}

uint32_t word_stop(gly_str word)
{
    return word_find(word).stop;
}

uint32_t word_classes(gly_str word)
{
    return word_find(word).classes;
}
