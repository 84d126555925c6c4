/* journal - opening, locking, and what is written. */
#include "run/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/files.h"
#include "base/hash.h"
#include "base/memory.h"
#include "run/journal_format.h"

/* ---- bytes that grow ------------------------------------------------------------------- */

static char *room(char **bytes, size_t *length, size_t *capacity, size_t more)
{
    char *at;

    if (*length + more > *capacity)
        *bytes = memory_resize(*bytes, *capacity = (*length + more) * 2, 1);
    at = *bytes + *length;
    *length += more;
    return at;
}

static void put(journal_batch *b, const void *bytes, size_t length)
{
    if (length)
        memcpy(room(&b->bytes, &b->length, &b->capacity, length), bytes, length);
}

static char *put_number_at(char *at, uint64_t value)
{
    for (; value >= 0x80; value >>= 7)
        *at++ = (char)(value | 0x80);
    *at++ = (char)value;
    return at;
}

static void put_number(journal_batch *b, uint64_t value)
{
    char bytes[10];

    put(b, bytes, (size_t)(put_number_at(bytes, value) - bytes));
}

/* ---- frames ---------------------------------------------------------------------------- */

/* Nothing may be appended to half a frame. */
static void take_back(int file, off_t end)
{
    int error = errno;

    if (end < 0 || ftruncate(file, end) < 0)
        fsync(file); /* the next reader drops it, or names it as damaged */
    errno = error;
}

/* One write for a frame, then it is made durable. The payload comes in two parts. */
static bool write_frame(journal *j, frame f, const char *begin, size_t length, const char *rest, size_t more)
{
    bool lasts = f.kind != FRAME_ENDED; /* without it one crash too many is counted */
    size_t payload = length + more;
    off_t end = lseek(j->file, 0, SEEK_END);
    char *whole = memory_new(sizeof f + payload);
    bool written;

    memcpy(f.magic, FRAME_MAGIC, sizeof f.magic);
    f.length = (uint32_t)payload;
    f.sinks = j->sinks;
    f.pipeline = j->pipeline;
    if (length)
        memcpy(whole + sizeof f, begin, length);
    if (more)
        memcpy(whole + sizeof f + length, rest, more);
    f.payload = crc32c(whole + sizeof f, payload);
    f.head = crc32c(&f, offsetof(frame, head));
    memcpy(whole, &f, sizeof f);
    written = files_write(j->file, whole, sizeof f + payload) && (!lasts || fdatasync(j->file) == 0);
    if (!written)
        take_back(j->file, end);
    j->ended = written && f.kind == FRAME_ENDED;
    free(whole);
    return written;
}

/* Behind the head: the command with its NUL, from, the stages. To be freed. */
static char *title_rest(const journal_title *t, size_t *length)
{
    size_t command = strlen(t->command) + 1, stages = t->stage_count * sizeof *t->stages;
    char *rest = memory_new(command + sizeof t->from + stages);

    memcpy(rest, t->command, command);
    memcpy(rest + command, &t->from, sizeof t->from);
    if (stages)
        memcpy(rest + command + sizeof t->from, t->stages, stages);
    *length = command + sizeof t->from + stages;
    return rest;
}

bool journal_begin(journal *j, const journal_title *t, const uint64_t *positions)
{
    pipeline_head head = { JOURNAL_FORMAT, (uint64_t)getpid(), t->retries };
    size_t length;
    char *rest;
    bool written;

    if (ftruncate(j->file, 0) < 0)
        return false;
    j->pipeline = t->pipeline;
    j->sinks = t->sinks;
    j->count = j->next = j->segment_count = j->damage_count = 0;
    memcpy(j->ends, positions, t->sinks * sizeof *positions);
    rest = title_rest(t, &length);
    written = write_frame(j, (frame){ .kind = FRAME_PIPELINE }, (const char *)&head, sizeof head, rest, length);
    free(rest);
    return written;
}

bool journal_complete(journal *j, bool beside)
{
    j->complete = write_frame(j, (frame){ .kind = FRAME_COMPLETE, .count = beside }, NULL, 0, NULL, 0);
    return j->complete;
}

