/* harness - a pipeline in one process, for unit tests and fuzz targets. */
#include "harness/harness.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "config/option.h"
#include "document/arena.h"
#include "document/document.h"
#include "plugin/plugin.h"

enum { MOST_STAGES = 32 };

struct harness {
    registry      plugins;
    const gly_plugin *faces[MOST_STAGES];
    const char   *options[MOST_STAGES];
    uint16_t      count;
    stage_context *stages;
    arena         memory; /* what the options hold */
    document     *doc;
    char         *bytes;
    gly_status    status;
};

static void die(const char *what, const char *name, const char *why)
{
    fprintf(stderr, "harness: %s '%s': %s\n", what, name, why ? why : "not found");
    abort();
}

harness *harness_new(void)
{
    harness *h = memory_new(sizeof *h);
    const char *directory = getenv("GALLEY_PLUGIN_DIR");
    report problems = { 0 };

    if (!directory)
        directory = "build/plugins";
    registry_scan(&h->plugins, &directory, 1, &problems);
    report_free(&problems);
    arena_init(&h->memory, 0);
    h->doc = document_new((size_t)1 << 30);
    return h;
}

void harness_stage_linked(harness *h, const gly_plugin *face, const char *options)
{
    if (h->count == MOST_STAGES)
        die("stage", face->name, "one too many");
    h->faces[h->count] = face;
    h->options[h->count++] = options;
}

void harness_stage(harness *h, const char *use, const char *options)
{
    plugin *p = registry_find(&h->plugins, use);

    if (!p || !p->face)
        die("stage", use, p ? p->refused : NULL);
    harness_stage_linked(h, p->face, options);
}

static void set_option(harness *h, const gly_plugin *face, void *into, char *assignment)
{
    char *value = strchr(assignment, '=');
    const gly_option *option;
    const char *wrong;

    if (!value)
        die("option", assignment, "write name=value");
    *value++ = '\0';
    option = option_find(face, assignment);
    if (!option)
        die("option", assignment, "the stage has none of that name");
    wrong = option_set_text(&(option_target){ option, into, &h->memory.face, NULL },
                            (gly_str){ value, (uint32_t)strlen(value) });
    if (wrong)
        die("option", assignment, wrong);
}

static void *fill_options(harness *h, const gly_plugin *face, const char *given)
{
    void *options = memset(gly_alloc(&h->memory.face, face->config_size + 1, 16), 0, face->config_size + 1);
    const char *wrong = option_set_fallbacks(face, options, &h->memory.face);
    char *copy = memory_text(given), *rest = copy;

    if (wrong && (!given || !strstr(given, wrong)))
        die("option", wrong, "its fallback is refused by its own table");
    for (char *one; copy && (one = strsep(&rest, ";")) != NULL;)
        if (*one)
            set_option(h, face, options, one);
    free(copy);
    return options;
}

static void open_stages(harness *h)
{
    h->stages = stages_new(h->count);
    for (uint16_t i = 0; i < h->count; i++) {
        gly_stage *s = &h->stages->stages[i];

        stages_set(h->stages, i, h->faces[i], h->faces[i]->name);
        if (stage_open(s, fill_options(h, h->faces[i], h->options[i])) < 0 || stage_start(s) < 0)
            die("stage", h->faces[i]->name, s->reason);
    }
}

static gly_status process(harness *h, gly_stage *s)
{
    gly_status (*run)(void *, gly_doc *) = STAGE_OP(s, process);
    gly_status status, kept;

    document_enter(h->doc, s->index);
    status = run(s->self, document_face(h->doc));
    kept = document_leave(h->doc);
    return kept < 0 ? kept : status;
}

