/* Any bytes: blocks and removed lines stay inside their texts, the new text is
 * valid UTF-8, and each of its blocks holds something. */
#include <stdlib.h>

#include "../../../tests/harness/harness.h"
#include "base/utf8.h"

extern const gly_plugin gly_plugin_v0;
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void check_text(const gly_doc *doc)
{
    const gly_layer *blocks = gly_layer_of(doc, "block/1");
    const gly_layer *removed = gly_layer_of(doc, "removed/1");

    if (utf8_valid_prefix(doc->text.ptr, doc->text.len) != doc->text.len)
        abort();
    for (uint32_t i = 0; i < GLY_COUNT(blocks); i++) {
        gly_range at = GLY_RECORDS(blocks, gly_block)[i].at;

        if (at.begin >= at.end || at.end > doc->text.len)
            abort();
    }
    for (uint32_t i = 0; i < GLY_COUNT(removed); i++) {
        const gly_removed *r = &GLY_RECORDS(removed, gly_removed)[i];

        if (r->at.begin >= r->at.end || r->at.end > doc->views[removed->view].text.len || !r->rule.len)
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static harness *h; /* one for all inputs: stages are opened once */
    const gly_doc *doc;

    if (!h) {
        h = harness_new();
        harness_stage(h, "clean.charset", NULL);
        harness_stage_linked(h, &gly_plugin_v0, NULL);
    }
    doc = harness_run(h, "a.txt", (const char *)bytes, length);
    if (harness_status(h) == GLY_OK)
        check_text(doc);
    return 0;
}
