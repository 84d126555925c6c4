/* option - values of an option table, from text and back.
 *
 * The same table fills a stage's options from its defaults, a config group, the
 * command line (--set) and a test. */
#ifndef GALLEY_CONFIG_OPTION_H
#define GALLEY_CONFIG_OPTION_H

#include <galley/plugin.h>

/* Strings and lists are allocated by `arena` (never freed singly). */
typedef struct option_target {
    const gly_option *option;
    void *options;          /* the plugin's struct */
    gly_arena *arena;
    const char *directory;  /* PATH and PATHS are relative to it; NULL: as they are */
} option_target;

/* Each stores the value and returns NULL, or says what is wrong in a phrase that
 * follows "'name' is VALUE; ": "it must lie between 1 and 100 letters". The
 * phrase lives in a static thread-local buffer until the next call. */
const char *option_set_text(const option_target *, gly_str text); /* parses by type */
const char *option_set_bool(const option_target *, bool);
const char *option_set_int(const option_target *, int64_t);
const char *option_set_real(const option_target *, double);
const char *option_set_list(const option_target *, const gly_str *items, uint32_t count);

/* Every option of the table gets its fallback. NULL, or the name of the first
 * option whose fallback its own table refuses: a bug of the plugin. */
const char *option_set_fallbacks(const gly_plugin *, void *options, gly_arena *);

/* The entry by name or former name, NULL when there is none. */
const gly_option *option_find(const gly_plugin *, const char *name);
/* Entry i, walked with the plugin's stride; NULL past the end. */
const gly_option *option_at(const gly_plugin *, uint32_t i);
const char *option_type_name(gly_type);
/* Writes the value as a config would have it: quoted text, "4 KiB", lists. */
size_t option_format(const gly_option *, const void *options, char *out, size_t size);

#endif
