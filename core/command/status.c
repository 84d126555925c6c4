/* status - what an output folder is made of: accounts, failures, what to do next. */
#include "command/command.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "base/json.h"
#include "base/memory.h"
#include "base/shell.h"
#include "base/terminal.h"
#include "run/lastrun.h"
#include "run/ledger.h"
#include "run/quarantine.h"

enum {
    FLAG_JSON = 'J', KINDS_SHOWN = 10, SLOWEST = 5,
    NAMED = 3,             /* inputs for each kind of failure */
    SLOW_FROM = 100000000  /* ns: what takes less is not told */
};

typedef struct tally {
    uint64_t outcomes[OUTCOMES], children;
} tally;

typedef struct slow {
    char    *uri;
    uint64_t nanoseconds;
} slow;

typedef struct end_kind {
    const char *stage, *reason;
    const char *uris[NAMED];
    uint64_t    count;
} end_kind;

static void remember_slow(slow *slowest, const journal_entry *e)
{
    size_t at = SLOWEST;

    if (e->nanoseconds <= slowest[SLOWEST - 1].nanoseconds)
        return;
    free(slowest[SLOWEST - 1].uri);
    while (--at > 0 && slowest[at - 1].nanoseconds < e->nanoseconds)
        slowest[at] = slowest[at - 1];
    slowest[at] = (slow){ memory_text(e->name.ptr), e->nanoseconds };
}

static tally count_entries(const journal *j, slow *slowest)
{
    tally t = { .children = 0 };
    journal_cursor at = { .segment = 0 };
    journal_entry e;

    while (journal_next(j, &at, &e)) {
        t.outcomes[e.outcome < OUTCOMES ? e.outcome : OUTCOME_FAILED]++;
        t.children += e.outcome == OUTCOME_SPLIT ? e.children : 0;
        remember_slow(slowest, &e);
    }
    return t;
}

bool command_journal(journal *j, const char *out)
{
    char *path = ledger_path(out);
    pid_t owner;
    char *shards = memory_format("%s/shards", out);
    bool open = journal_open(j, path, false, &owner) == JOURNAL_OPEN;
    int why = errno;

    if (!open && why != ENOENT && why != ENOTDIR)
        fprintf(stderr, "%s: error: cannot be read: %s; chmod it, or remove it and run again\n", path, strerror(why));
    else if (!open && access(shards, F_OK) == 0)
        fprintf(stderr, "%s: error: the run was made in parts and they are not merged yet; type: galley merge %s "
                "--verify\n", out, out);
    else if (!open)
        fprintf(stderr, "%s: error: no run has left accounts here: %s; give the folder that -o named, of a run whose sinks "
                "all can go on where they ended\n", out, strerror(why));
    free(shards);
    free(path);
    return open;
}

static bool is_running(const journal *j)
{
    return flock(j->file, LOCK_SH | LOCK_NB) < 0 && errno == EWOULDBLOCK;
}

/* ---- failures by stage and reason ----------------------------------------------------- */

static int by_kind(const void *a, const void *b)
{
    const journal_end *x = a, *y = b;
    int stage = strcmp(x->stage, y->stage), reason = strcmp(x->reason, y->reason);

    return stage ? stage : reason ? reason : x->ordinal < y->ordinal ? -1 : x->ordinal > y->ordinal;
}

static int by_count(const void *a, const void *b)
{
    const end_kind *x = a, *y = b;

    return x->count > y->count ? -1 : x->count < y->count;
}

static end_kind *group(journal_end *failures, size_t count, size_t *kinds)
{
    end_kind *list = memory_new((count + 1) * sizeof *list);

    *kinds = 0;
    qsort(failures, count, sizeof *failures, by_kind);
    for (size_t i = 0; i < count; i++) {
        const journal_end *f = &failures[i];
        end_kind *last = *kinds ? &list[*kinds - 1] : NULL;

        if (!last || strcmp(last->stage, f->stage) != 0 || strcmp(last->reason, f->reason) != 0) {
            last = &list[(*kinds)++];
            *last = (end_kind){ .stage = f->stage, .reason = f->reason };
        }
        if (last->count < NAMED)
            last->uris[last->count] = f->uri;
        last->count++;
    }
    qsort(list, *kinds, sizeof *list, by_count);
    return list;
}

