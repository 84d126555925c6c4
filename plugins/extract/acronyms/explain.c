/* explain - "long form (SHORT)", "SHORT (long form)", "SHORT = long form", "long form,
 * or SHORT,". */
#include "explain.h"

#include "align.h"

enum {
    LONGEST_INSIDE = 40,  /* tokens between brackets            */
    LONGEST_RUN = 40,     /* bytes of a short form with its marks */
    LEAD_WORDS = 3,       /* before the short form in brackets  */
    LONGEST_ELIDED = 5,   /* bytes: l, d, qu, dell               */
    SHORTEST_NAMED = 6,   /* bytes of a word that one letter stands for */
    SURE_COST = 15,       /* of what no bracket points to        */
    MOST_COST = 30, COST_PER_LETTER = 40, /* see most_cost()     */
};

/* ---- tokens ----------------------------------------------------------------------- */

static char mark_at(const reader *r, uint32_t i)
{
    if (i >= r->count || !(r->tokens[i].flags & GLY_TOKEN_MARK))
        return '\0';
    return r->text.ptr[r->tokens[i].at.begin];
}

static bool is_quote(const reader *r, uint32_t i)
{
    gly_str mark;

    if (i >= r->count || !(r->tokens[i].flags & GLY_TOKEN_MARK))
        return false;
    mark = gly_slice(r->text, r->tokens[i].at);
    return mark.ptr[0] == '"' || mark.ptr[0] == '\'' || mark.ptr[0] == '*'
        || (mark.len == 3 && memcmp(mark.ptr, "\xE2\x80", 2) == 0 && (mark.ptr[2] & 0x78) == 0x18)
        || (mark.len == 2 && (gly_str_eq(mark, GLY_LIT("«")) || gly_str_eq(mark, GLY_LIT("»"))));
}

static bool is_word(const reader *r, uint32_t i)
{
    return r->tokens[i].flags & (GLY_TOKEN_WORD | GLY_TOKEN_NUMBER);
}

static bool is_stop(const reader *r, uint32_t i)
{
    return r->tokens[i].term != GLY_NO_REF && r->terms[r->tokens[i].term].stop & r->language
        && !(r->tokens[i].flags & (GLY_TOKEN_UPPER | GLY_TOKEN_MIXED));
}

/* ---- windows of words ---------------------------------------------------------------- */

/* How long the mark at byte b is that parts words inside of a token: a hyphen, a slash,
 * or an apostrophe behind an elided word, as in l'Organisation. 0: none is there. */
static uint32_t parting(const reader *r, uint32_t begin, uint32_t b)
{
    char c = r->text.ptr[b];

    if (c == '-' || c == '/')
        return 1;
    if (b - begin > LONGEST_ELIDED)
        return 0;
    if (b + 3 <= r->text.len && memcmp(r->text.ptr + b, "\xE2\x80\x99", 3) == 0)
        return 3;
    return c == '\'';
}

static bool has_letter(gly_str s)
{
    for (uint32_t i = 0; i < s.len; i++)
        if ((unsigned char)(s.ptr[i] | 0x20) >= 'a')
            return true;
    return false;
}

static bool has_only_letters(gly_str s)
{
    for (uint32_t i = 0; i < s.len; i++)
        if ((unsigned char)(s.ptr[i] | 0x20) < 'a')
            return false;
    return true;
}

/* The token's words into the window: "North-West" is two, "1,2-diol" and "l'Union" one. */
static void add_token(const reader *r, uint32_t i, align_window *w)
{
    gly_range at = r->tokens[i].at;
    uint32_t begin = at.begin;
    bool inside = false;

    for (uint32_t b = at.begin; b <= at.end; b++) {
        unsigned char c = (unsigned char)(b < at.end ? r->text.ptr[b] : '-');
        uint32_t mark = c > '/' && c != 0xE2 ? 0 : b < at.end ? parting(r, begin, b) : 1;
        bool elided = mark && b < at.end && r->text.ptr[b] != '-' && r->text.ptr[b] != '/';

        if (!mark)
            continue;
        if (b > begin && !elided && w->count < ALIGN_WORDS) {
            w->words[w->count++] = (align_word){ { begin, b }, is_stop(r, i), inside };
            inside = inside || has_letter(gly_slice(r->text, (gly_range){ begin, b }));
        }
        begin = b + mark;
    }
}

