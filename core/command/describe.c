/* describe - one walk over each table, with a printer for each format. */
#include "command/describe.h"

#include "base/json.h"
#include "config/option.h"

const char *const describe_kinds[] = { "", "source", "transform", "split", "sink" };

/* ---- JSON ------------------------------------------------------------------------ */

static void key(const char *name)
{
    printf(",\"%s\":", name);
}

static void text(const char *name, const char *value)
{
    if (!value)
        return;
    key(name);
    json_print(stdout, value);
}

static void list(const char *name, const char *const *items)
{
    if (!items)
        return;
    key(name);
    putchar('[');
    for (size_t i = 0; items[i]; i++) {
        if (i)
            putchar(',');
        json_print(stdout, items[i]);
    }
    putchar(']');
}

static bool has_range(const gly_option *o)
{
    return o->min < 0 || o->max > 0;
}

static void option_json(const gly_option *o)
{
    fputs("{\"name\":", stdout);
    json_print(stdout, o->field.name);
    text("type", option_type_name(o->field.type));
    text("help", o->field.help);
    key("default");
    json_print(stdout, o->fallback);
    printf(",\"required\":%s", o->fallback ? "false" : "true");
    if (has_range(o))
        printf(",\"min\":%.15g,\"max\":%.15g", o->min, o->max);
    text("unit", o->field.unit);
    list("choices", o->field.choices);
    text("was", o->was);
    if (o->flags & GLY_OPT_SECRET)
        fputs(",\"secret\":true", stdout);
    if (o->flags & GLY_OPT_EXPERT)
        fputs(",\"expert\":true", stdout);
    putchar('}');
}

static void stage_json(const plugin *p)
{
    const gly_plugin *f = p->face;
    const gly_option *o;
    bool first = true;

    fputs("{\"use\":", stdout);
    json_print(stdout, f->name);
    text("kind", describe_kinds[f->kind]);
    text("version", f->version);
    text("summary", f->summary);
    text("help", f->help);
    text("license", f->license);
    text("path", p->path);
    printf(",\"network\":%s", f->ops->flags & GLY_STAGE_NETWORK ? "true" : "false");
    list("reads", f->reads);
    list("writes", f->writes);
    key("layers");
    putchar('[');
    for (size_t i = 0; f->layers && f->layers[i]; i++) {
        if (i)
            putchar(',');
        json_print(stdout, f->layers[i]->name);
    }
    putchar(']');
    text("inputs", f->inputs);
    key("options");
    putchar('[');
    for (uint32_t i = 0; (o = option_at(f, i)) != NULL; i++) {
        if (o->flags & GLY_OPT_REMOVED)
            continue;
        fputs(first ? "" : ",", stdout);
        option_json(o);
        first = false;
    }
    putchar(']');
    text("example", f->example);
    fputs("}\n", stdout);
}

/* ---- for people ------------------------------------------------------------------- */

static bool is_shown(const gly_option *o, bool all)
{
    return !(o->flags & GLY_OPT_REMOVED) && (all || !(o->flags & GLY_OPT_EXPERT));
}

static void print_names(const char *title, const char *const *names, const char *mark)
{
    if (!names || !names[0])
        return;
    printf("%s", title);
    for (size_t i = 0; names[i]; i++) {
        bool optional = names[i][0] == '?';

        printf("%s %s%s%s%s", i ? "," : "", mark, names[i] + optional, mark, optional ? " (if there)" : "");
    }
    putchar('\n');
}

static void print_range(const gly_option *o)
{
    const char *unit = o->field.unit ? o->field.unit : "";

    if (o->field.choices)
        for (size_t i = 0; o->field.choices[i]; i++)
            printf("%s%s", i ? ", " : o->field.type == GLY_T_STRS ? "; some of " : "; one of ", o->field.choices[i]);
    else if (has_range(o))
        printf("; %.10g to %.10g%s%s", o->min, o->max, *unit ? " " : "", unit);
}

static void option_text(const gly_option *o)
{
    printf("  %-16s %-14s ", o->field.name, option_type_name(o->field.type));
    if (!o->fallback)
        fputs("(must be set) ", stdout);
    else if (o->fallback[0])
        printf("= %-10s ", o->fallback);
    else
        fputs("             ", stdout);
    fputs(o->field.help, stdout);
    print_range(o);
    putchar('\n');
}

