/* rewrite - makes a new text from an old one and remembers which bytes agree.
 *
 * A cleaning stage walks its input once: rewrite_keep() for what stays,
 * rewrite_put() for what is new, nothing for what goes. rewrite_end() adds the
 * view. Runs that touch on both sides become one segment. All calls are cheap
 * after a failed allocation; rewrite_end() reports it. */
#ifndef GALLEY_KIT_REWRITE_H
#define GALLEY_KIT_REWRITE_H

#include <galley/plugin.h>

typedef struct rewrite {
    gly_arena *arena;
    gly_str    from;
    char      *text;
    gly_seg   *segs;
    uint32_t   length, capacity, nsegs, segs_capacity;
    bool       failed;
} rewrite;

/* `expected` bytes of output, for the first allocation. */
void rewrite_begin(rewrite *, gly_arena *, gly_str from, uint32_t expected);
void rewrite_keep(rewrite *, uint32_t begin, uint32_t end);
void rewrite_put(rewrite *, const char *bytes, uint32_t length);
/* Says that what is put next stands for what begins at `at` in the old text. */
void rewrite_anchor(rewrite *, uint32_t at);
/* Adds the view over `parent` (the view that `from` is the text of). */
gly_status rewrite_end(rewrite *, const gly_host *, gly_stage *, gly_doc *,
                       const char *name, uint16_t parent);

#endif
