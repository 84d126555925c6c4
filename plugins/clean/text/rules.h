/* rules - which lines are not the article.
 *
 * Each rule has a name, which stands in removed/1 and in the option "remove". A
 * rule looks at one line and its neighbours; what needs the whole text is in
 * tail.h and dump.h. All take lines out through rules_take(). */
#ifndef GALLEY_CLEAN_TEXT_RULES_H
#define GALLEY_CLEAN_TEXT_RULES_H

#include "lines.h"
#include "phrases.h"

enum { LONGEST_RULED = 300 }; /* bytes: longer lines tell something */

typedef struct rules {
    const phrases *phrases;
    gly_strs       remove; /* names, or "all" */
    gly_str        text;
    lines         *lines;
} rules;

/* Takes a line out, unless the rule is not wanted or an earlier one did; whether
 * the line is out by this rule. */
bool rules_take(const rules *, line *, const char *rule);
/* The line in lower case, in `buffer` of LONGEST_RULED + 8 bytes; empty for a long
 * line. */
gly_str rules_lower(const rules *, const line *, char *buffer);

void rules_mark(const rules *);
bool rules_known(gly_str name);

#endif