/* Marks that may stand inside of a long form. */
static bool may_pass(const reader *r, uint32_t i)
{
    char c = mark_at(r, i);

    return c == ',' || c == '&' || c == '-' || c == '/' || c == '\'' || c == '+' || is_quote(r, i);
}

/* The words before token `end`, as far back as a long form may begin. */
static void words_before(const reader *r, uint32_t end, uint32_t most, align_window *w)
{
    uint32_t begin = end, words = 0;

    w->text = r->text;
    w->count = 0;
    while (begin > 0 && words < most && (is_word(r, begin - 1) || may_pass(r, begin - 1))) {
        begin--;
        words += is_word(r, begin) && !is_stop(r, begin);
        if (r->tokens[begin].flags & GLY_TOKEN_LINE || end - begin >= ALIGN_WORDS)
            break;
    }
    for (; begin < end; begin++)
        if (is_word(r, begin))
            add_token(r, begin, w);
}

/* The words from token `begin` on, to the first mark that ends a phrase. */
static void words_after(const reader *r, uint32_t begin, uint32_t most, align_window *w)
{
    uint32_t i = begin, words = 0;

    w->text = r->text;
    w->count = 0;
    for (; i < r->count && words < most && i - begin < ALIGN_WORDS; i++) {
        if (i > begin && r->tokens[i].flags & GLY_TOKEN_LINE)
            break;
        if (is_word(r, i)) {
            add_token(r, i, w);
            words += !is_stop(r, i);
        } else if (!may_pass(r, i) || (mark_at(r, i) == ',' && i == begin))
            break;
    }
}

/* ---- judging ----------------------------------------------------------------------------- */

static uint32_t most_words(const align_letters *l)
{
    return l->count + 5 < l->count * 2 ? l->count + 5 : l->count * 2;
}

/* What a match may cost in hundredths of a letter. Small letters make a word like any
 * other: such a short form must be spelt out by the first letters alone. */
static int most_cost(const align_letters *l)
{
    if (l->capitals == 0)
        return 5;
    return MOST_COST + COST_PER_LETTER * (int)l->count;
}

static bool is_longer(gly_range longer, gly_str shorter)
{
    return longer.end - longer.begin > shorter.len + 2;
}

/* "1,2-" before the word belongs to it. */
static bool is_number_before(const align_window *w, uint32_t k)
{
    gly_range before = w->words[k - 1].at;

    return before.end + 1 == w->words[k].at.begin && w->text.ptr[before.end] == '-'
        && !has_letter(gly_slice(w->text, before));
}

/* The cheaper of the two readings of a digit: as it stands, or as a letter that comes
 * so many times, as in W3C. */
static align_match cheapest(const align_window *w, const align_letters *l, unsigned anchors,
                            int most)
{
    align_match plain = align(w, l, anchors, most), repeated = { 0, 0, ALIGN_NONE };
    align_letters other;

    if (align_repeat(l, &other))
        repeated = align(w, &other, anchors, most);
    return repeated.cost < plain.cost ? repeated : plain;
}

/* Whether the window explains the short form at no more than this cost, and where. */
static bool judge(const align_window *w, const shortform *s, unsigned anchors, int most,
                  gly_range *longer)
{
    align_letters l;
    align_match m;

    if (!align_letters_of(s->text, &l))
        return false;
    m = cheapest(w, &l, anchors, most < most_cost(&l) ? most : most_cost(&l));
    if (m.cost == ALIGN_NONE)
        return false;
    if (l.capitals < 2 && m.last - m.first < 2)
        return false;
    if (m.first > 0 && is_number_before(w, m.first))
        m.first--;
    *longer = (gly_range){ w->words[m.first].at.begin, w->words[m.last - 1].at.end };
    return is_longer(*longer, s->text);
}

/* ---- the short form at a mark --------------------------------------------------------------- */

static bool ends_run(char c)
{
    return c == '\0' || strchr(" \n\t()[],;:\"=", c) != NULL;
}

/* The bytes from token i to the next space, bracket or quotation mark. */
static gly_range run_from(const reader *r, uint32_t i)
{
    gly_range at = { r->tokens[i].at.begin, r->tokens[i].at.end };

    while (at.end < r->text.len && at.end - at.begin < LONGEST_RUN && !ends_run(r->text.ptr[at.end])
           && r->text.ptr[at.end] != '\xE2')
        at.end++;
    while (at.end > r->tokens[i].at.end && r->text.ptr[at.end - 1] == '.'
           && !memchr(r->text.ptr + at.begin, '.', at.end - at.begin - 1))
        at.end--;
    return at;
}

