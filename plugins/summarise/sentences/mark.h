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

/* Whether it lies inside of quotation marks. */
static inline bool marks_inside(const marks *m)
{
    return m->open[0] || m->open[1] || m->open[2] || m->open[3];
}

/* Whether nothing is open. */
static inline bool marks_balanced(const marks *m)
{
    return !marks_inside(m) && m->brackets == 0;
}

/* Whether a mark is this one, which is UTF-8. */
static inline bool marks_is(gly_str mark, const char *known)
{
    uint32_t i = 0;

    while (i < mark.len && known[i] == mark.ptr[i])
        i++;
    return i == mark.len && known[i] == '\0';
}

bool marks__read(marks *, gly_str text, const gly_token *mark, const gly_token *next);

/* Whether a mark that begins with this byte may open or close something. */
static inline bool marks_may_pair(char c)
{
    return (c == '"') | (c == '(') | (c == ')') | ((unsigned char)c >= 0x80);
}

/* Reads a mark; `next` is the token after it or NULL. False when it shows that an
 * earlier mark was never closed, or closes what was not open. */
static inline bool marks_read(marks *m, gly_str text, const gly_token *mark, const gly_token *next)
{
    return !marks_may_pair(text.ptr[mark->at.begin]) || marks__read(m, text, mark, next);
}

#endif
