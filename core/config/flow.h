/* flow - whether the stages of a plan fit together: kinds in the right places,
 * layers written before they are read, outputs apart from each other and from
 * the inputs. */
#ifndef GALLEY_CONFIG_FLOW_H
#define GALLEY_CONFIG_FLOW_H

#include "config/plan.h"

/* Stages whose face is NULL were at fault already and are passed over. */
void flow_check(const plan *, registry *, report *);

#endif
