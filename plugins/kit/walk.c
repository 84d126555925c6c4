/* walk - a stack of folders, each a sorted list of names and the place in it. */
#include "kit/walk.h"

#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "kit/ignore.h"

enum { MOST_DEPTH = 256 };

typedef struct entry {
    char         *name;
    unsigned char type; /* DT_* */
} entry;

typedef struct frame {
    entry *entries;
    size_t count, next;
    size_t path_length, uri_length; /* of the folder, within walk's strings */
    char  *rules;                   /* of .galleyignore; NULL: none         */
    dev_t  device;
    ino_t  node;
} frame;

typedef struct place { /* whose inputs were not seen */
    char *uri;
    bool  bare;
} place;

struct walk {
    const walk_options *options;
    uint32_t input;
    uint64_t taken;      /* files of the input in hand */
    frame    frames[MOST_DEPTH];
    size_t   depth;
    char    *path, *uri;
    size_t   path_room, uri_room;
    place   *places;
    size_t   place_count, told;
};

walk *walk_new(const walk_options *options)
{
    walk *w = calloc(1, sizeof *w);

    if (w)
        w->options = options;
    return w;
}

static void leave(walk *w)
{
    frame *f = &w->frames[--w->depth];

    for (size_t i = 0; i < f->count; i++)
        free(f->entries[i].name);
    free(f->entries);
    free(f->rules);
    *f = (frame){ 0 };
}

void walk_free(walk *w)
{
    if (!w)
        return;
    while (w->depth)
        leave(w);
    for (size_t i = 0; i < w->place_count; i++)
        free(w->places[i].uri);
    free(w->places);
    free(w->path);
    free(w->uri);
    free(w);
}

/* The place at w->uri was not seen. */
static gly_status miss(walk *w, bool bare)
{
    if ((w->place_count & (w->place_count - 1)) == 0) { /* full at each power of two */
        place *grown = realloc(w->places, (w->place_count ? 2 * w->place_count : 1) * sizeof *grown);

        if (!grown)
            return GLY_ENOMEM;
        w->places = grown;
    }
    w->places[w->place_count] = (place){ strdup(w->uri), bare };
    return w->places[w->place_count++].uri ? GLY_OK : GLY_ENOMEM;
}

gly_status walk_unseen(walk *w, gly_str *below, bool *bare)
{
    const place *p = &w->places[w->told];

    if (w->told == w->place_count)
        return GLY_END;
    w->told++;
    *below = (gly_str){ p->uri, (uint32_t)strlen(p->uri) };
    *bare = p->bare;
    return GLY_OK;
}

/* Cuts *text to `keep` bytes and appends a slash (where one is due) and a name. */
static bool extend(char **text, size_t *capacity, size_t keep, const char *name, size_t length)
{
    bool slash = keep > 0 && (*text)[keep - 1] != '/';

    if (keep + length + 2 > *capacity) {
        size_t larger = (keep + length + 2) * 2;
        char *grown = realloc(*text, larger);

        if (!grown)
            return false;
        *text = grown;
        *capacity = larger;
    }
    if (slash)
        (*text)[keep++] = '/';
    memcpy(*text + keep, name, length);
    (*text)[keep + length] = '\0';
    return true;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const entry *)a)->name, ((const entry *)b)->name);
}

static bool add_entry(frame *f, const struct dirent *found)
{
    if ((f->count & (f->count - 1)) == 0) { /* full at each power of two */
        entry *grown = realloc(f->entries, (f->count ? 2 * f->count : 1) * sizeof *grown);

        if (!grown)
            return false;
        f->entries = grown;
    }
    f->entries[f->count] = (entry){ strdup(found->d_name), found->d_type };
    return f->entries[f->count].name && ++f->count;
}

static gly_status read_entries(frame *f, DIR *folder)
{
    for (struct dirent *found; (errno = 0, found = readdir(folder)) != NULL;)
        if (strcmp(found->d_name, ".") && strcmp(found->d_name, "..") && !add_entry(f, found))
            return GLY_ENOMEM;
    if (errno)
        return errno == ENOMEM ? GLY_ENOMEM : GLY_EIO;
    if (f->count)
        qsort(f->entries, f->count, sizeof *f->entries, by_name);
    return GLY_OK;
}

/* The system's reason, with a way out where there is one. */
static const char *reason_of(int error)
{
    switch (error) {
    case EACCES:
    case EPERM:
        return "cannot be read: permission denied; chmod it, or run as its owner";
    case ENOENT:
        return "was gone when it was its turn";
    case ELOOP:
        return "is a link that leads back to itself";
    case ENAMETOOLONG:
        return "its path is longer than the system takes (4,095 bytes); start in a folder below";
    default:
        return strerror(error);
    }
}

