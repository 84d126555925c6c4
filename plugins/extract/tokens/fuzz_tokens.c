/* Any bytes, as text: extract.tokens keeps its layers inside it. */
#include "../../../tests/harness/harness.h"

extern const gly_plugin gly_plugin_v0;

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    harness *h = harness_new();

    harness_stage(h, "clean.charset", NULL);
    harness_stage_linked(h, &gly_plugin_v0, NULL);
    harness_run(h, "a.txt", (const char *)bytes, length);
    harness_free(h);
    return 0;
}
