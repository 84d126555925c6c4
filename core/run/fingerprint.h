/* fingerprint - all that decides what a pipeline makes of an input, as hashes.
 *
 * Of the stages with all their options, of their versions, of the files that they
 * name, and of the limits that decide about a document. How many workers there are
 * and where the output folder lies changes nothing. */
#ifndef GALLEY_RUN_FINGERPRINT_H
#define GALLEY_RUN_FINGERPRINT_H

#include "config/plan.h"

typedef struct stage_print { /* of one stage */
    uint64_t use;            /* of its name                                   */
    uint64_t all;            /* of all that it is; of the first, the limits too.
                                The lowest bit: it is a sink                  */
} stage_print;

/* One for each stage, to be freed. */
stage_print *fingerprint_stages(const plan *);
/* Of all of them together; never 0. */
uint64_t fingerprint(const plan *);

#endif
