/* marks - which marks open, which close, and where a quotation ends without one. */
#include "extract/quotes/marks.h"

enum { NO_STYLE = 255, SHORTEST_CAPACITY = 16, POSSESSIVE_LOOK = 200 };

/* Opening marks with those that may close them, the surest first. */
typedef struct style {
    uint32_t open, close[3];
    bool     spaced; /* may stand apart from its words: « texte » */
    bool     single; /* its closing mark is also an apostrophe    */
} style;

static const style styles[] = {
    { 0x201C, { 0x201D, '"' }, false, false },            /* “ ”     */
    { '"',    { '"', 0x201D }, false, false },            /* " "     */
    { 0x2018, { 0x2019, '\'' }, false, true },            /* ‘ ’     */
    { '\'',   { '\'', 0x2019 }, false, true },            /* ' '     */
    { 0x00AB, { 0x00BB }, true, false },                  /* « »     */
    { 0x2039, { 0x203A }, true, false },                  /* ‹ ›     */
    { 0x201E, { 0x201C, 0x201D, '"' }, false, false },    /* „ “ „ ” */
    { 0x201A, { 0x2018, 0x2019 }, false, false },         /* ‚ ‘     */
    { 0x00BB, { 0x00AB, 0x00BB }, false, false },         /* » « » » */
    { 0x203A, { 0x2039 }, false, false },                 /* › ‹     */
    { 0x201D, { 0x201D }, false, false },                 /* ” ”     */
    { 0x300C, { 0x300D }, true, false },                  /* 「 」    */
    { 0x300E, { 0x300F }, true, false },                  /* 『 』    */
};
enum { STYLES = sizeof styles / sizeof *styles };

static uint32_t mark_at(const reading *r, uint32_t i)
{
    return name_mark(&r->t, i);
}

static bool spaced(const reading *r, uint32_t i)
{
    return i >= r->t.count || r->t.tokens[i].flags & (GLY_TOKEN_SPACE | GLY_TOKEN_LINE);
}

static uint32_t style_of(uint32_t mark)
{
    if (mark < 0x80 && mark != '"' && mark != '\'')
        return NO_STYLE;
    for (uint32_t k = 0; k < STYLES; k++)
        if (styles[k].open == mark)
            return k;
    return NO_STYLE;
}

/* After these a mark opens though no space stands between. */
static bool is_opener_before(uint32_t mark)
{
    return mark == '(' || mark == '[' || mark == '-' || mark == 0x2013 || mark == 0x2014
           || mark == 0x2015 || mark == ':' || mark == '/' || mark == 0x201C || mark == '"'
           || mark == 0x2018 || mark == 0xBF || mark == 0xA1;
}

/* ’90s, ’tis, 'em: letters left out, nothing quoted. */
static bool is_elision(const reading *r, uint32_t i)
{
    static const char *const short_forms[] = { "tis",   "twas", "em",    "til",
                                               "cause", "n",    "round", NULL };
    gly_str word;

    if (i + 1 >= r->t.count)
        return true;
    if (r->t.tokens[i + 1].flags & GLY_TOKEN_DIGIT
        && r->t.text.ptr[r->t.tokens[i + 1].at.end - 1] == 's')
        return true;
    if (r->t.tokens[i + 1].term == GLY_NO_REF)
        return false;
    word = r->t.terms[r->t.tokens[i + 1].term].text;
    for (int k = 0; short_forms[k]; k++)
        if (word.len == strlen(short_forms[k]) && memcmp(word.ptr, short_forms[k], word.len) == 0)
            return true;
    return false;
}

static bool is_stop_mark(uint32_t mark)
{
    return mark == '.' || mark == ',' || mark == '!' || mark == '?' || mark == 0x2026 || mark == ';'
           || mark == 0x2014 || mark == 0x2013;
}

