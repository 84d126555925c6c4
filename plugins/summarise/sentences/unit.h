/* unit - runs of sentences that stand or fall together, and which may be chosen.
 *
 * A unit is one sentence, or the sentences of one quotation with the words that
 * attribute it. All memory is the document's scratch arena. */
#ifndef GALLEY_SUMMARISE_UNIT_H
#define GALLEY_SUMMARISE_UNIT_H

#include <galley/plugin.h>

#include "summarise/sentences/opening.h"

/* The layers of one document, as far as they are over the current text. */
typedef struct article {
    const gly_doc      *doc;
    const gly_token    *tokens;
    const gly_term     *terms;
    const gly_sentence *sentences;
    const gly_block    *blocks;
    const gly_layer    *quotes, *mentions;
    uint32_t            ntokens, nterms, nsentences, nblocks;
    int                 language; /* word_language, or -1 */
} article;

enum {
    UNIT_OUT     = 1 << 0, /* never chosen: title, notes, question, fragment ...    */
    UNIT_LEANS   = 1 << 1, /* only together with the unit before                    */
    UNIT_QUOTES  = 1 << 2, /* a good part of it stands in quotation marks           */
    UNIT_SPEAKS  = 1 << 3, /* first person outside of quotation marks               */
    UNIT_NUMBERS = 1 << 4, /* holds a digit                                         */
    UNIT_LEAD    = 1 << 5, /* lies in the first paragraph                           */
    UNIT_BODY    = 1 << 6, /* lies in a paragraph or an item: counts for position   */
    UNIT_FIRST   = 1 << 7, /* the first of the body                                 */
};

typedef struct unit {
    gly_range at;          /* without the dateline before it                        */
    uint32_t  first, last; /* sentences [first, last)                               */
    uint32_t  first_token, last_token;
    uint32_t  words, quoted; /* words; those inside quotation marks                 */
    uint32_t  flags;       /* UNIT_*                                                */
    double    score;
} unit;

typedef struct units {
    unit    *items;
    uint32_t count;
} units;

/* The bit of the document's language in gly_term.stop; all bits when not known. */
uint32_t article_stop_bits(const article *);
/* False when memory runs out. */
bool units_find(const article *, const opening_table *, units *);

#endif
