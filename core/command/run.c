/* run - carries a folder of articles through a pipeline. */
#include "command/command.h"

#include <stdlib.h>

#include "run/run.h"

enum { MOST_SETS = 64, FLAG_SET = 's', FLAG_PLUGINS = 'P', FLAG_LIMIT = 'l', FLAG_ACCOUNTS = 'a' };

typedef struct request {
    plan_request plan;
    run_options run;
    const char *sets[MOST_SETS];
    plugin_dirs dirs;
} request;

static bool take_flag(const command *c, request *r, int flag)
{
    char *end = NULL;

    switch (flag) {
    case 'o':
        r->plan.out = optarg;
        return true;
    case 'q':
        r->run.quiet = true;
        return true;
    case FLAG_SET:
        if (r->plan.set_count < MOST_SETS)
            r->sets[r->plan.set_count++] = optarg;
        return true;
    case FLAG_PLUGINS:
        plugin_dirs_add(&r->dirs, optarg);
        return true;
    case FLAG_ACCOUNTS:
        r->run.accounts = optarg;
        return true;
    case FLAG_LIMIT:
        r->run.limit = strtoll(optarg, &end, 10);
        if (*end == '\0' && r->run.limit > 0)
            return true;
        command_usage(c, "'--limit %s' is no number above 0", optarg);
        return false;
    default:
        return false;
    }
}

static int run(const command *c, int argc, char **argv)
{
    static const struct option longs[] = {
        { "out", required_argument, NULL, 'o' }, { "set", required_argument, NULL, FLAG_SET },
        { "limit", required_argument, NULL, FLAG_LIMIT }, { "quiet", no_argument, NULL, 'q' },
        { "accounts", required_argument, NULL, FLAG_ACCOUNTS },
        { "plugin-dir", required_argument, NULL, FLAG_PLUGINS }, { "help", no_argument, NULL, 'h' },
        { NULL, 0, NULL, 0 }
    };
    request r = { .plan.config = NULL };
    registry plugins = { NULL, 0, 0 };
    report problems = { 0 };
    plan *p;
    int status = EXIT_USAGE;

    r.plan.sets = r.sets;
    for (int got; (got = command_option(c, argc, argv, "ho:s:q", longs)) != -1;)
        if (!take_flag(c, &r, got))
            return EXIT_USAGE;
    if (optind >= argc)
        return command_usage(c, "which config? give a file or the name of a shipped one");
    r.plan.config = argv[optind++];
    r.plan.inputs = (const char *const *)argv + optind;
    r.plan.input_count = (size_t)(argc - optind);
    registry_scan(&plugins, r.dirs.items, r.dirs.count, &problems);
    p = plan_read(&r.plan, &plugins, &problems);
    report_print(&problems, stderr);
    if (p && !problems.errors)
        status = run_plan(p, &r.run, NULL);
    plan_free(p);
    report_free(&problems);
    registry_free(&plugins);
    return status;
}

const command command_run = {
    .name = "run", .usage = "CONFIG [INPUT...] [-o OUT] [--set K=V] [--limit N]",
    .summary = "carry articles through a pipeline",
    .help = "  galley run press ARTICLES -o out\n  galley run my.cfg a.txt b.txt --set quotes.min_words=6\n\n"
            "  -o, --out OUT      the value of ${out}: where results go\n"
            "  -s, --set K=V      override one value: quotes.min_words=6, run.timeout=5s, vars.out=x\n"
            "  --limit N          stop after N inputs\n"
            "  --accounts FILE    a JSON line for each input: what became of it\n"
            "  -q, --quiet        no summary at the end\n"
            "  --plugin-dir DIR   look here first; may be given many times\n\n"
            "exit status: 0 all fine, 1 some documents failed, 2 usage or config,\n"
            "3 nothing could be processed or an output could not be written, 130 interrupted\n",
    .run = run,
};
