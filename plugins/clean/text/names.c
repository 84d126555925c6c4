/* names - one-word lines that are names of image files. */
#include "names.h"

#include "kit/words.h"

enum {
    LONGEST_NAME = 80,
    MOST_PARTS = 8,
    HYPHENATING = 1 << LANGUAGE_EN | 1 << LANGUAGE_FR, /* languages rich in such words */
};

static bool is_small(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool has_suffix(gly_str s, const char *suffix)
{
    uint32_t len = (uint32_t)strlen(suffix);

    return s.len > len && memcmp(s.ptr + s.len - len, suffix, len) == 0;
}

static bool is_image_file(gly_str s)
{
    static const char *const suffixes[] = {
        ".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".tif", ".tiff", ".heic", ".bmp",
        ".JPG", ".JPEG", ".PNG", ".GIF"
    };

    for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++)
        if (has_suffix(s, suffixes[i]))
            return true;
    return false;
}

/* DSC_0031, IMG-20230502, PXL_2023, DJI_0042, image003: a camera's or a word
 * processor's name and a number. */
static bool is_camera_name(gly_str s)
{
    static const char *const makers[] = {
        "DSC", "DSCN", "DSCF", "IMG", "PXL", "DJI", "GOPR", "MVI", "VID", "P", "image",
        "Screenshot", "WhatsApp", "photo", "picture"
    };

    for (size_t i = 0; i < sizeof makers / sizeof makers[0]; i++) {
        uint32_t at = (uint32_t)strlen(makers[i]), digits = 0;

        if (s.len <= at || memcmp(s.ptr, makers[i], at) != 0)
            continue;
        for (; at < s.len && (is_digit(s.ptr[at]) || strchr("-_", s.ptr[at])); at++)
            digits += is_digit(s.ptr[at]);
        if (at == s.len && digits >= 3 && (s.len > 8 || makers[i][1]))
            return true;
    }
    return false;
}

/* A hyphenated word of the language: well-known, face-to-face. */
static bool is_compound(const phrases *p, gly_str s)
{
    uint32_t begin = 0;

    for (uint32_t i = 0; i <= s.len; i++) {
        gly_str part = { s.ptr + begin, i - begin };

        if (i < s.len && s.ptr[i] != '-')
            continue;
        if (begin == 0 && phrases_opens(p, part, PHRASE_COMPOUND, NULL) == part.len)
            return true;
        if (part.len && (word_stop(part) & HYPHENATING))
            return true;
        begin = i + 1;
    }
    return false;
}

name_kind name_of_image(const phrases *p, gly_str s)
{
    uint32_t joins = 0, underscores = 0, small = 0, digits = 0, capitals = 0;

    if (s.len < 5 || s.len > LONGEST_NAME)
        return NAME_NONE;
    for (uint32_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        bool capital = c >= 'A' && c <= 'Z';

        if (!is_small(c) && !capital && !is_digit(c) && !strchr("-_.()", c))
            return NAME_NONE;
        joins += i > 0 && i + 1 < s.len && (c == '-' || c == '_');
        underscores += c == '_';
        small += is_small(c);
        digits += is_digit(c);
        capitals += capital;
    }
    if (is_image_file(s) || is_camera_name(s))
        return NAME_SURE;
    if (joins == 0 || joins > MOST_PARTS || memchr(s.ptr, '.', s.len) || memchr(s.ptr, '(', s.len))
        return NAME_NONE;
    if (underscores && digits >= 3)
        return NAME_SURE;
    if (capitals || small < 3 || !is_small(s.ptr[0]) || (!digits && is_compound(p, s)))
        return NAME_NONE;
    return NAME_LIKELY;
}
