/* decode - bytes in a known encoding become UTF-8.
 *
 * What cannot be read becomes U+FFFD, one for each bad byte (for UTF-8, one for
 * each maximal part of a sequence, as Unicode 15 section 3.9 recommends). */
#ifndef GALLEY_CLEAN_CHARSET_DECODE_H
#define GALLEY_CLEAN_CHARSET_DECODE_H

#include "encoding.h"
#include "kit/rewrite.h"

typedef struct decoding {
    rewrite *out;        /* begun over the bytes by the caller    */
    uint32_t begin;      /* where to start, after a mark          */
    uint32_t bad;        /* filled in: replaced by U+FFFD         */
    const gly_host *host;
    gly_stage      *stage;
} decoding;

/* GLY_OK, GLY_ECANCEL, or GLY_ESTATE when iconv does not offer the encoding. */
gly_status decode(decoding *, const encoding *);

#endif
