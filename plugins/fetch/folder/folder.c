/* fetch.folder - the files of folders, in a stable order, each accounted for.
 *
 * next() walks with a stack of directories: each is read once, its names sorted
 * by bytes, so memory is that of the directories on the way down and no list of
 * all paths is kept. Only regular files are taken; what cannot be one comes out
 * as ignored or refused, with the reason. load() opens without waiting, so that
 * a FIFO that took the place of a file cannot block. */
#include <galley/plugin.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kit/glob.h"

enum { DEEPEST = 128, LONGEST_PATH = 4096 };
enum { LINKS_FILES, LINKS_FOLLOW, LINKS_SKIP };

static const char *const link_policies[] = { "files", "follow", "skip", NULL };

typedef struct config {
    gly_strs path, match, ignore;
    bool     hidden;
    int32_t  symlinks;
    uint64_t max_bytes;
} config;

static const gly_option options[] = {
    GLY_PATHS(config, path, "", "Folders and files to read"),
    GLY_STRS(config, match, "*", "Take files whose name matches one of these"),
    GLY_STRS(config, ignore, "", "Leave out files and folders whose name matches one of these"),
    GLY_BOOL(config, hidden, "false", "Read files and folders whose name begins with a dot"),
    GLY_ENUM(config, symlinks, "files", link_policies, "Follow links to files, also to folders, or none"),
    GLY_SIZE(config, max_bytes, "256 MiB", 1, 2147483648.0, "Larger files are refused"),
    GLY_OPTIONS_END
};

typedef struct entry {
    char         *name;
    unsigned char type; /* DT_* */
} entry;

typedef struct level { /* a directory on the way down */
    entry *entries;
    size_t count, next;
    size_t path_length; /* of its own path in walk.path */
    dev_t  device;
    ino_t  inode;
} level;

typedef struct walk {
    const gly_host *host;
    gly_stage      *stage;
    const config   *options;
    level    levels[DEEPEST];
    size_t   depth;
    uint32_t input;       /* next of options->path                      */
    size_t   uri_at;      /* where the uri begins in path               */
    char     path[LONGEST_PATH];
} walk;

static gly_status open_(const gly_host *host, gly_stage *stage, const void *given, void **shared)
{
    walk *w = calloc(1, sizeof *w);

    if (!w)
        return GLY_ENOMEM;
    w->host = host;
    w->stage = stage;
    w->options = given;
    *shared = w;
    return GLY_OK;
}

static void leave_level(walk *w)
{
    level *l = &w->levels[--w->depth];

    for (size_t i = 0; i < l->count; i++)
        free(l->entries[i].name);
    free(l->entries);
    *l = (level){ 0 };
}

static void close_(void *shared)
{
    walk *w = shared;

    while (w && w->depth)
        leave_level(w);
    free(w);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const entry *)a)->name, ((const entry *)b)->name);
}

static bool wanted(const walk *w, const char *name)
{
    if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
        return false;
    return (w->options->hidden || name[0] != '.') && !glob_matches_any(w->options->ignore, name);
}

static bool add_entry(level *l, size_t *capacity, const struct dirent *e)
{
    if (l->count == *capacity) {
        size_t more = *capacity ? *capacity * 2 : 64;
        entry *entries = realloc(l->entries, more * sizeof *entries);

        if (!entries)
            return false;
        l->entries = entries;
        *capacity = more;
    }
    l->entries[l->count] = (entry){ strdup(e->d_name), e->d_type };
    return l->entries[l->count++].name != NULL;
}

static bool is_open_above(const walk *w, const struct stat *info)
{
    for (size_t i = 0; i < w->depth; i++)
        if (w->levels[i].device == info->st_dev && w->levels[i].inode == info->st_ino)
            return true;
    return false;
}

