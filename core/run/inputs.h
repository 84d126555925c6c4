/* inputs - what the source of a plan reads. */
#ifndef GALLEY_RUN_INPUTS_H
#define GALLEY_RUN_INPUTS_H

#include "config/plan.h"

/* The paths that INPUT on the command line stands for; NULL: the source has none. */
const gly_strs *inputs_of(const plan *);
/* Whether it reads standard input, which can be read but once. */
bool inputs_are_standard(const plan *);
/* Which files and folders the paths name, whatever is in them: another folder, or
 * another disk, gives another number. 0: there are no paths. */
uint64_t inputs_identity(const plan *);
/* Whether there is nothing to be read: no path can be, or (unless bare) the source
 * finds no input to take. A sentence about the first path, to be freed; NULL: there is
 * something, or the source has no paths. */
char *inputs_missing(const plan *, bool bare);

#endif
