/* mojibake - UTF-8 that was read as something else, and read so written again.
 *
 * The bytes of "é" (C3 A9) taken for windows-1252 are "Ã©". To mend that, each
 * character goes back to its byte in the encoding it was misread in; when these
 * bytes form a UTF-8 sequence, it may be the true text. Clean text holds such
 * sequences too ("ÉCOLE’s", "Brontë…”"), so each one is weighed by its look and
 * its neighbours, and a doubtful one is mended only beside sure ones. */
#ifndef GALLEY_CLEAN_CHARSET_MOJIBAKE_H
#define GALLEY_CLEAN_CHARSET_MOJIBAKE_H

#include "kit/rewrite.h"

enum { MISREAD_COUNT = 8, MISREAD_REACH = 0x2600 };

typedef struct misread_half {
    const char *name;
    uint16_t    upper[128]; /* the characters of the bytes from 0x80 */
} misread_half;

extern const misread_half misread_halves[MISREAD_COUNT];

/* The other way round, for code points below MISREAD_REACH; 0: no such byte. */
typedef struct misread_bytes {
    uint8_t byte[MISREAD_REACH][MISREAD_COUNT];
    /* Bit k: stands for a byte that leads or continues a sequence in encoding k. */
    uint8_t leads[MISREAD_REACH], continues[MISREAD_REACH];
} misread_bytes;

void misread_prepare(misread_bytes *);

/* Walks valid UTF-8 once. Returns how many sequences were mended; when none was,
 * `out` has nothing in it of use. Text read wrongly twice takes two calls. */
uint32_t mojibake_mend(const misread_bytes *, gly_str text, rewrite *out);

#endif
