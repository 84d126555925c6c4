/* signals - handlers do no more than remember and ring. */
#include "run/signals.h"

#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <unistd.h>

/* Signal handlers can reach nothing else. */
static volatile sig_atomic_t stop_signal, bell_file;

static void ring(void)
{
    int saved = errno;
    uint64_t one = 1;

    if (bell_file >= 0 && write(bell_file, &one, sizeof one) < 0)
        errno = 0; /* full: it rings already */
    errno = saved;
}

static void on_stop(int number)
{
    static const char words[] = "\ngalley: stopped at once\n";

    if (stop_signal) /* either way */
        _exit(128 + (write(STDERR_FILENO, words, sizeof words - 1) < 0 ? number : number));
    stop_signal = number;
    ring();
}

static void on_child(int number)
{
    (void)number;
    ring();
}

void signals_install(int bell)
{
    struct sigaction stop = { .sa_handler = on_stop };
    struct sigaction child = { .sa_handler = on_child, .sa_flags = SA_RESTART | SA_NOCLDSTOP };

    stop_signal = 0;
    bell_file = bell;
    sigaction(SIGINT, &stop, NULL);
    sigaction(SIGTERM, &stop, NULL);
    sigaction(SIGCHLD, &child, NULL);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* write() fails instead, and the sink says where */
}

int signals_stop(void)
{
    return stop_signal;
}
