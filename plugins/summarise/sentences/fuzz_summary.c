/* Any bytes, as text: the sentences of a summary are sentences of the text, in its
 * order, and no limit is exceeded. */
#include <stdlib.h>

#include "../../../tests/harness/harness.h"

extern const gly_plugin gly_plugin_v0;
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

enum { MOST_SENTENCES = 4 };

static harness *pipeline(void)
{
    static const char *const before[] = {
        "clean.charset", "clean.text", "extract.tokens", "extract.language", "extract.sentences",
        "extract.quotes", "extract.mentions"
    };
    harness *h = harness_new();

    for (size_t i = 0; i < sizeof before / sizeof *before; i++)
        harness_stage(h, before[i], NULL);
    harness_stage_linked(h, &gly_plugin_v0, "sentences=4;max_words=60");
    return h;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static harness *h; /* one for all inputs: stages are opened once */
    const gly_layer *layer, *sentences;
    const gly_doc *doc;

    if (!h)
        h = pipeline();
    doc = harness_run(h, "a.txt", (const char *)bytes, length);
    layer = gly_layer_of(doc, "summary/1");
    sentences = gly_layer_of(doc, "sentence/1");
    if (GLY_COUNT(layer) > MOST_SENTENCES)
        abort();
    for (uint32_t i = 0; i < GLY_COUNT(layer); i++) {
        const gly_summary *s = &GLY_RECORDS(layer, gly_summary)[i];
        gly_range of;

        if (s->sentence >= GLY_COUNT(sentences))
            abort();
        of = GLY_RECORDS(sentences, gly_sentence)[s->sentence].at;
        if (s->at.begin < of.begin || s->at.end != of.end || s->at.begin >= s->at.end)
            abort();
    }
    return 0;
}
