/* head - what stands above and at the start of an article: byline, dateline. */
#include "head.h"

#include "base/utf8.h"
#include "kit/unicode.h"
#include "kit/words.h"

enum {
    LONGEST_BYLINE = 200,
    LONGEST_NAME = 40,
    LONGEST_DATELINE = 100,
    MOST_NAME_WORDS = 5,
    MOST_PLACE_WORDS = 6,
};

static uint32_t skip_blanks(gly_str s, uint32_t at)
{
    while (at < s.len && (s.ptr[at] == ' ' || s.ptr[at] == '\t'))
        at++;
    return at;
}

/* End of the run of letters, dots, hyphens and apostrophes that begins at `at`. */
static uint32_t word_end(gly_str s, uint32_t at)
{
    const char *p = s.ptr + at, *end = s.ptr + s.len;

    while (p < end) {
        const char *next = p;
        uint32_t c = utf8_next(&next);

        if (!(unicode_class(c) & (UNICODE_LETTER | UNICODE_COMBINING)) && c != '.' && c != '-'
            && c != '\'' && c != 0x2019)
            break;
        p = next;
    }
    return (uint32_t)(p - s.ptr);
}

static bool is_capital(gly_str s, uint32_t at)
{
    const char *p = s.ptr + at;

    return at < s.len && (unicode_class(utf8_next(&p)) & UNICODE_UPPER);
}

/* One word may be a name where the line ends with it: "By Reuters". */
static bool is_lone_name(const phrases *p, gly_str low, const gly_range *name)
{
    gly_str word = gly_slice(low, *name);

    return name->end == low.len && phrases_opens(p, word, PHRASE_MONTH, NULL) != word.len
        && phrases_opens(p, word, PHRASE_DATEWORD, NULL) != word.len;
}

/* "Political Correspondent" is no name. */
static bool is_office(const phrases *p, gly_str low, gly_range name)
{
    uint32_t word = name.end;

    while (word > name.begin && low.ptr[word - 1] != ' ')
        word--;
    return phrases_opens(p, (gly_str){ low.ptr + word, name.end - word }, PHRASE_OFFICE, NULL)
        == name.end - word;
}

/* One name: two to five words that begin with a capital, particles between. */
static bool take_name(const phrases *p, gly_str line, gly_str low, uint32_t *at, gly_range *name)
{
    uint32_t words = 0, capitals = 0, i = *at, last = *at;

    while (words < MOST_NAME_WORDS) {
        uint32_t end = word_end(line, i);
        gly_str tail = { low.ptr + i, low.len - i };

        if (end == i)
            break;
        if (is_capital(line, i))
            capitals++, last = end;
        else if (capitals == 0 || phrases_opens(p, tail, PHRASE_PARTICLE, NULL) != end - i)
            break;
        words++;
        i = skip_blanks(line, end);
    }
    while (last > *at && line.ptr[last - 1] == '.' && last - *at > 2 && line.ptr[last - 3] != ' ')
        last--; /* a full stop after the name, not an initial's */
    *name = (gly_range){ *at, last };
    if (is_office(p, low, *name))
        return false;
    *at = last;
    return capitals >= 2 || (capitals == 1 && words == 1 && is_lone_name(p, low, name));
}

/* A name may be followed by its bearer's office or place: up to the next mark. */
static uint32_t skip_role(gly_str low, uint32_t at)
{
    while (at < low.len && !strchr("|/;\n", low.ptr[at]) && !(low.ptr[at] >= '0' && low.ptr[at] <= '9'))
        at++;
    return at;
}

static uint32_t take_joint(const phrases *p, gly_str low, uint32_t at)
{
    uint32_t length;

    at = skip_blanks(low, at);
    if (at < low.len && (low.ptr[at] == ',' || low.ptr[at] == ';'))
        at = skip_blanks(low, at + 1);
    length = phrases_opens(p, (gly_str){ low.ptr + at, low.len - at }, PHRASE_JOINT, NULL);
    return skip_blanks(low, at + length);
}

static uint32_t opening(const phrases *p, gly_str low)
{
    uint32_t length = phrases_opens(p, low, PHRASE_BYLINE, NULL);

    if (!length)
        length = phrases_opens(p, low, PHRASE_AUTHOR, NULL);
    while (length && length < low.len && strchr(": ", low.ptr[length]))
        length++;
    return length;
}

