/* words - what words are known to be: stop words by language, trigger classes.
 *
 * extract.tokens looks each distinct word up once and stores the answer in
 * term/1; other stages read it there. */
#ifndef GALLEY_KIT_WORDS_H
#define GALLEY_KIT_WORDS_H

#include <galley/types.h>

/* Languages with stop words; gly_term.stop has bit 1 << LANGUAGE_XX. */
typedef enum word_language {
    LANGUAGE_EN, LANGUAGE_DE, LANGUAGE_FR, LANGUAGE_ES, LANGUAGE_IT, LANGUAGE_PT,
    LANGUAGE_NL, LANGUAGE_SV, LANGUAGE_DA, LANGUAGE_NB, LANGUAGE_FI, LANGUAGE_PL,
    LANGUAGE_CS, LANGUAGE_RO, LANGUAGE_HU, LANGUAGE_TR, LANGUAGE_RU, LANGUAGE_UK,
    LANGUAGE_EL, LANGUAGE_CA, LANGUAGE_ID, LANGUAGE_VI, LANGUAGE_BG, LANGUAGE_HR,
    LANGUAGE_COUNT
} word_language;

/* gly_term.classes */
enum {
    WORD_CUE      = 1 << 0, /* attributes speech: said, told, added, sagte, a déclaré */
    WORD_HONORIFIC = 1 << 1, /* before a name: mr, dr, sir, det, supt, councillor, herr, mme */
    WORD_ROLE     = 1 << 2, /* a person's office: minister, chief, commissioner, spokeswoman */
    WORD_FIRST    = 1 << 3, /* a common given name */
    WORD_ORG      = 1 << 4, /* ends or names an organisation: ltd, council, police, university */
    WORD_MONTH    = 1 << 5, /* months and their short forms */
    WORD_WEEKDAY  = 1 << 6,
    WORD_PRONOUN  = 1 << 7, /* he, she, they, er, sie, il, elle */
    WORD_NUMBER   = 1 << 8, /* number words: two, million, Mio */
    WORD_ABBREV   = 1 << 9, /* takes a full stop that ends no sentence: etc, inc, nr */
    WORD_PLACE    = 1 << 10, /* countries, large cities, nationalities' countries */
};

const char *word_language_code(word_language);  /* "en" */
int word_language_of(gly_str code);              /* -1: not one of them */

/* `word` lower-cased. */
uint32_t word_stop(gly_str word);     /* bit set of languages */
uint32_t word_classes(gly_str word);  /* WORD_* bits, any language */
uint64_t word_hash(gly_str word);     /* stable across runs and machines */

#endif
