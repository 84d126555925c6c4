/* date - dates with the month's name, their weekday, time of day and ranges.
 *
 * Each reader takes the token that it begins with and returns the one behind what
 * it read, 0 when there is nothing: 0 never follows anything. */
#include "date.h"

#include "numeric.h"

enum { FIRST_YEAR = 1000, LAST_YEAR = 2199, LONGEST_ORDINAL = 4 };

static const moment nothing = { 0, 0, 0, -1, 0 };

/* ---- day, month, year ---------------------------------------------------------- */

static gly_str ordinal_of(gly_str token, uint32_t digits)
{
    return (gly_str){ token.ptr + digits, token.len - digits };
}

static bool is_ordinal(const scan *s, gly_str ending)
{
    return ending.len == 0 || (ending.len <= LONGEST_ORDINAL && lexicon_is_ordinal(s->words, ending));
}

/* 1 to 31, as digits or as an ordinal. */
static uint32_t read_day(const scan *s, uint32_t i, int *day)
{
    gly_str token;
    uint32_t digits = 0;

    if (i >= s->count || !(s->tokens[i].flags & (GLY_TOKEN_NUMBER | GLY_TOKEN_DIGIT)))
        return 0;
    token = scan_token(s, i);
    for (*day = 0; digits < token.len && digits < 3 && scan_is_digit(token.ptr[digits]); digits++)
        *day = *day * 10 + (token.ptr[digits] - '0');
    if (digits == 0 || digits > 2 || *day < 1 || *day > 31 || !is_ordinal(s, ordinal_of(token, digits)))
        return 0;
    return i + 1;
}

static bool has_capital(const scan *s, uint32_t i)
{
    return s->tokens[i].flags & (GLY_TOKEN_CAPITAL | GLY_TOKEN_UPPER);
}

/* `sure`: what stands beside it leaves no doubt that "may" is a month. */
static uint32_t read_month(const scan *s, uint32_t i, bool sure, int *month)
{
    const calendar_list *list = scan_calendar(s, i, CALENDAR_MONTH);

    if (!list || (list->flags & CALENDAR_PROPER && !sure && !has_capital(s, i)))
        return 0;
    *month = list->value;
    i++;
    if (list->flags & CALENDAR_SHORT && scan_is_mark(s, i, '.') && scan_is_joined(s, i))
        i++;
    return i;
}

/* The digits of a number token, 0 when it is not so many digits. */
static int plain_number(const scan *s, uint32_t i, uint32_t digits)
{
    gly_str token;
    int value = 0;

    if (i >= s->count || s->tokens[i].at.end - s->tokens[i].at.begin != digits)
        return 0;
    token = scan_token(s, i);
    for (uint32_t d = 0; d < digits; d++) {
        if (!scan_is_digit(token.ptr[d]))
            return 0;
        value = value * 10 + (token.ptr[d] - '0');
    }
    return value;
}

/* Four digits, after a comma or "of" if there is one. */
static uint32_t read_year(const scan *s, uint32_t i, int *year)
{
    if (scan_is_mark(s, i, ',') && scan_is_near(s, i))
        i++;
    else if (scan_is_near(s, i) && scan_calendar(s, i, CALENDAR_OF))
        i++;
    *year = scan_is_near(s, i) ? plain_number(s, i, 4) : 0;
    return *year >= FIRST_YEAR && *year <= LAST_YEAR ? i + 1 : 0;
}

/* What behind a day makes it an amount: "May 20 per cent", "2 May 5%". */
static bool counts_something(const scan *s, uint32_t i)
{
    return scan_is_mark(s, i, '%') || (scan_is_near(s, i) && (scan_measure(s, i, MEASURE_SCALE)
        || scan_measure(s, i, MEASURE_PERCENT) || scan_measure(s, i, MEASURE_CURRENCY)));
}

/* "2 May 2023", "2. Mai", "2 de mayo de 2023", "1er mai". */
static uint32_t day_month(const scan *s, uint32_t i, moment *m)
{
    uint32_t at = read_day(s, i, &m->day), behind, year;

    if (!at)
        return 0;
    if (scan_is_mark(s, at, '.') && scan_is_joined(s, at))
        at++;
    if (scan_is_near(s, at) && scan_calendar(s, at, CALENDAR_OF))
        at++;
    if (!scan_is_near(s, at))
        return 0;
    behind = read_month(s, at, true, &m->month);
    if (!behind)
        return 0;
    year = read_year(s, behind, &m->year);
    if (!year && !read_month(s, at, false, &m->month))
        return 0;
    return year ? year : behind;
}

