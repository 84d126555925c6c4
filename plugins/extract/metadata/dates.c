/* dates - a text is split into runs of digits and of letters; a date is three of
 * them in a row that make sense together. */
#include "dates.h"


#include "base/utf8.h"
#include "kit/calendar.h"
#include "kit/unicode.h"

enum { FIRST_YEAR = 1980, LAST_YEAR = 2099, MOST_PARTS = 64, LONGEST_MONTH = 24 };

typedef struct part { /* a run of digits or of letters           */
    int     number;   /* -1: a word                              */
    int     digits;
    int     month;    /* of a word; 0: it is none                */
    gly_str text;
    char    after;    /* the byte behind it                      */
} part;

/* ---- months ---------------------------------------------------------------------- */

static uint32_t hash_of(const char *bytes, uint32_t length)
{
    uint32_t hash = 2166136261u;

    for (uint32_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)bytes[i]) * 16777619u;
    return hash;
}

static void add_month(months *m, const char *name, uint32_t length, int number)
{
    uint32_t slot = hash_of(name, length) & 1023;

    while (m->slots[slot].name)
        slot = (slot + 1) & 1023;
    m->slots[slot] = (struct month){ name, (uint8_t)length, (uint8_t)number };
}

void months_prepare(months *m)
{
    memset(m, 0, sizeof *m);
    for (const calendar_list *l = calendar_lists; l->words; l++) {
        if (l->kind != CALENDAR_MONTH)
            continue;
        for (const char *word = l->words, *end; *word; word = *end ? end + 1 : end) {
            end = strchr(word, ' ');
            end = end ? end : word + strlen(word);
            add_month(m, word, (uint32_t)(end - word), l->value);
        }
    }
}

static int month_of(const months *m, gly_str word)
{
    char low[LONGEST_MONTH + 4];
    uint32_t length = 0;

    if (word.len > LONGEST_MONTH)
        return 0;
    for (const char *at = word.ptr, *end = word.ptr + word.len; at < end && length <= LONGEST_MONTH;) {
        uint32_t c = unicode_lower(utf8_next(&at));

        length += (uint32_t)utf8_put(low + length, c);
    }
    for (uint32_t slot = hash_of(low, length) & 1023; m->slots[slot].name; slot = (slot + 1) & 1023)
        if (m->slots[slot].length == length && memcmp(m->slots[slot].name, low, length) == 0)
            return m->slots[slot].number;
    return 0;
}

/* ---- parts ------------------------------------------------------------------------ */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (unsigned char)c >= 0x80;
}

static int split(const months *m, gly_str s, part *parts)
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
        p->month = p->number < 0 ? month_of(m, p->text) : 0;
        p->after = i < s.len ? s.ptr[i] : '\0';
        count++;
    }
    return count;
}

/* "2023-05-02", for years of four digits. */
static void put_iso(char *iso, int year, int month, int day)
{
    const int digits[] = { year / 1000, year / 100 % 10, year / 10 % 10, year % 10, -1, month / 10,
                           month % 10, -1, day / 10, day % 10 };

    for (size_t i = 0; i < sizeof digits / sizeof *digits; i++)
        *iso++ = (char)(digits[i] < 0 ? '-' : '0' + digits[i]);
    *iso = '\0';
}

static bool put(date *d, int year, int month, int day)
{
    if (year < FIRST_YEAR || year > LAST_YEAR || !calendar_is_day(year, month, day))
        return false;
    d->year = year, d->month = month, d->day = day;
    d->either = d->timed = false;
    put_iso(d->iso, year, month, day);
    return true;
}

/* "T10:20:30+02:00" behind an ISO date stays as it is written. */
static void put_time(date *d, gly_str rest)
{
    uint32_t n = 1;

    if (rest.len < 6 || (rest.ptr[0] != 'T' && rest.ptr[0] != ' ') || !is_digit(rest.ptr[1]) ||
        !is_digit(rest.ptr[2]) || rest.ptr[3] != ':' || !is_digit(rest.ptr[4]) || !is_digit(rest.ptr[5]))
        return;
    while (n < rest.len && n < 20 && (is_digit(rest.ptr[n]) || memchr(":+-Z", rest.ptr[n], 4)))
        n++;
    d->iso[10] = 'T';
    memcpy(d->iso + 11, rest.ptr + 1, n - 1);
    d->iso[10 + n] = '\0';
    d->timed = true;
}

/* ---- forms: each says how many parts it took, 0 when it does not fit at part i ---- */

