/* compose - Unicode normalization form C (UAX #15), where it is needed only. */
#ifndef GALLEY_CLEAN_CHARSET_COMPOSE_H
#define GALLEY_CLEAN_CHARSET_COMPOSE_H

#include "kit/rewrite.h"

/* Returns how many runs were changed; when none was, nothing is in `out`. Scratch
 * memory comes from `scratch`. */
uint32_t compose(gly_str text, gly_arena *scratch, rewrite *out);

#endif
