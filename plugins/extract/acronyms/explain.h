/* explain - places where the text explains a short form.
 *
 * Reads tokens around a bracket, an equals sign, a dash or a comma. Each look goes a
 * bounded number of tokens to either side. */
#ifndef GALLEY_ACRONYMS_EXPLAIN_H
#define GALLEY_ACRONYMS_EXPLAIN_H

#include "shortform.h"

typedef struct reader {
    gly_str          text;
    const gly_token *tokens;
    const gly_term  *terms;
    uint32_t         count;
    uint32_t         longest;  /* short form, in bytes                        */
    uint32_t         language; /* 1 << LANGUAGE_XX; all ones: not known        */
} reader;

typedef struct explained {
    shortform shorter;
    gly_range longer;
} explained;

/* Whether a mark that begins with this byte may explain anything. */
static inline bool explain_may(char first)
{
    static const bool may[256] = {
        ['('] = true, ['['] = true, ['='] = true, [':'] = true, [','] = true, [';'] = true,
        ['-'] = true, [0xE2] = true, /* dashes */
    };

    return may[(unsigned char)first];
}

/* What is explained around the mark that token i is; false: nothing. */
bool explain(const reader *, uint32_t i, explained *);

#endif
