/* declared - what the first bytes say of themselves: declarations in markup, and
 * the signatures of files that are no text. */
#include "detect.h"

#include <ctype.h>
#include <strings.h>

enum { PRESCAN = 4096 };

/* After `from`, the value of `name` = "value", with or without quotes; the
 * search ends at `stop` or at the end. */
static gly_str value_after(const char *from, const char *end, const char *name)
{
    size_t length = strlen(name);

    for (const char *p = from; p + length < end; p++) {
        char quote;
        const char *start;

        if (strncasecmp(p, name, length) != 0)
            continue;
        p += length;
        while (p < end && isspace((unsigned char)*p))
            p++;
        if (p >= end || *p != '=')
            continue;
        for (p++; p < end && isspace((unsigned char)*p); p++)
            ;
        quote = p < end && (*p == '"' || *p == '\'') ? *p++ : '\0';
        for (start = p; p < end && *p != quote && *p != '>' && *p != '"' && *p != '\''; p++)
            if (!quote && (isspace((unsigned char)*p) || *p == ';' || *p == '/'))
                break;
        return (gly_str){ start, (uint32_t)(p - start) };
    }
    return (gly_str){ NULL, 0 };
}

gly_str declared_in_markup(gly_str bytes)
{
    const char *p = bytes.ptr;
    const char *end = p + (bytes.len < PRESCAN ? bytes.len : PRESCAN);
    gly_str label = { NULL, 0 };

    if (end - p > 5 && strncasecmp(p, "<?xml", 5) == 0) {
        const char *close = memchr(p, '>', (size_t)(end - p));

        label = value_after(p, close ? close : end, "encoding");
    }
    while (label.len == 0 && p < end && (p = memchr(p, '<', (size_t)(end - p))) != NULL) {
        const char *close;

        if (end - p > 4 && memcmp(p, "<!--", 4) == 0) {
            p = memmem(p + 2, (size_t)(end - p - 2), "-->", 3);
            if (!p)
                break;
        } else if (end - p > 5 && strncasecmp(p, "<meta", 5) == 0) {
            close = memchr(p, '>', (size_t)(end - p));
            label = value_after(p + 5, close ? close : end, "charset");
            p = close ? close : end;
        } else {
            p++;
        }
    }
    return label;
}

static const struct signature {
    const char *bytes;
    uint32_t    length;
    const char *what;
} signatures[] = {
    { "%PDF-", 5, "a PDF" },
    { "\x89PNG\r\n", 6, "a PNG image" },
    { "\xFF\xD8\xFF", 3, "a JPEG image" },
    { "GIF8", 4, "a GIF image" },
    { "PK\x03\x04", 4, "a ZIP archive or an office file" },
    { "\x1F\x8B", 2, "a gzip file" },
    { "BZh", 3, "a bzip2 file" },
    { "\xFD" "7zXZ", 5, "an xz file" },
    { "7z\xBC\xAF", 4, "a 7-Zip archive" },
    { "Rar!\x1A", 5, "a RAR archive" },
    { "\xD0\xCF\x11\xE0", 4, "an old office file" },
    { "\x7F" "ELF", 4, "a program" },
    { "SQLite format 3", 15, "an SQLite database" },
    { "RIFF", 4, "a sound, film or WebP file" },
    { "OggS", 4, "an Ogg file" },
    { "ID3", 3, "an MP3 file" },
};

static bool is_odd_control(unsigned char c)
{
    return c < 0x20 && !(c >= '\t' && c <= '\r') && c != 0x1B && c != 0x1A;
}

/* Words may begin with "RIFF" or "BZh": a signature counts when what follows
 * has bytes that no text has, unless the signature itself has them. */
static bool has_odd_control(gly_str bytes)
{
    uint32_t end = bytes.len < 512 ? bytes.len : 512;

    for (uint32_t i = 0; i < end; i++)
        if (is_odd_control((unsigned char)bytes.ptr[i]))
            return true;
    return false;
}

const char *looks_binary(gly_str bytes)
{
    for (size_t i = 0; i < sizeof signatures / sizeof signatures[0]; i++) {
        const struct signature *s = &signatures[i];

        if (bytes.len < s->length || memcmp(bytes.ptr, s->bytes, s->length) != 0)
            continue;
        if (i == 0 || has_odd_control(bytes) || !isprint((unsigned char)s->bytes[0]))
            return s->what;
    }
    return NULL;
}
