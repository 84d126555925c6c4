/* mark - quotation marks and round brackets, paired as they come. */
#include "summarise/sentences/mark.h"

typedef enum side { SIDE_OPENS, SIDE_CLOSES, SIDE_EITHER } side;

typedef struct quotation_mark {
    char    text[4]; /* UTF-8 */
    uint8_t family;
    uint8_t side;
} quotation_mark;

/* “ opens in English and closes in German; » the other way round. */
static const quotation_mark known[] = {
    { "\"", 0, SIDE_EITHER }, { "“", 0, SIDE_EITHER }, { "”", 0, SIDE_CLOSES }, { "„", 0, SIDE_OPENS },
    { "«", 1, SIDE_EITHER }, { "»", 1, SIDE_EITHER },
    { "‘", 2, SIDE_OPENS }, { "’", 2, SIDE_CLOSES },
    { "「", 3, SIDE_OPENS }, { "」", 3, SIDE_CLOSES },
};

enum { APOSTROPHES = 2 }; /* the family whose closing mark is an apostrophe as well */

static const quotation_mark *look_up(gly_str mark)
{
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (marks_is(mark, known[i].text))
            return &known[i];
    return NULL;
}

static bool read_bracket(marks *m, char c)
{
    if (c == '(')
        m->brackets++;
    else if (c == ')' && m->brackets-- == 0) {
        m->brackets = 0;
        return false;
    }
    return true;
}

/* A space before it and none behind. */
static bool stands_as_opening(const gly_token *mark, const gly_token *next)
{
    return mark->flags & (GLY_TOKEN_SPACE | GLY_TOKEN_LINE) && next &&
           !(next->flags & (GLY_TOKEN_SPACE | GLY_TOKEN_LINE));
}

bool marks__read(marks *m, gly_str text, const gly_token *mark, const gly_token *next)
{
    const quotation_mark *q = look_up(gly_slice(text, mark->at));
    bool was_open;

    if (!q)
        return read_bracket(m, text.ptr[mark->at.begin]);
    was_open = m->open[q->family];
    if (was_open && (q->side == SIDE_OPENS || (q->side == SIDE_EITHER && stands_as_opening(mark, next))))
        return false;
    m->open[q->family] = !was_open && q->side != SIDE_CLOSES;
    return was_open || q->side != SIDE_CLOSES || q->family == APOSTROPHES;
}
