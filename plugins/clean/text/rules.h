/* rules - which lines are not the article.
 *
 * Each rule has a name, which stands in removed/1 and in the option "remove". A
 * rule looks at one line and its neighbours; what needs the whole text is in
 * tail.h and dump.h. All take lines out through rules_take(). */
#ifndef GALLEY_CLEAN_TEXT_RULES_H
#define GALLEY_CLEAN_TEXT_RULES_H

#include "lines.h"
#include "kit/phrases.h"

enum { LONGEST_RULED = 300 }; /* bytes: longer lines tell something */

typedef struct rules {
    const phrases *phrases;
    gly_strs       remove; /* names, or "all" */
    gly_str        text;
    const char    *lowered; /* the short lines of the text in lower case, each in
                               its place; rules_low() reads it                    */
    lines         *lines;
} rules;

/* Whether the option "remove" names the rule. */
bool rules_wants(const rules *, const char *rule);
/* Takes a line out, unless the rule is not wanted or an earlier one did; whether
 * the line is out by this rule. */
bool rules_take(const rules *, line *, const char *rule);
/* The line in lower case, byte for byte; empty for a line that tells something by
 * its length. */
gly_str rules_low(const rules *, const line *);

/* Lower-cases the short lines; GLY_ENOMEM. */
gly_status rules_open(rules *, gly_arena *scratch);
void rules_mark(const rules *);
bool rules_known(gly_str name);

#endif
