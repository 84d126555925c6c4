/* quarantine - bytes and notes of documents that failed, kept in step with the journal. */
#include "run/quarantine.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/files.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/shell.h"

enum { MOST_STEM = 80, MOST_SUFFIX = 8, KEY_DIGITS = 16 };

typedef enum fate {
    FATE_OPEN,    /* nothing is known of its input yet      */
    FATE_STAYS,   /* its input failed and is passed over    */
    FATE_WRITTEN, /* this run has written it anew           */
    FATE_ENDS     /* goes after the next commit             */
} fate;

typedef struct quarantined { /* a file of an earlier run */
    uint64_t key;            /* hash of the input's uri  */
    char    *name;
    uint64_t bytes;
    bool     note;
    fate     fate;
} quarantined;

char *quarantine_folder(const char *out)
{
    return memory_format("%s/quarantine", out);
}

bool quarantine_wants(const plan *p, uint16_t stage)
{
    return p->out && p->stages[stage].on_error == ON_ERROR_QUARANTINE;
}

static bool complain(const char *path)
{
    fprintf(stderr, "%s: error: cannot be written: %s; free some room, then run again: it goes on from here\n",
            path, strerror(errno));
    return false;
}

/* ---- names --------------------------------------------------------------------------- */

uint64_t quarantine_key(gly_str uri)
{
    return hash64(uri.len ? uri.ptr : "", uri.len, 0);
}

static gly_str last_part(gly_str uri)
{
    uint32_t at = uri.len;

    while (at > 0 && uri.ptr[at - 1] != '/')
        at--;
    return gly_slice(uri, (gly_range){ at, uri.len });
}

static bool is_plain(char c)
{
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

/* Where ".txt" begins, or the end when there is no suffix. */
static uint32_t suffix_at(gly_str name, uint32_t end)
{
    uint32_t at = end;

    while (at > 0 && end - at <= MOST_SUFFIX && is_plain(name.ptr[at - 1]))
        at--;
    return at > 1 && at < end && name.ptr[at - 1] == '.' ? at - 1 : end;
}

/* A packed file keeps what it packs: ".txt.gz". */
static gly_str suffix_of(gly_str name)
{
    uint32_t at = suffix_at(name, name.len);

    if (name.len - at == 3 && memcmp(name.ptr + at, ".gz", 3) == 0)
        at = suffix_at(name, at);
    return gly_slice(name, (gly_range){ at, name.len });
}

char *quarantine_name(gly_str input, gly_str uri, uint32_t child)
{
    gly_str name = last_part(uri), suffix = suffix_of(name);
    char stem[MOST_STEM + 1], number[16] = "";
    uint32_t length = name.len - suffix.len < MOST_STEM ? name.len - suffix.len : MOST_STEM;

    for (uint32_t i = 0; i < length; i++)
        stem[i] = is_plain(name.ptr[i]) || (i && (name.ptr[i] == '.' || name.ptr[i] == '-')) ? name.ptr[i] : '_';
    if (child)
        snprintf(number, sizeof number, "-%" PRIu32, child);
    return memory_format("%.*s.%016" PRIx64 "%s%.*s", (int)length, stem, quarantine_key(input), number,
                         (int)suffix.len, suffix.len ? suffix.ptr : "");
}

/* The last ".KEY" or ".KEY-NUMBER" that a '.' or the end follows. */
bool quarantine_read_name(const char *name, uint64_t *key, uint32_t *child)
{
    for (const char *at = strrchr(name, '.'); at; at = at > name ? memrchr(name, '.', (size_t)(at - name)) : NULL) {
        size_t digits = strspn(at + 1, "0123456789abcdef");
        const char *end = at + 1 + digits;

        if (*end == '-' && strspn(end + 1, "0123456789"))
            end += 1 + strspn(end + 1, "0123456789");
        if (digits != KEY_DIGITS || (*end && *end != '.'))
            continue;
        *key = strtoull(at + 1, NULL, 16);
        *child = at[1 + KEY_DIGITS] == '-' ? (uint32_t)strtoul(at + 2 + KEY_DIGITS, NULL, 10) : 0;
        return true;
    }
    return false;
}

static bool ends_in(const char *name, const char *suffix)
{
    size_t length = strlen(name), more = strlen(suffix);

    return length > more && strcmp(name + length - more, suffix) == 0;
}

/* ---- what earlier runs left ------------------------------------------------------------ */

static int by_key(const void *a, const void *b)
{
    const quarantined *x = a, *y = b;

    return x->key < y->key ? -1 : x->key > y->key;
}

static void remember(quarantine *q, int folder, const char *name)
{
    quarantined one = { .fate = FATE_OPEN };
    struct stat st;
    uint32_t child;

    if (!quarantine_read_name(name, &one.key, &child) || fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) < 0 || !S_ISREG(st.st_mode))
        return;
    if (ends_in(name, ".part")) {
        unlinkat(folder, name, 0);
        return;
    }
    one.name = memory_text(name);
    one.bytes = (uint64_t)st.st_size;
    one.note = ends_in(name, QUARANTINE_NOTE);
    if ((q->old_count & (q->old_count - 1)) == 0)
        q->old = memory_resize(q->old, 2 * q->old_count + 1, sizeof *q->old);
    q->old[q->old_count++] = one;
}

