/* run - pulls inputs from the source, carries each through the stages, writes in
 * input order, and accounts for every one. */
#include "run/run.h"

#include <inttypes.h>
#include <signal.h>
#include <unistd.h>

#include "base/json.h"
#include "run/carry.h"

enum { FAILURES_SHOWN = 20, STATUS_FINE = 0, STATUS_FAILED = 1, STATUS_NOTHING = 3, STATUS_INTERRUPTED = 130 };

typedef struct runner {
    plan *plan;
    const run_options *options;
    stage_context *stages;
    carrier carrier;
    run_accounts accounts;
    FILE *accounts_file;
    uint64_t started;
} runner;

/* Signal handlers can reach nothing else. */
static volatile sig_atomic_t signals_seen;
static volatile sig_atomic_t signal_seen;

static void on_signal(int number)
{
    signal_seen = number;
    if (++signals_seen > 1)
        _exit(128 + number);
}

static bool stop(stage_context *c)
{
    return carrier_late(&((const runner *)c->owner)->carrier);
}

static bool open_stages(runner *r)
{
    for (uint16_t i = 0; i < r->plan->count; i++) {
        const plan_stage *p = &r->plan->stages[i];
        gly_stage *s = &r->stages->stages[i];

        stages_set(r->stages, i, p->face, p->id);
        if (stage_open(s, p->options) >= 0 && stage_start(s) >= 0)
            continue;
        fprintf(stderr, "%s:%d: error: stage '%s' cannot start: %s\n", p->at.file, p->at.line, p->use, s->reason);
        return false;
    }
    return true;
}

static void account(runner *r, gly_str uri, outcome how, const char *stage, const char *reason)
{
    static const char *const names[] = { "written", "dropped", "failed", "ignored" };
    char name[4096];

    snprintf(name, sizeof name, "%.*s", (int)uri.len, uri.ptr ? uri.ptr : "");
    r->accounts.written += how == OUTCOME_WRITTEN;
    r->accounts.dropped += how == OUTCOME_DROPPED;
    r->accounts.failed += how == OUTCOME_FAILED;
    r->accounts.ignored += how == OUTCOME_IGNORED;
    if (how == OUTCOME_FAILED && r->accounts.failed <= FAILURES_SHOWN)
        fprintf(stderr, "%s: error: failed in stage '%s': %s\n", name, stage, reason);
    if (!r->accounts_file)
        return;
    fputs("{\"uri\":", r->accounts_file);
    json_print(r->accounts_file, name);
    fprintf(r->accounts_file, ",\"outcome\":\"%s\"", names[how]);
    if (how != OUTCOME_WRITTEN) {
        fprintf(r->accounts_file, ",\"stage\":\"%s\",\"reason\":", stage);
        json_print(r->accounts_file, reason);
    }
    fputs("}\n", r->accounts_file);
}

/* False when a sink could not write: the run ends. */
static bool write_sinks(runner *r)
{
    for (uint16_t i = 1; i < r->plan->count; i++) {
        gly_stage *s = &r->stages->stages[i];

        if (s->face->kind != GLY_SINK || !r->carrier.rendered[i].ptr)
            continue;
        if (s->face->ops->write(s->shared, r->carrier.rendered[i]) >= 0)
            continue;
        fprintf(stderr, "galley: error: stage '%s' cannot write: %s\n", s->face->name,
                s->reason[0] ? s->reason : "it gave no reason");
        r->accounts.output_failed = true;
        return false;
    }
    return true;
}

static bool take(runner *r, const gly_item *item)
{
    const char *source = r->plan->stages[0].use;

    r->accounts.inputs++;
    if (item->verdict != GLY_TAKE) {
        account(r, item->uri, item->verdict == GLY_IGNORED ? OUTCOME_IGNORED : OUTCOME_FAILED, source,
                item->reason ? item->reason : "");
        return true;
    }
    carry(&r->carrier, r->accounts.inputs - 1, item->uri, item->locator);
    if (r->carrier.outcome == OUTCOME_WRITTEN && !write_sinks(r))
        return false;
    account(r, item->uri, r->carrier.outcome, r->plan->stages[r->carrier.stage].use, r->carrier.reason);
    return true;
}

static void loop(runner *r)
{
    gly_stage *source = &r->stages->stages[0];

    while (!signals_seen && (!r->options->limit || r->accounts.inputs < (uint64_t)r->options->limit)) {
        gly_item item = { .verdict = GLY_TAKE };
        gly_status status = source->face->ops->next(source->shared, &item);

        if (status == GLY_END)
            return;
        if (status < 0) {
            fprintf(stderr, "galley: error: stage '%s' cannot go on: %s\n", source->face->name, source->reason);
            r->accounts.output_failed = true;
            return;
        }
        if (!take(r, &item))
            return;
    }
}

static void close_stages(runner *r)
{
    for (uint16_t i = 0; i < r->plan->count; i++) {
        gly_stage *s = &r->stages->stages[i];
        gly_status (*flush)(void *) = STAGE_OP(s, flush);

        if (flush && flush(s->shared) < 0) {
            fprintf(stderr, "galley: error: stage '%s' cannot write: %s\n", s->face->name, s->reason);
            r->accounts.output_failed = true;
        }
        stage_finish(s);
        stage_close(s);
    }
}

static void summarise(const runner *r)
{
    const run_accounts *a = &r->accounts;
    double seconds = (double)(monotonic_ns() - r->started) / 1e9;

    if (r->options->quiet)
        return;
    if (a->failed > FAILURES_SHOWN)
        fprintf(stderr, "... and %" PRIu64 " more failures; --accounts FILE lists all\n", a->failed - FAILURES_SHOWN);
    fprintf(stderr, "%" PRIu64 " inputs = %" PRIu64 " written + %" PRIu64 " dropped + %" PRIu64 " failed + %" PRIu64
            " ignored, %.2f s, %.0f a second\n", a->inputs, a->written, a->dropped, a->failed, a->ignored,
            seconds, seconds > 0 ? (double)a->inputs / seconds : 0.0);
}

static int exit_status(const run_accounts *a)
{
    if (a->output_failed)
        return STATUS_NOTHING;
    if (signal_seen)
        return signal_seen == SIGINT ? STATUS_INTERRUPTED : 128 + signal_seen;
    if (a->inputs == 0 || (a->failed && a->failed == a->inputs))
        return STATUS_NOTHING;
    return a->failed ? STATUS_FAILED : STATUS_FINE;
}

int run_plan(plan *p, const run_options *options, run_accounts *accounts)
{
    runner r = { .plan = p, .options = options, .started = monotonic_ns() };
    struct sigaction action = { .sa_handler = on_signal };
    int status = STATUS_NOTHING;

    signals_seen = signal_seen = 0;
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    signal(SIGPIPE, SIG_IGN);
    r.stages = stages_new(p->count);
    r.stages->owner = &r;
    r.stages->stop = stop;
    r.accounts_file = options->accounts ? fopen(options->accounts, "w") : NULL;
    if (options->accounts && !r.accounts_file) {
        fprintf(stderr, "%s: error: cannot be written; choose another --accounts file\n", options->accounts);
    } else if (carrier_init(&r.carrier, p, r.stages) && open_stages(&r)) {
        loop(&r);
        close_stages(&r);
        summarise(&r);
        status = exit_status(&r.accounts);
    }
    if (r.accounts_file)
        fclose(r.accounts_file);
    carrier_free(&r.carrier);
    stages_free(r.stages);
    if (accounts)
        *accounts = r.accounts;
    return status;
}
