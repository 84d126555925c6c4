/* nosync - a machine on which nothing is ever made durable: the control of the
 * power cuts, which must fail with it. For LD_PRELOAD. */
#include <fcntl.h>
#include <unistd.h>

#pragma GCC visibility push(default) /* these take the place of the library's */

int fsync(int file)
{
    (void)file;
    return 0;
}

int fdatasync(int file)
{
    (void)file;
    return 0;
}

int syncfs(int file)
{
    (void)file;
    return 0;
}

int sync_file_range(int file, off64_t from, off64_t length, unsigned flags)
{
    (void)file, (void)from, (void)length, (void)flags;
    return 0;
}
