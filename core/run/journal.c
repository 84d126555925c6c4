/* journal - frames: length, CRC of what follows, kind, count, payload. */
#include "run/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/memory.h"

enum { FRAME_PIPELINE = 1, FRAME_BATCH, FRAME_REWIND };
enum { FORMAT = 1, MOST_TEXT = 4096 };

typedef struct frame {
    uint32_t length;  /* of the payload                          */
    uint32_t crc;     /* of the rest of the frame and the payload */
    uint32_t kind, count;
} frame;

typedef struct packed { /* an entry; the positions of the sinks follow it */
    uint64_t key, stamp;
    uint32_t outcome, children;
} packed;

typedef struct pipeline_head {
    uint64_t hash, pid;
    uint32_t format, sinks; /* the command follows */
} pipeline_head;

typedef struct journal_batch {
    char   *bytes;
    size_t  length, capacity;
    char   *texts;            /* of failures; they come after the entries */
    size_t  texts_length, texts_capacity;
    uint32_t count;
} journal_batch;

typedef struct journal_segment {
    const char *entries;
    uint32_t    count;
} journal_segment;

static size_t entry_size(const journal *j)
{
    return sizeof(packed) + j->sinks * sizeof(uint64_t);
}

/* ---- writing ----------------------------------------------------------------------- */

static void append(char **bytes, size_t *length, size_t *capacity, const void *more, size_t size)
{
    if (*length + size > *capacity)
        *bytes = memory_resize(*bytes, *capacity = (*length + size) * 2, 1);
    if (size)
        memcpy(*bytes + *length, more, size);
    *length += size;
}

static bool write_all(int file, const char *bytes, size_t length)
{
    while (length) {
        ssize_t n = write(file, bytes, length);

        if (n < 0 && errno != EINTR)
            return false;
        bytes += n > 0 ? n : 0;
        length -= n > 0 ? (size_t)n : 0;
    }
    return true;
}

/* One write for a frame, then it is made durable. */
static bool write_frame(journal *j, uint32_t kind, uint32_t count, const char *payload, size_t length)
{
    char *whole = NULL;
    size_t used = 0, capacity = 0;
    frame f = { (uint32_t)length, 0, kind, count };
    bool written;

    append(&whole, &used, &capacity, &f, sizeof f);
    append(&whole, &used, &capacity, payload, length);
    f.crc = crc32c(whole + 2 * sizeof(uint32_t), used - 2 * sizeof(uint32_t));
    memcpy(whole, &f, sizeof f);
    written = write_all(j->file, whole, used) && fdatasync(j->file) == 0;
    free(whole);
    return written;
}

bool journal_begin(journal *j, uint64_t pipeline, uint16_t sinks, const char *command)
{
    pipeline_head head = { pipeline, (uint64_t)getpid(), FORMAT, sinks };
    char *payload = NULL;
    size_t length = 0, capacity = 0;
    bool written;

    if (ftruncate(j->file, 0) < 0)
        return false;
    append(&payload, &length, &capacity, &head, sizeof head);
    append(&payload, &length, &capacity, command, strlen(command) + 1);
    written = write_frame(j, FRAME_PIPELINE, 0, payload, length);
    free(payload);
    j->pipeline = pipeline;
    j->sinks = sinks;
    j->count = j->failure_count = j->segment_count = 0;
    return written;
}

static void forget_failures(journal *j, uint64_t from)
{
    while (j->failure_count && j->failures[j->failure_count - 1].entry >= from)
        j->failure_count--;
}

bool journal_rewind(journal *j, uint64_t count)
{
    j->count = count;
    forget_failures(j, count);
    return write_frame(j, FRAME_REWIND, 0, (const char *)&count, sizeof count);
}

void journal_add(journal *j, const journal_entry *e, const carried *c, const char *stage)
{
    journal_batch *b = j->batch;
    packed p = { e->key, e->stamp, e->outcome, e->children };

    append(&b->bytes, &b->length, &b->capacity, &p, sizeof p);
    append(&b->bytes, &b->length, &b->capacity, e->positions, j->sinks * sizeof *e->positions);
    if (e->outcome == OUTCOME_FAILED) {
        uint32_t uri = c->uri.len < MOST_TEXT ? c->uri.len : MOST_TEXT;

        append(&b->texts, &b->texts_length, &b->texts_capacity, &b->count, sizeof b->count);
        append(&b->texts, &b->texts_length, &b->texts_capacity, c->uri.ptr, uri);
        append(&b->texts, &b->texts_length, &b->texts_capacity, "", 1);
        append(&b->texts, &b->texts_length, &b->texts_capacity, stage, strlen(stage) + 1);
        append(&b->texts, &b->texts_length, &b->texts_capacity, c->reason.ptr, c->reason.len);
        append(&b->texts, &b->texts_length, &b->texts_capacity, "", 1);
    }
    b->count++;
}

bool journal_has_batch(const journal *j)
{
    return j->batch->count > 0;
}

bool journal_commit(journal *j)
{
    journal_batch *b = j->batch;
    bool written;

    append(&b->bytes, &b->length, &b->capacity, b->texts, b->texts_length);
    written = b->count == 0 || write_frame(j, FRAME_BATCH, b->count, b->bytes, b->length);
    j->count += b->count;
    b->length = b->texts_length = 0;
    b->count = 0;
    return written;
}

/* ---- reading ------------------------------------------------------------------------- */