/* The style that the mark at i opens, or NO_STYLE. */
static uint32_t opens(const reading *r, uint32_t i)
{
    uint32_t k = style_of(mark_at(r, i));

    if (k == NO_STYLE)
        return NO_STYLE;
    if (styles[k].spaced)
        return k;
    if (styles[k].single && is_elision(r, i))
        return NO_STYLE;
    if (styles[k].open == 0x201C || styles[k].open == 0x201E || i == 0)
        return k;
    if (spaced(r, i + 1) && i + 1 < r->t.count && !(r->t.tokens[i].flags & GLY_TOKEN_LINE))
        return NO_STYLE;
    if (spaced(r, i) || is_opener_before(mark_at(r, i - 1)))
        return k;
    return mark_at(r, i) == '"' && is_stop_mark(mark_at(r, i - 1)) && name_is_capital(&r->t, i + 1)
               ? k
               : NO_STYLE;
}

/* Whether the apostrophe at i ends a quotation rather than a word ("officers’ work"):
 * it does after a full stop or before one; between words the word's last letter and
 * a surer mark later in the paragraph decide. */
static bool single_closes(const reading *r, uint32_t i, uint32_t *sure)
{
    char last = i ? r->t.text.ptr[r->t.tokens[i].at.begin - 1] : 0;
    uint32_t k;

    if (i == 0 || spaced(r, i) || !(spaced(r, i + 1) || r->t.tokens[i + 1].flags & GLY_TOKEN_MARK))
        return false;
    if (is_stop_mark(mark_at(r, i - 1)) || !spaced(r, i + 1))
        return true;
    if (i + 1 >= r->t.count || r->place[i + 1] & PLACE_PARAGRAPH || (last != 's' && last != 'z'))
        return true;
    if (*sure > i && *sure != GLY_NO_REF)
        return false;
    for (k = i + 1; k < r->t.count && k < i + POSSESSIVE_LOOK && !(r->place[k] & PLACE_PARAGRAPH);
         k++) {
        uint32_t mark = mark_at(r, k);

        if (mark == 0x2018)
            break;
        if ((mark == '\'' || mark == 0x2019) && !spaced(r, k)
            && (is_stop_mark(mark_at(r, k - 1)) || !spaced(r, k + 1) || k + 1 >= r->t.count)) {
            *sure = k;
            return false;
        }
    }
    return true;
}

static bool closes(const reading *r, uint32_t i, uint32_t k, uint32_t *sure)
{
    uint32_t mark = mark_at(r, i);
    int which = 0;

    if (!mark)
        return false;
    while (which < 3 && styles[k].close[which] != mark)
        which++;
    if (which == 3)
        return false;
    if (styles[k].single)
        return single_closes(r, i, sure);
    return which == 0 || !spaced(r, i) || spaced(r, i + 1);
}

/* Finds where the quotation that opens at q->open ends, within the paragraphs that
 * it may span; gives the token up to which it had to look. `nest`: marks of the
 * same kind inside it come in pairs. */
static uint32_t find_end(const reading *r, quotation *q, bool nest)
{
    uint32_t depth = 0, sure = 0, first_close = GLY_NO_REF, i;
    const style *s = &styles[q->style];

    nest = nest && s->open != s->close[0] && !s->single;
    for (i = q->open + 1; i < r->t.count; i++) {
        if (r->place[i] & PLACE_PARAGRAPH) {
            if (first_close != GLY_NO_REF || mark_at(r, i) != s->open
                || (s->single && is_elision(r, i)))
                break;
            depth = 0;
        } else if (closes(r, i, q->style, &sure)) {
            first_close = first_close == GLY_NO_REF ? i : first_close;
            if (depth-- == 0 || !nest) {
                first_close = i;
                break;
            }
        } else if (nest && mark_at(r, i) == s->open && opens(r, i) == q->style) {
            depth++;
        }
    }
    q->closed = first_close != GLY_NO_REF;
    q->close = q->closed ? first_close : i;
    return i;
}

static uint32_t words_in(const reading *r, const quotation *q)
{
    uint32_t words = 0;

    for (uint32_t i = q->open + 1; i < q->close; i++)
        words += (r->t.tokens[i].flags & (GLY_TOKEN_WORD | GLY_TOKEN_NUMBER)) != 0;
    return words;
}

