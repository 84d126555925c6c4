/* plugin - finds shared objects, checks them, and opens stages from them.
 *
 * A registry holds every plugin that the search path offers, by name; a plugin
 * that is broken is in it too, with the sentence that says why, so that
 * `galley list` reports it and the rest goes on. Nothing is ever unloaded. */
#ifndef GALLEY_PLUGIN_PLUGIN_H
#define GALLEY_PLUGIN_PLUGIN_H

#include <galley/plugin.h>
#include "base/report.h"

typedef struct plugin {
    char *name;                /* "extract.quotes", from the file's name         */
    char *path;
    const gly_plugin *face;    /* NULL: not loaded yet, or refused               */
    char *refused;             /* why not; NULL when it is good or not yet tried */
    bool  tried;
} plugin;

typedef struct registry {
    plugin *plugins;           /* sorted by name */
    size_t  count, capacity;
} registry;

/* Lists the .so files of the search path, first directory wins: `extra`
 * (--plugin-dir, count of them), GALLEY_PLUGIN_PATH, plugins/ beside the binary,
 * $XDG_DATA_HOME/galley/plugins, PREFIX/lib/galley/plugins. Nothing is loaded.
 * World-writable directories earn a warning, and are refused as root. */
void registry_scan(registry *, const char *const *extra, size_t count, report *);
void registry_free(registry *);

/* Loads the plugin on first use. NULL when no file has that name; otherwise
 * ->face is set, or ->refused says why not. A plugin that crashes while it is
 * looked at is looked at in a child process first and refused. */
plugin *registry_find(registry *, const char *name);
/* Loads all of them. */
void registry_load_all(registry *);
/* The name nearest to what was typed, or NULL. */
const char *registry_suggest(const registry *, const char *typed);

/* A stage instance: what gly_stage points to. */
struct gly_stage {
    const gly_plugin *face;
    const char *id;            /* its name in the config                   */
    uint16_t    index;         /* its place in the pipeline                */
    void       *shared, *self; /* what open() and start() gave             */
    struct gly_host *host;
    struct stage_context *context;
    char        reason[512];   /* of the last fail() without a document    */
};

/* What all stages of a pipeline share. The runner fills the callbacks. */
typedef struct stage_context {
    gly_host        host;
    gly_stage      *stages;
    gly_stage_info *infos;
    uint16_t        count;
    bool (*stop)(struct stage_context *);
    void (*log)(struct stage_context *, const gly_stage *, gly_level, const char *msg);
    void (*count_metric)(struct stage_context *, const gly_stage *, const char *metric, int64_t delta);
    struct counters *counters; /* the runner's, for count_metric() */
    void *owner;
} stage_context;

/* Prepares host and stages; callbacks may be set afterwards. Faces and ids are
 * borrowed. options[i] is the filled options struct of stage i. */
stage_context *stages_new(uint16_t count);
void stages_set(stage_context *, uint16_t index, const gly_plugin *, const char *id);
void stages_free(stage_context *);

/* Opens one stage; a stage that starts a thread, sets the locale or prints to
 * standard output meanwhile is refused. On failure the reason is in
 * stage->reason. */
gly_status stage_open(gly_stage *, const void *options);
gly_status stage_start(gly_stage *);
void stage_finish(gly_stage *);
void stage_close(gly_stage *);

/* A member of the plugin's ops if its struct is long enough to have one. */
#define STAGE_OP(stage, member) \
    ((stage)->face->ops->size >= offsetof(gly_stage_ops, member) + sizeof((stage)->face->ops->member) \
     ? (stage)->face->ops->member : NULL)

#endif
