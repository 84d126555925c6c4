/* describe - stages and layers in words, from their tables: for people, as JSON, as
 * Markdown. */
#ifndef GALLEY_COMMAND_DESCRIBE_H
#define GALLEY_COMMAND_DESCRIBE_H

#include "plugin/plugin.h"

typedef enum format { FORMAT_TEXT, FORMAT_JSON, FORMAT_MARKDOWN } format;

extern const char *const describe_kinds[]; /* by gly_kind: "source" ... */

/* On standard output. The plugin must be loaded. `all`: options for experts too
 * (JSON always has them). */
void describe_stage(const plugin *, format, bool all);
void describe_layer(const gly_layer_type *, format);

#endif
