/* pipeline - turns a draft into a plan: finds each stage, fills its options from
 * their table, compiles its condition, and puts the command line's inputs in. */
#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/suggest.h"
#include "config/draft.h"
#include "config/flow.h"
#include "config/keys.h"
#include "config/option.h"

/* ---- one value ------------------------------------------------------------------- */

static const char *set_list(draft *d, const option_target *t, const setting *s)
{
    int count = config_setting_length(s->value);
    gly_str *items = memory_new(((size_t)count + 1) * sizeof *items);
    const char *wrong = NULL;

    for (int i = 0; i < count; i++) {
        const char *text = config_setting_get_string_elem(s->value, i);
        char *expanded = text ? draft_expand(d, text, s->at) : NULL;

        if (!text)
            wrong = "its entries must be text in quotes";
        else
            items[i] = (gly_str){ expanded, (uint32_t)strlen(expanded) };
    }
    if (!wrong)
        wrong = option_set_list(t, items, (uint32_t)count);
    for (int i = 0; i < count; i++)
        free((char *)(uintptr_t)items[i].ptr);
    free(items);
    return wrong;
}

static const char *set_text(draft *d, const option_target *t, const setting *s, const char *text)
{
    char *expanded = draft_expand(d, text, s->at);
    gly_str value = { expanded, (uint32_t)strlen(expanded) };
    gly_type type = t->option->field.type;
    const char *wrong;

    if (s->value && (type == GLY_T_STRS || type == GLY_T_PATHS))
        wrong = option_set_list(t, &value, 1);
    else if (s->value && (type == GLY_T_BOOL || type == GLY_T_INT || type == GLY_T_REAL))
        wrong = type == GLY_T_BOOL ? "it must be true or false, without quotes" : "it must be a number, without quotes";
    else
        wrong = option_set_text(t, value);
    free(expanded);
    return wrong;
}

static const char *set_value(draft *d, const option_target *t, const setting *s)
{
    const config_setting_t *v = s->value;

    if (!v)
        return set_text(d, t, s, s->text);
    switch (config_setting_type(v)) {
    case CONFIG_TYPE_BOOL:
        return option_set_bool(t, config_setting_get_bool(v) != 0);
    case CONFIG_TYPE_INT:
    case CONFIG_TYPE_INT64:
        return option_set_int(t, config_setting_get_int64(v));
    case CONFIG_TYPE_FLOAT:
        return option_set_real(t, config_setting_get_float(v));
    case CONFIG_TYPE_STRING:
        return set_text(d, t, s, config_setting_get_string(v));
    case CONFIG_TYPE_GROUP:
        return "it must be a value, not a group";
    default:
        return set_list(d, t, s);
    }
}

/* The value as the file has it, for a message. */
static void describe(const setting *s, char *out, size_t size)
{
    const config_setting_t *v = s->value;

    switch (v ? config_setting_type(v) : CONFIG_TYPE_NONE) {
    case CONFIG_TYPE_NONE:
        snprintf(out, size, "\"%.60s\"", s->text);
        break;
    case CONFIG_TYPE_BOOL:
        snprintf(out, size, "%s", config_setting_get_bool(v) ? "true" : "false");
        break;
    case CONFIG_TYPE_INT:
    case CONFIG_TYPE_INT64:
        snprintf(out, size, "%lld", (long long)config_setting_get_int64(v));
        break;
    case CONFIG_TYPE_FLOAT:
        snprintf(out, size, "%g", config_setting_get_float(v));
        break;
    case CONFIG_TYPE_STRING:
        snprintf(out, size, "\"%.60s\"", config_setting_get_string(v));
        break;
    default:
        snprintf(out, size, "%s", config_setting_type(v) == CONFIG_TYPE_GROUP ? "a group" : "a list");
    }
}

/* The folder that a relative path of the setting starts from; NULL: the working
 * directory. To be freed. */
static char *folder_of(const setting *s)
{
    const char *slash = s->value && s->at.file ? strrchr(s->at.file, '/') : NULL;

    return slash ? memory_copy(s->at.file, slash == s->at.file ? 1 : (size_t)(slash - s->at.file)) : NULL;
}

