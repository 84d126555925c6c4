/* doctor - what this system gives galley, line by line, and what to do where it
 * gives too little. Whatever can be tried is tried, not asked for. */
#include "command/command.h"

#include <inttypes.h>
#include <sched.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/sysinfo.h>
#include <sys/utsname.h>
#include <sys/vfs.h>

#include "base/json.h"
#include "base/memory.h"
#include "base/terminal.h"
#include "command/probe.h"
#include "config/draft.h"

enum { FLAG_JSON = 'J', FLAG_PLUGINS = 'P', FEWEST_FILES = 256 };

typedef struct doctor {
    bool   json;
    size_t lines, warnings;
} doctor;

/* One line; `step` says what to do, NULL: nothing, all is well. */
__attribute__((format(printf, 4, 5)))
static void say(doctor *d, const char *what, const char *step, const char *format, ...)
{
    va_list values;
    char *text;

    va_start(values, format);
    text = memory_format_list(format, values);
    va_end(values);
    if (d->json) {
        printf("%s{\"what\":\"%s\",\"ok\":%s,\"text\":", d->lines ? ",\n " : "", what, step ? "false" : "true");
        json_print(stdout, text);
        fputs(",\"next\":", stdout);
        json_print(stdout, step);
        putchar('}');
    } else {
        printf("%-5s %-12s ", step ? "warn" : "ok", what);
        terminal_text(stdout, text);
        if (step) {
            fputs("\n                   -> ", stdout);
            terminal_text(stdout, step);
        }
        putchar('\n');
    }
    d->lines++;
    d->warnings += step != NULL;
    free(text);
}

/* ---- kernel and limits ----------------------------------------------------------------- */

static void look_at_kernel(doctor *d)
{
    struct utsname name;
    int landlock = probe_landlock();
    bool files = probe_sandbox(PROBE_FILES), sockets = probe_sandbox(PROBE_SOCKETS), memory = probe_memory_limit();

    uname(&name);
    say(d, "kernel", NULL, "%s %s, %s", name.sysname, name.release, name.machine);
    if (files)
        say(d, "landlock", NULL, "ABI %d: a stage in a worker can write no file", landlock);
    else
        say(d, "landlock", "use a kernel from 5.13 on, started with lsm=landlock,..., or trust the stages",
            "%s: a stage can write files", landlock > 0 ? "offered, but not enforced" : "not offered");
    say(d, "seccomp", sockets ? NULL : "use a kernel with CONFIG_SECCOMP_FILTER on x86-64 or arm64, or trust the stages",
        sockets ? "a stage in a worker can open no socket and run no program"
                : "not enforced: a stage can open sockets and run programs");
    say(d, "memory limit", memory ? NULL : "take care with large inputs; lower run.max_bytes",
        memory ? "'memory' in run = { } holds for workers" : "'memory' in run = { } has no effect here");
}

static unsigned cores(void)
{
    cpu_set_t set;

    return sched_getaffinity(0, sizeof set, &set) == 0 ? (unsigned)CPU_COUNT(&set) : 1;
}

/* Shipped configs give a worker 512 MiB at most; few documents take a tenth. */
static void look_at_machine(doctor *d)
{
    const double gib = 1 << 30;
    struct sysinfo info;
    uint64_t need = (uint64_t)cores() * (512u << 20), limit = probe_memory_group();
    uint64_t total = sysinfo(&info) == 0 ? (uint64_t)info.totalram * info.mem_unit : 0;

    total = limit && limit < total ? limit : total;
    say(d, "cores", NULL, "%u: as many workers, when -j says nothing", cores());
    say(d, "memory", total && total < need ? "run with fewer workers, -j 1, or lower run.memory" : NULL,
        "%.1f GiB; %u workers may take %.1f GiB before their documents fail", (double)total / gib, cores(),
        (double)need / gib);
}

