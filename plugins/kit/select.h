/* select - one of two values by arithmetic.
 *
 * For questions that are answered as if by chance, item after item: is this word new,
 * is that token a mark. Compilers make branches of `a ? b : c` where they like, and a
 * mispredicted one costs as much as some forty instructions. */
#ifndef GALLEY_KIT_SELECT_H
#define GALLEY_KIT_SELECT_H

#include <stdbool.h>
#include <stdint.h>

static inline uint32_t select_u32(bool which, uint32_t yes, uint32_t no)
{
    return no ^ ((yes ^ no) & (0u - (uint32_t)which));
}

#endif