/* Year, month, day, all in digits. */
static int year_first(const part *p, int i, int count, gly_str text, date *d)
{
    const char *end;

    if (i + 2 >= count || p[i].digits != 4 || p[i + 1].number < 0 || p[i + 2].number < 0 ||
        p[i + 1].digits > 2 || p[i + 2].digits > 2 || !p[i].after || !memchr("-/.", p[i].after, 3) ||
        p[i].after != p[i + 1].after || !put(d, p[i].number, p[i + 1].number, p[i + 2].number))
        return 0;
    end = p[i + 2].text.ptr + p[i + 2].text.len;
    put_time(d, (gly_str){ end, (uint32_t)(text.ptr + text.len - end) });
    return 3;
}

/* 2.5.2023, 5/2/2023, 02.05.23; after a full stop the day always stands first. */
static int year_last(const part *p, int i, int count, date_order order, date *d)
{
    int first, second, year;
    bool swap;

    if (i + 2 >= count || p[i].number < 0 || p[i].digits > 2 || p[i + 1].number < 0 || p[i + 1].digits > 2 ||
        (p[i + 2].digits != 4 && p[i + 2].digits != 2) || !p[i].after || !memchr("./-", p[i].after, 3))
        return 0;
    if (p[i].after != p[i + 1].after)
        return 0;
    if (p[i + 2].digits == 2 && (p[i].after == '-' || p[i].digits < 2 || p[i + 1].digits < 2 ||
                                 (p[i + 2].after && memchr(".:/-", p[i + 2].after, 4))))
        return 0;
    first = p[i].number, second = p[i + 1].number;
    year = p[i + 2].digits == 2 ? 2000 + p[i + 2].number : p[i + 2].number;
    swap = p[i].after != '.' && first <= 12 && (second > 12 || order == DATE_MONTH_FIRST);
    if (!put(d, year, swap ? first : second, swap ? second : first))
        return 0;
    d->either = p[i].after != '.' && first <= 12 && second <= 12 && first != second;
    return 3;
}

static bool is_clock(const part *p)
{
    return p->number >= 0 && p->digits <= 2;
}

/* May 2, 2023; May 2nd, 2023; May 2 10:20 2023: from the month on. */
static int month_first(const part *p, int i, int count, date *d)
{
    int k = i + 2;

    if (i + 2 >= count || !p[i].month || p[i + 1].number < 0 || p[i + 1].digits > 2)
        return 0;
    if (p[k].number < 0 && p[k].text.len <= 2)
        k++;
    for (int clock = 0; clock < 3 && k < count && is_clock(&p[k]); clock++)
        k++;
    if (k >= count || p[k].digits != 4 || !put(d, p[k].number, p[i].month, p[i + 1].number))
        return 0;
    return k + 1 - i;
}

/* 2 May 2023; 2nd of May, 2023; 2. Mai 2023; 2 de mayo de 2023; 02-May-23. */
static int day_first(const part *p, int i, int count, date *d)
{
    int k = i + 1, last, year;

    if (p[i].number < 0 || p[i].digits > 2)
        return 0;
    for (int short_words = 0; short_words < 2 && k < count && p[k].number < 0 && !p[k].month &&
                              p[k].text.len <= 2; short_words++)
        k++;
    if (k >= count || !p[k].month)
        return 0;
    last = k + 1;
    if (last < count && p[last].number < 0 && p[last].text.len <= 3 && !p[last].month)
        last++;
    if (last >= count || p[last].number < 0 || (p[last].digits != 4 && p[last].digits != 2))
        return 0;
    if (p[last].digits == 2 && (p[k].after != '-' && p[k].after != ' '))
        return 0;
    if (p[last].digits == 2 && p[last].after == ':')
        return 0;
    year = p[last].digits == 2 ? 2000 + p[last].number : p[last].number;
    return put(d, year, p[k].month, p[i].number) ? last + 1 - i : 0;
}

static bool is_sign(const part *p, const char *sign)
{
    return p->text.len == strlen(sign) && memcmp(p->text.ptr, sign, p->text.len) == 0;
}

