/* merge - what is there, and whether it is all; merge_write.c puts it together. */
#include "run/merge.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "run/ledger.h"

enum { NAMES_TOLD = 10 };

__attribute__((format(printf, 2, 3)))
static void tell(merge *m, const char *format, ...)
{
    va_list values;

    fputs("galley merge: error: ", stderr);
    va_start(values, format);
    vfprintf(stderr, format, values);
    va_end(values);
    fputc('\n', stderr);
    m->problems++;
}

/* ---- finding -------------------------------------------------------------------------- */

/* "3-of-8" */
static bool read_name(const char *name, shard *s)
{
    const char *of = strstr(name, "-of-");
    char *text = of ? memory_format("%.*s/%s", (int)(of - name), name, of + 4) : NULL;
    bool good = text && shard_parse(text, s);

    free(text);
    return good;
}

static bool count_parts(merge *m, const char *path)
{
    DIR *folder = opendir(path);
    shard one;

    for (struct dirent *e; folder && (e = readdir(folder)) != NULL;) {
        if (!read_name(e->d_name, &one) || one.count == m->count)
            continue;
        if (m->count)
            tell(m, "'%s' holds shards of %u and of %u; remove the folders of those that are out of date", path,
                 m->count, one.count);
        else
            m->count = one.count;
        if (m->problems)
            break;
    }
    if (folder)
        closedir(folder);
    if (!m->count)
        tell(m, "there are no shards in '%s'; make them: galley run CONFIG INPUT -o OUT --shard 1/8, and so on", path);
    return m->problems == 0;
}

