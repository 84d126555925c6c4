/* rules - which lines are not the article: one table of phrases, one of shapes. */
#ifndef GALLEY_CLEAN_TEXT_RULES_H
#define GALLEY_CLEAN_TEXT_RULES_H

#include <galley/plugin.h>

/* The name of the rule that takes a line out, a constant; NULL: it stays. */
const char *rule_for(gly_str line);
bool rule_known(gly_str name);

#endif
