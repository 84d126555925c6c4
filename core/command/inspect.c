/* inspect - what a stage does, its options, and what it reads and writes; or the
 * fields of a layer. */
#include "command/command.h"
#include "command/describe.h"

static const gly_layer_type *const standard_layers[] = {
    &gly_block_layer, &gly_term_layer, &gly_token_layer, &gly_sentence_layer, &gly_quote_layer,
    &gly_entity_layer, &gly_acronym_layer, &gly_mention_layer, &gly_date_layer, &gly_amount_layer,
    &gly_keyword_layer, &gly_summary_layer, &gly_stats_layer, &gly_removed_layer, NULL
};

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

static int run(const command *c, int argc, char **argv)
{
    static const struct option longs[] = {
        { "json", no_argument, NULL, 'J' }, { "md", no_argument, NULL, 'M' },
        { "all", no_argument, NULL, 'A' }, { "plugin-dir", required_argument, NULL, 'P' },
        { "help", no_argument, NULL, 'h' }, { NULL, 0, NULL, 0 }
    };
    plugin_dirs dirs = { .count = 0 };
    registry plugins = { NULL, 0, 0 };
    report problems = { 0 };
    format how = FORMAT_TEXT;
    bool all = false;
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
    }
    if (optind + 1 != argc)
        return command_usage(c, "name one stage or layer");
    registry_scan(&plugins, dirs.items, dirs.count, &problems);
    report_print(&problems, stderr);
    if (!problems.errors)
        status = inspect(c, &plugins, argv[optind], how, all);
    report_free(&problems);
    registry_free(&plugins);
    return status;
}

const command command_inspect = {
    .name = "inspect", .usage = "STAGE|LAYER [--json|--md] [--all] [--plugin-dir DIR]",
    .summary = "what a stage does and its options; the fields of a layer",
    .help = "  galley inspect fetch.folder\n  galley inspect quote/1\n"
            "  galley inspect clean.charset --json | jq .options\n\n"
            "  --json             one JSON object\n"
            "  --md               a page of Markdown\n"
            "  --all              options for experts, too\n"
            "  --plugin-dir DIR   look here first; may be given many times\n",
    .run = run,
};
