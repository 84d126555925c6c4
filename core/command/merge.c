/* merge - the shards of a run: complete? then one. */
#include "command/command.h"

#include <inttypes.h>

#include "run/merge.h"

enum { FLAG_VERIFY = 'v', FLAG_PLUGINS = 'P' };

static void sum_up(const merge *m, bool written)
{
    const uint64_t *n = m->outcomes;

    fprintf(stderr, "%u shards, complete and disjoint: %" PRIu64 " inputs = %" PRIu64 " written + %" PRIu64
            " dropped + %" PRIu64 " failed + %" PRIu64 " ignored", m->count, m->seen, n[OUTCOME_WRITTEN],
            n[OUTCOME_DROPPED], n[OUTCOME_FAILED], n[OUTCOME_IGNORED]);
    if (n[OUTCOME_SPLIT])
        fprintf(stderr, " + %" PRIu64 " split into %" PRIu64, n[OUTCOME_SPLIT], m->children);
    if (written)
        fprintf(stderr, "; all is in '%s'", m->out);
    fputc('\n', stderr);
}

static int merge_shards(const char *out, bool verify, const plugin_dirs *dirs)
{
    registry plugins = { NULL, 0, 0 };
    report problems = { 0 };
    merge m;
    bool good = merge_read(&m, out) && merge_verify(&m);

    if (good && !verify) {
        registry_scan(&plugins, dirs->items, dirs->count, &problems);
        report_print(&problems, stderr);
        good = merge_write(&m, &plugins);
        registry_free(&plugins);
        report_free(&problems);
    }
    if (good)
        sum_up(&m, !verify);
    merge_free(&m);
    if (!good)
        return EXIT_NOTHING_DONE;
    return m.outcomes[OUTCOME_FAILED] ? EXIT_SOME_FAILED : EXIT_FINE;
}

static int run(const command *c, int argc, char **argv)
{
    static const struct option longs[] = {
        { "verify", no_argument, NULL, FLAG_VERIFY }, { "plugin-dir", required_argument, NULL, FLAG_PLUGINS },
        { "help", no_argument, NULL, 'h' }, { NULL, 0, NULL, 0 }
    };
    plugin_dirs dirs = { .count = 0 };
    bool verify = false;

    for (int got; (got = command_option(c, argc, argv, "h", longs)) != -1;) {
        if (got == FLAG_PLUGINS)
            plugin_dirs_add(&dirs, optarg);
        else if (got == FLAG_VERIFY)
            verify = true;
        else
            return EXIT_USAGE;
    }
    if (argc - optind != 1)
        return command_usage(c, argc == optind ? "which output? give the OUT of the runs with --shard"
                                               : "one output at a time: give the OUT of the runs with --shard");
    return merge_shards(argv[optind], verify, &dirs);
}

const command command_merge = {
    .name = "merge", .usage = "OUT [--verify]",
    .summary = "put the shards of a run together, when they are complete",
    .help = "  sbatch --array=1-8 --wrap 'galley run press ARTICLES -o out --shard $SLURM_ARRAY_TASK_ID/8'\n"
            "  galley merge out --verify\n  galley merge out\n\n"
            "Proves that all shards in OUT/shards are there, finished, of one pipeline and of the\n"
            "same inputs, and that each input is in one of them; says what is missing and what to\n"
            "type. Then writes into OUT what one run without --shard would have written, to the\n"
            "byte. It may be stopped and started again. The shards stay as they are; once merged\n"
            "they can be removed, and 'galley run' without --shard goes on from OUT.\n\n"
            "  --verify           only look\n"
            "  --plugin-dir DIR   look here for stages first; may be given many times\n\n"
            "exit status: 0 all is there, 1 the same, but some documents failed, 2 usage, 3 something is\n"
            "missing or wrong, or could not be written\n",
    .run = run,
};