/* A string within [*at, end), or NULL when it has no end. */
static const char *take_text(const char **at, const char *end)
{
    const char *text = *at, *stop = text < end ? memchr(text, '\0', (size_t)(end - text)) : NULL;

    if (stop)
        *at = stop + 1;
    return stop;
}

static bool read_failures(journal *j, const char *at, const char *end, uint64_t first, uint32_t count)
{
    while (at < end) {
        uint32_t number;
        journal_failure f;

        if ((size_t)(end - at) < sizeof number)
            return false;
        memcpy(&number, at, sizeof number);
        at += sizeof number;
        f = (journal_failure){ .entry = first + number, .uri = at };
        if (!take_text(&at, end))
            return false;
        f.stage = at;
        if (!take_text(&at, end))
            return false;
        f.reason = at;
        if (!take_text(&at, end) || number >= count)
            return false;
        if ((j->failure_count & (j->failure_count - 1)) == 0)
            j->failures = memory_resize(j->failures, 2 * j->failure_count + 1, sizeof f);
        j->failures[j->failure_count++] = f;
    }
    return true;
}

static bool read_pipeline(journal *j, const char *payload, size_t length)
{
    pipeline_head head;

    if (length <= sizeof head || payload[length - 1] != '\0')
        return false;
    memcpy(&head, payload, sizeof head);
    if (head.format != FORMAT || head.sinks > JOURNAL_SINKS)
        return false;
    j->pipeline = head.hash;
    j->sinks = (uint16_t)head.sinks;
    free(j->command);
    j->command = memory_text(payload + sizeof head);
    return true;
}

static void add_segment(journal *j, const char *entries, uint32_t count)
{
    if ((j->segment_count & (j->segment_count - 1)) == 0)
        j->segments = memory_resize(j->segments, 2 * j->segment_count + 1, sizeof *j->segments);
    j->segments[j->segment_count++] = (journal_segment){ entries, count };
    j->count += count;
}

static void rewind_to(journal *j, uint64_t count)
{
    while (j->segment_count && j->count > count) {
        journal_segment *last = &j->segments[j->segment_count - 1];
        uint64_t over = j->count - count, taken = over < last->count ? over : last->count;

        last->count -= (uint32_t)taken;
        j->count -= taken;
        if (last->count == 0)
            j->segment_count--;
    }
    forget_failures(j, count);
}

/* One sound frame; false when it makes no sense where it stands. */
static bool read_frame(journal *j, const frame *f, const char *payload)
{
    uint64_t count;

    switch (f->kind) {
    case FRAME_PIPELINE:
        return j->size == 0 && read_pipeline(j, payload, f->length);
    case FRAME_BATCH:
        if (!j->pipeline || (uint64_t)f->count * entry_size(j) > f->length)
            return false;
        if (!read_failures(j, payload + f->count * entry_size(j), payload + f->length, j->count, f->count))
            return false;
        add_segment(j, payload, f->count);
        return true;
    case FRAME_REWIND:
        if (!j->pipeline || f->length != sizeof count)
            return false;
        memcpy(&count, payload, sizeof count);
        rewind_to(j, count);
        return true;
    default:
        return false;
    }
}

static bool take_frame(const char *bytes, size_t left, frame *f)
{
    if (left < sizeof *f)
        return false;
    memcpy(f, bytes, sizeof *f);
    return f->length <= left - sizeof *f &&
           crc32c(bytes + 2 * sizeof(uint32_t), sizeof *f - 2 * sizeof(uint32_t) + f->length) == f->crc;
}

static void read_frames(journal *j)
{
    frame f;

    while (take_frame(j->loaded + j->size, j->mapped - j->size, &f) &&
           read_frame(j, &f, j->loaded + j->size + sizeof f))
        j->size += sizeof f + f.length;
}

bool journal_next(const journal *j, journal_cursor *at, journal_entry *out)
{
    const journal_segment *segment;
    const char *bytes;
    packed p;

    while (at->segment < j->segment_count && at->within == j->segments[at->segment].count)
        *at = (journal_cursor){ at->segment + 1, 0 };
    if (at->segment == j->segment_count)
        return false;
    segment = &j->segments[at->segment];
    bytes = segment->entries + at->within++ * entry_size(j);
    memcpy(&p, bytes, sizeof p);
    *out = (journal_entry){ .key = p.key, .stamp = p.stamp, .outcome = p.outcome, .children = p.children };
    memcpy(out->positions, bytes + sizeof p, j->sinks * sizeof *out->positions);
    return true;
}

/* ---- opening ------------------------------------------------------------------------- */

static pid_t owner_of(int file)
{
    pipeline_head head;

    if (pread(file, &head, sizeof head, sizeof(frame)) != sizeof head)
        return 0;
    return (pid_t)head.pid;
}

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
    read_frames(j);
    return true;
}

journal_status journal_open(journal *j, const char *path, bool create, pid_t *owner)
{
    int flags = create ? O_RDWR | O_CREAT | O_APPEND : O_RDONLY;

    *j = (journal){ .file = open(path, flags | O_CLOEXEC, 0666) };
    j->batch = memory_new(sizeof *j->batch);
    if (j->file < 0)
        return JOURNAL_FAILED;
    if (create && flock(j->file, LOCK_EX | LOCK_NB) < 0) {
        *owner = owner_of(j->file);
        return errno == EWOULDBLOCK ? JOURNAL_LOCKED : JOURNAL_FAILED;
    }
    if (!load(j) || (create && j->size < j->mapped && ftruncate(j->file, (off_t)j->size) < 0))
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
    free(j->failures);
    free(j->command);
}
