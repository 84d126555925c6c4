/* applyrules - a site's rule on one of its pages, over what the judge says. */
#ifndef GALLEY_CLEAN_HTML_APPLYRULES_H
#define GALLEY_CLEAN_HTML_APPLYRULES_H

#include <galley/plugin.h>

#include "signals.h"
#include "siterules.h"

/* The host of the page: of its canonical link, og:url, meta url, the comment of who
 * saved it, or what looks like a host in the uri ("www.example.org/a.html",
 * "example.org_a.html"); empty: not known. */
gly_str rules_host(const page *, const gly_doc *);
/* The host of an address; empty: it has none. */
gly_str rules_host_in(gly_str url);
/* The address in that comment; empty: there is none. */
gly_str rules_saved_from(gly_str source);
/* Whether an element's class or id holds the word of a strip_id_or_class line. */
bool rules_is_named(const page *, uint32_t node, const char *word);
/* Sets the rules of blocks. A body that selects no text changes nothing. obey: to
 * the letter, and not only where it agrees with what reads like the article. */
gly_status rules_apply(const site_rule *, const signals *, bool obey, gly_arena *);

/* Adds to fact/1 what its lines select for title, author and date. */
gly_status rules_facts(const gly_host *, gly_stage *, gly_doc *, const site_rule *, const page *);

#endif
