/* lines - a plain text as its lines without the white space around them. */
#include "lines.h"

#include "measure.h"

enum {
    WIDEST_WRAP = 100,   /* wider lines were not broken by hand          */
    NARROWEST_WRAP = 40, /* a shorter line ends its paragraph            */
    SLACK = 12,          /* columns that a wrapped line may fall short   */
    STOP_EVERY = 4096,   /* lines between two looks at the deadline      */
    HASHES = 6,          /* levels of heading                            */
};

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v';
}

static bool opens_item(const char *p, uint32_t len)
{
    uint32_t digits = 0;

    if (len > 2 && p[1] == ' ' && (*p == '-' || *p == '*' || *p == '+'))
        return true;
    if (len > 4 && (memcmp(p, "\xE2\x80\xA2", 3) == 0     /* bullet          */
                    || memcmp(p, "\xE2\x97\x8F", 3) == 0  /* black circle    */
                    || memcmp(p, "\xE2\x96\xAA", 3) == 0  /* black square    */
                    || memcmp(p, "\xEF\x82\xB7", 3) == 0)) /* Symbol's bullet */
        return true;
    if (len > 4 && (memcmp(p, "\xE2\x80\x93 ", 4) == 0 || memcmp(p, "\xC2\xB7 ", 3) == 0))
        return true;
    while (digits < 3 && digits < len && p[digits] >= '0' && p[digits] <= '9')
        digits++;
    return digits > 0 && digits + 2 < len && (p[digits] == '.' || p[digits] == ')')
        && p[digits + 1] == ' ';
}

static void measure(line *l, gly_str text)
{
    gly_str s = gly_slice(text, l->at);
    measured m = measure_text(s);

    l->words = m.words;
    l->width = m.width;
    l->gaps = m.gaps;
    l->ends = measure_ends_sentence(s);
    l->item = opens_item(s.ptr, s.len);
    l->capitals = l->words <= 40 && measure_is_capitals(s);
}

/* "## Heading": the marks are no part of the line. */
static void take_hashes(line *l, gly_str text)
{
    const char *p = text.ptr + l->at.begin;
    uint32_t len = l->at.end - l->at.begin, hashes = 0;

    while (hashes < len && p[hashes] == '#')
        hashes++;
    if (hashes == 0 || hashes > HASHES || hashes + 2 > len || p[hashes] != ' ' || p[hashes + 1] == '#')
        return;
    while (hashes < len && is_space(p[hashes]))
        hashes++;
    l->level = (uint8_t)strspn(p, "#");
    l->at.begin += hashes;
    while (l->at.end > l->at.begin + 1 && text.ptr[l->at.end - 1] == '#')
        l->at.end--;
    while (l->at.end > l->at.begin + 1 && is_space(text.ptr[l->at.end - 1]))
        l->at.end--;
}

static gly_range trimmed(gly_str text, uint32_t begin, uint32_t end)
{
    while (begin < end && is_space(text.ptr[begin]))
        begin++;
    while (end > begin && is_space(text.ptr[end - 1]))
        end--;
    return (gly_range){ begin, end };
}

static uint32_t columns(gly_str text, uint32_t begin, uint32_t end)
{
    uint32_t columns = 0;

    for (uint32_t i = begin; i < end; i++)
        columns = text.ptr[i] == '\t' ? (columns | 7) + 1 : columns + 1;
    return columns;
}

static line *append(lines *ls, uint32_t *capacity, gly_arena *arena)
{
    if (ls->count == *capacity) {
        uint32_t wanted = *capacity ? *capacity * 2 : 64;
        line *items = GLY_NEWN(arena, line, wanted);

        if (!items)
            return NULL;
        if (ls->count)
            memcpy(items, ls->items, ls->count * sizeof *items);
        ls->items = items;
        *capacity = wanted;
    }
    return &ls->items[ls->count++];
}

static bool is_dash(gly_str text, const line *l)
{
    const char *p = text.ptr + l->at.begin;

    return *p == '-' || memcmp(p, "\xE2\x80\x93", l->at.end - l->at.begin < 3 ? 1 : 3) == 0;
}