static const char *loop_reason(const walk *w, const struct stat *st)
{
    for (size_t i = 0; i < w->depth; i++)
        if (w->frames[i].device == st->st_dev && w->frames[i].node == st->st_ino)
            return "is a link back to a folder above it";
    return w->depth == MOST_DEPTH ? "lies more than 256 folders deep" : NULL;
}

/* Goes into the folder at w->path. A reason that is not NULL says why not. */
static gly_status enter(walk *w, const char **reason)
{
    struct stat st;
    frame *f = &w->frames[w->depth];
    DIR *folder;
    gly_status status;

    *reason = stat(w->path, &st) < 0 ? reason_of(errno) : loop_reason(w, &st);
    if (*reason)
        return GLY_OK;
    folder = opendir(w->path);
    if (!folder) {
        *reason = reason_of(errno);
        return GLY_OK;
    }
    *f = (frame){ .path_length = strlen(w->path), .uri_length = strlen(w->uri),
                  .device = st.st_dev, .node = st.st_ino };
    w->depth++;
    status = read_entries(f, folder);
    if (status == GLY_EIO) { /* half a list of names would pass for all of them */
        *reason = reason_of(errno);
        leave(w);
        status = GLY_OK;
    } else if (w->options->ignore_files) {
        f->rules = ignore_read(w->path);
    }
    closedir(folder);
    return status;
}

/* flags: of fnmatch(). */
static bool any_matches(gly_strs globs, const char *path, const char *name, int flags)
{
    char glob[1024];

    for (uint32_t i = 0; i < globs.count; i++) {
        gly_str g = globs.items[i];

        if (g.len >= sizeof glob)
            continue;
        memcpy(glob, g.ptr, g.len);
        glob[g.len] = '\0';
        if (fnmatch(glob, strchr(glob, '/') ? path : name, flags) == 0)
            return true;
    }
    return false;
}

static bool told_to_ignore(const walk *w, bool is_folder)
{
    for (size_t i = w->depth; i-- > 0;) {
        const frame *f = &w->frames[i];
        const char *below = w->path + f->path_length;
        ignore_verdict v = f->rules ? ignore_says(f->rules, below + (*below == '/'), is_folder)
                                    : IGNORE_SILENT;

        if (v != IGNORE_SILENT)
            return v == IGNORE_YES;
    }
    return false;
}

static const char *special_reason(unsigned char type)
{
    switch (type) {
    case DT_FIFO: return "is a FIFO";
    case DT_SOCK: return "is a socket";
    case DT_CHR:
    case DT_BLK:  return "is a device";
    default:      return "is no regular file";
    }
}

static unsigned char type_of(const struct stat *st)
{
    return (unsigned char)IFTODT(st->st_mode);
}

static gly_status judge(gly_item *item, gly_verdict verdict, const char *reason)
{
    item->verdict = verdict;
    item->reason = reason;
    return GLY_OK;
}

/* The type behind a link, or a reason why the link is not followed. */
static const char *resolve(const walk *w, unsigned char *type, gly_verdict *verdict)
{
    struct stat st;

    *verdict = GLY_IGNORED;
    if (*type == DT_LNK && w->options->symlinks == SYMLINKS_SKIP)
        return "is a symbolic link";
    *verdict = GLY_REFUSED;
    if (stat(w->path, &st) < 0)
        return *type == DT_LNK && errno == ENOENT ? "is a dangling link" : reason_of(errno);
    *verdict = GLY_IGNORED;
    if (*type == DT_LNK && S_ISDIR(st.st_mode) && w->options->symlinks != SYMLINKS_FOLLOW)
        return "is a symbolic link to a folder";
    *type = type_of(&st);
    return NULL;
}

/* Says what to do with a name in a folder; NULL: take it. */
static const char *rule_against(const walk *w, const char *name, bool is_folder)
{
    const walk_options *o = w->options;

    if (*name == '.' && !o->hidden)
        return "is hidden";
    if (is_folder && !o->recursive)
        return "is a folder";
    if (any_matches(o->ignore, w->uri, name, 0) || told_to_ignore(w, is_folder))
        return "is on the ignore list";
    if (!is_folder && o->match.count && !any_matches(o->match, w->uri, name, FNM_CASEFOLD))
        return "matches no pattern of 'match'";
    return NULL;
}

/* A stamp of its size and times: another when the file is another. */
static gly_status take(walk *w, gly_item *item)
{
    struct stat st;

    if (stat(w->path, &st) == 0) {
        uint64_t parts[] = { (uint64_t)st.st_size, (uint64_t)st.st_ino, (uint64_t)st.st_mtim.tv_sec,
                             (uint64_t)st.st_mtim.tv_nsec, (uint64_t)st.st_ctim.tv_sec, (uint64_t)st.st_ctim.tv_nsec };

        item->bytes = (uint64_t)st.st_size;
        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
            item->stamp = (item->stamp ^ parts[i]) * UINT64_C(0x9E3779B97F4A7C15) ^ item->stamp >> 29;
        item->stamp |= 1;
    }
    w->taken++;
    return GLY_OK;
}

