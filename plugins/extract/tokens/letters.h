/* letters - what the ASCII bytes of a text are, one bit a byte, and the text in lower
 * case: made in one pass, so that words are measured without a look at their bytes. */
#ifndef GALLEY_EXTRACT_LETTERS_H
#define GALLEY_EXTRACT_LETTERS_H

#include <galley/doc.h>

#include "kit/words.h"

enum { LETTERS_BLOCK = 64, LETTERS_SLACK = 8, LETTERS_MOST = 56 };

/* Bits of some bytes of the text, the first in the lowest. */
typedef struct letters_bits {
    uint64_t words;          /* letters and digits, all beyond ASCII left out */
    uint64_t uppers, digits; /* parts of words                                */
} letters_bits;

typedef struct letters {
    uint64_t *words, *uppers, *shapes; /* shapes: uppers and digits. LETTERS_BLOCK bytes of the text
                                          in each number; those behind the text are 0, one number
                                          at least */
    char     *lower; /* the text with A to Z in lower case, and LETTERS_SLACK zeros */
} letters;

/* `lower` lives in `arena`, the rest in `scratch`. False when memory runs out. */
bool letters_read(letters *, gly_arena *arena, gly_arena *scratch, gly_str text);
/* The same, without the machine's vectors: the tests hold both together. */
bool letters_read_plain(letters *, gly_arena *arena, gly_arena *scratch, gly_str text);

/* LETTERS_MOST bits of a row, or some more, from `at` on. */
static inline uint64_t letters__from(const uint64_t *row, uint32_t at)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    uint64_t bits;

    memcpy(&bits, (const char *)row + at / 8, sizeof bits);
    return bits >> at % 8;
#else
    uint32_t shift = at % LETTERS_BLOCK;

    return row[at / LETTERS_BLOCK] >> shift | row[at / LETTERS_BLOCK + 1] << 1 << (63 - shift);
#endif
}

/* The first place from `at` on that holds no letter or digit. */
static inline uint32_t letters_end(const letters *l, uint32_t at)
{
    uint64_t others;

    while (!(others = ~letters__from(l->words, at) << 8 >> 8))
        at += LETTERS_MOST;
    return at + (uint32_t)__builtin_ctzll(others);
}

/* Bits of a row; `at` has 1 to LETTERS_MOST bytes. */
static inline uint64_t letters__within(const uint64_t *row, gly_range at)
{
    return letters__from(row, at.begin) << (64 - (at.end - at.begin)) >> (64 - (at.end - at.begin));
}

/* Whether the byte at `at` is of upper case. */
static inline bool letters_is_upper(const letters *l, uint32_t at)
{
    return letters__from(l->uppers, at) & 1;
}

/* Whether no byte but the first is of upper case or a digit, and that no digit; `at` has 1
 * to LETTERS_MOST bytes, `upper` is letters_is_upper() of the first. */
static inline bool letters_are_plain(const letters *l, gly_range at, bool upper)
{
    return letters__within(l->shapes, at) == upper;
}

/* The bits of `at`, which has 1 to LETTERS_MOST bytes. */
static inline letters_bits letters_of(const letters *l, gly_range at)
{
    uint64_t uppers = letters__within(l->uppers, at);

    return (letters_bits){ letters__within(l->words, at), uppers, letters__within(l->shapes, at) & ~uppers };
}

/* word_hash() of a word of ASCII in lower case, behind which LETTERS_SLACK bytes may be
 * read. */
static inline uint64_t letters_hash(const char *word, uint32_t length)
{
    uint64_t hash = word_hash_begin(length), chunk;

    for (; length > 8; word += 8, length -= 8)
        hash = word_hash_step(hash, word__chunk(word, 8));
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    memcpy(&chunk, word, 8);
    chunk &= UINT64_MAX >> 8 * (8 - length);
#else
    chunk = word__chunk(word, length);
#endif
    return word_hash_step(hash, chunk);
}

#endif
