/* pipeline - what the files say of each stage becomes checked, filled stages. */
#include "config/private.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/suggest.h"

static const char *const on_error_names[] = { "quarantine", "fail", "skip", "keep", NULL };

/* What every stage's group may say beside the stage's own options. */
typedef struct reserved_options {
    gly_str use, id, when;
    bool    enabled;
    int32_t on_error;
    int64_t timeout;
} reserved_options;

static const gly_option reserved_table[] = {
    GLY_STR(reserved_options, use, "", "The stage"),
    GLY_STR(reserved_options, id, "", "Its name in this config"),
    GLY_STR(reserved_options, when, "", "The condition under which it runs"),
    GLY_BOOL(reserved_options, enabled, "true", "Whether it runs at all"),
    GLY_ENUM(reserved_options, on_error, "quarantine", on_error_names, "What becomes of a document that fails"),
    GLY_TIME(reserved_options, timeout, "0", "Time for one document"),
    GLY_OPTIONS_END
};
static const gly_plugin reserved_face = {
    .options = reserved_table, .option_size = sizeof(gly_option), .config_size = sizeof(reserved_options)
};

static const gly_option run_table[] = {
    GLY_INT(plan_run, workers, "0", 0, 256, "processes", "Worker processes; 0: one for each core"),
    GLY_TIME(plan_run, timeout, "10 s", "Time for one document"),
    GLY_SIZE(plan_run, memory, "512 MiB", 33554432, 0x1p40, "Memory of a worker"),
    GLY_SIZE(plan_run, max_bytes, "256 MiB", 1, 2147483648.0, "Larger inputs are refused"),
    GLY_INT(plan_run, window, "256", 1, 65536, "documents", "Documents in flight"),
    GLY_INT(plan_run, recycle, "100000", 0, 1e12, "documents", "A worker is replaced after so many; 0: never"),
    GLY_OPTIONS_END
};
static const gly_plugin run_face = {
    .options = run_table, .option_size = sizeof(gly_option), .config_size = sizeof(plan_run)
};

/* ---- gathering ------------------------------------------------------------------ */

static const char *default_id(const char *use)
{
    const char *dot = strrchr(use, '.');

    return dot ? dot + 1 : use;
}

static stage_groups *groups_of(struct plan_memory *m, const char *id)
{
    for (size_t i = 0; i < m->stage_count; i++)
        if (strcmp(m->stages[i].id, id) == 0)
            return &m->stages[i];
    return NULL;
}

static void gather_one(struct plan_memory *m, const config_file *f, const config_setting_t *s)
{
    const char *use = NULL, *id = NULL;
    stage_groups *g;

    if (!config_setting_is_group(s)) {
        report_add(m->problems, SEVERITY_ERROR, setting_place(f, s),
                   "a stage is a group; write { use = \"family.name\"; }");
        return;
    }
    config_setting_lookup_string(s, "use", &use);
    config_setting_lookup_string(s, "id", &id);
    if (!id && !use) {
        report_add(m->problems, SEVERITY_ERROR, setting_place(f, s), "the stage has no 'use'; name one: use = \"fetch.folder\"");
        return;
    }
    g = groups_of(m, id ? id : default_id(use));
    if (g && g->files[g->count - 1] == f) {
        report_add(m->problems, SEVERITY_ERROR, setting_place(f, s),
                   "two stages are called '%s'; give one of them another id", g->id);
        return;
    }
    if (!g && m->stage_count == MOST_STAGES) {
        report_add(m->problems, SEVERITY_ERROR, setting_place(f, s), "it is one stage too many; at most 256");
        return;
    }
    if (!g) {
        g = &m->stages[m->stage_count++];
        g->id = id ? id : default_id(use);
    }
    if (use)
        g->use = use;
    g->files[g->count] = f;
    g->groups[g->count++] = s;
}