/* GLY_END: it was a folder and has been gone into; go on. */
static gly_status look_at(walk *w, gly_item *item, unsigned char type, const char *name)
{
    const char *reason = NULL;
    gly_verdict verdict;
    gly_status status;

    *item = (gly_item){ .uri = { w->uri, (uint32_t)strlen(w->uri) },
                        .locator = { w->path, (uint32_t)strlen(w->path) } };
    if (name && *name == '.' && !w->options->hidden)
        return judge(item, GLY_IGNORED, "is hidden");
    if (type == DT_LNK || type == DT_UNKNOWN) {
        reason = resolve(w, &type, &verdict);
        if (reason && verdict == GLY_REFUSED && miss(w, false) < 0)
            return GLY_ENOMEM;
        if (reason)
            return judge(item, verdict, reason);
    }
    if (name && (type == DT_DIR || type == DT_REG))
        reason = rule_against(w, name, type == DT_DIR);
    if (reason)
        return judge(item, GLY_IGNORED, reason);
    if (type == DT_REG)
        return take(w, item);
    if (type != DT_DIR)
        return judge(item, GLY_REFUSED, special_reason(type));
    status = enter(w, &reason);
    if (status == GLY_OK && reason)
        status = miss(w, false);
    if (status < 0)
        return status;
    return reason ? judge(item, GLY_REFUSED, reason) : GLY_END;
}

/* The last component of a path: what its files' uris begin with. */
static gly_str label_of(gly_str path)
{
    uint32_t begin;

    while (path.len > 1 && path.ptr[path.len - 1] == '/')
        path.len--;
    for (begin = path.len; begin > 0 && path.ptr[begin - 1] != '/'; begin--)
        ;
    path = gly_slice(path, (gly_range){ begin, path.len });
    return gly_str_eq(path, GLY_LIT(".")) || gly_str_eq(path, GLY_LIT("..")) ? GLY_LIT("") : path;
}

/* Two inputs of one name: the second's uris begin with name~2. */
static bool begin_uri(walk *w, gly_str path)
{
    gly_str label = label_of(path);
    uint32_t same = 1;
    char suffix[16];

    for (uint32_t i = 0; i < w->input; i++)
        same += gly_str_eq(label_of(w->options->path.items[i]), label);
    if (!extend(&w->uri, &w->uri_room, 0, label.ptr, label.len) || same == 1)
        return w->uri != NULL;
    snprintf(suffix, sizeof suffix, "~%u", same);
    if (!extend(&w->uri, &w->uri_room, 0, label.ptr, label.len))
        return false;
    w->uri = realloc(w->uri, w->uri_room += sizeof suffix);
    return w->uri && strcat(w->uri, suffix);
}

static gly_status next_input(walk *w, gly_item *item)
{
    gly_str path = w->options->path.items[w->input];
    struct stat st;
    const char *why;

    if (!extend(&w->path, &w->path_room, 0, path.ptr, path.len) || !begin_uri(w, path))
        return GLY_ENOMEM;
    w->input++;
    w->taken = 0;
    if (stat(w->path, &st) < 0) {
        why = errno == ENOENT ? "is not there; look at its name, or whether its disk is mounted" : reason_of(errno);
        *item = (gly_item){ .uri = { w->path, path.len }, .locator = { w->path, path.len } };
        judge(item, GLY_REFUSED, why);
        return miss(w, false);
    }
    return look_at(w, item, type_of(&st), NULL);
}

/* GLY_END, so that the walk goes on. */
static gly_status end_folder(walk *w, const frame *f)
{
    w->uri[f->uri_length] = '\0';
    leave(w);
    return w->depth == 0 && w->taken == 0 && miss(w, true) < 0 ? GLY_ENOMEM : GLY_END;
}

gly_status walk_next(walk *w, gly_item *item)
{
    gly_status status = GLY_END;

    while (status == GLY_END) {
        frame *f = w->depth ? &w->frames[w->depth - 1] : NULL;
        entry *e;

        if (!f && w->input == w->options->path.count)
            return GLY_END;
        if (!f) {
            status = next_input(w, item);
            continue;
        }
        if (f->next == f->count) {
            status = end_folder(w, f);
            continue;
        }
        e = &f->entries[f->next++];
        if (!extend(&w->path, &w->path_room, f->path_length, e->name, strlen(e->name)) ||
            !extend(&w->uri, &w->uri_room, f->uri_length, e->name, strlen(e->name)))
            return GLY_ENOMEM;
        status = look_at(w, item, e->type, e->name);
    }
    return status;
}
