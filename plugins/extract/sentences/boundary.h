/* boundary - whether a sentence ends at a mark, by what stands around it. */
#ifndef GALLEY_EXTRACT_BOUNDARY_H
#define GALLEY_EXTRACT_BOUNDARY_H

#include <galley/types.h>

/* Where the sentence ends whose closing mark stands at `mark`, with the marks,
 * quotes and brackets after it; NULL: the sentence goes on. [begin, end) is the
 * sentence so far and the rest of its block; `language` is a word_language or
 * -1. When NULL comes back, *next is where to look on. */
const char *boundary_after(const char *begin, const char *mark, const char *end, int language,
                           const char **next);
/* Whether a code point may close a sentence. */
bool boundary_is_mark(uint32_t c);

#endif
