/* shortform - what can be an acronym, by its looks. */
#ifndef GALLEY_ACRONYMS_SHORTFORM_H
#define GALLEY_ACRONYMS_SHORTFORM_H

#include <galley/plugin.h>

/* The acronym proper in [begin, end): without 's, and in the singular: ROCUs is
 * ROCU. `at` keeps the plural's s and loses the apostrophe's. */
typedef struct shortform {
    gly_range at;
    gly_str   text;
} shortform;

/* What stands in brackets or at their side and may be explained there: one word or
 * two, most with a capital. */
bool shortform_explained(gly_str text, gly_range at, uint32_t longest, shortform *);

/* A word that is an acronym even when nothing explains it: two capitals at least,
 * hardly any small letter, no Roman number. */
bool shortform_alone(gly_str text, gly_range at, uint32_t longest, shortform *);

/* The end of letters with full stops between them, "U.S." or "W.H.O.", that begin at
 * this byte; `begin` itself when there are fewer than two. */
uint32_t shortform_dotted(gly_str text, uint32_t begin);

#endif
