/* supervisor - inputs in order to the workers, results in order to the sinks.
 *
 * One process, one loop, no threads. Each worker answers in the order in which it
 * was asked, so the next document to be written is always the oldest answer of
 * the worker that has it: results wait in the workers' lanes, and memory is
 * bounded by the window. Only what a dead worker leaves is put aside, so that the
 * next one begins at once. */
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/memory.h"
#include "run/blame.h"
#include "run/runner.h"
#include "run/signals.h"

enum {
    WORK_AHEAD = 10000000,  /* ns of documents queued for a worker                  */
    AHEAD_MOST = 64,        /* documents, however short                             */
    TICK = 20,              /* ms: results are written at least this often          */
    IDLE_TICK = 200,        /* ms: the same while no document is in hand            */
    ASIDE_MOST = 8 << 20    /* bytes: with more aside, dead workers wait their turn */
};

typedef struct supervisor {
    runner  *run;
    crew     crew;
    slot    *slots;         /* by ordinal, modulo window                   */
    uint64_t window;
    uint64_t head, next;    /* ordinals: next to be written, next to be read */
    uint64_t tickets;
    uint64_t mean;          /* ns a document takes, lately                 */
    inbox    inbox;
    size_t   aside;         /* bytes of answers that are put aside         */
    bool     open;          /* the source may have more                    */
    int      waits_for;     /* what it waits for; -1: nothing              */
    bool     broken;        /* a sink, or the system, has failed           */
} supervisor;

static slot *slot_at(supervisor *s, uint64_t ordinal)
{
    return &s->slots[ordinal % s->window];
}

/* ---- results ----------------------------------------------------------------------- */

/* The input that this worker is to answer next. */
static slot *first_of(supervisor *s, const member *m)
{
    return slot_at(s, m->queue[m->answered % QUEUE_MOST]);
}

static bool is_at_head(supervisor *s, const slot *d)
{
    return d == slot_at(s, s->head);
}

static void settle(supervisor *s, const carried *c)
{
    if (!runner_settle(s->run, c))
        s->broken = true;
}

/* What is said of every document of this input. */
static void fill_in(const slot *d, carried *c)
{
    if (c->depth == 0) {
        c->uri = slot_uri(d); /* its own word for it counts */
        c->id = slot_id(d);
    }
    c->stamp = d->stamp;
    c->known = d->known;
    c->attempts = d->deaths + 1u;
    c->input = slot_uri(d);
    c->locator = slot_rest(d);
}

/* A lost document, with as much of it as there is in `c`. */
static void settle_loss(supervisor *s, const slot *d, const loss *lost, carried *c)
{
    char uri[4096];

    c->outcome = OUTCOME_FAILED;
    c->stage = lost->stage;
    c->depth = lost->child;
    fill_in(d, c);
    c->children = 0;
    c->rendered = NULL;
    c->nanoseconds = lost->nanoseconds;
    c->attempts = lost->attempts;
    c->worker = &lost->usage;
    c->reason = (gly_str){ lost->reason, (uint32_t)strlen(lost->reason) };
    if (lost->child && !c->uri.len) {
        snprintf(uri, sizeof uri, "%.*s#%u", (int)d->uri, d->text, lost->number);
        c->uri = (gly_str){ uri, (uint32_t)strlen(uri) };
    }
    settle(s, c);
}

/* What has become of a document of this input: `c`, or, when its worker was lost
 * with it, that. */
static void settle_answer(supervisor *s, const slot *d, const loss *lost, carried *c)
{
    if (lost) {
        settle_loss(s, d, lost, c);
    } else {
        fill_in(d, c);
        settle(s, c);
    }
}

static void leave(supervisor *s, slot *d)
{
    slot_leave(d);
    s->head++;
}

/* The oldest answer that was put aside for the input whose turn it is. */
static void settle_aside(supervisor *s, slot *d, const aside *a)
{
    carried c = { .outcome = OUTCOME_FAILED };
    uint64_t ticket;

    if (a->result)
        result_unpack(&c, &ticket, s->inbox.rendered, s->run->plan->count, a->result, a->length);
    settle_answer(s, d, a->lost, &c);
    s->aside -= a->length;
    slot_drop_aside(d);
    if (a->last)
        leave(s, d);
}

/* A document of this input has come to its end: it became `c`, which lies in the
 * inbox, or its worker was lost with it, and `c` may be NULL. The loss is taken. */
