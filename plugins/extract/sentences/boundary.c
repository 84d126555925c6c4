/* boundary - rules for full stops, their look-alikes and what follows them.
 *
 * Looks at most WORD_REACH bytes back and past one run of marks ahead, so that
 * the whole scan stays linear. */
#include "extract/sentences/boundary.h"

#include "base/utf8.h"
#include "kit/unicode.h"
#include "kit/words.h"

enum { WORD_REACH = 40 };

/* Languages that write ordinal numbers with a full stop. */
static const uint32_t ordinal_languages =
    1u << LANGUAGE_DE | 1u << LANGUAGE_DA | 1u << LANGUAGE_NB | 1u << LANGUAGE_FI |
    1u << LANGUAGE_CS | 1u << LANGUAGE_HU | 1u << LANGUAGE_HR | 1u << LANGUAGE_PL |
    1u << LANGUAGE_TR;

/* Marks that always end a sentence: no abbreviation uses them. */
static bool ends_always(uint32_t c)
{
    return c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0xFF0E || c == 0xFF61 ||
           c == 0x0964 || c == 0x0965 || c == 0x06D4 || c == 0x061F || c == 0x0589;
}

bool boundary_is_mark(uint32_t c)
{
    return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x203D || ends_always(c);
}

static bool is_closer(uint32_t c)
{
    return c == '"' || c == '\'' || c == ')' || c == ']' || c == '}' || c == 0x2019 ||
           c == 0x201D || c == 0x201C || c == 0xBB || c == 0x203A || c == 0x300D || c == 0x300F ||
           c == 0xFF09 || c == 0x3011;
}

static bool is_opener(uint32_t c)
{
    return c == '"' || c == '\'' || c == '(' || c == '[' || c == 0x2018 || c == 0x201C ||
           c == 0x201E || c == 0xAB || c == 0xBF || c == 0xA1 || c == 0x2039;
}

static uint32_t peek(const char *at, const char *end)
{
    return at < end ? utf8_next(&at) : 0;
}

static const char *skip_while(const char *at, const char *end, bool (*belongs)(uint32_t))
{
    while (at < end) {
        const char *next = at;

        if (!belongs(utf8_next(&next)))
            break;
        at = next;
    }
    return at;
}

static bool is_space(uint32_t c)
{
    return unicode_class(c) & UNICODE_SPACE;
}

/* The word that ends at `end`: letters, digits and full stops inside. */
static gly_str word_before(const char *begin, const char *end)
{
    const char *at = end, *first = end - begin > WORD_REACH ? end - WORD_REACH : begin;

    while (at > first) {
        const char *before = at - 1, *look;

        while (before > first && ((unsigned char)*before & 0xC0) == 0x80)
            before--;
        if (((unsigned char)*before & 0xC0) == 0x80)
            break; /* the reach cut a letter in two */
        look = before;
        if (!(unicode_class(peek(look, end)) & (UNICODE_LETTER | UNICODE_DIGIT)) && *look != '.')
            break;
        at = before;
    }
    return (gly_str){ at, (uint32_t)(end - at) };
}

static gly_str word_after(const char *at, const char *end)
{
    const char *p = at;

    while (p < end && p - at < WORD_REACH) {
        const char *next = p;

        if (!(unicode_class(utf8_next(&next)) & (UNICODE_LETTER | UNICODE_DIGIT)))
            break;
        p = next;
    }
    return (gly_str){ at, (uint32_t)(p - at) };
}

/* Lower case into a buffer of two reaches. */
static gly_str lowered(gly_str word, char *buffer)
{
    const char *at = word.ptr, *end = at + word.len;
    char *out = buffer;

    while (at < end)
        out += utf8_put(out, unicode_lower(utf8_next(&at)));
    return (gly_str){ buffer, (uint32_t)(out - buffer) };
}

static bool is_stop(word_known word, int language)
{
    return language < 0 ? word.stop != 0 : (word.stop >> language & 1) != 0;
}

/* Whether a stop word stands here, as at the start of many a sentence. */
static bool starts_anew(gly_str word, int language)
{
    char low[2 * WORD_REACH + 8];

    return is_stop(word_find(lowered(word, low)), language);
}

static bool is_initial(gly_str word)
{
    const char *at = word.ptr;

    return word.len > 0 && unicode_class(utf8_next(&at)) & UNICODE_UPPER &&
           at == word.ptr + word.len;
}

/* "[12]": a reference to a note, which belongs to the sentence before it. */
static const char *skip_references(const char *at, const char *end)
{
    while (at < end) {
        const char *p = at;

        while (p < end && *p == ' ')
            p++;
        if (p == end || *p++ != '[' || p == end || *p < '0' || *p > '9')
            return at;
        while (p < end && *p >= '0' && *p <= '9')
            p++;
        if (p == end || *p != ']')
            return at;
        at = p + 1;
    }
    return at;
}

