/* byline - names out of "By Ann Other and John Doe, Health Editor | 2 May 2023".
 *
 * A line is cut at its dates and at marks, its parts at "and" and the like. The first
 * part that is no name ends it: what follows a name is a role, a place, a time. */
#include <strings.h>

#include "base/utf8.h"
#include "candidate.h"
#include "kit/unicode.h"
#include "lexicon.h"

enum { LONGEST_NAME = 60, MOST_NAME_WORDS = 5, LONGEST_BYLINE = 2000, LONGEST_LINE = 250 };

/* How much like a person's name. WEAK: one word, a desk, a company: an author only
 * where the page says so and names nobody else. */
typedef enum likeness { NO_NAME, WEAK_NAME, FULL_NAME } likeness;

typedef struct reader {
    candidates *c;
    uint32_t    confidence;
    bool        stated;  /* the page calls it the author: weak names count      */
    bool        found;   /* a name, in this line                                */
    bool        stopped; /* something that is none came after it                */
} reader;

/* Capitals aside, with the same number of bytes: "Автор:" begins with "автор:". */
static bool begins_in_other_letters(gly_str s, const char *what, size_t length)
{
    const char *at = s.ptr, *end = s.ptr + length;

    while (at < end)
        if (unicode_lower(utf8_next(&at)) != utf8_next(&what))
            return false;
    return at == end;
}

static bool begins(gly_str s, const char *what)
{
    size_t length;

    if (s.len == 0 || (s.ptr[0] | 0x20) != (what[0] | 0x20)) /* of most words no more is looked at */
        return false;
    length = strlen(what);
    if (s.len < length)
        return false;
    return (unsigned char)what[0] < 0x80 ? strncasecmp(s.ptr, what, length) == 0
                                         : begins_in_other_letters(s, what, length);
}

static uint32_t begins_with_one_of(gly_str s, const char *const *list)
{
    for (; *list; list++)
        if (begins(s, *list))
            return (uint32_t)strlen(*list);
    return 0;
}

/* ---- what is a name --------------------------------------------------------------- */

typedef struct shape {
    uint32_t words, capitals, caseless, digits, letters, desks;
    bool     spoiled; /* a mark or a word that stands in no author's name */
} shape;

static void end_word(shape *s, gly_str word)
{
    s->words++;
    s->spoiled |= lexicon_has(lexicon_no_names, word);
    s->desks += lexicon_has(lexicon_desks, word);
}

/* Of a script that has no capitals, or, as Georgian, begins no names with them. */
static bool is_caseless(uint32_t c, unsigned class)
{
    if (!(class & UNICODE_LETTER) || (class & (UNICODE_UPPER | UNICODE_CJK)))
        return false;
    return !(class & UNICODE_LOWER) || (c >= 0x10D0 && c <= 0x10FF);
}

static shape shape_of(gly_str s)
{
    const char *at = s.ptr, *end = s.ptr + s.len, *word = at;
    shape found = { 0 };
    bool first = true;

    while (at < end) {
        const char *start = at;
        uint32_t c = utf8_next(&at);
        unsigned class = unicode_class(c);

        if (c == ' ') {
            end_word(&found, (gly_str){ word, (uint32_t)(start - word) });
            word = at;
            first = true;
            continue;
        }
        found.spoiled |= c < 128 && strchr("@/:|!?\"<>=_#{}[]\\", (int)c) != NULL;
        found.spoiled |= c == 0xA9; /* of a picture */
        found.digits += (class & UNICODE_DIGIT) != 0;
        found.letters += (class & UNICODE_LETTER) != 0;
        found.capitals += first && (class & (UNICODE_UPPER | UNICODE_CJK)) != 0;
        found.caseless += first && is_caseless(c, class);
        first = false;
    }
    end_word(&found, (gly_str){ word, (uint32_t)(end - word) });
    return found;
}

/* "von", with the name in another element. */
static bool is_opening(gly_str word)
{
    for (const char *const *o = lexicon_openings; *o; o++)
        if (strlen(*o) == word.len + 1 && strncasecmp(*o, word.ptr, word.len) == 0)
            return true;
    return false;
}