bool head_byline(const phrases *p, gly_str line, gly_str low, byline *b)
{
    uint32_t at = opening(p, low);

    b->count = 0;
    b->date.value[0] = '\0';
    if (at == 0 || line.len > LONGEST_BYLINE )
        return false;
    while (b->count < MOST_AUTHORS) {
        gly_range name;
        uint32_t before = at;

        if (!take_name(p, line, low, &at, &name)) {
            at = before;
            break;
        }
        b->authors[b->count++] = name;
        before = at;
        at = take_joint(p, low, at);
        if (at == before)
            break;
    }
    if (b->count == 0)
        return false;
    at = skip_blanks(line, at);
    if (at < line.len && line.ptr[line.len - 1] == '.' && line.len - at > 1)
        return false; /* a sentence that begins like a byline */
    at = skip_role(low, at);
    if (at < low.len)
        date_find(p, low, at, &b->date);
    return true;
}

/* "LONDON", "NEW YORK, N.Y.", "Paris": words with a capital, commas between. A
 * word in brackets or slashes is the agency: "(Reuters)", "/PRNewswire/". */
typedef struct place {
    uint32_t end, words, capitals;
    bool     known; /* one of the words is known as a place */
} place;

static bool is_upper_word(gly_str word)
{
    const char *at = word.ptr, *end = word.ptr + word.len;
    uint32_t letters = 0;

    while (at < end) {
        unsigned class = unicode_class(utf8_next(&at));

        if (class & UNICODE_LOWER)
            return false;
        letters += (class & UNICODE_UPPER) != 0;
    }
    return letters >= 2 || (letters == 1 && memchr(word.ptr, '.', word.len));
}

/* "MAY" and "MONDAY" after a place are no part of it; "AM" in FRANKFURT AM MAIN is. */
static bool is_date_word(const phrases *p, gly_str low, gly_str line, uint32_t at, uint32_t end)
{
    uint32_t length = end - at;

    length -= length > 1 && low.ptr[length - 1] == '.';
    if (phrases_opens(p, low, PHRASE_MONTH, NULL) == length)
        return true;
    return phrases_opens(p, low, PHRASE_DATEWORD, NULL) == length
        && (at < 2 || line.ptr[at - 2] == ','
            || !is_upper_word(gly_slice(line, (gly_range){ at, end })));
}

static place take_place(const phrases *p, gly_str line, gly_str low)
{
    place found = { 0 };
    uint32_t at = 0;

    while (found.words < MOST_PLACE_WORDS) {
        uint32_t end = word_end(line, at);
        gly_str tail = { low.ptr + at, low.len - at };

        if (end == at || (!is_capital(line, at)
                          && phrases_opens(p, tail, PHRASE_PARTICLE, NULL) != end - at))
            break;
        if (found.words && is_date_word(p, tail, line, at, end))
            break;
        found.capitals += is_upper_word(gly_slice(line, (gly_range){ at, end }));
        found.known |= (word_classes(gly_slice(low, (gly_range){ at, end })) & WORD_PLACE) != 0;
        found.words++;
        found.end = end;
        at = skip_blanks(line, end);
        if (at < line.len && line.ptr[at] == ',')
            at = skip_blanks(line, at + 1);
    }
    return found;
}

/* Past a dash that stands alone; 0: there is none. */
static uint32_t dash_at(gly_str s, uint32_t at, bool apart)
{
    static const char *const dashes[] = { "\xE2\x80\x93", "\xE2\x80\x94", "--", "-", "\xE2\x80\x95" };
    uint32_t from = skip_blanks(s, at);

    for (size_t i = 0; i < sizeof dashes / sizeof dashes[0]; i++) {
        uint32_t len = (uint32_t)strlen(dashes[i]);

        if (s.len - from > len && memcmp(s.ptr + from, dashes[i], len) == 0) {
            if ((apart && from == at) || (len == 1 && s.ptr[from + 1] != ' '))
                return 0;
            return from + len;
        }
    }
    return 0;
}

