/* letters - what the ASCII bytes of a text are, one bit a byte, and the text in lower
 * case: made in one pass, so that words are measured without a look at their bytes. */
#ifndef GALLEY_EXTRACT_LETTERS_H
#define GALLEY_EXTRACT_LETTERS_H

#include <galley/doc.h>

#include "kit/words.h"

enum { LETTERS_BLOCK = 64, LETTERS_SLACK = 8 };

/* Of 64 bytes of the text, the first in the lowest bit. */
typedef struct letters_block {
    uint64_t words;          /* letters and digits, all beyond ASCII left out */
    uint64_t uppers, digits; /* parts of words                                */
} letters_block;

typedef struct letters {
    const letters_block *blocks; /* bits behind the text are 0; one block behind the last */
    const char *lower; /* the text with A to Z in lower case, and LETTERS_SLACK zeros */
} letters;

/* `lower` lives in `arena`, `blocks` in `scratch`. False when memory runs out. */
bool letters_read(letters *, gly_arena *arena, gly_arena *scratch, gly_str text);
/* The same, without the machine's vectors: the tests hold both together. */
bool letters_read_plain(letters *, gly_arena *arena, gly_arena *scratch, gly_str text);

/* The first place from `at` on that holds no letter or digit. */
static inline uint32_t letters_end(const letters *l, uint32_t at)
{
    uint32_t block = at / LETTERS_BLOCK;
    uint64_t others = ~l->blocks[block].words >> at % LETTERS_BLOCK;

    if (others)
        return at + (uint32_t)__builtin_ctzll(others);
    do
        block++;
    while (l->blocks[block].words == UINT64_MAX);
    return block * LETTERS_BLOCK + (uint32_t)__builtin_ctzll(~l->blocks[block].words);
}

/* 64 bits from `shift` on, of which the first lie in `low` and the rest in `high`. */
static inline uint64_t letters__join(uint64_t low, uint64_t high, uint32_t shift)
{
    return low >> shift | high << 1 << (63 - shift);
}

/* The bits of the 1 to 64 bytes of `at`, in the lowest bits. */
static inline letters_block letters_of(const letters *l, gly_range at)
{
    const letters_block *low = &l->blocks[at.begin / LETTERS_BLOCK], *high = low + 1;
    uint32_t shift = at.begin % LETTERS_BLOCK;
    uint64_t inside = UINT64_MAX >> (LETTERS_BLOCK - (at.end - at.begin));

    return (letters_block){ letters__join(low->words, high->words, shift) & inside,
                            letters__join(low->uppers, high->uppers, shift) & inside,
                            letters__join(low->digits, high->digits, shift) & inside };
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
