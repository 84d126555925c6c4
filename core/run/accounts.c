/* accounts - counters, the accounts file, failures as they come. */
#include "run/accounts.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <time.h>

#include "base/json.h"
#include "base/memory.h"
#include "base/terminal.h"

bool accounts_open(accounts *a, const char *file, progress *p)
{
    *a = (accounts){ .progress = p, .started = monotonic_ns(), .began = time(NULL) };
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
    n->failed_children += c->outcome == OUTCOME_FAILED && c->depth > 0;
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

/* Those that are known must not crowd out what is new. */
static void tell_failure(accounts *a, const char *uri, const char *stage, const char *reason)
{
    const run_accounts *n = &a->counts;
    uint64_t of_its_kind = a->known ? n->failed_before : n->failed - n->failed_before;

    if (progress_failed(a->progress, uri, stage, reason, a->known) || of_its_kind > FAILURES_SHOWN)
        return;
    a->shown++;
    progress_clear(a->progress);
    terminal_text(stderr, uri);
    fprintf(stderr, ": error: failed in stage '%s'%s: ", stage, a->known ? " in an earlier run" : "");
    terminal_text(stderr, reason);
    fputc('\n', stderr);
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
    if (c->outcome == OUTCOME_FAILED && a->told)
        a->shown++;
    else if (c->outcome == OUTCOME_FAILED)
        tell_failure(a, uri, stage, reason);
    if (a->file)
        write_line(a->file, uri, c, stage, reason);
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
