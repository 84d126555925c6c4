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

/* Up to eight bytes as a little-endian number, on any machine. */
static uint64_t chunk_at(const char *bytes, uint32_t length)
{
    uint64_t chunk = 0;

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    if (length == 8)
        memcpy(&chunk, bytes, 8);
    else
#endif
        for (uint32_t i = 0; i < length; i++)
            chunk |= (uint64_t)(unsigned char)bytes[i] << (8 * i);
    return chunk;
}

uint64_t word_hash(gly_str word)
{
    uint64_t hash = word.len * UINT64_C(0x9E3779B97F4A7C15);

    for (uint32_t at = 0; at < word.len; at += 8) {
        uint32_t left = word.len - at;

        hash = (hash ^ chunk_at(word.ptr + at, left < 8 ? left : 8)) * UINT64_C(0xD6E8FEB86659FD93);
        hash ^= hash >> 32;
    }
    return hash;
}

static const word_entry *entry_of(gly_str word)
{
    uint32_t slot = (uint32_t)word_hash(word) & word_slot_mask;

    for (; word_slots[slot]; slot = (slot + 1) & word_slot_mask) {
        const word_entry *entry = &word_entries[word_slots[slot]];

        if (entry->length == word.len && memcmp(entry->word, word.ptr, word.len) == 0)
            return entry;
    }
    return &word_entries[0];
}

uint32_t word_stop(gly_str word)
{
    return entry_of(word)->stop;
}

uint32_t word_classes(gly_str word)
{
    return entry_of(word)->classes;
}
