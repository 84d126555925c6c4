/* dates - dates as people and programs write them, to ISO 8601. */
#include <stdio.h>
#include <strings.h>

#include "candidate.h"

enum { FIRST_YEAR = 1980, LAST_YEAR = 2099, MOST_PARTS = 24 };

/* Names of months by how they begin, in lower case; longer ones first. */
static const struct month {
    const char *begins;
    int         month;
} months[] = {
    { "janv", 1 }, { "jan", 1 }, { "jän", 1 }, { "ene", 1 }, { "gen", 1 }, { "led", 1 }, { "янв", 1 },
    { "feb", 2 }, { "fév", 2 }, { "fev", 2 }, { "úno", 2 }, { "фев", 2 }, { "lut", 2 },
    { "mär", 3 }, { "mrz", 3 }, { "mar", 3 }, { "maa", 3 }, { "бер", 3 }, { "мар", 3 },
    { "apr", 4 }, { "avr", 4 }, { "abr", 4 }, { "kwi", 4 }, { "апр", 4 },
    { "may", 5 }, { "mai", 5 }, { "maj", 5 }, { "mag", 5 }, { "mei", 5 }, { "máj", 5 }, { "мая", 5 }, { "май", 5 },
    { "juin", 6 }, { "jun", 6 }, { "giu", 6 }, { "cze", 6 }, { "июн", 6 },
    { "juil", 7 }, { "jul", 7 }, { "lug", 7 }, { "lip", 7 }, { "июл", 7 },
    { "aug", 8 }, { "aoû", 8 }, { "aou", 8 }, { "ago", 8 }, { "sie", 8 }, { "авг", 8 },
    { "sep", 9 }, { "set", 9 }, { "wrz", 9 }, { "сен", 9 },
    { "oct", 10 }, { "okt", 10 }, { "ott", 10 }, { "out", 10 }, { "paź", 10 }, { "окт", 10 },
    { "nov", 11 }, { "lis", 11 }, { "ноя", 11 },
    { "dec", 12 }, { "déc", 12 }, { "dez", 12 }, { "dic", 12 }, { "des", 12 }, { "gru", 12 }, { "дек", 12 },
};

typedef struct part { /* a run of digits or of letters */
    int     number;   /* -1: a word                    */
    int     digits;
    int     month;    /* of a word; 0: it is none      */
    gly_str text;
    char    after;    /* the byte behind it            */
} part;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (unsigned char)c >= 0x80;
}

static int month_of(gly_str word)
{
    char low[16];
    uint32_t length = word.len < 15 ? word.len : 15;

    for (uint32_t i = 0; i < length; i++)
        low[i] = word.ptr[i] >= 'A' && word.ptr[i] <= 'Z' ? (char)(word.ptr[i] | 0x20) : word.ptr[i];
    low[length] = '\0';
    for (size_t i = 0; i < sizeof months / sizeof months[0]; i++)
        if (strncmp(low, months[i].begins, strlen(months[i].begins)) == 0)
            return months[i].month;
    return 0;
}

static int split(gly_str s, part *parts)
{
    int count = 0;

    for (uint32_t i = 0; i < s.len && count < MOST_PARTS;) {
        part *p = &parts[count];
        uint32_t start = i;

        *p = (part){ .number = -1 };
        if (is_digit(s.ptr[i])) {
            p->number = 0;
            for (; i < s.len && is_digit(s.ptr[i]); i++)
                p->number = p->number < 100000000 ? p->number * 10 + (s.ptr[i] - '0') : p->number;
            p->digits = (int)(i - start);
        } else if (is_letter(s.ptr[i])) {
            while (i < s.len && is_letter(s.ptr[i]))
                i++;
        } else {
            i++;
            continue;
        }
        p->text = (gly_str){ s.ptr + start, i - start };
        p->month = p->number < 0 ? month_of(p->text) : 0;
        p->after = i < s.len ? s.ptr[i] : '\0';
        count++;
    }
    return count;
}

static bool valid(int year, int month, int day)
{
    static const int days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

    return year >= FIRST_YEAR && year <= LAST_YEAR && month >= 1 && month <= 12 && day >= 1 &&
           day <= days[month - 1];
}

static bool put(char iso[32], int year, int month, int day)
{
    if (!valid(year, month, day))
        return false;
    snprintf(iso, 32, "%04d-%02d-%02d", year, month, day);
    return true;
}

/* "T10:20:30+02:00" behind an ISO date stays as it is written. */
static void put_time(char iso[32], gly_str rest)
{
    uint32_t n = 0;

    if (rest.len < 6 || (rest.ptr[0] != 'T' && rest.ptr[0] != ' ') || !is_digit(rest.ptr[1]) ||
        !is_digit(rest.ptr[2]) || rest.ptr[3] != ':' || !is_digit(rest.ptr[4]) || !is_digit(rest.ptr[5]))
        return;
    while (n < rest.len && n < 20 && (is_digit(rest.ptr[n]) || (n > 0 && memchr(":+-Z", rest.ptr[n], 4)) || n == 0))
        n++;
    iso[10] = 'T';
    memcpy(iso + 11, rest.ptr + 1, n - 1);
    iso[10 + n] = '\0';
}