/* NULL, or why the directory at w->path is not walked. */
static const char *enter(walk *w)
{
    int fd = open(w->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NONBLOCK);
    level *l = &w->levels[w->depth];
    size_t capacity = 0;
    struct stat info;
    struct dirent *e;
    DIR *d;

    if (fd < 0)
        return errno == EACCES ? "the folder may not be read" : "the folder cannot be opened";
    if (w->depth == DEEPEST || fstat(fd, &info) < 0 || is_open_above(w, &info)) {
        close(fd);
        return w->depth == DEEPEST ? "folders are nested more than 128 deep" : "the link leads back to a folder above it";
    }
    d = fdopendir(fd);
    if (!d) {
        close(fd);
        return "the folder cannot be read";
    }
    *l = (level){ .path_length = strlen(w->path), .device = info.st_dev, .inode = info.st_ino };
    w->depth++;
    while ((e = readdir(d)) != NULL)
        if (wanted(w, e->d_name) && !add_entry(l, &capacity, e)) {
            closedir(d);
            leave_level(w);
            return "there is no memory for its list of names";
        }
    closedir(d);
    if (l->count)
        qsort(l->entries, l->count, sizeof *l->entries, by_name);
    return NULL;
}

static gly_status give(walk *w, gly_item *item, gly_verdict verdict, const char *reason)
{
    size_t length = strlen(w->path);

    item->uri = (gly_str){ w->path + w->uri_at, (uint32_t)(length - w->uri_at) };
    item->locator = (gly_str){ w->path, (uint32_t)length };
    item->verdict = verdict;
    item->reason = reason;
    return GLY_OK;
}

static const char *odd_kind(mode_t mode)
{
    return S_ISFIFO(mode) ? "it is a FIFO" : S_ISSOCK(mode) ? "it is a socket"
         : S_ISCHR(mode) || S_ISBLK(mode) ? "it is a device" : "it is no regular file";
}

/* GLY_DROP: nothing to report, go on with the walk. */
static gly_status consider(walk *w, gly_item *item, unsigned char type, bool named, const char *name)
{
    struct stat info;
    bool link = type == DT_LNK;
    const char *wrong;

    if (link && w->options->symlinks == LINKS_SKIP && !named)
        return give(w, item, GLY_IGNORED, "it is a link");
    if (type != DT_REG && type != DT_DIR) {
        if (stat(w->path, &info) < 0)
            return give(w, item, GLY_REFUSED, link ? "the link leads nowhere" : "it is not there any more");
        if (S_ISDIR(info.st_mode) && link && w->options->symlinks != LINKS_FOLLOW && !named)
            return give(w, item, GLY_IGNORED, "it is a link to a folder");
        type = S_ISDIR(info.st_mode) ? DT_DIR : S_ISREG(info.st_mode) ? DT_REG : DT_UNKNOWN;
        if (type == DT_UNKNOWN)
            return give(w, item, GLY_IGNORED, odd_kind(info.st_mode));
    }
    if (type == DT_DIR) {
        wrong = enter(w);
        return wrong ? give(w, item, GLY_REFUSED, wrong) : GLY_DROP;
    }
    if (!named && !glob_matches_any(w->options->match, name))
        return give(w, item, GLY_IGNORED, "its name matches none of 'match'");
    return give(w, item, GLY_TAKE, NULL);
}

/* Uris begin with the last part of the input as given: press/a.txt for press. */
static gly_status next_input(walk *w, gly_item *item)
{
    gly_str path = w->options->path.items[w->input++];
    struct stat info;
    char *slash;

    while (path.len > 1 && path.ptr[path.len - 1] == '/')
        path.len--;
    snprintf(w->path, sizeof w->path, "%.*s", (int)path.len, path.ptr);
    slash = strrchr(w->path, '/');
    w->uri_at = slash && slash[1] ? (size_t)(slash + 1 - w->path) : 0;
    if (path.len >= sizeof w->path)
        return give(w, item, GLY_REFUSED, "its path is longer than 4,095 bytes");
    if (lstat(w->path, &info) < 0)
        return give(w, item, GLY_REFUSED, "it is not there");
    return consider(w, item, IFTODT(info.st_mode), true, w->path + w->uri_at);
}

