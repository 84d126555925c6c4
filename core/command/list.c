/* list - shows every stage that can be used here, and those that cannot, with
 * the reason. */
#include "command/command.h"

#include "base/json.h"
#include "command/describe.h"

static void print_line(const plugin *p)
{
    if (p->face)
        printf("%-22s %-9s %-7s %s\n", p->name, describe_kinds[p->face->kind], p->face->version, p->face->summary);
}

static void print_row(const plugin *p)
{
    if (p->face)
        printf("| `%s` | %s | %s | %s |\n", p->name, describe_kinds[p->face->kind], p->face->version, p->face->summary);
}

static void print_json(const plugin *p)
{
    fputs("{\"use\":", stdout);
    json_print(stdout, p->name);
    fputs(",\"path\":", stdout);
    json_print(stdout, p->path);
    if (p->face) {
        printf(",\"kind\":\"%s\",\"version\":", describe_kinds[p->face->kind]);
        json_print(stdout, p->face->version);
        fputs(",\"summary\":", stdout);
        json_print(stdout, p->face->summary);
    } else {
        fputs(",\"refused\":", stdout);
        json_print(stdout, p->refused);
    }
    fputs("}\n", stdout);
}

static int list_all(registry *plugins, format how)
{
    int status = EXIT_FINE;

    if (how == FORMAT_MARKDOWN)
        fputs("| stage | kind | version | what it does |\n|---|---|---|---|\n", stdout);
    registry_load_all(plugins);
    for (size_t i = 0; i < plugins->count; i++) {
        const plugin *p = &plugins->plugins[i];

        if (how == FORMAT_JSON)
            print_json(p);
        else if (how == FORMAT_MARKDOWN)
            print_row(p);
        else
            print_line(p);
        if (!p->face) {
            fprintf(stderr, "%s: error: plugin '%s' is refused: %s\n", p->path, p->name, p->refused);
            status = EXIT_SOME_FAILED;
        }
    }
    if (plugins->count == 0)
        fputs("galley list: note: no plugins found; give --plugin-dir DIR or set GALLEY_PLUGIN_PATH\n", stderr);
    return status;
}

static int run(const command *c, int argc, char **argv)
{
    static const struct option longs[] = {
        { "json", no_argument, NULL, 'J' }, { "md", no_argument, NULL, 'M' },
        { "plugin-dir", required_argument, NULL, 'P' },
        { "help", no_argument, NULL, 'h' }, { NULL, 0, NULL, 0 }
    };
    plugin_dirs dirs = { .count = 0 };
    registry plugins = { NULL, 0, 0 };
    report problems = { 0 };
    format how = FORMAT_TEXT;
    int status;

    for (int got; (got = command_option(c, argc, argv, "h", longs)) != -1;) {
        if (got == '?')
            return EXIT_USAGE;
        if (got == 'J' || got == 'M')
            how = got == 'J' ? FORMAT_JSON : FORMAT_MARKDOWN;
        if (got == 'P')
            plugin_dirs_add(&dirs, optarg);
    }
    if (optind < argc)
        return command_usage(c, "'%s' is one word too many", argv[optind]);
    registry_scan(&plugins, dirs.items, dirs.count, &problems);
    report_print(&problems, stderr);
    status = problems.errors ? EXIT_USAGE : list_all(&plugins, how);
    report_free(&problems);
    registry_free(&plugins);
    return status;
}

const command command_list = {
    .name = "list", .usage = "[--json|--md] [--plugin-dir DIR]",
    .summary = "the stages that can be used here",
    .help = "  galley list\n  galley list --json | jq .use\n\n"
            "  --json             one JSON object a line\n"
            "  --md               a table of Markdown\n"
            "  --plugin-dir DIR   look here first; may be given many times\n",
    .run = run,
};