static void apply(plan *p, const gly_option *o, void *options, const setting *s)
{
    draft *d = &p->memory->draft;
    char *folder = folder_of(s), shown[80];
    option_target t = { o, options, &p->memory->arena.face, folder };
    const char *wrong = NULL;

    if (o->flags & GLY_OPT_REMOVED)
        report_add(d->problems, SEVERITY_WARNING, s->at, "'%s' no longer does anything; take it out", s->name);
    else
        wrong = set_value(d, &t, s);
    if (wrong) {
        describe(s, shown, sizeof shown);
        report_add(d->problems, SEVERITY_ERROR, s->at, "'%s' is %s; %s", s->name,
                   o->flags & GLY_OPT_SECRET ? "a secret" : shown, wrong);
    } else if (o->was && strcmp(o->was, s->name) == 0) {
        report_add(d->problems, SEVERITY_WARNING, s->at, "'%s' is now called '%s'; rename it", s->name, o->field.name);
    }
    free(folder);
}

/* ---- one stage ------------------------------------------------------------------- */

static void report_unknown(draft *d, const char *whose, const gly_plugin *face, const setting *s)
{
    const char *names[256], *near;
    const gly_option *o;
    size_t count = 0;

    for (uint32_t i = 0; (o = option_at(face, i)) != NULL && count < 200; i++)
        names[count++] = o->field.name;
    for (uint32_t i = 0; face != &keys_of_run && (o = option_at(&keys_of_stage, i)) != NULL; i++)
        names[count++] = o->field.name;
    near = count ? suggest_name(s->name, names, count) : NULL;
    if (near)
        report_add(d->problems, SEVERITY_ERROR, s->at, "%s has no option '%s'; did you mean '%s'?", whose, s->name, near);
    else if (face == &keys_of_run)
        report_add(d->problems, SEVERITY_ERROR, s->at, "%s has no option '%s'; 'galley check CONFIG --resolved' lists them",
                   whose, s->name);
    else
        report_add(d->problems, SEVERITY_ERROR, s->at, "%s has no option '%s'; 'galley inspect %s' lists them", whose,
                   s->name, face->name);
}

static const gly_plugin *find_face(draft *d, const draft_stage *s)
{
    const plugin *found = registry_find(d->plugins, s->use);
    const char *near = found ? NULL : registry_suggest(d->plugins, s->use);

    if (found && found->face)
        return found->face;
    if (found)
        report_add(d->problems, SEVERITY_ERROR, s->at, "stage '%s' is refused: %s", s->use, found->refused);
    else if (near)
        report_add(d->problems, SEVERITY_ERROR, s->at, "there is no stage '%s'; did you mean '%s'?", s->use, near);
    else
        report_add(d->problems, SEVERITY_ERROR, s->at,
                   "there is no stage '%s'; 'galley list' shows those that are here, --plugin-dir DIR adds others", s->use);
    return NULL;
}

static void compile_when(plan *p, plan_stage *out, const draft_stage *s, gly_str text)
{
    const setting *from = draft_find(s, "when");
    condition_error error;
    place at = from ? from->at : s->at;

    if (text.len == 0)
        return;
    out->when = condition_compile(text.ptr, text.len, &error);
    if (out->when)
        return;
    report_add(p->memory->draft.problems, SEVERITY_ERROR, at, "'when' of '%s': %s", out->id, error.text);
    report_source(p->memory->draft.problems, text.ptr, text.len, (int)error.column + 1);
}

static bool fill_common(plan *p, plan_stage *out, const draft_stage *s)
{
    common values = { .enabled = true };
    const gly_option *o;

    option_set_fallbacks(&keys_of_stage, &values, &p->memory->arena.face);
    values.on_error = (int32_t)p->run.on_error;
    for (size_t i = 0; i < s->count; i++)
        if ((o = option_find(&keys_of_stage, s->settings[i].name)) != NULL)
            apply(p, o, &values, &s->settings[i]);
    if (!values.enabled)
        return false;
    *out = (plan_stage){ .use = s->use, .id = s->id, .timeout = values.timeout,
                         .on_error = (on_error)values.on_error, .at = s->at };
    compile_when(p, out, s, values.when);
    return true;
}

static bool is_given(const gly_plugin *face, const draft_stage *s, const gly_option *o, size_t inputs)
{
    bool from_command = inputs && face->inputs && strcmp(face->inputs, o->field.name) == 0;

    return from_command || o->fallback || draft_find(s, o->field.name) || (o->was && draft_find(s, o->was));
}

static void check_required(plan *p, const gly_plugin *face, const draft_stage *s, size_t inputs)
{
    const gly_option *o;

    for (uint32_t i = 0; (o = option_at(face, i)) != NULL; i++)
        if (!is_given(face, s, o, inputs)) {
            bool is_input = face->inputs && strcmp(face->inputs, o->field.name) == 0;

            report_add(p->memory->draft.problems, SEVERITY_ERROR, s->at, "stage '%s' needs '%s'; %s%s = ...;", s->use,
                       o->field.name, is_input ? "give INPUT on the command line or set " : "add ", o->field.name);
        }
}

