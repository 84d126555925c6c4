/* unicode - what a code point is, from compact tables (Unicode 14). */
#ifndef GALLEY_KIT_UNICODE_H
#define GALLEY_KIT_UNICODE_H

#include <stdbool.h>
#include <stdint.h>

#include "kit/unicode_table.h"

enum {
    UNICODE_LETTER = 1 << 0, /* L*, and marks (M*) that continue a letter */
    UNICODE_UPPER  = 1 << 1, /* Lu, Lt                                    */
    UNICODE_LOWER  = 1 << 2, /* Ll                                        */
    UNICODE_DIGIT  = 1 << 3, /* Nd                                        */
    UNICODE_SPACE  = 1 << 4, /* White_Space, and U+FEFF                   */
    UNICODE_MARK   = 1 << 5, /* P*, S*                                    */
    UNICODE_CJK    = 1 << 6, /* Han, kana, Hangul, Thai, Lao, Khmer, Burmese: no spaces between words */
    UNICODE_COMBINING = 1 << 7, /* M*                                     */
};

unsigned unicode__class(uint32_t c);
uint32_t unicode__lower(uint32_t c);

/* UNICODE_* bits */
static inline unsigned unicode_class(uint32_t c)
{
    return c < 128 ? unicode_ascii[c] : unicode__class(c);
}

/* The simple mapping */
static inline uint32_t unicode_lower(uint32_t c)
{
    return c < 128 ? c + (c >= 'A' && c <= 'Z' ? 32 : 0) : unicode__lower(c);
}

#endif
