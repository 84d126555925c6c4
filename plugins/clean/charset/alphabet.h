/* alphabet - which Latin encoding makes words of one language of the bytes.
 *
 * Each encoding is tried with the alphabets of its languages: a Czech text holds
 * Czech letters only. Letters that fit count for it, foreign ones and symbols inside
 * words against. Short texts have too few of them: "č" of one encoding is "è" of
 * another, so the letters around them say what language it is (kit/language_model). */
#ifndef GALLEY_CLEAN_CHARSET_ALPHABET_H
#define GALLEY_CLEAN_CHARSET_ALPHABET_H

#include <galley/types.h>

enum { ALPHABET_COUNT = 13 };

typedef struct alphabet_language {
    const char *codes;   /* ISO 639-1, parted by blanks; NULL ends the list    */
    const char *letters; /* that they write beyond ASCII, in lower case        */
} alphabet_language;

typedef struct alphabet {
    const char              *encoding;
    const alphabet_language *languages;
    uint16_t                 upper[128]; /* the characters from 0x80; 0: none  */
} alphabet;

extern const alphabet alphabets[ALPHABET_COUNT];

/* The name of the encoding that fits best. */
const char *alphabet_guess(gly_str sample);

#endif
