/* run - carries a folder of articles through a pipeline. */
#include "command/command.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/shell.h"
#include "base/suggest.h"
#include "run/inputs.h"
#include "run/ledger.h"
#include "run/run.h"

enum {
    MOST_SETS = 64, FLAG_SET = 's', FLAG_PLUGINS = 'P', FLAG_LIMIT = 'l', FLAG_ACCOUNTS = 'a',
    FLAG_NO_ISOLATE = 'n', FLAG_DRY_RUN = 'd', FLAG_PROGRESS = 'p', FLAG_FRESH = 'f', FLAG_FROM_FAILED = 'r',
    FLAG_NO_SANDBOX = 'S', FLAG_WATCH = 'w', FLAG_SHARD = 'i', FLAG_FROM = 'F'
};

typedef struct request {
    plan_request plan;
    shard part;         /* count 0: none */
    const char *from;   /* a stage; NULL: none */
    run_options run;
    const char *sets[MOST_SETS];
    plugin_dirs dirs;
} request;

static bool take_number(const command *c, const char *flag, int64_t most, int64_t *into)
{
    char *end = NULL;

    *into = strtoll(optarg, &end, 10);
    if (end != optarg && *end == '\0' && *into > 0 && *into <= most)
        return true;
    command_usage(c, "'%s %s' is no number from 1 to %lld", flag, optarg, (long long)most);
    return false;
}

static bool take_progress(const command *c, progress_mode *into)
{
    static const char *const names[] = { "auto", "json", "none" };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(optarg, names[i]) == 0) {
            *into = (progress_mode)i;
            return true;
        }
    command_usage(c, "'--progress %s' is none of auto, json, none", optarg);
    return false;
}

static bool take_shard(const command *c, shard *into)
{
    if (shard_parse(optarg, into))
        return true;
    command_usage(c, "'--shard %s' is no I/N with 1 <= I <= N <= %d, as in --shard 3/8", optarg, SHARDS_MOST);
    return false;
}

static bool take_flag(const command *c, request *r, int flag)
{
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
        return take_number(c, "--limit", INT64_MAX, &r->run.limit);
    case 'j':
        return take_number(c, "-j", 256, &r->run.workers);
    case FLAG_NO_ISOLATE:
        return r->run.no_isolate = true;
    case FLAG_DRY_RUN:
        return r->run.dry_run = true;
    case FLAG_NO_SANDBOX:
        return r->run.no_sandbox = true;
    case FLAG_FRESH:
        return r->run.fresh = true;
    case FLAG_FROM_FAILED:
        return r->run.from_failed = true;
    case FLAG_FROM:
        r->from = optarg;
        return true;
    case FLAG_WATCH:
        return r->run.watch = true;
    case FLAG_SHARD:
        return take_shard(c, &r->part);
    case FLAG_PROGRESS:
        return take_progress(c, &r->run.progress);
    default:
        return false;
    }
}

/* As it can be typed again, without what is for one time. To be freed. */
static char *command_line(int argc, char **argv)
{
    char *line = NULL;
    size_t length = 0;
    FILE *f = open_memstream(&line, &length);

    if (!f)
        return NULL;
    fputs("galley", f);
    for (int i = 0; i < argc; i++) {
        if (strcmp(argv[i], "--fresh") == 0 || strcmp(argv[i], "--from-failed") == 0 ||
            strncmp(argv[i], "--from=", strlen("--from=")) == 0)
            continue;
        if (strcmp(argv[i], "--from") == 0) {
            i++;
            continue;
        }
        fputc(' ', f);
        shell_print(f, argv[i]);
    }
    fclose(f);
    return line;
}

static void print_path(FILE *f, const char *path)
{
    char *whole = realpath(path, NULL);

    shell_print(f, whole ? whole : path);
    free(whole);
}

/* The pipeline for another input, from any folder. To be freed. */
static char *line_without_inputs(const request *r)
{
    char *line = NULL;
    size_t length = 0;
    FILE *f = open_memstream(&line, &length);

    if (!f)
        return NULL;
    fputs("galley run ", f);
    (strpbrk(r->plan.config, "./") ? print_path : shell_print)(f, r->plan.config);
    for (size_t i = 0; i < r->dirs.count; i++) {
        fputs(" --plugin-dir ", f);
        print_path(f, r->dirs.items[i]);
    }
    for (size_t i = 0; i < r->plan.set_count; i++) {
        fputs(" --set ", f);
        shell_print(f, r->sets[i]);
    }
    fclose(f);
    return line;
}

/* Inputs and outputs that can be taken up again, for what `flag` does; prints what is
 * missing. */
static bool can_go_on(const command *c, const plan *p, const char *flag)
{
    if (inputs_are_standard(p))
        command_usage(c, "'%s' needs inputs that can be looked at again, and %s reads standard input; give files or "
                      "folders", flag, p->stages[0].use);
    else if (!ledger_wanted(p))
        command_usage(c, "'%s' needs outputs that can be taken up again; give -o OUT, and let each sink write below "
                      "${out}", flag);
    else
        return true;
    return false;
}

