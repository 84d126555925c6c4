/* accounts - counters, the accounts file, failures as they come, the summary. */
#include "run/accounts.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

#include "base/json.h"
#include "base/memory.h"

enum {
    FAILURES_SHOWN = 20,
    TELL_TIMES_FROM = 5, /* seconds: a shorter run is summed up in one line */
};

bool accounts_open(accounts *a, const char *file, progress *p)
{
    *a = (accounts){ .progress = p, .started = monotonic_ns() };
    a->file = file ? fopen(file, "we") : NULL;
    if (file && !a->file)
        fprintf(stderr, "%s: error: cannot be written: %s; choose another --accounts file\n", file,
                strerror(errno));
    return !file || a->file;
}

static void count(run_accounts *n, const carried *c)
{
    n->inputs += c->depth == 0;
    n->children += c->depth > 0;
    n->bytes += c->depth == 0 ? c->bytes : 0;
    n->written += c->outcome == OUTCOME_WRITTEN;
    n->dropped += c->outcome == OUTCOME_DROPPED;
    n->failed += c->outcome == OUTCOME_FAILED;
    n->ignored += c->outcome == OUTCOME_IGNORED;
    n->split += c->outcome == OUTCOME_SPLIT;
    n->unchanged += c->outcome == OUTCOME_UNCHANGED;
}

static void remember_slow(accounts *a, const carried *c)
{
    size_t at = SLOWEST;

    if (c->nanoseconds <= a->slowest[SLOWEST - 1].nanoseconds)
        return;
    free(a->slowest[SLOWEST - 1].uri);
    while (--at > 0 && a->slowest[at - 1].nanoseconds < c->nanoseconds)
        a->slowest[at] = a->slowest[at - 1];
    a->slowest[at] = (slow_document){ memory_copy(c->uri.len ? c->uri.ptr : "", c->uri.len), c->nanoseconds };
}

static void write_line(FILE *out, const char *uri, const carried *c, const char *stage, const char *reason)
{
    static const char *const names[] = { "written", "dropped", "failed", "ignored", "split", "unchanged" };

    fputs("{\"uri\":", out);
    json_print(out, uri);
    fprintf(out, ",\"outcome\":\"%s\"", names[c->outcome]);
    if (c->outcome == OUTCOME_SPLIT)
        fprintf(out, ",\"stage\":\"%s\",\"children\":%" PRIu32, stage, c->children);
    else if (c->outcome != OUTCOME_WRITTEN && c->outcome != OUTCOME_UNCHANGED) {
        fprintf(out, ",\"stage\":\"%s\",\"reason\":", stage);
        json_print(out, reason);
    }
    fputs("}\n", out);
}

static void tell_failure(accounts *a, const char *uri, const char *stage, const char *reason)
{
    if (progress_failed(a->progress, uri, stage, reason) || a->counts.failed > FAILURES_SHOWN)
        return;
    progress_clear(a->progress);
    fprintf(stderr, "%s: error: failed in stage '%s': %s\n", uri, stage, reason);
}

void accounts_add(accounts *a, const carried *c, const char *stage)
{
    char uri[4096], reason[600];

    count(&a->counts, c);
    remember_slow(a, c);
    if (c->outcome != OUTCOME_FAILED && !a->file)
        return;
    snprintf(uri, sizeof uri, "%.*s", (int)c->uri.len, c->uri.len ? c->uri.ptr : "");
    snprintf(reason, sizeof reason, "%.*s", (int)c->reason.len, c->reason.len ? c->reason.ptr : "");
    if (c->outcome == OUTCOME_FAILED)
        tell_failure(a, uri, stage, reason);
    if (a->file)
        write_line(a->file, uri, c, stage, reason);
}

static void print_times(const accounts *a, const plan *p, const uint64_t *spent)
{
    uint64_t all = 0;

    for (uint16_t i = 0; i < p->count; i++)
        all += spent[i];
    fputs("time by stage:", stderr);
    for (uint16_t i = 0; all && i < p->count; i++)
        if (spent[i] >= all / 200)
            fprintf(stderr, " %s %.0f %%,", p->stages[i].id, 100.0 * (double)spent[i] / (double)all);
    fprintf(stderr, " %.1f s in all\nslowest:", (double)all / 1e9);
    for (size_t i = 0; i < SLOWEST && a->slowest[i].uri; i++)
        fprintf(stderr, "%s %s %.1f ms", i ? "," : "", a->slowest[i].uri, (double)a->slowest[i].nanoseconds / 1e6);
    fputc('\n', stderr);
}

void accounts_summarise(const accounts *a, const plan *p, const uint64_t *spent)
{
    const run_accounts *n = &a->counts;
    double seconds = (double)(monotonic_ns() - a->started) / 1e9;

    if (n->failed > FAILURES_SHOWN)
        fprintf(stderr, "... and %" PRIu64 " more failures; --accounts FILE lists all\n",
                n->failed - FAILURES_SHOWN);
    if (seconds >= TELL_TIMES_FROM && a->slowest[0].uri)
        print_times(a, p, spent);
    if (n->failed_before)
        fprintf(stderr, "%" PRIu64 " of them failed in an earlier run and were not tried again; "
                "--from-failed does\n", n->failed_before);
    fprintf(stderr, "%" PRIu64 " inputs", n->inputs);
    if (n->children)
        fprintf(stderr, " + %" PRIu64 " from inside them", n->children);
    fprintf(stderr, " = %" PRIu64 " written + %" PRIu64 " dropped + %" PRIu64 " failed + %" PRIu64 " ignored",
            n->written, n->dropped, n->failed, n->ignored);
    if (n->split)
        fprintf(stderr, " + %" PRIu64 " split", n->split);
    if (n->unchanged)
        fprintf(stderr, " + %" PRIu64 " unchanged", n->unchanged);
    fprintf(stderr, ", %.2f s, %.0f a second\n", seconds,
            seconds > 0 ? (double)(n->inputs + n->children) / seconds : 0.0);
}

bool accounts_close(accounts *a)
{
    bool good = true;

    for (size_t i = 0; i < SLOWEST; i++)
        free(a->slowest[i].uri);
    if (a->file) {
        good = !ferror(a->file);
        good &= fclose(a->file) == 0;
    }
    return good;
}
