/* glob - file name patterns, by the two-pointer walk that backs up to the last
 * star alone. */
#include "kit/glob.h"

/* One set at p ("[a-z]", "[!x]"); *next is past its bracket. False and *next =
 * NULL when it is not closed: then '[' stands for itself. */
static bool set_matches(const char *p, const char *end, char c, const char **next)
{
    bool negate = p < end && (*p == '!' || *p == '^'), found = false;
    const char *first;

    p += negate;
    for (first = p; p < end && (*p != ']' || p == first); p++) {
        if (p + 2 < end && p[1] == '-' && p[2] != ']') {
            found = found || (c >= p[0] && c <= p[2]);
            p += 2;
        } else {
            found = found || c == *p;
        }
    }
    *next = p < end ? p + 1 : NULL;
    return found != negate;
}

static bool one_matches(const char *p, const char *end, char c, const char **next)
{
    *next = p + 1;
    if (*p == '?')
        return true;
    if (*p == '[') {
        const char *after;
        bool found = set_matches(p + 1, end, c, &after);

        if (after) {
            *next = after;
            return found;
        }
    }
    return *p == c;
}

bool glob_matches(gly_str pattern, const char *name)
{
    const char *p = pattern.ptr, *end = p + pattern.len, *star = NULL, *again = NULL, *next;

    while (*name) {
        if (p < end && *p == '*') {
            star = ++p;
            again = name;
        } else if (p < end && one_matches(p, end, *name, &next)) {
            p = next;
            name++;
        } else if (star) {
            p = star;
            name = ++again;
        } else {
            return false;
        }
    }
    while (p < end && *p == '*')
        p++;
    return p == end;
}

bool glob_matches_any(gly_strs patterns, const char *name)
{
    for (uint32_t i = 0; i < patterns.count; i++)
        if (glob_matches(patterns.items[i], name))
            return true;
    return false;
}