/* "May 2, 2023", "May 2nd". In "In May 20 people came" the day is none. */
static uint32_t month_day(const scan *s, uint32_t i, moment *m)
{
    uint32_t at = has_capital(s, i) ? read_month(s, i, false, &m->month) : 0, behind, year;

    behind = at && scan_is_near(s, at) ? read_day(s, at, &m->day) : 0;
    if (!behind)
        return 0;
    year = read_year(s, behind, &m->year);
    if (!year && ((i > 0 && scan_calendar(s, i - 1, CALENDAR_IN)) || counts_something(s, behind)
                  || scan_is_mark(s, behind, ':')))
        return 0;
    return year ? year : behind;
}

/* "June 2023"; not that of "31 June 2023", which is no date at all. */
static uint32_t month_year(const scan *s, uint32_t i, moment *m)
{
    uint32_t at = read_month(s, i, false, &m->month);

    if (at && i > 0 && scan_is_near(s, i) && read_day(s, i - 1, &(int){ 0 }))
        return 0;
    return at ? read_year(s, at, &m->year) : 0;
}

/* "12-May-2023" is one word. */
static uint32_t hyphened(const scan *s, uint32_t i, moment *m)
{
    gly_str token = scan_token(s, i);
    const char *first, *last, *p = token.ptr, *end = token.ptr + token.len;
    const lexicon_entry *entry;
    const calendar_list *month;

    if (token.len < 8 || token.len > 20 || !(s->tokens[i].flags & GLY_TOKEN_WORD) || !scan_is_digit(*p))
        return 0;
    first = memchr(p, '-', token.len);
    last = first ? memchr(first + 1, '-', (size_t)(end - first - 1)) : NULL;
    if (!last || (end - last != 5 && end - last != 3))
        return 0;
    for (; p < first; p++)
        m->day = scan_is_digit(*p) && m->day < 32 ? m->day * 10 + (*p - '0') : 99;
    for (p = last + 1; p < end; p++)
        m->year = scan_is_digit(*p) && m->year >= 0 ? m->year * 10 + (*p - '0') : -1;
    if (end - last == 3 && m->year >= 0)
        m->year = numeric_year((uint32_t)m->year);
    entry = lexicon_lower(s->words, (gly_str){ first + 1, (uint32_t)(last - first - 1) });
    month = lexicon_calendar(entry, CALENDAR_MONTH);
    m->month = month ? month->value : 0;
    return month && m->year >= FIRST_YEAR && m->year <= LAST_YEAR ? i + 1 : 0;
}

/* ---- ranges ------------------------------------------------------------------------ */

static uint32_t skip_weekday(const scan *s, uint32_t i)
{
    const calendar_list *day = scan_calendar(s, i, CALENDAR_WEEKDAY);

    if (!day || (day->flags & CALENDAR_PROPER && !has_capital(s, i)))
        return i;
    i++;
    if (day->flags & CALENDAR_SHORT && scan_is_mark(s, i, '.') && scan_is_joined(s, i))
        i++;
    if (scan_is_mark(s, i, ','))
        i++;
    return i;
}

/* A dash, "to", or "and" between neighbouring days; returns the token behind. */
static uint32_t read_to(const scan *s, uint32_t i, bool *and)
{
    *and = false;
    if (!scan_is_near(s, i))
        return 0;
    if (s->tokens[i].flags & GLY_TOKEN_MARK) {
        gly_str mark = scan_token(s, i);
        bool dash = mark.ptr[0] == '-' || gly_str_eq(mark, GLY_LIT("–"))
                || gly_str_eq(mark, GLY_LIT("—"));

        return dash && scan_is_near(s, i + 1) ? skip_weekday(s, i + 1) : 0;
    }
    *and = scan_calendar(s, i, CALENDAR_AND) != NULL;
    if (!*and && !scan_calendar(s, i, CALENDAR_TO))
        return 0;
    i++;
    if (scan_is_near(s, i) && scan_calendar(s, i, CALENDAR_AT)) /* "al día", "to the" */
        i++;
    return scan_is_near(s, i) ? skip_weekday(s, i) : 0;
}

