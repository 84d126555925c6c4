/* worker - takes requests from its lane, carries them, reports. */
#include "run/worker.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "run/sandbox.h"

enum { LEAKED = 64 /* descriptors that a stage may keep open; more is a leak */ };

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

/* The terminal's ^C goes to all processes of a group: only the supervisor obeys. */
static void settle_signals(void)
{
    sigset_t none;

    signal(SIGINT, SIG_IGN);
    signal(SIGTERM, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    signal(SIGCHLD, SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

static void settle_descriptors(void)
{
    int null = open("/dev/null", O_RDONLY | O_CLOEXEC);

    if (null >= 0 && null != STDIN_FILENO) {
        dup2(null, STDIN_FILENO);
        close(null);
    }
    dup2(STDERR_FILENO, STDOUT_FILENO);
}

static uint64_t address_space(void)
{
    unsigned long pages = 0;
    FILE *f = fopen("/proc/self/statm", "re");

    if (f && fscanf(f, "%lu", &pages) != 1)
        pages = 0;
    if (f)
        fclose(f);
    return (uint64_t)pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { ADDRESS_SPACE_TELLS = 0 }; /* a sanitizer reserves terabytes */
#else
enum { ADDRESS_SPACE_TELLS = 1 };
#endif

/* 'memory' comes on top of what is there: models and libraries are shared. A core
 * file for each bad document would fill the disk; --no-isolate leaves one. */
static void settle_limits(uint64_t memory)
{
    uint64_t all = address_space() + memory;

    setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
    if (ADDRESS_SPACE_TELLS && memory && all > memory)
        setrlimit(RLIMIT_AS, &(struct rlimit){ all, all });
}

static int lowest_free(void)
{
    int file = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 0);

    if (file >= 0)
        close(file);
    return file;
}

static void start_stages(const worker_setup *s)
{
    for (uint16_t i = 0; i < s->plan->count; i++) {
        const plan_stage *p = &s->plan->stages[i];
        gly_stage *stage = &s->stages->stages[i];

        if (stage_start(stage) >= 0)
            continue;
        fprintf(stderr, "%s:%d: error: stage '%s' cannot start: %s\n", p->at.file, p->at.line, p->use,
                stage->reason[0] ? stage->reason : "it gave no reason");
        _exit(WORKER_CANNOT_START);
    }
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
    return fcntl(w->first_free + LEAKED, F_GETFD) >= 0; /* the lowest free is taken first */
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

static bool has_network(const plan *p)
{
    for (uint16_t i = 0; i < p->count; i++)
        if (p->stages[i].face->ops->flags & GLY_STAGE_NETWORK)
            return true;
    return false;
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
    start_stages(setup);
    settle_limits(setup->plan->run.memory);
    if (!setup->no_sandbox)
        sandbox_enter(has_network(setup->plan));
    w.first_free = lowest_free();
    lane_say_ready(l);
    loop(&w);
    for (uint16_t i = 0; i < setup->plan->count; i++)
        stage_finish(&setup->stages->stages[i]);
    _exit(0);
}
