/* seen - the short forms of one document, with the long form of each. Lives in the
 * document's scratch arena. */
#ifndef GALLEY_ACRONYMS_SEEN_H
#define GALLEY_ACRONYMS_SEEN_H

#include <galley/plugin.h>

typedef struct seen_entry {
    gly_str   shorter;
    gly_range longer;  /* {0,0}: not explained */
} seen_entry;

typedef struct seen {
    gly_arena  *arena;
    seen_entry *slots;    /* shorter.ptr NULL: empty */
    uint32_t    size, count;
} seen;

/* The entry with this short form, or NULL. */
seen_entry *seen_find(const seen *, gly_str shorter);
/* Adds one that is not there yet; NULL when memory runs out. */
seen_entry *seen_add(seen *, gly_str shorter, gly_range longer);

#endif
