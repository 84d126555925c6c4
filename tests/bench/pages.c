/* pages - dresses the articles of make bench as web pages: the same ones each time.
 *
 * usage: pages ARTICLES FOLDER COUNT
 *
 * Real article pages of 149 kB are one part text, three parts tags, four parts
 * scripts, styles and drawings; these are mixed alike: a head with metadata and
 * JSON-LD, menus, the article among advertisements and figures, cards of other
 * articles, comments, a footer. The page's number decides all that is in it. */
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "words.h"

enum { FOLDER_HOLDS = 1000, ROOM = 1 << 20, ARTICLE_ROOM = 16384, MEAN = 100 };

typedef struct web_page {
    uint64_t state;
    uint32_t number, size; /* size: in hundredths of the mean */
    char     article[ARTICLE_ROOM];
    char     text[ROOM];
    size_t   used;
} web_page;

/* ---- writing ------------------------------------------------------------------------- */

/* xorshift64*: small, and the same on every machine. */
static uint32_t pick(web_page *p, uint32_t below)
{
    p->state ^= p->state >> 12;
    p->state ^= p->state << 25;
    p->state ^= p->state >> 27;
    return (uint32_t)((p->state * UINT64_C(2685821657736338717)) >> 33) % below;
}

#define ANY(p, list) (list)[pick((p), (uint32_t)(sizeof(list) / sizeof *(list)))]

static void put_bytes(web_page *p, const char *s, size_t n)
{
    if (p->used + n < ROOM) {
        memcpy(p->text + p->used, s, n);
        p->used += n;
    }
}

static void put(web_page *p, const char *s)
{
    put_bytes(p, s, strlen(s));
}

/* Text as markup writes it. */
static void put_text(web_page *p, const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (s[i] == '"')
            put(p, "&quot;");
        else if (s[i] == '&')
            put(p, "&amp;");
        else if (s[i] == '\'')
            put(p, "&#39;");
        else
            put_bytes(p, s + i, 1);
    }
}

/* A template: %n noun, %a adjective, %v verb, %c place, %d number, %h hash of 8. */
static void put_template(web_page *p, const char *t)
{
    char number[16];

    for (; *t; t++) {
        if (*t != '%' || !t[1]) {
            put_bytes(p, t, 1);
            continue;
        }
        switch (*++t) {
        case 'n': put(p, ANY(p, nouns)); break;
        case 'a': put(p, ANY(p, adjectives)); break;
        case 'v': put(p, ANY(p, verbs)); break;
        case 'c': put(p, ANY(p, places)); break;
        case 'd': snprintf(number, sizeof number, "%u", pick(p, 100000)); put(p, number); break;
        case 'h': snprintf(number, sizeof number, "%08x", pick(p, UINT32_MAX)); put(p, number); break;
        default: put_bytes(p, t, 1); break;
        }
    }
}

/* So many times, by the size of the page. */
static void repeat(web_page *p, uint32_t times, const char *t)
{
    times = times * p->size / MEAN;
    for (uint32_t i = 0; i < times; i++)
        put_template(p, t);
}

/* The paragraph at `*at`, moved past; its length, 0 at the end. */
static size_t paragraph(const char **at, const char **begin)
{
    const char *end;

    while (**at == '\n')
        (*at)++;
    *begin = *at;
    end = strstr(*at, "\n\n");
    *at = end ? end : *at + strlen(*at);
    return (size_t)(*at - *begin);
}

/* ---- the parts of a page ------------------------------------------------------------- */

static void put_metadata(web_page *p)
{
    const char *at = p->article, *title;
    size_t length = paragraph(&at, &title);

    put(p, "<!DOCTYPE html>\n<html lang=\"en-GB\" class=\"no-js\">\n<head>\n<meta charset=\"utf-8\">\n<title>");
    put_text(p, title, length);
    put(p, " | The Bench Courier</title>\n<meta property=\"og:title\" content=\"");
    put_text(p, title, length);
    put_template(p, "\">\n<meta property=\"og:site_name\" content=\"The Bench Courier\">\n"
                    "<meta property=\"og:type\" content=\"article\">\n<meta name=\"viewport\" content=\"width=device-width\">\n"
                    "<meta property=\"og:image\" content=\"https://img.courier.example/%h/%n.jpg?w=1200&amp;h=630\">\n"
                    "<meta property=\"article:published_time\" content=\"2023-05-14T08:30:00+01:00\">\n"
                    "<meta name=\"description\" content=\"The %a %n of %c and the %n that will %v it.\">\n"
                    "<link rel=\"canonical\" href=\"https://www.courier.example/news/%n-%d\">\n");
    repeat(p, 12, "<meta property=\"article:tag\" content=\"%a %n\">\n<link rel=\"preload\" as=\"script\" "
                  "href=\"https://static.courier.example/assets/%n.%h.js\" crossorigin=\"anonymous\">\n");
    put(p, "<script type=\"application/ld+json\">{\"@context\":\"https://schema.org\",\"@type\":\"NewsArticle\",\"headline\":\"");
    put_bytes(p, title, length);
    put_template(p, "\",\"datePublished\":\"2023-05-14T08:30:00+01:00\",\"author\":[{\"@type\":\"Person\",\"name\":\"Anna Holwell\"}],"
                    "\"publisher\":{\"@type\":\"Organization\",\"name\":\"The Bench Courier\"},\"articleSection\":\"%n\"}</script>\n");
}

