/* suggest - the nearest valid name to what a user typed.
 *
 * Damerau-Levenshtein distance with the weights of git's help.c: a swap costs
 * nothing, an inserted letter 1, a substituted one 2, a deleted one 3. */
#ifndef GALLEY_BASE_SUGGEST_H
#define GALLEY_BASE_SUGGEST_H

#include <stddef.h>

/* The nearest of `names` (NULL-terminated, or `count` of them when count > 0),
 * or NULL when none is near enough to be meant. */
const char *suggest_name(const char *typed, const char *const *names, size_t count);

#endif