/* Marks and their kin that typists part by spaces: ". . .". */
static const char *skip_marks(const char *at, const char *end)
{
    at = skip_while(at, end, boundary_is_mark);
    while (end - at >= 2 && at[-1] == '.' && at[0] == ' ' && at[1] == '.')
        at += 2;
    return at;
}

/* A closing mark that a space parts from its sentence, as French and some
 * agencies write it: "Oui. »", "Yes. ''". Those that open as well do not count. */
static const char *skip_parted_closer(const char *at, const char *end)
{
    const char *p = at;

    if (end - at < 3 || *p++ != ' ')
        return at;
    if (p[0] == '\'' && p[1] == '\'')
        p += 2;
    else if (peek(p, end) == 0xBB || peek(p, end) == 0x201D)
        utf8_next(&p);
    else
        return at;
    return p == end || *p == ' ' || *p == '\n' ? p : at;
}

static const char *skip_closers(const char *at, const char *end)
{
    at = skip_while(at, end, is_closer);
    at = skip_parted_closer(at, end);
    return skip_references(at, end);
}

static bool is_dash(uint32_t c)
{
    return c == '-' || c == 0x2013 || c == 0x2014;
}

static bool is_number(gly_str word)
{
    for (uint32_t i = 0; i < word.len; i++)
        if (word.ptr[i] < '0' || word.ptr[i] > '9')
            return false;
    return word.len > 0;
}

static bool is_lower_word(gly_str word)
{
    const char *at = word.ptr, *end = at + word.len;

    while (at < end)
        if (!(unicode_class(utf8_next(&at)) & UNICODE_LOWER))
            return false;
    return true;
}

/* "done.Then": a space was lost. Not "b.Then", which may be a name of anything. */
static bool lost_space(const char *begin, const char *mark, const char *after, const char *end)
{
    gly_str word = word_before(begin, mark), following = word_after(after, end);
    const char *second = following.ptr;
    bool first_is_upper = following.len && unicode_class(utf8_next(&second)) & UNICODE_UPPER;
    gly_str rest = { second, first_is_upper ? (uint32_t)(following.ptr + following.len - second) : 0 };
    char next = following.ptr + following.len < end ? following.ptr[following.len] : ' ';

    return first_is_upper && word.len >= 3 && is_lower_word(word) && is_lower_word(rest) &&
           (word.ptr == begin || word.ptr[-1] == ' ') && (next == ' ' || next == '\'' || next == ',' ||
           (unsigned char)next >= 0x80);
}

/* Whether the full stop after `word` belongs to the word. */
static bool is_abbreviation(gly_str word, gly_str after, bool opens_sentence, int language)
{
    char low[2 * WORD_REACH + 8];
    word_known known;

    if (is_number(word))
        return opens_sentence || (language >= 0 && ordinal_languages >> language & 1 && word.len <= 2);
    if (is_number(after) && word.len == 1 && !is_initial(word))
        return true; /* "n. 151", "c. 1230" */
    if (is_initial(word))
        return !(word.ptr[0] == 'I' && language == LANGUAGE_EN) && !starts_anew(after, language);
    if (memchr(word.ptr, '.', word.len))
        return !starts_anew(after, language);
    known = word_find(lowered(word, low));
    if (!(known.classes & WORD_ABBREV))
        return false;
    if (is_stop(known, language))
        return is_number(after);
    return known.classes & WORD_HONORIFIC || !starts_anew(after, language);
}

/* A single full stop at `mark`, something after it at `after`. */
static bool stop_ends(const char *begin, const char *mark, const char *after, const char *end,
                      int language)
{
    const char *start = skip_while(after, end, is_opener);
    gly_str word = word_before(begin, mark), following = word_after(start, end);
    bool opens = word.ptr == begin;

    return !is_abbreviation(word, following, opens, language);
}

const char *boundary_after(const char *begin, const char *mark, const char *end, int language,
                           const char **next)
{
    const char *marks = skip_marks(mark, end);
    const char *close = skip_closers(marks, end);
    const char *after = skip_while(close, end, is_space);
    const char *start = skip_while(after, end, is_opener);
    const char *dashed = skip_while(skip_while(start, end, is_dash), end, is_space);

    *next = marks;
    if (mark > begin && (mark[-1] == '[' || mark[-1] == '('))
        return NULL; /* "[...]" stands for words left out */
    if (after == end || ends_always(peek(mark, end)))
        return close;
    if (after == close && !(unicode_class(peek(close, end)) & UNICODE_CJK))
        return marks == mark + 1 && close == marks && lost_space(begin, mark, close, end) ? close : NULL;
    /* A question or an exclamation outside quotes ends even before a small letter. */
    if (unicode_class(peek(start, end)) & UNICODE_LOWER &&
        (close > marks || *mark == '.' || peek(mark, end) == 0x2026))
        return NULL;
    if (dashed > start && unicode_class(peek(dashed, end)) & UNICODE_LOWER)
        return NULL;
    if (marks == mark + 1 && *mark == '.' && close == marks &&
        !stop_ends(begin, mark, after, end, language))
        return NULL;
    return close;
}
