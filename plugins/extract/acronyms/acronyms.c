/* extract.acronyms - short forms that the text itself explains.
 *
 * Looks at each pair of brackets once: "long form (SHORT)" and "SHORT (long
 * form)". Writes acronym/1. Fails only when memory runs out or when the run is
 * stopped. Each bracket costs a bounded look to either side. */
#include <stdlib.h>
#include <galley/plugin.h>
#include "align.h"

typedef struct config {
    int64_t max_length;
} config;

typedef struct state {
    const gly_host *host;
    gly_stage      *stage;
    const config   *options;
} state;

static const gly_option options[] = {
    GLY_INT(config, max_length, "12", 2, 30, "bytes", "Longest short form"),
    GLY_OPTIONS_END
};

enum { LONG_FORM_BYTES = 240, BRACKETS_BETWEEN_STOPS = 1024 };

static gly_status open_stage(const gly_host *host, gly_stage *stage, const void *opts, void **shared)
{
    state *st = calloc(1, sizeof *st);

    if (!st)
        return GLY_ENOMEM;
    *st = (state){ .host = host, .stage = stage, .options = opts };
    *shared = st;
    return GLY_OK;
}

static void close_stage(void *shared)
{
    free(shared);
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static gly_range trim(gly_str text, gly_range at)
{
    while (at.begin < at.end && text.ptr[at.begin] == ' ')
        at.begin++;
    while (at.end > at.begin && text.ptr[at.end - 1] == ' ')
        at.end--;
    return at;
}

/* One word with two capitals or more; "ROCUs" becomes "ROCU". */
static bool short_form(const state *st, gly_str text, gly_range *at)
{
    uint32_t capitals = 0;

    *at = trim(text, *at);
    if (at->end - at->begin > 2 && text.ptr[at->end - 1] == 's' && is_upper(text.ptr[at->end - 2]))
        at->end--;
    if (at->end - at->begin < 2 || at->end - at->begin > st->options->max_length)
        return false;
    for (uint32_t i = at->begin; i < at->end; i++) {
        if (text.ptr[i] == ' ' || text.ptr[i] == '(' || text.ptr[i] == '\n')
            return false;
        capitals += is_upper(text.ptr[i]);
    }
    return capitals >= 2 && align_is_letter((unsigned char)text.ptr[at->begin]);
}

static gly_status add(const state *st, gly_doc *doc, gly_layer *layer, gly_range at, gly_range spelt)
{
    gly_acronym *found = gly_push(st->host, doc, layer, at.begin, at.end);

    if (!found)
        return GLY_ENOMEM;
    found->short_form = gly_slice(doc->text, at);
    found->long_form = gly_slice(doc->text, spelt);
    found->long_at = spelt;
    return GLY_OK;
}

/* Where the words before a bracket may begin: the same line, and not more words
 * than Schwartz and Hearst allow for a short form of this length. */
static uint32_t reach(gly_str text, uint32_t from, uint32_t letters)
{
    uint32_t words = letters + 5 < letters * 2 ? letters + 5 : letters * 2;
    uint32_t at = from;

    while (at > 0 && from - at < LONG_FORM_BYTES) {
        char before = text.ptr[at - 1];

        if (before == '\n' || before == '(' || before == ')' || before == ';')
            break;
        if (before == ' ' && at < from && words-- == 0)
            break;
        at--;
    }
    return at;
}

/* A match inside the short form itself, or no longer than it, says nothing. */
static bool worth_it(gly_range at, gly_range spelt)
{
    return spelt.end > spelt.begin && spelt.end - spelt.begin > (at.end - at.begin) + 2;
}

/* "long form (SHORT)", also "(SHORT, see below)". */
static bool long_before(const state *st, gly_str text, gly_range inside, gly_range *at, gly_range *spelt)
{
    uint32_t begin;

    *at = inside;
    for (uint32_t i = inside.begin; i < inside.end; i++)
        if (text.ptr[i] == ',' || text.ptr[i] == ';') {
            at->end = i;
            break;
        }
    if (!short_form(st, text, at))
        return false;
    *spelt = trim(text, (gly_range){ reach(text, inside.begin - 1, at->end - at->begin), inside.begin - 1 });
    begin = align_tail(text, spelt->begin, spelt->end, gly_slice(text, *at));
    if (begin == UINT32_MAX)
        return false;
    spelt->begin = begin;
    return worth_it(*at, *spelt);
}

/* "SHORT (long form)": the long form must fill the brackets. */
static bool long_inside(const state *st, gly_str text, gly_range inside, gly_range *at, gly_range *spelt)
{
    uint32_t end = inside.begin - 1, begin;

    while (end > 0 && text.ptr[end - 1] == ' ')
        end--;
    for (begin = end; begin > 0 && end - begin <= 30; begin--)
        if (text.ptr[begin - 1] == ' ' || text.ptr[begin - 1] == '\n')
            break;
    *at = (gly_range){ begin, end };
    *spelt = trim(text, inside);
    return short_form(st, text, at) && worth_it(*at, *spelt)
        && align_tail(text, spelt->begin, spelt->end, gly_slice(text, *at)) == spelt->begin;
}

/* The bytes between the bracket at `open` and its end; none if it has no end near. */
static gly_range between(gly_str text, uint32_t open)
{
    uint32_t limit = text.len - open > LONG_FORM_BYTES ? open + LONG_FORM_BYTES : text.len;

    for (uint32_t i = open + 1; i < limit; i++) {
        if (text.ptr[i] == ')')
            return (gly_range){ open + 1, i };
        if (text.ptr[i] == '\n' || text.ptr[i] == '(')
            break;
    }
    return (gly_range){ open + 1, open + 1 };
}

static gly_status process(void *self, gly_doc *doc)
{
    const state *st = self;
    gly_layer *layer = st->host->layer_add(st->stage, doc, &gly_acronym_layer);
    gly_str text = doc->text;
    uint32_t brackets = 0;
    gly_range at, spelt;

    if (!layer)
        return GLY_ENOMEM;
    for (uint32_t i = 0; i < text.len; i++) {
        gly_range inside;

        if (text.ptr[i] != '(')
            continue;
        if (++brackets % BRACKETS_BETWEEN_STOPS == 0 && st->host->stop(st->stage))
            return GLY_ECANCEL;
        inside = between(text, i);
        if (inside.begin == inside.end)
            continue;
        if (long_before(st, text, inside, &at, &spelt) || long_inside(st, text, inside, &at, &spelt))
            if (add(st, doc, layer, at, spelt) != GLY_OK)
                return GLY_ENOMEM;
    }
    return GLY_OK;
}

static const gly_stage_ops ops = {
    .size = sizeof ops, .flags = GLY_STAGE_PURE, .open = open_stage, .close = close_stage,
    .process = process,
};

static const char *const reads[] = { "text", NULL };
static const char *const writes[] = { "acronym/1", NULL };

GLY_PLUGIN(.name = "extract.acronyms", .kind = GLY_TRANSFORM, .version = "1.0.0", .license = "MIT",
    .summary = "Find acronyms and what they stand for",
    .help =
        "Finds short forms that the text explains in brackets, in either order: long form "
        "(SHORT) and SHORT (long form). Plurals are given in the singular.\n\n"
        "A short form has at least two capitals; its letters must stand in the long form in "
        "order, the first of them at the start of a word.",
    .example = "{ use = \"extract.acronyms\"; max_length = 12; }",
    .reads = reads, .writes = writes, .options = options, .config_size = sizeof(config),
    .ops = &ops);
