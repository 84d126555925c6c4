/* Any text: dates and amounts stay inside of it, in order, and mean something. The
 * first byte picks the options. */
#include <stdlib.h>

#include "../../../tests/harness/harness.h"

extern const gly_plugin gly_plugin_v0;
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void check_range(const gly_doc *doc, gly_range at, uint32_t *done)
{
    if (at.begin < *done || at.begin >= at.end || at.end > doc->text.len)
        abort();
    *done = at.end;
}

static void check(const gly_doc *doc)
{
    const gly_layer *dates = gly_layer_of(doc, "date/1"), *amounts = gly_layer_of(doc, "amount/1");
    uint32_t done = 0;

    for (uint32_t i = 0; i < GLY_COUNT(dates); i++)
        check_range(doc, GLY_RECORDS(dates, gly_date)[i].at, &done);
    done = 0;
    for (uint32_t i = 0; i < GLY_COUNT(amounts); i++) {
        check_range(doc, GLY_RECORDS(amounts, gly_amount)[i].at, &done);
        if (GLY_RECORDS(amounts, gly_amount)[i].unit.len == 0)
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static harness *h[2];
    const char *options[] = { "years=false", "years=true" };
    int which = length && bytes[0] & 1;

    if (!h[which]) {
        h[which] = harness_new();
        harness_stage(h[which], "clean.charset", NULL);
        harness_stage(h[which], "extract.tokens", NULL);
        harness_stage(h[which], "extract.language", NULL);
        harness_stage_linked(h[which], &gly_plugin_v0, options[which]);
    }
    check(harness_run(h[which], "a.txt", (const char *)bytes, length));
    return 0;
}
