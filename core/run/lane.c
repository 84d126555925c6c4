/* lane - layout: [supervisor's page][requests][worker's pages][results]. */
#include "run/lane.h"

#include <errno.h>
#include <linux/futex.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "run/ring.h"

enum {
    PAGE = 4096, REQUEST_BYTES = 64 << 10, RESULT_BYTES = 1 << 20,
    INBOX_KEPT = 4 << 20 /* a larger inbox is given back after use */
};

enum { MARK_HERE, MARK_SPILLED };

enum { AWAKE, WAITS_FOR_REQUEST, WAITS_FOR_ROOM }; /* a worker */

typedef struct ours { /* the supervisor's; a worker reads */
    ring_position requests_written, results_taken;
    _Atomic uint32_t bell;     /* the worker sleeps on it     */
    _Atomic uint32_t asleep;   /* the supervisor sleeps       */
    _Atomic uint32_t closing;
    _Atomic uint64_t wake_at;
} ours;

typedef struct theirs { /* the worker's; the supervisor reads */
    ring_position requests_taken, results_written;
    _Atomic uint64_t finished; /* requests                    */
    _Atomic uint32_t asleep;   /* and waits for what           */
    _Atomic uint32_t ready, retiring;
    whereabouts at;
    uint64_t spent[];          /* ns, by stage                */
} theirs;

struct lane {
    ours   *ours;
    theirs *theirs;
    ring    requests, results;
    size_t  ours_size, size;
    int     request_spill, result_spill, bell;
    uint16_t stages;
    void   *spilled;           /* worker: a spilled request, mapped */
    size_t  spilled_size;
    uint64_t finished;         /* worker: requests                  */
};

static void lay_out(lane *l)
{
    char *base = (char *)l->ours;

    l->theirs = (theirs *)(void *)(base + l->ours_size);
    l->requests = (ring){ .bytes = base + PAGE, .size = REQUEST_BYTES,
                          .written = &l->ours->requests_written, .taken = &l->theirs->requests_taken };
    l->results = (ring){ .bytes = base + l->size - RESULT_BYTES, .size = RESULT_BYTES,
                         .written = &l->theirs->results_written, .taken = &l->ours->results_taken };
}

