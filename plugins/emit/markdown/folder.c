/* folder - pages, the list of names, and editions of both.
 *
 *   .galley-names        the list                    NAME.md
 *   .galley-names.part   that of a new edition       .galley-next/NAME.md
 *
 * A new edition is published in three steps that can be done again: pages that
 * it does not have are removed, its own are renamed into their places, and last
 * its list becomes the list. */
#include "folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/utf8.h"
#include "kit/sinkfile.h"
#include "kit/unicode.h"

enum { MOST_PATH = 8192, MOST_LINE = 256 };

#define LIST "/.galley-names"
#define NEXT "/.galley-next"

static gly_status failed(const folder *f, const char *what, const char *path)
{
    return gly_fail(f->host, f->stage, NULL, GLY_EIO, "cannot %s '%s': %s", what, path, strerror(errno));
}

gly_status folder_open(folder *f, const gly_host *host, gly_stage *stage, gly_str path)
{
    *f = (folder){ .host = host, .stage = stage, .list = -1, .present = -1 };
    f->path = strndup(path.len ? path.ptr : "", path.len);
    if (f->path && path.len + sizeof LIST ".part" + MOST_LINE + 16 > MOST_PATH)
        return gly_fail(host, stage, NULL, GLY_ERR, "the path of the output folder is too long");
    return f->path ? GLY_OK : GLY_ENOMEM;
}

static void forget_present(folder *f)
{
    if (f->present >= 0)
        close(f->present);
    free(f->pages);
    f->present = -1;
    f->pages = NULL;
    f->page_count = 0;
}

void folder_close(folder *f)
{
    if (f->list >= 0)
        close(f->list);
    forget_present(f);
    names_free(&f->given);
    free(f->path);
}

/* ---- names --------------------------------------------------------------------------- */

static void list_path(const folder *f, bool beside, char *path)
{
    snprintf(path, MOST_PATH, "%s" LIST "%s", f->path, beside ? ".part" : "");
}

static void page_path(const folder *f, bool beside, const char *name, char *path)
{
    snprintf(path, MOST_PATH, "%s%s/%s.md", f->path, beside ? NEXT : "", name);
}

static void part_path(const folder *f, bool beside, const char *name, char *path)
{
    snprintf(path, MOST_PATH, "%s%s/%s.md.part", f->path, beside ? NEXT : "", name);
}

static void numbered(const char *wanted, uint64_t number, char *name)
{
    if (number)
        snprintf(name, MOST_LINE, "%s~%llu", wanted, (unsigned long long)number);
    else
        snprintf(name, MOST_LINE, "%s", wanted);
}

/* Capitals do not part names where the file system does not tell them apart.
 * *before: how often the name was given already. */
static gly_status take(names *given, const char *name, uint64_t *before)
{
    char lower[1024];
    size_t length = 0;

    for (const char *at = name; *at && length + 4 < sizeof lower;)
        length += utf8_put(lower + length, unicode_lower(utf8_next(&at)));
    return names_take(given, (gly_str){ lower, (uint32_t)length }, before);
}

/* `wanted`, or wanted~2, wanted~3: a name that was not given yet, and its number. */
static gly_status give_name(names *given, const char *wanted, char *name, uint64_t *number)
{
    uint64_t before;
    gly_status status;

    *number = 0;
    numbered(wanted, 0, name);
    status = take(given, name, &before);
    for (uint64_t n = before + 1; status == GLY_OK && before; n++) {
        numbered(wanted, *number = n, name);
        status = take(given, name, &before);
    }
    return status;
}

/* ---- the list ------------------------------------------------------------------------- */

typedef struct listing { /* a list as it is read from its beginning */
    FILE    *file;
    names    given;
    uint64_t at, next;   /* offsets of this line and of the one behind it */
    uint64_t number;
    char     name[MOST_LINE];
} listing;

static bool listing_open(listing *l, const char *path)
{
    *l = (listing){ .file = fopen(path, "re") };
    return l->file != NULL;
}

/* GLY_END: no more. */
static gly_status listing_next(listing *l)
{
    char line[MOST_LINE];

    if (!fgets(line, sizeof line, l->file))
        return GLY_END;
    l->at = l->next;
    l->next += strlen(line);
    line[strcspn(line, "\n")] = '\0';
    return give_name(&l->given, line, l->name, &l->number);
}

