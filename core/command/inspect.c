/* inspect - what a stage does, its options, and what it reads and writes; or the
 * fields of a layer. */
#include "command/command.h"

#include "base/json.h"
#include "config/option.h"

static const char *const kinds[] = { "", "source", "transform", "split", "sink" };

static const gly_layer_type *const standard_layers[] = {
    &gly_block_layer, &gly_term_layer, &gly_token_layer, &gly_sentence_layer, &gly_quote_layer,
    &gly_entity_layer, &gly_acronym_layer, &gly_mention_layer, &gly_date_layer, &gly_amount_layer,
    &gly_keyword_layer, &gly_summary_layer, &gly_stats_layer, &gly_removed_layer, NULL
};

static void print_names(const char *title, const char *const *names)
{
    if (!names || !names[0])
        return;
    printf("%-8s", title);
    for (size_t i = 0; names[i]; i++)
        printf(" %s%s", names[i][0] == '?' ? names[i] + 1 : names[i], names[i][0] == '?' ? " (if there)" : "");
    putchar('\n');
}

static void print_range(const gly_option *o)
{
    if (o->field.choices)
        for (size_t i = 0; o->field.choices[i]; i++)
            printf("%s%s", i ? ", " : "; one of ", o->field.choices[i]);
    else if (o->min < 0 || o->max > 0)
        printf("; %.10g to %.10g%s%s", o->min, o->max, o->field.unit ? " " : "", o->field.unit ? o->field.unit : "");
}

static void print_option(const gly_option *o)
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

static void print_stage(const plugin *p)
{
    const gly_plugin *f = p->face;
    const gly_option *o;

    printf("%s %s - %s\n%s, %s, %s\n\n", f->name, f->version, f->summary, kinds[f->kind],
           f->license ? f->license : "no licence given", p->path);
    if (f->help)
        printf("%s\n\n", f->help);
    print_names("reads", f->reads);
    print_names("writes", f->writes);
    if (option_at(f, 0))
        fputs("\noptions\n", stdout);
    for (uint32_t i = 0; (o = option_at(f, i)) != NULL; i++)
        if (!(o->flags & GLY_OPT_REMOVED))
            print_option(o);
    if (f->example)
        printf("\nexample\n  %s\n", f->example);
}

static void print_json_names(const char *key, const char *const *names)
{
    printf(",\"%s\":[", key);
    for (size_t i = 0; names && names[i]; i++) {
        if (i)
            putchar(',');
        json_print(stdout, names[i]);
    }
    putchar(']');
}

static void print_stage_json(const plugin *p)
{
    const gly_plugin *f = p->face;
    const gly_option *o;

    fputs("{\"use\":", stdout);
    json_print(stdout, f->name);
    printf(",\"kind\":\"%s\",\"version\":", kinds[f->kind]);
    json_print(stdout, f->version);
    fputs(",\"summary\":", stdout);
    json_print(stdout, f->summary);
    fputs(",\"path\":", stdout);
    json_print(stdout, p->path);
    print_json_names("reads", f->reads);
    print_json_names("writes", f->writes);
    fputs(",\"options\":[", stdout);
    for (uint32_t i = 0; (o = option_at(f, i)) != NULL; i++) {
        printf("%s{\"name\":", i ? "," : "");
        json_print(stdout, o->field.name);
        fputs(",\"type\":", stdout);
        json_print(stdout, option_type_name(o->field.type));
        fputs(",\"default\":", stdout);
        json_print(stdout, o->fallback);
        fputs(",\"help\":", stdout);
        json_print(stdout, o->field.help);
        putchar('}');
    }
    fputs("]}\n", stdout);
}

static void print_layer(const gly_layer_type *l, bool json)
{
    if (json) {
        fputs("{\"layer\":", stdout);
        json_print(stdout, l->name);
        fputs(",\"help\":", stdout);
        json_print(stdout, l->help);
        fputs(",\"fields\":[", stdout);
    } else {
        printf("%s - %s\n\nfields\n", l->name, l->help);
    }
    for (const gly_field *f = l->fields; f->name; f = (const void *)((const char *)f + l->field_size))
        if (json) {
            printf("%s{\"name\":", f == l->fields ? "" : ",");
            json_print(stdout, f->name);
            fputs(",\"type\":", stdout);
            json_print(stdout, option_type_name(f->type));
            fputs(",\"help\":", stdout);
            json_print(stdout, f->help);
            putchar('}');
        } else {
            printf("  %-14s %-14s %s\n", f->name, option_type_name(f->type), f->help);
        }
    if (json)
        fputs("]}\n", stdout);
}

static const gly_layer_type *find_layer(const registry *plugins, const char *name)
{
    for (size_t i = 0; standard_layers[i]; i++)
        if (strcmp(standard_layers[i]->name, name) == 0)
            return standard_layers[i];
    for (size_t i = 0; i < plugins->count; i++) {
        const gly_plugin *f = plugins->plugins[i].face;

        for (size_t k = 0; f && f->layers && f->layers[k]; k++)
            if (strcmp(f->layers[k]->name, name) == 0)
                return f->layers[k];
    }
    return NULL;
}

static int inspect(const command *c, registry *plugins, const char *name, bool json)
{
    const gly_layer_type *layer = NULL;
    plugin *p = registry_find(plugins, name);
    const char *near;

    if (!p && strchr(name, '/')) {
        registry_load_all(plugins);
        layer = find_layer(plugins, name);
    }
    if (layer) {
        print_layer(layer, json);
        return EXIT_FINE;
    }
    if (!p) {
        near = registry_suggest(plugins, name);
        return near ? command_usage(c, "there is no stage '%s'; did you mean '%s'?", name, near)
                    : command_usage(c, "there is no stage or layer '%s'; 'galley list' shows the stages", name);
    }
    if (!p->face)
        return command_usage(c, "stage '%s' cannot be used: %s (%s)", name, p->refused, p->path);
    if (json)
        print_stage_json(p);
    else
        print_stage(p);
    return EXIT_FINE;
}

static int run(const command *c, int argc, char **argv)
{
    static const struct option longs[] = {
        { "json", no_argument, NULL, 'J' }, { "plugin-dir", required_argument, NULL, 'P' },
        { "help", no_argument, NULL, 'h' }, { NULL, 0, NULL, 0 }
    };
    plugin_dirs dirs = { .count = 0 };
    registry plugins = { NULL, 0, 0 };
    report problems = { 0 };
    bool json = false;
    int status = EXIT_USAGE;

    for (int got; (got = command_option(c, argc, argv, "h", longs)) != -1;) {
        if (got == '?')
            return EXIT_USAGE;
        if (got == 'J')
            json = true;
        if (got == 'P')
            plugin_dirs_add(&dirs, optarg);
    }
    if (optind + 1 != argc)
        return command_usage(c, "name one stage or layer");
    registry_scan(&plugins, dirs.items, dirs.count, &problems);
    report_print(&problems, stderr);
    if (!problems.errors)
        status = inspect(c, &plugins, argv[optind], json);
    report_free(&problems);
    registry_free(&plugins);
    return status;
}

const command command_inspect = {
    .name = "inspect", .usage = "STAGE|LAYER [--json] [--plugin-dir DIR]",
    .summary = "what a stage does and its options; the fields of a layer",
    .help = "  galley inspect fetch.folder\n  galley inspect quote/1\n"
            "  galley inspect clean.charset --json | jq .options\n\n"
            "  --json             one JSON object\n"
            "  --plugin-dir DIR   look here first; may be given many times\n",
    .run = run,
};
