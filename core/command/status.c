/* status - what an output folder is made of: accounts, failures, what to do next. */
#include "command/command.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>

#include "base/json.h"
#include "base/memory.h"
#include "run/ledger.h"

enum { FLAG_JSON = 'J', KINDS_SHOWN = 10, NAMED = 3 /* inputs for each kind of failure */ };

typedef struct tally {
    uint64_t outcomes[OUTCOMES], children;
} tally;

typedef struct failure_kind {
    const char *stage, *reason;
    const char *uris[NAMED];
    uint64_t    count;
} failure_kind;

static tally count_entries(const journal *j)
{
    tally t = { .children = 0 };
    journal_cursor at = { .segment = 0 };
    journal_entry e;

    while (journal_next(j, &at, &e)) {
        t.outcomes[e.outcome < OUTCOMES ? e.outcome : OUTCOME_FAILED]++;
        t.children += e.outcome == OUTCOME_SPLIT ? e.children : 0;
    }
    return t;
}

static bool is_running(const journal *j)
{
    return flock(j->file, LOCK_SH | LOCK_NB) < 0 && errno == EWOULDBLOCK;
}

/* ---- failures by stage and reason ----------------------------------------------------- */

static int by_kind(const void *a, const void *b)
{
    const journal_failure *x = a, *y = b;
    int stage = strcmp(x->stage, y->stage), reason = strcmp(x->reason, y->reason);

    return stage ? stage : reason ? reason : x->ordinal < y->ordinal ? -1 : x->ordinal > y->ordinal;
}

static int by_count(const void *a, const void *b)
{
    const failure_kind *x = a, *y = b;

    return x->count > y->count ? -1 : x->count < y->count;
}

static failure_kind *group(journal_failure *failures, size_t count, size_t *kinds)
{
    failure_kind *list = memory_new((count + 1) * sizeof *list);

    *kinds = 0;
    qsort(failures, count, sizeof *failures, by_kind);
    for (size_t i = 0; i < count; i++) {
        const journal_failure *f = &failures[i];
        failure_kind *last = *kinds ? &list[*kinds - 1] : NULL;

        if (!last || strcmp(last->stage, f->stage) != 0 || strcmp(last->reason, f->reason) != 0) {
            last = &list[(*kinds)++];
            *last = (failure_kind){ .stage = f->stage, .reason = f->reason };
        }
        if (last->count < NAMED)
            last->uris[last->count] = f->uri;
        last->count++;
    }
    qsort(list, *kinds, sizeof *list, by_count);
    return list;
}

static void print_failures(journal_failure *failures, size_t count)
{
    size_t kinds;
    failure_kind *list = group(failures, count, &kinds);

    puts("\nfailures by stage and reason:");
    for (size_t i = 0; i < kinds && i < KINDS_SHOWN; i++) {
        printf("  %8" PRIu64 " %s: %s\n           ", list[i].count, list[i].stage, list[i].reason);
        for (size_t k = 0; k < NAMED && k < list[i].count; k++)
            printf("%s%s", k ? ", " : "", list[i].uris[k]);
        puts(list[i].count > NAMED ? ", ..." : "");
    }
    if (kinds > KINDS_SHOWN)
        printf("  and %zu kinds more; --json lists every input\n", kinds - KINDS_SHOWN);
    free(list);
}

/* ---- showing ---------------------------------------------------------------------------- */

static void print_text(const journal *j, const char *out, journal_failure *failures, size_t failed)
{
    tally t = count_entries(j);
    const uint64_t *n = t.outcomes;

    printf("%s, made by\n  %s\n", out, j->command ? j->command : "nothing yet");
    printf("%" PRIu64 " inputs = %" PRIu64 " written + %" PRIu64 " dropped + %" PRIu64 " failed + %" PRIu64 " ignored",
           j->count, n[OUTCOME_WRITTEN], n[OUTCOME_DROPPED], n[OUTCOME_FAILED], n[OUTCOME_IGNORED]);
    if (n[OUTCOME_SPLIT])
        printf(" + %" PRIu64 " split into %" PRIu64, n[OUTCOME_SPLIT], t.children);
    putchar('\n');
    if (j->size < j->mapped)
        puts("the end of the journal is not whole: the next run does again what is missing");
    for (size_t i = 0; i < j->damage_count; i++)
        printf("%" PRIu64 " bytes at offset %" PRIu64 " of the journal are damaged: the next run does again the inputs "
               "that they told of\n", j->damages[i].bytes, j->damages[i].at);
    if (is_running(j))
        puts("a run is going on: these are the accounts so far");
    if (failed)
        print_failures(failures, failed);
    if (j->command && failed)
        printf("\nto try those again:\n  %s --from-failed\n", j->command);
}

static void print_text_member(const char *name, const char *text)
{
    printf(",\"%s\":", name);
    json_print(stdout, text);
}

static void print_json(const journal *j, const char *out, const journal_failure *failures, size_t failed)
{
    static const char *const names[] = { "written", "dropped", "failed", "ignored", "split" };
    tally t = count_entries(j);

    fputs("{\"out\":", stdout);
    json_print(stdout, out);
    print_text_member("command", j->command);
    printf(",\"running\":%s,\"inputs\":%" PRIu64, is_running(j) ? "true" : "false", j->count);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        printf(",\"%s\":%" PRIu64, names[i], t.outcomes[i]);
    printf(",\"children\":%" PRIu64 ",\"failures\":[", t.children);
    for (size_t i = 0; i < failed; i++) {
        printf("%s{\"uri\":", i ? "," : "");
        json_print(stdout, failures[i].uri);
        print_text_member("stage", failures[i].stage);
        print_text_member("reason", failures[i].reason);
        putchar('}');
    }
    puts("]}");
}

static int run(const command *c, int argc, char **argv)
{
    static const struct option longs[] = {
        { "json", no_argument, NULL, FLAG_JSON }, { "help", no_argument, NULL, 'h' }, { NULL, 0, NULL, 0 }
    };
    bool json = false;
    journal j;
    pid_t owner;
    char *path;
    int status = EXIT_NOTHING_DONE;

    for (int got; (got = command_option(c, argc, argv, "h", longs)) != -1;) {
        if (got != FLAG_JSON)
            return EXIT_USAGE;
        json = true;
    }
    if (optind + 1 != argc)
        return command_usage(c, "which output folder? give the one that -o named");
    path = ledger_path(argv[optind]);
    if (journal_open(&j, path, false, &owner) != JOURNAL_OPEN) {
        fprintf(stderr, "%s: error: no run has left accounts here: %s; give the folder that -o named\n",
                argv[optind], strerror(errno));
    } else {
        size_t failed;
        journal_failure *failures = journal_failures(&j, &failed);

        if (json)
            print_json(&j, argv[optind], failures, failed);
        else
            print_text(&j, argv[optind], failures, failed);
        status = failed ? EXIT_SOME_FAILED : EXIT_FINE;
        free(failures);
    }
    journal_close(&j);
    free(path);
    return status;
}

const command command_status = {
    .name = "status", .usage = "OUT [--json]",
    .summary = "say what became of the inputs of an output folder",
    .help = "  galley status out\n  galley status out --json\n\n"
            "  --json             everything, with each input that failed\n\n"
            "exit status: 0 none failed, 1 some failed, 2 usage, 3 no run has left accounts there\n",
    .run = run,
};
