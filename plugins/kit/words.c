/* words - finds a word in a hash table that was laid out before compiling.
 *
 * Goes together with the piece words_table: KIT = words words_table. */
#include "kit/words.h"

#include "kit/words_table.h"

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

static bool may_be_there(uint64_t hash)
{
    uint32_t bit = (uint32_t)(hash >> 40) & (WORD_FILTER_BITS - 1);

    return word_filter[bit / 64] >> bit % 64 & 1;
}

word_known word_look_up(gly_str word, uint64_t hash)
{
    uint32_t slot = (uint32_t)hash & word_slot_mask, tag = (uint32_t)(hash >> 48);

    if (!may_be_there(hash))
        return (word_known){ 0, 0 };
    for (; word_slots[slot]; slot = (slot + 1) & word_slot_mask) {
        const word_entry *entry = &word_entries[word_slots[slot] & 0xFFFF];

        if (word_slots[slot] >> 16 == tag && entry->length == word.len &&
            memcmp(entry->word, word.ptr, word.len) == 0)
            return (word_known){ entry->stop, entry->classes };
    }
    return (word_known){ 0, 0 };
}

uint32_t word_stop(gly_str word)
{
    return word_look_up(word, word_hash(word)).stop;
}

uint32_t word_classes(gly_str word)
{
    return word_look_up(word, word_hash(word)).classes;
}
