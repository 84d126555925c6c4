/* companion - two pipes to take turns by, and a mailbox in shared memory. */
#include "run/companion.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/memory.h"
#include "document/parcel.h"
#include "run/sandbox.h"
#include "run/settle.h"

#define MAILBOX_MOST  ((size_t)4 << 30) /* without a limit of 'memory' */
#define MAILBOX_EXTRA ((size_t)64 << 20) /* texts may lie outside of a document's memory */
enum {
    PARCEL = 1024,         /* where it begins in the mailbox: behind the letter */
    MAILBOX_KEPT = 1 << 20, /* more of it is given back after use                */
    DEPTHS = sizeof ((carrier *)0)->docs / sizeof *((carrier *)0)->docs
};

typedef struct letter { /* of a call, or of its answer; behind it a parcel, then the other bytes */
    _Atomic uint64_t number; /* one more each time, and written last */
    uint64_t  deadline;
    uint64_t  parcel, other; /* bytes; other: a locator, or what was rendered */
    uint32_t  depth;
    int32_t   status;
    uint16_t  stage;
    uint8_t   next, rendered, worn;
    gly_range reason_at;
    char      reason[512];
} letter;

_Static_assert(sizeof(letter) <= PARCEL, "a letter lies before its parcel");

struct companion {
    const worker_setup *setup;
    whereabouts  *at;
    pid_t         pid;
    int           to, from;  /* pipes: a byte is a turn            */
    char         *mailbox;
    size_t        size;
    uint64_t      number;    /* of the last letter                 */
    parcel_terms  terms;
    bool          worn;
    bool          broken;    /* it answers what was not asked      */
};

/* ---- what both sides do -------------------------------------------------------------- */

static bool give_turn(int to)
{
    ssize_t n;

    do
        n = write(to, "", 1);
    while (n < 0 && errno == EINTR);
    return n == 1;
}

static bool await_turn(int from)
{
    char byte;
    ssize_t n;

    do
        n = read(from, &byte, 1);
    while (n < 0 && errno == EINTR);
    return n == 1;
}

static letter *letter_of(const companion *c)
{
    return (letter *)(void *)c->mailbox;
}

/* A turn without the next letter is a byte that a stage wrote into the pipe. */
static bool await_letter(companion *c)
{
    do
        if (!await_turn(c->from))
            return false;
    while (atomic_load(&letter_of(c)->number) != c->number + 1);
    c->number++;
    return true;
}

/* The letter, copied; what the other side does to it now is not seen. False: it
 * cannot be. */
static bool take_letter(const companion *c, letter *l)
{
    uint64_t room = c->size - PARCEL;

    memcpy(l, c->mailbox, sizeof *l);
    atomic_signal_fence(memory_order_seq_cst);
    l->reason[sizeof l->reason - 1] = '\0';
    return l->parcel <= room && l->other <= room - l->parcel && l->other <= UINT32_MAX;
}

static void put_letter(companion *c, letter *l)
{
    l->number = c->number;
    memcpy(c->mailbox, l, sizeof *l);
    atomic_store(&letter_of(c)->number, ++c->number);
}

static gly_str other_of(const companion *c, const letter *l)
{
    return (gly_str){ c->mailbox + PARCEL + l->parcel, (uint32_t)l->other };
}

static gly_status put_parcel(const companion *c, document *d, const parcel_mark *since, letter *l)
{
    const char *why;
    gly_status status = parcel_pack(d, since, &c->terms, c->mailbox + PARCEL, c->size - PARCEL, &l->parcel, &why);

    if (status == GLY_OK)
        return GLY_OK;
    l->parcel = 0;
    return document_reason(d)[0] ? status : document_fail(d, status, (gly_range){ 0, 0 }, why);
}

static bool put_other(const companion *c, gly_str bytes, letter *l)
{
    if (bytes.len > c->size - PARCEL - l->parcel)
        return false;
    l->other = bytes.len;
    if (bytes.len)
        memcpy(c->mailbox + PARCEL + l->parcel, bytes.ptr, bytes.len);
    return true;
}

/* ---- the companion ------------------------------------------------------------------- */

typedef struct server {
    companion *c;
    document  *docs[DEPTHS];
    uint16_t   splitting[DEPTHS]; /* the stage that took it to split, plus 1; 0: none */
    uint64_t   deadline;
    int        first_free;
} server;

static bool stop(stage_context *c)
{
    const server *s = c->owner;

    return monotonic_ns() > s->deadline;
}

/* Whether the call may be made at all. */
static bool is_sane(const server *s, const letter *q)
{
    const plan *p = s->c->setup->plan;

    if (q->stage >= p->count || !stage_needs_network(&p->stages[q->stage]) || q->depth >= DEPTHS)
        return false;
    if (!q->parcel && (!s->docs[q->depth] || q->next))
        return false;
    return !q->next || (p->stages[q->stage].face->kind == GLY_SPLIT && q->depth > 0 &&
                        s->splitting[q->depth - 1] == q->stage + 1);
}

