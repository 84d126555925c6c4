/* Any bytes as a page, through clean.html: what is said of it is sane. */
#include <stdlib.h>

#include "../../../tests/harness/harness.h"
#include "base/utf8.h"
#include "candidate.h"

extern const gly_plugin gly_plugin_v0;
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_parts(gly_str text)
{
    static char memory[1 << 20];
    static candidates c;
    gly_arena arena = { memory, memory + sizeof memory, NULL };
    static months m;
    date found[MOST_DATES];

    months_prepare(&m);
    c = (candidates){ .arena = &arena, .origin = "fuzz", .months = &m };
    if (text.len > 4096)
        return;
    jsonld_read(&c, text);
    byline_read(&c, 1000, true, text);
    byline_read(&c, 600, false, text);
    meta_read(&c, GLY_LIT("keywords"), text);
    date_of_url(text, &found[0]);
    for (uint32_t i = dates_find(&m, text, DATE_MONTH_FIRST, found); i-- > 0;)
        if (strlen(found[i].iso) < 10 || found[i].at.end > text.len || found[i].at.begin >= found[i].at.end)
            abort();
    title_without_site(text, GLY_LIT("The Courier"), GLY_LIT("courier.example"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static harness *h;
    const gly_doc *d;

    if (size > UINT32_MAX || utf8_valid_prefix((const char *)data, size) != size)
        return 0;
    read_parts((gly_str){ (const char *)data, (uint32_t)size });
    if (!h) {
        h = harness_new();
        harness_stage(h, "clean.html", NULL);
        harness_stage_linked(h, &gly_plugin_v0, NULL);
    }
    d = harness_run(h, "a.html", (const char *)data, size);
    if (harness_status(h) != GLY_OK)
        abort();
    for (uint16_t i = 0; i < d->nmeta; i++)
        if (d->meta[i].type == GLY_T_STR && d->meta[i].as.s.len == 0)
            abort();
    return 0;
}
