/* carry - one document through all stages of a plan. */
#include "run/carry.h"

#include <stdlib.h>
#include <time.h>

#include "base/hash.h"
#include "run/companion.h"
#include "run/quarantine.h"

enum {
    MOST_DEPTH = sizeof ((carrier *)0)->docs / sizeof *((carrier *)0)->docs - 1,
    RATIO_FROM = 1 << 20 /* bytes of children from which their ratio is looked at */
};

uint64_t monotonic_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static void set(_Atomic uint64_t *to, uint64_t value)
{
    atomic_store_explicit(to, value, memory_order_relaxed);
}

static uint64_t value_of(const _Atomic uint64_t *from)
{
    return atomic_load_explicit(from, memory_order_relaxed);
}

bool carrier_init(carrier *c, const plan *p, stage_context *stages, whereabouts *at, uint64_t *spent)
{
    *c = (carrier){ .plan = p, .stages = stages, .at = at, .spent = spent };
    c->docs[0] = document_new(p->run.memory);
    c->rendered = calloc(p->count, sizeof *c->rendered);
    return c->docs[0] && c->rendered;
}

void carrier_free(carrier *c)
{
    for (size_t i = 0; i <= MOST_DEPTH; i++)
        document_free(c->docs[i]);
    free(c->rendered);
}

/* ---- time ---------------------------------------------------------------------- */

/* A stage with a timeout of its own is measured by the call, the others share the
 * document's time. */
uint64_t carrier_deadline(const plan *p, uint64_t started, uint64_t called, uint32_t stage)
{
    int64_t own = stage < p->count ? p->stages[stage].timeout : 0;

    if (own)
        return called + (uint64_t)own;
    return p->run.timeout ? started + (uint64_t)p->run.timeout : UINT64_MAX;
}

bool carrier_late(const carrier *c)
{
    uint32_t stage = atomic_load_explicit(&c->at->stage, memory_order_relaxed);
    uint64_t started = value_of(&c->at->started);

    return started && monotonic_ns() > carrier_deadline(c->plan, started, value_of(&c->at->called), stage);
}

static void begin_call(carrier *c, uint16_t stage)
{
    set(&c->at->called, c->clock);
    atomic_store_explicit(&c->at->stage, stage, memory_order_relaxed);
}

static void end_call(carrier *c, uint16_t stage)
{
    uint64_t now = monotonic_ns(), took = now - c->clock;

    c->spent[stage] += took;
    if (c->plan->stages[stage].timeout) /* its time is its own, not the document's */
        set(&c->at->started, value_of(&c->at->started) + took);
    c->clock = now;
}

/* ---- how a document ends --------------------------------------------------------- */

static document *in_hand(const carrier *c)
{
    return c->docs[c->depth];
}

static const char *status_text(gly_status status)
{
    switch (status) {
    case GLY_ENOMEM:
        return "it ran out of memory; raise 'memory' in run = { }";
    case GLY_EINPUT:
        return "the document is malformed";
    case GLY_EIO:
        return "it could not be read";
    case GLY_ECANCEL:
        return "its time was over; raise 'timeout'";
    case GLY_ESTATE:
        return "the stage broke its contract";
    default:
        return "the stage failed and gave no reason";
    }
}

static const char *reason_of(const carrier *c, outcome how, gly_status status)
{
    const char *reason = document_reason(in_hand(c));

    if (how == OUTCOME_WRITTEN || how == OUTCOME_SPLIT || how == OUTCOME_UNCHANGED)
        return "";
    return reason[0] ? reason : how == OUTCOME_DROPPED ? "the stage dropped it" : status_text(status);
}

/* The bytes are asked for only when they will be kept. */
static gly_str raw_of(const carrier *c, outcome how, uint16_t stage)
{
    const gly_doc *d = document_face(in_hand(c));
    bool wanted = how == OUTCOME_FAILED && d->nviews &&
                  (c->salvage == SALVAGE_NOW || quarantine_wants(c->plan, stage)) &&
                  d->views[0].text.len <= c->plan->run.quarantine;

    return !wanted ? (gly_str){ NULL, 0 } : d->views[0].text.len ? d->views[0].text : GLY_LIT("");
}

static void end(carrier *c, outcome how, uint16_t stage, gly_status status, uint32_t children)
{
    const gly_doc *d = document_face(in_hand(c));
    const char *reason = reason_of(c, how, status);
    carried done = {
        .outcome = how, .stage = stage, .depth = c->depth, .children = children,
        .nanoseconds = c->clock - value_of(&c->at->started), .bytes = d->nviews ? d->views[0].text.len : 0,
        .content = c->depth == 0 ? c->content : 0, .uri = d->uri, .reason = { reason, (uint32_t)strlen(reason) },
        .rendered = how == OUTCOME_WRITTEN ? c->rendered : NULL,
        .memory = document_memory(in_hand(c)), .raw = raw_of(c, how, stage),
        .unread = how == OUTCOME_FAILED && stage == 0 && status == GLY_EIO,
    };

    if (c->salvage == SALVAGE_NOW)
        c->salvage = SALVAGE_NONE;
    c->refused = c->refused || !c->deliver(c->owner, &done);
}

