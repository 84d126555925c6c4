/* rewrite - makes a new text from an old one and remembers which bytes agree. */
#include "kit/rewrite.h"

static bool reserve_text(rewrite *r, uint32_t more)
{
    uint64_t wanted = (uint64_t)r->length + more;
    uint64_t capacity = r->capacity;
    char *text;

    if (r->failed || wanted <= capacity)
        return !r->failed;
    while (capacity < wanted)
        capacity = capacity < 256 ? 256 : capacity * 2;
    if (capacity > UINT32_MAX)
        capacity = UINT32_MAX;
    text = wanted <= capacity ? GLY_NEWN(r->arena, char, capacity) : NULL;
    if (!text) {
        r->failed = true;
        return false;
    }
    if (r->length)
        memcpy(text, r->text, r->length);
    r->text = text;
    r->capacity = (uint32_t)capacity;
    return true;
}

static gly_seg *new_segment(rewrite *r)
{
    if (r->nsegs == r->segs_capacity) {
        uint32_t capacity = r->segs_capacity ? r->segs_capacity * 2 : 32;
        gly_seg *segs = GLY_NEWN(r->arena, gly_seg, capacity);

        if (!segs) {
            r->failed = true;
            return NULL;
        }
        if (r->nsegs)
            memcpy(segs, r->segs, r->nsegs * sizeof *segs);
        r->segs = segs;
        r->segs_capacity = capacity;
    }
    return &r->segs[r->nsegs++];
}

void rewrite_begin(rewrite *r, gly_arena *arena, gly_str from, uint32_t expected)
{
    *r = (rewrite){ .arena = arena, .from = from };
    reserve_text(r, expected);
}

void rewrite_keep(rewrite *r, uint32_t begin, uint32_t end)
{
    uint32_t len = end - begin;
    gly_seg *seg = r->nsegs ? &r->segs[r->nsegs - 1] : NULL;

    if (len == 0 || !reserve_text(r, len))
        return;
    memcpy(r->text + r->length, r->from.ptr + begin, len);
    if (seg && seg->here + seg->len == r->length && seg->there + seg->len == begin)
        seg->len += len;
    else if ((seg = new_segment(r)) != NULL)
        *seg = (gly_seg){ r->length, begin, len };
    r->length += len;
}

void rewrite_anchor(rewrite *r, uint32_t at)
{
    gly_seg *seg = new_segment(r);

    if (seg)
        *seg = (gly_seg){ r->length, at, 0 };
}

void rewrite_put(rewrite *r, const char *bytes, uint32_t length)
{
    if (length == 0 || !reserve_text(r, length))
        return;
    memcpy(r->text + r->length, bytes, length);
    r->length += length;
}

gly_status rewrite_end(rewrite *r, const gly_host *host, gly_stage *stage, gly_doc *doc,
                       const char *name, uint16_t parent)
{
    gly_view view = { .name = name, .text = { r->text, r->length },
                      .segs = r->segs, .nsegs = r->nsegs, .parent = parent };

    return r->failed ? GLY_ENOMEM : host->view_add(stage, doc, &view);
}