/* The bytes to the end of token i back to the last space or bracket. */
static gly_range run_to(const reader *r, uint32_t i)
{
    gly_range at = r->tokens[i].at;

    while (at.begin > 0 && at.end - at.begin < LONGEST_RUN && !ends_run(r->text.ptr[at.begin - 1])
           && (unsigned char)r->text.ptr[at.begin - 1] < 0x80)
        at.begin--;
    return at;
}

/* The token of the short form in brackets that open at token i: the first word that
 * is none of the small ones; UINT32_MAX: there is none. */
static uint32_t short_inside(const reader *r, uint32_t i)
{
    for (uint32_t n = 1; n <= LEAD_WORDS + 2 && i + n < r->count; n++) {
        if (r->tokens[i + n].flags & GLY_TOKEN_LINE)
            break;
        if (is_word(r, i + n) && (!is_stop(r, i + n) || r->tokens[i + n].flags & GLY_TOKEN_UPPER))
            return i + n;
        if (!is_word(r, i + n) && !is_quote(r, i + n))
            break;
    }
    return UINT32_MAX;
}

/* ---- the patterns ----------------------------------------------------------------------------- */

/* Whether the short form fills the brackets, or a mark stands behind it. */
static bool stands_alone(const reader *r, uint32_t inside, gly_range run)
{
    while (inside < r->count && r->tokens[inside].at.begin < run.end)
        inside++;
    return inside >= r->count || !is_word(r, inside) || r->tokens[inside].flags & GLY_TOKEN_LINE;
}

static bool long_before(const reader *r, uint32_t open, explained *e)
{
    uint32_t inside = short_inside(r, open), end = open;
    align_letters l;
    align_window w;
    gly_range run;

    if (inside == UINT32_MAX)
        return false;
    run = run_from(r, inside);
    if (!shortform_explained(r->text, run, r->longest, &e->shorter)
        || !align_letters_of(e->shorter.text, &l) || !stands_alone(r, inside, run))
        return false;
    while (end > 0 && is_quote(r, end - 1))
        end--;
    words_before(r, end, most_words(&l), &w);
    return judge(&w, &e->shorter, ALIGN_TAIL, ALIGN_NONE, &e->longer);
}

/* "phosphorus (P)": one capital that fills the brackets, behind a word in small letters
 * that begins with it. */
static bool initial_behind(const reader *r, uint32_t open, explained *e)
{
    gly_range word, letter;
    char initial;

    if (open == 0 || open + 2 >= r->count || !is_word(r, open - 1) || is_stop(r, open - 1) || mark_at(r, open + 2) != ')')
        return false;
    word = r->tokens[open - 1].at;
    letter = r->tokens[open + 1].at;
    initial = r->text.ptr[letter.begin];
    if (letter.end != letter.begin + 1 || initial < 'A' || initial > 'Z' || word.end - word.begin < SHORTEST_NAMED
        || r->text.ptr[word.begin] != (initial | 0x20) || !has_only_letters(gly_slice(r->text, word)))
        return false;
    e->shorter = (shortform){ letter, gly_slice(r->text, letter) };
    e->longer = word;
    return true;
}

static uint32_t close_of(const reader *r, uint32_t open, uint32_t *first_comma)
{
    *first_comma = 0;
    for (uint32_t i = open + 1; i < r->count && i - open < LONGEST_INSIDE; i++) {
        char c = mark_at(r, i);

        if (c == ')' || c == ']' || c == '(' || r->tokens[i].flags & GLY_TOKEN_LINE)
            return i;
        if ((c == ',' || c == ';') && !*first_comma)
            *first_comma = i;
    }
    return 0;
}

static bool fills(const reader *r, uint32_t begin, uint32_t end, explained *e)
{
    align_window w = { .text = r->text };

    for (uint32_t i = begin; i < end; i++)
        if (is_word(r, i))
            add_token(r, i, &w);
    return w.count > 0 && w.count < ALIGN_WORDS
        && judge(&w, &e->shorter, ALIGN_HEAD | ALIGN_TAIL, ALIGN_NONE, &e->longer);
}

/* The brackets hold the long form, up to their end or to the first comma; the small
 * words that they begin with may belong to it or not. */
