/* inspect - what a stage does, its options, and what it reads and writes; the fields
 * of a layer; what a stage makes of rules for sites. */
#include <errno.h>

#include "command/command.h"
#include "command/describe.h"
#include "document/document.h"

static const gly_layer_type *find_layer(const registry *plugins, const char *name)
{
    for (size_t i = 0; layers_standard[i]; i++)
        if (strcmp(layers_standard[i]->name, name) == 0)
            return layers_standard[i];
    for (size_t i = 0; i < plugins->count; i++) {
        const gly_plugin *f = plugins->plugins[i].face;

        for (size_t k = 0; f && f->layers && f->layers[k]; k++)
            if (strcmp(f->layers[k]->name, name) == 0)
                return f->layers[k];
    }
    return NULL;
}

static int inspect(const command *c, registry *plugins, const char *name, format how, bool all)
{
    const gly_layer_type *layer = NULL;
    plugin *p = registry_find(plugins, name);
    const char *near;

    if (!p && strchr(name, '/')) {
        registry_load_all(plugins);
        layer = find_layer(plugins, name);
    }
    if (layer) {
        describe_layer(layer, how);
        return EXIT_FINE;
    }
    if (!p) {
        near = registry_suggest(plugins, name);
        return near ? command_usage(c, "there is no stage '%s'; did you mean '%s'?", name, near)
                    : command_usage(c, "there is no stage or layer '%s'; 'galley list' shows the stages", name);
    }
    if (!p->face)
        return command_usage(c, "stage '%s' cannot be used: %s (%s)", name, p->refused, p->path);
    describe_stage(p, how, all);
    return EXIT_FINE;
}

/* ---- rules ---------------------------------------------------------------------------- */

static void say(void *to, const char *line)
{
    fprintf(to, "%s\n", line);
}

static const gly_rules *rules_of(const plugin *p)
{
    const gly_stage_ops *ops = p && p->face ? p->face->ops : NULL;

    bool has = ops && ops->size >= offsetof(gly_stage_ops, extension) + sizeof ops->extension && ops->extension;

    return has ? ops->extension("rules/1") : NULL;
}

static int inspect_rules(const command *c, registry *plugins, const char *path, int argc, char **argv)
{
    const gly_rules *rules = rules_of(registry_find(plugins, argv[0]));
    gly_str names[64];
    gly_strs wanted = { names, 0 };

    if (!rules)
        return command_usage(c, "'%s' is no stage that follows rules; clean.html is one", argv[0]);
    if (argc - 1 > (int)(sizeof names / sizeof names[0]))
        return command_usage(c, "%d names are too many; give 64 at most", argc - 1);
    for (int i = 1; i < argc; i++)
        names[wanted.count++] = (gly_str){ argv[i], (uint32_t)strlen(argv[i]) };
    if (rules->explain(path, wanted, say, stdout) < 0)
        return command_usage(c, "cannot read the rules in '%s': %s", path, strerror(errno));
    return EXIT_FINE;
}

static int run(const command *c, int argc, char **argv)
{
    static const struct option longs[] = {
        { "json", no_argument, NULL, 'J' }, { "md", no_argument, NULL, 'M' },
        { "all", no_argument, NULL, 'A' }, { "plugin-dir", required_argument, NULL, 'P' },
        { "rules", required_argument, NULL, 'R' }, { "help", no_argument, NULL, 'h' }, { NULL, 0, NULL, 0 }
    };
    plugin_dirs dirs = { .count = 0 };
    registry plugins = { NULL, 0, 0 };
    report problems = { 0 };
    format how = FORMAT_TEXT;
    bool all = false;
    const char *rules = NULL;
    int status = EXIT_USAGE;

    for (int got; (got = command_option(c, argc, argv, "h", longs)) != -1;) {
        if (got == '?')
            return EXIT_USAGE;
        if (got == 'J' || got == 'M')
            how = got == 'J' ? FORMAT_JSON : FORMAT_MARKDOWN;
        if (got == 'A')
            all = true;
        if (got == 'P')
            plugin_dirs_add(&dirs, optarg);
        if (got == 'R')
            rules = optarg;
    }
    if (rules ? optind == argc : optind + 1 != argc)
        return command_usage(c, "name one stage or layer");
    registry_scan(&plugins, dirs.items, dirs.count, &problems);
    report_print(&problems, stderr);
    if (!problems.errors && rules)
        status = inspect_rules(c, &plugins, rules, argc - optind, argv + optind);
    else if (!problems.errors)
        status = inspect(c, &plugins, argv[optind], how, all);
    report_free(&problems);
    registry_free(&plugins);
    return status;
}

const command command_inspect = {
    .name = "inspect", .usage = "STAGE|LAYER [--json|--md] [--all] [--rules FOLDER [HOST|FILE...]] [--plugin-dir DIR]",
    .summary = "what a stage does and its options; the fields of a layer",
    .help = "  galley inspect fetch.folder\n  galley inspect quote/1\n"
            "  galley inspect clean.charset --json | jq .options\n"
            "  galley inspect clean.html --rules FOLDER www.example.org page.html\n\n"
            "  --json             one JSON object\n"
            "  --md               a page of Markdown\n"
            "  --all              options for experts, too\n"
            "  --rules FOLDER     what a stage makes of rules for sites: of those for a host or\n"
            "                     a page, line by line; without one, of each file\n"
            "  --plugin-dir DIR   look here first; may be given many times\n",
    .run = run,
};
