/* run - opens the stages of a plan, moves all inputs through them, closes. */
#include "run/run.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/memory.h"
#include "run/dry.h"
#include "run/inputs.h"
#include "run/runner.h"
#include "run/signals.h"
#include "run/summary.h"
#include "run/watch.h"

#define HAND_ON_EVERY UINT64_C(100000000) /* ns: at most, while documents are in hand */
enum { WAIT = 200 /* ms: then a commit may be due */ };
enum { STATUS_FINE = 0, STATUS_FAILED = 1, STATUS_NOTHING = 3, STATUS_SIGNAL = 128 };

/* Between documents, in the supervisor: the host's stop(). */
static bool stop(stage_context *c)
{
    (void)c;
    return signals_stop() != 0;
}

static bool open_stages(runner *r)
{
    for (uint16_t i = 0; i < r->plan->count; i++) {
        const plan_stage *p = &r->plan->stages[i];
        gly_stage *s = &r->stages->stages[i];

        stages_set(r->stages, i, p->face, p->id);
        if (stage_open(s, p->options) >= 0)
            continue;
        fprintf(stderr, "%s:%d: error: stage '%s' cannot start: %s\n", p->at.file, p->at.line, p->use, s->reason);
        while (i-- > 0)
            stage_close(&r->stages->stages[i]);
        return false;
    }
    return true;
}

/* ---- what the loops share ------------------------------------------------------------ */

bool runner_pull(runner *r, gly_item *item)
{
    gly_stage *source = &r->stages->stages[0];
    uint64_t limit = (uint64_t)r->options->limit;
    gly_status status;

    if (r->holds) {
        *item = r->held;
        r->holds = false;
        return true;
    }
    r->stopped = signals_stop() != 0;
    if (r->stopped || (limit && r->pulled == limit))
        return false;
    do {
        *item = (gly_item){ .verdict = GLY_TAKE };
        status = source->face->ops->next(source->shared, item);
    } while (status == GLY_OK && r->options->shard && !shard_meets(&r->shard, item->uri));
    r->ended = status == GLY_END;
    if (status < 0 && !signals_stop()) {
        progress_clear(r->accounts.progress);
        fprintf(stderr, "galley: error: stage '%s' cannot go on: %s\n", source->face->name,
                source->reason[0] ? source->reason : "it gave no reason");
        r->accounts.counts.output_failed = true;
    }
    r->stopped = status < 0;
    r->pulled += status == GLY_OK;
    if (status == GLY_OK)
        ledger_suspect(&r->ledger, item);
    return status == GLY_OK;
}

int runner_waits(runner *r)
{
    gly_stage *source = &r->stages->stages[0];
    int (*waits_for)(void *) = STAGE_OP(source, waits_for);
    uint64_t limit = (uint64_t)r->options->limit;
    int file;

    if (!waits_for || r->holds || signals_stop() || (limit && r->pulled == limit))
        return -1;
    file = waits_for(source->shared);
    r->streams |= file >= 0;
    return file;
}

/* `galley run ... | head`: who read standard output has had enough. */
static bool has_lost_reader(const runner *r, const gly_stage *s)
{
    struct pollfd output = { .fd = STDOUT_FILENO, .events = POLLOUT };

    return gly_str_eq(ledger_output(&r->plan->stages[s->index]), GLY_LIT("-")) && poll(&output, 1, 0) > 0 && (output.revents & POLLERR);
}

static bool cannot_write(runner *r, const gly_stage *s)
{
    r->reader_gone = r->reader_gone || has_lost_reader(r, s);
    if (r->reader_gone)
        return false;
    progress_clear(r->accounts.progress);
    fprintf(stderr, "galley: error: stage '%s' cannot write: %s\n", s->face->name,
            s->reason[0] ? s->reason : "it gave no reason");
    r->accounts.counts.output_failed = true;
    return false;
}

static void close_stages(runner *r)
{
    for (uint16_t i = 0; i < r->plan->count; i++) {
        gly_stage *s = &r->stages->stages[i];
        gly_status (*flush)(void *) = STAGE_OP(s, flush);

        if (flush && flush(s->shared) < 0)
            cannot_write(r, s);
        stage_close(s);
    }
}

