/* latin - scores the alphabets against what a sample holds. */
#include <ctype.h>

#include <utf8proc.h>

#include "alphabet.h"
#include "base/utf8.h"

/* How often each byte beyond ASCII occurs, and where. */
typedef struct census {
    int all[128];
    int inside[128];      /* between two letters                         */
    int after_lower[128]; /* after a small ASCII letter: capitals don't stand here */
} census;

static bool letter_like(char c)
{
    return (unsigned char)c >= 0x80 || isalpha((unsigned char)c);
}

static void take_census(gly_str sample, census *c)
{
    memset(c, 0, sizeof *c);
    for (uint32_t i = 0; i < sample.len; i++) {
        unsigned byte = (unsigned char)sample.ptr[i];
        char before = i > 0 ? sample.ptr[i - 1] : ' ';
        char after = i + 1 < sample.len ? sample.ptr[i + 1] : ' ';

        if (byte < 0x80)
            continue;
        c->all[byte - 0x80]++;
        c->inside[byte - 0x80] += letter_like(before) && letter_like(after);
        c->after_lower[byte - 0x80] += islower((unsigned char)before) != 0;
    }
}

static bool belongs(uint32_t c, const char *letters)
{
    uint32_t small = (uint32_t)utf8proc_tolower((utf8proc_int32_t)c);

    while (*letters) {
        uint32_t letter = utf8_next(&letters);

        if (letter == small || letter == c)
            return true;
    }
    return false;
}

/* Quotation marks, dashes, the ellipsis, the euro: any language has them. */
static bool common_mark(uint32_t c)
{
    return (c >= 0x2010 && c <= 0x2026) || c == 0x20AC || c == 0xAB || c == 0xBB || c == 0xA0 ||
           c == 0xB0 || c == 0xA7 || c == 0xA3 || c == 0xA9 || c == 0xBF || c == 0xA1;
}

static int score_byte(const census *seen, int byte, uint32_t c, const char *letters)
{
    int all = seen->all[byte];
    utf8proc_category_t kind = utf8proc_category((utf8proc_int32_t)c);
    int score;

    if (c == 0)
        return -6 * all;
    if (belongs(c, letters))
        score = 2 * all;
    else if (kind <= UTF8PROC_CATEGORY_LO || kind == UTF8PROC_CATEGORY_MN)
        score = -2 * all;
    else if (c == 0x2019) /* the apostrophe */
        score = all;
    else if (common_mark(c))
        score = all - 4 * seen->inside[byte];
    else
        score = -2 * all - 3 * seen->inside[byte];
    return kind == UTF8PROC_CATEGORY_LU ? score - 3 * seen->after_lower[byte] : score;
}

static int score_language(const census *seen, const alphabet *a, const char *letters)
{
    int score = 0;

    for (int byte = 0; byte < 128; byte++)
        if (seen->all[byte])
            score += score_byte(seen, byte, a->upper[byte], letters);
    return score;
}

const char *alphabet_guess(gly_str sample)
{
    const alphabet *best = alphabets;
    int most = INT32_MIN;
    census seen;

    take_census(sample, &seen);
    for (const alphabet *a = alphabets; a < alphabets + ALPHABET_COUNT; a++)
        for (const char *const *l = a->letters; *l; l++) {
            int score = score_language(&seen, a, *l);

            if (score > most) {
                most = score;
                best = a;
            }
        }
    return best->encoding;
}