static void put_styles_and_scripts(web_page *p)
{
    put(p, "<style>");
    repeat(p, 200, ".%n-%n__%v{display:flex;margin:0 auto %dpx;color:#%h}@media (min-width:%dpx){.%n{padding:0}}");
    put(p, "</style>\n<script>window.__STATE__={\"items\":[");
    repeat(p, 150, "{\"id\":\"%h\",\"kind\":\"%n\",\"title\":\"%a %n in %c\",\"url\":\"\\/news\\/%n-%d\",\"tags\":[\"%n\",\"%n\"]},");
    put(p, "{}]};</script>\n<script async src=\"https://static.courier.example/a.js\"></script>\n</head>\n");
}

static void put_menus(web_page *p)
{
    put(p, "<body class=\"page page--article has-sidebar\">\n<header class=\"site-header\" role=\"banner\">\n"
           "<nav class=\"main-nav\" aria-label=\"Main\"><ul class=\"main-nav__list\">\n");
    repeat(p, 90, "<li class=\"main-nav__item main-nav__item--%n\"><a class=\"main-nav__link js-track\" href=\"/%n/%n\" "
                  "data-track=\"nav|%n|%d\">%a %n</a></li>\n");
    put(p, "</ul></nav>\n");
    repeat(p, 28, "<button class=\"icon-button\" aria-label=\"%v\"><svg viewBox=\"0 0 24 24\" width=\"24\" height=\"24\">"
                  "<path d=\"M%d 2.5l%d-7.1c.4-1.9 1.9-3.4 3.8-3.8l%d 12.2v4.1h-4.1z M%d 18.2a6 6 0 1 1 0-12\" fill=\"#%h\"/>"
                  "<path d=\"M%d.5 0a2.5 2.5 0 0 0 0 5h%d.5l-1.4 1.4L%d 12l3-3z\"/></svg></button>\n");
    put(p, "</header>\n");
}

static void put_between(web_page *p, uint32_t which)
{
    if (which % 4 == 1)
        put_template(p, "<div class=\"ad ad--inline\" id=\"ad-%h\" data-ad-unit=\"/%d/courier/%n\" "
                        "data-sizes=\"[[300,250],[728,90]]\"><p class=\"ad__label\">Advertisement</p></div>\n");
    if (which % 6 == 2)
        put_template(p, "<figure class=\"image image--wide\"><picture><source srcset=\"https://img.courier.example/%h/%n.webp?w=480 480w, "
                        "https://img.courier.example/%h/%n.webp?w=960 960w\" sizes=\"(min-width: 960px) 640px, 100vw\">"
                        "<img src=\"https://img.courier.example/%h/%n.jpg\" alt=\"A %a %n\" loading=\"lazy\"></picture>"
                        "<figcaption class=\"image__caption\">The %a %n in %c. Photo: Courier</figcaption></figure>\n");
    if (which % 7 == 5)
        put_template(p, "<aside class=\"read-more\"><p><strong>Read more:</strong> <a href=\"/news/%n-%d\">%a %n to %v %c</a></p></aside>\n");
}

static void put_article(web_page *p)
{
    const char *at = p->article, *begin;
    size_t length = paragraph(&at, &begin);

    put(p, "<main id=\"content\">\n<article class=\"article\" itemscope itemtype=\"https://schema.org/NewsArticle\">\n<h1 class=\"article__title\">");
    put_text(p, begin, length);
    put(p, "</h1>\n<div class=\"article__meta\"><span class=\"byline\">By <a rel=\"author\" href=\"/authors/anna-holwell\">Anna Holwell"
           "</a></span> <time datetime=\"2023-05-14T08:30:00+01:00\">14 May 2023, 8.30am</time></div>\n<div class=\"article__body\">\n");
    for (uint32_t i = 0; (length = paragraph(&at, &begin)) > 0; i++) {
        put(p, "<p class=\"article__paragraph\">");
        put_text(p, begin, length);
        put(p, "</p>\n");
        put_between(p, i);
    }
    put(p, "</div>\n</article>\n</main>\n");
}

