/* Any text: short and long forms stay inside of it and are not empty. The first byte
 * picks the options. */
#include <stdlib.h>

#include "../../../tests/harness/harness.h"

extern const gly_plugin gly_plugin_v0;

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void check(const gly_doc *doc, const gly_acronym *a)
{
    if (a->at.begin >= a->at.end || a->at.end > doc->text.len || a->short_form.len == 0)
        abort();
    if (a->long_at.begin > a->long_at.end || a->long_at.end > doc->text.len
        || a->long_form.len != a->long_at.end - a->long_at.begin)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static harness *h[2]; /* stages are opened once */
    const char *options[] = { "every=false", "every=true;undefined=true;max_length=30" };
    int which = length && bytes[0] & 1;
    const gly_layer *layer;
    const gly_doc *doc;

    if (!h[which]) {
        h[which] = harness_new();
        harness_stage(h[which], "clean.charset", NULL);
        harness_stage(h[which], "extract.tokens", NULL);
        harness_stage(h[which], "extract.language", NULL);
        harness_stage_linked(h[which], &gly_plugin_v0, options[which]);
    }
    doc = harness_run(h[which], "a.txt", (const char *)bytes, length);
    layer = gly_layer_of(doc, "acronym/1");
    for (uint32_t i = 0; i < GLY_COUNT(layer); i++)
        check(doc, &GLY_RECORDS(layer, gly_acronym)[i]);
    return 0;
}
