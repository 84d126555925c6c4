/* articlebody - the article's text as JSON-LD repeats it: a witness for blocks. */
#ifndef GALLEY_CLEAN_HTML_ARTICLEBODY_H
#define GALLEY_CLEAN_HTML_ARTICLEBODY_H

#include "signals.h"

/* The longest "articleBody" of the page's JSON-LD, still escaped; empty without one. */
gly_str articlebody_longest(const page *);
/* Sets BLOCK_LD_MATCH and BLOCK_LD_MISS where the page has an "articleBody". */
gly_status articlebody_match(signals *, gly_arena *);
/* Takes out, by the rule "repeat", quotations that are set apart from the text and
 * stand in it, too. After the other rules. */
gly_status articlebody_pulled(signals *, gly_arena *);

#endif
