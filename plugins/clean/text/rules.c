/* rules - which lines are not the article, told by a line and its neighbours. */
#include "rules.h"

#include "kit/words.h"
#include "measure.h"
#include "names.h"

enum {
    MOST_PHRASE_WORDS = 25,  /* a longer line tells something                    */
    MOST_NOTICE_WORDS = 60,  /* cookie notices and captions are sentences        */
    MOST_TRAIL_WORDS = 24,
    MOST_NAMES = 8,          /* that many file names may be looked for elsewhere */
    MOST_PAGE_DIGITS = 4,
    PAGE_LINES = 15,         /* a page has as many; lists that count have fewer  */
    TOP_LINES = 10,
    MOST_FOLLOW_WORDS = 20,
};

/* Rules that are not in the table of phrases. */
static const char *const shapes[] = {
    "all", "contact", "embargo", "image-alt", "mail-header", "page-dump", "page-number", "running-head",
    "separator", "signature",
};

bool rules_known(gly_str name)
{
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++)
        if (name.len == strlen(shapes[i]) && memcmp(name.ptr, shapes[i], name.len) == 0)
            return true;
    return phrases_rule_known(name);
}

bool rules_wants(const rules *r, const char *rule)
{
    for (uint32_t i = 0; i < r->remove.count; i++) {
        gly_str name = r->remove.items[i];

        if (gly_str_eq(name, GLY_LIT("all")))
            return true;
        if (name.len == strlen(rule) && memcmp(name.ptr, rule, name.len) == 0)
            return true;
    }
    return false;
}

bool rules_take(const rules *r, line *l, const char *rule)
{
    if (!l->rule && rules_wants(r, rule))
        l->rule = rule;
    return l->rule == rule;
}

gly_str rules_low(const rules *r, const line *l)
{
    uint32_t length = l->at.end - l->at.begin;

    return (gly_str){ r->lowered + l->at.begin, length <= LONGEST_RULED ? length : 0 };
}

gly_status rules_open(rules *r, gly_arena *scratch)
{
    char *lowered = GLY_NEWN(scratch, char, r->text.len + 1);

    if (!lowered)
        return GLY_ENOMEM;
    phrases_lower(r->text, lowered);
    r->lowered = lowered;
    return GLY_OK;
}

/* ---- phrases ---------------------------------------------------------------- */

static const char *phrase_rule(const phrases *p, const line *l, gly_str low)
{
    const phrase_list *list = phrases_is(p, low, PHRASE_WHOLE);

    if (list)
        return list->rule;
    if (l->words <= MOST_NOTICE_WORDS && phrases_opens(p, low, PHRASE_CAPTION, &list))
        return list->rule;
    if (!phrases_opens(p, low, PHRASE_START, &list))
        return NULL;
    if (l->words <= MOST_PHRASE_WORDS
        || (l->words <= MOST_NOTICE_WORDS && strcmp(list->rule, "cookie") == 0))
        return list->rule;
    return NULL;
}

/* "Facebook Twitter LinkedIn": two networks at least, and nothing else. */
static bool is_networks(const phrases *p, gly_str low)
{
    uint32_t at = 0, networks = 0;

    while (at < low.len) {
        uint32_t length = phrases_opens(p, (gly_str){ low.ptr + at, low.len - at }, PHRASE_NETWORK, NULL);

        networks += length > 0;
        at += length;
        if (!length && !strchr(" |,/\t", low.ptr[at]))
            return false;
        while (at < low.len && strchr(" |,/\t", low.ptr[at]))
            at++;
    }
    return networks >= 2;
}

/* "Follow Ann Other on Twitter @other". */
static bool is_follow(const phrases *p, const line *l, gly_str low)
{
    bool handle = memchr(low.ptr, '@', low.len) != NULL;

    return l->words <= (handle ? MOST_FOLLOW_WORDS : MOST_FOLLOW_WORDS / 2)
        && phrases_opens(p, low, PHRASE_FOLLOW, NULL)
        && (handle || phrases_count(p, low, PHRASE_NETWORK, 1));
}

/* ---- trails of links -------------------------------------------------------- */

/* How many of the signs that part links stand in the line, with blanks around. */
static uint32_t count_parting(gly_str s, const char *sign)
{
    uint32_t count = 0, len = (uint32_t)strlen(sign);

    for (uint32_t i = 1; i + len < s.len; i++)
        count += s.ptr[i - 1] == ' ' && memcmp(s.ptr + i, sign, len) == 0 && s.ptr[i + len] == ' ';
    return count;
}

/* Whether a sign that may part links stands between two blanks. */
static bool has_sign(gly_str low)
{
    for (uint32_t i = 1; i + 1 < low.len; i++)
        if (low.ptr[i - 1] == ' ' && (strchr("|/>", low.ptr[i]) || (unsigned char)low.ptr[i] >= 0xC2))
            return true;
    return false;
}

