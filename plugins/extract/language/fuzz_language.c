/* Feeds any bytes through the charset, token and language stages. */
#include "../../../tests/harness/harness.h"

extern const gly_plugin gly_plugin_v0;
int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static harness *h;

    if (!h) {
        h = harness_new();
        harness_stage(h, "clean.charset", NULL);
        harness_stage(h, "extract.tokens", NULL);
        harness_stage_linked(h, &gly_plugin_v0, NULL);
    }
    harness_run(h, "a.txt", (const char *)bytes, length);
    return 0;
}
