/* shard - which inputs, and the file that says so afterwards. */
#include "run/shard.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "base/hash.h"
#include "base/memory.h"
#include "run/fingerprint.h"
#include "run/journal.h"

enum { FORMAT = 1 };
#define MAGIC "glyshard"

bool shard_parse(const char *text, shard *s)
{
    char *end = NULL;
    long number = text[0] >= '0' && text[0] <= '9' ? strtol(text, &end, 10) : 0, count;

    if (!end || end[0] != '/' || end[1] < '0' || end[1] > '9')
        return false;
    count = strtol(end + 1, &end, 10);
    if (*end || number < 1 || number > count || count > SHARDS_MOST)
        return false;
    *s = (shard){ (uint32_t)number, (uint32_t)count };
    return true;
}

bool shard_takes(const shard *s, uint64_t key)
{
    return key % s->count == s->number - 1;
}

char *shard_folder(const char *out, const shard *s)
{
    return memory_format("%s/shards/%u-of-%u", out, s->number, s->count);
}

char *shard_config(const char *folder)
{
    return memory_format("%s/.galley/whole.cfg", folder);
}

static char *log_path(const char *folder)
{
    return memory_format("%s/.galley/shard", folder);
}

static uint64_t check_of(const shard_head *head, uint64_t places)
{
    return hash64(head, offsetof(shard_head, check), places);
}

/* ---- while it runs --------------------------------------------------------------------- */

static bool complain(const char *path)
{
    fprintf(stderr, "%s: error: cannot be written: %s; free some room, then run again: it goes on from here\n", path,
            strerror(errno));
    return false;
}

/* As a string of a config. */
static void print_string(FILE *f, const char *text)
{
    fputc('"', f);
    for (; *text; text++)
        fputs(*text == '"' || *text == '\\' ? (char[]){ '\\', *text, '\0' } : (char[]){ *text, '\0' }, f);
    fputc('"', f);
}

static bool write_config(const char *folder, const plan *whole)
{
    char *path = shard_config(folder), *text = NULL;
    size_t length = 0;
    FILE *f = open_memstream(&text, &length);
    bool written = f != NULL;

    if (f) {
        fprintf(f, "# what the shards are parts of, as galley merge reads it\nvars = { out = ");
        print_string(f, whole->out);
        fputs("; };\n", f);
        plan_print_resolved(whole, f);
        written = fclose(f) == 0 && files_make_folders(path) && files_replace(path, text, length);
    }
    if (!written)
        complain(path);
    free(path);
    free(text);
    return written;
}

bool shard_begin(shard_log *l, const shard *s, const char *out, const plan *whole)
{
    *l = (shard_log){ .shard = s, .path = log_path(out),
                      .head = { MAGIC, FORMAT, s->number, s->count, 0, fingerprint(whole), 0, 0, 0, 0 } };
    l->part = memory_format("%s.part", l->path);
    if (!write_config(out, whole))
        return false;
    if (unlink(l->path) < 0 && errno != ENOENT)
        return complain(l->path);
    l->file = fopen(l->part, "we");
    if (!l->file || fwrite(&l->head, sizeof l->head, 1, l->file) != 1)
        return complain(l->part);
    return true;
}

bool shard_meets(shard_log *l, gly_str uri)
{
    uint64_t at = l->head.seen++;

    l->head.names = hash64(uri.len ? uri.ptr : "", uri.len, l->head.names + 1);
    if (!shard_takes(l->shard, journal_key(uri)))
        return false;
    l->head.taken++;
    l->head.check = hash64(&at, sizeof at, l->head.check);
    l->failed |= fwrite(&at, sizeof at, 1, l->file) != 1;
    return true;
}

static bool finish(shard_log *l)
{
    l->head.check = check_of(&l->head, l->head.check);
    return !l->failed && fflush(l->file) == 0 &&
           pwrite(fileno(l->file), &l->head, sizeof l->head, 0) == sizeof l->head && fdatasync(fileno(l->file)) == 0 &&
           rename(l->part, l->path) == 0;
}

bool shard_end(shard_log *l, bool finished)
{
    bool good = true;

    if (l->file) {
        good = !finished || finish(l) || complain(l->path);
        fclose(l->file);
        if (!finished || !good)
            unlink(l->part);
    }
    free(l->path);
    free(l->part);
    return good;
}

/* ---- afterwards ------------------------------------------------------------------------ */

static bool read_places(int file, const shard_head *head, uint64_t *places)
{
    size_t length = head->taken * sizeof *places, done = 0;
    uint64_t check = 0;

    while (done < length) {
        ssize_t n = pread(file, (char *)places + done, length - done, (off_t)(sizeof *head + done));

        if (n == 0 || (n < 0 && errno != EINTR))
            return false;
        done += n > 0 ? (size_t)n : 0;
    }
    for (uint64_t i = 0; i < head->taken; i++)
        check = hash64(&places[i], sizeof places[i], check);
    return check_of(head, check) == head->check;
}

static bool read_head(int file, shard_head *head)
{
    struct stat st;

    return pread(file, head, sizeof *head, 0) == sizeof *head && memcmp(head->magic, MAGIC, sizeof head->magic) == 0 &&
           head->format == FORMAT && fstat(file, &st) == 0 && st.st_size >= (off_t)sizeof *head &&
           head->taken == ((uint64_t)st.st_size - sizeof *head) / sizeof(uint64_t);
}

shard_state shard_read(const char *folder, shard_head *head, uint64_t **places)
{
    char *path = log_path(folder);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    shard_state state = file < 0 ? SHARD_UNFINISHED : SHARD_DAMAGED;

    *places = NULL;
    if (file >= 0 && read_head(file, head)) {
        *places = memory_new((head->taken + 1) * sizeof **places);
        if (read_places(file, head, *places))
            state = SHARD_FINISHED;
    }
    if (file >= 0)
        close(file);
    free(path);
    return state;
}