/* "Home" and then the sign that parts it from the next link. */
static bool opens_at_home(const phrases *p, gly_str low)
{
    uint32_t at = phrases_opens(p, low, PHRASE_HOME, NULL);

    return at && at + 2 < low.len && low.ptr[at] == ' '
        && (strchr("|/>", low.ptr[at + 1]) || (unsigned char)low.ptr[at + 1] == 0xC2
            || (unsigned char)low.ptr[at + 1] == 0xE2);
}

/* "Home > News > Local"; "Home | About | Contact". Without a home it takes two
 * arrows near the top, or two words of page furniture. */
static bool is_trail(const phrases *p, const line *l, bool near_top, gly_str low)
{
    static const char *const arrows[] = { ">", ">>", "\xC2\xBB", "\xE2\x80\xBA" };
    static const char *const bars[] = { "|", "/", "\xC2\xB7", "\xE2\x80\xA2" };
    bool home;

    if (l->words > MOST_TRAIL_WORDS || l->ends || l->item || !has_sign(low))
        return false;
    home = opens_at_home(p, low);
    for (size_t i = 0; i < sizeof arrows / sizeof arrows[0]; i++)
        if ((home || near_top) && count_parting(low, arrows[i]) >= (home ? 1 : 2))
            return true;
    for (size_t i = 0; i < sizeof bars / sizeof bars[0]; i++)
        if (count_parting(low, bars[i]) >= 2
            && (home || phrases_count(p, low, PHRASE_FURNITURE, 2) >= 2))
            return true;
    return false;
}

/* ---- names of images -------------------------------------------------------- */

/* The line stands by itself: it is no word of a sentence that was broken. The
 * title, line `first`, need not end like one. */
static bool stands_alone(const rules *r, uint32_t first, uint32_t i)
{
    const line *l = &r->lines->items[i];
    const line *before = i ? l - 1 : NULL, *after = i + 1 < r->lines->count ? l + 1 : NULL;

    if (before && !l->parted && i > first + 1 && !before->ends && !before->rule && before->words > 3)
        return false;
    if (!after || after->rule)
        return true;
    if (!after->parted && measure_opens_small(gly_slice(r->text, after->at)))
        return false;
    return after->ends || after->words >= 6 || after->width >= 40;
}

static bool is_elsewhere(gly_str text, gly_range at)
{
    const char *name = text.ptr + at.begin;
    uint32_t len = at.end - at.begin;

    return memmem(text.ptr, at.begin, name, len)
        || memmem(text.ptr + at.end, text.len - at.end, name, len);
}

static name_kind kind_of_name(const rules *r, const line *l)
{
    gly_str s = gly_slice(r->text, l->at);

    if (s.len > 5 && memcmp(s.ptr, "![", 2) == 0 && memmem(s.ptr, s.len, "](", 2))
        return NAME_SURE; /* Markdown's image */
    return l->words == 1 ? name_of_image(r->phrases, s) : NAME_NONE;
}

/* The sure ones first: they are evidence for their neighbours. */
static void mark_image_names(const rules *r)
{
    uint32_t likely = 0, looked = 0, first = lines_kept(r->lines, 0);

    for (uint32_t i = 0; i < r->lines->count; i++) {
        name_kind kind = kind_of_name(r, &r->lines->items[i]);

        if (kind == NAME_SURE)
            rules_take(r, &r->lines->items[i], "image-alt");
        likely += kind == NAME_LIKELY;
    }
    for (uint32_t i = 0; likely && i < r->lines->count && looked < MOST_NAMES; i++) {
        line *l = &r->lines->items[i];

        if (l->rule || kind_of_name(r, l) != NAME_LIKELY || !stands_alone(r, first, i))
            continue;
        looked++;
        if (!is_elsewhere(r->text, l->at))
            rules_take(r, l, "image-alt");
    }
}

/* ---- separators, page numbers ----------------------------------------------- */

/* Signs only; three dots stand for words left out. */
static bool is_separator(gly_str s)
{
    uint32_t dots = 0;

    if (s.len < 2)
        return false;
    for (uint32_t i = 0; i < s.len; i++) {
        if (!strchr("-=_*~#+. ", s.ptr[i]))
            return false;
        dots += s.ptr[i] == '.';
    }
    return dots < 2;
}

/* A line of = or - below a short line makes that a heading. */
static void mark_separator(const rules *r, uint32_t i)
{
    line *l = &r->lines->items[i], *above = i ? l - 1 : NULL;
    char sign = r->text.ptr[l->at.begin];

    if (above && !l->parted && (sign == '=' || sign == '-') && !above->rule && above->words <= 25
        && l->at.end - l->at.begin >= 3)
        above->level = sign == '=' ? 1 : 2;
    rules_take(r, l, "separator");
}