static quotation *push(gly_arena *scratch, quotations *out)
{
    if (out->count == out->capacity) {
        uint32_t capacity = out->capacity ? out->capacity * 2 : SHORTEST_CAPACITY;
        quotation *items = GLY_NEWN(scratch, quotation, capacity);

        if (!items)
            return NULL;
        if (out->count)
            memcpy(items, out->items, out->count * sizeof *items);
        out->items = items;
        out->capacity = capacity;
    }
    return &out->items[out->count++];
}

/* The next token from i on that begins like a mark of some style. */
static uint32_t next_mark(const reading *r, uint32_t i)
{
    const char *text = r->t.text.ptr;

    for (; i < r->t.count; i++) {
        unsigned char first = (unsigned char)text[r->t.tokens[i].at.begin];

        if ((r->t.tokens[i].flags / GLY_TOKEN_MARK & 1)
            & ((first == '"') | (first == '\'') | (first >= 0x80)))
            break;
    }
    return i;
}

/* Single marks are quotations only when they close: an apostrophe before a word
 * is more often a slip than a quotation.
 *
 * No token is looked at more than three times: where pairing or closing failed
 * once, up to the end of the paragraph, it is not tried again. */
bool marks_find(const reading *r, gly_arena *scratch, quotations *out)
{
    uint32_t flat_until = 0, hopeless_until = 0;

    *out = (quotations){ NULL, 0, 0 };
    for (uint32_t i = 0; out->count < MOST_QUOTATIONS && (i = next_mark(r, i)) < r->t.count; i++) {
        uint32_t k = opens(r, i), looked;
        quotation q, *kept;

        if (k == NO_STYLE || (styles[k].single && i < hopeless_until))
            continue;
        q = (quotation){ .open = i, .style = (uint8_t)k };
        looked = find_end(r, &q, i >= flat_until);
        if (looked > q.close)
            flat_until = looked;
        if (!q.closed && styles[k].single) {
            hopeless_until = looked;
            continue;
        }
        q.words = words_in(r, &q);
        i = q.closed ? q.close : q.close - 1;
        if (q.words == 0)
            continue;
        if (!(kept = push(scratch, out)))
            return false;
        *kept = q;
    }
    return true;
}

bool marks_quotative(const reading *r, const quotation *q)
{
    uint32_t next = q->close + 1;
    gly_str word;

    if (!q->closed || styles[q->style].open != 0x300C || next >= r->t.count)
        return false;
    word = gly_slice(r->t.text, r->t.tokens[next].at);
    return word.len >= 3 && memcmp(word.ptr, "と", 3) == 0;
}

gly_range marks_range(const reading *r, const quotation *q)
{
    return (gly_range){ r->t.tokens[q->open + 1].at.begin, r->t.tokens[q->close - 1].at.end };
}

gly_str marks_joined(const reading *r, const quotation *q, gly_arena *arena)
{
    gly_range at = marks_range(r, q);
    char *out = GLY_NEWN(arena, char, (size_t)(at.end - at.begin) * 2 + 1);
    uint32_t length = 0, from = at.begin;

    for (uint32_t i = q->open + 2; out && i < q->close; i++) {
        uint32_t until = r->t.tokens[i - 1].at.end;

        if (!(r->place[i] & PLACE_PARAGRAPH))
            continue;
        if (until > from) { /* a paragraph may hold its opening mark alone */
            memcpy(out + length, r->t.text.ptr + from, until - from);
            length += until - from;
            memcpy(out + length, "\n\n", 2);
            length += 2;
        }
        from = r->t.tokens[i].at.end;
        if (i + 1 < q->close)
            from = r->t.tokens[i + 1].at.begin;
    }
    if (out && from < at.end) {
        memcpy(out + length, r->t.text.ptr + from, at.end - from);
        length += at.end - from;
    }
    return (gly_str){ out, length };
}
