/* candidate - what one place of a page says of one key. */
#ifndef GALLEY_EXTRACT_METADATA_CANDIDATE_H
#define GALLEY_EXTRACT_METADATA_CANDIDATE_H

#include <galley/plugin.h>

#include "days.h"

typedef enum meta_key {
    KEY_TITLE, KEY_AUTHOR, KEY_PUBLISHED, KEY_MODIFIED, KEY_SITE, KEY_URL, KEY_LANG, KEY_IMAGE,
    KEY_SECTION, KEY_TAG, KEY_LICENCE, KEY_DESCRIPTION, KEY_PAYWALL, KEY_LISTING, KEY_COUNT
} meta_key;

typedef struct candidate {
    meta_key  key;
    uint32_t  confidence; /* 0..1000; 1000 = the page states it for the article */
    gly_str   value;
    const char *origin;   /* where it was said: "json-ld"                       */
} candidate;

/* Of all keys together, and of one that a page may give many values. */
enum { MOST_CANDIDATES = 512, MOST_VALUES = 64 };

typedef struct candidates {
    candidate  items[MOST_CANDIDATES];
    uint32_t   count;
    uint32_t   of_key[KEY_COUNT];
    bool       says_article;    /* og:type did                      */
    bool       label_is_author; /* twitter:label1 said so           */
    uint32_t   articles;      /* objects of JSON-LD that are one    */
    days       days;          /* all days that the page names       */
    const months *months;
    date_order order;         /* of days and months in digits       */
    gly_arena *arena;  /* for values that are no slices */
    const char *origin; /* of those that are added next  */
} candidates;

/* Leaves out empty values, and all beyond MOST_VALUES of a key. */
void candidate_add(candidates *, meta_key, uint32_t confidence, gly_str value);
/* Each of a list that is parted at commas. */
void candidate_add_list(candidates *, meta_key, uint32_t confidence, gly_str list);
/* "&amp;#8217;" was written: what is left of it is resolved too. */
gly_str candidate_text(candidates *, gly_str value);
/* The surest of a key, the first of equals; NULL: there is none. */
const candidate *candidate_best(const candidates *, meta_key);

/* The first date of a value goes to the days of the page; false: it has none. */
bool candidate_day(candidates *, gly_str value, uint64_t evidence, uint32_t rank);

/* ---- who reads what ------------------------------------------------------------- */

/* A script of JSON-LD. Bad JSON is left alone. */
void jsonld_read(candidates *, gly_str json);
/* <meta> by its name, property or itemprop. */
void meta_read(candidates *, gly_str name, gly_str content);

/* ---- plain text ------------------------------------------------------------------- */

/* Adds the people of a byline: without "By", roles and times, parted at commas,
 * "and" and their like. `stated`: the page calls it its author, so that a pen name, a
 * desk or a company counts too, with three quarters of the confidence. Nothing is
 * added when it does not read like names. */
void byline_read(candidates *, uint32_t confidence, bool stated, gly_str text);

/* "By Ann Other", also behind a date. */
bool byline_opens(const candidates *, gly_str text);

/* A title without the site's name at its end or start. */
gly_str title_without_site(gly_str title, gly_str site, gly_str host);
/* Letters and digits alike, whatever stands between them. */
bool title_same(gly_str, gly_str);
/* Whether a part of a title, or an author, is the site: like its name or its host. */
bool title_names_site(gly_str part, gly_str site, gly_str host);
bool title_begins(gly_str longer, gly_str shorter);
/* The line of a heading that the head of the page gives as its title: others name its
 * subject or add to it. */
gly_str title_without_kicker(gly_str heading, gly_str said, gly_str title);
/* Whether a heading is a headline though the head of the page says another thing. */
bool title_stands_alone(gly_str heading, gly_str said, gly_str site);

/* ---- addresses ---------------------------------------------------------------------- */

gly_str host_of(gly_str url);
bool address_is_absolute(gly_str);
/* "/pool.jpg" and "//host/pool.jpg" as on the page at `page`; others as they are. */
gly_str address_absolute(gly_str address, gly_str page, gly_arena *);

#endif
