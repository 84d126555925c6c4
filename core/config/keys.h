/* keys - the options that are not a stage's own: those of every stage, and those of
 * the group "run"; and what a plan keeps in memory. */
#ifndef GALLEY_CONFIG_KEYS_H
#define GALLEY_CONFIG_KEYS_H

#include "config/draft.h"
#include "config/plan.h"
#include "document/arena.h"

typedef struct common {
    gly_str when;
    bool    enabled;
    int64_t timeout;
    int32_t on_error;
} common;

extern const gly_plugin keys_of_stage; /* fill a struct common   */
extern const gly_plugin keys_of_run;   /* fill a struct plan_run */

struct plan_memory {
    arena arena;
    draft draft;
};

#endif