static void listing_close(listing *l)
{
    if (l->file)
        fclose(l->file);
    names_free(&l->given);
}

/* A page, and what a killed run left of one that it was writing. A name that a page
 * cannot have comes from a damaged list: there is nothing of ours. */
static gly_status remove_page(const folder *f, bool beside, const char *name)
{
    char path[MOST_PATH];

    if (strchr(name, '/') || strlen(name) > NAME_MAX - strlen(".md.part"))
        return GLY_OK;
    part_path(f, beside, name, path);
    if (unlink(path) < 0 && errno != ENOENT)
        return failed(f, "remove", path);
    page_path(f, beside, name, path);
    return unlink(path) < 0 && errno != ENOENT ? failed(f, "remove", path) : GLY_OK;
}

/* Whether names came, went or changed in the folder since the list was flushed. */
static bool was_touched(const folder *f)
{
    struct stat folder_now, list_now;

    return !f->beside && stat(f->path, &folder_now) == 0 && fstat(f->list, &list_now) == 0 &&
           (folder_now.st_mtim.tv_sec > list_now.st_mtim.tv_sec ||
            (folder_now.st_mtim.tv_sec == list_now.st_mtim.tv_sec &&
             folder_now.st_mtim.tv_nsec > list_now.st_mtim.tv_nsec));
}

static bool has_page(const folder *f, const char *name)
{
    char path[MOST_PATH];

    page_path(f, f->beside, name, path);
    return access(path, F_OK) == 0;
}

/* Gives all names up to `position`; remove: and takes away the pages behind it.
 * GLY_EINPUT: the list is shorter, or a page is missing. */
static gly_status read_list(const folder *f, uint64_t position, bool remove, names *given)
{
    char path[MOST_PATH];
    listing l;
    bool look = remove && was_touched(f);
    gly_status status = GLY_OK;

    list_path(f, f->beside, path);
    if (!listing_open(&l, path))
        return failed(f, "read", path);
    while (status == GLY_OK && l.next < position) {
        status = listing_next(&l);
        if (status == GLY_END || (status == GLY_OK && look && !has_page(f, l.name)))
            status = GLY_EINPUT;
    }
    while (remove && status == GLY_OK && (status = listing_next(&l)) == GLY_OK)
        status = remove_page(f, f->beside, l.name);
    *given = l.given;
    l.given = (names){ 0 };
    listing_close(&l);
    return status == GLY_END ? GLY_OK : status;
}

gly_status folder_resume(folder *f, uint64_t position)
{
    char path[MOST_PATH];
    names behind = { 0 };
    gly_status status;

    if (f->list >= 0)
        close(f->list);
    list_path(f, f->beside, path);
    f->list = sinkfile_make_parents(path) ? open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666) : -1;
    if (f->list < 0)
        return failed(f, "write", path);
    names_free(&f->given);
    status = read_list(f, position, true, &behind);
    names_free(&behind);
    if (status == GLY_OK)
        status = read_list(f, position, false, &f->given);
    if (status == GLY_OK && ftruncate(f->list, (off_t)position) < 0)
        return failed(f, "write", path);
    f->position = position;
    return status;
}

/* ---- pages ------------------------------------------------------------------------------ */

static gly_status store(const folder *f, const char *path, gly_str page)
{
    char part[MOST_PATH];
    sinkfile file;
    gly_status status;

    snprintf(part, sizeof part, "%s.part", path);
    status = sinkfile_open(&file, f->host, f->stage, (gly_str){ part, (uint32_t)strlen(part) });
    if (status == GLY_OK)
        status = sinkfile_write(&file, page);
    if (status == GLY_OK)
        status = sinkfile_drain(&file);
    sinkfile_close(&file);
    if (status == GLY_OK && rename(part, path) < 0)
        status = failed(f, "rename", part);
    if (status < 0)
        unlink(part);
    return status;
}

static gly_status keep_name(folder *f, const char *wanted)
{
    char line[MOST_LINE], path[MOST_PATH];
    size_t length = strlen(wanted);

    if (f->list < 0 || length >= sizeof line)
        return GLY_OK;
    memcpy(line, wanted, length);
    line[length] = '\n';
    if (write(f->list, line, length + 1) != (ssize_t)length + 1) {
        list_path(f, f->beside, path);
        return failed(f, "write", path);
    }
    f->position += length + 1;
    return GLY_OK;
}

