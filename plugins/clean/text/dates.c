/* dates - the date in a line that tells when the text was published. */
#include "dates.h"

#include <stdio.h>

enum { MOST_LINE = 200 };

typedef struct cursor {
    const phrases *words;
    gly_str        low;
    uint32_t       at;
} cursor;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

static char peek(const cursor *c)
{
    return c->at < c->low.len ? c->low.ptr[c->at] : '\0';
}

static gly_str rest(const cursor *c)
{
    return (gly_str){ c->low.ptr + c->at, c->low.len - c->at };
}

static bool take(cursor *c, const char *text)
{
    uint32_t len = (uint32_t)strlen(text);

    if (c->low.len - c->at < len || memcmp(c->low.ptr + c->at, text, len) != 0)
        return false;
    c->at += len;
    return true;
}

static void take_blanks(cursor *c)
{
    while (peek(c) == ' ' || take(c, "\xC2\xA0"))
        c->at += peek(c) == ' ';
}

/* Digits as a number; their count, 0 when there are none or more than four. */
static uint32_t take_number(cursor *c, uint32_t *value)
{
    uint32_t digits = 0;

    *value = 0;
    while (digits < 5 && is_digit(peek(c))) {
        *value = *value * 10 + (uint32_t)(peek(c) - '0');
        c->at++;
        digits++;
    }
    return digits < 5 && !is_digit(peek(c)) ? digits : 0;
}

static uint32_t take_month(cursor *c)
{
    const phrase_list *list = NULL;
    uint32_t length = phrases_opens(c->words, rest(c), PHRASE_MONTH, &list);

    c->at += length;
    if (length && peek(c) == '.')
        c->at++;
    return length ? (uint32_t)list->value : 0;
}

/* "2nd", "1er", "2." before the month; "de", "of", "," before what follows. */
static void take_joint(cursor *c)
{
    c->at += phrases_opens(c->words, rest(c), PHRASE_ORDINAL, NULL);
    take_blanks(c);
    c->at += phrases_opens(c->words, rest(c), PHRASE_OF, NULL);
    take_blanks(c);
}

