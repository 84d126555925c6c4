/* resolved - a plan as the config that says all of it. */
#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"
#include "config/keys.h"
#include "config/option.h"

/* The path from the root, so that it means the same in any config. */
static gly_str absolute(gly_arena *memory, gly_str path)
{
    char here[4096], *whole;
    gly_str out = path;

    if (path.len == 0 || path.ptr[0] == '/' || gly_str_eq(path, GLY_LIT("-")) || !getcwd(here, sizeof here))
        return path;
    whole = memory_format("%s/%.*s", here, (int)path.len, path.ptr);
    out.len = (uint32_t)strlen(whole);
    out.ptr = memcpy(gly_alloc(memory, out.len + 1u, 1), whole, out.len + 1u);
    free(whole);
    return out;
}

/* The value of a PATH or PATHS option from the root; other values as they are. */
static void put_absolute(gly_arena *memory, const gly_option *o, void *options)
{
    void *at = (char *)options + o->field.offset;
    gly_strs *list = at;
    gly_str *items;

    if (o->field.type == GLY_T_PATH || o->field.type == GLY_T_OUTPUT)
        *(gly_str *)at = absolute(memory, *(gly_str *)at);
    if (o->field.type != GLY_T_PATHS || list->count == 0)
        return;
    items = gly_alloc(memory, list->count * sizeof *items, _Alignof(gly_str));
    for (uint32_t i = 0; i < list->count; i++)
        items[i] = absolute(memory, list->items[i]);
    list->items = items;
}

static void print_option(FILE *out, const gly_option *o, const void *options)
{
    size_t size = option_format(o, options, NULL, 0) + 1;
    char *text = memory_new(size);

    option_format(o, options, text, size);
    fprintf(out, " %s = %s;", o->field.name, o->flags & GLY_OPT_SECRET ? "\"***\"" : text);
    free(text);
}

static void print_stage(const plan *p, const plan_stage *s, FILE *out)
{
    common values = { .timeout = s->timeout, .on_error = (int32_t)s->on_error, .enabled = true };
    const setting *when = NULL;
    const draft *d = &p->memory->draft;
    const gly_option *o;

    for (size_t i = 0; i < d->count; i++)
        if (s->id == d->stages[i].id)
            when = draft_find(&d->stages[i], "when");
    if (s->when && when) {
        const char *text = when->value ? config_setting_get_string(when->value) : when->text;

        values.when = (gly_str){ text, (uint32_t)strlen(text) };
    }
    fprintf(out, "  { use = \"%s\"; id = \"%s\";", s->use, s->id);
    for (uint32_t i = 0; (o = option_at(&keys_of_stage, i)) != NULL; i++)
        print_option(out, o, &values);
    for (uint32_t i = 0; (o = option_at(s->face, i)) != NULL; i++)
        if (!(o->flags & GLY_OPT_REMOVED)) {
            put_absolute(&p->memory->arena.face, o, s->options);
            print_option(out, o, s->options);
        }
    fputs(" }", out);
}

void plan_print_stage(const plan *p, uint16_t i, FILE *out)
{
    print_stage(p, &p->stages[i], out);
}

void plan_print_resolved(const plan *p, FILE *out)
{
    const gly_option *o;

    fputs("galley = 1;\npipeline = (\n", out);
    for (size_t i = 0; i < p->count; i++) {
        print_stage(p, &p->stages[i], out);
        fputs(i + 1 < p->count ? ",\n" : "\n", out);
    }
    fputs(");\nrun = {", out);
    for (uint32_t i = 0; (o = option_at(&keys_of_run, i)) != NULL; i++)
        print_option(out, o, &p->run);
    fputs(" };\n", out);
}