bool journal_rewind(journal *j, uint64_t ordinal, const uint64_t *positions)
{
    journal_forget(j, ordinal);
    memcpy(j->ends, positions, j->sinks * sizeof *positions);
    return write_frame(j, (frame){ .kind = FRAME_REWIND, .first = ordinal }, NULL, 0, NULL, 0);
}

bool journal_say_begun(journal *j)
{
    uint64_t process = (uint64_t)getpid();

    return write_frame(j, (frame){ .kind = FRAME_BEGUN }, (const char *)&process, sizeof process, NULL, 0);
}

bool journal_say_ended(journal *j)
{
    return write_frame(j, (frame){ .kind = FRAME_ENDED }, (const char *)&j->inputs, sizeof j->inputs,
                       (const char *)j->sizes, j->sinks * sizeof *j->sizes);
}

bool journal_say_in_hand(journal *j, gly_str uri)
{
    char name[JOURNAL_NAME];

    return write_frame(j, (frame){ .kind = FRAME_HAND }, name, journal_name(uri, name), NULL, 0);
}

/* ---- entries ---------------------------------------------------------------------------- */

static void put_name(journal_batch *b, gly_str uri)
{
    char name[JOURNAL_NAME];
    uint32_t length = journal_name(uri, name), shared = 0;

    while (shared < length && shared < b->name_length && name[shared] == b->name[shared])
        shared++;
    put_number(b, shared);
    put_number(b, length - shared);
    put(b, name + shared, length - shared);
    memcpy(b->name + shared, name + shared, length - shared);
    b->name_length = length;
}

static bool told_here(const journal_batch *b, size_t offset, gly_str stage, gly_str reason)
{
    const char *at = b->texts + offset;

    return strlen(at) == stage.len && memcmp(at, stage.ptr, stage.len) == 0 &&
           strlen(at + stage.len + 1) == reason.len && memcmp(at + stage.len + 1, reason.ptr, reason.len) == 0;
}

static gly_str whole_text(gly_str s)
{
    return s.len ? (gly_str){ s.ptr, (uint32_t)strnlen(s.ptr, s.len) } : GLY_LIT("");
}

static void put_texts(journal_batch *b, gly_str stage, gly_str reason)
{
    const uint32_t kept = sizeof b->told / sizeof *b->told;
    char *at;

    stage = whole_text(stage);
    reason = whole_text(reason);
    for (uint32_t i = 0; i < kept && i < b->tellings; i++)
        if (told_here(b, b->told[i], stage, reason)) {
            put_number(b, b->told[i]);
            return;
        }
    b->told[b->tellings++ % kept] = b->texts_length;
    put_number(b, b->texts_length);
    at = room(&b->texts, &b->texts_length, &b->texts_capacity, (size_t)stage.len + reason.len + 2);
    memcpy(at, stage.ptr, stage.len);
    at[stage.len] = '\0';
    memcpy(at + stage.len + 1, reason.ptr, reason.len);
    at[stage.len + 1 + reason.len] = '\0';
}

void journal_add(journal *j, gly_str uri, const journal_entry *e)
{
    journal_batch *b = j->batch;
    bool odd = e->attempts > 1 || e->vanished, told = e->stage.len || e->reason.len;
    unsigned char head[2] = { (unsigned char)(e->outcome | (e->stamp ? ENTRY_STAMPED : 0) |
                                              (e->content ? ENTRY_HASHED : 0) | (told ? ENTRY_TOLD : 0) |
                                              (e->children ? ENTRY_CHILDREN : 0) | (odd ? ENTRY_ODD : 0)),
                              journal_pack_time(e->nanoseconds) };

    if (b->count++ == 0)
        memcpy(b->begins, j->ends, sizeof b->begins);
    put(b, head, sizeof head);
    put_name(b, uri);
    put(b, &e->stamp, e->stamp ? STAMP_BYTES : 0);
    put(b, &e->content, e->content ? sizeof e->content : 0);
    for (uint16_t i = 0; i < j->sinks; i++) {
        put_number(b, e->ends[i] - j->ends[i]);
        j->ends[i] = e->ends[i];
    }
    if (told)
        put_texts(b, e->stage, e->reason);
    if (e->children)
        put_number(b, e->children);
    if (odd)
        put_number(b, (uint64_t)e->attempts * 2 + e->vanished);
}

bool journal_has_batch(const journal *j)
{
    return j->batch->count > 0;
}

