/* align - lays the letters of a short form over words, by dynamic programming. */
#include "align.h"

#include "base/utf8.h"
#include "kit/unicode.h"

/* Costs in hundredths of a letter. Found by hand on one half of the gold data. */
enum {
    SKIP_WORD = 80,      /* a word of which no letter is taken           */
    SKIP_STOP = 4,
    SKIP_LAST = 40,      /* more, when it is the last one                */
    TAKE_STOP = 25,      /* a stop word gives its first letter           */
    TAKE_INNER = 30,     /* one more letter of the same word             */
    TAKE_NEXT = 16,      /* the same, right behind the one before        */
    TAKE_CAPITAL = 12,   /* the same, a capital: FrameNet                */
    TAKE_MIDDLE = 90,    /* the first letter taken is not the word's     */
    BEGIN_INSIDE = 30,   /* the long form begins behind a hyphen         */
    SKIP_DIGIT = 45,     /* a digit that the long form does not have     */
};

typedef struct cell {
    int      cost;
    uint32_t first; /* the word that gave the first letter */
} cell;

/* Latin letters without their accents, so that É is an E; others in lower case. */
static uint32_t fold_wide(uint32_t c)
{
    static const char latin[] = /* U+00C0 to U+017F */
        "aaaaaaaceeeeiiiidnooooo*ouuuuytsaaaaaaaceeeeiiiidnooooo/ouuuuyty"
        "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
        "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

    if (c >= 0xC0 && c <= 0x17F)
        return (unsigned char)latin[c - 0xC0];
    return unicode_lower(c);
}

static uint32_t fold(uint32_t c)
{
    if (c >= 0x80)
        return fold_wide(c);
    return c >= 'A' && c <= 'Z' ? c + 32 : c;
}

static bool is_letter(uint32_t c)
{
    if (c < 0x80)
        return (c >= '0' && c <= '9') || (c | 0x20) - 'a' < 26u;
    return unicode_class(c) & (UNICODE_LETTER | UNICODE_DIGIT);
}

bool align_letters_of(gly_str shorter, align_letters *l)
{
    const char *at = shorter.ptr, *end = at + shorter.len;

    *l = (align_letters){ .count = 0 };
    while (at < end) {
        uint32_t c = utf8_next(&at);

        if (!is_letter(c))
            continue;
        if (l->count == ALIGN_LETTERS)
            return false;
        l->capitals += c < 0x80 ? c >= 'A' && c <= 'Z' : (unicode_class(c) & UNICODE_UPPER) != 0;
        l->digits += c >= '0' && c <= '9';
        l->c[l->count++] = fold(c);
    }
    return l->count > 0;
}

bool align_repeat(const align_letters *l, align_letters *repeated)
{
    bool found = false;

    *repeated = (align_letters){ .capitals = l->capitals };
    for (uint32_t i = 0; i < l->count; i++) {
        uint32_t times = i > 0 && l->c[i] >= '2' && l->c[i] <= '4' ? l->c[i] - '0' - 1 : 1;
        uint32_t c = i > 0 && l->c[i] >= '2' && l->c[i] <= '4' ? l->c[i - 1] : l->c[i];

        found |= c != l->c[i];
        for (; times && repeated->count < ALIGN_LETTERS; times--)
            repeated->c[repeated->count++] = c;
        if (times)
            return false;
    }
    return found;
}

/* ---- one word ------------------------------------------------------------------- */

static void better(cell *to, int cost, uint32_t first)
{
    if (cost < to->cost)
        *to = (cell){ cost, first };
}

/* Lets the word give letters from l->c[j] on, the first of them its own first letter
 * or (middle) a later one; next[] are the cells behind the word. */
