/* draft - reads configs, layers them, and applies --set. */
#include "config/draft.h"

#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/suggest.h"
#include "config/lint.h"

#ifndef GALLEY_PREFIX
#define GALLEY_PREFIX "/usr/local"
#endif

enum { DEEPEST_VARIABLE = 8, LONGEST_VALUE = 64 * 1024 };

static char *keep(draft *d, char *text)
{
    d->kept = memory_resize(d->kept, d->kept_count + 1, sizeof *d->kept);
    return d->kept[d->kept_count++] = text;
}

static void put(draft_stage *s, setting value)
{
    for (size_t i = 0; i < s->count; i++)
        if (strcmp(s->settings[i].name, value.name) == 0) {
            s->settings[i] = value;
            return;
        }
    s->settings = memory_resize(s->settings, s->count + 1, sizeof *s->settings);
    s->settings[s->count++] = value;
}

const setting *draft_find(const draft_stage *s, const char *name)
{
    for (size_t i = 0; i < s->count; i++)
        if (strcmp(s->settings[i].name, name) == 0)
            return &s->settings[i];
    return NULL;
}

static place place_of(const draft_layer *l, const config_setting_t *s)
{
    return source_place(&l->source, (int)config_setting_source_line(s));
}

static void put_group(draft_stage *into, const draft_layer *l, const config_setting_t *group)
{
    for (int i = 0; i < config_setting_length(group); i++) {
        const config_setting_t *s = config_setting_get_elem(group, (unsigned)i);
        const char *name = config_setting_name(s);

        if (name && strcmp(name, "use") != 0 && strcmp(name, "id") != 0)
            put(into, (setting){ name, s, NULL, place_of(l, s) });
    }
}

/* ---- variables ---------------------------------------------------------------- */

/* The value as text, numbers and switches too; NULL when the name is not set. */
static const char *variable(draft *d, const char *name, size_t length)
{
    for (size_t i = 0; i < d->vars.count; i++) {
        const setting *s = &d->vars.settings[i];

        if (strlen(s->name) != length || memcmp(s->name, name, length) != 0)
            continue;
        d->out_used |= strcmp(s->name, "out") == 0;
        switch (s->value ? config_setting_type(s->value) : CONFIG_TYPE_NONE) {
        case CONFIG_TYPE_NONE:
            return s->text;
        case CONFIG_TYPE_STRING:
            return config_setting_get_string(s->value);
        case CONFIG_TYPE_INT:
        case CONFIG_TYPE_INT64:
            return keep(d, memory_format("%lld", (long long)config_setting_get_int64(s->value)));
        case CONFIG_TYPE_FLOAT:
            return keep(d, memory_format("%.15g", config_setting_get_float(s->value)));
        case CONFIG_TYPE_BOOL:
            return config_setting_get_bool(s->value) ? "true" : "false";
        default:
            report_add(d->problems, SEVERITY_ERROR, s->at, "'%s' in vars is no single value; write text in quotes", s->name);
            return "";
        }
    }
    return NULL;
}

static void report_variable(draft *d, const char *name, size_t length, place at)
{
    const char *names[MOST_VARS + 1] = { NULL }, *near;
    char typed[64];
    size_t count = 0;

    for (; count < d->vars.count && count < MOST_VARS; count++)
        names[count] = d->vars.settings[count].name;
    snprintf(typed, sizeof typed, "%.*s", (int)(length < 60 ? length : 60), name);
    near = count ? suggest_name(typed, names, count) : NULL;
    if (near)
        report_add(d->problems, SEVERITY_ERROR, at, "'${%s}' is not set; did you mean '${%s}'?", typed, near);
    else if (strcmp(typed, "out") == 0)
        report_add(d->problems, SEVERITY_ERROR, at,
                   "'${out}' is not set; give -o OUT or write vars = { out = \"out\"; };");
    else
        report_add(d->problems, SEVERITY_ERROR, at, "'${%s}' is not set; give --set vars.%s=VALUE", typed, typed);
}

/* A value may name other variables. */
static char *expand(draft *d, const char *text, place at, int depth)
{
    char *made = memory_text("");

    while (*text && strlen(made) < LONGEST_VALUE) {
        const char *open = strstr(text, "${"), *close = open ? strchr(open, '}') : NULL;
        const char *stop = open ? open : text + strlen(text), *value = NULL;
        char *inner = NULL, *longer;

        if (open && !close)
            report_add(d->problems, SEVERITY_ERROR, at, "a '${' is not closed; add '}' behind the name");
        else if (open && !(value = variable(d, open + 2, (size_t)(close - open - 2))))
            report_variable(d, open + 2, (size_t)(close - open - 2), at);
        else if (open && depth == DEEPEST_VARIABLE)
            report_add(d->problems, SEVERITY_ERROR, at, "'%.*s' leads back to itself; break the circle",
                       (int)(close - open + 1), open);
        else if (open)
            inner = expand(d, value, at, depth + 1);
        longer = memory_format("%s%.*s%s", made, (int)(stop - text), text, inner ? inner : "");
        free(made);
        free(inner);
        made = longer;
        text = close ? close + 1 : stop + strlen(stop);
    }
    if (strlen(made) >= LONGEST_VALUE)
        report_add(d->problems, SEVERITY_ERROR, at, "with its variables the value is longer than 64 KiB; shorten it");
    return made;
}

