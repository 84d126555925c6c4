/* numeric - dates and times of digits. */
#include "numeric.h"

enum { FIRST_YEAR = 1000, LAST_YEAR = 2199, CENTURY_TURNS = 69 };

typedef struct parts {
    uint32_t value[3], digits[3];
    char     separator;
} parts;

/* Up to four digits; returns where they end, at itself when there are none. */
static uint32_t digits_at(const scan *s, uint32_t at, uint32_t *value)
{
    uint32_t end = at;

    for (*value = 0; end < at + 5 && scan_is_digit(scan_byte(s, end)); end++)
        *value = *value * 10 + (uint32_t)(s->text.ptr[end] - '0');
    return end;
}

/* "1/2/2023" and the like from `at` on; returns its end, 0: something else. */
static uint32_t parts_at(const scan *s, uint32_t at, parts *p)
{
    char before = at ? s->text.ptr[at - 1] : ' ', after;

    if (scan_is_digit(before) || scan_is_letter(before) || (before && strchr("/.-_=+#$", before)))
        return 0;
    for (int i = 0; i < 3; i++) {
        uint32_t end = digits_at(s, at, &p->value[i]);

        p->digits[i] = end - at;
        if (p->digits[i] == 0 || p->digits[i] > 4)
            return 0;
        at = end;
        if (i == 2)
            break;
        if (i == 0)
            p->separator = scan_byte(s, at);
        if (scan_byte(s, at) != p->separator || !p->separator || !strchr("-/.", p->separator))
            return 0;
        at++;
    }
    after = scan_byte(s, at);
    if (after == '/' || after == '_' || after == '%')
        return 0;
    return (after == '-' || after == '.') && scan_is_digit(scan_byte(s, at + 1)) ? 0 : at;
}

static bool whole_date(moment *m, uint32_t year, uint32_t month, uint32_t day)
{
    if (year < FIRST_YEAR || year > LAST_YEAR || !calendar_is_day((int)year, (int)month, (int)day))
        return false;
    *m = (moment){ (int)year, (int)month, (int)day, -1, 0 };
    return true;
}

int numeric_year(uint32_t two)
{
    return (int)two + (two < CENTURY_TURNS ? 2000 : 1900);
}

static uint32_t whole_year(const parts *p)
{
    return p->digits[2] == 4 ? p->value[2] : (uint32_t)numeric_year(p->value[2]);
}

/* Whether three parts can be a date that ends with its year. Two digits of a year
 * need two of day and month beside dots and hyphens: 1.2.23 may be a section. */
static bool ends_with_year(const parts *p)
{
    if (p->digits[0] > 2 || p->digits[1] > 2)
        return false;
    if (p->digits[2] == 4)
        return true;
    return p->digits[2] == 2 && (p->separator == '/' || (p->digits[0] == 2 && p->digits[1] == 2));
}

/* ---- 02/05/2023: the second of May, or the fifth of February? ------------------ */

/* One numeric date as evidence: 1 day first, -1 month first, 0 either. */
static int evidence_of(const parts *p)
{
    if (p->separator == '.' || !ends_with_year(p))
        return 0;
    return p->value[0] > 12 && p->value[1] <= 12 ? 1 : p->value[1] > 12 && p->value[0] <= 12 ? -1 : 0;
}

static bool is_day_token(const scan *s, uint32_t i)
{
    return i < s->count && s->tokens[i].flags & GLY_TOKEN_NUMBER
        && s->tokens[i].at.end - s->tokens[i].at.begin <= 2;
}

/* The same from dates with the month's name, and from the pound sign. */
static int evidence_of_word(const scan *s, uint32_t i)
{
    if (scan_calendar(s, i, CALENDAR_MONTH) && s->tokens[i].flags & GLY_TOKEN_CAPITAL)
        return (i > 0 && is_day_token(s, i - 1)) - (is_day_token(s, i + 1) && scan_is_mark(s, i + 2, ','));
    return scan_token(s, i).len == 2 && memcmp(scan_token(s, i).ptr, "\xC2\xA3", 2) == 0;
}