const gly_doc *harness_run(harness *h, const char *uri, const char *bytes, size_t length)
{
    if (!h->stages)
        open_stages(h);
    free(h->bytes);
    h->bytes = malloc(length ? length : 1);
    if (!h->bytes)
        die("input", uri, "too large");
    if (length)
        memcpy(h->bytes, bytes, length);
    document_begin(h->doc, 0, (gly_str){ uri, (uint32_t)strlen(uri) });
    h->status = document_raw_set(h->doc, (gly_str){ h->bytes, (uint32_t)length }, (gly_str){ "", 0 });
    for (uint16_t i = 0; i < h->count && h->status == GLY_OK; i++)
        if (h->faces[i]->kind == GLY_TRANSFORM)
            h->status = process(h, &h->stages->stages[i]);
    return document_face(h->doc);
}

static gly_status load(harness *h, const gly_item *item)
{
    gly_stage *s = &h->stages->stages[0];
    gly_status status, kept;

    if (item->verdict != GLY_TAKE) {
        document_fail(h->doc, GLY_EINPUT, (gly_range){ 0, 0 }, item->reason);
        return item->verdict == GLY_IGNORED ? GLY_DROP : GLY_EINPUT;
    }
    document_enter(h->doc, 0);
    status = s->face->ops->load(s->self, document_face(h->doc), item->locator);
    kept = document_leave(h->doc);
    return kept < 0 ? kept : status;
}

const gly_doc *harness_next(harness *h)
{
    gly_item item = { .verdict = GLY_TAKE };
    gly_stage *s;

    if (!h->stages)
        open_stages(h);
    s = &h->stages->stages[0];
    h->status = s->face->ops->next(s->shared, &item);
    if (h->status != GLY_OK)
        return NULL;
    document_begin(h->doc, 0, item.uri);
    h->status = load(h, &item);
    for (uint16_t i = 1; i < h->count && h->status == GLY_OK; i++)
        if (h->faces[i]->kind == GLY_TRANSFORM)
            h->status = process(h, &h->stages->stages[i]);
    return document_face(h->doc);
}

gly_status harness_status(const harness *h)
{
    return h->status;
}

const char *harness_reason(const harness *h)
{
    return document_reason(h->doc);
}

gly_str harness_render(harness *h)
{
    gly_stage *s = &h->stages->stages[h->count - 1];
    gly_status (*render)(void *, const gly_doc *, gly_str *) = STAGE_OP(s, render);
    gly_str out = { NULL, 0 };

    if (!render)
        die("stage", s->face->name, "it is no sink");
    h->status = render(s->self, document_face(h->doc), &out);
    return out;
}

static void print_layer(const gly_doc *d, const gly_layer *l)
{
    gly_str text = d->views[l->view].text;

    fprintf(stderr, "%s, %u records:\n", l->type->name, l->count);
    for (uint32_t i = 0; i < l->count; i++) {
        gly_range at;

        memcpy(&at, (const char *)l->records + (size_t)i * l->type->record_size, sizeof at);
        fprintf(stderr, "  %u..%u '%.*s'\n", at.begin, at.end, (int)(at.end - at.begin), text.ptr + at.begin);
    }
}

void harness_print(const harness *h)
{
    const gly_doc *d = document_face(h->doc);

    for (uint16_t i = 0; i < d->nviews; i++)
        fprintf(stderr, "view %s: '%.*s'\n", d->views[i].name, (int)d->views[i].text.len, d->views[i].text.ptr);
    for (uint16_t i = 0; i < d->nlayers; i++)
        print_layer(d, d->layers[i]);
    for (uint16_t i = 0; i < d->nmeta; i++)
        if (d->meta[i].type == GLY_T_STR)
            fprintf(stderr, "meta %s: '%.*s'\n", d->meta[i].key, (int)d->meta[i].as.s.len, d->meta[i].as.s.ptr);
}

void harness_free(harness *h)
{
    for (uint16_t i = 0; h->stages && i < h->count; i++) {
        stage_finish(&h->stages->stages[i]);
        stage_close(&h->stages->stages[i]);
    }
    stages_free(h->stages);
    registry_free(&h->plugins);
    arena_free(&h->memory);
    document_free(h->doc);
    free(h->bytes);
    free(h);
}