char *draft_expand(draft *d, const char *text, place at)
{
    return expand(d, text, at, 0);
}

/* ---- stages ---------------------------------------------------------------------- */

static draft_stage *stage_by_id(draft *d, const char *id)
{
    for (size_t i = 0; i < d->count; i++)
        if (strcmp(d->stages[i].id, id) == 0)
            return &d->stages[i];
    return NULL;
}

static bool is_sink(draft *d, const char *use)
{
    const plugin *p = registry_find(d->plugins, use);

    return p && p->face && p->face->kind == GLY_SINK;
}

static draft_stage *insert(draft *d, const char *use, char *id, place at, bool before_sinks)
{
    size_t i = d->count;

    if (before_sinks && !is_sink(d, use))
        for (i = 0; i < d->count && !is_sink(d, d->stages[i].use);)
            i++;
    memmove(&d->stages[i + 1], &d->stages[i], (d->count - i) * sizeof *d->stages);
    d->count++;
    d->stages[i] = (draft_stage){ .use = memory_text(use), .id = id, .at = at };
    return &d->stages[i];
}

/* What a stage is called: its id, or the last part of its use; a number makes
 * it differ from those before it in the same file. */
static char *name_stage(const char *use, const char *id, char *const *taken, size_t count)
{
    const char *dot = use ? strrchr(use, '.') : NULL, *base = dot ? dot + 1 : use;
    char *name = memory_text(id ? id : base);

    for (size_t n = 2, i = 0; !id && i < count; i++)
        if (strcmp(taken[i], name) == 0) {
            free(name);
            name = memory_format("%s%zu", base, n++);
            i = (size_t)-1;
        }
    return name;
}

static void add_stage(draft *d, const draft_layer *l, const config_setting_t *group, char **taken, size_t *count)
{
    const char *use = NULL, *id = NULL;
    place at = place_of(l, group);
    draft_stage *s;
    char *name;

    if (config_setting_type(group) != CONFIG_TYPE_GROUP) {
        report_add(d->problems, SEVERITY_ERROR, at, "a stage is a group; write { use = \"family.name\"; }");
        return;
    }
    config_setting_lookup_string(group, "use", &use);
    config_setting_lookup_string(group, "id", &id);
    if (!use && !id) {
        report_add(d->problems, SEVERITY_ERROR, at, "this stage does not say what it is; add use = \"family.name\";");
        return;
    }
    name = name_stage(use, id, taken, *count);
    for (size_t i = 0; i < *count; i++)
        if (strcmp(taken[i], name) == 0)
            report_add(d->problems, SEVERITY_ERROR, at, "two stages have the id '%s'; give one of them another", name);
    taken[(*count)++] = name;
    s = stage_by_id(d, name);
    if (!s && !use) {
        report_add(d->problems, SEVERITY_ERROR, at, "no stage below has the id '%s'; add use = \"family.name\";", id);
        return;
    }
    if (!s)
        s = insert(d, use, memory_text(name), at, config_lookup(&l->config, "extends") != NULL);
    else if (use && strcmp(use, s->use) != 0) {
        free(s->use);
        s->use = memory_text(use);
        s->count = 0;
        s->at = at;
    }
    put_group(s, l, group);
}

static void add_pipeline(draft *d, const draft_layer *l, const config_setting_t *list)
{
    char *taken[MOST_STAGES];
    size_t count = 0;

    for (int i = 0; i < config_setting_length(list); i++) {
        if (d->count + 1 >= MOST_STAGES || count + 1 >= MOST_STAGES) {
            report_add(d->problems, SEVERITY_ERROR, place_of(l, list), "there are more than 255 stages");
            break;
        }
        add_stage(d, l, config_setting_get_elem(list, (unsigned)i), taken, &count);
    }
    while (count)
        free(taken[--count]);
}

/* ---- files ----------------------------------------------------------------------- */

