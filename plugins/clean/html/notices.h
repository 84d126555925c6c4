/* notices - short lines that stand in an article and are none of it: "Read also: ...",
 * "This article is for subscribers", "Your email address will not be published".
 *
 * The models judge by how a page is made; these lines are made like the article's. They
 * are known by phrases of many languages (kit/phrase_lists.c). */
#ifndef GALLEY_CLEAN_HTML_NOTICES_H
#define GALLEY_CLEAN_HTML_NOTICES_H

#include "blocks.h"
#include "kit/phrases.h"

/* Gives such blocks among the kept ones the rule that says what they are. GLY_ENOMEM
 * when memory runs out. */
gly_status notices_drop(blocks *, const page *, const phrases *, gly_arena *);

#endif
