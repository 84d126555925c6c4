/* latin - scores the alphabets, and the words that they make, against what a sample
 * holds. */
#include <ctype.h>

#include <utf8proc.h>

#include "alphabet.h"
#include "base/utf8.h"
#include "kit/language_model.h"

enum {
    LONGEST_WORD = 40, MOST_WORDS = 60, /* of ASCII, and of the others */
    MOST_LANGUAGES = 16,                /* of an encoding */
    FAR = 16,                           /* points of letters that no words make good */
    A_POINT = 3 * MODEL_NAT,            /* of letters, in what the model counts in */
};

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

static int score_alphabet(const census *seen, const alphabet *a, const char *letters)
{
    int score = 0;

    for (int byte = 0; byte < 128; byte++)
        if (seen->all[byte])
            score += score_byte(seen, byte, a->upper[byte], letters);
    return score;
}

/* ---- words ------------------------------------------------------------------------ */

static bool reads(const alphabet *a, const char *code)
{
    for (const alphabet_language *l = a->languages; l->codes; l++)
        if (strcmp(l->codes, code) == 0)
            return true;
    return false;
}

/* Romanian's s and t with a cedilla are written with a comma today. */
static uint32_t with_comma(uint32_t c)
{
    return c == 0x15F ? 0x219 : c == 0x163 ? 0x21B : c;
}

/* A word as UTF-8 in lower case, for the language model. */
static void add_word(model_scores *scores, gly_str word, const alphabet *a)
{
    bool romanian = a && reads(a, "ro");
    char text[3 * LONGEST_WORD];
    uint32_t length = 0;

    for (uint32_t i = 0; i < word.len; i++) {
        unsigned byte = (unsigned char)word.ptr[i];
        uint32_t c = byte < 0x80 ? (uint32_t)tolower((int)byte)
                                 : (uint32_t)utf8proc_tolower(a->upper[byte - 0x80]);

        c = romanian ? with_comma(c) : c;
        length += (uint32_t)utf8proc_encode_char((utf8proc_int32_t)(c ? c : '.'), (utf8proc_uint8_t *)text + length);
    }
    model_add(scores, (gly_str){ text, length });
}

static bool is_ascii(gly_str word)
{
    return utf8_ascii_prefix(word.ptr, word.len) == word.len;
}

/* Adds the words that are ASCII (a: NULL), which are the same in every encoding, or
 * those that are not as `a` reads them. */
static void add_words(model_scores *scores, gly_str sample, const alphabet *a)
{
    uint32_t words = 0;

    for (uint32_t i = 0; i < sample.len && words < MOST_WORDS;) {
        uint32_t start = i;
        gly_str word;

        while (i < sample.len && letter_like(sample.ptr[i]) && i - start < LONGEST_WORD)
            i++;
        word = (gly_str){ sample.ptr + start, i - start };
        if (word.len == 0) {
            i++;
        } else if (is_ascii(word) == !a) {
            add_word(scores, word, a);
            words++;
        }
    }
}

/* The best of the languages; one that the model does not know is given what it
 * would take to be none of the others. */
static int score_words(const model_scores *ascii, const model_scores *high, const char *codes)
{
    int most = -1;

    for (int i = 0; i < MODEL_LANGUAGES; i++)
        if (strstr(codes, model_code(i))) {
            int score = (int)(ascii->of[i] + high->of[i]);

            most = score > most ? score : most;
        }
    for (int i = 0; i < MODEL_LANGUAGES && strcmp(codes, "mt") == 0; i++)
        most = (int)ascii->of[i] * 3 / 4 > most ? (int)ascii->of[i] * 3 / 4 : most;
    return most;
}

typedef struct guess {
    census       seen;
    model_scores ascii;
    int          letters[ALPHABET_COUNT][MOST_LANGUAGES], top; /* scores of the alphabets */
    int          best, most;
} guess;

static void score_alphabets(guess *g)
{
    g->top = INT32_MIN;
    for (int i = 0; i < ALPHABET_COUNT; i++)
        for (int k = 0; alphabets[i].languages[k].codes; k++) {
            g->letters[i][k] = score_alphabet(&g->seen, &alphabets[i], alphabets[i].languages[k].letters);
            if (g->letters[i][k] > g->top)
                g->top = g->letters[i][k];
        }
}

static bool is_near(const guess *g, int i)
{
    for (int k = 0; alphabets[i].languages[k].codes; k++)
        if (g->letters[i][k] + FAR >= g->top)
            return true;
    return false;
}

static void weigh(guess *g, gly_str sample, int i)
{
    const alphabet_language *languages = alphabets[i].languages;
    model_scores high = { .runs = 0 };

    add_words(&high, sample, &alphabets[i]);
    for (int k = 0; languages[k].codes; k++) {
        int score = A_POINT * g->letters[i][k] + score_words(&g->ascii, &high, languages[k].codes);

        if (score > g->most) {
            g->most = score;
            g->best = i;
        }
    }
}

/* Words decide among the encodings whose letters come near the best. */
const char *alphabet_guess(gly_str sample)
{
    guess g = { .most = INT32_MIN };

    take_census(sample, &g.seen);
    score_alphabets(&g);
    add_words(&g.ascii, sample, NULL);
    for (int i = 0; i < ALPHABET_COUNT; i++)
        if (is_near(&g, i))
            weigh(&g, sample, i);
    return alphabets[g.best].encoding;
}