/* A parent stays as it is until its last child was taken. */
static void note_split(server *s, const letter *q, gly_status status)
{
    for (uint32_t i = 0; i < DEPTHS; i++)
        if (i == q->depth || s->splitting[i] == q->stage + 1)
            s->splitting[i] = 0;
    if (status == GLY_OK && s->c->setup->plan->stages[q->stage].face->kind == GLY_SPLIT)
        s->splitting[q->depth] = (uint16_t)(q->stage + 1);
}

/* The document of the call, as it was sent or as it is known. NULL: no memory. */
static document *document_for(server *s, const letter *q)
{
    document **d = &s->docs[q->depth];

    if (!*d)
        *d = document_new(s->c->setup->plan->run.memory);
    return *d;
}

static gly_status take_document(server *s, document *d, const letter *q)
{
    gly_status status;

    if (!q->parcel)
        return GLY_OK;
    s->splitting[q->depth] = 0;
    status = parcel_unpack(d, true, &s->c->terms, s->c->mailbox + PARCEL, q->parcel);
    document_face(d)->depth = q->depth;
    return first_failure(status, document_leave(d));
}

static bool take_locator(const server *s, document *d, const letter *q, gly_str *locator)
{
    gly_str given = other_of(s->c, q);
    char *copy = given.len ? gly_alloc(document_face(d)->arena, given.len, 1) : NULL;

    if (given.len && !copy)
        return false;
    if (given.len)
        memcpy(copy, given.ptr, given.len);
    *locator = (gly_str){ copy, given.len };
    return true;
}

/* What the stage says, and in the mailbox what it did. */
static gly_status serve_call(server *s, document *d, const letter *q, letter *answer)
{
    call what = { .stage = q->stage, .next = q->next };
    gly_status status = take_document(s, d, q);
    parcel_mark before = parcel_begin(d);

    if (status < 0)
        return status;
    if (!take_locator(s, d, q, &what.locator))
        return GLY_ENOMEM;
    s->deadline = q->deadline;
    status = call_stage(&s->c->setup->stages->stages[q->stage], d, &what);
    if (!q->next)
        note_split(s, q, status);
    status = first_failure(status, put_parcel(s->c, d, &before, answer));
    answer->rendered = what.rendered.ptr != NULL;
    return put_other(s->c, what.rendered, answer) ? status : first_failure(status, GLY_ENOMEM);
}

static void serve(server *s, const letter *q)
{
    letter answer = { .parcel = 0 };
    document *d = document_for(s, q);

    answer.status = d ? serve_call(s, d, q, &answer) : GLY_ENOMEM;
    answer.worn = settle_leaks(s->first_free);
    if (d) {
        answer.reason_at = document_reason_at(d);
        snprintf(answer.reason, sizeof answer.reason, "%s", document_reason(d));
    }
    put_letter(s->c, &answer);
}

static _Noreturn void become_companion(companion *c, pid_t worker, lane *l)
{
    const worker_setup *setup = c->setup;
    server s = { .c = c };
    letter q;

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != worker)
        _exit(1);
    lane_free(l); /* results are the worker's to report */
    setup->stages->owner = &s;
    setup->stages->stop = stop;
    settle_start(setup, true);
    settle_limits(setup->plan->run.memory);
    if (!setup->no_sandbox)
        sandbox_enter(true);
    s.first_free = settle_lowest_free();
    give_turn(c->to);
    while (await_letter(c)) {
        if (!take_letter(c, &q) || !is_sane(&s, &q))
            _exit(1);
        serve(&s, &q);
        if (!give_turn(c->to))
            break;
    }
    settle_finish(setup, true);
    _exit(0);
}

/* ---- beginning ----------------------------------------------------------------------- */

/* Of all stages, and the standard ones. */
static const gly_layer_type **list_types(const plan *p)
{
    const gly_layer_type **types;
    size_t count = 0, i = 0;

    while (layers_standard[count])
        count++;
    for (uint16_t k = 0; k < p->count; k++)
        for (size_t n = 0; p->stages[k].face->layers && p->stages[k].face->layers[n]; n++)
            count++;
    types = memory_new((count + 1) * sizeof *types);
    for (uint16_t k = 0; k < p->count; k++)
        for (size_t n = 0; p->stages[k].face->layers && p->stages[k].face->layers[n]; n++)
            types[i++] = p->stages[k].face->layers[n];
    for (size_t n = 0; layers_standard[n]; n++)
        types[i++] = layers_standard[n];
    return types;
}

