/* align - does a long form spell out a short one?
 *
 * After Schwartz and Hearst, "A simple algorithm for identifying abbreviation
 * definitions in biomedical text" (PSB 2003), with one pass before theirs in
 * which every letter must begin a word. Pure; case is folded in ASCII only. */
#ifndef GALLEY_ACRONYMS_ALIGN_H
#define GALLEY_ACRONYMS_ALIGN_H

#include <galley/types.h>

/* The start of the shortest tail of text[begin, end) that spells `shorter`, or
 * UINT32_MAX. The first letter always begins a word. */
uint32_t align_tail(gly_str text, uint32_t begin, uint32_t end, gly_str shorter);

bool align_is_letter(unsigned char c);  /* ASCII letter or digit, or part of UTF-8 */

#endif
