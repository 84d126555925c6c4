/* Any bytes: quotations and their speakers stay inside the text and hold something. */
#include <stdlib.h>

#include "../../../tests/harness/harness.h"

extern const gly_plugin gly_plugin_v0;
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void check_str(const gly_doc *doc, gly_str s)
{
    const char *end = doc->text.ptr + doc->text.len;

    if (s.len && (s.ptr < doc->text.ptr || s.ptr > end || s.len > (size_t)(end - s.ptr)))
        abort();
}

static void check_quote(const gly_doc *doc, const gly_quote *q)
{
    if (q->at.begin >= q->at.end || q->at.end > doc->text.len || q->text.len == 0
        || q->confidence > 1000)
        abort();
    if (q->speaker_at.begin > q->speaker_at.end || q->speaker_at.end > doc->text.len)
        abort();
    check_str(doc, q->speaker);
    check_str(doc, q->name);
    check_str(doc, q->role);
    check_str(doc, q->organisation);
    check_str(doc, q->cue);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static harness *h; /* one for all inputs: stages are opened once */
    const gly_layer *layer;
    const gly_doc *doc;

    if (!h) {
        h = harness_new();
        harness_stage(h, "clean.charset", NULL);
        harness_stage(h, "extract.tokens", NULL);
        harness_stage(h, "extract.sentences", NULL);
        harness_stage_linked(h, &gly_plugin_v0, NULL);
    }
    doc = harness_run(h, "a.txt", (const char *)bytes, length);
    layer = gly_layer_of(doc, "quote/1");
    for (uint32_t i = 0; i < GLY_COUNT(layer); i++)
        check_quote(doc, &GLY_RECORDS(layer, gly_quote)[i]);
    return 0;
}