/* A dash opens an item where its neighbour has one as well or a colon announces
 * it; a lone one stands before the speaker of a quotation. */
static void check_dashes(lines *ls, gly_str text)
{
    bool last = false;

    for (uint32_t i = 0; i < ls->count; i++) {
        line *l = &ls->items[i];
        bool dash = l->item && is_dash(text, l);
        bool next = i + 1 < ls->count && l[1].item && is_dash(text, &l[1]);

        if (dash && !last && !next && !(i && text.ptr[l[-1].at.end - 1] == ':') && !ls->wrapped)
            l->item = false;
        last = dash;
    }
}

/* Wrapped by hand: hardly a line is wide, and of the long ones that another
 * follows at once many do not end a sentence. Verses begin with a capital each. */
static void find_wrapping(lines *ls, gly_str text)
{
    uint32_t wide = 0, long_ones = 0, going_on = 0, apart = 0, inside = 0;

    for (uint32_t i = 0; i < ls->count; i++) {
        const line *l = &ls->items[i];

        wide += l->width > WIDEST_WRAP;
        if (l->width <= WIDEST_WRAP && l->width > ls->width)
            ls->width = l->width;
        if (l->width < NARROWEST_WRAP || i + 1 == ls->count)
            continue;
        long_ones += !l[1].parted;
        going_on += !l[1].parted && !l->ends;
        inside += !l[1].parted && !l->ends && !measure_opens_capital(gly_slice(text, l[1].at));
        apart += l[1].parted && !l->ends && measure_opens_small(gly_slice(text, l[1].at));
    }
    if (wide * 20 > ls->count)
        return;
    ls->doubled = apart >= 3 && apart > 4 * long_ones;
    ls->wrapped = ls->doubled || (going_on >= 2 && going_on * 4 >= long_ones && inside * 5 >= going_on);
}

gly_status lines_split(lines *ls, gly_str text, gly_arena *arena, const gly_host *host,
                       gly_stage *stage)
{
    uint32_t capacity = 0, seen = 0;
    bool parted = false;

    *ls = (lines){ 0 };
    for (uint32_t begin = 0; begin < text.len; seen++) {
        const char *newline = memchr(text.ptr + begin, '\n', text.len - begin);
        uint32_t end = newline ? (uint32_t)(newline - text.ptr) : text.len;
        gly_range at = trimmed(text, begin, end);

        if (seen % STOP_EVERY == 0 && host->stop(stage))
            return GLY_ECANCEL;
        if (at.begin < at.end) {
            line *l = append(ls, &capacity, arena);

            if (!l)
                return GLY_ENOMEM;
            *l = (line){ .at = at, .parted = parted, .indent = columns(text, begin, at.begin) };
            if (text.ptr[at.begin] == '#')
                take_hashes(l, text);
            measure(l, text);
        }
        parted = at.begin == at.end;
        begin = end + 1;
    }
    find_wrapping(ls, text);
    check_dashes(ls, text);
    return GLY_OK;
}

/* Whether the first word of the next line would have found room. */
static bool had_room(const lines *ls, gly_str text, const line *l, const line *next)
{
    const char *word = text.ptr + next->at.begin;
    const char *blank = memchr(word, ' ', next->at.end - next->at.begin);
    uint32_t length = blank ? (uint32_t)(blank - word) : next->at.end - next->at.begin;

    return l->width + 1 + length + SLACK <= ls->width;
}

bool lines_join(const lines *ls, gly_str text, const line *l, const line *next)
{
    if (!ls->wrapped || next->item || l->rule || next->rule || l->level || next->level
        || l->role != next->role || l->capitals != next->capitals)
        return false;
    if (next->parted)
        return ls->doubled && !l->ends && l->width >= NARROWEST_WRAP;
    if (l->item && next->indent > l->indent)
        return true;
    if (next->indent > l->indent + 1)
        return false;
    if (l->ends && had_room(ls, text, l, next))
        return false;
    return l->width >= NARROWEST_WRAP;
}

uint32_t lines_kept(const lines *ls, uint32_t index)
{
    while (index < ls->count && ls->items[index].rule)
        index++;
    return index;
}
