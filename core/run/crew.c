/* crew - processes: fork, wait, kill. */
#include "run/crew.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"

#define MILLISECOND UINT64_C(1000000)
#define GRACE       (50 * MILLISECOND)   /* from stop() to SIGKILL         */
#define END_WAIT    (1000 * MILLISECOND) /* for finish() of all the stages */

bool crew_init(crew *c, const worker_setup *setup, uint16_t workers, int bell, uint64_t *spent)
{
    const plan *p = setup->plan;

    *c = (crew){ .setup = *setup, .count = workers, .spent = spent };
    c->members = memory_new(workers * sizeof *c->members);
    c->adopts = plan_needs_network(p) && prctl(PR_SET_CHILD_SUBREAPER, 1) == 0;
    c->longest = p->run.timeout ? (uint64_t)p->run.timeout : 0;
    for (uint16_t i = 0; i < p->count && c->longest; i++)
        c->longest += (uint64_t)p->stages[i].timeout;
    for (uint16_t i = 0; i < workers; i++) {
        c->members[i].lane = lane_new(p->count, bell);
        if (c->members[i].lane)
            continue;
        fprintf(stderr, "galley: error: no memory for a worker: %s; run with fewer, -j 1, or raise the limits (ulimit -a)\n", strerror(errno));
        crew_free(c);
        return false;
    }
    return true;
}

void crew_free(crew *c)
{
    for (uint16_t i = 0; c->members && i < c->count; i++)
        lane_free(c->members[i].lane);
    free(c->members);
    c->members = NULL;
}

uint64_t member_backlog(const member *m)
{
    uint64_t finished = lane_finished(m->lane);

    if (finished > m->sent || finished < m->answered)
        finished = m->answered;
    return m->queued - finished;
}

/* ---- beginning ---------------------------------------------------------------------- */

static _Noreturn void become_worker(crew *c, member *m)
{
    for (uint16_t i = 0; i < c->count; i++)
        if (&c->members[i] != m)
            lane_free(c->members[i].lane);
    worker_main(&c->setup, m->lane);
}

bool crew_start(crew *c, member *m)
{
    sigset_t all, before;
    pid_t pid;

    fflush(NULL); /* or a worker that calls exit() would write it once more */
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &before);
    pid = fork();
    if (pid == 0)
        become_worker(c, m);
    sigprocmask(SIG_SETMASK, &before, NULL);
    if (pid < 0) {
        fprintf(stderr, "galley: error: no worker can be started: %s; run with fewer, -j 1\n", strerror(errno));
        return false;
    }
    m->pid = pid;
    m->heard = monotonic_ns();
    return true;
}

/* ---- ending ------------------------------------------------------------------------- */

static bool is_member(const crew *c, pid_t pid)
{
    for (uint16_t i = 0; i < c->count; i++)
        if (c->members[i].pid == pid && !c->members[i].dead)
            return true;
    return false;
}

/* Companions whose workers went before them: nobody else may do it, where galley is
 * the first process of a container. */
static void bury_orphans(const crew *c)
{
    siginfo_t who = { .si_pid = 0 };

    while (waitid(P_ALL, 0, &who, WEXITED | WNOHANG | WNOWAIT) == 0 && who.si_pid && !is_member(c, who.si_pid)) {
        waitpid(who.si_pid, NULL, WNOHANG);
        who.si_pid = 0;
    }
}

bool crew_reap(crew *c)
{
    bool any = false;

    for (uint16_t i = 0; i < c->count; i++) {
        member *m = &c->members[i];

        if (m->pid && !m->dead && wait4(m->pid, &m->status, WNOHANG, &m->usage) == m->pid) {
            m->dead = any = true;
            m->ended = monotonic_ns();
        }
    }
    if (c->adopts)
        bury_orphans(c);
    return any;
}

void crew_kill(member *m)
{
    if (!m->pid || m->dead)
        return;
    kill(m->pid, SIGKILL);
    while (wait4(m->pid, &m->status, 0, &m->usage) < 0 && errno == EINTR)
        ;
    m->dead = true;
    m->ended = monotonic_ns();
}

static void add_spent(crew *c, const member *m)
{
    const uint64_t *spent = lane_spent(m->lane);

    for (uint16_t i = 0; i < c->setup.plan->count; i++)
        c->spent[i] += spent[i];
}

void crew_bury(crew *c, member *m)
{
    uint64_t left = m->queued - m->answered, again[QUEUE_MOST];

    add_spent(c, m);
    for (uint64_t i = 0; i < left; i++)
        again[i] = m->queue[(m->answered + i) % QUEUE_MOST];
    lane_reset(m->lane);
    *m = (member){ .lane = m->lane, .queued = left };
    memcpy(m->queue, again, left * sizeof *again);
}

static bool all_gone(crew *c)
{
    crew_reap(c);
    for (uint16_t i = 0; i < c->count; i++)
        if (c->members[i].pid && !c->members[i].dead)
            return false;
    return true;
}

void crew_end(crew *c, bool at_once)
{
    uint64_t until = monotonic_ns() + END_WAIT;

    for (uint16_t i = 0; i < c->count && !at_once; i++)
        lane_close(c->members[i].lane);
    while (!at_once && !all_gone(c) && monotonic_ns() < until)
        nanosleep(&(struct timespec){ 0, 200000 }, NULL);
    for (uint16_t i = 0; i < c->count; i++) {
        crew_kill(&c->members[i]);
        add_spent(c, &c->members[i]);
    }
}

/* ---- watching ----------------------------------------------------------------------- */

/* When a worker's time is over, by its own words. A word that cannot be true
 * counts as none. */
static uint64_t told_deadline(const crew *c, const member *m, uint64_t now)
{
    const whereabouts *at = lane_whereabouts(m->lane);
    uint64_t ticket = atomic_load(&at->ticket);
    uint64_t started = atomic_load(&at->started), called = atomic_load(&at->called);
    uint32_t stage = atomic_load(&at->stage);

    if (!ticket || atomic_load(&at->ticket) != ticket || started > now || called > now)
        return UINT64_MAX;
    return carrier_deadline(c->setup.plan, started, called, stage);
}

/* And by what the supervisor has seen itself: nothing has come for longer than
 * any document may take, and the way for results is free. */
static uint64_t seen_deadline(const crew *c, const member *m)
{
    return c->longest && !lane_has_result(m->lane) ? m->heard + c->longest + 2 * GRACE : UINT64_MAX;
}

uint64_t crew_watch(crew *c)
{
    uint64_t now = monotonic_ns(), next = UINT64_MAX;

    for (uint16_t i = 0; i < c->count; i++) {
        member *m = &c->members[i];
        uint64_t told, until;

        if (!m->pid || m->dead || m->late || m->sent == m->answered)
            continue;
        told = told_deadline(c, m, now);
        until = told < UINT64_MAX - GRACE ? told + GRACE : UINT64_MAX;
        if (seen_deadline(c, m) < until)
            until = seen_deadline(c, m);
        if (now >= until) {
            kill(m->pid, SIGKILL);
            m->late = true;
        } else if (until < next) {
            next = until;
        }
    }
    return next;
}
