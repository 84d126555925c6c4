/* mend - changes to a text, gathered in any order and made in one go. */
#ifndef GALLEY_CONFIG_MEND_H
#define GALLEY_CONFIG_MEND_H

#include <stddef.h>

typedef struct mend_change {
    size_t begin, end, order;
    char   with[8];
} mend_change;

typedef struct mend {
    mend_change *changes;
    size_t       count, capacity;
} mend;

/* Puts `with` (7 bytes at most) in the place of [begin, end). What was said first
 * comes first at one place; changes inside one that takes text out are lost. */
void mend_replace(mend *, size_t begin, size_t end, const char *with);
/* The changed text, to be freed. */
char *mend_apply(mend *, const char *text, size_t length);
void mend_free(mend *);

#endif
