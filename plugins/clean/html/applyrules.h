/* applyrules - a site's rule on one of its pages, over what the judge says. */
#ifndef GALLEY_CLEAN_HTML_APPLYRULES_H
#define GALLEY_CLEAN_HTML_APPLYRULES_H

#include "signals.h"
#include "siterules.h"

/* The host of the page: of its canonical link, og:url, or the first part of the
 * uri that looks like a host ("www.example.org/a.html"); empty: not known. */
gly_str rules_host(const page *, gly_str uri);
/* Sets the rules of blocks. A body that selects no text changes nothing. */
gly_status rules_apply(const site_rule *, const signals *, gly_arena *);

#endif