void quarantine_open(quarantine *q, const plan *p, const char *again, const char *command)
{
    struct dirent *entry;
    DIR *folder;

    *q = (quarantine){ .plan = p, .again = again, .command = command };
    if (!p->out)
        return;
    q->folder = quarantine_folder(p->out);
    folder = opendir(q->folder);
    while (folder && (entry = readdir(folder)) != NULL)
        remember(q, dirfd(folder), entry->d_name);
    if (folder)
        closedir(folder);
    if (q->old_count)
        qsort(q->old, q->old_count, sizeof *q->old, by_key);
}

/* The first file of this input; NULL: none. */
static quarantined *first_of(const quarantine *q, uint64_t key)
{
    size_t low = 0, high = q->old_count;

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (q->old[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low < q->old_count && q->old[low].key == key ? &q->old[low] : NULL;
}

static void decide(quarantine *q, gly_str uri, fate what)
{
    uint64_t key = quarantine_key(uri);

    for (quarantined *f = first_of(q, key); f && f < q->old + q->old_count && f->key == key; f++) {
        if (f->fate != FATE_OPEN)
            continue;
        f->fate = what;
        q->ends |= what == FATE_ENDS;
        q->kept += what == FATE_STAYS && f->note;
        q->bytes += what == FATE_STAYS && !f->note ? f->bytes : 0;
    }
}

bool quarantine_holds(const quarantine *q, gly_str uri)
{
    return q->old_count && first_of(q, quarantine_key(uri));
}

void quarantine_pass(quarantine *q, gly_str uri, outcome what)
{
    if (q->old_count)
        decide(q, uri, what == OUTCOME_FAILED || what == OUTCOME_SPLIT ? FATE_STAYS : FATE_ENDS);
}

static void mark_written(const quarantine *q, uint64_t key, const char *name)
{
    for (quarantined *f = first_of(q, key); f && f < q->old + q->old_count && f->key == key; f++)
        if (strcmp(f->name, name) == 0)
            f->fate = FATE_WRITTEN;
}

static void remove_all(quarantine *q, fate least)
{
    for (size_t i = 0; i < q->old_count; i++) {
        quarantined *f = &q->old[i];
        char *path;

        if (f->fate != FATE_ENDS && f->fate != least)
            continue;
        path = memory_format("%s/%s", q->folder, f->name);
        unlink(path);
        free(path);
        f->fate = FATE_WRITTEN;
    }
    q->ends = false;
}

/* ---- notes -------------------------------------------------------------------------------- */

static void print_text(FILE *f, const char *name, gly_str value)
{
    char *text = memory_copy(value.len ? value.ptr : "", value.len);

    fprintf(f, ",\n \"%s\": ", name);
    json_print(f, text);
    free(text);
}

/* The file that the input is, absolute; NULL: it is none. Its locator is a path
 * when it ends as the uri does. To be freed. */
static char *path_of(const plan *p, const carried *c)
{
    gly_str uri = last_part(c->input), name = last_part(c->locator);
    char *path, *whole = NULL;
    struct stat st;

    if ((p->stages[0].face->ops->flags & GLY_STAGE_STDIN) || name.len == 0 || c->locator.len >= PATH_MAX ||
        !gly_str_eq(uri, name))
        return NULL;
    path = memory_copy(c->locator.ptr, c->locator.len);
    if (strlen(path) == c->locator.len && stat(path, &st) == 0 && S_ISREG(st.st_mode))
        whole = realpath(path, NULL);
    free(path);
    return whole;
}

/* The input's own file, so that it can be mended there; of a child its bytes here. */
static void print_again(FILE *f, const quarantine *q, const carried *c, const char *kept)
{
    char *path = path_of(q->plan, c), *line = NULL;
    size_t length = 0;
    FILE *words = open_memstream(&line, &length);

    if (!words)
        return;
    if (q->again && path) {
        fprintf(words, "%s ", q->again);
        shell_print(words, c->depth && kept ? kept : path);
        fputs(" --no-isolate -o ", words);
        shell_print(words, q->plan->out);
        fputs("-again", words);
    } else if (q->command) {
        fprintf(words, "%s --from-failed", q->command);
    }
    fclose(words);
    if (length)
        print_text(f, "again", (gly_str){ line, (uint32_t)length });
    free(line);
    free(path);
}

static void print_means(FILE *f, const carried *c)
{
    const struct rusage *u = c->worker;

    fprintf(f, ",\n \"attempts\": %" PRIu32 ",\n \"seconds\": %.6f", c->attempts ? c->attempts : 1,
            (double)c->nanoseconds / 1e9);
    if (c->memory)
        fprintf(f, ",\n \"memory\": %" PRIu64, c->memory);
    if (u)
        fprintf(f, ",\n \"lost_worker\": {\"peak_memory\": %ld, \"user_seconds\": %.3f, \"system_seconds\": %.3f}",
                u->ru_maxrss * 1024, (double)u->ru_utime.tv_sec + (double)u->ru_utime.tv_usec / 1e6,
                (double)u->ru_stime.tv_sec + (double)u->ru_stime.tv_usec / 1e6);
}

/* missing: why the bytes are not kept; NULL: they are in the file `name`. */
static void print_note(FILE *f, const quarantine *q, const carried *c, const char *name, const char *missing)
{
    char when[32];
    time_t now = time(NULL);
    struct tm utc;
    char *kept = memory_format("%s/%s", q->folder, name);

    strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &utc));
    fprintf(f, "{\"schema\": \"galley.quarantine/1\"");
    print_text(f, "uri", c->uri);
    if (c->depth)
        print_text(f, "input", c->input);
    fprintf(f, ",\n \"stage\": \"%s\"", q->plan->stages[c->stage].use);
    print_text(f, "reason", c->reason);
    print_means(f, c);
    fprintf(f, ",\n \"when\": \"%s\"", when);
    if (missing)
        fprintf(f, ",\n \"bytes\": null,\n \"no_bytes\": \"%s\"", missing);
    else
        fprintf(f, ",\n \"bytes\": %" PRIu32 ",\n \"file\": \"%s\"", c->raw.len, name);
    print_again(f, q, c, missing ? NULL : kept);
    fputs("}\n", f);
    free(kept);
}

