/* lint - all syntax faults of a config at once, each with a way out.
 *
 * libconfig stops at the first fault and says no column. So the text is read
 * here first, by the same grammar but with repair: behind a fault the reading
 * goes on as if it had been mended, and the mended text is what libconfig gets,
 * so that faults of meaning are found in the same go. Line numbers stay. */
#ifndef GALLEY_CONFIG_LINT_H
#define GALLEY_CONFIG_LINT_H

#include "config/source.h"

/* The text for libconfig, to be freed; NULL when the faults were too many to
 * guess what was meant. What libconfig 1.5 does badly is mended without a word:
 * integers past 32 bits get their L, commas before a closing bracket go. */
char *lint(const source *, report *);

#endif
