/* Any bytes, as plain text and as markup: no crash, and what comes out is valid. */
#include <stdlib.h>

#include "../../../tests/harness/harness.h"
#include "base/utf8.h"

extern const gly_plugin gly_plugin_v0;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static harness *h;
    const gly_doc *d;
    const char *uri = size > 0 && data[0] == '<' ? "a.html" : "a.txt";

    if (!h) {
        h = harness_new();
        harness_stage_linked(h, &gly_plugin_v0, "direction=true");
    }
    d = harness_run(h, uri, (const char *)data, size);
    if (harness_status(h) == GLY_OK &&
        utf8_valid_prefix(d->text.ptr, d->text.len) != d->text.len)
        abort();
    if (harness_status(h) == GLY_ESTATE)
        abort();
    return 0;
}