static gly_status next_entry(walk *w, gly_item *item)
{
    level *l = &w->levels[w->depth - 1];
    const entry *e = &l->entries[l->next++];

    if (l->path_length + 1 + strlen(e->name) >= sizeof w->path) {
        w->path[l->path_length] = '\0';
        return give(w, item, GLY_REFUSED, "a path in this folder is longer than 4,095 bytes");
    }
    snprintf(w->path + l->path_length, sizeof w->path - l->path_length, "/%s", e->name);
    return consider(w, item, e->type, false, e->name);
}

static gly_status next(void *shared, gly_item *item)
{
    walk *w = shared;

    for (;;) {
        gly_status status = GLY_DROP;

        if (w->depth && w->levels[w->depth - 1].next == w->levels[w->depth - 1].count)
            leave_level(w);
        else if (w->depth)
            status = next_entry(w, item);
        else if (w->input < w->options->path.count)
            status = next_input(w, item);
        else
            return GLY_END;
        if (status != GLY_DROP)
            return status;
    }
}

/* ---- in the worker --------------------------------------------------------------- */

static gly_status fail(walk *w, gly_doc *doc, const char *what)
{
    return gly_fail(w->host, w->stage, doc, GLY_EIO, "%s: %s", what, strerror(errno));
}

/* Reads until the end: a file may have grown or shrunk since it was looked at. */
static gly_status read_all(walk *w, gly_doc *doc, int fd, size_t expected, gly_str *bytes)
{
    size_t limit = w->options->max_bytes, capacity = expected + 1, length = 0;
    char *text = GLY_NEWN(doc->arena, char, capacity);

    while (text) {
        ssize_t n = read(fd, text + length, capacity - length);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fail(w, doc, "it cannot be read");
        length += (size_t)n;
        if (length > limit)
            return gly_fail(w->host, w->stage, doc, GLY_EINPUT, "it is larger than 'max_bytes' allows; raise it, or leave the file out");
        if (n == 0) {
            *bytes = (gly_str){ text, (uint32_t)length };
            return GLY_OK;
        }
        if (length == capacity) {
            char *more = GLY_NEWN(doc->arena, char, capacity * 2);

            if (more)
                memcpy(more, text, length);
            text = more;
            capacity *= 2;
        }
    }
    return gly_fail(w->host, w->stage, doc, GLY_ENOMEM, "there is no memory for it; raise 'memory' in run = { }");
}

static gly_status load(void *self, gly_doc *doc, gly_str locator)
{
    walk *w = self;
    char path[LONGEST_PATH];
    gly_str bytes;
    gly_status status;
    struct stat info;
    int fd;

    snprintf(path, sizeof path, "%.*s", (int)locator.len, locator.ptr);
    fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return fail(w, doc, "it cannot be opened");
    if (fstat(fd, &info) < 0 || !S_ISREG(info.st_mode))
        status = gly_fail(w->host, w->stage, doc, GLY_EIO, "it is no regular file any more");
    else if ((uint64_t)info.st_size > w->options->max_bytes)
        status = gly_fail(w->host, w->stage, doc, GLY_EINPUT,
                          "it is larger than 'max_bytes' allows; raise it, or leave the file out");
    else
        status = read_all(w, doc, fd, (size_t)info.st_size, &bytes);
    close(fd);
    return status == GLY_OK ? w->host->raw_set(w->stage, doc, bytes, (gly_str){ "", 0 }) : status;
}

static const gly_stage_ops ops = {
    .size = sizeof ops, .open = open_, .close = close_, .next = next, .load = load,
};
static const char *const writes[] = { "raw", NULL };

GLY_PLUGIN(.name = "fetch.folder", .kind = GLY_SOURCE, .version = "1.0.0", .license = "MIT",
    .summary = "Read the files of folders",
    .help = "Walks folders in a stable order and takes regular files whose name matches. Files that\n"
            "cannot be taken (FIFOs, sockets, devices, links that lead nowhere) never block: each is\n"
            "accounted for with its reason. A document's uri is its path from the last part of the\n"
            "input on: press/may/a.txt for the input /data/press.",
    .example = "{ use = \"fetch.folder\"; path = [\"press\"]; match = [\"*.txt\", \"*.html\"]; }",
    .writes = writes, .options = options, .config_size = sizeof(config), .inputs = "path", .ops = &ops);