/* Dates of digits decide before names of months do, and both must be of one mind. */
static day_order find_order(const scan *s)
{
    uint32_t numbers[2] = { 0, 0 }, words[2] = { 0, 0 }, *votes = numbers;

    if (s->language && !(s->language & calendar_either_order_languages))
        return ORDER_DAY_FIRST;
    for (uint32_t i = 0; i < s->count; i++) {
        parts p;
        int vote;

        if (s->tokens[i].flags & GLY_TOKEN_NUMBER) {
            vote = parts_at(s, s->tokens[i].at.begin, &p) ? evidence_of(&p) : 0;
            numbers[vote < 0] += vote != 0;
        } else {
            vote = evidence_of_word(s, i);
            words[vote < 0] += vote != 0;
        }
    }
    if (numbers[0] + numbers[1] == 0)
        votes = words;
    if (votes[0] && !votes[1])
        return ORDER_DAY_FIRST;
    return votes[1] && !votes[0] ? ORDER_MONTH_FIRST : ORDER_UNKNOWN;
}

static bool date_of_parts(scan *s, const parts *p, moment *m)
{
    uint32_t a = p->value[0], b = p->value[1], year = whole_year(p);

    if (p->separator == '.' || a > 12 || a == b)
        return whole_date(m, year, b, a);
    if (b > 12)
        return whole_date(m, year, a, b);
    if (s->order == ORDER_NOT_ASKED)
        s->order = find_order(s);
    if (s->order == ORDER_DAY_FIRST)
        return whole_date(m, year, b, a);
    if (s->order == ORDER_MONTH_FIRST)
        return whole_date(m, year, a, b);
    if (!whole_date(m, year, b, a))
        return false;
    m->month = m->day = 0; /* honest: only the year is sure */
    return true;
}

/* ---- the forms ------------------------------------------------------------------ */

/* "T09:30", ":00", "Z" and "+01:00" behind an ISO date; the zone is left out. */
static uint32_t iso_time(const scan *s, uint32_t at, moment *m)
{
    uint32_t hour, minute, end = digits_at(s, at + 1, &hour), after;

    if (scan_byte(s, at) != 'T' || end != at + 3 || scan_byte(s, end) != ':')
        return at;
    after = digits_at(s, end + 1, &minute);
    if (after != end + 3 || hour > 23 || minute > 59)
        return at;
    m->hour = (int)hour;
    m->minute = (int)minute;
    while (scan_is_digit(scan_byte(s, after)) || (scan_byte(s, after) && strchr(":.", scan_byte(s, after))
           && scan_is_digit(scan_byte(s, after + 1))))
        after++;
    if (scan_byte(s, after) == 'Z')
        return after + 1;
    if (scan_byte(s, after) == '+' || scan_byte(s, after) == '-')
        for (after++; scan_is_digit(scan_byte(s, after))
             || (scan_byte(s, after) == ':' && scan_is_digit(scan_byte(s, after + 1)));)
            after++;
    return after;
}

static uint32_t sign_at(const scan *s, uint32_t at, const char *sign)
{
    uint32_t len = (uint32_t)strlen(sign);

    while (scan_byte(s, at) == ' ')
        at++;
    if (at >= s->text.len || s->text.len - at < len || memcmp(s->text.ptr + at, sign, len) != 0)
        return 0;
    return at + len;
}

static uint32_t signed_date(const scan *s, uint32_t at, moment *m)
{
    uint32_t year, month, day;
    uint32_t end = digits_at(s, at, &year);

    for (const calendar_signs *c = calendar_signs_of; end == at + 4 && c->year; c++) {
        uint32_t next = sign_at(s, end, c->year), after;

        if (!next)
            continue;
        next = sign_at(s, digits_at(s, next + (scan_byte(s, next) == ' '), &month), c->month);
        if (!next || month < 1 || month > 12 || year < FIRST_YEAR || year > LAST_YEAR)
            return 0;
        after = sign_at(s, digits_at(s, next + (scan_byte(s, next) == ' '), &day), c->day);
        if (after && whole_date(m, year, month, day))
            return after;
        *m = (moment){ (int)year, (int)month, 0, -1, 0 };
        return next;
    }
    return 0;
}

uint32_t numeric_date(scan *s, uint32_t byte, moment *m)
{
    parts p;
    uint32_t end = parts_at(s, byte, &p);

    if (!end)
        return signed_date(s, byte, m);
    if (p.digits[0] == 4 && p.digits[1] <= 2 && p.digits[2] <= 2) {
        if (!whole_date(m, p.value[0], p.value[1], p.value[2]))
            return 0;
        if (scan_byte(s, end) == 'T')
            end = iso_time(s, end, m);
    } else if (!ends_with_year(&p) || !date_of_parts(s, &p, m))
        return 0;
    return scan_is_letter(scan_byte(s, end)) && (unsigned char)scan_byte(s, end) < 0x80 ? 0 : end;
}

