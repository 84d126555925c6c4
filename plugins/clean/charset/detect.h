/* detect - which encoding a run of bytes is in.
 *
 * In this order: byte-order mark; what the source or the document declares,
 * unless the bytes are valid UTF-8 and say otherwise; valid UTF-8; UTF-16 and
 * UTF-32 without a mark; uchardet's opinion; the fallback. */
#ifndef GALLEY_CLEAN_CHARSET_DETECT_H
#define GALLEY_CLEAN_CHARSET_DETECT_H

#include "encoding.h"

typedef struct clues {
    gly_str declared;         /* by the source, as in an HTTP header; may be empty */
    bool    markup;           /* look for a declaration in the text itself         */
    const encoding *fallback; /* when nothing else is known                        */
} clues;

typedef struct detection {
    const encoding *encoding;
    uint32_t mark;       /* bytes of byte-order mark to leave out        */
    uint16_t confidence; /* as of gly_meta                               */
    bool     valid;      /* the bytes are known to be valid UTF-8        */
    bool     junk;       /* too many control characters for a text   */
    gly_str  overruled;  /* a declaration that the bytes contradict      */
    gly_str  unknown;    /* a declaration that names no known encoding   */
} detection;

detection detect(gly_str bytes, const clues *);

/* The label in an XML declaration or an HTML <meta> within the first 4 KB;
 * empty when there is none. */
gly_str declared_in_markup(gly_str bytes);

/* "a PDF", "a PNG image"... when the bytes are no text at all; else NULL. */
const char *looks_binary(gly_str bytes);

#endif
