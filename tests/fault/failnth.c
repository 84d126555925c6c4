/* failnth - makes the Nth call of one function fail, in the process that was
 * started and not in its children: FAILNTH=write:17:28 lets the 17th write() end
 * with ENOSPC; malloc stands for calloc and realloc too, and counts from the
 * first mkdir() on (before that libconfig reads, which does not look what it gets).
 * FAILNTH=rename:3:0 kills the process instead of the 3rd rename().
 * For LD_PRELOAD. Says on standard error when it has. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char chosen[32];
static long left, how;
static pid_t process;
static bool begun; /* mkdir() was called */

__attribute__((constructor)) static void read_wish(void)
{
    const char *wish = getenv("FAILNTH");

    if (wish && sscanf(wish, "%31[a-z]:%ld:%ld", chosen, &left, &how) == 3)
        process = getpid();
    unsetenv("FAILNTH");
}

static bool fails(const char *name)
{
    if (getpid() != process || strcmp(name, chosen) != 0 || --left != 0)
        return false;
    fprintf(stderr, "failnth: %s fails\n", name);
    if (how == 0)
        kill(process, SIGKILL);
    errno = (int)how;
    return true;
}

#pragma GCC visibility push(default) /* these take the place of the library's */
#define REAL(name) __extension__ ((__typeof__(name) *)dlsym(RTLD_NEXT, #name))

ssize_t write(int file, const void *bytes, size_t length)
{
    return fails("write") ? -1 : REAL(write)(file, bytes, length);
}

ssize_t read(int file, void *bytes, size_t length)
{
    return fails("read") ? -1 : REAL(read)(file, bytes, length);
}

int fdatasync(int file)
{
    return fails("fdatasync") ? -1 : REAL(fdatasync)(file);
}

int fsync(int file)
{
    return fails("fsync") ? -1 : REAL(fsync)(file);
}

int syncfs(int file)
{
    return fails("syncfs") ? -1 : REAL(syncfs)(file);
}

int rename(const char *from, const char *to)
{
    return fails("rename") ? -1 : REAL(rename)(from, to);
}

int link(const char *from, const char *to)
{
    return fails("link") ? -1 : REAL(link)(from, to);
}

int unlink(const char *path)
{
    return fails("unlink") ? -1 : REAL(unlink)(path);
}

ssize_t copy_file_range(int from, off_t *from_at, int to, off_t *to_at, size_t length, unsigned flags)
{
    return fails("copy") ? -1 : REAL(copy_file_range)(from, from_at, to, to_at, length, flags);
}

int ftruncate(int file, off_t length)
{
    return fails("ftruncate") ? -1 : REAL(ftruncate)(file, length);
}

int mkdir(const char *path, mode_t mode)
{
    begun = true;
    return fails("mkdir") ? -1 : REAL(mkdir)(path, mode);
}

/* Only those that are to write. */
int open(const char *path, int flags, ...)
{
    va_list rest;
    mode_t mode;

    va_start(rest, flags);
    mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return (flags & O_ACCMODE) != O_RDONLY && fails("open") ? -1 : REAL(open)(path, flags, mode);
}

/* Through glibc's other names: dlsym() would ask for memory itself. */
void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);

void *malloc(size_t size)
{
    return (begun && fails("malloc")) ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return (begun && fails("malloc")) ? NULL : __libc_calloc(count, size);
}

void *realloc(void *block, size_t size)
{
    return (begun && fails("malloc")) ? NULL : __libc_realloc(block, size);
}
