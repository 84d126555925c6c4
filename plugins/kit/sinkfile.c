/* sinkfile - short writes are carried on, interrupted ones tried again. */
#include "kit/sinkfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUFFER = 256 * 1024 };

static gly_status failed(sinkfile *f, const char *what)
{
    return gly_fail(f->host, f->stage, NULL, GLY_EIO, "cannot %s '%s': %s; free or choose another place",
                    what, f->path, strerror(errno));
}

bool sinkfile_make_parents(const char *path)
{
    char *copy = strdup(path);
    bool made = copy != NULL;

    for (char *at = made ? strchr(copy + 1, '/') : NULL; made && at; at = strchr(at + 1, '/')) {
        *at = '\0';
        made = mkdir(copy, 0777) == 0 || errno == EEXIST;
        *at = '/';
    }
    free(copy);
    return made;
}

gly_status sinkfile_open(sinkfile *f, const gly_host *host, gly_stage *stage, gly_str path)
{
    bool standard = gly_str_eq(path, GLY_LIT("-"));
    struct stat st;

    *f = (sinkfile){ .host = host, .stage = stage, .file = -1 };
    if (path.len == 0)
        return gly_fail(host, stage, NULL, GLY_ERR, "no output is named; set path = \"-\" or a file");
    f->path = standard ? strdup("standard output") : strndup(path.ptr, path.len);
    f->buffer = malloc(BUFFER);
    if (!f->path || !f->buffer)
        return GLY_ENOMEM;
    if (standard) {
        f->file = STDOUT_FILENO;
        return GLY_OK;
    }
    if (!sinkfile_make_parents(f->path))
        return failed(f, "make the folder of");
    f->file = open(f->path, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    if (f->file < 0 || fstat(f->file, &st) < 0)
        return failed(f, "write");
    f->regular = S_ISREG(st.st_mode);
    return GLY_OK;
}

void sinkfile_heading(sinkfile *f, gly_str bytes)
{
    if (bytes.len > sizeof f->heading - f->heading_length)
        return;
    memcpy(f->heading + f->heading_length, bytes.ptr, bytes.len);
    f->heading_length += bytes.len;
}

/* 0 is the empty file, with its heading: a position behind that is never 0. */
gly_status sinkfile_resume(sinkfile *f, uint64_t position)
{
    struct stat st;

    f->begun = true;
    f->used = 0;
    f->position = position;
    if (f->regular && (fstat(f->file, &st) < 0 || (uint64_t)st.st_size < position))
        return GLY_EINPUT;
    if (f->regular && (ftruncate(f->file, (off_t)position) < 0 || lseek(f->file, (off_t)position, SEEK_SET) < 0))
        return failed(f, "write");
    if (position == 0 && f->heading_length)
        sinkfile_write(f, (gly_str){ f->heading, f->heading_length });
    return f->regular ? GLY_OK : GLY_END;
}

static gly_status begin(sinkfile *f)
{
    return f->begun ? GLY_OK : sinkfile_resume(f, 0);
}

static gly_status write_all(sinkfile *f, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t n = write(f->file, bytes, length);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return failed(f, "write");
        bytes += n;
        length -= (size_t)n;
    }
    return GLY_OK;
}

gly_status sinkfile_drain(sinkfile *f)
{
    gly_status status = begin(f);

    if (status >= 0)
        status = write_all(f, f->buffer, f->used);
    f->used = 0;
    return status;
}

gly_status sinkfile_write(sinkfile *f, gly_str bytes)
{
    gly_status status = begin(f);

    if (status >= 0 && f->used + bytes.len > BUFFER)
        status = sinkfile_drain(f);
    if (status < 0)
        return status;
    f->position += bytes.len;
    if (bytes.len > BUFFER)
        return write_all(f, bytes.ptr, bytes.len);
    if (bytes.len)
        memcpy(f->buffer + f->used, bytes.ptr, bytes.len);
    f->used += bytes.len;
    return GLY_OK;
}

gly_status sinkfile_flush(sinkfile *f)
{
    gly_status status = sinkfile_drain(f);

    if (status < 0)
        return status;
    if (fdatasync(f->file) < 0 && errno != EINVAL && errno != EROFS && errno != ENOTSUP)
        return failed(f, "store");
    return GLY_OK;
}

void sinkfile_close(sinkfile *f)
{
    if (f->file > STDERR_FILENO)
        close(f->file);
    free(f->buffer);
    free(f->path);
}
