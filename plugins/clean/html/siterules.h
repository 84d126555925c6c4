/* siterules - what a folder of files says about pages of single sites.
 *
 * The files are in the format of ftr-site-config: "example.org.txt" for a host,
 * ".example.org.txt" for all hosts below it, lines "body: XPATH", "strip: XPATH",
 * "strip_id_or_class: WORD", "prune: no". Lines of
 * other kinds, and XPaths beyond xpath.h, are passed over. */
#ifndef GALLEY_CLEAN_HTML_SITERULES_H
#define GALLEY_CLEAN_HTML_SITERULES_H

#include "xpath.h"

typedef enum site_line_kind {
    SITE_BODY, SITE_STRIP, SITE_STRIP_NAME
} site_line_kind;

typedef struct site_line {
    site_line_kind kind;
    xpath         *path;
    char          *word; /* of SITE_STRIP_NAME */
} site_line;

typedef struct site_rule {
    char      *host;  /* ".example.org" for all below it, else without "www." */
    site_line *lines;
    uint32_t   count;
    bool       prune; /* false: what the body holds is kept whole             */
} site_rule;

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
/* One file's text, for the fuzz target and the reader above. */
bool site_rule_parse(site_rule *, gly_str text, uint32_t *passed_over);
void site_rule_clear(site_rule *);

#endif
