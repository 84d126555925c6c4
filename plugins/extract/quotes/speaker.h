/* speaker - the words around a cue become a name, a role and an organisation.
 *
 *   Marlshire Council’s Head of Roads, Insp Ann Other   ->  Ann Other / Head of Roads / Marlshire Council
 *   Harbour Commissioner Ann Other                      ->  Ann Other / Harbour Commissioner
 *   Ann Other, chief executive of Acme Ltd              ->  Ann Other / chief executive / Acme Ltd
 *
 * Only slices of the text are given; nothing is allocated. */
#ifndef GALLEY_QUOTES_SPEAKER_H
#define GALLEY_QUOTES_SPEAKER_H

#include <galley/plugin.h>

/* Fills speaker, speaker_at, name, role and organisation from `who`, the words
 * between the quotation and its cue without the cue. `last` says that the name
 * is expected at the end of `who` (before the cue), else at its start. */
void speaker_parse(gly_str text, gly_range who, bool last, gly_quote *quote);

#endif
