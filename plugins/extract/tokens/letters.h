/* letters - where the ASCII letters and digits of a text stand, one bit a byte. */
#ifndef GALLEY_EXTRACT_LETTERS_H
#define GALLEY_EXTRACT_LETTERS_H

#include <galley/doc.h>

/* Bit at % 64 of word at / 64; the bits behind the text are 0, and there is at
 * least one. NULL when memory runs out. */
uint64_t *letters_mark(gly_arena *, gly_str text);
/* The same, without the machine's vectors: the tests hold both together. */
uint64_t *letters_mark_plain(gly_arena *, gly_str text);

/* The first place from `at` on that holds no letter or digit. */
static inline uint32_t letters_end(const uint64_t *marks, uint32_t at)
{
    uint32_t word = at / 64;
    uint64_t others = ~marks[word] >> at % 64;

    if (others)
        return at + (uint32_t)__builtin_ctzll(others);
    do
        word++;
    while (marks[word] == UINT64_MAX);
    return word * 64 + (uint32_t)__builtin_ctzll(~marks[word]);
}

#endif
