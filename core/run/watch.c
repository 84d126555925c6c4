/* watch - which folders are watched, by descriptor; when a pass is due; passes. */
#include "run/watch.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "run/carry.h"
#include "run/inputs.h"
#include "run/signals.h"

enum {
    QUIET = 200,       /* ms without a change before a pass begins           */
    LONGEST = 5000,    /* ms that changes can put it off                     */
    LOOK_AGAIN = 3000, /* ms between passes, or looks for an input that is gone */
    MOST_DEPTH = 256
};
enum {
    CHANGES = IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB | IN_DELETE_SELF |
              IN_MOVE_SELF
};

typedef struct watched {
    char *path;  /* NULL: not watched                                  */
    bool  whole; /* it belongs to the inputs, with all below it; else
                    only files in it do                                */
} watched;

typedef struct watch {
    gly_strs inputs;   /* as they were given: a pass makes those of the plan absolute */
    int    file;       /* of inotify; -1: inputs are looked at now and then */
    watched *places;     /* by watch descriptor                               */
    int    room;
    bool   gone;       /* an input is not there                             */
    bool   absent;     /* nor is anything in another: the disk may come back */
} watch;

/* ---- watching ------------------------------------------------------------------------ */

static void give_up(watch *w, const char *limit, int enough)
{
    fprintf(stderr, "galley: warning: the system lets this user watch no more (%s); raise it: sysctl -w %s=%d; "
            "until then the inputs are looked at every %d s\n", limit, limit, enough, LOOK_AGAIN / 1000);
    if (w->file >= 0)
        close(w->file);
    w->file = -1;
}

static void set_place(watch *w, int number, char *path, bool whole)
{
    if (number >= w->room) {
        int room = 2 * number + 64;

        w->places = memory_resize(w->places, (size_t)room, sizeof *w->places);
        memset(w->places + w->room, 0, (size_t)(room - w->room) * sizeof *w->places);
        w->room = room;
    }
    free(w->places[number].path);
    w->places[number] = (watched){ path, whole || (path && w->places[number].whole) };
}

/* False: it is no folder, or cannot be watched. */
static bool add_folder(watch *w, const char *path, bool whole)
{
    int number = w->file < 0 ? -1 : inotify_add_watch(w->file, path, CHANGES | IN_ONLYDIR | IN_EXCL_UNLINK);

    if (number >= 0)
        set_place(w, number, memory_text(path), whole);
    else if (w->file >= 0 && errno == ENOSPC)
        give_up(w, "fs.inotify.max_user_watches", 524288);
    return number >= 0;
}

static bool is_folder(const char *path, const struct dirent *entry)
{
    struct stat st;

    if (entry->d_type != DT_UNKNOWN)
        return entry->d_type == DT_DIR;
    return lstat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static void add_tree(watch *w, const char *path, int depth)
{
    DIR *folder;

    if (depth == MOST_DEPTH || !add_folder(w, path, true) || !(folder = opendir(path)))
        return;
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        char *child;

        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        child = memory_format("%s/%s", path, entry->d_name);
        if (is_folder(child, entry))
            add_tree(w, child, depth + 1);
        free(child);
    }
    closedir(folder);
}

/* A file is watched by its folder: editors put a new file in its place. */
static void add_parent(watch *w, const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = !slash ? memory_text(".") : memory_copy(path, (size_t)(slash == path ? 1 : slash - path));

    add_folder(w, folder, false);
    free(folder);
}

static void add_inputs(watch *w)
{
    w->gone = false;
    for (uint32_t i = 0; i < w->inputs.count; i++) {
        char *path = memory_copy(w->inputs.items[i].ptr, w->inputs.items[i].len);
        struct stat st;
        bool there = stat(path, &st) == 0;

        w->gone |= !there;
        if (there && S_ISDIR(st.st_mode))
            add_tree(w, path, 0);
        else
            add_parent(w, path);
        free(path);
    }
}

/* ---- what happened ------------------------------------------------------------------- */

/* "./a.txt" in the folder "." is the input "a.txt". */
static bool is_input(const watch *w, const char *path)
{
    for (uint32_t i = 0; i < w->inputs.count; i++) {
        gly_str input = w->inputs.items[i];
        const char *bare = strncmp(path, "./", 2) == 0 && strncmp(input.ptr, "./", 2) != 0 ? path + 2 : path;

        if (strlen(bare) == input.len && memcmp(bare, input.ptr, input.len) == 0)
            return true;
    }
    return false;
}

/* A file that was just made is being written; links and the like are there at once. */
static bool is_begun(const char *path)
{
    struct stat st;

    return lstat(path, &st) == 0 && S_ISREG(st.st_mode) && st.st_nlink == 1;
}

/* Whether it matters. */
static bool take_event(watch *w, const struct inotify_event *e)
{
    watched p = e->wd >= 0 && e->wd < w->room ? w->places[e->wd] : (watched){ NULL, false };
    bool matters, came = e->mask & (IN_CREATE | IN_MOVED_TO);
    char *path;

    if (e->mask & IN_Q_OVERFLOW) {
        add_inputs(w);
        return true;
    }
    if (!p.path)
        return false;
    if (e->mask & (IN_DELETE_SELF | IN_MOVE_SELF | IN_UNMOUNT) && is_input(w, p.path))
        w->gone = true; /* or another is in its place: looked for after the next pass */
    if (e->mask & IN_IGNORED) {
        set_place(w, e->wd, NULL, false);
        return false;
    }
    path = memory_format(strcmp(p.path, "/") == 0 ? "%s%s" : "%s/%s", p.path, e->len ? e->name : "");
    matters = p.whole || is_input(w, path);
    if (matters && came && (e->mask & IN_ISDIR))
        add_tree(w, path, 0);
    else if (matters && (e->mask & IN_CREATE))
        matters = !is_begun(path);
    free(path);
    return matters;
}