static bool in_order(const moment *a, const moment *b, bool and)
{
    int first = a->month * 31 + a->day, last = b->month * 31 + b->day;

    return and ? last == first + 1 : last > first || (a->year && b->year > a->year);
}

/* "2-5 May 2023", "2 to 5 May", "May 2-5, 2023". */
static uint32_t days_of_month(const scan *s, uint32_t i, moment *first, moment *last)
{
    bool and;
    uint32_t at = read_day(s, i, &first->day), behind = 0;

    if (at) {
        if (scan_is_mark(s, at, '.') && scan_is_joined(s, at))
            at++;
        at = read_to(s, at, &and);
        behind = at ? day_month(s, at, last) : 0;
        first->month = last->month;
    } else if (has_capital(s, i)) {
        at = read_month(s, i, false, &first->month);
        at = at && scan_is_near(s, at) ? read_day(s, at, &first->day) : 0;
        at = at ? read_to(s, at, &and) : 0;
        at = at ? read_day(s, at, &last->day) : 0;
        last->month = first->month;
        behind = at ? read_year(s, at, &last->year) : 0;
        behind = behind ? behind : at && !counts_something(s, at) ? at : 0;
    }
    first->year = last->year;
    return behind && in_order(first, last, and) ? behind : 0;
}

static uint32_t months_of_year(const scan *s, uint32_t i, moment *first, moment *last)
{
    bool and;
    uint32_t at = read_month(s, i, false, &first->month);

    at = at ? read_to(s, at, &and) : 0;
    at = at ? month_year(s, at, last) : 0;
    first->year = last->year;
    return at && !and && in_order(first, last, false) ? at : 0;
}

/* "summer 2023" is the year, as far as ISO 8601 goes; "Q1 2023" is three months. */
static uint32_t part_of_year(const scan *s, uint32_t i, moment *first, moment *last)
{
    const calendar_list *quarter = scan_calendar(s, i, CALENDAR_QUARTER);
    int year = 0;
    uint32_t at = 0;

    if (quarter || scan_calendar(s, i, CALENDAR_SEASON))
        at = read_year(s, i + 1, &year);
    if (!at || scan_is_mark(s, i + 1, ','))
        return 0;
    first->year = last->year = year;
    if (quarter) {
        first->month = quarter->value * 3 - 2;
        last->month = quarter->value * 3;
    }
    return at;
}

/* ---- one date, without weekday and time ------------------------------------------------ */

static bool is_valid(const moment *m)
{
    return m->day == 0 || calendar_is_day(m->year, m->month, m->day);
}

static uint32_t read_numeric(scan *s, uint32_t i, moment *m)
{
    uint32_t end = s->tokens[i].flags & GLY_TOKEN_NUMBER ? numeric_date(s, s->tokens[i].at.begin, m) : 0;

    return end ? scan_after(s, i, end) : 0;
}

static uint32_t read_single(scan *s, uint32_t i, moment *m)
{
    static uint32_t (*const forms[])(const scan *, uint32_t, moment *) = {
        day_month, hyphened, month_day, month_year
    };
    uint32_t behind = read_numeric(s, i, m);
    size_t count = scan_is_known(s, i) ? 4 : 2; /* the last two begin with a word */

    for (size_t f = 0; !behind && f < count; f++) {
        *m = nothing;
        behind = forms[f](s, i, m);
    }
    return behind && is_valid(m) ? behind : 0;
}

/* Where the date of tokens [i, behind) ends: inside of a token that is a run. */
static uint32_t end_of(scan *s, uint32_t i, uint32_t behind)
{
    moment again;
    uint32_t end = 0;

    if (s->tokens[behind - 1].flags & GLY_TOKEN_CJK)
        end = numeric_date(s, s->tokens[i].at.begin, &again);
    return end ? end : s->tokens[behind - 1].at.end;
}

/* Whether two dates read one behind the other are the ends of a range; the first
 * may lack its year: 30 December to 2 January 2023. */
