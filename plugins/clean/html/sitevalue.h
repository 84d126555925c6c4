/* sitevalue - what a site's rule says of a page's title, author or date.
 *
 *   //h1[@class='headline'] | //meta[@name='author']/@content | //p[1]/text()
 *   substring-after(//span[@class='by'], 'By ')   substring-before(...)
 *   normalize-space(...)   string(...)
 *   'Ann Other'
 *
 * A path of xpath.h, or a string that is what every page says, with up to four of these
 * functions around it. */
#ifndef GALLEY_CLEAN_HTML_SITEVALUE_H
#define GALLEY_CLEAN_HTML_SITEVALUE_H

#include "xpath.h"

typedef struct site_value site_value;

/* NULL when it is beyond that, or memory runs out; *stopped is then the place in
 * `text` that was not understood. Freed by site_value_free(). */
site_value *site_value_parse(gly_str text, uint32_t *stopped);
void site_value_free(site_value *);

/* The elements that it looks at; valid until the next selection in the space. */
xpath_nodes site_value_select(const site_value *, const page *, const xpath_space *);
/* What one of them says, in the arena: references resolved, white space folded; at
 * most 300 bytes of it are read. Empty: nothing. */
gly_str site_value_of(const site_value *, const page *, uint32_t node, gly_arena *);

#endif
