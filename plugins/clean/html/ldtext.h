/* ldtext - the article of a page that a script shows: its "articleBody" of JSON-LD. */
#ifndef GALLEY_CLEAN_HTML_LDTEXT_H
#define GALLEY_CLEAN_HTML_LDTEXT_H

#include "write.h"

/* Writes `body`, a JSON string as it stands in the page that `out` rewrites, as
 * paragraphs. GLY_ENOMEM when memory runs out. */
gly_status ldtext_write(rewrite *out, written *result, gly_str body, gly_arena *);

#endif