/* What the flags ask of the plan; prints what it does not give. */
static bool fits(const command *c, const request *r, const plan *p)
{
    if (r->part.count && r->run.watch)
        command_usage(c, "'--shard' and '--watch' do not go together; leave one out");
    else if (r->run.watch && (r->run.dry_run || r->run.limit))
        command_usage(c, "'--watch' goes on for ever; leave %s out", r->run.limit ? "--limit" : "--dry-run");
    else if (r->from && r->run.fresh)
        command_usage(c, "'--fresh' does all inputs again, from any stage; leave it or '--from' out");
    else if (r->run.watch && !inputs_are_standard(p) && !inputs_of(p))
        command_usage(c, "'--watch' needs files or folders to watch, and %s has none", p->stages[0].use);
    else
        return (!r->part.count || can_go_on(c, p, "--shard")) && (!r->run.watch || can_go_on(c, p, "--watch")) &&
               (!r->from || can_go_on(c, p, "--from"));
    return false;
}

/* ---- --from STAGE --------------------------------------------------------------------- */

/* The last stage of that name, or the one of that id. *count: how many there are. */
static uint16_t find_stage(const plan *p, const char *name, unsigned *count)
{
    uint16_t found = 0;

    *count = 0;
    for (uint16_t i = 0; i < p->count; i++) {
        if (strcmp(p->stages[i].id, name) == 0) {
            *count = 1;
            return i;
        }
        if (strcmp(p->stages[i].use, name) == 0) {
            found = i;
            ++*count;
        }
    }
    return found;
}

static void say_no_stage(const command *c, const plan *p, const char *name)
{
    const char **names = memory_new(2u * p->count * sizeof *names), *near;

    for (uint16_t i = 0; i < p->count; i++) {
        names[2 * i] = p->stages[i].use;
        names[2 * i + 1] = p->stages[i].id;
    }
    near = suggest_name(name, names, 2u * p->count);
    if (near)
        command_usage(c, "'--from %s': no stage of the config has that name; did you mean '%s'?", name, near);
    else
        command_usage(c, "'--from %s': no stage of the config has that name; galley check --resolved lists them", name);
    free(names);
}

/* Whether all stages before it give for the same input the same again. */
static bool is_pure_before(const command *c, const plan *p, uint16_t from)
{
    for (uint16_t i = 0; i < from; i++) {
        uint32_t flags = p->stages[i].face->ops->flags;
        gly_kind kind = (gly_kind)p->stages[i].face->kind;

        if (flags & GLY_STAGE_NETWORK)
            command_usage(c, "'--from' leaves what ended before that stage as it is, and %s, which reads the network, may "
                          "give something else today; type --fresh", p->stages[i].use);
        else if (kind != GLY_SOURCE && kind != GLY_SINK && !(flags & GLY_STAGE_PURE))
            command_usage(c, "'--from' leaves what ended before that stage as it is, and %s does not promise to give the "
                          "same again; type --fresh", p->stages[i].use);
        else
            continue;
        return false;
    }
    return true;
}

static bool take_from(const command *c, request *r, const plan *p)
{
    unsigned count = 0;
    uint16_t from = r->from ? find_stage(p, r->from, &count) : 0;

    r->run.from = from;
    if (!r->from)
        return true;
    if (count == 0)
        say_no_stage(c, p, r->from);
    else if (count > 1)
        command_usage(c, "'--from %s': the config has %u stages of that name; give the id of one", r->from, count);
    else if (p->stages[from].face->kind == GLY_SOURCE)
        command_usage(c, "'--from %s' would do all inputs again: type --fresh", r->from);
    else if (p->stages[from].face->kind == GLY_SINK)
        command_usage(c, "'--from %s': a sink writes what comes to it, and that is not stored; to write all again type "
                      "--fresh", r->from);
    else
        return is_pure_before(c, p, from);
    return false;
}

/* The plan again, with its outputs in the shard's own folder. */
static plan *plan_shard(request *r, registry *plugins, const plan *whole)
{
    report known = { 0 }; /* all was said of the first */
    char *out = shard_folder(whole->out, &r->part);
    plan *p;

    r->plan.out = out;
    p = plan_read(&r->plan, plugins, &known);
    report_free(&known);
    free(out);
    return p;
}

static int run_part(request *r, registry *plugins, const plan *whole)
{
    plan *p = plan_shard(r, plugins, whole);
    int status;

    if (!p)
        return EXIT_NOTHING_DONE;
    r->run.shard = &r->part;
    r->run.whole = whole;
    status = run_plan(p, &r->run, NULL);
    plan_free(p);
    return status;
}

