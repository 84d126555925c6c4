/* A file of site rules, a NUL, a page, any bytes both: what the rules replace leaves
 * valid text that maps back into the page, no more than it may grow to, in the end. */
#include <stdlib.h>
#include <string.h>

#include "../../../tests/harness/harness.h"
#include "base/utf8.h"
#include "replacements.h"

enum { ROOM = 1 << 20 }; /* that a page may grow by beyond its size: no line of a rule is longer */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct state {
    const gly_host *host;
    gly_stage      *stage;
} state;

static site_rule rule; /* of the input in hand; a fuzz target has one thread */

static gly_status open_stage(const gly_host *host, gly_stage *stage, const void *options, void **shared)
{
    state *st = malloc(sizeof *st);

    (void)options;
    if (!st)
        return GLY_ENOMEM;
    *st = (state){ host, stage };
    *shared = st;
    return GLY_OK;
}

static gly_status process(void *self, gly_doc *doc)
{
    const state *st = self;
    uint16_t parent = doc->current;
    uint32_t length = doc->text.len;
    gly_status status = replacements_apply(&rule, st->host, st->stage, doc);

    if (status == GLY_OK && doc->text.len > 2 * length + 2 * ROOM)
        abort();
    for (uint32_t i = 0; status == GLY_OK && i < doc->text.len; i += 1 + doc->text.len / 64)
        if (st->host->map(doc, doc->current, (gly_range){ i, i + 1 }, parent).end > length)
            abort();
    return status;
}

static void close_stage(void *shared)
{
    free(shared);
}

static const gly_stage_ops ops = {
    .size = sizeof(gly_stage_ops), .open = open_stage, .process = process, .close = close_stage
};
static const gly_plugin replacer = {
    .size = sizeof(gly_plugin), .name = "clean.replacer", .version = "1.0.0", .kind = GLY_TRANSFORM,
    .summary = "What the rule in hand replaces", .ops = &ops
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static harness *h;
    const char *text = (const char *)data;
    const char *markup = size ? memchr(text, '\0', size) : NULL;
    size_t length = markup ? (size_t)(text + size - ++markup) : 0;
    const gly_doc *d;

    if (!markup || utf8_valid_prefix(markup, length) != length)
        return 0; /* clean.charset sees to that */
    if (!h) {
        h = harness_new();
        harness_stage_linked(h, &replacer, NULL);
    }
    site_rule_parse(&rule, (gly_str){ text, (uint32_t)(markup - 1 - text) }, NULL);
    d = harness_run(h, "a.html", markup, length);
    if (harness_status(h) != GLY_OK || utf8_valid_prefix(d->text.ptr, d->text.len) != d->text.len)
        abort();
    site_rule_clear(&rule);
    return 0;
}
