/* mark - which quotation marks are open, token by token.
 *
 * Works for all styles at once: a mark of a family that is open closes it, unless
 * it stands as only an opening mark can. */
#ifndef GALLEY_SUMMARISE_MARK_H
#define GALLEY_SUMMARISE_MARK_H

#include <galley/plugin.h>

enum { MARK_FAMILIES = 4 }; /* “ ” „ ", « », ‘ ’, 「 」 */

typedef struct marks {
    bool open[MARK_FAMILIES];
    int  brackets; /* round ones */
} marks;

bool marks_inside(const marks *);  /* of quotation marks            */
bool marks_balanced(const marks *); /* nothing is open              */
/* Reads tokens[i], a mark; `next` is the token after it or NULL. False when it
 * shows that an earlier mark was never closed, or closes what was not open. */
bool marks_read(marks *, gly_str text, const gly_token *mark, const gly_token *next);

#endif