/* Words without capitals are a name where something says that one comes. */
static likeness likeness_of(gly_str s, bool told)
{
    shape found;

    if (s.len < 2 || s.len > LONGEST_NAME)
        return NO_NAME;
    found = shape_of(s);
    found.capitals += told ? found.caseless : 0;
    if (found.spoiled || found.words > MOST_NAME_WORDS || found.letters < 2 ||
        (found.words == 1 && is_opening(s)))
        return NO_NAME;
    if (found.digits && (found.words < 3 || found.digits * 3 > found.letters))
        return NO_NAME;
    if (found.digits || found.desks || found.words == 1 || found.capitals < 2)
        return found.capitals || found.words == 1 ? WEAK_NAME : NO_NAME;
    return FULL_NAME;
}

/* ---- parts -------------------------------------------------------------------------- */

static gly_str trimmed(gly_str s)
{
    while (s.len && memchr(" ,;.-|*(:&", s.ptr[0], 10))
        s.ptr++, s.len--;
    while (s.len && memchr(" ,;-|*:)(&", s.ptr[s.len - 1], 10))
        s.len--;
    return s;
}

static gly_str without_opening(gly_str s)
{
    for (int round = 0; round < 2; round++) {
        uint32_t length = begins_with_one_of(s, lexicon_openings);

        s.ptr += length;
        s.len -= length;
        s = trimmed(s);
    }
    return s;
}

/* "Ann (Annie) Other": another part of the name comes after the bracket at `i`. */
static bool goes_on(gly_str s, uint32_t i)
{
    const char *close = memchr(s.ptr + i, ')', s.len - i), *end = s.ptr + s.len;

    if (!close || end - close < 3 || close[1] != ' ')
        return false;
    close += 2;
    return (unicode_class(utf8_next(&close)) & UNICODE_UPPER) != 0;
}

/* "Ann Other in London", "Ann Other (ao)": up to there. */
static gly_str up_to_place(gly_str s)
{
    for (uint32_t i = 1; i < s.len; i++)
        if ((s.ptr[i] == '(' && !goes_on(s, i)) ||
            (s.ptr[i] == ' ' && begins_with_one_of(gly_slice(s, (gly_range){ i, s.len }), lexicon_cuts)))
            return trimmed(gly_slice(s, (gly_range){ 0, i }));
    return s;
}

/* The full stop of a sentence is none of the name: "Other.", but "Jr." and "M.D.". */
static gly_str without_stop(gly_str s)
{
    uint32_t letters = 0;

    if (s.len == 0 || s.ptr[s.len - 1] != '.')
        return s;
    while (letters + 1 < s.len && !memchr(" .", s.ptr[s.len - 2 - letters], 2))
        letters++;
    return letters >= 4 ? gly_slice(s, (gly_range){ 0, s.len - 1 }) : s;
}

/* Letters in either case; one of two that has an accent stands for the other. */
static bool same_letter(uint32_t a, uint32_t b)
{
    return unicode_lower(a) == unicode_lower(b) || (a < 128) != (b < 128);
}

static bool same_name(gly_str a, gly_str b)
{
    const char *i = a.ptr, *k = b.ptr, *a_end = a.ptr + a.len, *b_end = b.ptr + b.len;

    while (i < a_end && k < b_end)
        if (!same_letter(utf8_next(&i), utf8_next(&k)))
            return false;
    return i == a_end && k == b_end;
}

/* "Dr. Ann Other" is Ann Other; "A. Other" is as it is. */
static gly_str without_rank(gly_str s)
{
    const char *space;

    while (s.len && (space = memchr(s.ptr, ' ', s.len)) && space - s.ptr >= 3 && space[-1] == '.')
        s = gly_slice(s, (gly_range){ (uint32_t)(space + 1 - s.ptr), s.len });
    return s;
}

