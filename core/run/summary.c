/* summary - counts, times, and what to type next. */
#include "run/summary.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/json.h"
#include "base/shell.h"
#include "base/terminal.h"
#include "run/runner.h"

enum { TELL_TIMES_FROM = 5 /* seconds: a shorter run is summed up in one line */ };

static double seconds_of(const runner *r)
{
    return (double)(monotonic_ns() - r->accounts.started) / 1e9;
}

static double rate_of(const runner *r, double seconds)
{
    return seconds > 0 ? (double)(r->accounts.counts.inputs + r->accounts.counts.children) / seconds : 0;
}

static uint64_t all_spent(const runner *r)
{
    uint64_t all = 0;

    for (uint16_t i = 0; i < r->plan->count; i++)
        all += r->spent[i];
    return all;
}

/* ---- as text ------------------------------------------------------------------------ */

static void print_times(const runner *r)
{
    const slow_document *slowest = r->accounts.slowest;
    uint64_t all = all_spent(r);
    bool any = false;

    fputs("time by stage:", stderr);
    for (uint16_t i = 0; all && i < r->plan->count; i++)
        if (r->spent[i] >= all / 200)
            fprintf(stderr, " %s %.0f %%,", r->plan->stages[i].id, 100.0 * (double)r->spent[i] / (double)all);
    fprintf(stderr, " %.1f s in all\nslowest:", (double)all / 1e9);
    for (size_t i = 0; i < SLOWEST && slowest[i].uri; i++, any = true) {
        fputs(any ? ", " : " ", stderr);
        terminal_text(stderr, slowest[i].uri);
        fprintf(stderr, " %.1f ms", (double)slowest[i].nanoseconds / 1e6);
    }
    fputc('\n', stderr);
}

static void print_counts(const runner *r, double seconds)
{
    const run_accounts *n = &r->accounts.counts;

    fprintf(stderr, "%" PRIu64 " inputs", n->inputs);
    if (n->children)
        fprintf(stderr, " + %" PRIu64 " from inside them", n->children);
    fprintf(stderr, " = %" PRIu64 " written + %" PRIu64 " dropped + %" PRIu64 " failed + %" PRIu64 " ignored",
            n->written, n->dropped, n->failed, n->ignored);
    if (n->split)
        fprintf(stderr, " + %" PRIu64 " split", n->split);
    if (n->unchanged)
        fprintf(stderr, " + %" PRIu64 " unchanged", n->unchanged);
    fprintf(stderr, ", %.2f s, %.0f a second\n", seconds, rate_of(r, seconds));
}

/* What stages counted, by host->count(). */
static void print_counters(const runner *r)
{
    counter_total t;
    bool any = false;

    for (unsigned at = 0; counters_next(r->counters, &at, &t);) {
        if (t.stage >= r->plan->count)
            continue;
        fprintf(stderr, "%s %s ", any ? "," : "counted:", r->plan->stages[t.stage].id);
        terminal_text(stderr, t.name);
        fprintf(stderr, " %" PRId64, t.value);
        any = true;
    }
    if (any)
        fputc('\n', stderr);
}

static void print_word(const char *before, const char *word)
{
    fputs(before, stderr);
    shell_print(stderr, word);
    fputc('\n', stderr);
}

static void print_next(const runner *r)
{
    const run_accounts *n = &r->accounts.counts;

    if (r->quarantine.kept)
        fprintf(stderr, "%" PRIu64 " that failed %s kept in %s/quarantine\n", r->quarantine.kept,
                r->quarantine.kept == 1 ? "is" : "are", r->plan->out);
    if (r->ledger.on && (n->failed || seconds_of(r) >= TELL_TIMES_FROM))
        print_word("to see what and why:  galley status ", r->plan->out);
    if (r->ledger.on && n->failed && r->options->command)
        fprintf(stderr, "to try those again:   %s --from-failed\n", r->options->command);
}

/* The counts are of what is on disk. */
static void print_broken_off(const runner *r)
{
    if (r->ledger.beside)
        fputs("galley: broken off: the outputs are those of before; when the cause is mended, the same command goes on "
              "from here\n", stderr);
    else
        fprintf(stderr, "galley: broken off: these %" PRIu64 " are on the disk; when the cause is mended, the same command "
                "goes on from here\n", r->accounts.counts.inputs);
}

void summary_print(const runner *r, int status)
{
    const run_accounts *n = &r->accounts.counts;
    double seconds = seconds_of(r);

    if (n->failed > r->accounts.shown)
        fprintf(stderr, "... and %" PRIu64 " more failures; %s lists all\n", n->failed - r->accounts.shown,
                r->ledger.on ? "galley status --json OUT" : "--accounts FILE");
    if (seconds >= TELL_TIMES_FROM && r->accounts.slowest[0].uri)
        print_times(r);
    print_counters(r);
    print_counts(r, seconds);
    if (n->failed_before)
        fprintf(stderr, "%" PRIu64 " of those failed in an earlier run and %s not tried again; --from-failed does\n",
                n->failed_before, n->failed_before == 1 ? "was" : "were");
    if (n->output_failed && r->resumed && r->ledger.on)
        print_broken_off(r);
    if (status <= 1) /* after a fault, that is what to mend */
        print_next(r);
}

/* ---- as an event --------------------------------------------------------------------- */

static void print_member(const char *name, const char *text)
{
    fprintf(stderr, ",\"%s\":", name);
    json_print(stderr, text);
}

static void print_counter_list(const runner *r)
{
    counter_total t;
    bool any = false;

    for (unsigned at = 0; counters_next(r->counters, &at, &t);) {
        if (t.stage >= r->plan->count)
            continue;
        fprintf(stderr, "%s{\"id\":\"%s\",\"name\":", any ? "," : "", r->plan->stages[t.stage].id);
        json_print(stderr, t.name);
        fprintf(stderr, ",\"value\":%" PRId64 "}", t.value);
        any = true;
    }
}

static void print_lists(const runner *r)
{
    fputs(",\"stages\":[", stderr);
    for (uint16_t i = 0; i < r->plan->count; i++)
        fprintf(stderr, "%s{\"id\":\"%s\",\"stage\":\"%s\",\"seconds\":%.6f}", i ? "," : "", r->plan->stages[i].id,
                r->plan->stages[i].use, (double)r->spent[i] / 1e9);
    fputs("],\"slowest\":[", stderr);
    for (size_t i = 0; i < SLOWEST && r->accounts.slowest[i].uri; i++) {
        fprintf(stderr, "%s{\"uri\":", i ? "," : "");
        json_print(stderr, r->accounts.slowest[i].uri);
        fprintf(stderr, ",\"seconds\":%.6f}", (double)r->accounts.slowest[i].nanoseconds / 1e9);
    }
    fputs("],\"counters\":[", stderr);
    print_counter_list(r);
    fputc(']', stderr);
}

void summary_event(const runner *r, int status)
{
    double seconds = seconds_of(r);

    fprintf(stderr, "{\"event\":\"end\",\"exit\":%d", status);
    progress_print_counts(&r->accounts.counts, seconds);
    fprintf(stderr, ",\"rate\":%.1f,\"workers_lost\":%" PRIu64 ",\"failed_before\":%" PRIu64, rate_of(r, seconds),
            r->accounts.counts.workers_lost, r->accounts.counts.failed_before);
    print_lists(r);
    print_member("out", r->plan->out);
    if (r->plan->out)
        fprintf(stderr, ",\"kept\":%" PRIu64, r->quarantine.kept);
    fputs("}\n", stderr);
}
