/* number - numbers as people write them.
 *
 * A mark before exactly three digits parts thousands where the language says so,
 * where the mark comes twice, or where the other mark follows; else it begins the
 * decimals. Spaces part thousands unless the language never does so. */
#include "number.h"

enum { MOST_DIGITS = 15 };

typedef struct mark {
    char     kind;   /* '.' ',' '\'' ' ', '\0': none */
    uint32_t length;
} mark;

static mark mark_at(const scan *s, uint32_t at)
{
    static const struct { const char *bytes; char kind; } wide[] = {
        { "\xC2\xA0", ' ' }, { "\xE2\x80\xAF", ' ' }, { "\xE2\x80\x89", ' ' }, { "\xE2\x80\x99", '\'' }
    };
    char c = scan_byte(s, at);

    if (c == '.' || c == ',' || c == '\'')
        return (mark){ c, 1 };
    if (c == ' ')
        return (mark){ s->language & measure_tight_languages ? '\0' : ' ', 1 };
    if ((unsigned char)c < 0x80)
        return (mark){ '\0', 0 };
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++) {
        uint32_t length = (uint32_t)strlen(wide[i].bytes);

        if (s->text.len - at >= length && memcmp(s->text.ptr + at, wide[i].bytes, length) == 0)
            return (mark){ wide[i].kind, length };
    }
    return (mark){ '\0', 0 };
}

static uint32_t digits_from(const scan *s, uint32_t at)
{
    uint32_t n = 0;

    while (n <= MOST_DIGITS && scan_is_digit(scan_byte(s, at + n)))
        n++;
    return n;
}

/* Whether the mark before three digits at `at` parts thousands. */
static bool parts_thousands(const scan *s, char kind, char used, uint32_t first, bool zero, uint32_t at)
{
    mark next = mark_at(s, at + 3);

    if (kind == ' ' || kind == '\'')
        return (used == kind || used == '\0') && first <= 3;
    if (used)
        return used == kind;
    if (zero || first > 3)
        return false;
    if ((next.kind == '.' || next.kind == ',') && digits_from(s, at + 3 + next.length) > 0)
        return next.kind != kind || digits_from(s, at + 3 + next.length) == 3;
    if (!s->language)
        return true;
    return kind == (s->language & measure_comma_languages ? '.' : ',');
}

static void add_digits(const scan *s, number *n, uint32_t from, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        n->digits = n->digits * 10 + (s->text.ptr[from + i] - '0');
}

bool number_read(const scan *s, uint32_t i, number *n)
{
    uint32_t at = s->tokens[i].at.begin, first = digits_from(s, at), total = first, count;
    bool zero = scan_byte(s, at) == '0';
    char used = '\0';
    mark m;

    if (first == 0 || first > MOST_DIGITS)
        return false;
    *n = (number){ 0, 1, at + first };
    add_digits(s, n, at, first);
    for (m = mark_at(s, n->end); m.kind; m = mark_at(s, n->end)) {
        at = n->end + m.length;
        count = digits_from(s, at);
        if (count != 3 || !parts_thousands(s, m.kind, used, first, zero, at))
            break;
        add_digits(s, n, at, 3);
        n->end = at + 3;
        used = m.kind;
        total += 3;
        if (total > MOST_DIGITS)
            return false;
    }
    if (m.kind == '.' || m.kind == ',') {
        count = digits_from(s, n->end + m.length);
        if (count && m.kind != used) {
            add_digits(s, n, n->end + 1, count);
            for (n->end += 1 + count, total += count; count; count--)
                n->divisor *= 10;
        } else if (count)
            return false;
    }
    if (scan_byte(s, n->end) == ',' && scan_byte(s, n->end + 1) == '-') { /* 5.000,- */
        n->end += 2;
        n->end += scan_byte(s, n->end) == '-';
        return total <= MOST_DIGITS;
    }
    m = mark_at(s, n->end);
    return total <= MOST_DIGITS && !((m.kind == '.' || m.kind == ',') && digits_from(s, n->end + 1));
}

double number_value(const number *n, double times)
{
    return n->digits * times / n->divisor;
}
