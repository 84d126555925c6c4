/* draft - a pipeline as its configs say it, before any stage is asked.
 *
 * Configs are layered: `extends` names the one below, whose stages are met by
 * id and overridden key by key; --set comes last. A new stage goes before the
 * first sink, a new sink to the end. Values still are what the files say, each
 * with its place. */
#ifndef GALLEY_CONFIG_DRAFT_H
#define GALLEY_CONFIG_DRAFT_H

#include <libconfig.h>

#include "config/plan.h"
#include "config/source.h"

enum { MOST_LAYERS = 8, MOST_VARS = 64, MOST_STAGES = 256 };

typedef struct setting {
    const char *name;
    const config_setting_t *value; /* NULL: text, from the command line */
    const char *text;
    place at;
} setting;

typedef struct draft_stage {
    char *use, *id;
    setting *settings; /* all but use and id */
    size_t count;
    place at;
} draft_stage;

typedef struct draft_layer {
    config_t config;
    source   source;
    char    *file;
} draft_layer;

typedef struct draft {
    draft_layer layers[MOST_LAYERS];
    size_t layer_count;
    draft_stage stages[MOST_STAGES];
    size_t count;
    draft_stage run;   /* the group "run" */
    draft_stage vars;  /* the group "vars" */
    char **kept;       /* texts that settings point to */
    size_t kept_count;
    bool out_used;     /* something names ${out} */
    registry *plugins;
    report *problems;
} draft;

void draft_read(draft *, const plan_request *, registry *, report *);
void draft_free(draft *);
/* Text with ${NAME} replaced, to be freed; a name that is not set is reported. */
char *draft_expand(draft *, const char *text, place at);
const setting *draft_find(const draft_stage *, const char *name);
/* The file of a config: a path, or the name of a shipped one. To be freed; NULL
 * when there is none. */
char *draft_locate(const char *config);
/* The folder of shipped configs number i, to be freed; NULL past the last. */
char *draft_shipped_folder(size_t i);

#endif
