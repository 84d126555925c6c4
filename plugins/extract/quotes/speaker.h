/* speaker - who says a quotation.
 *
 * A voice is the place in the text that names the speaker: a name, a pronoun or a
 * phrase ("a spokesperson for X"). speaker_find() tries, from the surest to the
 * least sure: the words after the quotation, those before it in its sentence, a
 * line that names the speaker, the quotation or sentence before. What it knows of
 * the last speaker is kept in the `speakers` that the caller passes along. */
#ifndef GALLEY_QUOTES_SPEAKER_H
#define GALLEY_QUOTES_SPEAKER_H

#include "extract/quotes/people.h"

typedef enum voice_kind { VOICE_NONE, VOICE_NAME, VOICE_PRONOUN, VOICE_PHRASE } voice_kind;

enum { VOICE_NAMED_LINE = 900 }; /* confidence of "Name, office:" and "– Name, office" */

typedef struct voice {
    voice_kind kind;
    name_span  at;
    uint32_t   mention;    /* index; GLY_NO_REF unless VOICE_NAME          */
    uint32_t   person;     /* index, also of a pronoun's; GLY_NO_REF: none */
    uint32_t   cue;        /* token; GLY_NO_REF: none                      */
    uint32_t   confidence; /* 0..1000                                      */
} voice;

typedef struct speakers {
    const reading    *r;
    people           *p;
    const quotations *q;
    voice             last;       /* of the quotation before                 */
    uint32_t          last_quote; /* its index                               */
} speakers;

/* The voice of quotation `index`; VOICE_NONE when nobody says it. Called once for
 * each, in order. */
voice speaker_find(speakers *, uint32_t index);

/* Whether a quotation is a paragraph of its own that somebody must have said, though
 * the text does not tell who. */
bool speaker_is_speech(const speakers *, const quotation *);

#endif
