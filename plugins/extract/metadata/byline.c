/* byline - names out of "By Ann Other and John Doe, Health Editor | 2 May 2023". */
#include <strings.h>

#include "base/utf8.h"
#include "candidate.h"
#include "kit/unicode.h"
#include "lexicon.h"

enum { LONGEST_NAME = 60, MOST_NAME_WORDS = 5, LONGEST_BYLINE = 250, STATED = 870 };

static bool begins(gly_str s, const char *what)
{
    size_t length = strlen(what);

    return s.len >= length && strncasecmp(s.ptr, what, length) == 0;
}

/* Two to five words with capitals, no digits, no word that rules it out. Where the
 * page states its author, one word may be a pen name, and a desk an author. */
static bool is_name(gly_str s, uint32_t confidence)
{
    const char *at = s.ptr, *end = s.ptr + s.len, *word = at;
    uint32_t words = 1, capitals = 0;
    bool first = true, stated = confidence >= STATED;

    if (s.len < 3 || s.len > LONGEST_NAME)
        return false;
    while (at < end) {
        const char *start = at;
        uint32_t c = utf8_next(&at);
        unsigned class = unicode_class(c);

        if (c == ' ') {
            if (!stated && lexicon_has(lexicon_no_names, (gly_str){ word, (uint32_t)(start - word) }))
                return false;
            words++;
            word = at;
            first = true;
            continue;
        }
        if ((class & UNICODE_DIGIT) || c == '@' || c == '/' || c == ':' || c == '|' || c == '!' ||
            c == '?' || c == '"' || c == '<' || c == '=' || c == '_' || c == '#')
            return false;
        capitals += first && (class & (UNICODE_UPPER | UNICODE_CJK)) != 0;
        first = false;
    }
    if ((!stated && lexicon_has(lexicon_no_names, (gly_str){ word, (uint32_t)(end - word) })) || words > MOST_NAME_WORDS)
        return false;
    if (words == 1)
        return stated && !memchr(s.ptr, '.', s.len); /* no "example.org" */
    return capitals >= 2 || stated;
}

bool byline_opens(gly_str text)
{
    for (const char *const *o = lexicon_openings; *o; o++)
        if (begins(text, *o))
            return true;
    return false;
}

static gly_str trimmed(gly_str s)
{
    while (s.len && memchr(" ,;.-|*(", s.ptr[0], 8))
        s.ptr++, s.len--;
    while (s.len && memchr(" ,;-|*:)", s.ptr[s.len - 1], 8))
        s.len--;
    return s;
}

static gly_str without_opening(gly_str s)
{
    for (int round = 0; round < 2; round++)
        for (const char *const *o = lexicon_openings; *o; o++)
            if (begins(s, *o)) {
                s.ptr += strlen(*o);
                s.len -= (uint32_t)strlen(*o);
                s = trimmed(s);
                break;
            }
    return s;
}

static void add_name(candidates *c, uint32_t confidence, gly_str name)
{
    name = without_opening(trimmed(name));
    if (!is_name(name, confidence))
        return;
    for (uint32_t i = 0; i < c->count; i++)
        if (c->items[i].key == KEY_AUTHOR && c->items[i].confidence == confidence &&
            c->items[i].value.len == name.len && strncasecmp(c->items[i].value.ptr, name.ptr, name.len) == 0)
            return;
    candidate_add(c, KEY_AUTHOR, confidence, name);
}

void byline_read(candidates *c, uint32_t confidence, gly_str s)
{
    uint32_t begin = 0, i = 0;

    if (s.len > LONGEST_BYLINE || s.len == 0)
        return;
    while (i < s.len) {
        uint32_t skip = memchr(",;|/\n", s.ptr[i], 5) ? 1 : 0;

        for (const char *const *j = lexicon_joints; *j && !skip; j++)
            if (begins((gly_str){ s.ptr + i, s.len - i }, *j))
                skip = (uint32_t)strlen(*j);
        if (!skip) {
            i++;
            continue;
        }
        add_name(c, confidence, (gly_str){ s.ptr + begin, i - begin });
        i += skip;
        begin = i;
    }
    add_name(c, confidence, (gly_str){ s.ptr + begin, s.len - begin });
}
