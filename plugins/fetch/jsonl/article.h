/* article - a line of JSON becomes a document: its text, its uri's parts, and
 * what it says of itself. */
#ifndef GALLEY_FETCH_JSONL_ARTICLE_H
#define GALLEY_FETCH_JSONL_ARTICLE_H

#include <galley/plugin.h>

typedef struct jsonl_options {
    gly_strs path;
    gly_str  text, uri, id, title, author, lang, date, site, url; /* names of fields */
    gly_str  media;
    bool     recursive;
    uint64_t max_bytes;
} jsonl_options;

/* What the options mean taken together: NULL, or what is wrong with *option. */
const char *article_check(const jsonl_options *, const char **option);

/* What a value as written in JSON says: a string's characters, or a number's
 * digits. Lives in *kept, which grows as needed and is the caller's to free, or
 * in the value. Empty for anything else, and when memory runs out. */
gly_str article_plain(gly_str value, char **kept, size_t *capacity);

/* Fills the document from the line, whose bytes live as long as it does. `place` is
 * "FILE:LINE", for reasons. In strings, escapes that stand for no character become
 * U+FFFD. */
gly_status article_load(const jsonl_options *, const gly_host *, gly_stage *, gly_doc *,
                        gly_str line, const char *place);

#endif
