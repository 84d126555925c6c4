/* measure - what a line looks like: words, width, case, its end. */
#include "measure.h"

#include "base/utf8.h"
#include "kit/unicode.h"
#include "kit/lanes.h"

enum { MOST_ROUNDS = 254 /* before a lane overflows; one more ends a line */ };

/* 0xFF where a blank or a tab stands. */
static lanes blanks_of(lanes x)
{
    return (lanes)(x == ' ') | (lanes)(x == '\t');
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool may_be_sign(char c)
{
    return (unsigned char)c >= 0xE3 || (unsigned char)c == 0xE0;
}

/* A line that is too short for a round. */
static void measure_short(gly_str s, measured *m)
{
    for (uint32_t i = 1; i < s.len; i++) {
        bool blank = is_blank(s.ptr[i]), before = is_blank(s.ptr[i - 1]);

        m->words += blank && !before;
        m->gaps |= (blank && before) || s.ptr[i] == '\t';
        m->width -= ((unsigned char)s.ptr[i] & 0xC0) == 0x80;
    }
}

/* What is counted in each lane. */
typedef struct tally {
    lanes words, continuing, gaps, signs;
} tally;

/* The bytes from `at` on where `counted` is 0xFF. A sign of a script without spaces is
 * looked for by its first byte. */
static inline void measure_round(tally *t, const char *at, lanes counted)
{
    lanes x = lanes_load(at), blanks = blanks_of(x), before = blanks_of(lanes_load(at - 1));

    t->words -= blanks & ~before & counted; /* 0xFF is -1 */
    t->gaps |= ((blanks & before) | (lanes)(x == '\t')) & counted;
    if (lanes_ascii(x))
        return;
    t->continuing -= (lanes)((signed_lanes)x < -64) & counted;
    t->signs |= (lanes)(x >= 0xE3) | (lanes)(x == 0xE0);
}

/* A line longer than a round, from byte 1 on. The last round looks at bytes of the one
 * before again and leaves those out. */
static bool measure_rounds(gly_str s, measured *m)
{
    static const lanes places = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 };
    tally t = { .signs = { 0 } };
    uint32_t i = 1;

    while (i < s.len) {
        t.words = t.continuing = (lanes){ 0 };
        for (int round = 0; round < MOST_ROUNDS && i + LANES <= s.len; round++, i += LANES)
            measure_round(&t, s.ptr + i, ~(lanes){ 0 });
        if (i < s.len && i + LANES > s.len) {
            measure_round(&t, s.ptr + s.len - LANES, (lanes)(places >= (uint8_t)(LANES - (s.len - i))));
            i = s.len;
        }
        m->words += lanes_sum(t.words);
        m->width -= lanes_sum(t.continuing);
    }
    m->gaps = lanes_any(t.gaps);
    return lanes_any(t.signs);
}

/* Signs of scripts without spaces: from U+3000 to the end of Hangul, and Thai. */
static void add_signs(gly_str s, measured *m)
{
    uint32_t signs = 0;

    for (uint32_t i = 0; i + 2 < s.len; i++) {
        unsigned char a = (unsigned char)s.ptr[i], b = (unsigned char)s.ptr[i + 1];

        signs += (a >= 0xE3 && a <= 0xED) || (a == 0xE0 && (b == 0xB8 || b == 0xB9));
    }
    m->words += signs / 2;
    m->width += signs;
}

measured measure_text(gly_str s)
{
    measured m = { 1, s.len, false };

    bool has_signs = may_be_sign(s.ptr[0]);

    if (s.len > LANES)
        has_signs |= measure_rounds(s, &m);
    else
        measure_short(s, &m);
    if (has_signs || (s.len <= LANES && m.width < s.len))
        add_signs(s, &m);
    return m;
}

/* A mark at the end of a line. */
typedef struct ending {
    const char *bytes;
    uint32_t    length;
} ending;
#define ENDING(mark) { mark, sizeof mark - 1 }

static bool has_end(gly_str s, const ending *e)
{
    return s.len >= e->length && s.ptr[s.len - 1] == e->bytes[e->length - 1]
        && memcmp(s.ptr + s.len - e->length, e->bytes, e->length) == 0;
}

/* Without the quotation marks, brackets and signs of emphasis at its end. */
static gly_str without_closing(gly_str s)
{
    static const ending closing[] = {
        ENDING("\""), ENDING("'"), ENDING(")"), ENDING("]"), ENDING("\xE2\x80\x9D"),
        ENDING("\xE2\x80\x99"), ENDING("\xE2\x80\x9C"), ENDING("\xC2\xBB"), ENDING("\xE2\x80\xBA"),
        ENDING("\xE3\x80\x8D"), ENDING("\xE3\x80\x8F"), ENDING("\xEF\xBC\x89"), ENDING("*"), ENDING("_")
    };
    size_t i = 0;

    while (i < sizeof closing / sizeof closing[0]) {
        if (s.len > closing[i].length && has_end(s, &closing[i])) {
            s.len -= closing[i].length;
            i = 0;
        } else {
            i++;
        }
    }
    return s;
}

bool measure_ends_sentence(gly_str s)
{
    static const ending stops[] = { /* the last five: CJK, Arabic, Urdu, Hindi */
        ENDING("."), ENDING("!"), ENDING("?"), ENDING(":"), ENDING("\xE2\x80\xA6"),
        ENDING("\xE3\x80\x82"), ENDING("\xEF\xBC\x81"), ENDING("\xEF\xBC\x9F"),
        ENDING("\xEF\xBC\x9A"), ENDING("\xD8\x9F"), ENDING("\xDB\x94"), ENDING("\xE0\xA5\xA4")
    };
    unsigned char last = (unsigned char)s.ptr[s.len - 1];

    if (last == '.' || last == '?' || last == '!')
        return true;
    if ((last >= 'a' && last <= 'z') || (last >= 'A' && last <= 'Z') || (last >= '0' && last <= '9'))
        return false;
    s = without_closing(s);
    for (size_t i = 0; i < sizeof stops / sizeof stops[0]; i++)
        if (has_end(s, &stops[i]))
            return true;
    return false;
}

bool measure_is_capitals(gly_str s)
{
    const char *at = s.ptr, *end = s.ptr + s.len;
    uint32_t capitals = 0;

    while (at < end) {
        unsigned class = unicode_class(utf8_next(&at));

        if (class & UNICODE_LOWER)
            return false;
        capitals += (class & UNICODE_UPPER) != 0;
    }
    return capitals >= 3;
}

bool measure_opens_small(gly_str s)
{
    const char *at = s.ptr;

    return unicode_class(utf8_next(&at)) & UNICODE_LOWER;
}

bool measure_has_letter(gly_str s)
{
    const char *at = s.ptr, *end = s.ptr + s.len;

    while (at < end)
        if (unicode_class(utf8_next(&at)) & UNICODE_LETTER)
            return true;
    return false;
}

bool measure_opens_capital(gly_str s)
{
    const char *at = s.ptr;

    return unicode_class(utf8_next(&at)) & UNICODE_UPPER;
}

bool measure_opens_quote(gly_str s)
{
    static const char *const marks[] = {
        "\"", "\xE2\x80\x9C", "\xE2\x80\x9E", "\xC2\xAB", "\xE2\x80\x98", "\xE3\x80\x8C"
    };

    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (s.len > strlen(marks[i]) && memcmp(s.ptr, marks[i], strlen(marks[i])) == 0)
            return true;
    return false;
}