static bool spans(moment *first, const moment *last)
{
    if (!first->year && last->year) {
        first->year = last->year - (first->month > last->month);
        return true;
    }
    return last->year == first->year ? in_order(first, last, false) : last->year > first->year;
}

static uint32_t read_core(scan *s, uint32_t i, date *d)
{
    static uint32_t (*const ranges[])(const scan *, uint32_t, moment *, moment *) = {
        days_of_month, months_of_year, part_of_year
    };
    size_t count = scan_is_known(s, i) ? 3 : 1; /* the last two begin with a word */
    uint32_t behind, to, second;
    bool and;
    date other;

    for (size_t r = 0; r < count; r++) {
        d->first = d->last = nothing;
        behind = ranges[r](s, i, &d->first, &d->last);
        if (behind && is_valid(&d->first) && is_valid(&d->last))
            return behind;
    }
    behind = read_single(s, i, &d->first);
    d->last = d->first;
    to = behind ? read_to(s, behind, &and) : 0;
    second = to && !and ? read_single(s, to, &other.last) : 0;
    if (second && (d->first.day != 0) == (other.last.day != 0) && spans(&d->first, &other.last)) {
        d->last = other.last;
        return second;
    }
    return behind;
}

/* ---- with weekday and time ----------------------------------------------------------------- */

/* A comma and at most two small words, "Uhr" and the like among them: ", at", "alle ore". */
static uint32_t skip_link(const scan *s, uint32_t i)
{
    if (scan_is_mark(s, i, ','))
        i++;
    for (int n = 0; n < 2 && scan_is_near(s, i); n++)
        if (scan_calendar(s, i, CALENDAR_AT) || scan_calendar(s, i, CALENDAR_CLOCK)) {
            i++;
            if (scan_is_mark(s, i, '.') && scan_is_joined(s, i)) /* "kl. 18.30" */
                i++;
        }
    return i;
}

/* "09:30, 2 May 2023" and "09:30 on Tuesday 2 May". */
static uint32_t time_before(scan *s, uint32_t i, date *d)
{
    moment clock = nothing;
    uint32_t at = numeric_time(s, i, &clock), behind;

    at = at ? skip_link(s, at) : 0;
    at = at && scan_is_near(s, at) ? skip_weekday(s, at) : 0;
    behind = at && scan_is_near(s, at) ? read_core(s, at, d) : 0;
    if (!behind || d->first.day == 0 || d->first.hour >= 0 || d->first.day != d->last.day)
        return 0;
    d->first.hour = d->last.hour = clock.hour;
    d->first.minute = d->last.minute = clock.minute;
    return behind;
}

static uint32_t time_behind(const scan *s, uint32_t behind, date *d)
{
    moment clock = nothing;
    uint32_t at, after;

    if (d->first.day == 0 || d->first.hour >= 0 || d->first.day != d->last.day
        || d->first.month != d->last.month)
        return behind;
    at = skip_link(s, behind);
    after = scan_is_near(s, at) ? numeric_time(s, at, &clock) : 0;
    if (!after || day_month(s, skip_weekday(s, skip_link(s, after)), &(moment){ 0 })) /* of the next date */
        return behind;
    d->first.hour = d->last.hour = clock.hour;
    d->first.minute = d->last.minute = clock.minute;
    return after;
}

/* Every date begins with digits, or with one of these words. */
static bool may_begin(const scan *s, uint32_t i)
{
    enum {
        OPENING = 1 << CALENDAR_MONTH | 1 << CALENDAR_WEEKDAY | 1 << CALENDAR_SEASON | 1 << CALENDAR_QUARTER
    };

    return s->tokens[i].flags & (GLY_TOKEN_NUMBER | GLY_TOKEN_DIGIT)
        || scan_entry(s, i)->calendar_kinds & OPENING;
}

bool date_read(scan *s, uint32_t i, date *d)
{
    uint32_t at, behind;

    if (!may_begin(s, i))
        return false;
    behind = time_before(s, i, d);
    if (!behind) {
        at = skip_weekday(s, i);
        if (at != i && scan_is_near(s, at) && scan_calendar(s, at, CALENDAR_AT)) /* "mardi, le 2" */
            at++;
        if (at >= s->count || (at != i && !scan_is_near(s, at)))
            return false;
        behind = read_core(s, at, d);
        if (behind)
            behind = time_behind(s, behind, d);
    }
    if (!behind)
        return false;
    d->at = (gly_range){ s->tokens[i].at.begin, end_of(s, i, behind) };
    d->next = behind;
    return true;
}