static void conclude(supervisor *s, member *m, slot *d, loss *lost, carried *c)
{
    bool last = lost ? !lost->child : c->depth == 0;

    d->children += lost ? lost->child : c->depth == 1;
    m->answered += last;
    if (is_at_head(s, d) && !d->aside) {
        settle_answer(s, d, lost, c ? c : &(carried){ .outcome = OUTCOME_FAILED });
        free(lost);
        if (last)
            leave(s, d);
    } else {
        size_t length = c ? s->inbox.length : 0;

        slot_put_aside(d, lost, c ? s->inbox.bytes : NULL, length, last);
        s->aside += length;
    }
}

/* What was lost with this input, which is settled now. */
static loss *take_loss(slot *d)
{
    loss *lost = d->lost;

    d->lost = NULL;
    return lost;
}

static void take_result(supervisor *s, member *m, slot *d, carried *c)
{
    uint64_t took = c->nanoseconds < WORK_AHEAD ? c->nanoseconds : WORK_AHEAD;

    m->heard = monotonic_ns();
    if (d->lost && c->depth != d->lost->child) /* the child that was lost did not come again */
        conclude(s, m, d, take_loss(d), NULL);
    if (c->depth == 0)
        s->mean = (7 * s->mean + took) / 8;
    conclude(s, m, d, take_loss(d), c);
}

/* The worker that had this document has died of it. A child that was in hand is
 * what is lost: the rest of its parent is tried again without it. Where its bytes
 * shall be kept, the next worker fetches them first; one try is enough. */
static void blame(supervisor *s, member *m, slot *d)
{
    bool tried = d->lost != NULL;

    if (!tried)
        d->lost = blame_note(&s->crew, m, d);
    if (tried || d->lost->stage == 0 || !quarantine_wants(s->run->plan, d->lost->stage))
        conclude(s, m, d, take_loss(d), NULL);
}

/* Answers of several documents may be lost when a lane is damaged. They are tried
 * again one by one, so that only the one that does it can be hurt by it. */
static void suspect_all(supervisor *s, member *m)
{
    crew_kill(m);
    m->damaged = true;
    for (uint64_t i = m->answered; i < m->queued; i++)
        slot_at(s, m->queue[i % QUEUE_MOST])->damages++;
}

/* Whether a worker may say this of the input that it is to answer next. */
static bool is_answer(const slot *d, const carried *c, uint64_t ticket)
{
    return ticket == d->ticket && (c->outcome != OUTCOME_UNCHANGED || (d->known && c->depth == 0)) &&
           (c->depth == 0 || !d->lost || d->lost->child);
}

/* Takes the next answer of this worker, which is about `d`. False: there is none. */
static bool take_answer(supervisor *s, member *m, slot *d)
{
    uint64_t ticket = 0;
    carried c;
    lane_state state = lane_receive(m->lane, &s->inbox, &c, &ticket);

    if (state == LANE_RESULT && is_answer(d, &c, ticket)) {
        take_result(s, m, d, &c);
        return true;
    }
    if (state != LANE_EMPTY)
        suspect_all(s, m);
    return false;
}

/* A worker has ended and all that it answered is taken: the next one goes on. */
static void lay_to_rest(supervisor *s, member *m)
{
    bool failed = WIFEXITED(m->status) && WEXITSTATUS(m->status) == WORKER_CANNOT_START && !lane_ready(m->lane);

    s->run->accounts.counts.workers_lost += !lane_retiring(m->lane);
    if (failed)
        s->broken = true;
    else if (m->queued > m->answered) {
        slot *d = first_of(s, m);

        if (!blame_spares(m, d))
            blame(s, m, d);
    }
    crew_bury(&s->crew, m);
    if (m->queued && !s->broken && !crew_start(&s->crew, m))
        s->broken = true;
}

/* Replaces the workers that have ended. Their answers are put aside, as long as
 * that is not too much: else this is done when their turn has come. */
static void replace_dead(supervisor *s)
{
    for (uint16_t i = 0; i < s->crew.count && !s->broken; i++) {
        member *m = &s->crew.members[i];

        while (m->dead && m->answered < m->queued && s->aside < ASIDE_MOST && take_answer(s, m, first_of(s, m)))
            ;
        if (m->dead && (m->answered == m->queued || s->aside < ASIDE_MOST))
            lay_to_rest(s, m);
    }
}