gly_status folder_write(folder *f, const char *wanted, gly_str page)
{
    char name[MOST_LINE], path[MOST_PATH];
    uint64_t number;
    gly_status status = give_name(&f->given, wanted, name, &number);

    if (status == GLY_OK)
        status = keep_name(f, wanted);
    if (status < 0)
        return status;
    page_path(f, f->beside, name, path);
    return store(f, path, page);
}

/* The list is touched last: a folder with a later time is one that others changed. */
static void touch_list(const folder *f)
{
    if (f->list >= 0 && !f->beside)
        futimens(f->list, NULL);
}

gly_status folder_flush(const folder *f)
{
    int file = open(f->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC), synced;

    if (file < 0 && errno == ENOENT)
        return GLY_OK; /* nothing was written yet */
    touch_list(f);
    synced = file < 0 ? -1 : syncfs(file);
    if (file >= 0)
        close(file);
    return synced < 0 ? failed(f, "store what is in", f->path) : GLY_OK;
}

/* ---- taking over --------------------------------------------------------------------------- */

static gly_status add_page(folder *f, const listing *l)
{
    if ((f->page_count & (f->page_count - 1)) == 0) {
        size_t most = 2 * f->page_count + 1;
        folder_page *grown = realloc(f->pages, most * sizeof *grown);

        if (!grown)
            return GLY_ENOMEM;
        f->pages = grown;
    }
    f->pages[f->page_count++] = (folder_page){ l->at, l->number };
    return GLY_OK;
}

/* Reads what the present edition says, once. */
static gly_status look_up_present(folder *f)
{
    char path[MOST_PATH];
    listing l;
    gly_status status = GLY_OK;

    if (f->present >= 0)
        return GLY_OK;
    list_path(f, false, path);
    f->present = open(path, O_RDONLY | O_CLOEXEC);
    if (f->present < 0 || !listing_open(&l, path))
        return failed(f, "read", path);
    while (status == GLY_OK && (status = listing_next(&l)) == GLY_OK)
        status = add_page(f, &l);
    f->present_length = l.next;
    listing_close(&l);
    return status == GLY_END ? GLY_OK : status;
}

