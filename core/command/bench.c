/* bench - carries the inputs through a pipeline several times and shows where the
 * time goes. What sinks write goes to a folder that is removed at the end. */
#include "command/command.h"

#include <errno.h>
#include <ftw.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/json.h"
#include "base/memory.h"
#include "run/carry.h"

enum { MOST_SETS = 64, LEAST_ROUNDS = 5, MOST_ROUNDS = 1000, FLAG_LIMIT = 'l', FLAG_ROUNDS = 'r',
       FLAG_SET = 's', FLAG_PLUGINS = 'P', FLAG_JSON = 'J' };

static const uint64_t enough_ns = 1000000000; /* few inputs are carried more often */

typedef struct round {        /* sums over its documents */
    uint64_t wall, cpu;       /* ns                                   */
    uint64_t *stages;         /* ns in each stage of the pipeline     */
} round;

typedef struct bench {
    const command *command;
    const char *sets[MOST_SETS];
    plan_request request;
    plugin_dirs dirs;
    int64_t limit, rounds;    /* 0: all inputs; as many as needed     */
    bool json;
    plan *plan;
    stage_context *stages;
    carrier carrier;
    whereabouts at;
    uint64_t *spent;          /* ns in each stage, this round         */
    char *folder;             /* where the sinks write                */
    char **outputs;           /* their paths below it                 */
    round *results;
    size_t done;
    uint64_t documents, failed, bytes; /* of one round                */
} bench;

static uint64_t cpu_ns(void)
{
    struct rusage used;

    getrusage(RUSAGE_SELF, &used);
    return (uint64_t)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000000000u +
           (uint64_t)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) * 1000u;
}

/* ---- where the sinks write ------------------------------------------------------- */

static int remove_entry(const char *path, const struct stat *info, int kind, struct FTW *at)
{
    (void)info, (void)kind, (void)at;
    return remove(path);
}