static void gather(struct plan_memory *m, const config_file *f)
{
    const config_setting_t *pipeline = config_lookup(&f->parsed, "pipeline");

    if (!pipeline)
        return;
    if (!config_setting_is_list(pipeline)) {
        report_add(m->problems, SEVERITY_ERROR, setting_place(f, pipeline),
                   "'pipeline' is a list of stages; write pipeline = ( { use = ...; }, ... );");
        return;
    }
    for (int i = 0; i < config_setting_length(pipeline); i++)
        gather_one(m, f, config_setting_get_elem(pipeline, (unsigned)i));
}

static void check_top(struct plan_memory *m, const config_file *f)
{
    static const char *const known[] = { "galley", "extends", "vars", "pipeline", "run", NULL };
    const config_setting_t *root = config_root_setting(&f->parsed);
    int version;

    for (int i = 0; i < config_setting_length(root); i++) {
        const config_setting_t *s = config_setting_get_elem(root, (unsigned)i);
        const char *name = config_setting_name(s), *near = NULL;
        size_t k = 0;

        while (known[k] && strcmp(known[k], name) != 0)
            k++;
        if (known[k])
            continue;
        near = suggest_name(name, known, 0);
        report_add(m->problems, SEVERITY_ERROR, setting_place(f, s), "a config has no '%s'; %s%s%s", name,
                   near ? "did you mean '" : "it has galley, extends, vars, pipeline and run",
                   near ? near : "", near ? "'?" : "");
    }
    if (config_lookup_int(&f->parsed, "galley", &version) && version != 1)
        report_add(m->problems, SEVERITY_ERROR, setting_place(f, config_lookup(&f->parsed, "galley")),
                   "'galley' is %d; this galley reads configs of version 1", version);
}

/* ---- one stage ----------------------------------------------------------------------- */

static const gly_plugin *find_face(struct plan_memory *m, place at, const char *use)
{
    plugin *p = registry_find(m->plugins, use);
    const char *near;

    if (p && p->face)
        return p->face;
    if (p) {
        report_add(m->problems, SEVERITY_ERROR, at, "stage '%s' cannot be used: %s (%s)", use, p->refused, p->path);
        return NULL;
    }
    near = registry_suggest(m->plugins, use);
    if (near)
        report_add(m->problems, SEVERITY_ERROR, at, "there is no stage '%s'; did you mean '%s'?", use, near);
    else
        report_add(m->problems, SEVERITY_ERROR, at, "there is no stage '%s'; 'galley list' shows those that are here", use);
    return NULL;
}

static void unknown_option(struct plan_memory *m, place at, const gly_plugin *face, const char *name)
{
    const char *names[260], *near;
    const gly_option *o;
    size_t n = 0;

    for (uint32_t i = 0; (o = option_at(face, i)) != NULL && n < 250; i++)
        names[n++] = o->field.name;
    for (uint32_t i = 0; (o = option_at(&reserved_face, i)) != NULL; i++)
        names[n++] = o->field.name;
    names[n] = NULL;
    near = suggest_name(name, names, n);
    if (near)
        report_add(m->problems, SEVERITY_ERROR, at, "stage '%s' has no option '%s'; did you mean '%s'?", face->name, name, near);
    else
        report_add(m->problems, SEVERITY_ERROR, at, "stage '%s' has no option '%s'; see 'galley inspect %s'", face->name, name, face->name);
}

static void set_one(struct plan_memory *m, const config_file *f, const config_setting_t *s,
                    plan_stage *stage, reserved_options *reserved, uint64_t *given)
{
    const char *name = config_setting_name(s);
    const gly_option *o = option_find(&reserved_face, name);

    if (o) {
        value_set(m, f, s, o, reserved);
        return;
    }
    if (!stage->face)
        return;
    o = option_find(stage->face, name);
    if (!o) {
        unknown_option(m, setting_place(f, s), stage->face, name);
        return;
    }
    if (strcmp(o->field.name, name) != 0)
        report_add(m->problems, SEVERITY_WARNING, setting_place(f, s), "'%s' is now called '%s'", name, o->field.name);
    if (o->flags & GLY_OPT_REMOVED) {
        report_add(m->problems, SEVERITY_WARNING, setting_place(f, s), "'%s' does nothing any more; take it out", name);
        return;
    }
    for (uint32_t i = 0; i < 64; i++)
        if (option_at(stage->face, i) == o)
            *given |= UINT64_C(1) << i;
    value_set(m, f, s, o, stage->options);
}