char *draft_shipped_folder(size_t i)
{
    static const char *const beside[] = { "../configs", "../../configs" };
    char binary[4096], *slash;
    ssize_t n = readlink("/proc/self/exe", binary, sizeof binary - 1);

    if (i == 2)
        return memory_text(GALLEY_PREFIX "/share/galley/configs");
    binary[n > 0 ? n : 0] = '\0';
    slash = strrchr(binary, '/');
    return i < 2 ? memory_format("%.*s/%s", slash ? (int)(slash - binary) : 0, binary, beside[i]) : NULL;
}

char *draft_locate(const char *config)
{
    char *folder, *found = NULL;

    if (strchr(config, '/') || strchr(config, '.'))
        return memory_text(config);
    for (size_t i = 0; !found && (folder = draft_shipped_folder(i)) != NULL; i++) {
        char *file = memory_format("%s/%s.cfg", folder, config);

        found = access(file, R_OK) == 0 ? realpath(file, NULL) : NULL;
        free(file);
        free(folder);
    }
    return found;
}

static int is_config(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);

    return entry->d_name[0] != '.' && length > 4 && strcmp(entry->d_name + length - 4, ".cfg") == 0;
}

/* No config has that name: which ones there are, and the nearest. */
static void report_config(draft *d, const char *config, place asked)
{
    const char *names[64], *near;
    char *list = memory_text(""), *folder, *longer;
    struct dirent **entries;
    struct stat st;
    size_t count = 0;
    int n = -1;

    for (size_t i = 0; n <= 0 && (folder = draft_shipped_folder(i)) != NULL; i++) {
        n = scandir(folder, &entries, is_config, alphasort);
        free(folder);
    }
    for (int i = 0; i < n; i++) {
        if (count < 64)
            names[count++] = keep(d, memory_copy(entries[i]->d_name, strlen(entries[i]->d_name) - 4));
        free(entries[i]);
    }
    if (n >= 0)
        free(entries);
    for (size_t i = 0; i < count; i++, list = longer) {
        longer = memory_format("%s%s%s", list, i ? ", " : "", names[i]);
        free(list);
    }
    near = count ? suggest_name(config, names, count) : NULL;
    if (stat(config, &st) == 0 && S_ISDIR(st.st_mode)) {
        report_add(d->problems, SEVERITY_ERROR, asked, "'%s' is a folder, and the config comes before its inputs: galley run "
                   "press %s; shipped are %s", config, config, list);
        free(list);
        return;
    }
    report_add(d->problems, SEVERITY_ERROR, asked,
               "there is no shipped config '%s'; %s%s%sgive a file, such as ./my.cfg%s%s", config,
               near ? "did you mean '" : "", near ? near : "", near ? "'? or " : "", count ? ", or one of: " : "", list);
    free(list);
}

static void read_layer(draft *d, const char *config, place asked);

/* The config below, found beside this one or among the shipped ones. */
static void read_base(draft *d, const draft_layer *l, const config_setting_t *extends)
{
    const char *name = config_setting_get_string(extends), *slash = strrchr(l->file, '/');
    place at = place_of(l, extends);
    char *file = NULL;

    if (!name) {
        report_add(d->problems, SEVERITY_ERROR, at, "'extends' names one config; write extends = \"press.cfg\";");
        return;
    }
    if (name[0] == '/' || !slash || !strchr(name, '.'))
        file = memory_text(name);
    else
        file = memory_format("%.*s/%s", (int)(slash - l->file), l->file, name);
    read_layer(d, file, at);
    free(file);
}

static void report_parse_error(draft *d, const draft_layer *l)
{
    int at = config_error_line(&l->config);
    size_t length;
    const char *line = source_text(&l->source, at, &length);

    report_add(d->problems, SEVERITY_ERROR, source_place(&l->source, at),
               "%s; look for a missing ';' or bracket here or just above", config_error_text(&l->config));
    report_source(d->problems, line, length, 0);
}

/* Reads the file and mends it as far as it can; faults are in the report. */
static bool parse(draft *d, draft_layer *l)
{
    bool whole = source_read(&l->source, l->file, d->problems), parsed;
    size_t before = d->problems->errors;
    char *text = l->source.text ? lint(&l->source, d->problems) : NULL;

    parsed = whole && text && config_read_string(&l->config, text);
    if (whole && text && !parsed && d->problems->errors == before)
        report_parse_error(d, l);
    free(text);
    return parsed;
}

static void check_top(draft *d, const draft_layer *l, const config_setting_t *root)
{
    static const char *const names[] = { "galley", "extends", "vars", "pipeline", "run", NULL };

    for (int i = 0; i < config_setting_length(root); i++) {
        const config_setting_t *s = config_setting_get_elem(root, (unsigned)i);
        const char *name = config_setting_name(s), *near;
        bool known = false;

        for (size_t k = 0; names[k]; k++)
            known |= strcmp(names[k], name) == 0;
        near = known ? NULL : suggest_name(name, names, 0);
        if (!known)
            report_add(d->problems, SEVERITY_ERROR, place_of(l, s), "a config has no '%s'; %s%s%s", name,
                       near ? "did you mean '" : "it has galley, extends, vars, pipeline and run",
                       near ? near : "", near ? "'?" : "");
        if (strcmp(name, "galley") == 0 && config_setting_get_int(s) != 1)
            report_add(d->problems, SEVERITY_ERROR, place_of(l, s), "this galley reads configs of version 1; write galley = 1;");
    }
}