static void look_at_limits(doctor *d)
{
    struct rlimit files = { 0, 0 }, processes = { 0, 0 };

    getrlimit(RLIMIT_NOFILE, &files);
    getrlimit(RLIMIT_NPROC, &processes);
    say(d, "descriptors", files.rlim_cur < FEWEST_FILES ? "raise it: ulimit -n 1024" : NULL, "%llu may be open at once",
        (unsigned long long)files.rlim_cur);
    if (processes.rlim_cur < cores() + 8u)
        say(d, "processes", "raise it: ulimit -u 256", "%llu allowed", (unsigned long long)processes.rlim_cur);
}

/* ---- plugins and configs ---------------------------------------------------------------- */

/* What the build left out, as it wrote it down: "STAGE packages". */
static void look_at_skipped(doctor *d, const char *folder)
{
    char *path = memory_format("%s/skipped", folder), line[512];
    FILE *f = fopen(path, "re");

    while (f && fgets(line, sizeof line, f)) {
        char *packages = strchr(line, ' '), *step;

        line[strcspn(line, "\n")] = '\0';
        if (!packages)
            continue;
        *packages++ = '\0';
        step = memory_format("apt-get install %s, then make again", packages);
        say(d, "stage", step, "%s was not built: a package is missing", line);
        free(step);
    }
    if (f)
        fclose(f);
    free(path);
}

static size_t folder_length(const char *path)
{
    return (size_t)(strrchr(path, '/') - path);
}

static bool is_first_of_folder(const registry *plugins, size_t at)
{
    size_t length = folder_length(plugins->plugins[at].path);

    for (size_t i = 0; i < at; i++)
        if (folder_length(plugins->plugins[i].path) == length &&
            strncmp(plugins->plugins[i].path, plugins->plugins[at].path, length) == 0)
            return false;
    return true;
}

static void look_at_folder(doctor *d, const registry *plugins, size_t first)
{
    const char *path = plugins->plugins[first].path;
    size_t length = folder_length(path), good = 0;
    char *folder = memory_copy(path, length);

    for (size_t i = first; i < plugins->count; i++)
        good += plugins->plugins[i].face && folder_length(plugins->plugins[i].path) == length &&
                strncmp(plugins->plugins[i].path, path, length) == 0;
    say(d, "plugins", NULL, "%s: %zu stages", folder, good);
    look_at_skipped(d, folder);
    free(folder);
}

/* Those that may open sockets, each plan's in a process of their own. */
static void look_at_network(doctor *d, const registry *plugins)
{
    char *names = memory_text("");

    for (size_t i = 0; i < plugins->count; i++) {
        const plugin *p = &plugins->plugins[i];
        char *before = names;

        if (!p->face || !(p->face->ops->flags & GLY_STAGE_NETWORK))
            continue;
        names = memory_format("%s%s%s", before, *before ? ", " : "", p->name);
        free(before);
    }
    if (*names)
        say(d, "network", NULL, "in processes of their own: %s", names);
    else
        say(d, "network", NULL, "no stage here needs it");
    free(names);
}

static void look_at_plugins(doctor *d, const plugin_dirs *dirs)
{
    registry plugins = { NULL, 0, 0 };
    report problems = { 0 };

    registry_scan(&plugins, dirs->items, dirs->count, &problems);
    registry_load_all(&plugins);
    for (size_t i = 0; i < plugins.count; i++)
        if (is_first_of_folder(&plugins, i))
            look_at_folder(d, &plugins, i);
    for (size_t i = 0; i < plugins.count; i++)
        if (!plugins.plugins[i].face)
            say(d, "stage", "mend it, install what it needs, or take the file away", "%s is refused: %s",
                plugins.plugins[i].path, plugins.plugins[i].refused);
    look_at_network(d, &plugins);
    for (size_t i = 0; i < problems.count; i++)
        say(d, "plugins", "mend the folder, or leave it out", "%s: %s", problems.problems[i].at.file,
            problems.problems[i].text);
    if (plugins.count == 0)
        say(d, "plugins", "build them (make), install them (make install), or give --plugin-dir", "none found");
    report_free(&problems);
    registry_free(&plugins);
}