static void print_kinds(const char *title, journal_end *ends, size_t count)
{
    size_t kinds;
    end_kind *list = group(ends, count, &kinds);

    printf("\n%s by stage and reason:\n", title);
    for (size_t i = 0; i < kinds && i < KINDS_SHOWN; i++) {
        printf("  %8" PRIu64 " %s: ", list[i].count, list[i].stage);
        terminal_text(stdout, list[i].reason);
        fputs("\n           ", stdout);
        for (size_t k = 0; k < NAMED && k < list[i].count; k++) {
            fputs(k ? ", " : "", stdout);
            terminal_text(stdout, list[i].uris[k]);
        }
        puts(list[i].count > NAMED ? ", ..." : "");
    }
    if (kinds > KINDS_SHOWN)
        printf("  and %zu kinds more; --json lists every input\n", kinds - KINDS_SHOWN);
    free(list);
}

static void print_others(const journal *j, const char *title, uint32_t what)
{
    size_t count;
    journal_end *ends = journal_ends(j, what, &count);

    if (count)
        print_kinds(title, ends, count);
    free(ends);
}

/* ---- the whole picture ------------------------------------------------------------------ */

typedef enum state { /* of the run that made it */
    STATE_UNKNOWN, STATE_RUNNING, STATE_FINISHED, STATE_STOPPED, STATE_BROKEN, STATE_CUT_OFF
} state;

static const char *const state_names[] = { "unknown", "running", "finished", "stopped", "broken", "cut off" };

typedef struct picture {
    const char      *out;
    const journal   *journal;
    journal_end *failures;
    size_t           failed;
    tally            counts;
    slow             slowest[SLOWEST];
    lastrun          last;
    state            state;
    char            *folder;   /* of the quarantine */
    quarantine_sum   kept;
} picture;

static state state_of(const journal *j, const lastrun *last)
{
    if (is_running(j))
        return STATE_RUNNING;
    if (!last->started)
        return STATE_UNKNOWN;
    if (!last->ended)
        return STATE_CUT_OFF;
    return last->exit > 128 ? STATE_STOPPED : last->exit == EXIT_NOTHING_DONE ? STATE_BROKEN : STATE_FINISHED;
}

/* The command to type next; NULL: none is called for. To be freed. */
static char *next_command(const picture *p)
{
    const char *line = p->journal->command;

    if (!line || p->state == STATE_RUNNING)
        return NULL;
    if (p->state == STATE_STOPPED || p->state == STATE_BROKEN || p->state == STATE_CUT_OFF)
        return memory_text(line);
    return p->failed || p->kept.children ? memory_format("%s --from-failed", line) : NULL;
}

static void time_text(int64_t seconds, char *text, size_t size)
{
    time_t t = (time_t)seconds;
    struct tm utc;

    strftime(text, size, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&t, &utc));
}

static void print_state(const picture *p)
{
    char began[32], ended[32];

    time_text(p->last.started, began, sizeof began);
    time_text(p->last.ended, ended, sizeof ended);
    if (p->state == STATE_RUNNING)
        puts("a run is going on: these are the accounts so far");
    else if (p->state == STATE_CUT_OFF)
        printf("the last run, begun %s, was cut off: what was done until then counts\n", began);
    else if (p->state == STATE_STOPPED)
        printf("the last run was stopped %s, after %.2f s: what was done until then counts\n", ended, p->last.seconds);
    else if (p->state == STATE_BROKEN)
        printf("the last run ended %s, after %.2f s, with exit status 3: nothing could be done, or an output not "
               "be written\n", ended, p->last.seconds);
    else if (p->state == STATE_FINISHED)
        printf("the last run ended %s, after %.2f s\n", ended, p->last.seconds);
}

