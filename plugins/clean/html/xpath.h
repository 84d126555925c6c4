/* xpath - the part of XPath 1.0 that rules for sites use.
 *
 *   //div[@id='a']//p | //article[contains(@class, 'x')][1]/ancestor::div[1] | //time/@datetime
 *
 * Steps / and // with the axes child, descendant, self, parent, ancestor,
 * following-sibling, following and preceding; names and *; a last step @name; the first
 * steps in brackets, with a position among all of them. Predicates: a position (2, last(),
 * last() - 1, position() > 1, position() < last()), and, or, not(), contains(),
 * starts-with(), = and != between a value and a string, a bare value. Values: @name, .,
 * text(), normalize-space(), concat() of blanks around one.
 * A path in steps visits a page's nodes once a step, whatever the page. */
#ifndef GALLEY_CLEAN_HTML_XPATH_H
#define GALLEY_CLEAN_HTML_XPATH_H

#include "kit/page/page.h"

typedef struct xpath xpath;

/* NULL when it is not of this part, or memory runs out; *stopped (unless NULL) is
 * then the place in `text` that was not understood. Freed by xpath_free(). */
xpath *xpath_parse(gly_str text, uint32_t *stopped);
void xpath_free(xpath *);

typedef struct xpath_nodes { /* in document order, each once */
    uint32_t *items;
    uint32_t  count;
} xpath_nodes;

typedef struct xpath_space { /* memory for one page, used again by each selection */
    uint32_t *counts, *totals, *now, *found;
    uint8_t  *marks, *selected;
} xpath_space;

/* False when memory runs out. */
bool xpath_space_new(xpath_space *, const page *, gly_arena *);
/* The nodes that it selects; for a last step @name the elements it is looked for
 * in. Valid until the next selection in the same space. */
xpath_nodes xpath_select(const xpath *, const page *, const xpath_space *);
/* The attribute that a last step names; empty: none. */
gly_str xpath_attribute(const xpath *);

#endif
