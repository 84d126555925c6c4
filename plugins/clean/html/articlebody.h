/* articlebody - the article's text as JSON-LD repeats it: a witness for blocks. */
#ifndef GALLEY_CLEAN_HTML_ARTICLEBODY_H
#define GALLEY_CLEAN_HTML_ARTICLEBODY_H

#include "signals.h"

/* Finds signals.stated, and by it sets BLOCK_LD_MATCH and BLOCK_LD_MISS. */
gly_status articlebody_match(signals *, gly_arena *);
/* Takes out, by the rule "repeat", quotations that are set apart from the text and
 * stand in it, too. After the other rules. */
gly_status articlebody_pulled(signals *, gly_arena *);

#endif