static void print_counts(const picture *p)
{
    const uint64_t *n = p->counts.outcomes;

    printf("%" PRIu64 " inputs = %" PRIu64 " written + %" PRIu64 " dropped + %" PRIu64 " failed + %" PRIu64 " ignored",
           p->journal->count, n[OUTCOME_WRITTEN], n[OUTCOME_DROPPED], n[OUTCOME_FAILED], n[OUTCOME_IGNORED]);
    if (n[OUTCOME_SPLIT])
        printf(" + %" PRIu64 " split into %" PRIu64, n[OUTCOME_SPLIT], p->counts.children);
    putchar('\n');
}

/* Changes are made beside the present outputs, which stand until all is there. */
static void print_edition(const picture *p)
{
    char *path = memory_format("%s/.galley/journal.next", p->out);

    if (access(path, F_OK) == 0)
        puts(p->state == STATE_RUNNING
             ? "new outputs are being made beside the present ones, which these accounts are of"
             : "new outputs were begun beside the present ones, which these accounts are of; the next run goes on with them");
    free(path);
}

static void print_damage(const journal *j)
{
    if (j->size < j->mapped)
        puts("the end of the journal is not whole: the next run does again what is missing");
    for (size_t i = 0; i < j->damage_count; i++)
        printf("%" PRIu64 " bytes at offset %" PRIu64 " of the journal are damaged: the next run does again the inputs "
               "that they told of\n", j->damages[i].bytes, j->damages[i].at);
}

static void print_slowest(const picture *p)
{
    if (p->slowest[0].nanoseconds < SLOW_FROM)
        return;
    puts("\nslowest:");
    for (size_t i = 0; i < SLOWEST && p->slowest[i].nanoseconds >= SLOW_FROM; i++) {
        printf("  %8.2f s ", (double)p->slowest[i].nanoseconds / 1e9);
        terminal_text(stdout, p->slowest[i].uri);
        putchar('\n');
    }
}

static void print_text(const picture *p)
{
    char *next = next_command(p);

    printf("%s, made by\n  %s\n", p->out, p->journal->command ? p->journal->command : "nothing yet");
    print_state(p);
    print_counts(p);
    print_edition(p);
    print_damage(p->journal);
    if (p->failed)
        print_kinds("failures", p->failures, p->failed);
    print_others(p->journal, "dropped", OUTCOME_DROPPED);
    print_others(p->journal, "ignored", OUTCOME_IGNORED);
    print_slowest(p);
    if (p->kept.documents) {
        printf("\nkept in %s: %" PRIu64 " that failed", p->folder, p->kept.documents);
        if (p->kept.children)
            printf(", %" PRIu64 " of them from inside others", p->kept.children);
        printf(", %" PRIu64 " bytes\n", p->kept.bytes);
    }
    if (p->failed) {
        printf("\nto see what became of one:\n  galley explain %s ", p->out);
        shell_print(stdout, p->failures[0].uri);
        putchar('\n');
    }
    if (next)
        printf("\n%s:\n  %s\n", p->state == STATE_FINISHED || p->state == STATE_UNKNOWN ? "to try those again" : "to go on",
               next);
    free(next);
}

static void print_text_member(const char *name, const char *text)
{
    printf(",\"%s\":", name);
    json_print(stdout, text);
}

static void print_kinds_json(const picture *p)
{
    size_t kinds;
    end_kind *list = group(p->failures, p->failed, &kinds);

    printf(",\"kinds\":[");
    for (size_t i = 0; i < kinds; i++) {
        printf("%s{\"count\":%" PRIu64, i ? "," : "", list[i].count);
        print_text_member("stage", list[i].stage);
        print_text_member("reason", list[i].reason);
        putchar('}');
    }
    putchar(']');
    free(list);
}

