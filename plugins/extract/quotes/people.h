/* people - who is named in the text outside its quotations, and who is the same.
 *
 * Mentions are the capitalised runs in reading order. Those of one person meet at
 * the surname: "Mr Castle" is the Miriam Castle named before. */
#ifndef GALLEY_QUOTES_PEOPLE_H
#define GALLEY_QUOTES_PEOPLE_H

#include "extract/quotes/marks.h"

typedef struct mention {
    name_span  at;
    name_parts parts;
    uint32_t   person; /* GLY_NO_REF: not a person's */
} mention;

typedef struct person {
    uint32_t  mention;  /* the one with the fullest name           */
    uint32_t  words;    /* in that name                            */
    uint32_t  gender;   /* WORD_MALE, WORD_FEMALE, or 0: not known */
    bool      described, searched; /* searched: for an office at its fullest mention */
    name_span role, organisation;
} person;

typedef struct people {
    mention  *mentions;
    uint32_t  mention_count, mention_capacity;
    uint32_t *mention_at; /* for each token: index + 1 of the mention that begins there */
    person   *persons;
    uint32_t  person_count, person_capacity;
    struct people_key *keys; /* surnames and first names, by hash                      */
    uint32_t  key_mask;
    uint8_t  *proper;   /* for each term, and one more: it stands with a capital within a
                           sentence                                                */
} people;

/* `terms`: records of term/1. False: out of memory. All in `scratch`. */
bool people_find(const reading *, uint32_t terms, gly_arena *scratch, people *out);

/* The mention that begins at a token, or NULL. */
const mention *people_at(const people *, uint32_t token);

/* Reads role and organisation off the words around a mention of the person; those
 * already known stay. */
void people_describe(const reading *, const people *, person *, const mention *);

/* The same for a name that stands alone on its line or behind a dash: whatever
 * follows its comma is the office. */
void people_describe_line(const reading *, person *, const mention *);

/* The person whose office is called by the words of `phrase` ("the minister"), of
 * those named before it; or GLY_NO_REF. */
uint32_t people_by_office(const reading *, people *, name_span phrase);

#endif