static void check_together(plan *p, const plan_stage *stage, const draft_stage *s)
{
    const gly_stage_ops *ops = stage->face->ops;
    const char *option = NULL, *wrong;
    const setting *at;

    if (!ops || ops->size < offsetof(gly_stage_ops, check) + sizeof ops->check || !ops->check)
        return;
    wrong = ops->check(stage->options, &option);
    at = option ? draft_find(s, option) : NULL;
    if (wrong)
        report_add(p->memory->draft.problems, SEVERITY_ERROR, at ? at->at : s->at, "%s%s%s%s",
                   option ? "'" : "", option ? option : "", option ? "': " : "", wrong);
}

static void set_inputs(plan *p, const plan_stage *s, const plan_request *request)
{
    const gly_option *o = s->face->inputs ? option_find(s->face, s->face->inputs) : NULL;
    gly_str *items;

    if (!o || o->field.type != GLY_T_PATHS) {
        report_add(p->memory->draft.problems, SEVERITY_ERROR, s->at, "'%s' takes no INPUT; leave it out", s->use);
        return;
    }
    items = memory_new((request->input_count + 1) * sizeof *items);
    for (size_t i = 0; i < request->input_count; i++)
        items[i] = (gly_str){ request->inputs[i], (uint32_t)strlen(request->inputs[i]) };
    option_set_list(&(option_target){ o, s->options, &p->memory->arena.face, NULL }, items, (uint32_t)request->input_count);
    free(items);
}

static void check_inputs(plan *p, const plan_stage *s, const draft_stage *from, bool later)
{
    const gly_option *o = s->face->inputs ? option_find(s->face, s->face->inputs) : NULL;
    const setting *said = o ? draft_find(from, o->field.name) : NULL;
    const gly_strs *paths = o && o->field.type == GLY_T_PATHS
        ? (const void *)((const char *)s->options + o->field.offset) : NULL;

    if (!paths)
        return;
    if (paths->count == 0 && !later)
        report_add(p->memory->draft.problems, SEVERITY_ERROR, s->at,
                   "there is nothing to read; give INPUT on the command line or set %s", o->field.name);
    for (uint32_t i = 0; i < paths->count; i++)
        if (!gly_str_eq(paths->items[i], GLY_LIT("-")) && access(paths->items[i].ptr, F_OK) < 0)
            report_add(p->memory->draft.problems, SEVERITY_ERROR, said ? said->at : s->at,
                       "input '%s' is not there; look at the path, or whether its disk is mounted", paths->items[i].ptr);
}

static void fill_stage(plan *p, plan_stage *out, const draft_stage *s, const plan_request *request)
{
    draft *d = &p->memory->draft;
    bool first = p->count == 0;
    size_t inputs = first ? request->input_count : 0, before;
    char *whose = memory_format("stage '%s'", s->use);
    const char *broken;

    out->options = gly_alloc(&p->memory->arena.face, out->face->config_size + 1, 16);
    memset(out->options, 0, out->face->config_size + 1);
    broken = option_set_fallbacks(out->face, out->options, &p->memory->arena.face);
    if (broken)
        report_add(d->problems, SEVERITY_ERROR, s->at, "%s has a fallback for '%s' that its own table refuses; tell its author",
                   whose, broken);
    before = d->problems->errors;
    for (size_t i = 0; i < s->count; i++) {
        const gly_option *o = option_find(out->face, s->settings[i].name);

        if (o)
            apply(p, o, out->options, &s->settings[i]);
        else if (!option_find(&keys_of_stage, s->settings[i].name))
            report_unknown(d, whose, out->face, &s->settings[i]);
    }
    check_required(p, out->face, s, inputs);
    if (inputs)
        set_inputs(p, out, request);
    if (d->problems->errors == before)
        check_together(p, out, s);
    if (first && d->problems->errors == before)
        check_inputs(p, out, s, request->inputs_later);
    free(whose);
}

/* ---- standard input -------------------------------------------------------------- */

static const plugin *standard_input(registry *plugins)
{
    registry_load_all(plugins);
    for (size_t i = 0; i < plugins->count; i++) {
        const gly_plugin *face = plugins->plugins[i].face;

        if (face && face->ops && (face->ops->flags & GLY_STAGE_STDIN))
            return &plugins->plugins[i];
    }
    return NULL;
}