static void print_run_json(const picture *p)
{
    char began[32], ended[32];

    time_text(p->last.started, began, sizeof began);
    time_text(p->last.ended, ended, sizeof ended);
    printf(",\"running\":%s,\"state\":\"%s\"", p->state == STATE_RUNNING ? "true" : "false", state_names[p->state]);
    if (!p->last.started)
        return;
    printf(",\"last_run\":{\"started\":\"%s\"", began);
    if (p->last.ended)
        printf(",\"ended\":\"%s\",\"seconds\":%.3f,\"exit\":%d,\"inputs\":%" PRIu64 ",\"written\":%" PRIu64
               ",\"failed\":%" PRIu64 ",\"unchanged\":%" PRIu64, ended, p->last.seconds, p->last.exit, p->last.inputs,
               p->last.written, p->last.failed, p->last.unchanged);
    putchar('}');
}

static void print_lists_json(const picture *p)
{
    printf(",\"failures\":[");
    for (size_t i = 0; i < p->failed; i++) {
        printf("%s{\"uri\":", i ? "," : "");
        json_print(stdout, p->failures[i].uri);
        print_text_member("stage", p->failures[i].stage);
        print_text_member("reason", p->failures[i].reason);
        putchar('}');
    }
    printf("],\"slowest\":[");
    for (size_t i = 0; i < SLOWEST && p->slowest[i].uri; i++) {
        printf("%s{\"uri\":", i ? "," : "");
        json_print(stdout, p->slowest[i].uri);
        printf(",\"seconds\":%.6f}", (double)p->slowest[i].nanoseconds / 1e9);
    }
    putchar(']');
}

static void print_json(const picture *p)
{
    static const char *const names[] = { "written", "dropped", "failed", "ignored", "split" };
    char *next = next_command(p);

    printf("{\"schema\":\"galley.status/1\"");
    print_text_member("out", p->out);
    print_text_member("command", p->journal->command);
    print_run_json(p);
    printf(",\"inputs\":%" PRIu64, p->journal->count);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        printf(",\"%s\":%" PRIu64, names[i], p->counts.outcomes[i]);
    printf(",\"children\":%" PRIu64 ",\"damages\":%zu", p->counts.children, p->journal->damage_count);
    print_kinds_json(p);
    print_lists_json(p);
    print_text_member("quarantine", p->folder);
    printf(",\"kept\":{\"documents\":%" PRIu64 ",\"children\":%" PRIu64 ",\"bytes\":%" PRIu64 "}", p->kept.documents,
           p->kept.children, p->kept.bytes);
    print_text_member("next", next);
    puts("}");
    free(next);
}

static int show(const journal *j, const char *out, bool json)
{
    picture p = { .out = out, .journal = j, .folder = quarantine_folder(out) };

    p.failures = journal_ends(j, OUTCOME_FAILED, &p.failed);
    p.counts = count_entries(j, p.slowest);
    lastrun_read(&p.last, out);
    p.state = state_of(j, &p.last);
    p.kept = quarantine_count(p.folder);
    (json ? print_json : print_text)(&p);
    for (size_t i = 0; i < SLOWEST; i++)
        free(p.slowest[i].uri);
    lastrun_free(&p.last);
    free(p.failures);
    free(p.folder);
    return p.failed || p.kept.children ? EXIT_SOME_FAILED : EXIT_FINE;
}

static int run(const command *c, int argc, char **argv)
{
    static const struct option longs[] = {
        { "json", no_argument, NULL, FLAG_JSON }, { "help", no_argument, NULL, 'h' }, { NULL, 0, NULL, 0 }
    };
    bool json = false;
    journal j;
    int status = EXIT_NOTHING_DONE;

    for (int got; (got = command_option(c, argc, argv, "h", longs)) != -1;) {
        if (got != FLAG_JSON)
            return EXIT_USAGE;
        json = true;
    }
    if (optind + 1 != argc)
        return command_usage(c, "which output folder? give the one that -o named");
    if (command_journal(&j, argv[optind]))
        status = show(&j, argv[optind], json);
    journal_close(&j);
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
