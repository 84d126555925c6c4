/* alphabet - which Latin encoding makes the letters of one language of the bytes.
 *
 * Short texts have too few letters for statistics, but a Czech text holds Czech
 * letters only. Each encoding is tried with the alphabets of its languages; the
 * letters that fit count for it, foreign ones and symbols inside words against. */
#ifndef GALLEY_CLEAN_CHARSET_ALPHABET_H
#define GALLEY_CLEAN_CHARSET_ALPHABET_H

#include <galley/types.h>

enum { ALPHABET_COUNT = 13 };

typedef struct alphabet {
    const char        *encoding;
    const char *const *letters;    /* one string a language, lower case, then NULL */
    uint16_t           upper[128]; /* the characters from 0x80; 0: none            */
} alphabet;

extern const alphabet alphabets[ALPHABET_COUNT];

/* The name of the encoding that fits best. */
const char *alphabet_guess(gly_str sample);

#endif
