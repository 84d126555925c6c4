/* titles - a page's title without the site's name. */
#include <strings.h>

#include "candidate.h"

static bool is_alnum(char c)
{
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (unsigned char)c >= 0x80;
}

/* Compares letters and digits; how far the shorter goes. */
static bool runs_alike(gly_str a, gly_str b, bool whole)
{
    uint32_t i = 0, k = 0, same = 0;

    for (;;) {
        while (i < a.len && !is_alnum(a.ptr[i]))
            i++;
        while (k < b.len && !is_alnum(b.ptr[k]))
            k++;
        if (k >= b.len)
            return same >= 3 && (!whole || i >= a.len);
        if (i >= a.len || (a.ptr[i] | 0x20) != (b.ptr[k] | 0x20))
            return false;
        i++, k++, same++;
    }
}

bool title_same(gly_str a, gly_str b)
{
    return runs_alike(a, b, true);
}

bool title_begins(gly_str longer, gly_str shorter)
{
    return runs_alike(longer, shorter, false);
}

static uint32_t words_of(gly_str s)
{
    uint32_t words = 1;

    for (uint32_t i = 0; i < s.len; i++)
        words += s.ptr[i] == ' ';
    return words;
}

gly_str title_without_kicker(gly_str heading, gly_str said, gly_str title)
{
    gly_str rest = heading;

    while (rest.len) {
        const char *end = memchr(rest.ptr, '\n', rest.len);
        gly_str line = { rest.ptr, end ? (uint32_t)(end - rest.ptr) : rest.len };

        if (words_of(line) >= 2 && (title_same(line, said) || title_same(line, title)))
            return line;
        rest.ptr += line.len + (end ? 1u : 0u);
        rest.len -= line.len + (end ? 1u : 0u);
    }
    return heading;
}

/* A word of four bytes or more that stands in both. */
static bool share_word(gly_str a, gly_str b)
{
    for (uint32_t begin = 0, end; begin < a.len; begin = end + 1) {
        for (end = begin; end < a.len && is_alnum(a.ptr[end]); end++)
            ;
        for (uint32_t i = 0; end - begin >= 4 && i + (end - begin) <= b.len; i++)
            if ((i == 0 || !is_alnum(b.ptr[i - 1])) && strncasecmp(b.ptr + i, a.ptr + begin, end - begin) == 0)
                return true;
    }
    return false;
}

bool title_stands_alone(gly_str heading, gly_str said, gly_str site)
{
    uint32_t words = words_of(heading);

    if (title_same(heading, site))
        return false;
    return words > 3 || words_of(said) < 3 || share_word(heading, said);
}

static gly_str without_the(gly_str s)
{
    if (s.len > 4 && strncasecmp(s.ptr, "the ", 4) == 0)
        s.ptr += 4, s.len -= 4;
    return s;
}

/* Whether a part of a title names the site: like its name, or like its host with
 * nothing between the words ("The Example News", example-news.org). */
bool title_names_site(gly_str part, gly_str site, gly_str host)
{
    char joined[64];
    uint32_t length = 0, label = 0;

    part = without_the(part);
    site = without_the(site);
    if (site.len && (title_same(part, site) || title_begins(part, site) || title_begins(site, part)))
        return true;
    for (uint32_t i = 0; i < part.len && length < sizeof joined; i++)
        if (is_alnum(part.ptr[i]))
            joined[length++] = part.ptr[i];
    while (label < host.len && host.ptr[label] != '.')
        label++;
    return length >= 3 && label >= 3 &&
           (runs_alike((gly_str){ joined, length }, (gly_str){ host.ptr, label }, false) ||
            runs_alike((gly_str){ host.ptr, host.len }, (gly_str){ joined, length }, false));
}

/* The length of a separator at `i`, with the spaces around it; 0: none is there. */
static uint32_t separator(gly_str s, uint32_t i)
{
    static const char *const marks[] = { " | ", " - ", " \xE2\x80\x93 ", " \xE2\x80\x94 ", " \xC2\xBB ",
        " :: ", " \xC2\xB7 ", " / ", " \xE2\x80\xA2 ", " < ", " > ", "| ", " |", ": " };

    if (s.ptr[i] != ' ' && s.ptr[i] != '|' && s.ptr[i] != ':')
        return 0; /* no mark begins so */
    for (size_t k = 0; k < sizeof marks / sizeof marks[0]; k++) {
        uint32_t length = (uint32_t)strlen(marks[k]);

        if (s.len - i > length && memcmp(s.ptr + i, marks[k], length) == 0)
            return length;
    }
    return 0;
}

static bool is_colon(gly_str s, uint32_t i)
{
    return s.ptr[i] == ':';
}

/* "Pool to open:The Courier", "Pool to open_The Courier": the full name behind a mark
 * without spaces, wide marks too. */
static gly_str without_joined_site(gly_str title, gly_str site)
{
    static const char *const marks[] = { "-", "|", "_", ":", "\xE2\x80\x93", "\xE2\x80\x94", "\xEF\xBC\x9A",
                                         "\xEF\xBD\x9C", "\xEF\xBC\x8D" };
    gly_str head = title;

    if (site.len < 3 || title.len < site.len + 4 ||
        strncasecmp(title.ptr + title.len - site.len, site.ptr, site.len) != 0)
        return title;
    head.len -= site.len;
    while (head.len && head.ptr[head.len - 1] == ' ')
        head.len--;
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        uint32_t length = (uint32_t)strlen(marks[i]);

        if (head.len <= length || memcmp(head.ptr + head.len - length, marks[i], length) != 0)
            continue;
        head.len -= length;
        while (head.len && head.ptr[head.len - 1] == ' ')
            head.len--;
        return head;
    }
    return title;
}

gly_str title_without_site(gly_str title, gly_str site, gly_str host)
{
    for (int round = 0; round < 3; round++) {
        uint32_t last = 0, last_size = 0, first = 0, first_size = 0;

        for (uint32_t i = 1; i < title.len; i++) {
            uint32_t size = separator(title, i);

            if (!size)
                continue;
            if (!first_size)
                first = i, first_size = size;
            last = i, last_size = size;
            i += size - 1;
        }
        if (last_size) {
            gly_str tail = { title.ptr + last + last_size, title.len - last - last_size };
            gly_str head = { title.ptr, first };
            bool bar = memchr(title.ptr + last, '|', last_size) != NULL;

            if (title_names_site(tail, site, host) ||
                (!is_colon(title, last) && bar && words_of(tail) <= 4 && last > title.len / 3)) {
                title.len = last;
                continue;
            }
            if (title_names_site(head, site, host) && first_size) {
                title.ptr += first + first_size;
                title.len -= first + first_size;
                continue;
            }
        }
        break;
    }
    return without_joined_site(title, site);
}
