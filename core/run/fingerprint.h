/* fingerprint - all that decides what a pipeline makes of an input, as one hash.
 *
 * Of the stages with all their options, of their versions, of the files that they
 * name, and of the limits that decide about a document. How many workers there are
 * and where the output folder lies changes nothing. Never 0. */
#ifndef GALLEY_RUN_FINGERPRINT_H
#define GALLEY_RUN_FINGERPRINT_H

#include "config/plan.h"

uint64_t fingerprint(const plan *);

#endif