static bool take_events(watch *w)
{
    _Alignas(struct inotify_event) char buffer[64 << 10];
    bool matters = false;
    ssize_t n;

    while (w->file >= 0 && (n = read(w->file, buffer, sizeof buffer)) > 0)
        for (char *at = buffer; w->file >= 0 && at < buffer + n;) {
            const struct inotify_event *e = (const struct inotify_event *)(const void *)at;

            matters |= take_event(w, e);
            at += sizeof *e + e->len;
        }
    return matters;
}

/* ---- waiting ------------------------------------------------------------------------- */

static uint64_t now_ms(void)
{
    return monotonic_ns() / 1000000;
}

/* ms until a pass is due; -1: nothing has happened. */
static int due_in(const watch *w, uint64_t began, uint64_t first, uint64_t last)
{
    uint64_t now = now_ms(), due = last + QUIET < first + LONGEST ? last + QUIET : first + LONGEST;

    if (w->file < 0 || ((w->gone || w->absent) && !first))
        due = began + LOOK_AGAIN;
    else if (!first)
        return -1;
    return due <= now ? 0 : (int)(due - now);
}

/* Until a pass is due. False: the user asked to stop. */
static bool wait_for_change(watch *w, int bell)
{
    uint64_t began = now_ms(), first = 0, last = 0, rung;
    bool gone = w->gone;
    int wait;

    if (gone)
        add_inputs(w);
    if (gone && !w->gone) /* what came before it was watched was not told */
        return !signals_stop();
    while (!signals_stop() && (wait = due_in(w, began, first, last)) != 0) {
        struct pollfd files[] = { { .fd = w->file, .events = POLLIN }, { .fd = bell, .events = POLLIN } };

        poll(files, 2, wait);
        while (read(bell, &rung, sizeof rung) > 0)
            ;
        if (!take_events(w))
            continue;
        last = now_ms();
        first = first ? first : last;
    }
    return !signals_stop();
}

static gly_strs copy_of(const gly_strs *inputs)
{
    gly_str *items = memory_new((inputs->count + 1) * sizeof *items);

    for (uint32_t i = 0; i < inputs->count; i++)
        items[i] = (gly_str){ memory_copy(inputs->items[i].ptr, inputs->items[i].len), inputs->items[i].len };
    return (gly_strs){ items, inputs->count };
}

static void begin(watch *w, const plan *p)
{
    *w = (watch){ .inputs = copy_of(inputs_of(p)), .file = inotify_init1(IN_NONBLOCK | IN_CLOEXEC) };
    if (w->file < 0)
        give_up(w, "fs.inotify.max_user_instances", 1024);
    else
        add_inputs(w);
}

static void end(watch *w)
{
    for (int i = 0; i < w->room; i++)
        free(w->places[i].path);
    free(w->places);
    for (uint32_t i = 0; i < w->inputs.count; i++)
        free((void *)(uintptr_t)w->inputs.items[i].ptr);
    free((void *)(uintptr_t)w->inputs.items);
    if (w->file >= 0)
        close(w->file);
}

/* As long as there is nothing to read, no pass is made. */
static bool wait_for_work(watch *w, const plan *p, int bell)
{
    char *why = NULL;

    do {
        free(why);
        if (!wait_for_change(w, bell))
            return false;
        why = w->absent ? inputs_missing(p, false) : NULL;
    } while (why);
    if (w->absent) /* a disk was mounted over what is watched */
        add_inputs(w);
    return true;
}

/* ---- passes -------------------------------------------------------------------------- */

static bool did_something(const run_accounts *n)
{
    return n->written + n->dropped + n->split + n->failed - n->failed_before > 0 || n->vanished > 0;
}

static void tell(const run_accounts *n, uint64_t number, uint64_t began)
{
    fprintf(stderr, "galley: pass %" PRIu64 ": %" PRIu64 " written + %" PRIu64 " dropped + %" PRIu64 " failed + %"
            PRIu64 " ignored + %" PRIu64 " unchanged", number, n->written, n->dropped, n->failed, n->ignored,
            n->unchanged);
    if (n->vanished)
        fprintf(stderr, ", %" PRIu64 " gone", n->vanished);
    fprintf(stderr, ", %.2f s\n", (double)(monotonic_ns() - began) / 1e9);
}

int watch_run(plan *p, const run_options *given, run_accounts *last, int bell, watch_pass *pass)
{
    bool telling = !given->quiet && given->progress != PROGRESS_JSON;
    run_options options = *given;
    run_accounts n;
    watch w;
    int status;

    begin(&w, p);
    for (uint64_t number = 1;; number++) {
        uint64_t began = monotonic_ns();

        n = (run_accounts){ .output_failed = true }; /* until the pass says otherwise */
        status = pass(p, &options, &n, bell);
        if (n.output_failed || signals_stop())
            break;
        w.absent = n.absent;
        if (telling && !n.absent && (number == 1 || did_something(&n) || (w.file >= 0 && !w.gone)))
            tell(&n, number, began);
        if (telling && number == 1)
            fputs("galley: watching; ^C ends it\n", stderr);
        options.fresh = options.from_failed = false;
        options.from = 0;
        options.quiet = options.repeats = true;
        if (!wait_for_work(&w, p, bell)) {
            status = 128 + signals_stop();
            break;
        }
    }
    end(&w);
    if (last)
        *last = n;
    return status;
}