/* ---- keeping -------------------------------------------------------------------------------- */

static const char *why_no_bytes(const quarantine *q, const carried *c)
{
    if (c->raw.ptr)
        return q->bytes + c->raw.len > q->plan->run.quarantine ? "there is no room for them in 'quarantine' of run = { }"
                                                               : NULL;
    if (c->worker)
        return "the worker was lost, and they could not be fetched once more";
    return "the input could not be fetched";
}

static bool put(const quarantine *q, uint64_t key, const char *name, const char *bytes, size_t length)
{
    char *path = memory_format("%s/%s", q->folder, name);
    bool written = files_replace(path, bytes, length) || complain(path);

    mark_written(q, key, name);
    free(path);
    return written;
}

static bool keep(quarantine *q, const carried *c)
{
    uint32_t child = c->depth ? q->child : 0;
    char *name = quarantine_name(c->input, c->uri, child), *note_name = memory_format("%s" QUARANTINE_NOTE, name), *note = NULL;
    const char *missing = why_no_bytes(q, c);
    uint64_t key = quarantine_key(c->input);
    size_t length = 0;
    FILE *f = open_memstream(&note, &length);
    bool written = f != NULL;

    if (f) {
        print_note(f, q, c, name, missing);
        fclose(f);
        if (!missing)
            written = put(q, key, name, c->raw.ptr, c->raw.len);
        written = written && put(q, key, note_name, note, length);
    }
    q->kept++;
    q->bytes += missing ? 0 : c->raw.len;
    q->unsynced = true;
    free(name);
    free(note_name);
    free(note);
    return written;
}

static bool make_folder(quarantine *q)
{
    char *inside = memory_format("%s/", q->folder);

    q->made = q->made || files_make_folders(inside);
    free(inside);
    return q->made || complain(q->folder);
}

bool quarantine_settle(quarantine *q, const carried *c)
{
    bool good = true;

    if (!q->folder)
        return true;
    q->child += c->depth > 0;
    if (c->outcome == OUTCOME_FAILED && quarantine_wants(q->plan, c->stage))
        good = make_folder(q) && keep(q, c);
    if (c->depth == 0) {
        q->child = 0;
        if (q->old_count)
            decide(q, c->input, FATE_ENDS);
    }
    return good;
}

bool quarantine_sync(quarantine *q)
{
    int folder;
    bool synced;

    if (!q->unsynced)
        return true;
    folder = open(q->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    synced = folder >= 0 && syncfs(folder) == 0;
    if (!synced)
        complain(q->folder);
    if (folder >= 0)
        close(folder);
    q->unsynced = !synced;
    return synced;
}

void quarantine_committed(quarantine *q)
{
    if (q->ends)
        remove_all(q, FATE_ENDS);
}

void quarantine_close(quarantine *q, bool whole)
{
    if (whole && q->folder)
        remove_all(q, FATE_OPEN);
    if (whole && q->folder && !q->kept)
        rmdir(q->folder); /* when nothing else lies there */
    for (size_t i = 0; i < q->old_count; i++)
        free(q->old[i].name);
    free(q->old);
    free(q->folder);
}