bool runner_hand_on(runner *r, bool idle)
{
    uint64_t now = monotonic_ns();

    if (!r->streams || r->ledger.on || (!idle && now - r->handed < HAND_ON_EVERY))
        return true;
    r->handed = now;
    for (uint16_t i = 1; i < r->plan->count; i++) {
        gly_stage *s = &r->stages->stages[i];
        gly_status (*flush)(void *) = STAGE_OP(s, flush);

        if (flush && flush(s->shared) < 0)
            return cannot_write(r, s);
    }
    return true;
}

/* A sink that owes an answer hears of what became no record. */
static gly_status miss(const runner *r, gly_stage *s, const carried *c)
{
    static const char *const outcomes[OUTCOMES] = { "dropped", "dropped", "failed", "ignored", "dropped" };
    gly_status (*missed)(void *, const gly_missed *) = STAGE_OP(s, missed);
    gly_missed m = { .uri = c->uri, .id = c->id, .outcome = outcomes[c->outcome],
                     .stage = r->plan->stages[c->stage].use, .reason = c->reason };

    if (!missed || c->children)
        return GLY_OK;
    if (c->outcome == OUTCOME_WRITTEN) {
        m.stage = s->face->name;
        m.reason = GLY_LIT("the 'when' of this stage is false");
    } else if (c->outcome == OUTCOME_SPLIT) {
        m.reason = GLY_LIT("there is nothing in it");
    }
    return missed(s->shared, &m);
}

static bool write_sinks(runner *r, const carried *c)
{
    for (uint16_t i = 1; i < r->plan->count; i++) {
        gly_stage *s = &r->stages->stages[i];
        bool has = c->outcome == OUTCOME_WRITTEN && c->rendered[i].ptr;

        if (s->face->kind == GLY_SINK && (has ? s->face->ops->write(s->shared, c->rendered[i]) : miss(r, s, c)) < 0)
            return cannot_write(r, s);
    }
    return true;
}

bool runner_settle(runner *r, const carried *c)
{
    if (c->outcome == OUTCOME_UNCHANGED)
        return runner_keep(r, c->known, c->uri, c->stamp);
    if (c->unread && c->known && c->depth == 0) {
        r->accounts.counts.output_failed |= !ledger_keep_unread(&r->ledger, r, c);
        return !r->accounts.counts.output_failed;
    }
    if (!ledger_make_way(&r->ledger, r) || !write_sinks(r, c) || !quarantine_settle(&r->quarantine, c)) {
        r->accounts.counts.output_failed |= !r->reader_gone;
        return false;
    }
    accounts_add(&r->accounts, c, r->plan->stages[c->stage].use);
    if (c->depth == 0)
        ledger_add(&r->ledger, r, c);
    return true;
}

bool runner_tick(runner *r)
{
    progress_tick(r->accounts.progress, &r->accounts.counts);
    if (ledger_commit(&r->ledger, r, false))
        return true;
    r->accounts.counts.output_failed = true;
    return false;
}

bool runner_judge(runner *r, const gly_item *item, gly_str reason)
{
    carried c = { .outcome = item->verdict == GLY_IGNORED ? OUTCOME_IGNORED : OUTCOME_FAILED,
                  .uri = item->uri, .input = item->uri, .id = item->id, .reason = reason, .stamp = item->stamp };

    return runner_settle(r, &c);
}

bool runner_keep(runner *r, known_input *k, gly_str uri, uint64_t stamp)
{
    if (ledger_keep(&r->ledger, r, k, uri, stamp))
        return true;
    r->accounts.counts.output_failed = true;
    return false;
}

/* ---- all in this process, for debugging --------------------------------------------------- */

static bool deliver(void *owner, const carried *c)
{
    runner *r = owner;
    carried whole = *c;

    whole.stamp = r->here.stamp;
    whole.known = r->known;
    whole.input = r->here.uri;
    whole.locator = r->here.locator;
    if (c->depth == 0)
        whole.id = r->here.id;
    return runner_settle(r, &whole);
}

static bool late(stage_context *c)
{
    return carrier_late(c->owner);
}

