/* worker - takes requests from its lane, carries them, reports. */
#include "run/worker.h"

#include <errno.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "run/companion.h"
#include "run/sandbox.h"
#include "run/settle.h"

typedef struct worker {
    const worker_setup *setup;
    lane    *lane;
    carrier  carrier;
    uint64_t ticket;
    uint64_t done;
    int      first_free;   /* descriptor, before the first document */
} worker;

static bool stop(stage_context *c)
{
    return carrier_late(c->owner);
}

static bool deliver(void *owner, const carried *c)
{
    worker *w = owner;
    whereabouts *at = lane_mark(w->lane);

    atomic_store(&at->ticket, 0); /* waiting for room is not the document's fault */
    if (!lane_report(w->lane, c, w->ticket)) {
        carried failed = *c;

        failed.outcome = OUTCOME_FAILED;
        failed.rendered = NULL;
        failed.raw = (gly_str){ NULL, 0 };
        failed.reason = GLY_LIT("there is no memory for its result; raise 'memory' in run = { }");
        if (!lane_report(w->lane, &failed, w->ticket))
            _exit(1);
    }
    if (c->depth > 0)
        atomic_store(&at->ticket, w->ticket);
    return true;
}

/* Full of documents, or of descriptors that a stage forgot to close. */
static bool is_worn(const worker *w)
{
    int64_t recycle = w->setup->plan->run.recycle;

    if (recycle && w->done >= (uint64_t)recycle)
        return true;
    return settle_leaks(w->first_free) || (w->carrier.companion && companion_worn(w->carrier.companion));
}

static void loop(worker *w)
{
    whereabouts *at = lane_mark(w->lane);
    request q;

    while (lane_take(w->lane, &q)) {
        w->ticket = q.ticket;
        atomic_store(&at->started, monotonic_ns());
        atomic_store(&at->ticket, q.ticket);
        carry(&w->carrier, &q.errand);
        lane_done(w->lane);
        w->done++;
        if (is_worn(w)) {
            lane_say_retiring(w->lane);
            return;
        }
    }
}

static companion *start_companion(const worker_setup *setup, lane *l)
{
    companion *c = companion_start(setup, l);

    if (c)
        return c;
    fprintf(stderr, "galley: error: no process for stages with the network: %s; run with fewer workers, -j 1, or lower 'memory' in run = { }\n",
            strerror(errno));
    _exit(WORKER_CANNOT_START);
}

_Noreturn void worker_main(const worker_setup *setup, lane *l)
{
    worker w = { .setup = setup, .lane = l };

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != setup->supervisor)
        _exit(1);
    settle_signals();
    settle_descriptors();
    setup->stages->owner = &w.carrier;
    setup->stages->stop = stop;
    if (!carrier_init(&w.carrier, setup->plan, setup->stages, lane_mark(l), lane_clocks(l)) || !lane_enter(l))
        _exit(1);
    w.carrier.deliver = deliver;
    w.carrier.owner = &w;
    if (plan_needs_network(setup->plan))
        w.carrier.companion = start_companion(setup, l);
    settle_start(setup, false);
    if (w.carrier.companion)
        companion_ready(w.carrier.companion);
    settle_limits(setup->plan->run.memory);
    if (!setup->no_sandbox)
        sandbox_enter(false);
    w.first_free = settle_lowest_free();
    lane_say_ready(l);
    loop(&w);
    settle_finish(setup, false);
    if (w.carrier.companion)
        companion_end(w.carrier.companion);
    _exit(0);
}
