/* relative - dates told from the day of publication. */
#include "relative.h"

enum { CLAUSE_BEFORE = 16, CLAUSE_BEHIND = 8, DAYS = 7 };

static void set(const scan *s, date *d, uint32_t begin, uint32_t behind, moment m)
{
    m.hour = -1;
    d->first = d->last = m;
    d->at = (gly_range){ s->tokens[begin].at.begin, s->tokens[behind - 1].at.end };
    d->next = behind;
}

static int32_t today(const scan *s)
{
    return calendar_number(s->anchor.year, s->anchor.month, s->anchor.day);
}

static moment shifted(const scan *s, int days)
{
    moment m = { 0 };

    calendar_date(today(s) + days, &m.year, &m.month, &m.day);
    return m;
}

static bool is_stop(const scan *s, uint32_t i)
{
    char mark = s->text.ptr[s->tokens[i].at.begin];

    return s->tokens[i].flags & GLY_TOKEN_LINE || mark == '.' || mark == '!' || mark == '?'
        || mark == ',' || mark == ';';
}

/* Whether a word such as "will" stands in the clause, near token i. */
static bool is_future(const scan *s, uint32_t i)
{
    for (uint32_t n = 0; n < CLAUSE_BEFORE && i > n + 1 && !is_stop(s, i - n - 1); n++)
        if (scan_calendar(s, i - n - 1, CALENDAR_FUTURE))
            return true;
    for (uint32_t n = 1; n < CLAUSE_BEHIND && i + n < s->count && !is_stop(s, i + n); n++)
        if (scan_calendar(s, i + n, CALENDAR_FUTURE))
            return true;
    return false;
}

/* The weekday from the day of publication on (1), before it (-1), or the one that
 * the clause asks for (0), the day of publication itself included. */
static moment weekday(const scan *s, uint32_t i, int value, int which)
{
    int ahead = (value - calendar_weekday(today(s)) + DAYS) % DAYS;

    if (which == 1 || (which == 0 && is_future(s, i)))
        return shifted(s, which == 1 && ahead == 0 ? DAYS : ahead);
    return shifted(s, which == 0 && ahead == 0 ? 0 : ahead - DAYS);
}

/* A habit, "every Monday" and "Monday to Friday", is no date. */
static bool is_habit(const scan *s, uint32_t i)
{
    if (i > 0 && (scan_calendar(s, i - 1, CALENDAR_EVERY) || scan_calendar(s, i - 1, CALENDAR_TO)
                  || scan_is_mark(s, i - 1, '-')))
        return true;
    return i + 2 < s->count && scan_calendar(s, i + 2, CALENDAR_WEEKDAY)
        && (s->tokens[i + 1].flags & GLY_TOKEN_MARK || scan_calendar(s, i + 1, CALENDAR_TO));
}

/* "on Monday", "Monday."; not "the Monday market". */
static bool is_day_itself(const scan *s, uint32_t i)
{
    if (is_habit(s, i))
        return false;
    return (scan_is_near(s, i) && scan_calendar(s, i - 1, CALENDAR_AT)) || i + 1 == s->count
        || s->tokens[i + 1].flags & (GLY_TOKEN_MARK | GLY_TOKEN_LINE);
}

static const calendar_list *whole_weekday(const scan *s, uint32_t i)
{
    const calendar_list *day = scan_calendar(s, i, CALENDAR_WEEKDAY);

    return day && !(day->flags & CALENDAR_SHORT) ? day : NULL;
}

static moment period(const scan *s, const calendar_list *unit, int which)
{
    int months = s->anchor.year * 12 + s->anchor.month - 1 + which * unit->value;

    return (moment){ months / 12, unit->value == 1 ? months % 12 + 1 : 0, 0, -1, 0 };
}

/* "last Tuesday", "next month". */
static bool which_first(const scan *s, uint32_t i, int which, date *d)
{
    const calendar_list *day = whole_weekday(s, i + 1), *unit = scan_calendar(s, i + 1, CALENDAR_PERIOD);

    if (!scan_is_near(s, i + 1))
        return false;
    if (day)
        set(s, d, i, i + 2, weekday(s, i + 1, day->value, which));
    else if (unit && (unit->value == 1 || s->years))
        set(s, d, i, i + 2, period(s, unit, which));
    return day || (unit && (unit->value == 1 || s->years));
}

bool relative_read(const scan *s, uint32_t i, date *d)
{
    const calendar_list *day, *which, *weekly, *unit, *after = NULL;

    if (!s->anchor.day)
        return false;
    day = scan_calendar(s, i, CALENDAR_DAY);
    which = scan_calendar(s, i, CALENDAR_WHICH);
    weekly = whole_weekday(s, i);
    unit = scan_calendar(s, i, CALENDAR_PERIOD);
    if (scan_is_near(s, i + 1))
        after = scan_calendar(s, i + 1, CALENDAR_WHICH_AFTER);
    if (day && (!day->languages || day->languages & s->language)) {
        set(s, d, i, i + 1, shifted(s, day->value));
        return true;
    }
    if (which)
        return which_first(s, i, which->value, d);
    if (weekly && after)
        set(s, d, i, i + 2, weekday(s, i, weekly->value, after->value));
    else if (weekly && is_day_itself(s, i))
        set(s, d, i, i + 1, weekday(s, i, weekly->value, 0));
    else if (unit && after && (unit->value == 1 || s->years))
        set(s, d, i, i + 2, period(s, unit, after->value));
    else
        return false;
    return true;
}
