/* phone - telephone numbers. */
#include "phone.h"

#include <strings.h>

#include "bytes.h"

enum {
    MOST_DIGITS = 15,     /* E.164                                            */
    LEAST_WITH_COUNTRY = 8,
    LEAST_NATIONAL = 9,
    LEAST_LABELLED = 5,
    MOST_GROUPS = 8,
    LABEL_REACH = 24,     /* bytes before the number that may hold its label  */
    LONGEST_EXTENSION = 6,
};

/* Words that announce a number; the second list such numbers as are none. */
static const char *const labels[] = {
    "tel", "telephone", "phone", "call", "ring", "mobile", "fax", "hotline", "helpline", "whatsapp",
    "telefon", "telefax", "handy", "mobil", "tél", "téléphone", "appelez", "portable", "teléfono",
    "llame", "móvil", "telefono", "cellulare", "telefone", "telefoon", "bel", NULL
};
static const char *const other_labels[] = {
    "isbn", "issn", "ref", "reference", "no", "number", "nr", "doi", "vat", "id", "registration",
    "charity", "invoice", "order", "case", NULL
};
static const char *const extensions[] = { "extension", "ext.", "ext", "x", "durchwahl", "poste", NULL };

typedef struct groups {
    uint32_t digits[MOST_GROUPS], count, total;
    char     separator[MOST_GROUPS]; /* behind group i */
    char     number[MOST_DIGITS + 1];
    uint32_t end;
    bool     trunk;                  /* "(0)" was passed over */
} groups;

/* ---- groups of digits ------------------------------------------------------------------ */

/* The separator at i: its length, *kind one of " -./" or ')'. 0: none. */
static uint32_t separator_at(gly_str text, uint32_t i, char *kind)
{
    char c = byte_at(text, i);

    *kind = c;
    if (c == ')')
        return byte_at(text, i + 1) == ' ' || byte_at(text, i + 1) == '-' ? 2 : 1;
    if (c == ' ')
        return byte_at(text, i + 1) == '(' ? 2 : 1;
    if (c == '-' || c == '.' || c == '/')
        return 1;
    *kind = ' ';
    if (c == '\xC2' && byte_at(text, i + 1) == '\xA0')
        return 2;
    *kind = '-';
    if (c != '\xE2' || byte_at(text, i + 1) != '\x80')
        return 0;
    return (unsigned char)byte_at(text, i + 2) - 0x90u < 4u ? 3 : 0; /* U+2010 to U+2013 */
}

/* "(0)" after a country's number is only dialled inside the country. */
static uint32_t trunk_at(gly_str text, uint32_t i)
{
    uint32_t at = i + (byte_at(text, i) == ' ');

    if (text.len - at < 3 || at >= text.len || memcmp(text.ptr + at, "(0)", 3) != 0)
        return i;
    return at + 3 + (byte_at(text, at + 3) == ' ');
}

/* All digits from i on; false: too many, or nothing that can be a number. */
static bool read_groups(gly_str text, uint32_t i, groups *g)
{
    *g = (groups){ .end = i };
    for (;;) {
        uint32_t begin = i, gap;

        for (; is_digit(byte_at(text, i)) && g->total <= MOST_DIGITS; i++)
            g->number[g->total++] = text.ptr[i];
        if (g->total > MOST_DIGITS || g->count == MOST_GROUPS)
            return false;
        g->digits[g->count] = i - begin;
        g->end = i;
        if (trunk_at(text, i) > i && is_digit(byte_at(text, trunk_at(text, i)))) {
            g->trunk = true;
            g->separator[g->count++] = ' ';
            i = trunk_at(text, i);
            continue;
        }
        gap = separator_at(text, i, &g->separator[g->count]);
        g->count++;
        if (!gap || !is_digit(byte_at(text, i + gap)))
            return true;
        i += gap;
    }
}

/* ---- what stands before ------------------------------------------------------------------- */

static bool is_label(gly_str word, const char *const *list)
{
    for (; *list; list++)
        if (strlen(*list) == word.len && strncasecmp(*list, word.ptr, word.len) == 0)
            return true;
    return false;
}

/* Whether one of the last words before i, in the same line, is in the list. */
static bool is_labelled(gly_str text, uint32_t i, const char *const *list, uint32_t words)
{
    uint32_t least = i > LABEL_REACH ? i - LABEL_REACH : 0, end = i;

    while (words-- && end > least) {
        uint32_t begin;

        while (end > least && is_one_of(text.ptr[end - 1], " .:(+"))
            end--;
        begin = end;
        while (begin > least
               && (is_ascii_letter(text.ptr[begin - 1]) || (unsigned char)text.ptr[begin - 1] >= 0x80))
            begin--;
        if (begin == end)
            return false;
        if (is_label(gly_slice(text, (gly_range){ begin, end }), list))
            return true;
        end = begin;
    }
    return false;
}