static void stage_text(const plugin *p, bool all)
{
    const gly_plugin *f = p->face;
    const gly_option *o;
    unsigned hidden = 0;

    printf("%s %s - %s\n%s, %s, %s\n\n", f->name, f->version, f->summary, describe_kinds[f->kind],
           f->license ? f->license : "no licence given", p->path);
    if (f->help)
        printf("%s\n\n", f->help);
    if (f->ops->flags & GLY_STAGE_NETWORK)
        fputs("network  yes: it runs apart from stages that parse\n", stdout);
    print_names("reads   ", f->reads, "");
    print_names("writes  ", f->writes, "");
    if (option_at(f, 0))
        fputs("\noptions\n", stdout);
    for (uint32_t i = 0; (o = option_at(f, i)) != NULL; i++)
        if (is_shown(o, all))
            option_text(o);
        else
            hidden += (o->flags & GLY_OPT_EXPERT) != 0;
    if (hidden)
        printf("  and %u for experts: --all\n", hidden);
    if (f->example)
        printf("\nexample\n  %s\n", f->example);
}

/* ---- Markdown --------------------------------------------------------------------- */

/* Text of a table's cell. */
static void cell(const char *s)
{
    for (; *s; s++) {
        if (*s == '|')
            putchar('\\');
        putchar(*s == '\n' ? ' ' : *s);
    }
}

static void option_markdown(const gly_option *o)
{
    printf("| `%s` | %s | ", o->field.name, option_type_name(o->field.type));
    if (!o->fallback)
        fputs("must be set", stdout);
    else if (o->fallback[0])
        printf("`%s`", o->fallback);
    fputs(" | ", stdout);
    cell(o->field.help);
    print_range(o);
    fputs(" |\n", stdout);
}

static void stage_markdown(const plugin *p, bool all)
{
    const gly_plugin *f = p->face;
    const gly_option *o;

    printf("# %s\n\n%s.\n\n", f->name, f->summary);
    if (f->help)
        printf("%s\n\n", f->help);
    if (f->example)
        printf("    %s\n\n", f->example);
    if (option_at(f, 0))
        fputs("| option | type | default | meaning |\n|---|---|---|---|\n", stdout);
    for (uint32_t i = 0; (o = option_at(f, i)) != NULL; i++)
        if (is_shown(o, all))
            option_markdown(o);
    putchar('\n');
    if (f->ops->flags & GLY_STAGE_NETWORK)
        fputs("It needs the network, and runs apart from stages that parse.\n\n", stdout);
    print_names("Reads", f->reads, "`");
    print_names("Writes", f->writes, "`");
    printf("\n%s, version %s, %s\n", describe_kinds[f->kind], f->version, f->license ? f->license : "no licence given");
}

/* ---- layers ----------------------------------------------------------------------- */

static void field_json(const gly_field *f, bool first)
{
    printf("%s{\"name\":", first ? "" : ",");
    json_print(stdout, f->name);
    text("type", option_type_name(f->type));
    text("help", f->help);
    text("unit", f->unit);
    if (f->type == GLY_T_REF)
        text("layer", f->choices ? f->choices[0] : NULL);
    else
        list("choices", f->choices);
    putchar('}');
}

static void print_field(const gly_field *f, format how, bool first)
{
    if (how == FORMAT_JSON)
        field_json(f, first);
    else if (how == FORMAT_MARKDOWN)
        printf("| `%s` | %s | %s |\n", f->name, option_type_name(f->type), f->help ? f->help : "");
    else
        printf("  %-14s %-14s %s\n", f->name, option_type_name(f->type), f->help ? f->help : "");
}

void describe_layer(const gly_layer_type *l, format how)
{
    const char *help = l->help ? l->help : "";

    if (how == FORMAT_JSON) {
        fputs("{\"layer\":", stdout);
        json_print(stdout, l->name);
        text("help", help);
        printf(",\"flat\":%s,\"tree\":%s,\"work\":%s,\"fields\":[", l->flags & GLY_LAYER_FLAT ? "true" : "false",
               l->flags & GLY_LAYER_TREE ? "true" : "false", l->flags & GLY_LAYER_WORK ? "true" : "false");
    } else if (how == FORMAT_MARKDOWN) {
        printf("# %s\n\n%s.\n\n| field | type | meaning |\n|---|---|---|\n", l->name, help);
    } else {
        printf("%s - %s\n\nfields\n", l->name, help);
    }
    for (const gly_field *f = l->fields; f && f->name; f = (const void *)((const char *)f + l->field_size))
        print_field(f, how, f == l->fields);
    if (how == FORMAT_JSON)
        fputs("]}\n", stdout);
}

void describe_stage(const plugin *p, format how, bool all)
{
    if (how == FORMAT_JSON)
        stage_json(p);
    else if (how == FORMAT_MARKDOWN)
        stage_markdown(p, all);
    else
        stage_text(p, all);
}