lane *lane_new(uint16_t stages, int bell)
{
    lane *l = calloc(1, sizeof *l);
    size_t worker = (sizeof(theirs) + stages * sizeof(uint64_t) + PAGE - 1) & ~(size_t)(PAGE - 1);
    void *shared;

    if (!l)
        return NULL;
    l->stages = stages;
    l->bell = bell;
    l->ours_size = PAGE + REQUEST_BYTES;
    l->size = l->ours_size + worker + RESULT_BYTES;
    l->request_spill = memfd_create("galley-request", MFD_CLOEXEC);
    l->result_spill = memfd_create("galley-result", MFD_CLOEXEC);
    shared = mmap(NULL, l->size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    l->ours = shared == MAP_FAILED ? NULL : shared;
    if (l->ours && l->request_spill >= 0 && l->result_spill >= 0) {
        lay_out(l);
        return l;
    }
    lane_free(l);
    return NULL;
}

void lane_free(lane *l)
{
    if (!l)
        return;
    if (l->ours)
        munmap(l->ours, l->size);
    if (l->request_spill >= 0)
        close(l->request_spill);
    if (l->result_spill >= 0)
        close(l->result_spill);
    free(l);
}

void lane_reset(lane *l)
{
    memset(l->ours, 0, sizeof *l->ours);
    memset(l->theirs, 0, sizeof *l->theirs + l->stages * sizeof(uint64_t));
    lay_out(l);
}

/* ---- sleeping and waking ------------------------------------------------------------ */

/* Whether what the worker waits for is there. One that is woken for nothing rings
 * its bell, and the two would keep each other awake. */
static bool has_news(lane *l)
{
    switch (atomic_load(&l->theirs->asleep)) {
    case AWAKE: return false;
    case WAITS_FOR_REQUEST: return !ring_drained(&l->requests) || atomic_load(&l->ours->closing);
    default: return !lane_has_result(l);
    }
}

void lane_wake(lane *l)
{
    atomic_thread_fence(memory_order_seq_cst);
    if (!has_news(l))
        return;
    atomic_fetch_add(&l->ours->bell, 1);
    syscall(SYS_futex, &l->ours->bell, FUTEX_WAKE, 1, NULL, NULL, 0);
}

void lane_close(lane *l)
{
    atomic_store(&l->ours->closing, 1);
    lane_wake(l);
}

void lane_listen(lane *l, uint64_t wake_at)
{
    atomic_store_explicit(&l->ours->wake_at, wake_at, memory_order_relaxed);
    atomic_store(&l->ours->asleep, 1);
}

void lane_unlisten(lane *l)
{
    atomic_store_explicit(&l->ours->asleep, 0, memory_order_relaxed);
}

static void ring_supervisor(lane *l)
{
    uint64_t one = 1;

    atomic_thread_fence(memory_order_seq_cst);
    if (atomic_load(&l->ours->asleep) && write(l->bell, &one, sizeof one) < 0 && errno != EAGAIN)
        _exit(1); /* without its bell a worker is lost */
}

/* Worker: sleeps until `ready` says that what it waits for is there. */
static void sleep_until(lane *l, uint32_t what, bool (*ready)(lane *))
{
    while (!ready(l)) {
        uint32_t bell = atomic_load(&l->ours->bell);

        atomic_store(&l->theirs->asleep, what);
        atomic_thread_fence(memory_order_seq_cst);
        ring_supervisor(l);
        if (!ready(l))
            syscall(SYS_futex, &l->ours->bell, FUTEX_WAIT, bell, NULL, NULL, 0);
        atomic_store_explicit(&l->theirs->asleep, AWAKE, memory_order_relaxed);
    }
}

/* ---- files beside the rings ------------------------------------------------------------ */

static bool write_spill(int file, const char *bytes, size_t length)
{
    size_t done = 0;

    if (ftruncate(file, 0) < 0)
        return false;
    while (done < length) {
        ssize_t n = pwrite(file, bytes + done, length - done, (off_t)done);

        if (n < 0 && errno != EINTR)
            return false;
        done += n > 0 ? (size_t)n : 0;
    }
    return true;
}

static bool read_spill(int file, char *bytes, size_t length)
{
    for (size_t done = 0; done < length;) {
        ssize_t n = pread(file, bytes + done, length - done, (off_t)done);

        if (n == 0 || (n < 0 && errno != EINTR))
            return false;
        done += n > 0 ? (size_t)n : 0;
    }
    return true;
}

/* The frame of a spilled message holds its length. */
static void publish_spilled(ring *r, uint64_t length)
{
    char *frame = ring_reserve(r, sizeof length, MARK_SPILLED);

    memcpy(frame, &length, sizeof length); /* the ring is empty: there is room */
    ring_publish(r);
}

/* ---- supervisor -------------------------------------------------------------------------- */

static bool send_spilled(lane *l, const request *q, size_t size)
{
    char *whole;
    bool sent;

    if (!ring_drained(&l->requests)) /* the file may still be in use */
        return false;
    whole = malloc(size);
    if (!whole)
        return false;
    request_pack(q, whole);
    sent = write_spill(l->request_spill, whole, size);
    free(whole);
    if (sent)
        publish_spilled(&l->requests, size);
    return sent;
}

bool lane_send(lane *l, const request *q)
{
    size_t size = request_size(q);
    char *room;

    if (size > ring_most(&l->requests))
        return send_spilled(l, q, size);
    room = ring_reserve(&l->requests, (uint32_t)size, MARK_HERE);
    if (!room)
        return false;
    request_pack(q, room);
    ring_publish(&l->requests);
    return true;
}

static bool make_room(inbox *in, size_t size)
{
    if (in->capacity > INBOX_KEPT && size < INBOX_KEPT) {
        free(in->bytes);
        *in = (inbox){ .rendered = in->rendered };
    }
    if (size > in->capacity) {
        free(in->bytes);
        in->capacity = size + size / 2;
        in->bytes = malloc(in->capacity);
    }
    if (!in->bytes)
        in->capacity = 0;
    return in->bytes != NULL;
}

static bool copy_out(lane *l, inbox *in, const ring_message *m)
{
    uint64_t length = m->length;
    struct stat st;

    if (m->mark == MARK_SPILLED) {
        if (m->length != sizeof length)
            return false;
        memcpy(&length, m->bytes, sizeof length);
        if (fstat(l->result_spill, &st) < 0 || length > (uint64_t)st.st_size)
            return false;
    }
    if (!make_room(in, (size_t)length))
        return false;
    in->length = (size_t)length;
    if (m->mark == MARK_SPILLED)
        return read_spill(l->result_spill, in->bytes, in->length);
    memcpy(in->bytes, m->bytes, in->length);
    return true;
}

lane_state lane_receive(lane *l, inbox *in, carried *out, uint64_t *ticket)
{
    ring_message m;
    ring_state state = ring_look(&l->results, &m);

    if (state != RING_MESSAGE)
        return state == RING_EMPTY ? LANE_EMPTY : LANE_DAMAGED;
    if (!copy_out(l, in, &m) || !result_unpack(out, ticket, in->rendered, l->stages, in->bytes, in->length))
        return LANE_DAMAGED;
    if (m.mark == MARK_SPILLED && ftruncate(l->result_spill, 0) < 0)
        return LANE_DAMAGED;
    ring_release(&l->results);
    return LANE_RESULT;
}

bool lane_has_result(lane *l)
{
    ring_message m;

    return ring_look(&l->results, &m) != RING_EMPTY;
}

uint64_t lane_finished(const lane *l)
{
    return atomic_load(&l->theirs->finished);
}

const whereabouts *lane_whereabouts(const lane *l)
{
    return &l->theirs->at;
}

const uint64_t *lane_spent(const lane *l)
{
    return l->theirs->spent;
}

bool lane_ready(const lane *l)
{
    return atomic_load(&l->theirs->ready);
}

bool lane_retiring(const lane *l)
{
    return atomic_load(&l->theirs->retiring);
}

/* ---- worker ------------------------------------------------------------------------------ */

bool lane_enter(lane *l)
{
    madvise(l->ours, l->size, MADV_POPULATE_READ); /* sixteen pages a fault; a kernel without it takes more */
    return mprotect(l->ours, l->ours_size, PROT_READ) == 0;
}

static bool has_request(lane *l)
{
    ring_message m;

    return atomic_load(&l->ours->closing) || ring_look(&l->requests, &m) != RING_EMPTY;
}

/* The bytes of a spilled request; the supervisor leaves them until lane_done(). */
static bool map_request(lane *l, ring_message *m, size_t *length)
{
    uint64_t size;

    memcpy(&size, m->bytes, sizeof size);
    l->spilled = mmap(NULL, size, PROT_READ, MAP_SHARED, l->request_spill, 0);
    if (l->spilled == MAP_FAILED) {
        l->spilled = NULL;
        return false;
    }
    l->spilled_size = *length = size;
    m->bytes = l->spilled;
    return true;
}

bool lane_take(lane *l, request *q)
{
    ring_message m;
    size_t length;

    sleep_until(l, WAITS_FOR_REQUEST, has_request);
    if (ring_look(&l->requests, &m) != RING_MESSAGE)
        return false;
    length = m.length;
    if (m.mark == MARK_SPILLED && !map_request(l, &m, &length))
        return false;
    return request_unpack(q, m.bytes, length);
}

void lane_done(lane *l)
{
    if (l->spilled)
        munmap(l->spilled, l->spilled_size);
    l->spilled = NULL;
    ring_release(&l->requests);
    atomic_store_explicit(&l->theirs->finished, ++l->finished, memory_order_release);
    if (l->finished == atomic_load_explicit(&l->ours->wake_at, memory_order_relaxed))
        ring_supervisor(l);
}

static bool results_drained(lane *l)
{
    return ring_drained(&l->results);
}

static bool report_spilled(lane *l, const carried *c, uint64_t ticket, size_t size)
{
    char *whole = malloc(size);
    bool written;

    if (!whole)
        return false;
    result_pack(c, ticket, l->stages, whole);
    sleep_until(l, WAITS_FOR_ROOM, results_drained); /* the file may still be in use */
    written = write_spill(l->result_spill, whole, size);
    free(whole);
    if (written)
        publish_spilled(&l->results, size);
    return written;
}

bool lane_report(lane *l, const carried *c, uint64_t ticket)
{
    size_t size = result_size(c, l->stages);
    char *room;

    if (size > ring_most(&l->results))
        return report_spilled(l, c, ticket, size);
    room = ring_reserve(&l->results, (uint32_t)size, MARK_HERE);
    if (!room) {
        sleep_until(l, WAITS_FOR_ROOM, results_drained);
        room = ring_reserve(&l->results, (uint32_t)size, MARK_HERE);
    }
    if (!room)
        return false;
    result_pack(c, ticket, l->stages, room);
    ring_publish(&l->results);
    return true;
}

whereabouts *lane_mark(lane *l)
{
    return &l->theirs->at;
}

uint64_t *lane_clocks(lane *l)
{
    return l->theirs->spent;
}

void lane_say_ready(lane *l)
{
    atomic_store(&l->theirs->ready, 1);
}

void lane_say_retiring(lane *l)
{
    atomic_store(&l->theirs->retiring, 1);
}