static bool is_date(uint32_t year, uint32_t month, uint32_t day)
{
    static const uint8_t days[] = { 0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

    return year >= 1800 && year <= 2199 && month >= 1 && month <= 12 && day >= 1
        && day <= days[month];
}

static uint32_t full_year(uint32_t year, uint32_t digits)
{
    if (digits == 2)
        return year < 70 ? 2000 + year : 1900 + year;
    return digits == 4 ? year : 0;
}

/* "2023-05-02", "2023年5月2日": the year stands first. */
static bool year_first(cursor *c, uint32_t year, uint32_t *month, uint32_t *day)
{
    bool signs = take(c, "\xE5\xB9\xB4"); /* nian */

    if (!signs && !take(c, "-") && !take(c, "/") && !take(c, "."))
        return false;
    if (take_number(c, month) == 0 || !(signs ? take(c, "\xE6\x9C\x88") /* yue */
                                              : take(c, "-") || take(c, "/") || take(c, ".")))
        return false;
    if (take_number(c, day) == 0 || (signs && !take(c, "\xE6\x97\xA5") /* ri */))
        return false;
    return is_date(year, *month, *day);
}

/* "02.05.2023", "5/31/23"; the day is first unless it cannot be. */
static bool numeric(cursor *c, uint32_t first, uint32_t *year, uint32_t *month, uint32_t *day,
                    bool *unsure)
{
    char sign = peek(c);
    uint32_t digits;

    if (sign != '.' && sign != '/' && sign != '-')
        return false;
    c->at++;
    if (take_number(c, month) == 0 || peek(c) != sign)
        return false;
    c->at++;
    digits = take_number(c, year);
    *year = full_year(*year, digits);
    *day = first;
    if (*month > 12) {
        *day = *month;
        *month = first;
    }
    *unsure = sign == '/' && *day <= 12 && *month <= 12 && *day != *month;
    return is_date(*year, *month, *day);
}

static bool take_year(cursor *c, uint32_t *year)
{
    take_joint(c);
    return take_number(c, year) == 4 && !is_word(peek(c));
}

static bool parse_date(cursor *c, date *d)
{
    uint32_t start = c->at, first, digits, year = 0, month = 0, day = 0;
    bool found = false;

    d->unsure = false;
    if (is_word(peek(c))) { /* May 2, 2023 */
        month = take_month(c);
        take_blanks(c);
        found = month && take_number(c, &day) && take_year(c, &year) && is_date(year, month, day);
    } else {
        digits = take_number(c, &first);
        if (digits == 4) {
            year = first;
            found = year_first(c, year, &month, &day);
        } else if (digits == 1 || digits == 2) {
            uint32_t after = c->at;

            found = numeric(c, first, &year, &month, &day, &d->unsure);
            if (!found) { /* 2 May 2023 */
                c->at = after;
                take_joint(c);
                day = first;
                month = take_month(c);
                found = month && take_year(c, &year) && is_date(year, month, day);
            }
        }
    }
    if (!found) {
        c->at = start;
        return false;
    }
    d->begin = start;
    d->end = c->at;
    snprintf(d->value, sizeof d->value, "%04u-%02u-%02u", year % 10000, month % 100, day % 100);
    return true;
}

/* "09:30", "9.30am", "14h05", "5 pm". */
static bool take_time(cursor *c, uint32_t *hour, uint32_t *minute)
{
    uint32_t start = c->at, digits = take_number(c, hour), after;
    bool half = false, exact = false;

    *minute = 0;
    if (digits == 0 || digits > 2 || *hour > 24)
        return c->at = start, false;
    if (take(c, ":") || take(c, ".") || take(c, "h")) {
        exact = take_number(c, minute) == 2 && *minute < 60;
        if (exact && take(c, ":")) { /* seconds are not kept */
            uint32_t seconds;

            exact = take_number(c, &seconds) == 2;
        }
    }
    after = c->at;
    take_blanks(c);
    half = take(c, "pm") || take(c, "p.m");
    if (half)
        *hour = *hour < 12 ? *hour + 12 : *hour;
    else if (take(c, "am") || take(c, "a.m"))
        *hour = *hour == 12 ? 0 : *hour, half = true;
    else
        c->at = after;
    if ((!exact && !half) || *hour > 23 || is_word(peek(c)) || is_digit(peek(c)))
        return c->at = start, false;
    return true;
}

static void add_time(date *d, uint32_t hour, uint32_t minute)
{
    if (d->value[10] == '\0')
        snprintf(d->value + 10, sizeof d->value - 10, "T%02u:%02u", hour % 100, minute % 100);
}

static bool opens_token(const cursor *c)
{
    char before = c->at ? c->low.ptr[c->at - 1] : ' ';

    return !is_digit(before) && !(is_word(before) && is_word(peek(c)));
}

static bool take_date(cursor *c, date *d)
{
    return (is_digit(peek(c)) || is_word(peek(c))) && opens_token(c) && parse_date(c, d);
}

bool date_find(const phrases *p, gly_str low, uint32_t from, date *d)
{
    cursor c = { p, low, from };

    *d = (date){ 0 };
    for (; c.at < low.len; c.at++)
        if (take_date(&c, d))
            return true;
    return false;
}

bool date_at(const phrases *p, gly_str low, uint32_t at, date *d)
{
    cursor c = { p, low, at };

    *d = (date){ 0 };
    return at < low.len && take_date(&c, d) && d->begin == at;
}

typedef struct line_state {
    date    *dates;
    uint32_t most, count;
    uint32_t hour, minute;
    bool     timed;    /* a time stands before its date */
    bool     modified; /* the last label                */
} line_state;

static bool take_part(cursor *c, line_state *s)
{
    uint32_t hour, minute, length;
    date d = { 0 };

    if (parse_date(c, &d)) {
        d.modified = s->modified;
        if (s->timed)
            add_time(&d, s->hour, s->minute);
        s->timed = false;
        if (s->count < s->most)
            s->dates[s->count++] = d;
        return true;
    }
    if (take_time(c, &hour, &minute)) {
        if (s->count && !s->timed && s->dates[s->count - 1].value[10] == '\0') {
            add_time(&s->dates[s->count - 1], hour, minute);
            s->dates[s->count - 1].end = c->at;
        } else {
            s->timed = true;
            s->hour = hour;
            s->minute = minute;
        }
        return true;
    }
    length = phrases_opens(c->words, rest(c), PHRASE_PUBLISHED, NULL);
    if (length)
        s->modified = s->timed = false;
    if (!length && (length = phrases_opens(c->words, rest(c), PHRASE_MODIFIED, NULL)) != 0)
        s->modified = true, s->timed = false;
    if (!length)
        length = phrases_opens(c->words, rest(c), PHRASE_DATEWORD, NULL);
    c->at += length;
    return length > 0;
}

/* 2023-02-05 becomes 2023-05-02: the line is American. */
static void put_month_first(date *d)
{
    char month[2] = { d->value[5], d->value[6] };

    if (!d->unsure)
        return;
    memcpy(d->value + 5, d->value + 8, 2);
    memcpy(d->value + 8, month, 2);
    d->unsure = false;
}

/* "3 min read" and the like: a number before a date word. */
static bool take_count(cursor *c)
{
    uint32_t start = c->at, value;

    if (take_number(c, &value)) {
        take_blanks(c);
        if (phrases_opens(c->words, rest(c), PHRASE_DATEWORD, NULL))
            return true;
    }
    c->at = start;
    return false;
}

uint32_t date_line(const phrases *p, gly_str low, date *dates, uint32_t most)
{
    cursor c = { p, low, 0 };
    line_state s = { .dates = dates, .most = most };

    if (low.len > MOST_LINE)
        return 0;
    while (c.at < low.len) {
        if (is_digit(peek(&c)) || is_word(peek(&c))) {
            if (take_part(&c, &s) || take_count(&c))
                continue;
            if (!strchr("\xC2\xE2", peek(&c)))
                return 0; /* a word that tells something */
        }
        if (is_word(peek(&c))) { /* dashes, bullets, no-break spaces */
            c.at += (unsigned char)peek(&c) >= 0xE2 ? 3 : 2;
            continue;
        }
        if (!strchr(" ,.:|-/()@+*_", peek(&c)))
            return 0;
        c.at++;
    }
    if (s.count && phrases_count(p, low, PHRASE_MONTHFIRST, 1))
        for (uint32_t i = 0; i < s.count; i++)
            put_month_first(&dates[i]);
    return s.count;
}
