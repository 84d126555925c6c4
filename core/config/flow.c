/* flow - checks what stages read, write and touch, against each other. */
#include "config/flow.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "config/option.h"

static bool writes(const gly_plugin *face, const char *what)
{
    if (face->kind == GLY_SOURCE && strcmp(what, "raw") == 0)
        return true;
    for (const char *const *w = face->writes; w && *w; w++)
        if (strcmp(*w, what) == 0)
            return true;
    return false;
}

static bool written_before(const plan *p, size_t stage, const char *what)
{
    for (size_t i = 0; i < stage; i++)
        if (!p->stages[i].face || writes(p->stages[i].face, what))
            return true;
    return false;
}

static bool reads(const gly_plugin *face, const char *what)
{
    for (const char *const *r = face->reads; r && *r; r++)
        if (strcmp(*r, what) == 0)
            return true;
    return false;
}

/* Then it is missing there already, and was reported. */
static bool read_before(const plan *p, size_t stage, const char *what)
{
    for (size_t i = 0; i < stage; i++)
        if (p->stages[i].face && reads(p->stages[i].face, what))
            return true;
    return false;
}

static const char *writer_of(registry *plugins, const char *what)
{
    registry_load_all(plugins);
    for (size_t i = 0; i < plugins->count; i++)
        if (plugins->plugins[i].face && writes(plugins->plugins[i].face, what))
            return plugins->plugins[i].name;
    return NULL;
}

static void report_missing(const plan_stage *s, const char *what, registry *plugins, report *problems)
{
    const char *writer = writer_of(plugins, what), *kind = strchr(what, '/') ? "layer " : "";

    if (writer)
        report_add(problems, SEVERITY_ERROR, s->at,
                   "stage '%s' reads %s'%s', which no earlier stage writes; add { use = \"%s\"; } before it",
                   s->use, kind, what, writer);
    else
        report_add(problems, SEVERITY_ERROR, s->at,
                   "stage '%s' reads %s'%s', which no stage here writes; install a plugin that does, or take it out",
                   s->use, kind, what);
}

static void check_reads(const plan *p, size_t i, registry *plugins, report *problems)
{
    const plan_stage *s = &p->stages[i];
    const char *layer;

    for (const char *const *r = s->face->reads; r && *r; r++)
        if (**r != '?' && strncmp(*r, "meta.", 5) != 0 && !written_before(p, i, *r) && !read_before(p, i, *r))
            report_missing(s, *r, plugins, problems);
    for (size_t n = 0; (layer = condition_layer(s->when, n)) != NULL; n++)
        if (!written_before(p, i, layer))
            report_missing(s, layer, plugins, problems);
}

static void check_kinds(const plan *p, report *problems)
{
    bool sink = false;

    for (size_t i = 0; i < p->count; i++) {
        const plan_stage *s = &p->stages[i];

        sink |= !s->face || s->face->kind == GLY_SINK;
        if (s->face && i == 0 && s->face->kind != GLY_SOURCE)
            report_add(problems, SEVERITY_ERROR, s->at,
                       "the first stage is '%s', which is no source; begin with one of those that 'galley list' shows", s->use);
        if (s->face && i > 0 && s->face->kind == GLY_SOURCE)
            report_add(problems, SEVERITY_ERROR, s->at,
                       "'%s' is a source, and only the first stage can be one; take it out", s->use);
    }
    if (!sink)
        report_add(problems, SEVERITY_ERROR, (place){ p->file, 0, 0 },
                   "no stage writes anything; add a sink at the end, one of 'galley list'");
}

/* ---- files --------------------------------------------------------------------- */

/* The path without links, as far as it is there. To be freed. */
static char *resolve(const char *path)
{
    char *whole = realpath(path, NULL), *copy, *slash, *above;

    if (whole)
        return whole;
    copy = memory_text(path);
    slash = strrchr(copy, '/');
    if (slash)
        *slash = '\0';
    above = !slash ? realpath(".", NULL) : slash == copy ? memory_text("") : resolve(copy);
    whole = memory_format("%s/%s", above ? above : "", slash ? slash + 1 : copy);
    free(copy);
    free(above);
    return whole;
}

static bool is_file(gly_str path)
{
    return path.len > 0 && !(path.len == 1 && path.ptr[0] == '-');
}

static bool is_folder(const char *path)
{
    struct stat info;

    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static bool lies_below(const char *path, const char *folder)
{
    size_t length = strlen(folder);

    return is_folder(folder) && strncmp(path, folder, length) == 0 &&
           (path[length] == '/' || path[length] == '\0' || length == 1);
}

static void check_below(const plan_stage *sink, const char *output, const plan_stage *source, report *problems)
{
    const gly_option *o;

    for (uint32_t i = 0; (o = option_at(source->face, i)) != NULL; i++) {
        const void *at = (const char *)source->options + o->field.offset;
        gly_strs paths = { at, o->field.type == GLY_T_PATH };

        if (o->field.type == GLY_T_PATHS)
            paths = *(const gly_strs *)at;
        for (uint32_t k = 0; k < paths.count; k++) {
            char *folder = is_file(paths.items[k]) ? resolve(paths.items[k].ptr) : NULL;

            if (folder && strcmp(output, folder) == 0 && !is_folder(folder))
                report_add(problems, SEVERITY_ERROR, sink->at,
                           "'%s' would write over the input '%s'; give another output with -o OUT",
                           sink->use, folder);
            else if (folder && lies_below(output, folder))
                report_add(problems, SEVERITY_ERROR, sink->at,
                           "'%s' writes '%s', which lies below the input '%s'; give another output with -o OUT",
                           sink->use, output, folder);
            free(folder);
        }
    }
}

typedef struct output {
    char *path;
    const plan_stage *sink;
} output;

static void add_output(const plan *p, const plan_stage *s, gly_str path, output *seen, size_t *count, report *problems)
{
    char *file = is_file(path) ? resolve(path.ptr) : memory_text("-");

    for (size_t i = 0; i < *count; i++)
        if (strcmp(seen[i].path, file) == 0)
            report_add(problems, SEVERITY_ERROR, s->at, "'%s' and '%s' both write '%s'; give one of them another path",
                       seen[i].sink->id, s->id, file);
    if (p->stages[0].face && p->stages[0].options && is_file(path))
        check_below(s, file, &p->stages[0], problems);
    if (*count < 256)
        seen[(*count)++] = (output){ file, s };
    else
        free(file);
}

static void check_outputs(const plan *p, report *problems)
{
    output seen[256];
    size_t count = 0;
    const gly_option *o;

    for (size_t i = 1; i < p->count; i++) {
        const plan_stage *s = &p->stages[i];

        for (uint32_t k = 0; s->face && s->options && (o = option_at(s->face, k)) != NULL; k++) {
            gly_str path = { NULL, 0 };

            if (o->field.type == GLY_T_OUTPUT)
                path = *(const gly_str *)(const void *)((const char *)s->options + o->field.offset);
            if (path.len)
                add_output(p, s, path, seen, &count, problems);
        }
    }
    while (count)
        free(seen[--count].path);
}

void flow_check(const plan *p, registry *plugins, report *problems)
{
    if (p->count == 0) {
        report_add(problems, SEVERITY_ERROR, (place){ p->file, 0, 0 },
                   "there is no stage; write pipeline = ( { use = \"family.name\"; }, ... );");
        return;
    }
    check_kinds(p, problems);
    for (size_t i = 0; i < p->count; i++)
        if (p->stages[i].face)
            check_reads(p, i, plugins, problems);
    check_outputs(p, problems);
}
