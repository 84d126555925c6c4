/* choose - takes the best units that fit and do not repeat each other. */
#ifndef GALLEY_SUMMARISE_CHOOSE_H
#define GALLEY_SUMMARISE_CHOOSE_H

#include "summarise/sentences/unit.h"

typedef struct limits {
    uint32_t sentences, words, letters; /* UINT32_MAX: any number */
} limits;

/* Sets ranks[i], for each unit, to the order in which it was chosen, from 0, or to
 * GLY_NO_REF. Best score first; a unit that leans on the one before is chosen once
 * that one is; of equals, the first in the text. GLY_ENOMEM when memory runs out. */
gly_status units_choose(const article *, const units *, limits, uint32_t *ranks);

#endif
