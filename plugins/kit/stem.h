/* stem - which word forms belong together: "rivers" and "river".
 *
 * Snowball stemmers (libstemmer) behind a cache of fixed size, as a worker meets the
 * same words again and again. One object a worker (made in start(), freed in
 * finish()); the cache changes speed only, never an answer.
 *
 * Needs LIBS = -lstemmer, PACKAGES = libstemmer-dev and the piece `words`. */
#ifndef GALLEY_KIT_STEM_H
#define GALLEY_KIT_STEM_H

#include <galley/types.h>

typedef struct stems stems;

stems *stems_new(void); /* NULL when memory runs out */
void stems_free(stems *);
/* For who asks for many: fetches what stem_of() will read soon from far memory. */
void stems_fetch(const stems *, int language, uint64_t hash);
/* A number that words of one stem share. `word` in lower case, `hash` its
 * word_hash(), `language` a word_language. The hash itself where the language has
 * no stemmer or is not known (-1). */
uint64_t stem_of(stems *, int language, gly_str word, uint64_t hash);

#endif