static void remove_folder(bench *b)
{
    nftw(b->folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    free(b->folder);
}

static bool make_folder(bench *b)
{
    const char *below = getenv("TMPDIR");

    b->folder = memory_format("%s/galley-bench-XXXXXX", below && below[0] == '/' ? below : "/tmp");
    if (mkdtemp(b->folder))
        return true;
    fprintf(stderr, "galley bench: error: cannot make '%s' for what the sinks write: %s; set TMPDIR\n",
            b->folder, strerror(errno));
    free(b->folder);
    b->folder = NULL;
    return false;
}

/* Whatever the config says, each output of stage i goes to FOLDER/i.k. */
static void redirect_outputs(bench *b)
{
    size_t count = 0;

    b->outputs = memory_new(sizeof *b->outputs);
    for (uint16_t i = 0; i < b->plan->count; i++) {
        const gly_plugin *face = b->plan->stages[i].face;

        for (uint32_t k = 0; face->options; k++) {
            const gly_option *o = (const void *)((const char *)face->options + (size_t)k * face->option_size);
            char *path;

            if (!o->field.name)
                break;
            if (o->field.type != GLY_T_OUTPUT)
                continue;
            path = memory_format("%s/%u.%u", b->folder, (unsigned)i, (unsigned)k);
            b->outputs = memory_resize(b->outputs, count + 2, sizeof *b->outputs);
            b->outputs[count++] = path;
            b->outputs[count] = NULL;
            *(gly_str *)(void *)((char *)b->plan->stages[i].options + o->field.offset) =
                (gly_str){ path, (uint32_t)strlen(path) };
        }
    }
}

/* ---- one round ------------------------------------------------------------------- */

static bool open_stages(bench *b)
{
    for (uint16_t i = 0; i < b->plan->count; i++) {
        const plan_stage *p = &b->plan->stages[i];
        gly_stage *s = &b->stages->stages[i];

        stages_set(b->stages, i, p->face, p->id);
        if (stage_open(s, p->options) >= 0 && stage_start(s) >= 0)
            continue;
        fprintf(stderr, "%s:%d: error: stage '%s' cannot start: %s\n", p->at.file, p->at.line, p->use, s->reason);
        return false;
    }
    return true;
}

static void close_stages(bench *b)
{
    for (uint16_t i = 0; i < b->plan->count; i++) {
        stage_finish(&b->stages->stages[i]);
        stage_close(&b->stages->stages[i]);
    }
}

static bool write_sinks(bench *b, const gly_str *rendered)
{
    for (uint16_t i = 1; i < b->plan->count; i++) {
        gly_stage *s = &b->stages->stages[i];
        uint64_t before = monotonic_ns();

        if (s->face->kind != GLY_SINK || !rendered[i].ptr)
            continue;
        if (s->face->ops->write(s->shared, rendered[i]) < 0) {
            fprintf(stderr, "galley bench: error: stage '%s' cannot write: %s\n", s->face->name, s->reason);
            return false;
        }
        b->spent[i] += monotonic_ns() - before;
    }
    return true;
}

static bool deliver(void *owner, const carried *c)
{
    bench *b = owner;

    b->documents += c->outcome != OUTCOME_SPLIT;
    b->bytes += c->depth == 0 ? c->bytes : 0;
    b->failed += c->outcome == OUTCOME_FAILED;
    return c->outcome != OUTCOME_WRITTEN || write_sinks(b, c->rendered);
}

static bool take(bench *b, const gly_item *item)
{
    if (item->verdict != GLY_TAKE)
        return true;
    carry(&b->carrier, &(errand){ .ordinal = b->documents, .uri = item->uri, .locator = item->locator });
    return !b->carrier.refused;
}

static bool take_all(bench *b)
{
    gly_stage *source = &b->stages->stages[0];

    b->documents = b->failed = b->bytes = 0;
    while (!b->limit || b->documents < (uint64_t)b->limit) {
        gly_item item = { .verdict = GLY_TAKE };
        uint64_t before = monotonic_ns();
        gly_status status = source->face->ops->next(source->shared, &item);

        b->spent[0] += monotonic_ns() - before;
        if (status == GLY_END)
            return true;
        if (status < 0) {
            fprintf(stderr, "galley bench: error: stage '%s' cannot go on: %s\n", source->face->name, source->reason);
            return false;
        }
        if (!take(b, &item))
            return false;
    }
    return true;
}

static bool carry_round(bench *b)
{
    round *r;
    bool fine;

    if (!open_stages(b))
        return false;
    b->results = memory_resize(b->results, b->done + 1, sizeof *b->results);
    r = &b->results[b->done++];
    r->stages = memory_new(b->plan->count * sizeof *r->stages);
    memset(b->spent, 0, b->plan->count * sizeof *b->spent);
    r->wall = monotonic_ns();
    r->cpu = cpu_ns();
    fine = take_all(b);
    r->cpu = cpu_ns() - r->cpu;
    r->wall = monotonic_ns() - r->wall;
    memcpy(r->stages, b->spent, b->plan->count * sizeof *b->spent);
    close_stages(b);
    return fine;
}

static bool carry_rounds(bench *b)
{
    const gly_stage_ops *source = b->plan->stages[0].face->ops;
    int64_t most = source->flags & GLY_STAGE_STDIN ? 1 : b->rounds ? b->rounds : MOST_ROUNDS;
    uint64_t started = monotonic_ns();

    b->carrier.deliver = deliver;
    b->carrier.owner = b;
    for (int64_t i = 0; i < most; i++) {
        if (!carry_round(b))
            return false;
        if (!b->rounds && i + 1 >= LEAST_ROUNDS && monotonic_ns() - started > enough_ns)
            break;
    }
    return true;
}

/* ---- what came out ----------------------------------------------------------------- */

static int compare_numbers(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return x < y ? -1 : x > y;
}

typedef uint64_t figure(const bench *, const round *, int which);

static uint64_t wall_of(const bench *b, const round *r, int which)
{
    (void)b, (void)which;
    return r->wall;
}

static uint64_t cpu_of(const bench *b, const round *r, int which)
{
    (void)b, (void)which;
    return r->cpu;
}

static uint64_t stage_of(const bench *b, const round *r, int which)
{
    (void)b;
    return r->stages[which];
}

/* What belongs to no stage: views, layers, accounts, the clock itself. */
static uint64_t core_of(const bench *b, const round *r, int which)
{
    uint64_t stages = 0;

    (void)which;
    for (uint16_t i = 0; i < b->plan->count; i++)
        stages += r->stages[i];
    return r->wall > stages ? r->wall - stages : 0;
}

/* Microseconds a document: the median of the rounds. */
static double median(const bench *b, figure *f, int which)
{
    uint64_t *all = memory_new(b->done * sizeof *all);
    double middle;

    for (size_t i = 0; i < b->done; i++)
        all[i] = f(b, &b->results[i], which);
    qsort(all, b->done, sizeof *all, compare_numbers);
    middle = b->done % 2 ? (double)all[b->done / 2]
                         : ((double)all[b->done / 2 - 1] + (double)all[b->done / 2]) / 2;
    free(all);
    return middle / 1e3 / (double)b->documents;
}

static double peak_bytes(void)
{
    struct rusage used;

    getrusage(RUSAGE_SELF, &used);
    return (double)used.ru_maxrss * 1024;
}

static void print_text(const bench *b)
{
    double all = median(b, wall_of, 0), cpu = median(b, cpu_of, 0), core = median(b, core_of, 0);
    double mean = (double)b->bytes / (double)b->documents;

    printf("%s: %llu documents of %.1f kB, %zu rounds, medians\n\n", b->plan->file,
           (unsigned long long)b->documents, mean / 1e3, b->done);
    printf("%-24s %14s %8s\n", "stage", "us a document", "share");
    for (uint16_t i = 0; i < b->plan->count; i++) {
        double us = median(b, stage_of, i);

        printf("%-24s %14.2f %6.1f %%\n", b->plan->stages[i].id, us, 100 * us / all);
    }
    printf("%-24s %14.2f %6.1f %%\n%-24s %14.2f\n\n", "(core)", core, 100 * core / all, "all", all);
    printf("%.0f documents/s, %.1f MB/s, %.1f us CPU a document, peak memory %.1f MB\n",
           1e6 / all, mean / all, cpu, peak_bytes() / 1e6);
}

static void print_json(const bench *b)
{
    double all = median(b, wall_of, 0);
    double mean = (double)b->bytes / (double)b->documents;

    fputs("{\"config\":", stdout);
    json_print(stdout, b->plan->file);
    printf(",\"documents\":%llu,\"failed\":%llu,\"bytes\":%llu,\"rounds\":%zu,\"stages\":[",
           (unsigned long long)b->documents, (unsigned long long)b->failed, (unsigned long long)b->bytes, b->done);
    for (uint16_t i = 0; i < b->plan->count; i++) {
        double us = median(b, stage_of, i);

        fputs(i ? ",{\"id\":" : "{\"id\":", stdout);
        json_print(stdout, b->plan->stages[i].id);
        fputs(",\"use\":", stdout);
        json_print(stdout, b->plan->stages[i].use);
        printf(",\"us\":%.3f,\"share\":%.4f}", us, us / all);
    }
    printf("],\"core_us\":%.3f,\"us\":%.3f,\"cpu_us\":%.3f,\"documents_per_second\":%.1f,"
           "\"bytes_per_second\":%.0f,\"peak_bytes\":%.0f}\n",
           median(b, core_of, 0), all, median(b, cpu_of, 0), 1e6 / all, mean * 1e6 / all, peak_bytes());
}

/* ---- the command --------------------------------------------------------------------- */

static bool take_number(const bench *b, const char *flag, int64_t most, int64_t *number)
{
    char *end = NULL;

    *number = strtoll(optarg, &end, 10);
    if (*optarg && *end == '\0' && *number > 0 && *number <= most)
        return true;
    command_usage(b->command, "'--%s %s' is no number from 1 to %lld", flag, optarg, (long long)most);
    return false;
}

static bool take_flag(bench *b, int flag)
{
    switch (flag) {
    case FLAG_JSON:
        b->json = true;
        return true;
    case FLAG_PLUGINS:
        plugin_dirs_add(&b->dirs, optarg);
        return true;
    case FLAG_SET:
        if (b->request.set_count < MOST_SETS)
            b->sets[b->request.set_count++] = optarg;
        return true;
    case FLAG_LIMIT:
        return take_number(b, "limit", INT64_MAX, &b->limit);
    case FLAG_ROUNDS:
        return take_number(b, "rounds", MOST_ROUNDS, &b->rounds);
    default:
        return false;
    }
}

static int measure(bench *b)
{
    int status = EXIT_NOTHING_DONE;

    redirect_outputs(b);
    b->stages = stages_new(b->plan->count);
    b->spent = memory_new(b->plan->count * sizeof *b->spent);
    if (!carrier_init(&b->carrier, b->plan, b->stages, &b->at, b->spent)) {
        fputs("galley bench: error: out of memory; lower 'memory' in run = { }\n", stderr);
    } else if (carry_rounds(b)) {
        if (b->documents == 0)
            fputs("galley bench: error: there is no input that the pipeline takes; name a folder of articles\n", stderr);
        else if (b->json)
            print_json(b);
        else
            print_text(b);
        if (b->failed)
            fprintf(stderr, "galley bench: warning: %llu documents failed; galley run says why\n",
                    (unsigned long long)b->failed);
        status = !b->documents ? EXIT_NOTHING_DONE : b->failed ? EXIT_SOME_FAILED : EXIT_FINE;
    }
    carrier_free(&b->carrier);
    free(b->spent);
    stages_free(b->stages);
    return status;
}

static void give_back(bench *b)
{
    for (size_t i = 0; i < b->done; i++)
        free(b->results[i].stages);
    free(b->results);
    for (char **path = b->outputs; path && *path; path++)
        free(*path);
    free(b->outputs);
    remove_folder(b);
}

static int run(const command *c, int argc, char **argv)
{
    static const struct option longs[] = {
        { "json", no_argument, NULL, FLAG_JSON }, { "limit", required_argument, NULL, FLAG_LIMIT },
        { "rounds", required_argument, NULL, FLAG_ROUNDS }, { "set", required_argument, NULL, FLAG_SET },
        { "plugin-dir", required_argument, NULL, FLAG_PLUGINS }, { "help", no_argument, NULL, 'h' },
        { NULL, 0, NULL, 0 }
    };
    bench b = { .command = c };
    registry plugins = { NULL, 0, 0 };
    report problems = { 0 };
    int status = EXIT_USAGE;

    b.request.sets = b.sets;
    for (int got; (got = command_option(c, argc, argv, "hs:", longs)) != -1;)
        if (!take_flag(&b, got))
            return EXIT_USAGE;
    if (optind >= argc)
        return command_usage(c, "which config? give a file or the name of a shipped one");
    b.request.config = argv[optind++];
    b.request.inputs = (const char *const *)argv + optind;
    b.request.input_count = (size_t)(argc - optind);
    if (!make_folder(&b))
        return EXIT_NOTHING_DONE;
    b.request.out = b.folder;
    registry_scan(&plugins, b.dirs.items, b.dirs.count, &problems);
    b.plan = plan_read(&b.request, &plugins, &problems);
    report_print(&problems, stderr);
    if (b.plan && !problems.errors)
        status = measure(&b);
    give_back(&b);
    plan_free(b.plan);
    report_free(&problems);
    registry_free(&plugins);
    return status;
}

const command command_bench = {
    .name = "bench", .usage = "CONFIG [INPUT...] [--rounds N] [--limit N] [--json]",
    .summary = "show where the time of a pipeline goes",
    .help = "  galley bench press ARTICLES\n  galley bench my.cfg ARTICLES --limit 1000 --json\n\n"
            "The inputs are carried through the pipeline several times, in one process. Nothing\n"
            "is written where the config says: what sinks write goes to a folder below TMPDIR that\n"
            "is removed at the end. Times are of the wall clock, medians of the rounds; '(core)'\n"
            "is what belongs to no stage. Standard input is read once, so it gets one round.\n\n"
            "  --rounds N         so many rounds; without it five or more, for a second at least\n"
            "  --limit N          the first N inputs\n"
            "  -s, --set K=V      override one value: quotes.min_words=6\n"
            "  --json             one JSON object instead of the table\n"
            "  --plugin-dir DIR   look here first; may be given many times\n",
    .run = run,
};