/* ---- what is a number ------------------------------------------------------------------------ */

static bool one_separator(const groups *g)
{
    for (uint32_t i = 1; i + 1 < g->count; i++)
        if (g->separator[i] != g->separator[0] && g->separator[0] != ')')
            return false;
    return true;
}

static bool short_groups(const groups *g)
{
    for (uint32_t i = 0; i < g->count; i++)
        if (g->digits[i] < 2)
            return true;
    return false;
}

/* 020 7946 0018, (01632) 960 001, 030/12345678, 01.23.45.67.89; no 09.00-10.30. */
static bool is_national(const groups *g)
{
    if (g->number[0] != '0' || g->number[1] == '0' || g->count < 2 || g->total < LEAST_NATIONAL
        || g->digits[0] < 2 || g->digits[0] > 6 || short_groups(g) || g->total > 13)
        return false;
    return g->separator[0] != '.' || one_separator(g);
}

/* 555-123-4567, (555) 123-4567, 1-800-555-0100. */
static bool is_american(const groups *g)
{
    uint32_t i = g->count == 4 && g->digits[0] == 1 && g->number[0] == '1';

    if (g->count != i + 3 || g->digits[i] != 3 || g->digits[i + 1] != 3 || g->digits[i + 2] != 4)
        return false;
    if (g->number[i] < '2' || g->number[i + 3] < '2')
        return false;
    return g->separator[i] == ')' || (g->separator[i] == g->separator[i + 1] && g->separator[i] != ' '
                                      && g->separator[i] != '/');
}

static bool goes_on(gly_str text, uint32_t end)
{
    char c = byte_at(text, end), after = byte_at(text, end + 1);

    return is_word_at(text, end) || c == '%' || (is_one_of(c, ".,-/:") && is_digit(after));
}

static uint32_t extension_end(gly_str text, uint32_t end)
{
    uint32_t at = end, digits = 0;

    while (byte_at(text, at) == ' ' || byte_at(text, at) == ',')
        if (++at - end > 2)
            return end;
    for (const char *const *e = extensions; *e; e++) {
        uint32_t length = (uint32_t)strlen(*e);

        if (at + length >= text.len || strncasecmp(text.ptr + at, *e, length) != 0)
            continue;
        at += length;
        at += byte_at(text, at) == ' ';
        while (digits < LONGEST_EXTENSION && is_digit(byte_at(text, at + digits)))
            digits++;
        return digits && !is_word_at(text, at + digits) ? at + digits : end;
    }
    return end;
}

static void write_value(const groups *g, bool country, uint32_t skip, phone *p)
{
    p->length = 0;
    if (country)
        p->value[p->length++] = '+';
    memcpy(p->value + p->length, g->number + skip, g->total - skip);
    p->length += g->total - skip;
}

/* Where the number begins: with its '+' and its bracket. */
static uint32_t begin_of(gly_str text, uint32_t digit)
{
    uint32_t begin = digit;

    if (begin > 0 && (text.ptr[begin - 1] == '(' || text.ptr[begin - 1] == '+'))
        begin--;
    if (begin > 0 && text.ptr[begin] == '+' && text.ptr[begin - 1] == '(')
        begin--;
    return begin;
}

bool phone_read(gly_str text, uint32_t digit, phone *p)
{
    uint32_t begin = begin_of(text, digit), opened;
    bool plus = digit > 0 && text.ptr[digit - 1] == '+', zeros, good;
    groups g;

    good = read_groups(text, digit, &g);
    if (!good || g.total < LEAST_LABELLED || goes_on(text, g.end))
        return false;
    if (begin > 0 && (is_word_at(text, before_point(text, begin))
                      || is_one_of(text.ptr[begin - 1], "./-#$_=")))
        return false;
    zeros = !plus && g.number[0] == '0' && g.number[1] == '0' && g.number[2] != '0' && g.count > 1;
    if (plus || zeros)
        good = g.total - 2 * zeros >= LEAST_WITH_COUNTRY && g.number[2 * zeros] != '0';
    else
        good = !is_labelled(text, begin, other_labels, 1) && (is_national(&g) || is_american(&g)
             || (!g.trunk && g.digits[0] > 1 && is_labelled(text, begin, labels, 3)));
    if (!good)
        return false;
    opened = text.ptr[begin] == '(' && !memchr(text.ptr + begin, ')', g.end - begin);
    p->at = (gly_range){ begin + opened, extension_end(text, g.end) };
    write_value(&g, plus || zeros, zeros ? 2 : 0, p);
    return true;
}