static void compile_when(struct plan_memory *m, plan_stage *stage, const reserved_options *reserved)
{
    condition_error error;

    if (reserved->when.len == 0)
        return;
    stage->when = condition_compile(reserved->when.ptr, reserved->when.len, &error);
    if (stage->when)
        return;
    report_add(m->problems, SEVERITY_ERROR, (place){ stage->at.file, stage->at.line, (int)error.column + 1 },
               "the condition of '%s' is wrong: %s", stage->id, error.text);
    report_source(m->problems, reserved->when.ptr, reserved->when.len);
}

static void check_given(struct plan_memory *m, const plan_stage *stage, uint64_t given)
{
    const char *(*check)(const void *, const char **) =
        stage->face->ops->size >= offsetof(gly_stage_ops, check) + sizeof check ? stage->face->ops->check : NULL;
    const gly_option *o;
    const char *culprit = NULL, *wrong;

    for (uint32_t i = 0; i < 64 && (o = option_at(stage->face, i)) != NULL; i++)
        if (!o->fallback && !(given >> i & 1))
            report_add(m->problems, SEVERITY_ERROR, stage->at, "stage '%s' needs '%s' (%s); set it", stage->use,
                       o->field.name, o->field.help);
    wrong = check ? check(stage->options, &culprit) : NULL;
    if (wrong)
        report_add(m->problems, SEVERITY_ERROR, stage->at, "'%s' of stage '%s': %s", culprit ? culprit : "an option", stage->use, wrong);
}

/* "quotes.min_words=6" where the stage is called quotes. */
static void apply_sets(struct plan_memory *m, plan_stage *stage, reserved_options *reserved, uint64_t *given)
{
    size_t id = strlen(stage->id);

    for (size_t i = 0; i < m->request->set_count; i++) {
        const char *set = m->request->sets[i], *equals = strchr(set, '=');
        place at = { "--set", 0, 0 };
        const gly_option *o;
        char *name;

        if (!equals || strncmp(set, stage->id, id) != 0 || set[id] != '.')
            continue;
        name = memory_copy(set + id + 1, (size_t)(equals - set) - id - 1);
        if ((o = option_find(&reserved_face, name)) != NULL)
            value_set_text(m, at, o, reserved, equals + 1);
        else if (stage->face && (o = option_find(stage->face, name)) != NULL)
            value_set_text(m, at, o, stage->options, equals + 1);
        else if (stage->face)
            unknown_option(m, at, stage->face, name);
        for (uint32_t k = 0; k < 64; k++)
            if (o && stage->face && option_at(stage->face, k) == o)
                *given |= UINT64_C(1) << k;
        free(name);
    }
}

/* INPUT on the command line takes the place of what the source's config says. */
static void apply_inputs(struct plan_memory *m, plan_stage *stage, uint64_t *given)
{
    const gly_option *o = stage->face->inputs ? option_find(stage->face, stage->face->inputs) : NULL;
    size_t count = m->request->input_count;
    gly_str *items;

    if (!o || stage->face->kind != GLY_SOURCE)
        return;
    if (count) {
        items = GLY_NEWN(&m->arena.face, gly_str, count);
        for (size_t i = 0; items && i < count; i++)
            items[i] = (gly_str){ m->request->inputs[i], (uint32_t)strlen(m->request->inputs[i]) };
        if (items)
            option_set_list(&(option_target){ o, stage->options, &m->arena.face, NULL }, items, (uint32_t)count);
    }
    for (uint32_t i = 0; i < 64; i++)
        if (option_at(stage->face, i) == o)
            *given |= UINT64_C(1) << i;
    if (((gly_strs *)(void *)((char *)stage->options + o->field.offset))->count == 0)
        report_add(m->problems, SEVERITY_ERROR, stage->at, "there is nothing to read; give INPUT on the command line, or set '%s'",
                   o->field.name);
}