static bool long_inside(const reader *r, uint32_t open, explained *e)
{
    uint32_t comma, close = close_of(r, open, &comma), begin = open + 1;

    if (open == 0 || !close || !is_word(r, open - 1)
        || !shortform_explained(r->text, run_to(r, open - 1), r->longest, &e->shorter))
        return false;
    while (begin < close && (is_quote(r, begin) || is_stop(r, begin)))
        begin++;
    return fills(r, open + 1, close, e) || fills(r, begin, close, e)
        || (comma && (fills(r, open + 1, comma, e) || fills(r, begin, comma, e)));
}

/* "SHORT = long form", "SHORT - long form", "SHORT: long form". */
static bool long_behind(const reader *r, uint32_t sign, int most, explained *e)
{
    align_letters l;
    align_window w;

    if (sign == 0 || sign + 1 >= r->count || !is_word(r, sign - 1)
        || r->tokens[sign + 1].flags & GLY_TOKEN_LINE
        || !shortform_explained(r->text, run_to(r, sign - 1), r->longest, &e->shorter)
        || !align_letters_of(e->shorter.text, &l) || l.capitals < 2)
        return false;
    words_after(r, sign + 1, most_words(&l), &w);
    return w.count > 0 && judge(&w, &e->shorter, ALIGN_HEAD, most, &e->longer);
}

static bool closes(const reader *r, uint32_t byte)
{
    return byte < r->text.len && (r->text.ptr[byte] == ')' || r->text.ptr[byte] == ']');
}

/* "long form, or SHORT,": the words in between are small ones. */
static bool short_behind_comma(const reader *r, uint32_t comma, explained *e)
{
    uint32_t at = comma + 1;
    align_letters l;
    align_window w;

    while (at < r->count && at <= comma + 2 && is_word(r, at) && is_stop(r, at))
        at++;
    if (at >= r->count || !is_word(r, at) || !(r->tokens[at].flags & GLY_TOKEN_UPPER)
        || !shortform_explained(r->text, run_from(r, at), r->longest, &e->shorter)
        || !stands_alone(r, at, e->shorter.at) || !align_letters_of(e->shorter.text, &l)
        || l.capitals < 3)
        return false;
    words_before(r, comma, most_words(&l), &w);
    return judge(&w, &e->shorter, ALIGN_TAIL,
                 closes(r, e->shorter.at.end) ? SURE_COST * 4 : SURE_COST, &e->longer);
}

/* "SHORT, or long form,". */
static bool long_behind_comma(const reader *r, uint32_t comma, explained *e)
{
    uint32_t at = comma + 1;
    align_letters l;
    align_window w;

    if (comma == 0 || !(r->tokens[comma - 1].flags & GLY_TOKEN_UPPER)
        || !shortform_explained(r->text, run_to(r, comma - 1), r->longest, &e->shorter)
        || !align_letters_of(e->shorter.text, &l) || l.capitals < 3)
        return false;
    while (at < r->count && at <= comma + 2 && is_word(r, at) && is_stop(r, at))
        at++;
    words_after(r, at, most_words(&l), &w);
    return w.count > 0 && judge(&w, &e->shorter, ALIGN_HEAD, SURE_COST, &e->longer);
}

static bool is_spaced(const reader *r, uint32_t i)
{
    return r->tokens[i].flags & GLY_TOKEN_SPACE && i + 1 < r->count
        && r->tokens[i + 1].flags & GLY_TOKEN_SPACE;
}

static bool is_dash(const reader *r, uint32_t i)
{
    gly_str mark = gly_slice(r->text, r->tokens[i].at);

    return mark.ptr[0] == '-' || gly_str_eq(mark, GLY_LIT("–")) || gly_str_eq(mark, GLY_LIT("—"));
}

bool explain(const reader *r, uint32_t i, explained *e)
{
    switch (mark_at(r, i)) {
    case '(': case '[':
        return long_before(r, i, e) || long_inside(r, i, e) || initial_behind(r, i, e);
    case '=':
        return long_behind(r, i, ALIGN_NONE, e);
    case ':':
        return long_behind(r, i, SURE_COST * 2, e);
    case ',': case ';':
        return short_behind_comma(r, i, e) || long_behind_comma(r, i, e);
    case '-': case '\xE2':
        return is_dash(r, i) && is_spaced(r, i) && long_behind(r, i, SURE_COST * 2, e);
    default:
        return false;
    }
}