/* "12", "- 12 -", "Page 2 of 5": the number, or 0. */
static uint32_t page_number(const phrases *p, gly_str s, bool *named)
{
    uint32_t i = phrases_opens(p, s, PHRASE_PAGE, NULL), value = 0, digits = 0;

    *named = i > 0;
    while (i < s.len && strchr(" -", s.ptr[i]))
        i++;
    for (; i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9' && digits < MOST_PAGE_DIGITS; i++, digits++)
        value = value * 10 + (uint32_t)(s.ptr[i] - '0');
    if (digits == 0)
        return 0;
    if (*named && i + 3 < s.len) /* "of 5", "von 5", "/ 5" */
        return s.ptr[s.len - 1] >= '0' && s.ptr[s.len - 1] <= '9' && s.len - i <= 9 ? value : 0;
    while (i < s.len && strchr(" -", s.ptr[i]))
        i++;
    return i == s.len ? value : 0;
}

/* Named ones always go; bare ones when they count up by one, twice at least. */
static void mark_page_numbers(const rules *r)
{
    line *last = NULL;
    uint32_t expected = 0;

    for (uint32_t i = 0; i < r->lines->count; i++) {
        line *l = &r->lines->items[i];
        bool named;
        uint32_t value;

        if (l->words > 5 || l->rule)
            continue;
        value = page_number(r->phrases, rules_low(r, l), &named);
        if (value == 0 || (value > 999 && !named))
            continue;
        if (named) {
            rules_take(r, l, "page-number");
        } else if (last && value == expected && l - last >= PAGE_LINES) {
            rules_take(r, last, "page-number");
            rules_take(r, l, "page-number");
        }
        last = l;
        expected = value + 1;
    }
}

/* ---- running heads ------------------------------------------------------------ */

static bool same_text(const rules *r, const line *a, const line *b)
{
    return gly_str_eq(gly_slice(r->text, a->at), gly_slice(r->text, b->at));
}

/* The line above or below a page number that stood there at the last one too. */
static void mark_running_heads(const rules *r)
{
    line *items = r->lines->items, *last[2] = { NULL, NULL };

    for (uint32_t i = 0; i < r->lines->count; i++) {
        if (!items[i].rule || strcmp(items[i].rule, "page-number") != 0)
            continue;
        for (int side = 0; side < 2; side++) {
            line *l = side == 0 ? (i ? &items[i - 1] : NULL)
                                : (i + 1 < r->lines->count ? &items[i + 1] : NULL);

            if (!l || l->words > 12 || l->ends)
                continue;
            if (last[side] && last[side] != l && same_text(r, last[side], l)) {
                rules_take(r, last[side], "running-head");
                rules_take(r, l, "running-head");
            }
            last[side] = l;
        }
    }
}

/* ---- all of them -------------------------------------------------------------- */

/* Stars or hashes and no word: they part sections as well. */
static bool is_signs(gly_str low)
{
    for (uint32_t i = 0; i < low.len; i++)
        if (!strchr("*# ", low.ptr[i]))
            return false;
    return true;
}

/* Nothing follows, or what stands below a press release. */
static bool is_followed_by_tail(const rules *r, uint32_t i)
{
    gly_str next;

    if (i + 1 == r->lines->count)
        return true;
    next = rules_low(r, &r->lines->items[i + 1]);
    return phrases_opens(r->phrases, next, PHRASE_NOTES, NULL)
        || phrases_opens(r->phrases, next, PHRASE_CONTACT, NULL)
        || phrases_opens(r->phrases, next, PHRASE_ABOUT, NULL);
}

/* "Ends" may be a word: it ends the text in capitals or with marks, in the second
 * half, or before notes and contacts. */
static bool is_end(const rules *r, uint32_t i, gly_str low)
{
    bool second_half = 2 * i >= r->lines->count;

    if (low.ptr[0] == '*' && is_signs(low))
        return is_followed_by_tail(r, i);
    if (second_half)
        return true;
    return i >= 2 && (r->lines->items[i].capitals || (unsigned char)low.ptr[0] < 'a'
                      || is_followed_by_tail(r, i));
}

/* Of marks without a word only the last ends the text. */
static void check_ends(const rules *r)
{
    bool seen = false;

    for (uint32_t i = r->lines->count; i-- > 0;) {
        line *l = &r->lines->items[i];

        if (!l->rule || strcmp(l->rule, "end-mark") != 0 || !is_signs(rules_low(r, l)))
            continue;
        if (seen) {
            l->rule = NULL;
            rules_take(r, l, "separator");
        }
        seen = true;
    }
}

static void mark_line(const rules *r, uint32_t i, gly_str low)
{
    line *l = &r->lines->items[i];
    const char *rule = phrase_rule(r->phrases, l, low);
    const phrase_list *end = phrases_is(r->phrases, low, PHRASE_END);

    if (end && is_end(r, i, low))
        rule = end->rule;
    if (rule)
        rules_take(r, l, rule);
    else if ((l->words <= 12 && is_networks(r->phrases, low)) || is_follow(r->phrases, l, low))
        rules_take(r, l, "share");
    else if (is_trail(r->phrases, l, i < TOP_LINES, low))
        rules_take(r, l, "page-furniture");
    else if (is_separator(low))
        mark_separator(r, i);
}

void rules_mark(const rules *r)
{
    for (uint32_t i = 0; i < r->lines->count; i++) {
        gly_str low = rules_low(r, &r->lines->items[i]);

        if (low.len)
            mark_line(r, i, low);
    }
    check_ends(r);
    mark_image_names(r);
    mark_page_numbers(r);
    mark_running_heads(r);
}
