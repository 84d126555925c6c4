/* plan - from a file to a checked pipeline: the order in which it happens. */
#include "config/private.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"

static void set_variable(struct plan_memory *m, const char *name, const char *value, bool fixed)
{
    size_t i = 0;

    while (i < m->variable_count && strcmp(m->variables[i].name, name) != 0)
        i++;
    if (i == MOST_VARIABLES || (i < m->variable_count && m->variables[i].fixed && !fixed))
        return;
    m->variables[i] = (variable){ name, value, fixed };
    if (i == m->variable_count)
        m->variable_count++;
}

static const char *keep_text(struct plan_memory *m, const char *text, size_t length)
{
    char *copy = GLY_NEWN(&m->arena.face, char, length + 1);

    if (!copy)
        return "";
    memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

static void gather_variables(struct plan_memory *m)
{
    for (size_t k = 0; k < m->file_count; k++) {
        const config_setting_t *vars = config_lookup(&m->files[k].parsed, "vars");

        for (int i = 0; vars && i < config_setting_length(vars); i++) {
            const config_setting_t *s = config_setting_get_elem(vars, (unsigned)i);
            const char *value = config_setting_get_string(s);

            if (value)
                set_variable(m, config_setting_name(s), value, false);
            else
                report_add(m->problems, SEVERITY_ERROR, setting_place(&m->files[k], s),
                           "variable '%s' must be text in quotes", config_setting_name(s) ? config_setting_name(s) : "");
        }
    }
}

static void command_variables(struct plan_memory *m)
{
    const plan_request *r = m->request;

    if (r->out)
        set_variable(m, "out", r->out, true);
    for (size_t i = 0; i < r->set_count; i++) {
        const char *set = r->sets[i], *equals = strchr(set, '=');

        if (!equals || !strchr(set, '.') || strchr(set, '.') > equals)
            report_add(m->problems, SEVERITY_ERROR, (place){ "--set", 0, 0 },
                       "'%s' is no assignment; write stage.option=value, run.workers=2 or vars.NAME=value", set);
        else if (strncmp(set, "vars.", 5) == 0)
            set_variable(m, keep_text(m, set + 5, (size_t)(equals - set) - 5), equals + 1, true);
    }
}

/* A --set for a stage that is not there would otherwise be lost in silence. */
static void check_sets(struct plan_memory *m)
{
    for (size_t i = 0; i < m->request->set_count; i++) {
        const char *set = m->request->sets[i], *dot = strchr(set, '.');
        size_t n = dot ? (size_t)(dot - set) : 0;
        bool known = !dot || strncmp(set, "vars.", 5) == 0 || strncmp(set, "run.", 4) == 0;

        for (size_t k = 0; k < m->stage_count && !known; k++)
            known = strlen(m->stages[k].id) == n && memcmp(m->stages[k].id, set, n) == 0;
        if (!known)
            report_add(m->problems, SEVERITY_ERROR, (place){ "--set", 0, 0 },
                       "there is no stage '%.*s' in this config", (int)n, set);
    }
}

static void check_inputs(struct plan_memory *m)
{
    for (size_t i = 0; i < m->request->input_count; i++) {
        const char *input = m->request->inputs[i];

        if (strcmp(input, "-") != 0 && access(input, F_OK) != 0)
            report_add(m->problems, SEVERITY_ERROR, (place){ input, 0, 0 }, "there is no such input; look at the path");
    }
}

plan *plan_read(const plan_request *request, registry *plugins, report *problems)
{
    struct plan_memory *m = memory_new(sizeof *m);
    size_t before = problems->errors;

    arena_init(&m->arena, 0);
    m->request = request;
    m->plugins = plugins;
    m->problems = problems;
    m->plan.memory = m;
    if (files_read(m, request->config)) {
        m->plan.file = m->files[m->file_count - 1].path;
        command_variables(m);
        gather_variables(m);
        pipeline_build(m);
        check_sets(m);
        check_inputs(m);
        flow_check(m);
        m->plan.out = NULL;
        for (size_t i = 0; i < m->variable_count; i++)
            if (strcmp(m->variables[i].name, "out") == 0)
                m->plan.out = (char *)(uintptr_t)m->variables[i].value;
    }
    if (problems->errors == before)
        return &m->plan;
    plan_free(&m->plan);
    return NULL;
}

void plan_free(plan *p)
{
    struct plan_memory *m = p ? p->memory : NULL;

    if (!m)
        return;
    for (uint16_t i = 0; i < p->count; i++)
        condition_free(p->stages[i].when);
    for (size_t i = 0; i < m->file_count; i++) {
        config_destroy(&m->files[i].parsed);
        source_free(&m->files[i].source);
        free(m->files[i].path);
        free(m->files[i].directory);
    }
    arena_free(&m->arena);
    free(m);
}

void plan_print_resolved(const plan *p, FILE *out)
{
    fprintf(out, "galley = 1;\npipeline = (\n");
    for (uint16_t i = 0; i < p->count; i++) {
        const plan_stage *s = &p->stages[i];
        const gly_option *o;
        char value[8192];

        fprintf(out, "  { use = \"%s\"; id = \"%s\";\n", s->use, s->id);
        for (uint32_t k = 0; (o = option_at(s->face, k)) != NULL; k++) {
            if (o->flags & GLY_OPT_REMOVED)
                continue;
            if (o->flags & GLY_OPT_SECRET)
                snprintf(value, sizeof value, "\"********\"");
            else
                option_format(o, s->options, value, sizeof value);
            fprintf(out, "    %s = %s;\n", o->field.name, value);
        }
        fprintf(out, "  }%s\n", i + 1 < p->count ? "," : "");
    }
    fprintf(out, ");\n");
}