/* An input that no worker was asked about. */
static void settle_at_once(supervisor *s, slot *d)
{
    gly_item item = { .uri = slot_uri(d), .id = slot_id(d), .verdict = d->verdict, .stamp = d->stamp };

    if (d->same)
        s->broken |= !runner_keep(s->run, d->known, slot_uri(d), d->stamp);
    else
        s->broken |= !runner_judge(s->run, &item, slot_rest(d));
    leave(s, d);
}

/* What can be written now. True when something was. */
static bool receive(supervisor *s)
{
    uint64_t before = s->head;
    aside a;

    while (s->head < s->next && !s->broken) {
        slot *d = slot_at(s, s->head);
        member *m = &s->crew.members[d->worker];

        s->broken |= !runner_tick(s->run);
        if (d->state == SLOT_SETTLED)
            settle_at_once(s, d);
        else if (slot_look_aside(d, &a))
            settle_aside(s, d, &a);
        else if (take_answer(s, m, d))
            continue;
        else if (m->dead)
            lay_to_rest(s, m);
        else
            break;
    }
    return s->head != before;
}

/* ---- inputs --------------------------------------------------------------------------- */

static uint64_t queue_depth(const supervisor *s)
{
    uint64_t depth = WORK_AHEAD / (s->mean ? s->mean : 1);

    return depth < 2 ? 2 : depth > AHEAD_MOST ? AHEAD_MOST : depth;
}

/* The worker with the least to do and room for more; a new one is started when
 * all others have work. NULL: none has room. */
static member *choose(supervisor *s)
{
    member *best = NULL, *fresh = NULL;
    uint64_t least = queue_depth(s);

    for (uint16_t i = 0; i < s->crew.count; i++) {
        member *m = &s->crew.members[i];
        uint64_t backlog = m->pid ? member_backlog(m) : 0;

        if (m->dead || m->queued - m->answered >= QUEUE_MOST)
            continue;
        if (!m->pid)
            fresh = fresh ? fresh : m;
        else if (backlog < least) {
            least = backlog;
            best = m;
        }
    }
    if (!fresh || (best && least == 0))
        return best;
    if (crew_start(&s->crew, fresh))
        return fresh;
    s->broken = true;
    return NULL;
}

static void enqueue(supervisor *s, member *m, slot *d, const gly_item *item)
{
    const char *why = item->reason ? item->reason : "";

    *d = (slot){ .text = d->text, .capacity = d->capacity, .verdict = item->verdict, .stamp = item->stamp };
    d->known = ledger_find(&s->run->ledger, s->run, item, &d->same);
    if (item->verdict != GLY_TAKE || d->same) {
        d->state = SLOT_SETTLED;
        slot_fill(d, item->uri, item->id, (gly_str){ why, (uint32_t)strlen(why) });
    } else {
        slot_fill(d, item->uri, item->id, item->locator);
        d->worker = (uint16_t)(m - s->crew.members);
        m->queue[m->queued++ % QUEUE_MOST] = s->next;
    }
    s->next++;
}

/* Whether one of the two is only carried while its worker has nothing else. */
static bool must_wait(supervisor *s, const member *m, const slot *d)
{
    return m->sent > m->answered && (d->damages || first_of(s, m)->damages);
}

static salvage salvage_of(const slot *d)
{
    return !d->lost ? SALVAGE_NONE : d->lost->child ? SALVAGE_CHILD : SALVAGE_INPUT;
}

/* Sends what is queued, as far as there is room. */
static void send(supervisor *s)
{
    for (uint16_t i = 0; i < s->crew.count; i++) {
        member *m = &s->crew.members[i];
        bool idle = m->sent == m->answered;

        while (m->pid && !m->dead && m->sent < m->queued) {
            uint64_t ordinal = m->queue[m->sent % QUEUE_MOST];
            slot *d = slot_at(s, ordinal);
            errand e = { ordinal, slot_uri(d), slot_rest(d), d->children, d->known ? d->known->content : 0,
                         salvage_of(d) };
            request q = { ++s->tickets, e };

            if (must_wait(s, m, d) || !lane_send(m->lane, &q))
                break;
            d->ticket = q.ticket;
            m->sent++;
        }
        if (idle && m->sent > m->answered)
            m->heard = monotonic_ns();
        if (m->pid && !m->dead)
            lane_wake(m->lane);
    }
}

/* After runs that died inputs are in hand one by one, for a while. */
static bool has_room(const supervisor *s)
{
    return s->next - s->head < (s->run->ledger.careful ? 1 : s->window);
}