static bool open_mailbox(companion *c, uint64_t memory)
{
    void *shared;

    c->size = memory && memory < MAILBOX_MOST - MAILBOX_EXTRA ? (size_t)memory + MAILBOX_EXTRA : MAILBOX_MOST;
    shared = mmap(NULL, c->size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    c->mailbox = shared == MAP_FAILED ? NULL : shared;
    return c->mailbox != NULL;
}

/* Of each pipe a process keeps its own end alone: so either sees the other's end. */
static void keep_ends(companion *c, const int there[2], const int back[2], bool is_worker)
{
    close(there[!is_worker]);
    close(back[is_worker]);
    c->to = is_worker ? there[1] : back[1];
    c->from = is_worker ? back[0] : there[0];
}

companion *companion_start(const worker_setup *setup, lane *l)
{
    companion *c = memory_new(sizeof *c);
    int there[2], back[2];
    pid_t worker = getpid();

    *c = (companion){ .setup = setup, .at = lane_mark(l), .terms = { list_types(setup->plan), setup->plan->count } };
    if (!open_mailbox(c, setup->plan->run.memory) || pipe2(there, O_CLOEXEC) < 0 || pipe2(back, O_CLOEXEC) < 0)
        return NULL;
    c->pid = fork();
    if (c->pid < 0)
        return NULL;
    keep_ends(c, there, back, c->pid > 0);
    if (c->pid == 0)
        become_companion(c, worker, l);
    return c;
}

/* ---- the worker ---------------------------------------------------------------------- */

/* It has ended, or let go of its pipe: then it is ended. So does the worker, of the
 * same cause. */
static _Noreturn void end_likewise(const companion *c)
{
    sigset_t all;
    int status = 0;

    kill(c->pid, SIGKILL); /* to the dead it means nothing */
    while (waitpid(c->pid, &status, 0) < 0 && errno == EINTR)
        ;
    if (WIFEXITED(status))
        _exit(WEXITSTATUS(status));
    signal(WTERMSIG(status), SIG_DFL);
    sigfillset(&all);
    sigprocmask(SIG_UNBLOCK, &all, NULL);
    kill(getpid(), WTERMSIG(status));
    _exit(1);
}

void companion_ready(companion *c)
{
    if (!await_turn(c->from))
        end_likewise(c);
}

static void exchange(companion *c)
{
    if (!give_turn(c->to)) { /* it was gone before: not the fault of this document */
        atomic_store(&c->at->ticket, 0);
        end_likewise(c);
    }
    if (!await_letter(c))
        end_likewise(c);
}

static gly_status write_letter(companion *c, document *d, const call *what, bool known, uint64_t deadline)
{
    letter l = { .deadline = deadline, .depth = document_face(d)->depth, .stage = what->stage, .next = what->next };
    gly_status status = known ? GLY_OK : put_parcel(c, d, NULL, &l);

    if (status == GLY_OK && !put_other(c, what->locator, &l))
        status = GLY_ENOMEM;
    if (status == GLY_OK)
        put_letter(c, &l);
    return status;
}

static bool take_rendered(const companion *c, document *d, const letter *l, gly_str *rendered)
{
    gly_str there = other_of(c, l);
    char *copy = l->rendered ? gly_alloc(document_face(d)->arena, (size_t)there.len + 1, 1) : NULL;

    if (copy)
        memcpy(copy, there.ptr, there.len);
    *rendered = (gly_str){ copy, copy ? there.len : 0 };
    return copy || !l->rendered;
}

static gly_status status_of(const letter *l)
{
    return l->status >= GLY_ESTATE && l->status <= GLY_END ? (gly_status)l->status : GLY_ESTATE;
}

/* Nothing that it says counts any more: both are replaced after this document. */
static gly_status refuse(companion *c, document *d)
{
    c->worn = c->broken = true;
    return document_fail(d, GLY_ESTATE, (gly_range){ 0, 0 }, "it meddles with its process; this is a bug of the stage");
}

static gly_status read_answer(companion *c, document *d, call *what)
{
    gly_status status;
    letter l;

    if (!take_letter(c, &l))
        return refuse(c, d);
    c->worn = l.worn;
    status = status_of(&l);
    if (l.reason[0])
        document_fail(d, status, l.reason_at, l.reason);
    if (l.parcel)
        status = first_failure(status, parcel_unpack(d, false, &c->terms, c->mailbox + PARCEL, l.parcel));
    if (!take_rendered(c, d, &l, &what->rendered))
        status = first_failure(status, GLY_ENOMEM);
    if (l.parcel + l.other > MAILBOX_KEPT)
        madvise(c->mailbox, c->size, MADV_REMOVE);
    return status;
}

gly_status companion_call(companion *c, document *d, call *what, bool known, uint64_t deadline)
{
    gly_status status = write_letter(c, d, what, known, deadline);

    document_enter(d, what->stage);
    if (c->broken)
        return refuse(c, d);
    if (status < 0)
        return status;
    exchange(c);
    status = read_answer(c, d, what);
    return first_failure(status, document_leave(d));
}

bool companion_worn(const companion *c)
{
    return c->worn;
}

void companion_end(companion *c)
{
    close(c->to);
    if (c->broken)
        kill(c->pid, SIGKILL);
    while (waitpid(c->pid, NULL, 0) < 0 && errno == EINTR)
        ;
}
