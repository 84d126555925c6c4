/* lexicon - the words by which bylines and dates are told, as data. */
#ifndef GALLEY_EXTRACT_METADATA_LEXICON_H
#define GALLEY_EXTRACT_METADATA_LEXICON_H

#include <galley/types.h>

extern const char *const lexicon_openings[];  /* of a byline, each with its space       */
extern const char *const lexicon_joints[];    /* between names, with their spaces       */
extern const char *const lexicon_marks[];     /* between names and what is none         */
extern const char *const lexicon_cuts[];      /* behind a name: what follows is not his */
extern const char *const lexicon_for[];       /* the cuts that names of ministries have */
extern const char *const lexicon_no_names[];  /* words that no author's name has        */
extern const char *const lexicon_desks[];     /* words that no person's name has        */
extern const char *const lexicon_author_labels[]; /* of twitter:label1          */
extern const char *const lexicon_updated[];   /* before the day of a change             */
extern const char *const lexicon_published[]; /* before the day of publication          */
extern const char *const lexicon_until[];     /* between the ends of a span of days     */
extern const char *const lexicon_rights[];    /* before the years of a copyright        */

/* Whether one of the words stands in a text, capitals aside. */
bool lexicon_says(const char *const *words, gly_str text);
/* Whether the word is in the list, capitals aside. */
bool lexicon_has(const char *const *words, gly_str word);

#endif
