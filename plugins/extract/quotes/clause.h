/* clause - the noun phrases of a clause, and which of them is the subject of a cue.
 *
 * A clause is a run of tokens outside quotations. Each call is linear in it and
 * looks at most CLAUSE_TOKENS far. */
#ifndef GALLEY_QUOTES_CLAUSE_H
#define GALLEY_QUOTES_CLAUSE_H

#include "extract/quotes/speaker.h"

enum { CLAUSE_TOKENS = 80 };

/* The noun phrase that begins at `first`: a name with the office before it, a
 * pronoun, "a spokesperson for X". VOICE_NONE: none begins there. `*after`: the
 * token behind it, also when it is none. */
voice clause_phrase(const speakers *, uint32_t first, uint32_t end, uint32_t *after);

/* The subject of the cue in the clause [first, end), or VOICE_NONE. */
voice clause_subject(const speakers *, uint32_t first, uint32_t cue, uint32_t end);

/* The subject after a cue that comes first: "said Ann Lee". */
voice clause_inverted(const speakers *, uint32_t cue, uint32_t end);

/* The subject of the last cue in [first, end), with that cue; or VOICE_NONE. */
voice clause_speaker(const speakers *, uint32_t first, uint32_t end);

/* Whom the last passive cue in [first, end) names: "was asked by Ann Lee". */
voice clause_agent(const speakers *, uint32_t first, uint32_t end);

/* The first phrase of [first, end) that may be a subject; for sentences without a cue. */
voice clause_first(const speakers *, uint32_t first, uint32_t end);

/* The cue nearest to the end (`backwards`) or to the beginning of [first, end), or
 * GLY_NO_REF. */
uint32_t clause_cue(const speakers *, uint32_t first, uint32_t end, bool backwards);

/* Past auxiliaries and adverbs at i: "has since also". */
uint32_t clause_skip_adverbs(const speakers *, uint32_t i, uint32_t end);

#endif
