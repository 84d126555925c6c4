/* glob - file name patterns: *, ? and [a-z], without recursion.
 *
 * fnmatch() of the C library depends on the locale and is exponential on hostile
 * patterns; this is neither. Bytes are compared, not characters. */
#ifndef GALLEY_KIT_GLOB_H
#define GALLEY_KIT_GLOB_H

#include <galley/types.h>

/* Time is at most pattern length times name length. */
bool glob_matches(gly_str pattern, const char *name);
bool glob_matches_any(gly_strs patterns, const char *name);

#endif
