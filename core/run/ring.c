/* ring - frames of eight bytes and more; one that would cross the end is put at
 * the beginning instead, and a frame marked SKIP fills the gap. */
#include "run/ring.h"

#include <string.h>

#define SKIP UINT32_MAX /* the mark of no message */

typedef struct frame {
    uint32_t length, mark;
} frame;

static uint32_t frame_size(uint32_t length)
{
    return (uint32_t)sizeof(frame) + ((length + 7u) & ~7u);
}

static void put_frame(ring *r, uint64_t at, uint32_t length, uint32_t mark)
{
    memcpy(r->bytes + (at & (r->size - 1)), &(frame){ length, mark }, sizeof(frame));
}

char *ring_reserve(ring *r, uint32_t length, uint32_t mark)
{
    uint32_t need = frame_size(length), offset = (uint32_t)(r->mine & (r->size - 1));
    uint32_t gap = r->size - offset < need ? r->size - offset : 0;
    uint64_t used = r->mine - atomic_load_explicit(r->taken, memory_order_acquire);

    if (used > r->size || r->size - used < (uint64_t)gap + need)
        return NULL;
    if (gap)
        put_frame(r, r->mine, gap - (uint32_t)sizeof(frame), SKIP);
    put_frame(r, r->mine + gap, length, mark);
    r->pending = gap + need;
    return r->bytes + ((r->mine + gap) & (r->size - 1)) + sizeof(frame);
}

void ring_publish(ring *r)
{
    r->mine += r->pending;
    r->pending = 0;
    atomic_store_explicit(r->written, r->mine, memory_order_release);
}

bool ring_drained(const ring *r)
{
    return atomic_load_explicit(r->taken, memory_order_acquire) == r->mine;
}

ring_state ring_look(ring *r, ring_message *out)
{
    uint64_t there = atomic_load_explicit(r->written, memory_order_acquire) - r->mine;
    frame f;

    r->pending = 0;
    while (there > r->pending) {
        uint32_t offset = (uint32_t)((r->mine + r->pending) & (r->size - 1)), size;

        if (there > r->size || (there & 7) || there - r->pending < sizeof f)
            return RING_DAMAGED;
        memcpy(&f, r->bytes + offset, sizeof f);
        size = f.length < r->size ? frame_size(f.length) : r->size + 1;
        if (size > there - r->pending || size > r->size - offset)
            return RING_DAMAGED;
        r->pending += size;
        *out = (ring_message){ r->bytes + offset + sizeof f, f.length, f.mark };
        if (f.mark != SKIP)
            return RING_MESSAGE;
    }
    return r->pending ? RING_DAMAGED : RING_EMPTY;
}

void ring_release(ring *r)
{
    r->mine += r->pending;
    r->pending = 0;
    atomic_store_explicit(r->taken, r->mine, memory_order_release);
}
