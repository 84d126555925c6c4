/* settle - signals, descriptors, limits, stages. */
#include "run/settle.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

enum { LEAKED = 64 /* descriptors that a stage may keep open; more is a leak */ };

void settle_signals(void)
{
    sigset_t none;

    signal(SIGINT, SIG_IGN);
    signal(SIGTERM, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    signal(SIGCHLD, SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

void settle_descriptors(void)
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

void settle_limits(uint64_t memory)
{
    uint64_t all = address_space() + memory;

    setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
    if (ADDRESS_SPACE_TELLS && memory && all > memory)
        setrlimit(RLIMIT_AS, &(struct rlimit){ all, all });
}

int settle_lowest_free(void)
{
    int file = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 0);

    if (file >= 0)
        close(file);
    return file;
}

bool settle_leaks(int lowest_free)
{
    return fcntl(lowest_free + LEAKED, F_GETFD) >= 0; /* the lowest free is taken first */
}

/* ---- stages ------------------------------------------------------------------------ */

static bool is_here(const worker_setup *s, uint16_t i, bool network)
{
    return stage_needs_network(&s->plan->stages[i]) == network;
}

void settle_start(const worker_setup *s, bool network)
{
    for (uint16_t i = 0; i < s->plan->count; i++) {
        const plan_stage *p = &s->plan->stages[i];
        gly_stage *stage = &s->stages->stages[i];

        if (!is_here(s, i, network) || stage_start(stage) >= 0)
            continue;
        fprintf(stderr, "%s:%d: error: stage '%s' cannot start: %s\n", p->at.file, p->at.line, p->use,
                stage->reason[0] ? stage->reason : "it gave no reason");
        _exit(WORKER_CANNOT_START);
    }
}

void settle_finish(const worker_setup *s, bool network)
{
    for (uint16_t i = 0; i < s->plan->count; i++)
        if (is_here(s, i, network))
            stage_finish(&s->stages->stages[i]);
}
