/* shortform - what can be an acronym, by its looks. */
#include "shortform.h"

#include "base/utf8.h"
#include "kit/unicode.h"

enum {
    MOST_ALONE = 8,     /* letters, all capitals, of a word that nothing explains */
    LONGEST_ELIDED = 5, /* bytes: l, d, qu, dell                                  */
};

typedef struct looks {
    uint32_t letters, uppers, lowers, digits, spaces, others;
} looks;

static looks look(gly_str text)
{
    const char *at = text.ptr, *end = at + text.len;
    looks l = { 0 };

    while (at < end) {
        uint32_t c = utf8_next(&at);
        unsigned classes = unicode_class(c);

        l.letters += (classes & UNICODE_LETTER) != 0;
        l.uppers += (classes & UNICODE_UPPER) != 0;
        l.lowers += (classes & UNICODE_LOWER) != 0;
        l.digits += (classes & UNICODE_DIGIT) != 0;
        l.spaces += (classes & UNICODE_SPACE) != 0;
        l.others += !(classes & (UNICODE_LETTER | UNICODE_DIGIT | UNICODE_SPACE))
                 && !(c && c < 0x80 && strchr("-&/.+'", (int)c));
    }
    return l;
}

static bool ends_with(gly_str text, const char *ending)
{
    uint32_t length = (uint32_t)strlen(ending);

    return text.len > length && memcmp(text.ptr + text.len - length, ending, length) == 0;
}

static bool is_upper_byte(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* Behind an elided word: l'OIT is OIT. */
static gly_range without_elision(gly_str text, gly_range at)
{
    for (uint32_t i = at.begin; i + 3 < at.end && i < at.begin + LONGEST_ELIDED; i++) {
        uint32_t next = i + (text.ptr[i] == '\'' ? 1 : 3);

        if (text.ptr[i] != '\'' && memcmp(text.ptr + i, "\xE2\x80\x99", 3) != 0)
            continue;
        if (next + 1 < at.end && is_upper_byte(text.ptr[next]) && is_upper_byte(text.ptr[next + 1]))
            return (gly_range){ next, at.end };
    }
    return at;
}

/* The range without what is elided and without 's; the text without the s of a plural
 * either. */
static void strip(gly_str text, gly_range at, shortform *s)
{
    at = without_elision(text, at);
    s->at = at;
    s->text = gly_slice(text, at);
    if (ends_with(s->text, "'s") || ends_with(s->text, "\xE2\x80\x99s"))
        s->at.end = s->at.end - (s->text.ptr[s->text.len - 2] == '\'' ? 2 : 4);
    else if (ends_with(s->text, "'") || ends_with(s->text, "\xE2\x80\x99"))
        s->at.end -= s->text.ptr[s->text.len - 1] == '\'' ? 1 : 3;
    s->text = gly_slice(text, s->at);
    if (s->text.len > 2 && s->text.ptr[s->text.len - 1] == 's'
        && is_upper_byte(s->text.ptr[s->text.len - 2]))
        s->text.len--;
}

static bool is_roman(gly_str text)
{
    for (uint32_t i = 0; i < text.len; i++)
        if (!memchr("IVX", text.ptr[i], 3))
            return false;
    return true;
}

bool shortform_explained(gly_str text, gly_range at, uint32_t longest, shortform *s)
{
    looks l;

    strip(text, at, s);
    s->at.end = at.end; /* in brackets 's is a plural: (SME's) */
    if (s->text.len < 2 || s->text.len > longest)
        return false;
    l = look(s->text);
    if (l.others || l.spaces > 1 || l.letters < 1 || l.letters + l.digits < 2 || is_roman(s->text))
        return false;
    return l.uppers >= 2 || (l.uppers == 1 && l.letters + l.digits <= 6 && (l.digits || l.lowers))
        || (l.uppers == 0 && l.letters >= 2 && l.letters <= 5 && l.spaces == 0 && !l.digits);
}

/* "UN-Women", "REC-Caucasus": capitals, a hyphen, a name. */
static bool is_compound(gly_str text)
{
    uint32_t i = 0;

    while (i < text.len && is_upper_byte(text.ptr[i]))
        i++;
    return i >= 2 && i + 3 < text.len && text.ptr[i] == '-' && is_upper_byte(text.ptr[i + 1]);
}

bool shortform_alone(gly_str text, gly_range at, uint32_t longest, shortform *s)
{
    looks l;

    strip(text, at, s);
    if (s->text.len < 2 || s->text.len > longest)
        return false;
    l = look(s->text);
    if (l.others || l.spaces || is_roman(s->text))
        return false;
    if (l.uppers == l.letters && l.letters > MOST_ALONE && !l.digits)
        return false;
    return l.uppers >= 2 && (l.lowers * 2 <= l.uppers || is_compound(s->text));
}

uint32_t shortform_dotted(gly_str text, uint32_t begin)
{
    uint32_t end = begin;

    while (end + 1 < text.len && end - begin < 20 && is_upper_byte(text.ptr[end])
           && text.ptr[end + 1] == '.')
        end += 2;
    return end - begin >= 4 ? end : begin;
}
