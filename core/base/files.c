/* files - folders and whole files. */
#include "base/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"

bool files_make_folders(const char *path)
{
    char *copy = memory_text(path);
    bool made = true;

    for (char *at = strchr(copy + 1, '/'); made && at; at = strchr(at + 1, '/')) {
        *at = '\0';
        made = mkdir(copy, 0777) == 0 || errno == EEXIST;
        *at = '/';
    }
    free(copy);
    return made;
}

bool files_write(int file, const char *bytes, size_t length)
{
    while (length) {
        ssize_t n = write(file, bytes, length);

        if (n < 0 && errno != EINTR)
            return false;
        bytes += n > 0 ? n : 0;
        length -= n > 0 ? (size_t)n : 0;
    }
    return true;
}

bool files_replace(const char *path, const char *bytes, size_t length)
{
    char *part = memory_format("%s.part", path);
    int file = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666), saved;
    bool written = file >= 0 && files_write(file, bytes, length);

    if (file >= 0)
        written = close(file) == 0 && written;
    written = written && rename(part, path) == 0;
    if (!written) {
        saved = errno;
        unlink(part);
        errno = saved;
    }
    free(part);
    return written;
}