static void read_part(const merge *m, merge_part *p, uint32_t number)
{
    char *path, *log;
    struct stat st;
    pid_t owner;

    p->shard = (shard){ number, m->count };
    p->folder = shard_folder(m->out, &p->shard);
    path = ledger_path(p->folder);
    log = memory_format("%s/.galley/shard", p->folder);
    p->state = shard_read(p->folder, &p->head, &p->places);
    p->age = stat(log, &st) == 0 ? (int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec : 0;
    p->opened = journal_open(&p->journal, path, false, &owner);
    if (p->opened == JOURNAL_OPEN && flock(p->journal.file, LOCK_SH | LOCK_NB) < 0)
        p->opened = JOURNAL_LOCKED;
    free(log);
    free(path);
}

bool merge_read(merge *m, const char *out)
{
    char *path;
    bool found;

    *m = (merge){ .out = realpath(out, NULL) };
    if (!m->out) {
        tell(m, "'%s' cannot be read: %s; give the OUT of the runs", out, strerror(errno));
        return false;
    }
    path = memory_format("%s/shards", m->out);
    found = count_parts(m, path);
    free(path);
    if (!found) {
        m->count = 0;
        return false;
    }
    m->parts = memory_new(m->count * sizeof *m->parts);
    for (uint32_t i = 0; i < m->count; i++)
        read_part(m, &m->parts[i], i + 1);
    return true;
}

void merge_free(merge *m)
{
    for (uint32_t i = 0; i < m->count; i++) {
        journal_close(&m->parts[i].journal);
        free(m->parts[i].places);
        free(m->parts[i].folder);
    }
    free(m->parts);
    free(m->owners);
    free(m->out);
}

/* ---- whether all is there --------------------------------------------------------------- */

/* The command of a shard, as another shard says its own. To be freed. */
static char *command_of(const merge *m, const merge_part *p)
{
    for (uint32_t i = 0; i < m->count; i++) {
        const char *command = m->parts[i].opened == JOURNAL_FAILED ? NULL : m->parts[i].journal.command;
        const char *flag = command ? strstr(command, "--shard") : NULL;
        const char *value = flag ? flag + strlen("--shard") + 1 : NULL;

        if (value)
            return memory_format("%.*s%u/%u%s", (int)(value - command), command, p->shard.number, p->shard.count,
                                 value + strcspn(value, " '"));
    }
    return memory_format("galley run CONFIG INPUT -o '%s' --shard %u/%u", m->out, p->shard.number, p->shard.count);
}

static void tell_part(merge *m, const merge_part *p, const char *what)
{
    char *command = command_of(m, p);

    tell(m, "shard %u/%u %s: %s", p->shard.number, p->shard.count, what, command);
    free(command);
}

/* The one that finished last knows the inputs best. */
static const merge_part *newest(const merge *m)
{
    const merge_part *best = NULL;

    for (uint32_t i = 0; i < m->count; i++)
        if (m->parts[i].state == SHARD_FINISHED && (!best || m->parts[i].age > best->age))
            best = &m->parts[i];
    return best;
}

static uint64_t entries_of(const merge_part *p)
{
    journal_cursor at = { .segment = 0 };
    journal_entry e;
    uint64_t count = 0;

    while (journal_next(&p->journal, &at, &e))
        count += !e.vanished;
    return count;
}

static void check_part(merge *m, const merge_part *p, const merge_part *newest)
{
    if (access(p->folder, F_OK) < 0)
        tell_part(m, p, "is missing; run it");
    else if (p->opened == JOURNAL_LOCKED)
        tell(m, "shard %u/%u is being written; wait for the end of its run", p->shard.number, p->shard.count);
    else if (p->opened == JOURNAL_FAILED || p->state == SHARD_UNFINISHED)
        tell_part(m, p, "was not run to its end; run it again, it goes on from there");
    else if (p->state == SHARD_DAMAGED || p->journal.damage_count)
        tell_part(m, p, "has a damaged journal; run it again");
    else if (p->head.number != p->shard.number || p->head.count != p->shard.count)
        tell(m, "'%s' holds shard %u/%u; put the folders back under their own names", p->folder, p->head.number,
             p->head.count);
    else if (p->head.pipeline != newest->head.pipeline)
        tell_part(m, p, "was made by another config or version than the newest; run it again");
    else if (p->head.names != newest->head.names || p->head.seen != newest->head.seen)
        tell_part(m, p, "has seen other inputs than the newest; run it again");
    else if (entries_of(p) != p->head.taken)
        tell_part(m, p, "has a journal that is not of its last run; run it again");
}

/* ---- whether it is there once ------------------------------------------------------------- */

typedef struct named {
    uint64_t key;
    uint32_t part;
} named;

static int by_key(const void *a, const void *b)
{
    const named *x = a, *y = b;

    return x->key != y->key ? (x->key > y->key) - (x->key < y->key) : (x->part > y->part) - (x->part < y->part);
}

static void tell_name(merge *m, const named *a, const named *b, uint64_t *told)
{
    const merge_part *p = &m->parts[a->part];
    journal_cursor at = { .segment = 0 };
    journal_entry e;

    if ((*told)++ >= NAMES_TOLD)
        return;
    while (journal_next(&p->journal, &at, &e) && e.key != a->key)
        ;
    if (b)
        tell(m, "'%.*s' is there twice, in shard %u/%u and in %u/%u; run both again with --fresh", (int)e.name.len,
             e.name.ptr, p->shard.number, m->count, m->parts[b->part].shard.number, m->count);
    else
        tell(m, "'%.*s' is in shard %u/%u and belongs into %u/%u; run both again with --fresh", (int)e.name.len,
             e.name.ptr, p->shard.number, m->count, (uint32_t)(a->key % m->count) + 1, m->count);
}

static void count_entry(merge *m, const journal_entry *e)
{
    m->outcomes[e->outcome < OUTCOMES ? e->outcome : OUTCOME_FAILED]++;
    m->children += e->outcome == OUTCOME_SPLIT ? e->children : 0;
}

/* Each name in its shard, and in no other. */
static void check_names(merge *m)
{
    named *all = memory_new((m->seen + 1) * sizeof *all);
    uint64_t count = 0, told = 0;

    for (uint32_t i = 0; i < m->count; i++) {
        journal_cursor at = { .segment = 0 };
        journal_entry e;

        while (journal_next(&m->parts[i].journal, &at, &e)) {
            if (e.vanished || count == m->seen)
                continue;
            all[count] = (named){ e.key, i };
            if (!shard_takes(&m->parts[i].shard, e.key))
                tell_name(m, &all[count], NULL, &told);
            count_entry(m, &e);
            count++;
        }
    }
    qsort(all, count, sizeof *all, by_key);
    for (uint64_t i = 1; i < count; i++)
        if (all[i].key == all[i - 1].key)
            tell_name(m, &all[i - 1], &all[i], &told);
    if (told > NAMES_TOLD)
        tell(m, "and %" PRIu64 " more names", told - NAMES_TOLD);
    free(all);
}

/* Each place is taken, and once. */
static void check_places(merge *m)
{
    uint64_t taken = 0;

    m->owners = memory_new((m->seen + 1) * sizeof *m->owners);
    memset(m->owners, 0xFF, m->seen * sizeof *m->owners);
    for (uint32_t i = 0; i < m->count && !m->problems; i++) {
        const merge_part *p = &m->parts[i];

        for (uint64_t k = 0; k < p->head.taken && !m->problems; k++) {
            if (p->places[k] >= m->seen || m->owners[p->places[k]] != UINT32_MAX || (k && p->places[k] <= p->places[k - 1]))
                tell_part(m, p, "has places that another shard has; run it again");
            else
                m->owners[p->places[k]] = i;
        }
        taken += p->head.taken;
    }
    if (!m->problems && taken != m->seen)
        tell(m, "the shards have %" PRIu64 " inputs of %" PRIu64 "; run all again", taken, m->seen);
}

bool merge_verify(merge *m)
{
    const merge_part *best = newest(m);

    for (uint32_t i = 0; i < m->count; i++)
        check_part(m, &m->parts[i], best);
    if (m->problems)
        return false;
    m->seen = best->head.seen;
    check_names(m);
    if (!m->problems)
        check_places(m);
    return m->problems == 0;
}
