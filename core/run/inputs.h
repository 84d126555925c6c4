/* inputs - what the source of a plan reads. */
#ifndef GALLEY_RUN_INPUTS_H
#define GALLEY_RUN_INPUTS_H

#include "config/plan.h"

/* The paths that INPUT on the command line stands for; NULL: the source has none. */
const gly_strs *inputs_of(const plan *);
/* Whether it reads standard input, which can be read but once. */
bool inputs_are_standard(const plan *);

#endif
