/* harness - a pipeline in one process, for unit tests and fuzz targets.
 *
 *   harness *h = harness_new();
 *   harness_stage(h, "clean.charset", NULL);
 *   harness_stage(h, "extract.quotes", "min_words=4;styles=all");
 *   const gly_doc *d = harness_run(h, "a.txt", bytes, length);
 *   ... look at gly_layer_of(d, "quote/1") ...
 *   harness_free(h);
 *
 * Plugins are loaded from GALLEY_PLUGIN_DIR, or build/plugins. A wrong stage or
 * option ends the test with a message. */
#ifndef GALLEY_TESTS_HARNESS_H
#define GALLEY_TESTS_HARNESS_H

#include <galley/plugin.h>

typedef struct harness harness;

harness *harness_new(void);
/* By name from the plugin directory; options "name=value;name=value" or NULL. */
void harness_stage(harness *, const char *use, const char *options);
/* A stage linked into this program: its gly_plugin_v0. */
void harness_stage_linked(harness *, const gly_plugin *, const char *options);
/* Carries one document through; valid until the next run. The bytes are copied
 * into a block of exactly that length, so that a sanitizer sees every read past
 * its end. harness_status() says how it ended. */
const gly_doc *harness_run(harness *, const char *uri, const char *bytes, size_t length);
/* The next document of the first stage, a source, carried through; NULL at the
 * end. An input that the source refuses has GLY_EINPUT and its reason, one that
 * it ignores GLY_DROP. */
const gly_doc *harness_next(harness *);
gly_status harness_status(const harness *);
const char *harness_reason(const harness *);
/* The last stage must be a sink: what its render() gave. */
gly_str harness_render(harness *);
/* Prints views, layers and meta to standard error, for finding out. */
void harness_print(const harness *);
void harness_free(harness *);

#endif