static int run_line(const command *c, int argc, char **argv, const char *line)
{
    static const struct option longs[] = {
        { "out", required_argument, NULL, 'o' }, { "set", required_argument, NULL, FLAG_SET },
        { "limit", required_argument, NULL, FLAG_LIMIT }, { "quiet", no_argument, NULL, 'q' },
        { "workers", required_argument, NULL, 'j' }, { "no-isolate", no_argument, NULL, FLAG_NO_ISOLATE },
        { "no-sandbox", no_argument, NULL, FLAG_NO_SANDBOX },
        { "from", required_argument, NULL, FLAG_FROM }, { "fresh", no_argument, NULL, FLAG_FRESH }, { "from-failed", no_argument, NULL, FLAG_FROM_FAILED },
        { "dry-run", no_argument, NULL, FLAG_DRY_RUN }, { "progress", required_argument, NULL, FLAG_PROGRESS },
        { "accounts", required_argument, NULL, FLAG_ACCOUNTS }, { "watch", no_argument, NULL, FLAG_WATCH },
        { "shard", required_argument, NULL, FLAG_SHARD },
        { "plugin-dir", required_argument, NULL, FLAG_PLUGINS }, { "help", no_argument, NULL, 'h' },
        { NULL, 0, NULL, 0 }
    };
    request r = { .plan.config = NULL };
    registry plugins = { NULL, 0, 0 };
    report problems = { 0 };
    plan *p;
    char *again;
    int status = EXIT_USAGE;

    r.plan.sets = r.sets;
    for (int got; (got = command_option(c, argc, argv, "hj:o:s:q", longs)) != -1;)
        if (!take_flag(c, &r, got))
            return EXIT_USAGE;
    if (optind >= argc)
        return command_usage(c, "which config? give a file or the name of a shipped one");
    r.plan.config = argv[optind++];
    r.plan.inputs = (const char *const *)argv + optind;
    r.plan.input_count = (size_t)(argc - optind);
    r.run.command = line;
    r.run.again = again = line_without_inputs(&r);
    registry_scan(&plugins, r.dirs.items, r.dirs.count, &problems);
    p = plan_read(&r.plan, &plugins, &problems);
    report_print(&problems, stderr);
    if (p && !problems.errors && fits(c, &r, p) && take_from(c, &r, p))
        status = r.part.count ? run_part(&r, &plugins, p) : run_plan(p, &r.run, NULL);
    plan_free(p);
    free(again);
    report_free(&problems);
    registry_free(&plugins);
    return status;
}

static int run(const command *c, int argc, char **argv)
{
    char *line = command_line(argc, argv); /* before getopt() sorts it */
    int status = run_line(c, argc, argv, line);

    free(line);
    return status;
}

const command command_run = {
    .name = "run", .usage = "CONFIG [INPUT...] [-o OUT] [-j N] [--set K=V] [--limit N] [--dry-run]",
    .summary = "carry articles through a pipeline",
    .help = "  galley run press ARTICLES -o out\n  galley run my.cfg a.txt b.txt --set quotes.min_words=6\n"
            "  galley run press ARTICLES -o out --watch\n  galley run lines - < in.jsonl > out.jsonl\n\n"
            "  -o, --out OUT      the value of ${out}: where results go\n"
            "  -s, --set K=V      override one value: quotes.min_words=6, run.timeout=5s, vars.out=x\n"
            "  --limit N          stop after N inputs\n"
            "  -j, --workers N    worker processes; without it one for each core\n"
            "  --fresh            do all inputs again; without it a run goes on where the last one\n"
            "                     into OUT ended, and takes over what has not changed\n"
            "  --from-failed      try again the inputs that failed then\n"
            "  --from STAGE       do again the inputs that came to that stage, by its name or id; those\n"
            "                     that had failed or were dropped before it stay as they are\n"
            "  --watch            go on: take inputs that are new, changed or gone as it happens; ^C ends it\n"
            "  --shard I/N        the I-th of N parts, into OUT/shards/I-of-N; parts may run at the same time\n"
            "                     on many machines: galley merge OUT puts them together\n"
            "  --dry-run          show the stages and count the inputs; read and write nothing\n"
            "  --progress HOW     auto: a bar on a terminal, else a line now and then; json; none\n"
            "  --no-isolate       all in one process, for a debugger: a crash then ends the run\n"
            "  --no-sandbox       let stages write files, open sockets and run programs in workers\n"
            "  --accounts FILE    a JSON line for each input: what became of it\n"
            "  -q, --quiet        no summary at the end\n"
            "  --plugin-dir DIR   look here first; may be given many times\n\n"
            "exit status: 0 all fine, 1 some documents failed, 2 usage or config,\n"
            "3 nothing could be processed (no input, or all ignored or failed) or an output\n"
            "could not be written, 130 interrupted (143 by SIGTERM): what is written is valid\n",
    .run = run,
};