static void put_after(web_page *p)
{
    put(p, "<section class=\"related\" aria-label=\"More stories\"><h2>More on this story</h2>\n");
    repeat(p, 64, "<div class=\"card card--%n\" data-id=\"%h\" data-position=\"%d\"><a class=\"card__link\" href=\"https://www.courier.example/news/%n-%d\">"
                  "<img class=\"card__image\" src=\"https://img.courier.example/%h/%n.jpg?w=320&amp;q=70\" srcset=\"https://img.courier.example/%h/%n.jpg?w=640 2x\" "
                  "alt=\"\" width=\"320\" height=\"180\" loading=\"lazy\"><h3 class=\"card__title\">%a %n to %v the %n of %c</h3></a>"
                  "<p class=\"card__summary\">The %n is %a, and %d of them %v it each year.</p><span class=\"card__date\">%d minutes ago</span></div>\n");
    put(p, "</section>\n<section class=\"comments\"><h2>Comments</h2>\n");
    repeat(p, 34, "<div class=\"comment\" id=\"c%d\"><span class=\"comment__author\">%n%d</span><p>I do not think that a %a %n can %v %c. "
                  "Who has asked for it, and why is the %n so %a?</p><button class=\"comment__reply\">Reply</button></div>\n");
    put(p, "</section>\n<footer class=\"site-footer\" role=\"contentinfo\"><div class=\"newsletter\"><p>Sign up for our newsletter</p></div>\n");
    repeat(p, 80, "<a class=\"site-footer__link\" href=\"https://www.courier.example/%n/%n\">%a %n</a>\n");
    put(p, "<p class=\"site-footer__rights\">&copy; 2023 The Bench Courier. All rights reserved.</p></footer>\n<script>");
    repeat(p, 150, "!function(e,t){var n=e.%n||(e.%n=[]);n.push({t:\"%h\",v:%d});for(var r=0;r<n.length;r++)t(n[r])}(window,%n_%d);");
    put(p, "</script>\n</body>\n</html>\n");
}

/* ---- files ---------------------------------------------------------------------------- */

static bool load_article(web_page *p, const char *folder)
{
    char path[4096];
    size_t length;
    FILE *f;

    snprintf(path, sizeof path, "%s/%03u/%06u.txt", folder, p->number / FOLDER_HOLDS, p->number);
    f = fopen(path, "rb");
    if (!f)
        return false;
    length = fread(p->article, 1, ARTICLE_ROOM - 1, f);
    p->article[length] = '\0';
    return fclose(f) == 0 && length > 0;
}

static bool store(const web_page *p, const char *folder)
{
    char path[4096];
    FILE *f;

    snprintf(path, sizeof path, "%s/%03u", folder, p->number / FOLDER_HOLDS);
    if (p->number % FOLDER_HOLDS == 0 && mkdir(path, 0777) < 0 && errno != EEXIST)
        return false;
    snprintf(path, sizeof path, "%s/%03u/%06u.html", folder, p->number / FOLDER_HOLDS, p->number);
    f = fopen(path, "wb");
    return f && fwrite(p->text, 1, p->used, f) == p->used && fclose(f) == 0;
}

int main(int argc, char **argv)
{
    static web_page p;
    uint32_t count = argc == 4 ? (uint32_t)strtoul(argv[3], NULL, 10) : 0;

    if (!count) {
        fputs("usage: pages ARTICLES FOLDER COUNT\n", stderr);
        return 2;
    }
    if (mkdir(argv[2], 0777) < 0 && errno != EEXIST) {
        perror(argv[2]);
        return 1;
    }
    for (p.number = 0; p.number < count; p.number++) {
        p.state = (p.number + UINT64_C(1)) * UINT64_C(0x9E3779B97F4A7C15);
        p.used = 0;
        p.size = MEAN / 2 + pick(&p, MEAN);
        if (!load_article(&p, argv[1])) {
            perror(argv[1]);
            return 1;
        }
        put_metadata(&p);
        put_styles_and_scripts(&p);
        put_menus(&p);
        put_article(&p);
        put_after(&p);
        if (!store(&p, argv[2])) {
            perror(argv[2]);
            return 1;
        }
    }
    return 0;
}
