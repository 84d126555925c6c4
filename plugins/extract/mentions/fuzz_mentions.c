/* Any bytes: mentions stay inside the text and hold something. */
#include <stdlib.h>

#include "../../../tests/harness/harness.h"

extern const gly_plugin gly_plugin_v0;
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void check_mention(const gly_doc *doc, const gly_mention *m)
{
    if (m->at.begin >= m->at.end || m->at.end > doc->text.len || m->value.len == 0)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static harness *h; /* stages are opened once */
    const gly_layer *layer;
    const gly_doc *doc;

    if (!h) {
        h = harness_new();
        harness_stage_linked(h, &gly_plugin_v0, NULL);
    }
    doc = harness_run(h, "a.txt", (const char *)bytes, length);
    layer = gly_layer_of(doc, "mention/1");
    for (uint32_t i = 0; i < GLY_COUNT(layer); i++)
        check_mention(doc, &GLY_RECORDS(layer, gly_mention)[i]);
    return 0;
}