static void take_group(draft *d, draft_stage *into, const draft_layer *l, const char *name)
{
    const config_setting_t *group = config_lookup(&l->config, name);

    if (group && config_setting_is_group(group))
        put_group(into, l, group);
    else if (group)
        report_add(d->problems, SEVERITY_ERROR, place_of(l, group), "'%s' is a group; write %s = { ... };", name, name);
}

static void read_layer(draft *d, const char *config, place asked)
{
    const config_setting_t *part;
    draft_layer *l;
    char *file = draft_locate(config);

    if (!file) {
        report_config(d, config, asked);
        return;
    }
    if (d->layer_count == MOST_LAYERS) {
        report_add(d->problems, SEVERITY_ERROR, asked, "'%s' extends itself, or more than 7 others; break the circle", config);
        free(file);
        return;
    }
    l = &d->layers[d->layer_count++];
    l->file = file;
    config_init(&l->config);
    if (!parse(d, l))
        return;
    if ((part = config_lookup(&l->config, "extends")) != NULL)
        read_base(d, l, part);
    check_top(d, l, config_root_setting(&l->config));
    take_group(d, &d->vars, l, "vars");
    take_group(d, &d->run, l, "run");
    part = config_lookup(&l->config, "pipeline");
    if (part && config_setting_type(part) == CONFIG_TYPE_LIST)
        add_pipeline(d, l, part);
    else if (part)
        report_add(d->problems, SEVERITY_ERROR, place_of(l, part), "'pipeline' is a list; write pipeline = ( { ... }, ... );");
}

/* ---- the command line ------------------------------------------------------------ */

static void report_target(draft *d, const char *name, place at)
{
    const char *ids[MOST_STAGES + 3] = { "vars", "run" }, *near;

    for (size_t i = 0; i < d->count; i++)
        ids[i + 2] = d->stages[i].id;
    near = suggest_name(name, ids, d->count + 2);
    report_add(d->problems, SEVERITY_ERROR, at, "no stage has the id '%s'; %s%s%s", name,
               near ? "did you mean '" : "'galley check --resolved' shows them", near ? near : "", near ? "'?" : "");
}

static void apply_set(draft *d, const char *text)
{
    place at = { keep(d, memory_format("--set %s", text)), 0, 0 };
    const char *dot = strchr(text, '.'), *equals = strchr(text, '=');
    draft_stage *s;
    char *target;

    if (!dot || !equals || dot > equals) {
        report_add(d->problems, SEVERITY_ERROR, at, "write it as --set ID.OPTION=VALUE, such as --set run.workers=2");
        return;
    }
    target = memory_copy(text, (size_t)(dot - text));
    s = strcmp(target, "vars") == 0 ? &d->vars : strcmp(target, "run") == 0 ? &d->run : stage_by_id(d, target);
    if (s)
        put(s, (setting){ keep(d, memory_copy(dot + 1, (size_t)(equals - dot - 1))), NULL, equals + 1, at });
    else
        report_target(d, target, at);
    free(target);
}

static char *absolute(const char *path)
{
    char here[4096];

    return path[0] == '/' || !getcwd(here, sizeof here) ? memory_text(path) : memory_format("%s/%s", here, path);
}

void draft_read(draft *d, const plan_request *request, registry *plugins, report *problems)
{
    *d = (draft){ .plugins = plugins, .problems = problems };
    read_layer(d, request->config, (place){ NULL, 0, 0 });
    for (size_t i = 0; i < request->set_count; i++)
        apply_set(d, request->sets[i]);
    if (request->out)
        put(&d->vars, (setting){ "out", NULL, keep(d, absolute(request->out)), { "-o", 0, 0 } });
}

void draft_free(draft *d)
{
    for (size_t i = 0; i < d->count; i++) {
        free(d->stages[i].use);
        free(d->stages[i].id);
        free(d->stages[i].settings);
    }
    while (d->kept_count)
        free(d->kept[--d->kept_count]);
    free(d->kept);
    free(d->run.settings);
    free(d->vars.settings);
    for (size_t i = 0; i < d->layer_count; i++) {
        config_destroy(&d->layers[i].config);
        source_free(&d->layers[i].source);
        free(d->layers[i].file);
    }
}
