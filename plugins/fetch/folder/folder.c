/* fetch.folder - files and folders on this machine, one document a file.
 *
 * The supervisor walks (walk.c) and hands out paths; a worker reads the file.
 * What is no readable regular file is accounted for and never waited on. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fetch/folder/gunzip.h"
#include "kit/walk.h"

typedef struct folder {
    const walk_options *options;
    const gly_host       *host;
    gly_stage            *stage;
    walk                 *walk;
} folder;

static const char *const policies[] = { "files", "follow", "skip", NULL };

static const gly_option options[] = {
    GLY_PATHS(walk_options, path, "", "Files and folders to read; INPUT on the command line replaces them"),
    GLY_STRS(walk_options, match, "*.txt,*.text,*.md,*.html,*.htm,*.xhtml,*.txt.gz,*.html.gz,*.htm.gz",
             "Take files in folders that match one of these globs, capitals aside; empty: all"),
    GLY_STRS(walk_options, ignore, "", "Pass over files and folders that match one of these globs"),
    GLY_BOOL(walk_options, hidden, "false", "Take files and folders whose name begins with a dot"),
    GLY_BOOL(walk_options, recursive, "true", "Go into folders below"),
    GLY_BOOL(walk_options, ignore_files, "true", "Obey .galleyignore files"),
    GLY_ENUM(walk_options, symlinks, "files", policies,
             "Links: take those to files, follow those to folders too, or skip all"),
    GLY_SIZE(walk_options, max_bytes, "256 MiB", 1, 4294967295.0, "A larger file fails"),
    GLY_OPTIONS_END
};

static gly_status folder_open(const gly_host *host, gly_stage *stage, const void *given, void **shared)
{
    folder *self = calloc(1, sizeof *self);

    if (!self)
        return GLY_ENOMEM;
    *self = (folder){ .options = given, .host = host, .stage = stage };
    self->walk = walk_new(given);
    if (!self->walk) {
        free(self);
        return GLY_ENOMEM;
    }
    *shared = self;
    return GLY_OK;
}

static void folder_close(void *shared)
{
    folder *self = shared;

    if (self)
        walk_free(self->walk);
    free(self);
}

static gly_status folder_next(void *shared, gly_item *item)
{
    folder *self = shared;

    if (self->options->path.count == 0)
        return gly_fail(self->host, self->stage, NULL, GLY_ERR,
                        "no input is named; give a folder on the command line or set 'path'");
    return walk_next(self->walk, item);
}

static gly_status folder_unseen(void *shared, gly_str *below, bool *bare)
{
    return walk_unseen(((folder *)shared)->walk, below, bare);
}

static bool is_named_gz(gly_str uri)
{
    return uri.len > 3 && strncasecmp(uri.ptr + uri.len - 3, ".gz", 3) == 0;
}

static gly_status set_raw(folder *self, gly_doc *d, gly_str bytes, const char *path)
{
    const char *why = NULL;
    gly_status status = GLY_OK;

    if (is_named_gz(d->uri) && gunzip_is_packed(bytes))
        status = gunzip(d->arena, bytes, self->options->max_bytes, &bytes, &why);
    if (why)
        return gly_fail(self->host, self->stage, d, status, "cannot unpack '%s': %s", path, why);
    return status < 0 ? status : self->host->raw_set(self->stage, d, bytes, GLY_LIT(""));
}

/* Reads what fstat promised; one byte more is asked for and tells that the file grew.
 * A read that gives just what was promised, less than it was asked for, met the end. */
static gly_status read_whole(folder *self, gly_doc *d, int file, size_t size, const char *path)
{
    char *bytes = gly_alloc(d->arena, size + 1, 1);
    size_t length = 0;
    ssize_t n = 1;

    if (!bytes)
        return GLY_ENOMEM;
    while (length <= size && n != 0 && !(size && length == size)) {
        n = read(file, bytes + length, size + 1 - length);
        if (n < 0 && errno != EINTR)
            return gly_fail(self->host, self->stage, d, GLY_EIO, "cannot read '%s': %s", path, strerror(errno));
        length += n > 0 ? (size_t)n : 0;
    }
    if (length > size)
        return gly_fail(self->host, self->stage, d, GLY_EIO, "'%s' grew while it was read; run again", path);
    return set_raw(self, d, (gly_str){ bytes, (uint32_t)length }, path);
}

static gly_status read_file(folder *self, gly_doc *d, int file, const char *path)
{
    struct stat st;

    if (fstat(file, &st) < 0)
        return gly_fail(self->host, self->stage, d, GLY_EIO, "cannot look at '%s': %s", path, strerror(errno));
    if (!S_ISREG(st.st_mode))
        return gly_fail(self->host, self->stage, d, GLY_EINPUT, "'%s' is no regular file", path);
    if ((uint64_t)st.st_size > self->options->max_bytes)
        return gly_fail(self->host, self->stage, d, GLY_EINPUT,
                        "'%s' has %llu bytes; raise max_bytes to read it", path, (unsigned long long)st.st_size);
    return read_whole(self, d, file, (size_t)st.st_size, path);
}

static gly_status folder_load(void *shared, gly_doc *d, gly_str locator)
{
    folder *self = shared;
    char *path = gly_alloc(d->arena, locator.len + 1u, 1);
    int file, flags = O_RDONLY | O_NONBLOCK | O_CLOEXEC;
    gly_status status;

    if (!path)
        return GLY_ENOMEM;
    memcpy(path, locator.ptr, locator.len);
    path[locator.len] = '\0';
    if (self->options->symlinks == SYMLINKS_SKIP)
        flags |= O_NOFOLLOW;
    file = open(path, flags);
    if (file < 0)
        return gly_fail(self->host, self->stage, d, GLY_EIO, "cannot open '%s': %s", path,
                        errno == ENOENT ? "it was gone when it was its turn"
                        : errno == EACCES ? "permission denied; chmod it, or run as its owner" : strerror(errno));
    status = read_file(self, d, file, path);
    close(file);
    return status;
}

static const gly_stage_ops ops = {
    .size = sizeof ops, .open = folder_open, .close = folder_close,
    .next = folder_next, .load = folder_load, .unseen = folder_unseen,
};

static const char *const writes[] = { "raw", NULL };

GLY_PLUGIN(
    .kind = GLY_SOURCE, .name = "fetch.folder", .version = "1.0.0",
    .summary = "Reads files and the folders below them",
    .help = "Files are taken in an order that is the same from run to run: by the bytes of their "
            "names within each folder. A file named on the command line is taken whatever it is "
            "called.\n\n"
            "The uri begins with the last part of the input: samples/press/a.txt is press/a.txt "
            "when samples/press was given. A second input of the same name gets press~2.\n\n"
            "A file whose name ends in .gz is unpacked; max_bytes holds for what is inside.\n\n"
            "FIFOs, sockets, devices, dangling links and unreadable folders are counted with "
            "their reason and never waited on.",
    .example = "{ use = \"fetch.folder\"; path = \"samples/press\"; match = [\"*.txt\"]; }",
    .license = "MIT", .writes = writes, .inputs = "path",
    .options = options, .config_size = sizeof(walk_options), .ops = &ops
);
