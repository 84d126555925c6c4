/* part - the parts of a MIME message (RFC 2045, 2046), as far as saved pages go. */
#ifndef GALLEY_CLEAN_MHTML_PART_H
#define GALLEY_CLEAN_MHTML_PART_H

#include "kit/rewrite.h"

typedef enum part_encoding { PART_PLAIN, PART_QUOTED, PART_BASE64 } part_encoding;

typedef struct part {
    gly_range     body;
    part_encoding encoding;
    gly_str       charset;  /* slices of the message; empty: not stated */
    gly_str       location; /* of the web: the part's own, else the message's */
} part;

/* The first part of type text/html, or the message itself when that is its type. */
bool part_find_page(gly_str message, part *);
/* Writes the part's bytes, decoded; what cannot be decoded stays as it is. */
void part_decode(rewrite *, const part *);

#endif