bool journal_commit(journal *j)
{
    journal_batch *b = j->batch;
    char head[10 * (1 + JOURNAL_SINKS)], *at = put_number_at(head, b->length);
    char *payload;
    size_t length;
    struct stat st;
    bool written;

    if (b->count == 0)
        return true;
    if (fstat(j->file, &st) == 0 && st.st_nlink == 0) { /* somebody has removed it */
        errno = ENOENT;
        return false;
    }
    for (uint16_t i = 0; i < j->sinks; i++)
        at = put_number_at(at, b->begins[i]);
    length = (size_t)(at - head) + b->length;
    payload = memory_new(length);
    memcpy(payload, head, (size_t)(at - head));
    memcpy(payload + (at - head), b->bytes, b->length);
    written = write_frame(j, (frame){ .kind = FRAME_BATCH, .count = b->count, .first = j->next }, payload, length,
                          b->texts, b->texts_length);
    free(payload);
    j->count += b->count;
    j->next += b->count;
    b->length = b->texts_length = 0;
    b->count = b->tellings = b->name_length = 0;
    return written;
}

/* ---- opening ------------------------------------------------------------------------- */

static bool load(journal *j)
{
    struct stat st;
    void *all;

    if (fstat(j->file, &st) < 0)
        return false;
    if (st.st_size == 0)
        return true;
    all = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, j->file, 0);
    if (all == MAP_FAILED)
        return false;
    j->loaded = all;
    j->mapped = (size_t)st.st_size;
    journal_read(j);
    return true;
}

bool journal_reload(journal *j)
{
    if (j->loaded)
        munmap(j->loaded, j->mapped);
    j->loaded = NULL;
    j->pipeline = j->count = j->next = 0;
    j->crashes = j->strikes = 0;
    j->hand = j->inputs = 0;
    j->ended = false;
    j->mapped = j->size = j->segment_count = j->damage_count = 0;
    return load(j);
}

/* Workers of a run that was killed hold the lock until they have noticed; that run
 * itself may still be there for a moment, dead but not yet waited for. */
static journal_status lock(journal *j, pid_t *owner)
{
    enum { TRIES = 50, LIVING = 10 };

    for (int tries = TRIES; flock(j->file, LOCK_EX | LOCK_NB) < 0; tries--) {
        if (errno != EWOULDBLOCK || !journal_reload(j))
            return JOURNAL_FAILED;
        *owner = j->process;
        if (tries == 0 || (tries <= TRIES - LIVING && (kill(j->process, 0) == 0 || errno != ESRCH)))
            return JOURNAL_LOCKED;
        nanosleep(&(struct timespec){ 0, 10 * 1000 * 1000 }, NULL);
    }
    return JOURNAL_OPEN;
}

/* A run that has just ended may have put another journal in the place of this. */
static bool is_still_there(const journal *j, const char *path)
{
    struct stat open_one, named;

    return fstat(j->file, &open_one) == 0 && stat(path, &named) == 0 && open_one.st_ino == named.st_ino &&
           open_one.st_dev == named.st_dev;
}

journal_status journal_open(journal *j, const char *path, bool create, pid_t *owner)
{
    int flags = create ? O_RDWR | O_CREAT | O_APPEND : O_RDONLY;
    journal_status status;

    *j = (journal){ .file = open(path, flags | O_CLOEXEC, 0666) };
    j->batch = memory_new(sizeof *j->batch);
    if (j->file < 0)
        return JOURNAL_FAILED;
    if (create && (status = lock(j, owner)) != JOURNAL_OPEN)
        return status;
    if (create && !is_still_there(j, path)) {
        journal_close(j);
        return journal_open(j, path, create, owner);
    }
    if (!journal_reload(j) || (create && j->size < j->mapped && ftruncate(j->file, (off_t)j->size) < 0))
        return JOURNAL_FAILED;
    return JOURNAL_OPEN;
}

void journal_close(journal *j)
{
    if (j->loaded)
        munmap(j->loaded, j->mapped);
    if (j->file >= 0)
        close(j->file);
    free(j->batch->bytes);
    free(j->batch->texts);
    free(j->batch);
    free(j->segments);
    free(j->damages);
    free(j->command);
    free(j->stages);
}
