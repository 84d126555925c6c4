/* plan - a config file, read, checked and ready to run.
 *
 * plan_read() is the only way from a file to a pipeline: it expands includes and
 * variables, lints, parses, checks every option of every stage against its
 * table, compiles conditions and checks the data flow. It reports every fault at
 * once and touches no input. */
#ifndef GALLEY_CONFIG_PLAN_H
#define GALLEY_CONFIG_PLAN_H

#include "base/report.h"
#include "config/when.h"
#include "plugin/plugin.h"

typedef enum on_error { ON_ERROR_QUARANTINE, ON_ERROR_FAIL, ON_ERROR_SKIP, ON_ERROR_KEEP } on_error;

/* What happens to the record of an input that is gone since the last run. */
typedef enum plan_vanished { VANISHED_REMOVE, VANISHED_KEEP } plan_vanished;

typedef struct plan_stage {
    char *use, *id;
    const gly_plugin *face;
    void *options;        /* face->config_size bytes, filled                */
    condition *when;      /* NULL: always                                   */
    int64_t timeout;      /* ns for one call; 0: the run's                  */
    on_error on_error;
    place at;             /* where the config says it                       */
} plan_stage;

typedef struct plan_run { /* the group "run" of a config */
    int64_t  workers;     /* 0: one for each core                           */
    int64_t  timeout;     /* ns for a document                              */
    uint64_t memory;      /* bytes for a worker                             */
    uint64_t max_bytes;   /* larger inputs are refused                      */
    int64_t  window;      /* documents in flight                            */
    int64_t  recycle;     /* documents after which a worker is replaced; 0: never */
    on_error on_error;
    int64_t  max_children; /* documents that one may be split into; 0: any  */
    int64_t  commit;       /* ns of work that a crash can lose at most       */
    uint64_t quarantine;   /* bytes of failed documents that are kept at most */
    int64_t  max_ratio;    /* their bytes against the parent's; 0: any      */
    int32_t  vanished;     /* a plan_vanished                               */
} plan_run;

typedef struct plan {
    char *file;           /* the config as found                            */
    char *out;            /* value of ${out}, absolute; NULL: none          */
    plan_stage *stages;
    uint16_t count;
    plan_run run;
    struct plan_memory *memory; /* owns all of the above                    */
} plan;

typedef struct plan_request {
    const char *config;            /* path, or name of a shipped config      */
    const char *const *sets;       /* "quotes.min_words=6", in order         */
    size_t set_count;
    const char *out;               /* -o OUT, or NULL                        */
    const char *const *inputs;     /* INPUT...; "-" is standard input        */
    size_t input_count;
    bool inputs_later;             /* only checked now: INPUT may still come  */
} plan_request;

/* Whether it runs apart from stages that parse: GLY_STAGE_NETWORK. */
static inline bool stage_needs_network(const plan_stage *s)
{
    return s->face->ops->flags & GLY_STAGE_NETWORK;
}

bool plan_needs_network(const plan *);
/* NULL when the report has errors. Warnings alone still give a plan. */
plan *plan_read(const plan_request *, registry *, report *);
void plan_free(plan *);
/* The whole config after extends, variables and defaults, as libconfig text
 * that plan_read() would read to the same plan, wherever it lies; secrets
 * masked. */
void plan_print_resolved(const plan *, FILE *);
/* The line of it that says stage i. */
void plan_print_stage(const plan *, uint16_t i, FILE *);

#endif
