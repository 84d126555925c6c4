/* sinkfile - short writes are carried on, interrupted ones tried again. */
#include "kit/sinkfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUFFER = 64 * 1024 /* after each fork of a worker its pages are copied once */ };

static gly_status failed(sinkfile *f, const char *what)
{
    return gly_fail(f->host, f->stage, NULL, GLY_EIO, "cannot %s '%s': %s; make room or choose another place",
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

    *f = (sinkfile){ .host = host, .stage = stage, .file = -1, .reading = -1, .kept = -1 };
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
    f->kept = -1;
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

static gly_status write_buffer(sinkfile *f)
{
    gly_status status = write_all(f, f->buffer, f->used);

    f->used = 0;
    return status;
}

/* The kernel moves the bytes, or shares them, where it can. */
static ssize_t move_bytes(sinkfile *f, off_t *from, size_t length)
{
    ssize_t n = copy_file_range(f->kept, from, f->file, NULL, length, 0);

    if (n >= 0 || (errno != EXDEV && errno != EINVAL && errno != ENOSYS && errno != EOPNOTSUPP && errno != EBADF))
        return n;
    n = pread(f->kept, f->buffer, length < BUFFER ? length : BUFFER, *from);
    if (n > 0 && write_all(f, f->buffer, (size_t)n) < 0)
        return -1;
    *from += n > 0 ? n : 0;
    return n;
}

/* Copies what keep() has put off. */
static gly_status take_over(sinkfile *f)
{
    off_t from = (off_t)f->keep_begin;
    gly_status status;

    if (f->kept < 0)
        return GLY_OK;
    status = write_buffer(f);
    while (status == GLY_OK && (uint64_t)from < f->keep_end) {
        ssize_t n = move_bytes(f, &from, f->keep_end - (uint64_t)from);

        if (n == 0)
            status = gly_fail(f->host, f->stage, NULL, GLY_EINPUT,
                              "'%s' is shorter than it was when it was written; run with --fresh", f->path);
        else if (n < 0 && errno != EINTR)
            status = failed(f, "write");
    }
    f->kept = -1;
    return status;
}

gly_status sinkfile_drain(sinkfile *f)
{
    gly_status status = begin(f);

    if (status >= 0)
        status = take_over(f);
    return status < 0 ? status : write_buffer(f);
}

gly_status sinkfile_write(sinkfile *f, gly_str bytes)
{
    gly_status status = begin(f);

    if (status >= 0 && (f->kept >= 0 || f->used + bytes.len > BUFFER))
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

/* ---- editions ----------------------------------------------------------------------- */

static int readable(sinkfile *of)
{
    if (of->reading < 0)
        of->reading = open(of->path, O_RDONLY | O_CLOEXEC);
    return of->reading;
}

/* Stretches that follow one another are copied at once. Each file has its own
 * heading: that is not taken over. */
gly_status sinkfile_keep(sinkfile *f, sinkfile *other, uint64_t begin_at, uint64_t end)
{
    sinkfile *of = other ? other : f;
    gly_status status = begin(f);
    int from = status < 0 ? -1 : readable(of);

    if (status < 0)
        return status;
    if (from < 0)
        return failed(of, "read");
    begin_at = begin_at < of->heading_length ? of->heading_length : begin_at;
    if (begin_at >= end)
        return GLY_OK;
    if (f->kept != from || f->keep_end != begin_at) {
        status = take_over(f);
        f->kept = from;
        f->keep_begin = begin_at;
    }
    f->keep_end = end;
    f->position += end - begin_at;
    return status;
}

bool sinkfile_sync_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = !slash ? strdup(".") : slash == path ? strdup("/") : strndup(path, (size_t)(slash - path));
    int file = folder ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    bool synced = file >= 0 && (fsync(file) == 0 || errno == EINVAL);

    if (file >= 0)
        close(file);
    free(folder);
    return synced;
}

static char *part_path(const sinkfile *f)
{
    size_t length = strlen(f->path);
    char *part = malloc(length + sizeof ".part");

    if (part) {
        memcpy(part, f->path, length);
        memcpy(part + length, ".part", sizeof ".part");
    }
    return part;
}

/* From here on `path` is written. */
static gly_status turn_to(sinkfile *f, const char *path, bool beside)
{
    int file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);

    if (file < 0)
        return failed(f, "write");
    close(f->file);
    if (f->reading >= 0)
        close(f->reading);
    f->file = file;
    f->reading = f->kept = -1;
    f->beside = beside;
    f->begun = false;
    f->used = 0;
    return GLY_OK;
}

static gly_status publish(sinkfile *f, const char *part)
{
    uint64_t position = f->position;
    bool here = f->beside;
    gly_status status = here ? sinkfile_flush(f) : GLY_OK;

    if (status < 0)
        return status;
    if (rename(part, f->path) < 0 && (here || errno != ENOENT))
        return failed(f, "put the new edition in the place of");
    if (!sinkfile_sync_folder(f->path))
        return failed(f, "store the folder of");
    status = turn_to(f, f->path, false);
    return status < 0 || !here ? status : sinkfile_resume(f, position);
}

gly_status sinkfile_edition(sinkfile *f, gly_edition step)
{
    char *part = f->regular ? part_path(f) : NULL;
    gly_status status = part ? GLY_OK : f->regular ? GLY_ENOMEM : GLY_END;

    if (part && step == GLY_EDITION_BEGIN)
        status = turn_to(f, part, true);
    else if (part && step == GLY_EDITION_PUBLISH)
        status = publish(f, part);
    else if (part && unlink(part) < 0 && errno != ENOENT)
        status = failed(f, "remove the unfinished edition of");
    else if (part && f->beside)
        status = turn_to(f, f->path, false);
    free(part);
    return status;
}

void sinkfile_close(sinkfile *f)
{
    if (f->file > STDERR_FILENO)
        close(f->file);
    if (f->reading >= 0)
        close(f->reading);
    free(f->buffer);
    free(f->path);
}

/* ---- of a sink that writes one file -------------------------------------------------- */

gly_status sinkfile_stage_open(size_t size, const gly_host *host, gly_stage *stage, gly_str path, void **shared)
{
    sinkfile *f = calloc(1, size);
    gly_status status = f ? sinkfile_open(f, host, stage, path) : GLY_ENOMEM;

    if (status < 0)
        sinkfile_stage_close(f);
    else
        *shared = f;
    return status;
}

void sinkfile_stage_close(void *shared)
{
    if (shared)
        sinkfile_close(shared);
    free(shared);
}

gly_status sinkfile_stage_write(void *shared, gly_str bytes)
{
    return sinkfile_write(shared, bytes);
}

gly_status sinkfile_stage_flush(void *shared)
{
    return sinkfile_flush(shared);
}

gly_status sinkfile_stage_resume(void *shared, uint64_t position)
{
    return sinkfile_resume(shared, position);
}

uint64_t sinkfile_stage_position(void *shared)
{
    return ((const sinkfile *)shared)->position;
}

gly_status sinkfile_stage_keep(void *shared, void *other, uint64_t begin_at, uint64_t end)
{
    return sinkfile_keep(shared, other, begin_at, end);
}

gly_status sinkfile_stage_edition(void *shared, gly_edition step)
{
    return sinkfile_edition(shared, step);
}
