/* Any bytes, as text: keywords are slices of the text, scores lie in (0, 1]. */
#include <stdlib.h>

#include "../../../tests/harness/harness.h"

extern const gly_plugin gly_plugin_v0;
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static harness *pipeline(void)
{
    static const char *const before[] = {
        "clean.charset", "clean.text", "extract.tokens", "extract.language", "extract.sentences"
    };
    harness *h = harness_new();

    for (size_t i = 0; i < sizeof before / sizeof *before; i++)
        harness_stage(h, before[i], NULL);
    harness_stage_linked(h, &gly_plugin_v0, NULL);
    return h;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static harness *h; /* one for all inputs: stages are opened once */
    const gly_layer *layer;
    const gly_doc *doc;

    if (!h)
        h = pipeline();
    doc = harness_run(h, "a.txt", (const char *)bytes, length);
    layer = gly_layer_of(doc, "keyword/1");
    for (uint32_t i = 0; i < GLY_COUNT(layer); i++) {
        const gly_keyword *k = &GLY_RECORDS(layer, gly_keyword)[i];

        if (k->at.begin >= k->at.end || k->at.end > doc->text.len || k->text.len == 0 ||
            !(k->score > 0 && k->score <= 1) || ((unsigned char)k->text.ptr[0] & 0xC0) == 0x80)
            abort();
    }
    return 0;
}
