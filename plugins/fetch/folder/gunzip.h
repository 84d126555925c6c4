/* gunzip - the bytes inside a gzip file (RFC 1952), all members joined. */
#ifndef GALLEY_FETCH_FOLDER_GUNZIP_H
#define GALLEY_FETCH_FOLDER_GUNZIP_H

#include <galley/doc.h>

bool gunzip_is_packed(gly_str bytes);

/* The unpacked bytes live in the arena. At most `most` of them: a small file may
 * unpack to a thousand times its size. GLY_EINPUT with *why set, or GLY_ENOMEM. */
gly_status gunzip(gly_arena *, gly_str packed, uint64_t most, gly_str *bytes, const char **why);

#endif
