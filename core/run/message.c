/* message - a fixed head, then the strings one after the other. */
#include "run/message.h"

typedef struct request_head {
    uint64_t ticket, ordinal, content;
    uint32_t skip, uri, locator, salvage;
} request_head;

typedef struct result_head {
    uint64_t ticket, nanoseconds, bytes, content, memory;
    uint32_t outcome, depth, uri, reason;
    uint16_t stage, rendered;
    uint32_t children, raw;
    uint16_t has_raw, unread;
} result_head;

typedef struct rendered_head {
    uint32_t stage, length;
} rendered_head;

typedef struct reader {
    const char *at;
    size_t      left;
    bool        good;
} reader;

static char *put(char *into, const void *bytes, size_t length)
{
    if (length)
        memcpy(into, bytes, length);
    return into + length;
}

static void get(reader *r, void *into, size_t length)
{
    r->good &= length <= r->left;
    if (!r->good)
        return;
    memcpy(into, r->at, length);
    r->at += length;
    r->left -= length;
}

static gly_str get_text(reader *r, uint32_t length)
{
    gly_str text = { r->at, length };

    r->good &= length <= r->left;
    if (!r->good)
        return GLY_LIT("");
    r->at += length;
    r->left -= length;
    return text;
}

size_t request_size(const request *q)
{
    return sizeof(request_head) + (size_t)q->errand.uri.len + q->errand.locator.len;
}

void request_pack(const request *q, char *into)
{
    const errand *e = &q->errand;
    request_head head = { q->ticket, e->ordinal, e->content, e->skip, e->uri.len, e->locator.len, (uint32_t)e->salvage };

    into = put(into, &head, sizeof head);
    into = put(into, e->uri.ptr, e->uri.len);
    put(into, e->locator.ptr, e->locator.len);
}

bool request_unpack(request *q, const char *bytes, size_t length)
{
    reader r = { bytes, length, true };
    request_head head = { 0 };

    get(&r, &head, sizeof head);
    *q = (request){ head.ticket, { .ordinal = head.ordinal, .skip = head.skip, .content = head.content,
                                   .salvage = (salvage)head.salvage } };
    q->errand.uri = get_text(&r, head.uri);
    q->errand.locator = get_text(&r, head.locator);
    return r.good && r.left == 0;
}

size_t result_size(const carried *c, uint16_t stages)
{
    size_t size = sizeof(result_head) + (size_t)c->uri.len + c->reason.len + c->raw.len;

    for (uint16_t i = 0; c->rendered && i < stages; i++)
        if (c->rendered[i].ptr)
            size += sizeof(rendered_head) + c->rendered[i].len;
    return size;
}

void result_pack(const carried *c, uint64_t ticket, uint16_t stages, char *into)
{
    result_head head = {
        .ticket = ticket, .nanoseconds = c->nanoseconds, .bytes = c->bytes, .content = c->content,
        .outcome = (uint32_t)c->outcome, .depth = c->depth, .stage = c->stage,
        .children = c->children, .uri = c->uri.len, .reason = c->reason.len,
        .memory = c->memory, .raw = c->raw.len, .has_raw = c->raw.ptr != NULL,
        .unread = c->unread,
    };

    for (uint16_t i = 0; c->rendered && i < stages; i++)
        if (c->rendered[i].ptr)
            head.rendered++;
    into = put(into, &head, sizeof head);
    into = put(into, c->uri.ptr, c->uri.len);
    into = put(into, c->reason.ptr, c->reason.len);
    into = put(into, c->raw.ptr, c->raw.len);
    for (uint16_t i = 0; c->rendered && i < stages; i++) {
        if (!c->rendered[i].ptr)
            continue;
        into = put(into, &(rendered_head){ i, c->rendered[i].len }, sizeof(rendered_head));
        into = put(into, c->rendered[i].ptr, c->rendered[i].len);
    }
}

static void get_rendered(reader *r, uint16_t count, gly_str *rendered, uint16_t stages)
{
    for (uint16_t i = 0; i < count && r->good; i++) {
        rendered_head head = { 0, 0 };

        get(r, &head, sizeof head);
        r->good &= head.stage < stages;
        if (r->good)
            rendered[head.stage] = get_text(r, head.length);
    }
}

bool result_unpack(carried *c, uint64_t *ticket, gly_str *rendered, uint16_t stages,
                   const char *bytes, size_t length)
{
    reader r = { bytes, length, true };
    result_head head = { 0 };

    get(&r, &head, sizeof head);
    memset(rendered, 0, stages * sizeof *rendered);
    *ticket = head.ticket;
    *c = (carried){ .outcome = (outcome)head.outcome, .stage = head.stage, .depth = head.depth,
                    .children = head.children, .nanoseconds = head.nanoseconds, .bytes = head.bytes,
                    .content = head.content, .memory = head.memory, .unread = head.unread != 0, .rendered = rendered };
    c->uri = get_text(&r, head.uri);
    c->reason = get_text(&r, head.reason);
    if (head.has_raw)
        c->raw = get_text(&r, head.raw);
    get_rendered(&r, head.rendered, rendered, stages);
    return r.good && r.left == 0 && head.outcome < OUTCOMES && head.stage < stages;
}
