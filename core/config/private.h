/* private - what the pieces of this room share while a config is read. */
#ifndef GALLEY_CONFIG_PRIVATE_H
#define GALLEY_CONFIG_PRIVATE_H

#include <libconfig.h>

#include "config/option.h"
#include "config/plan.h"
#include "config/source.h"
#include "document/arena.h"

enum { MOST_FILES = 8, MOST_STAGES = 256, MOST_VARIABLES = 128 };

typedef struct variable {
    const char *name, *value;
    bool fixed; /* given on the command line: a file does not change it */
} variable;

/* One config file of a chain of extends; the last is what the user named. */
typedef struct config_file {
    char    *path;
    char    *directory;
    source   source;
    config_t parsed;
} config_file;

/* What the files say of one stage: groups of base files first. */
typedef struct stage_groups {
    const char *use, *id;
    const config_setting_t *groups[MOST_FILES];
    const config_file *files[MOST_FILES];
    int count;
} stage_groups;

struct plan_memory {
    arena arena;
    config_file files[MOST_FILES];
    size_t file_count;
    variable variables[MOST_VARIABLES];
    size_t variable_count;
    stage_groups stages[MOST_STAGES];
    size_t stage_count;
    const plan_request *request;
    registry *plugins;
    report *problems;
    plan plan;
};

/* files.c: the chain of extends, base first. False when it cannot be read. */
bool files_read(struct plan_memory *, const char *config);
place setting_place(const config_file *, const config_setting_t *);

/* values.c: one setting into one option, with ${NAME} put in. */
void value_set(struct plan_memory *, const config_file *, const config_setting_t *,
               const gly_option *, void *options);
/* ${NAME} put in; a name that nobody set is reported. */
gly_str value_expand(struct plan_memory *, place, const char *text);
void value_set_text(struct plan_memory *, place, const gly_option *, void *options, const char *text);

/* pipeline.c: groups into stages and the group "run". */
void pipeline_build(struct plan_memory *);

/* flow.c: what stages read must have been written. */
void flow_check(struct plan_memory *);

#endif
