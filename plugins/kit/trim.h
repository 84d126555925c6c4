/* trim - gives an array back, or its end when it was made larger than it had to be.
 *
 * Works on the last allocation of an arena; after another one nothing happens. */
#ifndef GALLEY_KIT_TRIM_H
#define GALLEY_KIT_TRIM_H

#include <galley/doc.h>

/* `room_end` is where the array's memory ends, `used_end` where what is in it ends. */
static inline void trim(gly_arena *a, const void *room_end, void *used_end)
{
    if (a->cur == (const char *)room_end)
        a->cur = used_end;
}

#endif
