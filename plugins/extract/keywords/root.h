/* root - the content words of one document, forms of one stem counted together.
 *
 * All memory is the document's scratch arena. */
#ifndef GALLEY_EXTRACT_ROOT_H
#define GALLEY_EXTRACT_ROOT_H

#include <galley/plugin.h>

#include "kit/stem.h"

/* The layers of one document, as far as they are over the current text. */
typedef struct article {
    const gly_doc      *doc;
    const gly_token    *tokens;
    const gly_term     *terms;
    const gly_sentence *sentences;
    const gly_block    *blocks;
    uint32_t            ntokens, nterms, nsentences, nblocks;
    int                 language; /* word_language, or -1 */
} article;

enum {
    ROOT_CUE  = 1 << 0, /* a verb of saying     */
    ROOT_DATE = 1 << 1, /* a month or a weekday */
};

typedef struct root {
    uint64_t stem;     /* by hash                                              */
    uint32_t term;     /* its commonest form, the first of equals              */
    uint32_t count;    /* tokens                                               */
    uint32_t capitals; /* of them with a capital letter where none is needed   */
    uint32_t uppers;   /* of them in capital letters alone                     */
    uint32_t first;    /* sentence in which it stands first                    */
    uint32_t shown;    /* token that shows it: that form, not at the start of a
                          sentence if it can be; GLY_NO_REF: not met yet       */
    uint32_t shown_free; /* 1: a capital letter is not needed there            */
    uint32_t letters;  /* of its first form                                    */
    uint32_t flags;    /* ROOT_CUE, ROOT_DATE                                  */
} root;

/* What a term is to this stage. */
typedef struct form {
    uint32_t root;    /* GLY_NO_REF: a stop word, or no word at all         */
    uint32_t place;   /* what stands in roots.places for it                 */
    bool     elided;  /* what stands before its apostrophe is no part of it: "l'" */
    bool     owns;    /* the apostrophe and what is behind it are not: "'s" */
} form;

#define ROOT_BREAK_BEFORE (UINT32_C(1) << 30) /* the place begins a run: "l'" stood before */
#define ROOT_BREAK_AFTER  (UINT32_C(1) << 31) /* the place ends a run: "'s" stands behind  */
#define ROOT_NUMBER       (ROOT_BREAK_BEFORE - 1)

/* Words of a sentence that stand side by side, with no stop word or mark between. */
typedef struct run {
    uint32_t token, length; /* two words or more */
} run;

typedef struct roots {
    form     *forms; /* by term; one more, of no root, for marks */
    root     *items;
    uint32_t *places; /* by token: the root that may stand in a phrase there, with
                         ROOT_BREAK_*; GLY_NO_REF: none                  */
    run      *runs;   /* in the order of the text                        */
    uint32_t  count, run_count, run_capacity;
    uint32_t  words;    /* all words counted, stop words too */
    uint32_t  content;  /* of them with a root               */
    uint32_t  capitals; /* of these with a free capital      */
} roots;

/* The place of the word in token i, without what is not part of it. */
gly_range root_place(const article *, const roots *, uint32_t token);
/* False when memory runs out. */
bool roots_find(const article *, stems *, roots *);

#endif