static gly_status fail(carrier *c, gly_status status, const char *msg)
{
    return document_fail(in_hand(c), status, (gly_range){ 0, 0 }, msg);
}

/* ---- one call -------------------------------------------------------------------- */

/* There or here, as the stage may; a document that was touched here is sent anew. */
static gly_status operate(carrier *c, document *d, call *what)
{
    bool there = c->companion && stage_needs_network(&c->plan->stages[what->stage]), known = c->shared == d;
    uint64_t until;
    gly_status status;

    c->shared = NULL;
    if (!there)
        return call_stage(&c->stages->stages[what->stage], d, what);
    until = carrier_deadline(c->plan, value_of(&c->at->started), c->clock, what->stage);
    status = companion_call(c->companion, d, what, known, until);
    c->shared = status == GLY_OK ? d : NULL;
    return status;
}

static gly_status make_call(carrier *c, document *d, call *what)
{
    gly_status status;

    begin_call(c, what->stage);
    status = operate(c, d, what);
    end_call(c, what->stage);
    return status;
}

static gly_status check_size(carrier *c)
{
    if (document_face(in_hand(c))->text.len > c->plan->run.max_bytes)
        return fail(c, GLY_EINPUT, "it is larger than 'max_bytes' in run = { } allows");
    return GLY_OK;
}

static uint64_t hash_text(gly_str s, uint64_t seed)
{
    return hash64(s.len ? s.ptr : "", s.len, seed);
}

static uint64_t hash_meta(const gly_meta *m, uint64_t seed)
{
    uint64_t hash = hash64(m->key, strlen(m->key), seed);

    hash = hash64(&m->confidence, sizeof m->confidence, hash);
    if (m->type == GLY_T_STR)
        return hash_text(m->as.s, hash);
    return m->type == GLY_T_BOOL ? hash ^ m->as.b : hash64(&m->as, sizeof m->as, hash);
}

/* Of all that the source gave: the bytes, and what it said of them. 0, "not known",
 * when it gave more than that. */
static uint64_t hash_content(const gly_doc *d)
{
    uint64_t hash = hash_text(d->media, hash_text(d->text, 0));

    if (d->nviews > 1 || d->nlayers)
        return 0;
    for (uint16_t i = 0; i < d->nmeta; i++)
        hash = hash_meta(&d->meta[i], hash);
    return hash ? hash : 1;
}

static gly_status fetch(carrier *c, gly_str locator)
{
    gly_status status = make_call(c, in_hand(c), &(call){ .locator = locator });

    if (status == GLY_OK && document_face(in_hand(c))->nviews == 0)
        return fail(c, GLY_ESTATE, "load() gave no bytes; this is a bug of the stage");
    if (status == GLY_OK)
        status = check_size(c);
    if (status == GLY_OK)
        c->content = hash_content(document_face(in_hand(c)));
    return status;
}

static gly_status process(carrier *c, uint16_t i)
{
    call what = { .stage = i };
    gly_status status = make_call(c, in_hand(c), &what);

    c->rendered[i] = what.rendered;
    return status;
}

/* What the companion has of it is of another input. */
static void begin_document(carrier *c, document *d, uint64_t ordinal, gly_str uri)
{
    document_begin(d, ordinal, uri);
    c->shared = NULL;
}

/* ---- children of a split stage ------------------------------------------------------ */

static void walk(carrier *, uint16_t from);

static document *child_document(carrier *c, uint64_t ordinal)
{
    document **child = &c->docs[c->depth + 1];

    if (!*child)
        *child = document_new(c->plan->run.memory);
    if (!*child)
        return NULL;
    begin_document(c, *child, ordinal, document_face(in_hand(c))->uri);
    document_face(*child)->depth = c->depth + 1;
    return *child;
}

/* GLY_END: there is none left. A failure is the parent's. */
static gly_status next_child(carrier *c, uint16_t i, document *child)
{
    gly_status status = make_call(c, child, &(call){ .stage = i, .next = true });

    if (status < 0 && document_reason(child)[0])
        fail(c, status, document_reason(child));
    return status == GLY_OK && document_face(child)->nviews == 0
        ? fail(c, GLY_ESTATE, "next_child() gave no bytes; this is a bug of the stage") : status;
}

/* A small archive must not fill a disk: what comes out is held against what went in. */
static gly_status check_limits(carrier *c, uint32_t children, uint64_t bytes)
{
    const plan_run *run = &c->plan->run;
    uint64_t parent = document_face(in_hand(c))->views[0].text.len;

    if (run->max_children && children > (uint64_t)run->max_children)
        return fail(c, GLY_EINPUT, "it holds more documents than 'max_children' in run = { } allows");
    if (run->max_ratio && bytes > RATIO_FROM && bytes / (uint64_t)run->max_ratio > parent)
        return fail(c, GLY_EINPUT, "it grows more than 'max_ratio' in run = { } allows; it may be a bomb");
    return GLY_OK;
}

