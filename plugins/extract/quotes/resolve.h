/* resolve - who a voice is.
 *
 * "she" is the last speaker or the person named before, "the minister" the person of
 * that office, "it" the body of the sentence; a surname stands for the fullest name.
 * Offices and bodies are read off the words beside the name. */
#ifndef GALLEY_QUOTES_RESOLVE_H
#define GALLEY_QUOTES_RESOLVE_H

#include "extract/quotes/speaker.h"

/* The voice with its person, where the text names one. */
voice resolve_voice(speakers *, voice);

/* Fills speaker, speaker_at, name, role, organisation, cue and confidence. */
void resolve_write(const speakers *, const voice *, gly_quote *);

#endif