/* ---- times ------------------------------------------------------------------------ */

/* "a.m." and "p.m." at this byte; returns the end, 0: neither. */
static uint32_t dotted_half(const scan *s, uint32_t at, int *add)
{
    char half = scan_byte(s, at);

    if ((half != 'a' && half != 'p') || scan_byte(s, at + 1) != '.' || scan_byte(s, at + 2) != 'm')
        return 0;
    *add = half == 'p' ? 12 : 0;
    return at + 3 + (scan_byte(s, at + 3) == '.');
}

static const calendar_list *clock_word(const scan *s, uint32_t i)
{
    return scan_is_near(s, i) ? scan_calendar(s, i, CALENDAR_CLOCK) : NULL;
}

/* "am", "pm" or "h" glued to the digits, up to the end of the token. */
static bool glued_half(gly_str rest, int *add)
{
    if (rest.len == 1 && (rest.ptr[0] | 0x20) == 'h') {
        *add = 1;
        return true;
    }
    if (rest.len != 2 || (rest.ptr[1] | 0x20) != 'm' || !strchr("apAP", rest.ptr[0]))
        return false;
    *add = (rest.ptr[0] | 0x20) == 'p' ? 12 : 0;
    return true;
}

static bool set_time(moment *m, uint32_t hour, uint32_t minute, int half)
{
    if (half == 12 || half == 0) {
        if (hour < 1 || hour > 12)
            return false;
        hour = hour % 12 + (uint32_t)half;
    }
    if (hour > 23 || minute > 59)
        return false;
    m->hour = (int)hour;
    m->minute = (int)minute;
    return true;
}

/* "18 h 30": the two digits behind the word. */
static bool minutes_at(const scan *s, uint32_t i, uint32_t *minute)
{
    uint32_t value;

    if (!scan_is_near(s, i) || s->tokens[i].at.end != s->tokens[i].at.begin + 2
        || digits_at(s, s->tokens[i].at.begin, &value) != s->tokens[i].at.end || value > 59)
        return false;
    *minute = value;
    return true;
}

/* "ore 18.30", "kl. 18.30": the word stands before. */
static bool follows_clock(const scan *s, uint32_t i)
{
    if (!scan_is_near(s, i))
        return false;
    i -= scan_is_mark(s, i - 1, '.') && i > 1 ? 2 : 1;
    return scan_calendar(s, i, CALENDAR_CLOCK) != NULL;
}

uint32_t numeric_time(const scan *s, uint32_t i, moment *m)
{
    uint32_t hour, minute = 0, at, end, dotted;
    int half = 1;
    bool sure = false;
    const calendar_list *clock;
    char mark;

    if (i >= s->count || !(s->tokens[i].flags & (GLY_TOKEN_NUMBER | GLY_TOKEN_DIGIT)))
        return 0;
    at = digits_at(s, s->tokens[i].at.begin, &hour);
    end = s->tokens[i].at.end;
    mark = at < end ? s->text.ptr[at] : '\0';
    if (at - s->tokens[i].at.begin > 2 || at == s->tokens[i].at.begin)
        return 0;
    if (mark && strchr(":.hH", mark) && digits_at(s, at + 1, &minute) == at + 3 && at + 3 <= end) {
        sure = mark != '.';
        at += 3;
        if (scan_byte(s, at) == ':' && at < end) /* seconds */
            at = digits_at(s, at + 1, &hour) == at + 3 ? at + 3 : at;
        digits_at(s, s->tokens[i].at.begin, &hour);
    }
    if (at < end) {
        if (!glued_half((gly_str){ s->text.ptr + at, end - at }, &half))
            return 0;
        return set_time(m, hour, minute, half) ? i + 1 : 0;
    }
    dotted = dotted_half(s, end + (scan_byte(s, end) == ' '), &half);
    if (dotted)
        return set_time(m, hour, minute, half) ? scan_after(s, i, dotted) : 0;
    clock = clock_word(s, i + 1);
    if (clock) {
        bool minutes = clock->value == 1 && !mark && minutes_at(s, i + 2, &minute);

        return set_time(m, hour, minute, clock->value) ? i + 2 + minutes : 0;
    }
    sure = sure || (mark && follows_clock(s, i));
    return sure && set_time(m, hour, minute, 1) ? i + 1 : 0;
}
