/* Any bytes: the text is valid, its blocks and what was removed lie in order. */
#include <stdlib.h>

#include "../../../tests/harness/harness.h"
#include "base/utf8.h"

extern const gly_plugin gly_plugin_v0;
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static harness *h;
    const gly_doc *d;
    const gly_layer *blocks;

    if (utf8_valid_prefix((const char *)data, size) != size)
        return 0; /* clean.charset sees to that */
    if (!h) {
        h = harness_new();
        harness_stage_linked(h, &gly_plugin_v0, "links=true;images=true;comments=true;title=true");
    }
    d = harness_run(h, "a.html", (const char *)data, size);
    if (harness_status(h) != GLY_OK || utf8_valid_prefix(d->text.ptr, d->text.len) != d->text.len)
        abort();
    blocks = gly_layer_of(d, "block/1");
    for (uint32_t i = 0; i < GLY_COUNT(blocks); i++) {
        const gly_block *b = &GLY_RECORDS(blocks, gly_block)[i];

        if (b->at.begin >= b->at.end || b->at.end > d->text.len)
            abort();
    }
    return 0;
}
