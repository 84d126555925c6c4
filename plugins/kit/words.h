/* words - what words are known to be: stop words by language, trigger classes.
 *
 * extract.tokens looks each distinct word up once and stores the answer in
 * term/1; other stages read it there. */
#ifndef GALLEY_KIT_WORDS_H
#define GALLEY_KIT_WORDS_H

#include <galley/types.h>

#include "kit/words_table.h"

/* Languages with stop words; gly_term.stop has bit 1 << LANGUAGE_XX. */
typedef enum word_language {
    LANGUAGE_EN, LANGUAGE_DE, LANGUAGE_FR, LANGUAGE_ES, LANGUAGE_IT, LANGUAGE_PT,
    LANGUAGE_NL, LANGUAGE_SV, LANGUAGE_DA, LANGUAGE_NB, LANGUAGE_FI, LANGUAGE_PL,
    LANGUAGE_CS, LANGUAGE_RO, LANGUAGE_HU, LANGUAGE_TR, LANGUAGE_RU, LANGUAGE_UK,
    LANGUAGE_EL, LANGUAGE_CA, LANGUAGE_ID, LANGUAGE_VI, LANGUAGE_BG, LANGUAGE_HR,
    LANGUAGE_COUNT
} word_language;

/* gly_term.classes */
enum {
    WORD_CUE      = 1 << 0, /* attributes speech: said, told, added, sagte, a déclaré */
    WORD_HONORIFIC = 1 << 1, /* before a name: mr, dr, sir, det, supt, councillor, herr, mme */
    WORD_ROLE     = 1 << 2, /* a person's office: minister, chief, commissioner, spokeswoman */
    WORD_FIRST    = 1 << 3, /* a common given name */
    WORD_ORG      = 1 << 4, /* ends or names an organisation: ltd, council, police, university */
    WORD_MONTH    = 1 << 5, /* months and their short forms */
    WORD_WEEKDAY  = 1 << 6,
    WORD_PRONOUN  = 1 << 7, /* he, she, they, er, sie, il, elle */
    WORD_NUMBER   = 1 << 8, /* number words: two, million, Mio */
    WORD_ABBREV   = 1 << 9, /* takes a full stop that ends no sentence: etc, inc, nr */
    WORD_PLACE    = 1 << 10, /* countries, large cities, nationalities' countries */
    WORD_TELL        = 1 << 11, /* a cue whose object is the hearer: told, asked, urged       */
    WORD_NAMING      = 1 << 12, /* what follows in marks is a name: so-called, dubbed, titled */
    WORD_SOURCE      = 1 << 13, /* names who says it: according (to), laut, selon, según      */
    WORD_PREPOSITION = 1 << 14, /* what follows is not the subject: to, of, for, von, à, de   */
    WORD_DETERMINER  = 1 << 15, /* begins a noun phrase: the, a, his, der, une, los           */
    WORD_PARTICLE    = 1 << 16, /* small word inside a name: van, de, bin                     */
    WORD_RELATIVE    = 1 << 17, /* who, whose, qui                                            */
    WORD_AUX         = 1 << 18, /* between a subject and its verb: has, also, later, hat      */
    WORD_SAYER       = 1 << 19, /* other nouns that speak: police, statement, company         */
    WORD_LEADER      = 1 << 20, /* offices of a whole organisation: ceo, founder, spokesman   */
    WORD_MALE        = 1 << 21,
    WORD_FEMALE      = 1 << 22,
    WORD_CONJUNCTION = 1 << 23, /* joins clauses or words: and, while, und, mais              */
    WORD_PARTICIPLE  = 1 << 24, /* a cue whose subject is another verb's: saying, ajoutant    */
    WORD_PASSIVE     = 1 << 25, /* a cue behind it is done to its subject: been, was, wurde   */
    WORD_AGENT       = 1 << 26, /* a cue before it is done to its subject: by, par            */
    WORD_POSTNOMINAL = 1 << 27, /* in capitals behind a name: OBE, QPM, MP                    */
    WORD_APOSTROPHE  = 1 << 28, /* holds one: council's, l'eau. Of terms alone, in no list    */
    WORD_WIDE        = 1 << 29, /* holds more than ASCII. Of terms alone                      */
};

const char *word_language_code(word_language);  /* "en" */
int word_language_of(gly_str code);              /* -1: not one of them */

/* Up to eight bytes as a little-endian number, on any machine. */
static inline uint64_t word__chunk(const char *bytes, uint32_t length)
{
    uint64_t chunk = 0;

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    uint32_t low, high;
    uint16_t two;

    if (length >= 4) { /* halves that overlap agree where they do */
        memcpy(&low, bytes, 4);
        memcpy(&high, bytes + length - 4, 4);
        return low | (uint64_t)high << 8 * (length - 4);
    }
    if (length >= 2) {
        memcpy(&two, bytes, 2);
        return two | (uint64_t)(unsigned char)bytes[length - 1] << 8 * (length - 1);
    }
#endif
    for (uint32_t i = 0; i < length; i++)
        chunk |= (uint64_t)(unsigned char)bytes[i] << (8 * i);
    return chunk;
}

/* The steps of word_hash(), for who has the bytes at hand: chunks of eight, the
 * last one filled up with zeros. */
static inline uint64_t word_hash_begin(uint32_t length)
{
    return length * UINT64_C(0x9E3779B97F4A7C15);
}

static inline uint64_t word_hash_step(uint64_t hash, uint64_t chunk)
{
    hash = (hash ^ chunk) * UINT64_C(0xD6E8FEB86659FD93);
    return hash ^ hash >> 32;
}

/* Stable across runs and machines. Words of up to eight bytes that have the same
 * length and the same hash are the same word: each step can be undone. */
static inline uint64_t word_hash(gly_str word)
{
    uint64_t hash = word_hash_begin(word.len);

    for (uint32_t at = 0; at < word.len; at += 8) {
        uint32_t left = word.len - at;

        hash = word_hash_step(hash, word__chunk(word.ptr + at, left < 8 ? left : 8));
    }
    return hash;
}

typedef struct word_known {
    uint32_t stop;    /* bit set of languages      */
    uint32_t classes; /* WORD_* bits, any language */
} word_known;

/* `word` lower-cased; `hash` its word_hash(). All 0 when it is not in the lists.
 * Where there is a gly_term, its stop, classes and hash are the same figures. */
word_known word_look_up(gly_str word, uint64_t hash);
/* For who looks up many: fetches what word_look_up() will read from the memory that is
 * far away, first what comes soon (the slot), then, when that is here, the entry. */
static inline void word_fetch_slot(uint64_t hash)
{
    __builtin_prefetch(&word_slots[hash & (WORD_SLOTS - 1)]);
}

static inline void word_fetch_entry(uint64_t hash)
{
    __builtin_prefetch(&word_entries[word_slots[hash & (WORD_SLOTS - 1)]]);
}

/* The same for who looks up few words, of which most are not in the lists: one bit
 * tells most of these. */
word_known word_find(gly_str word);
uint32_t word_stop(gly_str word);
uint32_t word_classes(gly_str word);

#endif
