/* Any bytes: a page is found or it is said that there is none. */
#include <stdlib.h>

#include "../../../tests/harness/harness.h"

extern const gly_plugin gly_plugin_v0;
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static harness *h;

    if (!h) {
        h = harness_new();
        harness_stage_linked(h, &gly_plugin_v0, NULL);
    }
    harness_run(h, "a.mhtml", (const char *)data, size);
    if (harness_status(h) != GLY_OK && harness_status(h) != GLY_EINPUT)
        abort();
    return 0;
}