static void build_one(struct plan_memory *m, const stage_groups *g)
{
    plan_stage *stage = &m->plan.stages[m->plan.count];
    const config_file *last = g->files[g->count - 1];
    reserved_options reserved = { .enabled = true };
    uint64_t given = 0;

    *stage = (plan_stage){ .use = (char *)(uintptr_t)g->use, .id = (char *)(uintptr_t)g->id };
    stage->at = setting_place(last, g->groups[g->count - 1]);
    if (!g->use) {
        report_add(m->problems, SEVERITY_ERROR, stage->at,
                   "no base config has a stage '%s'; add use = \"family.name\", or mend the id", g->id);
        return;
    }
    stage->face = find_face(m, stage->at, g->use);
    if (stage->face) {
        stage->options = gly_alloc(&m->arena.face, stage->face->config_size + 1, 16);
        memset(stage->options, 0, stage->face->config_size + 1);
        option_set_fallbacks(stage->face, stage->options, &m->arena.face);
    }
    option_set_fallbacks(&reserved_face, &reserved, &m->arena.face);
    for (int k = 0; k < g->count; k++)
        for (int i = 0; i < config_setting_length(g->groups[k]); i++)
            set_one(m, g->files[k], config_setting_get_elem(g->groups[k], (unsigned)i), stage, &reserved, &given);
    apply_sets(m, stage, &reserved, &given);
    if (!reserved.enabled)
        return;
    stage->on_error = (on_error)reserved.on_error;
    stage->timeout = reserved.timeout;
    compile_when(m, stage, &reserved);
    if (stage->face) {
        apply_inputs(m, stage, &given);
        check_given(m, stage, given);
    }
    m->plan.count++;
}

/* ---- the whole ------------------------------------------------------------------------- */

static void read_run(struct plan_memory *m)
{
    option_set_fallbacks(&run_face, &m->plan.run, &m->arena.face);
    for (size_t k = 0; k < m->file_count; k++) {
        const config_file *f = &m->files[k];
        const config_setting_t *run = config_lookup(&f->parsed, "run");

        for (int i = 0; run && i < config_setting_length(run); i++) {
            const config_setting_t *s = config_setting_get_elem(run, (unsigned)i);
            const char *name = config_setting_name(s);
            const gly_option *o = option_find(&run_face, name ? name : "");

            if (name && strcmp(name, "on_error") == 0)
                o = option_find(&reserved_face, "on_error");
            if (o && o->field.choices) {
                reserved_options reserved = { .enabled = true };

                value_set(m, f, s, o, &reserved);
                m->plan.run.on_error = (on_error)reserved.on_error;
            } else if (o) {
                value_set(m, f, s, o, &m->plan.run);
            } else {
                report_add(m->problems, SEVERITY_ERROR, setting_place(f, s),
                           "'run' has no '%s'; it has workers, timeout, memory, max_bytes, window, recycle and on_error",
                           name ? name : "");
            }
        }
    }
}

static void apply_run_sets(struct plan_memory *m)
{
    for (size_t i = 0; i < m->request->set_count; i++) {
        const char *set = m->request->sets[i], *equals = strchr(set, '=');
        char *name;
        const gly_option *o;

        if (!equals || strncmp(set, "run.", 4) != 0)
            continue;
        name = memory_copy(set + 4, (size_t)(equals - set) - 4);
        o = option_find(&run_face, name);
        if (o)
            value_set_text(m, (place){ "--set", 0, 0 }, o, &m->plan.run, equals + 1);
        else
            report_add(m->problems, SEVERITY_ERROR, (place){ "--set", 0, 0 }, "'run' has no '%s'", name);
        free(name);
    }
}

void pipeline_build(struct plan_memory *m)
{
    for (size_t i = 0; i < m->file_count; i++) {
        check_top(m, &m->files[i]);
        gather(m, &m->files[i]);
    }
    read_run(m);
    apply_run_sets(m);
    m->plan.stages = GLY_NEWN(&m->arena.face, plan_stage, m->stage_count + 1);
    for (size_t i = 0; m->plan.stages && i < m->stage_count; i++)
        build_one(m, &m->stages[i]);
}
