/* id - what a line calls itself, written as JSON again: the same bytes whether the
 * line turns out to be sound or not. */
#ifndef GALLEY_FETCH_JSONL_ID_H
#define GALLEY_FETCH_JSONL_ID_H

#include <galley/types.h>

/* A whole number of at most 18 digits as it is; 0 when it is none. Gives the
 * length. into: id.len bytes. */
uint32_t id_number(gly_str id, char *into);
/* A string: no control characters may be in it; bytes that are not UTF-8 become
 * U+FFFD. into: 3 * id.len + 2 bytes. */
uint32_t id_string(gly_str id, char *into);

#endif