/* Pulls inputs while there is room for them. True when some came. */
static bool take_in(supervisor *s)
{
    uint64_t before = s->next;

    s->waits_for = -1;
    while (s->open && !s->broken && has_room(s)) {
        gly_item item = { .verdict = GLY_TAKE };
        member *m = choose(s);

        if (!m || (s->waits_for = runner_waits(s->run)) >= 0)
            break;
        s->open = runner_pull(s->run, &item);
        if (s->open)
            enqueue(s, m, slot_at(s, s->next), &item);
    }
    send(s);
    return s->next != before;
}

/* ---- waiting ----------------------------------------------------------------------------- */

/* How many requests this worker shall have finished before it wakes us: half of
 * what it has, or the one that everybody waits for. */
static uint64_t wake_point(supervisor *s, member *m)
{
    bool full = !s->open || s->waits_for >= 0 || !has_room(s);
    uint64_t backlog = member_backlog(m);

    if (full && s->head < s->next && slot_at(s, s->head)->worker == m - s->crew.members)
        return m->answered + 1;
    return backlog ? m->queued - backlog / 2 : UINT64_MAX;
}

static bool has_worked(supervisor *s)
{
    bool any = false;

    for (uint16_t i = 0; i < s->crew.count; i++) {
        member *m = &s->crew.members[i];
        uint64_t point;

        if (!m->pid || m->dead)
            continue;
        point = wake_point(s, m);
        lane_listen(m->lane, point);
        any |= lane_finished(m->lane) >= point;
    }
    return any;
}

static void rest(supervisor *s)
{
    uint64_t deadline = crew_watch(&s->crew), now = monotonic_ns(), rung;
    uint64_t nap = deadline <= now ? 0 : (deadline - now) / 1000000 + 1;
    uint64_t most = s->head == s->next ? IDLE_TICK : TICK;

    s->broken |= !runner_hand_on(s->run, s->waits_for >= 0);
    if (!has_worked(s)) { /* poll() passes over a descriptor below 0 */
        struct pollfd files[] = { { .fd = s->run->bell, .events = POLLIN }, { .fd = s->waits_for, .events = POLLIN } };

        poll(files, 2, (int)(nap < most ? nap : most));
    }
    for (uint16_t i = 0; i < s->crew.count; i++)
        lane_unlisten(s->crew.members[i].lane);
    while (read(s->run->bell, &rung, sizeof rung) > 0)
        ;
    s->broken |= !runner_tick(s->run);
}

/* ---- the whole ------------------------------------------------------------------------------ */

static uint16_t count_workers(const runner *r)
{
    int64_t wanted = r->options->workers ? r->options->workers : r->plan->run.workers;
    cpu_set_t cpus;

    if (wanted == 0)
        wanted = sched_getaffinity(0, sizeof cpus, &cpus) == 0 ? CPU_COUNT(&cpus) : 1;
    return (uint16_t)(wanted > 256 ? 256 : wanted);
}

static bool begin(supervisor *s)
{
    uint16_t workers = count_workers(s->run);
    uint64_t window = (uint64_t)s->run->plan->run.window;
    worker_setup setup = { s->run->plan, s->run->stages, getpid(), s->run->options->no_sandbox };

    s->window = window < workers ? workers : window;
    s->slots = memory_new(s->window * sizeof *s->slots);
    s->inbox.rendered = memory_new(s->run->plan->count * sizeof *s->inbox.rendered);
    return crew_init(&s->crew, &setup, workers, s->run->bell, s->run->spent);
}

static void finish(supervisor *s)
{
    for (uint64_t i = 0; i < s->window; i++)
        slot_free(&s->slots[i]);
    free(s->slots);
    free(s->inbox.bytes);
    free(s->inbox.rendered);
    crew_free(&s->crew);
}

void supervise(runner *r)
{
    supervisor s = { .run = r, .open = true, .waits_for = -1, .mean = WORK_AHEAD / 4 };

    if (begin(&s)) {
        while (!s.broken && (s.open || s.head < s.next)) {
            bool moved = crew_reap(&s.crew);

            moved |= receive(&s);
            replace_dead(&s);
            moved |= take_in(&s);
            if (!moved && !s.broken && (s.head < s.next || s.waits_for >= 0))
                rest(&s);
        }
        crew_end(&s.crew, s.broken);
    } else {
        r->accounts.counts.output_failed = true; /* it was said why */
    }
    r->accounts.counts.output_failed |= s.broken && !r->reader_gone;
    finish(&s);
}