static bool start_here(runner *r, carrier *c, whereabouts *at)
{
    if (!carrier_init(c, r->plan, r->stages, at, r->spent))
        return false;
    c->deliver = deliver;
    c->owner = r;
    r->stages->owner = c;
    r->stages->stop = late;
    for (uint16_t i = 0; i < r->plan->count; i++) {
        gly_stage *s = &r->stages->stages[i];

        if (stage_start(s) >= 0)
            continue;
        fprintf(stderr, "galley: error: stage '%s' cannot start: %s\n", s->face->name, s->reason);
        return false;
    }
    return true;
}

/* Until the source can give an input, or the user asks to stop. False when a
 * sink could not write. */
static bool wait_here(runner *r)
{
    int file;

    while ((file = runner_waits(r)) >= 0) {
        struct pollfd files[] = { { .fd = file, .events = POLLIN }, { .fd = r->bell, .events = POLLIN } };

        if (!runner_hand_on(r, true) || !runner_tick(r))
            return false;
        poll(files, 2, WAIT);
    }
    return true;
}

static void carry_here(runner *r)
{
    whereabouts at = { 0 };
    carrier c = { 0 };
    gly_item *item = &r->here;
    bool going = start_here(r, &c, &at);

    r->accounts.counts.output_failed |= !going;
    while (going && !c.refused && wait_here(r) && (*item = (gly_item){ .verdict = GLY_TAKE }, runner_pull(r, item))) {
        gly_str reason = { item->reason, item->reason ? (uint32_t)strlen(item->reason) : 0 };
        errand e = { .ordinal = r->accounts.counts.inputs, .uri = item->uri, .locator = item->locator };
        bool same = false;

        r->known = ledger_find(&r->ledger, r, item, &same);
        e.content = r->known ? r->known->content : 0;
        if (same)
            going = runner_keep(r, r->known, item->uri, item->stamp);
        else if (item->verdict == GLY_TAKE)
            carry(&c, &e);
        else
            going = runner_judge(r, item, reason);
        atomic_store(&at.started, 0);
        going = going && runner_tick(r);
    }
    for (uint16_t i = 0; i < r->plan->count; i++)
        stage_finish(&r->stages->stages[i]);
    carrier_free(&c);
}

/* ---- the whole ------------------------------------------------------------------------------ */

static int exit_status(const runner *r)
{
    const run_accounts *n = &r->accounts.counts;

    if (r->reader_gone && !n->output_failed)
        return n->failed ? STATUS_FAILED : STATUS_FINE;
    if (n->output_failed)
        return STATUS_NOTHING;
    if (signals_stop())
        return STATUS_SIGNAL + signals_stop();
    if (n->written + n->dropped + n->split + n->unchanged == 0 && !r->shard.head.seen)
        return STATUS_NOTHING;
    return n->failed ? STATUS_FAILED : STATUS_FINE;
}

static void say_nothing_came(const run_accounts *n)
{
    if (n->inputs == 0 && !n->output_failed && !signals_stop())
        fputs("galley: error: there is no input: the folder is empty or no such file is there\n", stderr);
    else if (n->inputs && n->ignored == n->inputs)
        fputs("galley: error: all inputs are ignored; look at 'match' and 'ignore', or see --accounts FILE\n", stderr);
}

/* Without a journal all was done again, and what is settled counts from now on. */
static void end_quarantine(runner *r)
{
    bool good = !r->accounts.counts.output_failed;
    bool limited = r->options->limit && r->pulled == (uint64_t)r->options->limit;

    if (good && !quarantine_sync(&r->quarantine))
        r->accounts.counts.output_failed = true;
    else if (good && !r->ledger.beside)
        quarantine_committed(&r->quarantine);
    quarantine_close(&r->quarantine, good && !r->stopped && !limited && !r->ledger.unseen);
}

static bool begin_shard(runner *r)
{
    const run_options *o = r->options;

    return !o->shard || shard_begin(&r->shard, o->shard, r->plan->out, o->whole);
}

static void carry_all(runner *r)
{
    if (!begin_shard(r) || !ledger_resume(&r->ledger, r)) {
        r->accounts.counts.output_failed = true;
        return;
    }
    r->resumed = true;
    lastrun_write(r, false, 0);
    if (r->options->no_isolate)
        carry_here(r);
    else
        supervise(r);
}