/* "(Reuters)", "/PRNewswire/". */
static uint32_t skip_agency(gly_str s, uint32_t at)
{
    uint32_t from = skip_blanks(s, at), end;

    if (from >= s.len || (s.ptr[from] != '(' && s.ptr[from] != '/'))
        return at;
    for (end = from + 1; end < s.len && end - from < 40; end++)
        if (s.ptr[end] == (s.ptr[from] == '(' ? ')' : '/'))
            return end + 1;
    return at;
}

/* The date after the place: small words and weekdays may lead to it. */
static uint32_t skip_date(const phrases *p, gly_str low, uint32_t at, date *d)
{
    uint32_t from = at;

    while (from < low.len && from - at < 24) {
        uint32_t length;

        while (from < low.len && strchr(" ,.", low.ptr[from]))
            from++;
        if (date_at(p, low, from, d))
            return d->end;
        length = phrases_opens(p, (gly_str){ low.ptr + from, low.len - from }, PHRASE_DATEWORD, NULL);
        if (length == 0)
            break;
        from += length;
    }
    d->value[0] = '\0';
    return at;
}

/* A day without a year, as agencies write it: "PARIS, May 2 (Reuters) -". */
static uint32_t skip_day(const phrases *p, gly_str low, uint32_t at)
{
    uint32_t i = at, letters = 0, digits = 0;

    while (i < low.len && strchr(" ,.", low.ptr[i]))
        i++;
    while (i < low.len && i - at < 24) {
        uint32_t length = phrases_opens(p, (gly_str){ low.ptr + i, low.len - i }, PHRASE_MONTH, NULL);

        if (length)
            letters += length, i += length;
        else if (low.ptr[i] >= '0' && low.ptr[i] <= '9')
            digits++, i++;
        else if (letters + digits && !(letters && digits) && (low.ptr[i] == ' ' || low.ptr[i] == '.'))
            i++;
        else
            break;
    }
    if (i < low.len && low.ptr[i] == '.')
        i++;
    return letters && digits && digits <= 2 ? i : at;
}

bool head_name(const phrases *p, gly_str line, gly_str low)
{
    uint32_t at = 0;
    gly_range name;

    return line.len <= LONGEST_NAME && take_name(p, line, low, &at, &name) && at == line.len
        && memchr(line.ptr, ' ', line.len)
        && (word_classes((gly_str){ low.ptr, word_end(low, 0) }) & WORD_FIRST);
}

bool head_dateline(const phrases *p, gly_str line, bool alone, dateline *d)
{
    char buffer[LONGEST_DATELINE];
    gly_str start = { line.ptr, line.len };
    gly_str low;
    place where;
    uint32_t at, dated, agency, after;

    if (line.len > LONGEST_DATELINE) { /* whole code points */
        start.len = LONGEST_DATELINE;
        while (((unsigned char)line.ptr[start.len] & 0xC0) == 0x80)
            start.len--;
    }
    phrases_lower(start, buffer);
    low = (gly_str){ buffer, start.len };
    *d = (dateline){ 0 };
    where = take_place(p, start, low);
    if (where.words)
        d->location = (gly_range){ 0, where.end };
    at = where.end;
    if (where.words && (after = dash_at(start, at, false)) != 0 && start.ptr[after] == '(')
        at = after; /* "AUSTIN, Texas--(BUSINESS WIRE)--" */
    agency = skip_agency(start, at);
    dated = skip_date(p, low, agency, &d->date);
    if (dated == agency)
        dated = skip_day(p, low, agency);
    after = skip_agency(start, dated);
    d->end = after;
    if (alone) /* "BAAR, SWITZERLAND" needs no date */
        return skip_blanks(line, d->end) == line.len && where.words > 0
            && (d->date.value[0] || (where.known && where.words > 1 && where.capitals == where.words
                                     && memchr(line.ptr, ',', where.end)));
    if (where.words == 0)
        return agency > at && dash_at(line, agency, true) != 0;
    if (d->date.value[0] && line.len > after + 1 && strchr(".:", line.ptr[after])
        && line.ptr[after + 1] == ' ')
        return true; /* "Marle, 02.05.2023. The lido" */
    if (dash_at(line, d->end, after == 0 || line.ptr[after - 1] != ')') == 0)
        return false;
    return d->date.value[0] || after > where.end
        || (where.capitals == where.words) || (where.known && where.words <= 3);
}