static void take(const align_window *w, uint32_t k, const align_letters *l, uint32_t j, cell from,
                 bool middle, int most, cell *next)
{
    const align_word *word = &w->words[k];
    const char *at = w->text.ptr + word->at.begin, *end = w->text.ptr + word->at.end;
    int cost = from.cost + (word->stop ? TAKE_STOP : 0) + (middle ? TAKE_MIDDLE : 0);
    uint32_t place = 0, last = 0, taken = 0;

    for (; at < end && j < l->count && cost <= most; place++) {
        uint32_t c = utf8_next(&at);

        if (fold(c) != l->c[j] || (middle && place == 0)) {
            if (taken == 0 && !middle)
                return;
            continue;
        }
        if (taken > 0)
            cost += place == last + 1 ? TAKE_NEXT : c >= 'A' && c <= 'Z' ? TAKE_CAPITAL : TAKE_INNER;
        last = place;
        taken++;
        j++;
        better(&next[j], cost, from.first);
    }
}

static int skip_cost(const align_window *w, uint32_t k, bool tail)
{
    int cost = w->words[k].stop ? SKIP_STOP : SKIP_WORD;

    return cost + (tail && k + 1 == w->count ? SKIP_LAST : 0);
}

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

/* ---- all words --------------------------------------------------------------------- */

/* The cells behind word k from those before it. */
static void step(const align_window *w, uint32_t k, const align_letters *l, unsigned anchors,
                 int most, const cell *now, cell *next)
{
    int skip = skip_cost(w, k, anchors & ALIGN_TAIL);

    for (uint32_t j = 0; j <= l->count; j++)
        next[j] = (cell){ ALIGN_NONE, 0 };
    if (k == 0 || !(anchors & ALIGN_HEAD))
        take(w, k, l, 0, (cell){ w->words[k].inside ? BEGIN_INSIDE : 0, k }, false, most, next);
    for (uint32_t j = 1; j <= l->count; j++) {
        if (now[j].cost > most)
            continue;
        better(&next[j], now[j].cost + skip, now[j].first);
        if (j == l->count)
            continue;
        take(w, k, l, j, now[j], false, most, next);
        take(w, k, l, j, now[j], true, most, next);
    }
    for (uint32_t j = 0; j < l->count; j++)
        if (is_digit(l->c[j]) && next[j].cost < ALIGN_NONE)
            better(&next[j + 1], next[j].cost + SKIP_DIGIT, next[j].first);
}

/* The common case without a table: word for word, from the right, each letter begins
 * one, and only stop words are passed over. False says nothing. */
static bool initials(const align_window *w, const align_letters *l, unsigned anchors, align_match *m)
{
    uint32_t k = w->count, j = l->count, stops = 0;

    while (k > 0 && j > 0) {
        const char *at = w->text.ptr + w->words[k - 1].at.begin;

        if (fold(utf8_next(&at)) == l->c[j - 1] && !w->words[k - 1].stop)
            j--;
        else if (!w->words[k - 1].stop || j == l->count)
            return false;
        else
            stops++;
        k--;
    }
    if (j > 0 || (anchors & ALIGN_HEAD && k > 0) || w->words[k].inside)
        return false;
    *m = (align_match){ k, w->count, (int)stops * SKIP_STOP };
    return true;
}

/* Whether any letters are taken so far: with a fixed begin there must be some. */
static bool is_dead(const cell *cells, const align_letters *l, int most)
{
    for (uint32_t j = 1; j <= l->count; j++)
        if (cells[j].cost <= most)
            return false;
    return true;
}

align_match align(const align_window *w, const align_letters *l, unsigned anchors, int most)
{
    cell rows[2][ALIGN_LETTERS + 1];
    align_match best = { 0, 0, ALIGN_NONE };

    if (anchors & ALIGN_TAIL && initials(w, l, anchors, &best))
        return best.cost <= most ? best : (align_match){ 0, 0, ALIGN_NONE };
    for (uint32_t j = 0; j <= ALIGN_LETTERS; j++)
        rows[0][j] = (cell){ ALIGN_NONE, 0 };
    for (uint32_t k = 0; k < w->count; k++) {
        const cell *now = rows[k % 2];
        cell *next = rows[(k + 1) % 2];

        step(w, k, l, anchors, most, now, next);
        if (anchors & ALIGN_HEAD && is_dead(next, l, most))
            break;
        if ((anchors & ALIGN_TAIL && k + 1 < w->count) || next[l->count].cost > most
            || next[l->count].cost >= best.cost)
            continue;
        best = (align_match){ next[l->count].first, k + 1, next[l->count].cost };
    }
    return best;
}
