/* rules - which lines are not the article: one table of phrases, one of shapes.
 *
 * A phrase is compared with the line in lower case (ASCII letters). "whole" must
 * be the line, but for marks at its end; "start" must open a line of few words.
 * A line that is long enough to tell something is never taken out. */
#include "rules.h"

enum { LONGEST = 160 };

typedef enum how { WHOLE, START } how;

typedef struct phrase {
    const char *rule;
    how         how;
    const char *words;
} phrase;

static const phrase phrases[] = {
    { "advertisement", WHOLE, "advertisement" }, { "advertisement", WHOLE, "advertising" },
    { "advertisement", WHOLE, "sponsored content" }, { "advertisement", WHOLE, "anzeige" },
    { "advertisement", WHOLE, "werbung" }, { "advertisement", WHOLE, "publicité" },
    { "advertisement", WHOLE, "publicidad" },
    { "caption", START, "photo: " }, { "caption", START, "image: " },
    { "caption", START, "picture: " }, { "caption", START, "photo credit" },
    { "caption", START, "image credit" }, { "caption", START, "foto: " },
    { "caption", START, "bild: " }, { "caption", START, "crédit photo" },
    { "cookie", START, "this site uses cookies" }, { "cookie", START, "we use cookies" },
    { "cookie", START, "this website uses cookies" }, { "cookie", WHOLE, "accept cookies" },
    { "cookie", WHOLE, "accept all cookies" }, { "cookie", START, "diese website verwendet cookies" },
    { "cookie", START, "ce site utilise des cookies" }, { "cookie", START, "este sitio utiliza cookies" },
    { "end-mark", WHOLE, "ends" }, { "end-mark", WHOLE, "-ends-" }, { "end-mark", WHOLE, "- ends -" },
    { "end-mark", WHOLE, "###" }, { "end-mark", WHOLE, "# # #" }, { "end-mark", WHOLE, "-30-" },
    { "label", WHOLE, "for immediate release" }, { "label", WHOLE, "press release" },
    { "label", WHOLE, "news release" }, { "label", WHOLE, "media release" },
    { "label", WHOLE, "pressemitteilung" }, { "label", WHOLE, "communiqué de presse" },
    { "label", WHOLE, "comunicado de prensa" },
    { "newsletter", START, "sign up to our newsletter" }, { "newsletter", START, "sign up for our" },
    { "newsletter", START, "subscribe to our" }, { "newsletter", START, "newsletter abonnieren" },
    { "newsletter", START, "inscrivez-vous à notre" }, { "newsletter", START, "suscríbete a nuestr" },
    { "page-furniture", WHOLE, "back to top" }, { "page-furniture", WHOLE, "print this page" },
    { "page-furniture", WHOLE, "skip to content" }, { "page-furniture", WHOLE, "skip to main content" },
    { "page-furniture", WHOLE, "nach oben" }, { "page-furniture", WHOLE, "haut de page" },
    { "page-furniture", START, "all rights reserved" }, { "page-furniture", START, "copyright ©" },
    { "page-furniture", START, "© " }, { "page-furniture", START, "alle rechte vorbehalten" },
    { "related", START, "read more: " }, { "related", WHOLE, "read more" },
    { "related", WHOLE, "related articles" }, { "related", START, "see also: " },
    { "related", START, "lesen sie auch" }, { "related", START, "lire aussi" },
    { "related", START, "lea también" },
    { "share", START, "share this " }, { "share", START, "share on " }, { "share", WHOLE, "share" },
    { "share", START, "follow us on" }, { "share", WHOLE, "tweet" }, { "share", WHOLE, "teilen" },
    { "share", WHOLE, "partager" }, { "share", WHOLE, "compartir" },
    { "contact", START, "media contact" }, { "contact", START, "press contact" },
    { "contact", START, "pressekontakt" }, { "contact", START, "contact presse" },
};

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
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

/* One word of file-name letters: "van-green", "DSC_0031", "hero-banner.png". Two
 * small-letter parts joined by - or _, so that "Co-operation" stays. */
static bool is_image_name(gly_str s)
{
    static const char *const suffixes[] = { ".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg" };
    uint32_t joins = 0, capitals = 0, digits = 0;

    if (s.len > 80)
        return false;
    for (uint32_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];

        if (!is_letter(c) && !is_digit(c) && c != '-' && c != '_' && c != '.')
            return false;
        joins += i > 0 && i + 1 < s.len && (c == '-' || c == '_');
        capitals += c >= 'A' && c <= 'Z';
        digits += is_digit(c);
    }
    for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++)
        if (has_suffix(s, suffixes[i]))
            return true;
    if (joins == 0 || !is_letter(s.ptr[0]) || memchr(s.ptr, '.', s.len))
        return false;
    return capitals == 0 || (memchr(s.ptr, '_', s.len) && digits >= 3);
}

static gly_str lowered(gly_str s, char *buffer)
{
    for (uint32_t i = 0; i < s.len; i++)
        buffer[i] = s.ptr[i] >= 'A' && s.ptr[i] <= 'Z' ? (char)(s.ptr[i] + 32) : s.ptr[i];
    return (gly_str){ buffer, s.len };
}

static bool says(gly_str low, const phrase *p)
{
    uint32_t len = (uint32_t)strlen(p->words);

    if (low.len < len || memcmp(low.ptr, p->words, len) != 0)
        return false;
    for (uint32_t i = len; p->how == WHOLE && i < low.len; i++)
        if (!strchr(".:!* ", low.ptr[i]))
            return false;
    return true;
}

const char *rule_for(gly_str s)
{
    char buffer[LONGEST];
    gly_str low;

    if (s.len == 0 || s.len > LONGEST)
        return NULL;
    if (is_image_name(s))
        return "image-alt";
    low = lowered(s, buffer);
    for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++)
        if (low.ptr[0] == phrases[i].words[0] && says(low, &phrases[i]))
            return phrases[i].rule;
    return NULL;
}

bool rule_known(gly_str name)
{
    if (gly_str_eq(name, GLY_LIT("all")) || gly_str_eq(name, GLY_LIT("image-alt")))
        return true;
    for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++)
        if (name.len == strlen(phrases[i].rule) && memcmp(name.ptr, phrases[i].rule, name.len) == 0)
            return true;
    return false;
}