/* ---- years that stand alone ----------------------------------------------------------------- */

enum { FIRST_LONE_YEAR = 1900, LAST_LONE_YEAR = 2099 };

/* The second year of 2022/23 or 2019-2023, whose first is token i; 0: none. */
static int second_year(const scan *s, uint32_t i, int first)
{
    int last = plain_number(s, i + 2, 4), two = plain_number(s, i + 2, 2);
    gly_str mark;

    if (!scan_is_joined(s, i + 1) || !scan_is_joined(s, i + 2))
        return 0;
    mark = scan_token(s, i + 1);
    if (mark.ptr[0] != '/' && mark.ptr[0] != '-' && !gly_str_eq(mark, GLY_LIT("–")))
        return 0;
    if (two && two == (first + 1) % 100)
        return first + 1;
    return last > first && last <= LAST_LONE_YEAR ? last : 0;
}

/* "in", "since", "year". */
static bool leads_to_year(const scan *s, uint32_t i)
{
    return scan_calendar(s, i, CALENDAR_IN) || scan_calendar(s, i, CALENDAR_TO)
        || scan_calendar(s, i, CALENDAR_PERIOD);
}

bool date_read_year(const scan *s, uint32_t i, date *d)
{
    int year = s->years ? plain_number(s, i, 4) : 0, last;

    if (year < FIRST_LONE_YEAR || year > LAST_LONE_YEAR)
        return false;
    last = second_year(s, i, year);
    if (!last && (!scan_is_near(s, i) || !leads_to_year(s, i - 1) || counts_something(s, i + 1)
                  || (scan_is_near(s, i + 1) && scan_measure(s, i + 1, MEASURE_UNIT))))
        return false;
    d->first = d->last = nothing;
    d->first.year = year;
    d->last.year = last ? last : year;
    d->next = last ? i + 3 : i + 1;
    d->at = (gly_range){ s->tokens[i].at.begin, s->tokens[d->next - 1].at.end };
    return true;
}

/* ---- values ------------------------------------------------------------------------------------ */

void date_complete(const scan *s, date *d)
{
    int best = 0;
    int32_t from, least = INT32_MAX;

    if (d->last.year || !d->last.month || !d->last.day || !s->anchor.day)
        return;
    from = calendar_number(s->anchor.year, s->anchor.month, s->anchor.day);
    for (int year = s->anchor.year - 1; year <= s->anchor.year + 1; year++) {
        int32_t away = calendar_number(year, d->last.month, d->last.day) - from;

        away = away < 0 ? -away : away;
        if (away < least && calendar_is_day(year, d->last.month, d->last.day)) {
            least = away;
            best = year;
        }
    }
    d->last.year = best;
    d->first.year = d->first.month > d->last.month ? best - 1 : best;
}

/* A sign, unless it is NUL, and so many digits. */
static char *write_part(char *out, char sign, int value, int digits)
{
    if (sign)
        *out++ = sign;
    for (int i = digits - 1; i >= 0; i--, value /= 10)
        out[i] = (char)('0' + value % 10);
    return out + digits;
}

static char *write_moment(const moment *m, char *out)
{
    out = write_part(out, '\0', m->year, 4);
    if (m->month)
        out = write_part(out, '-', m->month, 2);
    if (m->month && m->day)
        out = write_part(out, '-', m->day, 2);
    if (m->month && m->day && m->hour >= 0)
        out = write_part(write_part(out, 'T', m->hour, 2), ':', m->minute, 2);
    return out;
}

size_t date_write(const date *d, char out[DATE_VALUE])
{
    char *end;

    if (!d->first.year || !d->last.year)
        return 0;
    end = write_moment(&d->first, out);
    if (memcmp(&d->first, &d->last, sizeof d->first) != 0) {
        *end++ = '/';
        end = write_moment(&d->last, end);
    }
    return (size_t)(end - out);
}