static bool is_known(const reader *r, uint32_t confidence, gly_str name)
{
    for (uint32_t i = 0; i < r->c->count; i++) {
        const candidate *c = &r->c->items[i];

        if (c->key == KEY_AUTHOR && c->confidence == confidence && same_name(without_rank(c->value), without_rank(name)))
            return true;
    }
    return false;
}

/* "Ministry for Digital Affairs": what is left before "for" is no name of it. */
static bool is_for_something(gly_str part, gly_str name)
{
    const char *after = name.ptr + name.len;

    return begins_with_one_of((gly_str){ after, (uint32_t)(part.ptr + part.len - after) }, lexicon_for) > 0;
}

static void read_part(reader *r, gly_str part)
{
    gly_str whole = trimmed(part), rest = without_opening(whole);
    gly_str name = without_stop(up_to_place(rest));
    likeness like = likeness_of(name, r->stated || rest.len < whole.len);
    uint32_t confidence = like == FULL_NAME ? r->confidence : r->confidence * 3 / 4;

    if (name.len == 0 || r->stopped)
        return;
    if (like == WEAK_NAME && is_for_something(part, name)) {
        r->stopped = true;
        return;
    }
    if (like == NO_NAME || (like == WEAK_NAME && (!r->stated || r->found))) {
        r->stopped = r->found;
        return;
    }
    r->found = true;
    if (!is_known(r, confidence, name))
        candidate_add(r->c, KEY_AUTHOR, confidence, name);
}

/* The length of what parts names at `i`; dates part them too. */
static uint32_t parts_at(gly_str s, uint32_t i, const date *dates, uint32_t count)
{
    gly_str rest = gly_slice(s, (gly_range){ i, s.len });
    unsigned char c = (unsigned char)s.ptr[i];
    uint32_t length;

    for (uint32_t d = 0; d < count; d++)
        if (dates[d].at.begin == i)
            return dates[d].at.end - i;
    if (memchr(",;|/", c, 4))
        return 1;
    if (c != ' ' && c < 0x80) /* all of the rest begin so */
        return 0;
    length = begins_with_one_of(rest, lexicon_marks);
    return length ? length : begins_with_one_of(rest, lexicon_joints);
}

/* Whether the line gave a name. */
static bool read_line(reader *r, gly_str line)
{
    date dates[MOST_DATES];
    uint32_t count = line.len <= LONGEST_LINE ? dates_find(r->c->months, line, r->c->order, dates) : 0;
    uint32_t begin = 0;

    r->found = r->stopped = false;
    for (uint32_t i = 0; i < line.len && !r->stopped;) {
        uint32_t skip = parts_at(line, i, dates, count);

        if (!skip) {
            i++;
            continue;
        }
        read_part(r, gly_slice(line, (gly_range){ begin, i }));
        i += skip;
        begin = i;
    }
    read_part(r, gly_slice(line, (gly_range){ begin, line.len }));
    return r->found;
}

bool byline_opens(const candidates *c, gly_str text)
{
    date dates[MOST_DATES];

    if (begins_with_one_of(trimmed(text), lexicon_openings))
        return true;
    for (uint32_t count = dates_find(c->months, text, c->order, dates); count-- > 0;) {
        gly_str rest = gly_slice(text, (gly_range){ dates[count].at.end, text.len });

        if (begins_with_one_of(trimmed(rest), lexicon_openings))
            return true;
    }
    return false;
}

/* Lines after the first that names somebody count as long as they go on naming. */
void byline_read(candidates *c, uint32_t confidence, bool stated, gly_str s)
{
    reader r = { .c = c, .confidence = confidence, .stated = stated };
    bool named = false;

    if (s.len > LONGEST_BYLINE)
        return;
    while (s.len) {
        const char *end = memchr(s.ptr, '\n', s.len);
        uint32_t length = end ? (uint32_t)(end - s.ptr) : s.len;
        bool found = length > 0 && read_line(&r, gly_slice(s, (gly_range){ 0, length }));

        if (named && (!found || r.stopped))
            return;
        named |= found;
        r.stated = stated && !named; /* the lines under a name are about it */
        length += end ? 1u : 0u;
        s = gly_slice(s, (gly_range){ length, s.len });
    }
}
