/* flow - what a stage reads must have been written by an earlier one. */
#include "config/private.h"

static bool lists(const char *const *list, const char *name)
{
    for (size_t i = 0; list && list[i]; i++)
        if (strcmp(list[i][0] == '?' ? list[i] + 1 : list[i], name) == 0)
            return true;
    return false;
}

/* "raw" and "text" come with any source: a document's first text is its bytes. */
static bool is_written(const plan *p, uint16_t before, const char *name)
{
    if (strcmp(name, "raw") == 0 || strcmp(name, "text") == 0)
        return before > 0;
    for (uint16_t i = 0; i < before; i++)
        if (p->stages[i].face && lists(p->stages[i].face->writes, name))
            return true;
    return false;
}

static const char *who_writes(registry *plugins, const char *name)
{
    for (size_t i = 0; i < plugins->count; i++) {
        plugin *p = registry_find(plugins, plugins->plugins[i].name);

        if (p->face && lists(p->face->writes, name))
            return p->name;
    }
    return NULL;
}

static void check_reads(struct plan_memory *m, uint16_t i)
{
    const plan_stage *s = &m->plan.stages[i];

    for (size_t k = 0; s->face->reads && s->face->reads[k]; k++) {
        const char *name = s->face->reads[k], *writer;

        if (name[0] == '?' || is_written(&m->plan, i, name))
            continue;
        writer = who_writes(m->plugins, name);
        if (writer)
            report_add(m->problems, SEVERITY_ERROR, s->at,
                       "stage '%s' reads '%s', which no earlier stage writes; add { use = \"%s\"; } before it",
                       s->use, name, writer);
        else
            report_add(m->problems, SEVERITY_ERROR, s->at,
                       "stage '%s' reads '%s', which no stage here writes; see 'galley list'", s->use, name);
    }
}

static void check_outputs(struct plan_memory *m, uint16_t i)
{
    const plan_stage *s = &m->plan.stages[i];
    const gly_option *o;

    for (uint32_t k = 0; (o = option_at(s->face, k)) != NULL; k++) {
        gly_str path;

        if (o->field.type != GLY_T_OUTPUT)
            continue;
        memcpy(&path, (const char *)s->options + o->field.offset, sizeof path);
        for (size_t n = 0; path.len && n < m->request->input_count; n++) {
            const char *input = m->request->inputs[n];
            size_t length = strlen(input);

            while (length > 1 && input[length - 1] == '/')
                length--;
            if (path.len > length && memcmp(path.ptr, input, length) == 0 && path.ptr[length] == '/')
                report_add(m->problems, SEVERITY_ERROR, s->at,
                           "stage '%s' would write '%.*s' below the input '%s'; choose another place with -o",
                           s->use, (int)path.len, path.ptr, input);
        }
    }
}

static void check_places(struct plan_memory *m)
{
    const plan *p = &m->plan;
    bool sink = false;
    place whole = { p->file, 0, 0 };

    for (uint16_t i = 0; i < p->count; i++) {
        const plan_stage *s = &p->stages[i];

        if (!s->face) {
            sink = true; /* it may have been one: say nothing more */
            continue;
        }
        sink = sink || s->face->kind == GLY_SINK;
        if (i == 0 && s->face->kind != GLY_SOURCE)
            report_add(m->problems, SEVERITY_ERROR, s->at,
                       "the first stage must fetch, and '%s' does not; begin with { use = \"fetch.folder\"; }", s->use);
        if (i > 0 && s->face->kind == GLY_SOURCE)
            report_add(m->problems, SEVERITY_ERROR, s->at, "'%s' fetches, so it must come first", s->use);
    }
    if (p->count == 0)
        report_add(m->problems, SEVERITY_ERROR, whole, "the pipeline has no stages; add pipeline = ( { use = ...; } );");
    else if (!sink)
        report_add(m->problems, SEVERITY_ERROR, whole, "nothing is written; end with { use = \"emit.jsonl\"; }");
}

void flow_check(struct plan_memory *m)
{
    check_places(m);
    for (uint16_t i = 0; i < m->plan.count; i++)
        if (m->plan.stages[i].face) {
            check_reads(m, i);
            check_outputs(m, i);
        }
}
