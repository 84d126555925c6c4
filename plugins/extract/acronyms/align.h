/* align - does a long form spell out a short one, and how well?
 *
 * The letters of the short form are laid over the words of the long form from left to
 * right, at least cost: a letter at the start of a word costs nothing, one inside a
 * word something, a word without a letter more, a stop word without one hardly
 * anything. The idea of letting any letter match is of Schwartz and Hearst (PSB
 * 2003); theirs takes the first match from the right, this the cheapest. Pure. */
#ifndef GALLEY_ACRONYMS_ALIGN_H
#define GALLEY_ACRONYMS_ALIGN_H

#include <galley/types.h>

enum { ALIGN_WORDS = 32, ALIGN_LETTERS = 12, ALIGN_NONE = 10000 };

/* One word, or one part of a word with a hyphen. */
typedef struct align_word {
    gly_range at;
    bool      stop;   /* a stop word: may be passed over                 */
    bool      inside; /* behind a hyphen or slash of the same token      */
} align_word;

typedef struct align_window {
    gly_str    text;
    align_word words[ALIGN_WORDS];
    uint32_t   count;
} align_window;

/* The short form's letters and digits, folded: no case, no accents. */
typedef struct align_letters {
    uint32_t c[ALIGN_LETTERS];
    uint32_t count, capitals, digits;
} align_letters;

/* Where a long form was found: words [first, last) and what it costs, in hundredths
 * of a letter. */
typedef struct align_match {
    uint32_t first, last;
    int      cost;
} align_match;

typedef enum align_anchor {
    ALIGN_HEAD = 1 << 0, /* it must begin with the first word of the window */
    ALIGN_TAIL = 1 << 1, /* it must end with the last                        */
} align_anchor;

/* False when the short form has no letters or too many. */
bool align_letters_of(gly_str shorter, align_letters *);

/* W3C as WWWC; false when there is no digit from 2 to 4 behind a letter, or no room. */
bool align_repeat(const align_letters *, align_letters *repeated);

/* The cheapest match of at most this cost; its cost is ALIGN_NONE when there is none. */
align_match align(const align_window *, const align_letters *, unsigned anchors, int most);

#endif
