/* progress - draws at most ten times a second, speaks every ten seconds. */
#include "run/progress.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/json.h"
#include "run/inputs.h"
#include "run/journal.h"
#include "run/signals.h"

enum { BAR = 24 };
#define DRAW_EVERY  UINT64_C(100000000)
#define SPEAK_EVERY UINT64_C(10000000000)
#define EVENT_EVERY UINT64_C(1000000000)
#define TELL_AFTER  UINT64_C(300000000)

typedef struct progress_count {
    _Atomic uint64_t inputs;
    _Atomic bool     complete;
} progress_count;

/* ---- counting ahead --------------------------------------------------------------- */

static _Noreturn void count_inputs(progress_count *count, stage_context *stages, int64_t limit, const shard *part)
{
    gly_stage *source = &stages->stages[0];
    gly_item item;

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    signal(SIGINT, SIG_DFL);
    signal(SIGTERM, SIG_DFL);
    while (!limit || atomic_load(&count->inputs) < (uint64_t)limit) {
        item = (gly_item){ .verdict = GLY_TAKE };
        if (source->face->ops->next(source->shared, &item) != GLY_OK)
            break;
        if (!part || shard_takes(part, journal_key(item.uri)))
            atomic_fetch_add(&count->inputs, 1);
    }
    atomic_store(&count->complete, true);
    _exit(0);
}

static void start_counter(progress *p, const plan *of, stage_context *stages, int64_t limit, const shard *part)
{
    void *shared;

    if (inputs_are_standard(of) || (of->stages[0].face->ops->flags & GLY_STAGE_NETWORK))
        return;
    shared = mmap(NULL, sizeof *p->count, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED)
        return;
    p->count = shared;
    fflush(NULL);
    p->counter = fork();
    if (p->counter == 0)
        count_inputs(p->count, stages, limit, part);
}

static void print_start(const plan *of)
{
    fputs("{\"event\":\"start\",\"version\":\"" GALLEY_VERSION "\",\"config\":", stderr);
    json_print(stderr, of->file);
    fputs(",\"out\":", stderr);
    json_print(stderr, of->out);
    fputs(",\"stages\":[", stderr);
    for (uint16_t i = 0; i < of->count; i++)
        fprintf(stderr, "%s\"%s\"", i ? "," : "", of->stages[i].use);
    fputs("]}\n", stderr);
}

void progress_begin(progress *p, progress_mode mode, const plan *of, stage_context *stages, int64_t limit, const shard *part)
{
    const char *no_colour = getenv("NO_COLOR"), *term = getenv("TERM");
    bool terminal = isatty(STDERR_FILENO) && term && strcmp(term, "dumb") != 0;

    *p = (progress){ .mode = mode, .started = monotonic_ns() };
    p->last = p->started;
    p->bar = mode == PROGRESS_AUTO && terminal;
    p->colour = !no_colour || !*no_colour;
    if (mode == PROGRESS_JSON)
        print_start(of);
    if (p->bar)
        start_counter(p, of, stages, limit, part);
}

/* ---- showing ------------------------------------------------------------------------- */

static uint64_t done_of(const run_accounts *a)
{
    return a->inputs;
}

static uint64_t total_of(const progress *p)
{
    return p->count && atomic_load(&p->count->complete) ? atomic_load(&p->count->inputs) : 0;
}

static void draw(progress *p, const run_accounts *a, double seconds)
{
    uint64_t done = done_of(a), total = total_of(p);
    double rate = seconds > 0 ? (double)done / seconds : 0;
    const char *red = p->colour ? "\033[31m" : "", *plain = p->colour ? "\033[0m" : "";
    char bar[BAR + 1];

    fprintf(stderr, "\r\033[K");
    if (total) {
        int filled = (int)(BAR * (done < total ? done : total) / total);

        memset(bar, '.', BAR);
        memset(bar, '#', (size_t)filled);
        bar[BAR] = '\0';
        fprintf(stderr, "[%s] %3.0f %%  ", bar, 100.0 * (double)done / (double)total);
    }
    fprintf(stderr, "%" PRIu64 " done, %.0f a second", done, rate);
    if (total > done && rate > 0)
        fprintf(stderr, ", %.0f s to go", (double)(total - done) / rate);
    if (a->failed)
        fprintf(stderr, ", %s%" PRIu64 " failed%s", red, a->failed, plain);
    fflush(stderr);
    p->drawn = true;
}

void progress_print_counts(const run_accounts *a, double seconds)
{
    fprintf(stderr, ",\"seconds\":%.3f,\"inputs\":%" PRIu64 ",\"children\":%" PRIu64 ",\"written\":%" PRIu64
            ",\"dropped\":%" PRIu64 ",\"failed\":%" PRIu64 ",\"ignored\":%" PRIu64 ",\"split\":%" PRIu64
            ",\"unchanged\":%" PRIu64, seconds, a->inputs, a->children, a->written, a->dropped, a->failed,
            a->ignored, a->split, a->unchanged);
}

static void print_progress(const run_accounts *a, double seconds)
{
    fputs("{\"event\":\"progress\"", stderr);
    progress_print_counts(a, seconds);
    fputs("}\n", stderr);
}

/* What is in hand may take as long as its limit allows. */
static void tell_stopping(progress *p, uint64_t now)
{
    if (p->stopping == 0)
        p->stopping = now;
    if (p->told || now - p->stopping < TELL_AFTER)
        return;
    p->told = true;
    progress_clear(p);
    fputs("galley: stopping when what is in hand is done; ^C again stops at once\n", stderr);
}

void progress_tick(progress *p, const run_accounts *a)
{
    uint64_t now = monotonic_ns();
    double seconds = (double)(now - p->started) / 1e9;

    if (signals_stop() && p->mode == PROGRESS_AUTO)
        tell_stopping(p, now);
    if (p->mode == PROGRESS_NONE ||
        now - p->last < (p->bar ? DRAW_EVERY : p->mode == PROGRESS_JSON ? EVENT_EVERY : SPEAK_EVERY))
        return;
    p->last = now;
    if (p->bar)
        draw(p, a, seconds);
    else if (p->mode == PROGRESS_JSON)
        print_progress(a, seconds);
    else
        fprintf(stderr, "galley: %" PRIu64 " done, %.0f a second, %" PRIu64 " failed\n", done_of(a),
                (double)done_of(a) / seconds, a->failed);
}

void progress_clear(progress *p)
{
    if (p->drawn)
        fputs("\r\033[K", stderr);
    p->drawn = false;
}

bool progress_failed(progress *p, const char *uri, const char *stage, const char *reason, bool earlier)
{
    if (p->mode != PROGRESS_JSON)
        return false;
    fputs("{\"event\":\"failed\",\"uri\":", stderr);
    json_print(stderr, uri);
    fprintf(stderr, ",\"stage\":\"%s\",\"reason\":", stage);
    json_print(stderr, reason);
    fputs(earlier ? ",\"earlier\":true}\n" : "}\n", stderr);
    return true;
}

void progress_end(progress *p)
{
    progress_clear(p);
    if (p->counter > 0 && waitpid(p->counter, NULL, WNOHANG) == 0) { /* else the number may be another's */
        kill(p->counter, SIGKILL);
        waitpid(p->counter, NULL, 0);
    }
    if (p->count)
        munmap(p->count, sizeof *p->count);
}