/* Once for each request. */
static bool is_salvaged(carrier *c, salvage what)
{
    bool now = c->salvage == what && c->depth == (what == SALVAGE_CHILD);

    if (now)
        c->salvage = SALVAGE_NOW;
    return now;
}

static void carry_child(carrier *c, uint16_t i)
{
    uint64_t parent_started = value_of(&c->at->started), began = c->clock;
    gly_status status;

    atomic_store_explicit(&c->at->depth, ++c->depth, memory_order_relaxed);
    set(&c->at->started, began);
    status = is_salvaged(c, SALVAGE_CHILD) ? GLY_ERR : check_size(c);
    if (status < 0)
        end(c, OUTCOME_FAILED, i, status, 0);
    else
        walk(c, (uint16_t)(i + 1));
    atomic_store_explicit(&c->at->depth, --c->depth, memory_order_relaxed);
    c->clock = monotonic_ns();
    set(&c->at->started, parent_started + (c->clock - began)); /* a parent has not its children's time */
}

/* GLY_END: the document is nothing to split. */
static gly_status split(carrier *c, uint16_t i, uint32_t *children)
{
    uint64_t ordinal = document_face(in_hand(c))->ordinal, bytes = 0;
    gly_status status = process(c, i);

    if (status == GLY_OK && c->depth == MOST_DEPTH)
        return fail(c, GLY_EINPUT, "it lies inside too many others");
    while (status == GLY_OK && !c->refused) {
        document *child = child_document(c, ordinal);

        if (!child)
            return GLY_ENOMEM;
        status = next_child(c, i, child);
        if (status == GLY_END)
            return GLY_OK;
        bytes += document_face(child)->text.len;
        if (status == GLY_OK)
            status = check_limits(c, ++*children, bytes);
        if (status == GLY_OK && (c->depth > 0 || *children > c->skip))
            carry_child(c, i);
    }
    return status;
}

/* ---- from stage to stage --------------------------------------------------------------- */

/* What on_error says of a stage that failed: go on without it, go on to the
 * sinks, or end here. */
static bool goes_on(carrier *c, uint16_t *i, gly_status status)
{
    const plan_stage *s = &c->plan->stages[*i];
    on_error how = s->on_error; /* the run's, where the stage says none */
    const char *reason = document_reason(in_hand(c));
    char msg[600];

    if (s->face->kind == GLY_SINK || status == GLY_ECANCEL || (how != ON_ERROR_SKIP && how != ON_ERROR_KEEP))
        return false;
    snprintf(msg, sizeof msg, "stage '%s' failed: %s", s->use, reason[0] ? reason : status_text(status));
    document_note(in_hand(c), GLY_ERROR, status, (gly_range){ 0, 0 }, msg);
    fail(c, GLY_OK, "");
    while (how == ON_ERROR_KEEP && *i + 1 < c->plan->count && c->plan->stages[*i + 1].face->kind != GLY_SINK)
        (*i)++;
    return true;
}

/* The document in hand through the stages from `from` on, to its end. */
static void walk(carrier *c, uint16_t from)
{
    memset(c->rendered, 0, c->plan->count * sizeof *c->rendered);
    for (uint16_t i = from; i < c->plan->count; i++) {
        bool splits = c->plan->stages[i].face->kind == GLY_SPLIT;
        uint32_t children = 0;
        gly_status status;

        if (!condition_true(c->plan->stages[i].when, document_face(in_hand(c))))
            continue;
        status = splits ? split(c, i, &children) : process(c, i);
        if (status == GLY_DROP || (splits && status == GLY_OK)) {
            end(c, splits && status == GLY_OK ? OUTCOME_SPLIT : OUTCOME_DROPPED, i, status, children);
            return;
        }
        if (status < 0 && (children || !goes_on(c, &i, status))) {
            end(c, OUTCOME_FAILED, i, status, children);
            return;
        }
    }
    end(c, OUTCOME_WRITTEN, 0, GLY_OK, 0);
}

void carry(carrier *c, const errand *e)
{
    gly_status status;

    c->depth = 0;
    atomic_store_explicit(&c->at->depth, 0, memory_order_relaxed);
    c->skip = e->skip;
    c->salvage = e->salvage;
    c->content = 0;
    c->clock = monotonic_ns();
    begin_document(c, in_hand(c), e->ordinal, e->uri);
    set(&c->at->started, c->clock);
    status = fetch(c, e->locator);
    if (status == GLY_OK && is_salvaged(c, SALVAGE_INPUT))
        end(c, OUTCOME_FAILED, 0, GLY_ERR, 0);
    else if (status == GLY_OK && e->content && e->content == c->content)
        end(c, OUTCOME_UNCHANGED, 0, status, 0);
    else if (status == GLY_OK)
        walk(c, 1);
    else
        end(c, status == GLY_DROP ? OUTCOME_DROPPED : OUTCOME_FAILED, 0, status, 0);
}
