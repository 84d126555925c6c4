/* measure - runs a command and says what it took: CPU seconds, wall seconds and the
 * bytes of its largest process.
 *
 * usage: measure REPORT COMMAND...
 *
 * A process counts the memory of whoever started it as its own until it has its own
 * program; this one is small, where an interpreter would hide what is measured. */
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double seconds(struct timeval t)
{
    return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static int report(const char *path, const struct rusage *used, double wall)
{
    FILE *f = fopen(path, "w");

    if (!f || fprintf(f, "%.6f %.6f %ld\n", seconds(used->ru_utime) + seconds(used->ru_stime), wall,
                      used->ru_maxrss * 1024) < 0 || fclose(f) != 0) {
        perror(path);
        return 1;
    }
    return 0;
}

int main(int argc, char **argv)
{
    struct rusage used;
    double started = now();
    int status = 0;
    pid_t child;

    if (argc < 3) {
        fputs("usage: measure REPORT COMMAND...\n", stderr);
        return 2;
    }
    child = fork();
    if (child == 0) {
        execvp(argv[2], argv + 2);
        perror(argv[2]);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &used) < 0) {
        perror("measure");
        return 1;
    }
    if (report(argv[1], &used, now() - started))
        return 1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}