/* 2023 May 2, and as in Chinese, Japanese and Korean with a sign after each number. */
static int with_signs(const part *p, int i, int count, date *d)
{
    if (p[i].digits != 4)
        return 0;
    if (i + 4 < count && p[i + 2].number >= 0 && p[i + 4].number >= 0)
        for (const calendar_signs *s = calendar_signs_of; s->year; s++)
            if (is_sign(&p[i + 1], s->year) && is_sign(&p[i + 3], s->month) &&
                put(d, p[i].number, p[i + 2].number, p[i + 4].number))
                return 5;
    if (i + 2 < count && p[i + 1].month && is_clock(&p[i + 2]) &&
        put(d, p[i].number, p[i + 1].month, p[i + 2].number))
        return 3;
    return 0;
}

/* Seconds or thousandths since 1970, in UTC. */
static bool from_epoch(gly_str s, date *d)
{
    int64_t seconds = 0;
    int year, month, day;

    if (s.len != 10 && s.len != 13)
        return false;
    for (uint32_t i = 0; i < 10; i++)
        seconds = seconds * 10 + (s.ptr[i] - '0');
    calendar_date((int32_t)(seconds / 86400), &year, &month, &day);
    return put(d, year, month, day);
}

static uint32_t of_digits_alone(const part *p, date *d)
{
    d->at = (gly_range){ 0, p->text.len };
    if (p->digits == 8)
        return put(d, p->number / 10000, p->number / 100 % 100, p->number % 100);
    return p->digits >= 10 && from_epoch(p->text, d);
}

static int form_at(const part *p, int i, int count, gly_str text, date_order order, date *d)
{
    int took = year_first(p, i, count, text, d);

    took = took ? took : year_last(p, i, count, order, d);
    took = took ? took : day_first(p, i, count, d);
    took = took ? took : month_first(p, i, count, d);
    return took ? took : with_signs(p, i, count, d);
}

/* Every form has two numbers, or one of eight digits; most texts that are asked about do not. */
static bool may_have_date(gly_str s)
{
    uint32_t numbers = 0, digits = 0; /* digits: in a row before this byte */

    for (uint32_t i = 0; i < s.len; i++) {
        if (!is_digit(s.ptr[i])) {
            digits = 0;
            continue;
        }
        numbers += digits++ == 0;
        if (numbers == 2 || digits == 8)
            return true;
    }
    return false;
}

uint32_t dates_find(const months *m, gly_str text, date_order order, date out[MOST_DATES])
{
    part parts[MOST_PARTS];
    int count = may_have_date(text) ? split(m, text, parts) : 0;
    uint32_t found = 0;

    if (count == 1 && parts[0].digits >= 8)
        return of_digits_alone(&parts[0], &out[0]);
    for (int i = 0; i < count && found < MOST_DATES;) {
        date *d = &out[found];
        int took = form_at(parts, i, count, text, order, d);

        if (took) {
            const part *last = &parts[i + took - 1];

            d->at = (gly_range){ (uint32_t)(parts[i].text.ptr - text.ptr),
                                 (uint32_t)(last->text.ptr + last->text.len - text.ptr) };
            found++;
        }
        i += took ? took : 1;
    }
    return found;
}

/* Value of `length` digits at p; -1: other bytes are among them. */
static int number_at(const char *p, int length)
{
    int value = 0;

    for (int i = 0; i < length; i++) {
        if (!is_digit(p[i]))
            return -1;
        value = value * 10 + (p[i] - '0');
    }
    return value;
}

bool date_of_url(gly_str url, date *out)
{
    for (uint32_t i = 0; i + 8 < url.len; i++) {
        const char *p = url.ptr + i;
        bool parted = (p[0] == '/' || p[0] == '-' || p[0] == '_') && i + 10 < url.len;

        if (is_digit(p[0]) || number_at(p + 1, 4) < FIRST_YEAR)
            continue;
        if (parted && (p[5] == '/' || p[5] == '-') && p[8] == p[5] && number_at(p + 6, 2) > 0 &&
            (i + 11 == url.len || !is_digit(p[11])) &&
            put(out, number_at(p + 1, 4), number_at(p + 6, 2), number_at(p + 9, 2)))
            return true;
        if ((p[0] == '/' || p[0] == '-' || p[0] == '_') && (i + 9 == url.len || !is_digit(p[9])) &&
            number_at(p + 5, 4) > 0 &&
            put(out, number_at(p + 1, 4), number_at(p + 5, 2), number_at(p + 7, 2)))
            return true;
    }
    return false;
}

int32_t date_number(const date *d)
{
    return calendar_number(d->year, d->month, d->day);
}

bool date_swapped(const date *d, date *out)
{
    *out = *d;
    return put(out, d->year, d->day, d->month);
}
