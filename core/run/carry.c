/* carry - one document through all stages of a plan. */
#include "run/carry.h"

#include <stdlib.h>
#include <time.h>

uint64_t monotonic_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

bool carrier_init(carrier *c, const plan *p, stage_context *stages)
{
    *c = (carrier){ .plan = p, .stages = stages };
    c->doc = document_new(p->run.memory);
    c->rendered = calloc(p->count, sizeof *c->rendered);
    return c->doc && c->rendered;
}

void carrier_free(carrier *c)
{
    document_free(c->doc);
    free(c->rendered);
}

bool carrier_late(const carrier *c)
{
    return c->stopping ||
           (c->timeout && c->started && monotonic_ns() - c->started > (uint64_t)c->timeout);
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

static void end(carrier *c, outcome how, uint16_t stage, gly_status status)
{
    const char *reason = document_reason(c->doc);

    c->outcome = how;
    c->stage = stage;
    snprintf(c->reason, sizeof c->reason, "%s", how == OUTCOME_WRITTEN ? "" :
             reason[0] ? reason : how == OUTCOME_DROPPED ? "the stage dropped it" : status_text(status));
}

static gly_status settle(carrier *c, gly_status status)
{
    gly_status kept = document_leave(c->doc);

    return status < 0 ? status : kept < 0 ? kept : status;
}

static gly_status fetch(carrier *c, gly_str locator)
{
    gly_stage *s = &c->stages->stages[0];
    gly_doc *d = document_face(c->doc);
    gly_status status;

    document_enter(c->doc, 0);
    status = settle(c, s->face->ops->load(s->self, d, locator));
    s->nanoseconds += monotonic_ns() - c->started;
    if (status == GLY_OK && d->nviews == 0)
        return document_fail(c->doc, GLY_ESTATE, (gly_range){ 0, 0 }, "load() gave no bytes; this is a bug of the stage");
    if (status == GLY_OK && d->text.len > c->plan->run.max_bytes)
        return document_fail(c->doc, GLY_EINPUT, (gly_range){ 0, 0 }, "it is larger than 'max_bytes' in run = { } allows");
    return status;
}

static gly_status process(carrier *c, uint16_t i)
{
    gly_stage *s = &c->stages->stages[i];
    gly_doc *d = document_face(c->doc);
    uint64_t before = monotonic_ns();
    gly_status status;

    if (!condition_true(c->plan->stages[i].when, d))
        return GLY_OK;
    c->timeout = c->plan->stages[i].timeout ? c->plan->stages[i].timeout : c->plan->run.timeout;
    document_enter(c->doc, i);
    if (s->face->kind == GLY_SINK)
        status = settle(c, s->face->ops->render(s->self, d, &c->rendered[i]));
    else
        status = settle(c, s->face->ops->process(s->self, d));
    s->nanoseconds += monotonic_ns() - before;
    return status;
}

/* What on_error says of a stage that failed: go on without it, go on to the
 * sinks, or end here. */
static bool goes_on(carrier *c, uint16_t *i, gly_status status)
{
    const plan_stage *s = &c->plan->stages[*i];
    on_error how = s->on_error; /* the run's, where the stage says none */
    const char *reason = document_reason(c->doc);
    char msg[600];

    if (s->face->kind == GLY_SINK || status == GLY_ECANCEL || (how != ON_ERROR_SKIP && how != ON_ERROR_KEEP))
        return false;
    snprintf(msg, sizeof msg, "stage '%s' failed: %s", s->use, reason[0] ? reason : status_text(status));
    document_note(c->doc, GLY_ERROR, status, (gly_range){ 0, 0 }, msg);
    document_fail(c->doc, GLY_OK, (gly_range){ 0, 0 }, "");
    while (how == ON_ERROR_KEEP && *i + 1 < c->plan->count && c->plan->stages[*i + 1].face->kind != GLY_SINK)
        (*i)++;
    return true;
}

void carry(carrier *c, uint64_t ordinal, gly_str uri, gly_str locator)
{
    gly_status status;

    memset(c->rendered, 0, c->plan->count * sizeof *c->rendered);
    document_begin(c->doc, ordinal, uri);
    c->started = monotonic_ns();
    c->timeout = c->plan->run.timeout;
    status = fetch(c, locator);
    if (status != GLY_OK) {
        end(c, status == GLY_DROP ? OUTCOME_DROPPED : OUTCOME_FAILED, 0, status);
        return;
    }
    for (uint16_t i = 1; i < c->plan->count; i++) {
        status = process(c, i);
        if (status == GLY_DROP) {
            end(c, OUTCOME_DROPPED, i, status);
            return;
        }
        if (status < 0 && !goes_on(c, &i, status)) {
            end(c, OUTCOME_FAILED, i, status);
            return;
        }
    }
    end(c, OUTCOME_WRITTEN, 0, GLY_OK);
}
