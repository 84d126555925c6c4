/* language_model - how likely short runs of letters are in each language.
 *
 * A naive Bayes model over runs of two to four letters of a word, its ends
 * counted as spaces (Cavnar and Trenkle 1994; weights as in McNamee 2005). The
 * table is language.model, made by language_model.py and linked in as it is; nothing is
 * read or allocated at run time. */
#ifndef GALLEY_KIT_LANGUAGE_MODEL_H
#define GALLEY_KIT_LANGUAGE_MODEL_H

#include <galley/types.h>

enum {
    MODEL_LANGUAGES = 79,
    MODEL_NAT       = 16, /* weights and scores are in sixteenths of a nat */
};

typedef struct model_scores {
    uint32_t of[MODEL_LANGUAGES];
    uint32_t runs; /* of three letters that were looked up */
} model_scores;

/* Adds what a word in lower case says for each language. What is no letter
 * parts it in two. Any bytes will do. */
void model_add(model_scores *, gly_str word);
/* ISO 639-1; Serbian in either script is "sr". */
const char *model_code(int language);

#endif
