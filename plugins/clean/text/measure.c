/* measure - what a line looks like: words, width, case, its end. */
#include "measure.h"

#include "base/utf8.h"
#include "kit/unicode.h"

/* Sixteen bytes at a time; the compiler's vectors work on any machine. */
enum { LANES = 16, MOST_ROUNDS = 255 /* before a lane overflows */ };
typedef uint8_t lanes __attribute__((vector_size(LANES)));
typedef int8_t  signed_lanes __attribute__((vector_size(LANES)));

static lanes load(const char *p)
{
    lanes x;

    memcpy(&x, p, sizeof x);
    return x;
}

/* 0xFF where a blank or a tab stands. */
static lanes blanks_of(lanes x)
{
    return (lanes)(x == ' ') | (lanes)(x == '\t');
}

static uint32_t sum_of(lanes x)
{
    uint32_t sum = 0;

    for (int i = 0; i < LANES; i++)
        sum += x[i];
    return sum;
}

static bool any_of(lanes x)
{
    uint64_t halves[2];

    memcpy(halves, &x, sizeof halves);
    return (halves[0] | halves[1]) != 0;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* The rest of a line, from byte `i` > 0 on. */
static void measure_end(gly_str s, uint32_t i, measured *m)
{
    for (; i < s.len; i++) {
        bool blank = is_blank(s.ptr[i]), before = is_blank(s.ptr[i - 1]);

        m->words += blank && !before;
        m->gaps |= (blank && before) || s.ptr[i] == '\t';
        m->width -= ((unsigned char)s.ptr[i] & 0xC0) == 0x80;
    }
}

/* As many whole rounds of LANES as there are, from byte 1 on; returns where they end.
 * A sign of a script without spaces is looked for by its first byte. */
static uint32_t measure_rounds(gly_str s, measured *m, bool *has_signs)
{
    uint32_t i = 1;
    lanes gaps = { 0 }, signs = { 0 };

    while (i + LANES <= s.len) {
        lanes words = { 0 }, continuing = { 0 };

        for (int round = 0; round < MOST_ROUNDS && i + LANES <= s.len; round++, i += LANES) {
            lanes x = load(s.ptr + i), blanks = blanks_of(x), before = blanks_of(load(s.ptr + i - 1));

            words -= blanks & ~before; /* 0xFF is -1 */
            gaps |= (blanks & before) | (lanes)(x == '\t');
            continuing -= (lanes)((signed_lanes)x < -64);
            signs |= (lanes)(x >= 0xE3) | (lanes)(x == 0xE0);
        }
        m->words += sum_of(words);
        m->width -= sum_of(continuing);
    }
    m->gaps = any_of(gaps);
    *has_signs = any_of(signs);
    return i;
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

    bool has_signs;
    uint32_t done = measure_rounds(s, &m, &has_signs);

    measure_end(s, done, &m);
    if (has_signs || (done < 4 * LANES && m.width < s.len))
        add_signs(s, &m);
    return m;
}

static bool has_end(gly_str s, const char *mark)
{
    uint32_t len = (uint32_t)strlen(mark);

    return s.len >= len && memcmp(s.ptr + s.len - len, mark, len) == 0;
}

bool measure_ends_sentence(gly_str s)
{
    static const char *const closing[] = {
        "\"", "'", ")", "]", "\xE2\x80\x9D", "\xE2\x80\x99", "\xE2\x80\x9C", "\xC2\xBB",
        "\xE2\x80\xBA", "\xE3\x80\x8D", "\xE3\x80\x8F", "\xEF\xBC\x89", "*", "_"
    };
    static const char *const ending[] = { /* the last five: CJK, Arabic, Urdu, Hindi */
        ".", "!", "?", ":", "\xE2\x80\xA6", "\xE3\x80\x82", "\xEF\xBC\x81", "\xEF\xBC\x9F",
        "\xEF\xBC\x9A", "\xD8\x9F", "\xDB\x94", "\xE0\xA5\xA4"
    };
    unsigned char last = (unsigned char)s.ptr[s.len - 1];
    size_t i = 0;

    if (last == '.' || last == '?' || last == '!')
        return true;
    if ((last >= 'a' && last <= 'z') || (last >= 'A' && last <= 'Z') || (last >= '0' && last <= '9'))
        return false;
    while (i < sizeof closing / sizeof closing[0]) {
        if (s.len > strlen(closing[i]) && has_end(s, closing[i])) {
            s.len -= (uint32_t)strlen(closing[i]);
            i = 0;
        } else {
            i++;
        }
    }
    for (i = 0; i < sizeof ending / sizeof ending[0]; i++)
        if (has_end(s, ending[i]))
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
