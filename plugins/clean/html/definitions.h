/* definitions - lists of terms and what they mean (<dl>): a glossary without some of its
 * terms makes no sense. */
#ifndef GALLEY_CLEAN_HTML_DEFINITIONS_H
#define GALLEY_CLEAN_HTML_DEFINITIONS_H

#include "signals.h"

/* Keeps such a list whole when most of it is kept, or when it goes on with the article:
 * the models have seen few. Lists of names, days, numbers or links are left as they are. */
void definitions_settle(const signals *);

#endif