static bool takes_dash(draft *d, const draft_stage *s)
{
    const plugin *p = registry_find(d->plugins, s->use);

    return p && p->face && p->face->ops && (p->face->ops->flags & GLY_STAGE_DASH);
}

/* INPUT "-" puts the stage for standard input in the place of the first one,
 * unless that one can read it itself. */
static void replace_source(draft *d, plan_request *request)
{
    place at = { "-", 0, 0 };
    const plugin *found;
    bool asked = false;

    for (size_t i = 0; i < request->input_count; i++)
        asked |= strcmp(request->inputs[i], "-") == 0;
    if (!asked || d->count == 0 || takes_dash(d, &d->stages[0]))
        return;
    found = standard_input(d->plugins);
    if (request->input_count > 1)
        report_add(d->problems, SEVERITY_ERROR, at, "standard input cannot be read beside other inputs; give '-' alone");
    else if (!found)
        report_add(d->problems, SEVERITY_ERROR, at, "no stage here reads standard input; give files or folders");
    if (found) {
        free(d->stages[0].use);
        d->stages[0].use = memory_text(found->name);
        d->stages[0].count = 0;
    }
    request->input_count = 0;
}

/* ---- the plan -------------------------------------------------------------------- */

static void fill_run(plan *p)
{
    draft *d = &p->memory->draft;

    option_set_fallbacks(&keys_of_run, &p->run, &p->memory->arena.face);
    for (size_t i = 0; i < d->run.count; i++) {
        const gly_option *o = option_find(&keys_of_run, d->run.settings[i].name);

        if (o)
            apply(p, o, &p->run, &d->run.settings[i]);
        else
            report_unknown(d, "the group 'run'", &keys_of_run, &d->run.settings[i]);
    }
}

static void fill_stages(plan *p, const plan_request *request)
{
    draft *d = &p->memory->draft;

    p->stages = memory_new((d->count + 1) * sizeof *p->stages);
    for (size_t i = 0; i < d->count; i++) {
        plan_stage *out = &p->stages[p->count];

        if (!fill_common(p, out, &d->stages[i]))
            continue;
        out->face = find_face(d, &d->stages[i]);
        if (out->face)
            fill_stage(p, out, &d->stages[i], request);
        p->count++;
    }
}

static void find_out(plan *p)
{
    const setting *out = draft_find(&p->memory->draft.vars, "out");
    char *text = out ? draft_expand(&p->memory->draft, "${out}", out->at) : NULL;
    char here[4096];

    p->memory->draft.out_used = false;
    if (text && text[0] != '/' && getcwd(here, sizeof here))
        p->out = memory_format("%s/%s", here, text);
    else
        p->out = memory_text(text);
    free(text);
}

/* -o says where all goes; a config that does not ask for it writes elsewhere. */
static void check_out(const plan *p, const plan_request *request)
{
    if (request->out && !p->memory->draft.out_used && p->count)
        report_add(p->memory->draft.problems, SEVERITY_WARNING, (place){ "-o", 0, 0 },
                   "nothing in this config uses ${out}; write path = \"${out}/NAME\" in its sinks");
}

plan *plan_read(const plan_request *asked, registry *plugins, report *problems)
{
    plan_request request = *asked;
    plan *p = memory_new(sizeof *p);
    draft *d;
    size_t before = problems->errors;

    p->memory = memory_new(sizeof *p->memory);
    arena_init(&p->memory->arena, 0);
    d = &p->memory->draft;
    draft_read(d, &request, plugins, problems);
    p->file = memory_text(d->layer_count ? d->layers[0].file : request.config);
    if (d->count > 0 || problems->errors == before) {
        replace_source(d, &request);
        find_out(p);
        fill_run(p);
        fill_stages(p, &request);
        check_out(p, &request);
        flow_check(p, plugins, problems);
    }
    if (problems->errors == before)
        return p;
    plan_free(p);
    return NULL;
}

bool plan_needs_network(const plan *p)
{
    for (uint16_t i = 0; i < p->count; i++)
        if (stage_needs_network(&p->stages[i]))
            return true;
    return false;
}

void plan_free(plan *p)
{
    if (!p)
        return;
    for (size_t i = 0; i < p->count; i++)
        condition_free(p->stages[i].when);
    free(p->stages);
    free(p->file);
    free(p->out);
    draft_free(&p->memory->draft);
    arena_free(&p->memory->arena);
    free(p->memory);
    free(p);
}