static void look_at_configs(doctor *d)
{
    bool any = false;

    for (size_t i = 0;; i++) {
        char *folder = draft_shipped_folder(i), *names, *whole;

        if (!folder)
            break;
        names = probe_configs(folder);
        whole = realpath(folder, NULL);
        if (names)
            say(d, "configs", NULL, "%s:%s", whole ? whole : folder, names);
        any |= names != NULL;
        free(whole);
        free(names);
        free(folder);
    }
    if (!any)
        say(d, "configs", "run make install, or give the path of a config", "none of the shipped ones is found");
}

/* ---- an output folder --------------------------------------------------------------------- */

static void look_at_output(doctor *d, const char *out)
{
    probe_output o = probe_folder(out);
    const double gib = 1 << 30;

    if (!o.writable) {
        say(d, "output", "chmod it, or give another -o OUT", "%s: cannot be written: %s", o.folder, strerror(o.error));
        return;
    }
    say(d, "output", NULL, "%s: %s, %.1f GiB free", o.folder, o.type, (double)o.free / gib);
    say(d, "locks", o.locks ? NULL : "do not start two runs into one output here, or use another file system",
        o.locks ? "a second run into the same output is refused" : "flock() does not keep a second run out");
    say(d, "renames", o.renames ? NULL : "use another file system for -o OUT", o.renames
        ? "a file takes another's place at once" : "a file cannot take another's place");
    say(d, "syncing", o.syncs ? NULL : "use another file system for -o OUT, or expect losses at a power cut",
        o.syncs ? "what is written can be made durable, in %.1f ms" : "it fails, after %.1f ms", o.sync_ms);
    if (o.lost_at_restart)
        say(d, "output", "give an -o OUT on a disk when it shall be kept", "%s lies in memory: it is gone after a restart",
            o.folder);
    if (o.remote)
        say(d, "output", "prefer a disk of this machine, and copy the results", "%s lies on another machine: syncing and "
            "locks are as good as its server", o.folder);
    if (o.folds_case)
        say(d, "names", NULL, "capitals do not part names here; emit.markdown numbers those that meet");
}

/* ---- the command ---------------------------------------------------------------------------- */

static int run(const command *c, int argc, char **argv)
{
    static const struct option longs[] = {
        { "json", no_argument, NULL, FLAG_JSON }, { "plugin-dir", required_argument, NULL, FLAG_PLUGINS },
        { "help", no_argument, NULL, 'h' }, { NULL, 0, NULL, 0 }
    };
    doctor d = { .json = false };
    plugin_dirs dirs = { .count = 0 };

    for (int got; (got = command_option(c, argc, argv, "h", longs)) != -1;) {
        if (got == '?')
            return EXIT_USAGE;
        d.json |= got == FLAG_JSON;
        if (got == FLAG_PLUGINS)
            plugin_dirs_add(&dirs, optarg);
    }
    if (optind + 1 < argc)
        return command_usage(c, "one output folder at a time");
    if (d.json)
        fputs("{\"schema\":\"galley.doctor/1\",\"version\":\"" GALLEY_VERSION "\",\"lines\":[\n ", stdout);
    else
        puts("galley " GALLEY_VERSION);
    look_at_kernel(&d);
    look_at_machine(&d);
    look_at_limits(&d);
    look_at_plugins(&d, &dirs);
    look_at_configs(&d);
    if (optind < argc)
        look_at_output(&d, argv[optind]);
    if (d.json)
        printf("],\n \"ok\":%s}\n", d.warnings ? "false" : "true");
    else if (d.warnings)
        printf("%zu of %zu lines need a look\n", d.warnings, d.lines);
    return d.warnings ? EXIT_SOME_FAILED : EXIT_FINE;
}

const command command_doctor = {
    .name = "doctor", .usage = "[OUT] [--plugin-dir DIR] [--json]",
    .summary = "say what this system gives, and what to do where that is too little",
    .help = "  galley doctor\n  galley doctor out\n\n"
            "OUT: whether this folder, or the one above it, can hold an output.\n\n"
            "  --plugin-dir DIR   look here first; may be given many times\n"
            "  --json             the same as JSON\n\n"
            "exit status: 0 all is well, 1 something needs a look, 2 usage\n",
    .run = run,
};
