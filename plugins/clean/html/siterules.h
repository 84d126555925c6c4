/* siterules - what a folder of files says about pages of single sites.
 *
 * The files are in the format of ftr-site-config: "example.org.txt" for a host,
 * ".example.org.txt" for all hosts below it, with lines "body: XPATH",
 * "strip: XPATH", "strip_id_or_class: WORD", "prune: no", "title: VALUE",
 * "author: VALUE", "date: VALUE", "replace_string(TEXT): TEXT", or "find_string: TEXT" and
 * "replace_string: TEXT" on lines of their own. Lines of other kinds, and what is beyond xpath.h
 * and sitevalue.h, are passed over; a listener is told why. */
#ifndef GALLEY_CLEAN_HTML_SITERULES_H
#define GALLEY_CLEAN_HTML_SITERULES_H

#include "sitevalue.h"

typedef enum site_line_kind {
    SITE_BODY, SITE_STRIP, SITE_STRIP_NAME, SITE_TITLE, SITE_AUTHOR, SITE_DATE
} site_line_kind;

typedef struct site_line {
    site_line_kind kind;
    xpath         *path;  /* of SITE_BODY, SITE_STRIP            */
    char          *word;  /* of SITE_STRIP_NAME                  */
    site_value    *value; /* of SITE_TITLE, SITE_AUTHOR, SITE_DATE */
} site_line;

typedef struct site_replacement {
    gly_str find, put; /* owned by the rule              */
    bool    complete;  /* there is something to put there */
} site_replacement;

enum { SITE_MOST_REPLACEMENTS = 64 };

typedef struct site_rule {
    char      *host;  /* ".example.org" for all below it, else without "www." */
    char      *file;  /* its name in the folder                                */
    site_line *lines;
    uint32_t   count;
    site_replacement *replacements;
    uint32_t   replacement_count;
    bool       prune; /* false: what the body holds is kept whole             */
    uint32_t   used, passed_over; /* lines that can be used, and those that can't */
} site_rule;

/* Who wants to know what becomes of each line of a file; number counts from 1.
 * why: it is passed over; NULL: it is used. */
typedef struct site_listener {
    void (*line)(struct site_listener *, uint32_t number, gly_str line, const char *why);
} site_listener;

typedef struct site_rules {
    site_rule *items; /* sorted by host */
    uint32_t   count;
    uint32_t   passed_over; /* lines that could not be used */
} site_rules;

/* Reads the folder; NULL when it cannot be read, errno says why. */
site_rules *site_rules_read(const char *folder);
void site_rules_free(site_rules *);
/* The rule for a host, or for the nearest domain above it; NULL: none. */
const site_rule *site_rules_for(const site_rules *, gly_str host);
/* One file's text; listener may be NULL. A rule of which nothing can be used has no lines. */
void site_rule_parse(site_rule *, gly_str text, site_listener *);
void site_rule_clear(site_rule *);
/* The bytes of one file of the folder, of 1 MiB at most; the caller frees ptr, which
 * is NULL when there is no memory. */
gly_str site_rule_load(const char *folder, const char *name);

#endif