/* Year, month, day at parts[i..i+2], all in digits. */
static bool year_first(const part *p, int i, int count, gly_str text, char iso[32])
{
    const char *end;

    if (i + 2 >= count || p[i].digits != 4 || p[i + 1].number < 0 || p[i + 2].number < 0 ||
        p[i + 1].digits > 2 || p[i + 2].digits > 2 ||
        !put(iso, p[i].number, p[i + 1].number, p[i + 2].number))
        return false;
    end = p[i + 2].text.ptr + p[i + 2].text.len;
    put_time(iso, (gly_str){ end, (uint32_t)(text.ptr + text.len - end) });
    return true;
}

static bool year_last(const part *p, int i, int count, bool months_first, char iso[32])
{
    int first, second;

    if (i + 2 >= count || p[i].number < 0 || p[i + 1].number < 0 || p[i].digits > 2 ||
        p[i + 1].digits > 2 || p[i + 2].digits != 4 || p[i].after != p[i + 1].after ||
        !p[i].after || !memchr("./-", p[i].after, 3))
        return false;
    first = p[i].number, second = p[i + 1].number;
    if (p[i].after == '.' || first > 12 || (!months_first && second <= 12))
        return put(iso, p[i + 2].number, second, first);
    return put(iso, p[i + 2].number, first, second);
}

/* A month by name with a day and a year around it; "de", "of" may stand between. */
static bool by_name(const part *p, int i, int count, char iso[32])
{
    int before = i - 1, after = i + 1, day, year = -1;

    while (before >= 0 && p[before].number < 0 && p[before].text.len <= 2)
        before--;
    while (after < count && p[after].number < 0 && p[after].text.len <= 2)
        after++;
    if (after >= count || p[after].number < 0)
        return false;
    if (p[after].digits == 4) { /* 2 May 2023 */
        if (before < 0 || p[before].number < 0 || p[before].digits > 2 || before < i - 2)
            return false;
        return put(iso, p[after].number, p[i].month, p[before].number);
    }
    day = p[after].number; /* May 2, 2023; May 2nd, 2023 */
    for (int k = after + 1; k < count && k <= after + 2; k++)
        if (p[k].digits == 4)
            year = p[k].number;
    return p[after].digits <= 2 && put(iso, year, p[i].month, day);
}

/* Seconds or thousandths since 1970, in UTC (H. Hinnant, days_from_civil backwards). */
static bool from_epoch(gly_str s, char iso[32])
{
    int64_t seconds = 0, z, era, doe, yoe, doy, mp;

    if (s.len != 10 && s.len != 13)
        return false;
    for (uint32_t i = 0; i < 10; i++)
        seconds = seconds * 10 + (s.ptr[i] - '0');
    z = seconds / 86400 + 719468;
    era = z / 146097;
    doe = z - era * 146097;
    yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    mp = (5 * doy + 2) / 153;
    return put(iso, (int)(yoe + era * 400 + (mp >= 10)), (int)(mp < 10 ? mp + 3 : mp - 9),
               (int)(doy - (153 * mp + 2) / 5 + 1));
}

/* As in Chinese and Japanese: year, month and day each with its sign. */
static bool with_signs(const part *p, int i, int count, char iso[32])
{
    return i + 4 < count && p[i].digits == 4 && p[i + 1].number < 0 && p[i + 1].text.len <= 3 &&
           p[i + 2].number >= 0 && p[i + 3].number < 0 && p[i + 3].text.len <= 3 && !p[i + 3].month &&
           (unsigned char)p[i + 1].text.ptr[0] >= 0x80 && p[i + 4].number >= 0 &&
           put(iso, p[i].number, p[i + 2].number, p[i + 4].number);
}

bool date_read(gly_str text, bool months_first, char iso[32])
{
    part parts[MOST_PARTS];
    int count = split(text, parts);

    if (count == 1 && parts[0].digits == 8)
        return put(iso, parts[0].number / 10000, parts[0].number / 100 % 100, parts[0].number % 100);
    if (count == 1 && parts[0].digits >= 10)
        return from_epoch(parts[0].text, iso);
    for (int i = 0; i < count; i++) {
        if (year_first(parts, i, count, text, iso) || year_last(parts, i, count, months_first, iso))
            return true;
        if (with_signs(parts, i, count, iso) || (parts[i].month && by_name(parts, i, count, iso)))
            return true;
    }
    return false;
}

bool date_of_url(gly_str url, char iso[32])
{
    for (uint32_t i = 0; i + 10 < url.len; i++) {
        const char *p = url.ptr + i;

        if ((p[0] != '/' && p[0] != '-') || (p[1] != '1' && p[1] != '2'))
            continue;
        if (is_digit(p[2]) && is_digit(p[3]) && is_digit(p[4]) && (p[5] == '/' || p[5] == '-') &&
            is_digit(p[6]) && is_digit(p[7]) && p[8] == p[5] && is_digit(p[9]) && is_digit(p[10]) &&
            put(iso, (p[1] - '0') * 1000 + (p[2] - '0') * 100 + (p[3] - '0') * 10 + (p[4] - '0'),
                (p[6] - '0') * 10 + (p[7] - '0'), (p[9] - '0') * 10 + (p[10] - '0')))
            return true;
    }
    return false;
}
