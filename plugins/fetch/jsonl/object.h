/* object - a JSON object held against RFC 8259 in one pass, and where its members
 * are.
 *
 * Nothing is built: a value is looked at only when somebody asks for it. Two
 * liberties: control characters may stand in strings, and strings need not be
 * UTF-8, since clean.charset mends them. */
#ifndef GALLEY_FETCH_JSONL_OBJECT_H
#define GALLEY_FETCH_JSONL_OBJECT_H

#include <galley/types.h>

enum { OBJECT_MEMBERS = 64, OBJECT_DEPTH = 512 };

typedef struct object_member {
    gly_str key, value; /* as written; the key without its marks */
} object_member;

typedef struct object {
    gly_str       text;
    object_member members[OBJECT_MEMBERS]; /* the first ones */
    uint32_t      count;                   /* of all         */
} object;

/* False when the text is no whole object; *stopped is where it stops being one. */
bool object_read(object *, gly_str text, size_t *stopped);
/* The value at a path, as written: "title", "meta.title", "authors.0". Empty when
 * there is none. The first of two members with one key counts. */
gly_str object_find(const object *, gly_str path);
/* The next entry of a list as written, from *at on, which starts at 0. Empty at
 * the end. The list must come from an object that was read. */
gly_str object_entry(gly_str list, size_t *at);

#endif