/* What was written behind the last commit is cut off by the next run. */
static void count_what_is_safe(runner *r)
{
    uint64_t lost = r->accounts.counts.workers_lost;

    if (!r->resumed || !r->ledger.on || !r->accounts.counts.output_failed)
        return;
    r->accounts.counts = r->safe;
    r->accounts.counts.workers_lost = lost;
    r->accounts.counts.output_failed = true;
}

static int move(runner *r)
{
    progress_mode mode = r->options->progress;
    progress bar;
    int status;

    if (mode == PROGRESS_AUTO && r->options->quiet)
        mode = PROGRESS_NONE;
    progress_begin(&bar, mode, r->plan, r->stages, r->options->limit, r->options->shard);
    r->accounts.progress = &bar;
    r->stages->stop = stop;
    quarantine_open(&r->quarantine, r->plan, r->options->again, r->options->command);
    carry_all(r);
    progress_end(&bar);
    r->stages->stop = stop;
    if (!r->accounts.counts.output_failed && !ledger_finish(&r->ledger, r))
        r->accounts.counts.output_failed = true;
    close_stages(r);
    end_quarantine(r);
    if (!shard_end(&r->shard, r->ended && !r->accounts.counts.output_failed && !signals_stop()))
        r->accounts.counts.output_failed = true;
    if (signals_stop() && r->ledger.on && !r->options->quiet)
        fputs("galley: stopped; the same command goes on from here\n", stderr);
    count_what_is_safe(r);
    status = exit_status(r);
    if (!r->reader_gone && !r->options->watch && !r->shard.head.seen)
        say_nothing_came(&r->accounts.counts);
    if (r->options->progress == PROGRESS_JSON)
        summary_event(r, status);
    else if (!r->options->quiet && !r->reader_gone)
        summary_print(r, status);
    lastrun_write(r, true, status);
    return status;
}

/* Where an earlier run found inputs, none at all is more likely a disk that is not
 * mounted than what is meant: nothing is touched. */
static bool has_inputs(const runner *r)
{
    const ledger *l = &r->ledger;
    char *why;

    if (!l->on || l->journal.count == 0)
        return true;
    why = inputs_missing(r->plan, l->inputs && l->inputs == inputs_identity(r->plan));
    if (why)
        fprintf(stderr, "galley: error: there is nothing to read: %s; all that earlier runs made stays\n", why);
    free(why);
    return why == NULL;
}

static void count(stage_context *c, const gly_stage *s, const char *metric, int64_t delta)
{
    counters_add(c->counters, s->index, metric, delta);
}

static int one_run(plan *p, const run_options *options, run_accounts *counts, int bell)
{
    runner r = { .plan = p, .options = options, .bell = bell };
    int status = STATUS_NOTHING;

    r.spent = memory_new(p->count * sizeof *r.spent);
    r.counters = counters_new();
    r.stages = stages_new(p->count);
    r.stages->counters = r.counters;
    r.stages->count_metric = count;
    if (accounts_open(&r.accounts, options->accounts, NULL)) {
        if (!ledger_open(&r.ledger, p))
            r.accounts.counts.output_failed = true;
        else if (!has_inputs(&r))
            r.accounts.counts.absent = true;
        else if (!open_stages(&r))
            r.accounts.counts.output_failed = true;
        else
            status = move(&r);
        ledger_close(&r.ledger);
        if (!accounts_close(&r.accounts)) {
            fprintf(stderr, "%s: error: cannot be written to its end: %s\n", options->accounts, strerror(errno));
            status = STATUS_NOTHING;
        }
    }
    if (counts)
        *counts = r.accounts.counts;
    stages_free(r.stages);
    counters_free(r.counters);
    free(r.spent);
    return status;
}

int run_plan(plan *p, const run_options *options, run_accounts *counts)
{
    int bell, status;

    if (options->dry_run)
        return dry_run(p, options->limit);
    bell = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    signals_install(bell);
    status = options->watch ? watch_run(p, options, counts, bell, one_run) : one_run(p, options, counts, bell);
    close(bell);
    return status;
}
