/* convert - iconv, in pieces, by the names that pages use. */
#include "convert.h"

#include <errno.h>
#include <iconv.h>
#include <strings.h>

enum { HEAD = 2048, LONGEST_NAME = 40 };

gly_str convert_stated(gly_str page)
{
    static const char key[] = "charset=";
    gly_str head = { page.ptr, page.len < HEAD ? page.len : HEAD };
    uint32_t i = 0, end;

    while (i + sizeof key - 1 < head.len && strncasecmp(head.ptr + i, key, sizeof key - 1) != 0)
        i++;
    i += sizeof key - 1;
    if (i >= head.len)
        return (gly_str){ NULL, 0 };
    i += head.ptr[i] == '"' || head.ptr[i] == '\'';
    for (end = i; end < head.len && !memchr("\"' ;>/", head.ptr[end], 6);)
        end++;
    return gly_slice(head, (gly_range){ i, end });
}

/* What pages call latin1 is windows-1252 (WHATWG Encoding), and what Internet
 * Explorer calls unicode is UTF-16. */
static const char *name_of(gly_str charset, char buffer[LONGEST_NAME + 1])
{
    static const struct { const char *said, *meant; } names[] = {
        { "", "WINDOWS-1252" }, { "iso-8859-1", "WINDOWS-1252" }, { "latin1", "WINDOWS-1252" },
        { "us-ascii", "WINDOWS-1252" }, { "ascii", "WINDOWS-1252" }, { "unicode", "UTF-16LE" },
        { "utf-8", "WINDOWS-1252" }, { "utf8", "WINDOWS-1252" }, /* which it is not */
    };

    if (charset.len > LONGEST_NAME)
        return "?";
    memcpy(buffer, charset.len ? charset.ptr : "", charset.len);
    buffer[charset.len] = '\0';
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcasecmp(buffer, names[i].said) == 0)
            return names[i].meant;
    return buffer;
}

bool convert_page(rewrite *out, gly_str page, gly_str charset)
{
    char name[LONGEST_NAME + 1], piece[4096];
    iconv_t cd = iconv_open("UTF-8", name_of(charset, name));
    char *in = (char *)(uintptr_t)page.ptr; /* iconv does not write there */
    size_t left = page.len;

    if (cd == (iconv_t)-1)
        return false;
    while (left > 0 && !out->failed) {
        char *to = piece;
        size_t room = sizeof piece;
        size_t done = iconv(cd, &in, &left, &to, &room);
        bool bad = done == (size_t)-1 && errno != E2BIG;

        rewrite_put(out, piece, (uint32_t)(to - piece));
        if (bad && left > 0) {
            rewrite_put(out, "\xEF\xBF\xBD", 3);
            in++, left--;
        }
    }
    iconv_close(cd);
    return true;
}