static size_t page_at(const folder *f, uint64_t position)
{
    size_t low = 0, high = f->page_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (f->pages[middle].at < position)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Another name for the same page, or a copy where the file system has no such. */
static gly_status link_page(const folder *f, const char *from, const char *to)
{
    char *bytes;
    size_t length = 0, capacity;
    struct stat st;
    FILE *in;
    gly_status status;

    unlink(to);
    if (link(from, to) == 0)
        return GLY_OK;
    in = errno == ENOENT ? NULL : fopen(from, "re");
    if (!in || fstat(fileno(in), &st) < 0) {
        status = failed(f, "take over", from);
    } else {
        capacity = (size_t)st.st_size;
        bytes = malloc(capacity + 1);
        length = bytes ? fread(bytes, 1, capacity, in) : 0;
        status = !bytes ? GLY_ENOMEM : length < capacity ? failed(f, "read", from)
                                     : store(f, to, (gly_str){ bytes, (uint32_t)length });
        free(bytes);
    }
    if (in)
        fclose(in);
    return status;
}

/* A page of the present edition that keeps its name stays where it is. */
static gly_status keep_page(folder *f, const folder *from, const char *wanted, uint64_t number)
{
    char was[MOST_LINE], name[MOST_LINE], old_path[MOST_PATH], path[MOST_PATH];
    uint64_t now;
    gly_status status = give_name(&f->given, wanted, name, &now);

    if (status == GLY_OK)
        status = keep_name(f, wanted);
    if (status < 0 || (from == f && now == number))
        return status;
    numbered(wanted, number, was);
    page_path(from, false, was, old_path);
    page_path(f, f->beside, name, path);
    return link_page(f, old_path, path);
}

gly_status folder_keep(folder *f, folder *other, uint64_t begin, uint64_t end)
{
    folder *from = other ? other : f;
    gly_status status = look_up_present(from);

    for (size_t i = status == GLY_OK ? page_at(from, begin) : 0; status == GLY_OK && begin < end; i++) {
        uint64_t next = i + 1 < from->page_count ? from->pages[i + 1].at : from->present_length;
        char wanted[MOST_LINE];

        if (i >= from->page_count || from->pages[i].at != begin || next - begin > sizeof wanted ||
            pread(from->present, wanted, next - begin, (off_t)begin) != (ssize_t)(next - begin))
            return gly_fail(f->host, f->stage, NULL, GLY_EINPUT,
                            "'%s" LIST "' is not as the last run left it; run with --fresh", from->path);
        wanted[next - begin - 1] = '\0';
        status = keep_page(f, from, wanted, from->pages[i].number);
        begin = next;
    }
    return status;
}

/* ---- editions ------------------------------------------------------------------------------ */

static void next_folder(const folder *f, char *path)
{
    snprintf(path, MOST_PATH, "%s" NEXT, f->path);
}

static gly_status begin_edition(folder *f)
{
    char path[MOST_PATH], list[MOST_PATH];

    next_folder(f, path);
    list_path(f, true, list);
    if (!sinkfile_make_parents(list) || (mkdir(path, 0777) < 0 && errno != EEXIST))
        return failed(f, "make", path);
    f->beside = true;
    return GLY_OK;
}

/* The hidden folder and whatever is left in it. */
static void clear_next(const folder *f)
{
    char path[MOST_PATH], file[MOST_PATH + 256];
    struct dirent *entry;
    DIR *all;

    next_folder(f, path);
    all = opendir(path);
    while (all && (entry = readdir(all)) != NULL) {
        snprintf(file, sizeof file, "%s/%s", path, entry->d_name);
        unlink(file);
    }
    if (all)
        closedir(all);
    rmdir(path);
}

/* Pages of the present edition that the next one has no more. */
static gly_status remove_gone(const folder *f, const char *present, names *kept)
{
    listing l;
    gly_status status = GLY_OK;

    if (!listing_open(&l, present))
        return errno == ENOENT ? GLY_OK : failed(f, "read", present);
    while (status == GLY_OK && (status = listing_next(&l)) == GLY_OK) {
        uint64_t before;

        status = names_take(kept, (gly_str){ l.name, (uint32_t)strlen(l.name) }, &before);
        if (status == GLY_OK && before == 0)
            status = remove_page(f, false, l.name);
    }
    listing_close(&l);
    return status == GLY_END ? GLY_OK : status;
}

/* Over all names of the next edition: notes them, or moves their pages in place. */
static gly_status over_next(const folder *f, const char *next, names *noted)
{
    char from[MOST_PATH], to[MOST_PATH];
    listing l;
    gly_status status = GLY_OK;

    if (!listing_open(&l, next))
        return failed(f, "read", next);
    while (status == GLY_OK && (status = listing_next(&l)) == GLY_OK) {
        uint64_t before;

        page_path(f, true, l.name, from);
        page_path(f, false, l.name, to);
        if (noted)
            status = names_take(noted, (gly_str){ l.name, (uint32_t)strlen(l.name) }, &before);
        else if (rename(from, to) < 0 && errno != ENOENT)
            status = failed(f, "rename", from);
    }
    listing_close(&l);
    return status == GLY_END ? GLY_OK : status;
}

static gly_status publish(folder *f)
{
    char present[MOST_PATH], next[MOST_PATH];
    names kept = { 0 };
    gly_status status;

    list_path(f, false, present);
    list_path(f, true, next);
    forget_present(f);
    if (access(next, F_OK) < 0 && errno == ENOENT) { /* it was done before */
        clear_next(f);
        return GLY_OK;
    }
    status = over_next(f, next, &kept);
    if (status == GLY_OK)
        status = remove_gone(f, present, &kept);
    names_free(&kept);
    if (status == GLY_OK)
        status = over_next(f, next, NULL);
    if (status == GLY_OK)
        status = folder_flush(f);
    if (status == GLY_OK && rename(next, present) < 0)
        status = failed(f, "rename", next);
    if (status == GLY_OK && !sinkfile_sync_folder(present))
        status = failed(f, "store", f->path);
    if (status == GLY_OK) {
        clear_next(f);
        f->beside = false;
    }
    return status;
}

gly_status folder_edition(folder *f, gly_edition step)
{
    char list[MOST_PATH];

    if (step == GLY_EDITION_BEGIN)
        return begin_edition(f);
    if (step == GLY_EDITION_PUBLISH)
        return publish(f);
    list_path(f, true, list);
    if (unlink(list) < 0 && errno != ENOENT)
        return failed(f, "remove", list);
    clear_next(f);
    f->beside = false;
    return GLY_OK;
}
