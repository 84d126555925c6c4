/* check - reads a config and reports every fault of it at once; touches no input. */
#include "command/command.h"

#include "config/plan.h"

enum { MOST_SETS = 64 };

typedef struct request {
    plan_request plan;
    const char *sets[MOST_SETS];
    plugin_dirs dirs;
    bool resolved;
} request;

static int parse(const command *c, int argc, char **argv, request *r)
{
    static const struct option longs[] = {
        { "resolved", no_argument, NULL, 'r' }, { "set", required_argument, NULL, 's' },
        { "out", required_argument, NULL, 'o' },
        { "plugin-dir", required_argument, NULL, 'P' }, { "help", no_argument, NULL, 'h' },
        { NULL, 0, NULL, 0 }
    };

    r->plan.sets = r->sets;
    for (int got; (got = command_option(c, argc, argv, "hs:o:", longs)) != -1;) {
        if (got == '?')
            return EXIT_USAGE;
        if (got == 'r')
            r->resolved = true;
        if (got == 'o')
            r->plan.out = optarg;
        if (got == 'P')
            plugin_dirs_add(&r->dirs, optarg);
        if (got == 's' && r->plan.set_count == MOST_SETS)
            return command_usage(c, "more than %d --set; put them in a config that extends this one", MOST_SETS);
        if (got == 's')
            r->sets[r->plan.set_count++] = optarg;
    }
    if (optind >= argc)
        return command_usage(c, "which config? give a file or the name of a shipped one");
    r->plan.config = argv[optind++];
    r->plan.inputs = (const char *const *)argv + optind;
    r->plan.input_count = (size_t)(argc - optind);
    return EXIT_FINE;
}

static void say_fine(const plan *p)
{
    const char *between = "; with the network, in a process of its own: ";

    fprintf(stderr, "%s: fine, %u stages", p->file, p->count);
    for (uint16_t i = 0; i < p->count; i++) {
        if (!stage_needs_network(&p->stages[i]))
            continue;
        fprintf(stderr, "%s%s", between, p->stages[i].id);
        between = ", ";
    }
    fputc('\n', stderr);
}

static int run(const command *c, int argc, char **argv)
{
    request r = { .plan.inputs_later = true };
    registry plugins = { NULL, 0, 0 };
    report problems = { 0 };
    plan *p;
    int status = parse(c, argc, argv, &r);

    if (status != EXIT_FINE)
        return status;
    registry_scan(&plugins, r.dirs.items, r.dirs.count, &problems);
    p = plan_read(&r.plan, &plugins, &problems);
    report_print(&problems, stderr);
    if (p && r.resolved)
        plan_print_resolved(p, stdout);
    else if (p)
        say_fine(p);
    status = p && !problems.errors ? EXIT_FINE : EXIT_USAGE;
    plan_free(p);
    report_free(&problems);
    registry_free(&plugins);
    return status;
}

const command command_check = {
    .name = "check", .usage = "CONFIG [INPUT...] [--resolved] [--set K=V] [-o OUT]",
    .summary = "every fault of a config at once",
    .help = "  galley check my.cfg\n  galley check press --resolved --set quotes.min_words=6\n\n"
            "  --resolved         print the config after extends, variables and defaults\n"
            "  -s, --set K=V      override one value: quotes.min_words=6, vars.out=x, run.workers=2\n"
            "  -o, --out OUT      the value of ${out}\n"
            "  --plugin-dir DIR   look here first; may be given many times\n",
    .run = run,
};
