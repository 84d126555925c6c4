/* blame - from the status of a dead worker, its last words, and what its document has
 * been counted guilty of before. */
#include "run/blame.h"

#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>

#include "base/memory.h"

enum {
    TRIES = 2,        /* of a document whose worker was killed from outside   */
    FALSE_STARTS = 3, /* workers that end before they begin the same document */
    DAMAGES = 2       /* lanes that were scribbled on while it was queued     */
};

/* By somebody else: too little memory in the machine, an administrator. */
static bool was_killed(const member *m)
{
    return !m->late && WIFSIGNALED(m->status) && WTERMSIG(m->status) == SIGKILL;
}

bool blame_spares(const member *m, slot *d)
{
    bool begun = atomic_load(&lane_whereabouts(m->lane)->ticket) == d->ticket;

    if (m->damaged)
        return d->damages < DAMAGES;
    if (lane_retiring(m->lane))
        return true;
    if (!begun)
        return ++d->false_starts < FALSE_STARTS;
    return was_killed(m) && ++d->deaths < TRIES;
}

/* Whether a child was in hand, as far as that can be true at this stage. */
static bool lost_a_child(const plan *p, const member *m, uint32_t stage)
{
    uint32_t depth = atomic_load(&lane_whereabouts(m->lane)->depth), splits = 0;

    for (uint32_t i = 0; i < stage && stage < p->count; i++)
        splits += p->stages[i].face->kind == GLY_SPLIT;
    return !m->damaged && depth > 0 && depth <= splits;
}

/* Why it ended, in words: "crashed: SIGSEGV". */
static void say_cause(const crew *c, const member *m, char *out, size_t size)
{
    const char *name = WIFSIGNALED(m->status) ? sigabbrev_np(WTERMSIG(m->status)) : NULL;
    uint32_t stage = atomic_load(&lane_whereabouts(m->lane)->stage);
    int64_t own = stage < c->setup.plan->count ? c->setup.plan->stages[stage].timeout : 0;

    if (m->damaged)
        snprintf(out, size, "crashed: it wrote into memory of the runner");
    else if (m->late)
        snprintf(out, size, "took longer than %g s and did not stop; raise 'timeout' or take the document out",
                 (double)(own ? own : c->setup.plan->run.timeout) / 1e9);
    else if (name)
        snprintf(out, size, "crashed: SIG%s", name);
    else if (WIFSIGNALED(m->status))
        snprintf(out, size, "crashed: signal %d", WTERMSIG(m->status));
    else
        snprintf(out, size, "ended its process: exit(%d)", WEXITSTATUS(m->status));
}

loss *blame_note(const crew *c, const member *m, const slot *d)
{
    const plan *p = c->setup.plan;
    const whereabouts *at = lane_whereabouts(m->lane);
    uint32_t stage = atomic_load(&at->stage);
    uint64_t started = atomic_load(&at->started);
    loss *lost = memory_new(sizeof *lost);

    lost->stage = (uint16_t)(stage < p->count ? stage : 0);
    lost->child = lost_a_child(p, m, stage);
    lost->number = d->children + 1;
    lost->attempts = d->deaths + d->damages + (m->damaged || was_killed(m) ? 0u : 1u); /* those hold this one */
    lost->nanoseconds = started && started < m->ended ? m->ended - started : 0;
    lost->usage = m->usage;
    say_cause(c, m, lost->reason, sizeof lost->reason);
    return lost;
}
