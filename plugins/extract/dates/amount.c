/* amount - money, percentages and quantities with a unit.
 *
 * A number alone is no amount: something that says of what must stand beside it. */
#include "amount.h"

#include "number.h"

enum { PENCE_IN_POUND = 100, LONGEST_PREFIX = 2 };

/* An amount while it is read: the number, then scale and unit behind it. */
typedef struct reading {
    number      number;
    double      scale, times; /* times: of the unit */
    const char *unit;
    bool        letter;       /* the scale is m or k, which need a currency    */
    bool        closed;       /* a hyphen joins it to a word: no unit follows  */
    uint32_t    begin, end;   /* bytes                                         */
    uint32_t    next;         /* token behind what was read                    */
} reading;

/* ---- currencies ------------------------------------------------------------------ */

static bool begins_with(const scan *s, uint32_t byte, const char *what)
{
    while (*what && scan_byte(s, byte) == *what)
        byte++, what++;
    return *what == '\0';
}

/* The currency whose sign token i is; *begin moves to a word before it, as in US$. */
static const char *sign_of(const scan *s, uint32_t i, uint32_t *begin)
{
    gly_str before = { "", 0 };

    if (i >= s->count || !(s->tokens[i].flags & GLY_TOKEN_MARK))
        return NULL;
    if (scan_is_joined(s, i) && s->tokens[i - 1].flags & GLY_TOKEN_WORD)
        before = scan_token(s, i - 1);
    for (const measure_sign *m = measure_signs; m->sign; m++) {
        if (!begins_with(s, s->tokens[i].at.begin, m->sign))
            continue;
        if (m->before
            && (strlen(m->before) != before.len || memcmp(m->before, before.ptr, before.len) != 0))
            continue;
        *begin = m->before ? s->tokens[i - 1].at.begin : s->tokens[i].at.begin;
        return m->unit;
    }
    return NULL;
}

/* A currency's name or code; pounds are money where a scale or the sign says so. */
static const measure_list *currency_word(const scan *s, uint32_t i, bool scaled)
{
    const measure_list *m = scan_measure(s, i, MEASURE_CURRENCY);

    if (m)
        return m;
    m = scan_measure(s, i, MEASURE_CODE);
    if (m && s->tokens[i].flags & GLY_TOKEN_UPPER)
        return m;
    m = scan_measure(s, i, MEASURE_POUNDS);
    return m && (scaled || s->pounds) ? m : NULL;
}

/* "US dollars", "Swiss francs": the nation says which. */
static const measure_list *nation(const scan *s, uint32_t i)
{
    const measure_list *m = scan_is_near(s, i + 1) ? scan_measure(s, i, MEASURE_NATION) : NULL;

    if (m && (currency_word(s, i + 1, true) || scan_measure(s, i + 1, MEASURE_COIN)))
        return m;
    return NULL;
}

static bool is_digits(const scan *s, uint32_t i)
{
    return i < s->count && scan_is_digit(scan_byte(s, s->tokens[i].at.begin));
}

static bool take(reading *r, const scan *s, uint32_t last, const char *unit, double times)
{
    r->unit = unit;
    r->times = times;
    r->end = s->tokens[last].at.end;
    r->next = last + 1;
    return true;
}

static bool read_currency(const scan *s, uint32_t i, reading *r)
{
    uint32_t begin;
    const measure_list *m, *after;
    const char *unit = sign_of(s, i, &begin);

    if (unit) /* not that of "10 £5 notes" */
        return !(scan_is_joined(s, i + 1) && is_digits(s, i + 1)) && take(r, s, i, unit, 1);
    if (scan_calendar(s, i, CALENDAR_OF) && scan_is_near(s, i + 1))
        i++;
    m = nation(s, i);
    if (m)
        return take(r, s, i + 1, m->unit, 1);
    m = currency_word(s, i, r->scale > 1);
    if (!m)
        return false;
    after = scan_is_near(s, i + 1) ? scan_measure(s, i + 1, MEASURE_NATION) : NULL;
    if (after && !(s->tokens[i].flags & GLY_TOKEN_UPPER)
        && !(s->language & measure_nation_first_languages)) /* "dollars canadiens" */
        return take(r, s, i + 1, after->unit, 1);
    return take(r, s, i, m->unit, m->value);
}

/* ---- percentages and units ----------------------------------------------------------- */

static bool read_percent(const scan *s, uint32_t i, reading *r)
{
    if (scan_is_mark(s, i, '%') || scan_measure(s, i, MEASURE_PERCENT))
        return take(r, s, i, "%", 1);
    if (scan_measure(s, i, MEASURE_PER) && scan_is_near(s, i + 1) && scan_measure(s, i + 1, MEASURE_CENT))
        return take(r, s, i + 1, "%", 1);
    return false;
}

/* A raised 2 or 3, or "/h", behind the unit that ends at this byte. */
static bool read_power(const scan *s, uint32_t last, const char *unit, reading *r)
{
    static const struct { const char *unit, *behind, *whole; } powers[] = {
        { "km", "²", "km²" }, { "km", "/h", "km/h" }, { "m", "²", "m²" }, { "m", "³", "m³" },
        { "cm", "²", "cm²" }, { "cm", "³", "cm³" }
    };
    uint32_t end = r->end;

    for (size_t p = 0; p < sizeof powers / sizeof *powers; p++) {
        if (strcmp(powers[p].unit, unit) != 0 || !begins_with(s, end, powers[p].behind))
            continue;
        r->unit = powers[p].whole;
        r->end = end + (uint32_t)strlen(powers[p].behind);
        r->next = scan_after(s, last, r->end);
        return true;
    }
    return false;
}

static bool read_degrees(const scan *s, uint32_t i, reading *r)
{
    char scale = scan_byte(s, s->tokens[i].at.end);

    if (!begins_with(s, s->tokens[i].at.begin, "°") || (scale != 'C' && scale != 'F')
        || !scan_is_joined(s, i + 1) || s->tokens[i + 1].at.end != s->tokens[i].at.end + 1)
        return false;
    return take(r, s, i + 1, scale == 'C' ? "°C" : "°F", 1);
}

static bool read_unit(const scan *s, uint32_t i, reading *r)
{
    const measure_list *m = scan_measure(s, i, MEASURE_UNIT), *area = scan_measure(s, i, MEASURE_AREA);

    if (m) {
        take(r, s, i, m->unit, m->value);
        read_power(s, i, m->unit, r);
        return true;
    }
    if (area) {
        take(r, s, i, area->unit, 1);
        if (read_power(s, i, area->unit, r))
            return true;
        r->unit = NULL;
        return false;
    }
    return read_degrees(s, i, r);
}

/* ---- numbers with what stands behind them ----------------------------------------------- */

static void scale_by(reading *r, const measure_list *m, uint32_t letters)
{
    r->scale *= m->value;
    r->letter |= letters == 1;
}

/* The word up to a hyphen. */
static gly_str until_hyphen(gly_str word)
{
    const char *hyphen = memchr(word.ptr, '-', word.len);

    return (gly_str){ word.ptr, hyphen ? (uint32_t)(hyphen - word.ptr) : word.len };
}

/* What is glued to the digits, with a hyphen or without: "5m", "20km", "50p",
 * "$1.5-million", "5-mile", "£20m-a-year". False when it is not known, but for
 * something else behind a hyphen, which is none of the amount. */
static bool read_suffix(const scan *s, uint32_t i, reading *r)
{
    uint32_t begin = r->number.end, hyphen = s->text.ptr[begin] == '-';
    gly_str suffix = until_hyphen(gly_slice(s->text, (gly_range){ begin + hyphen, s->tokens[i].at.end }));
    const lexicon_entry *entry = lexicon_lower(s->words, suffix);
    const measure_list *scale = lexicon_measure(entry, MEASURE_SCALE, s->language);
    const measure_list *unit = lexicon_measure(entry, MEASURE_UNIT, s->language);
    const measure_list *pence = lexicon_measure(entry, MEASURE_PENCE, s->language);

    if (pence && !hyphen && number_value(&r->number, 1) < PENCE_IN_POUND)
        unit = pence;
    else if (!unit && !scale && !hyphen && begins_with(s, s->tokens[i].at.end, "²")
             && lexicon_measure(entry, MEASURE_AREA, 0))
        unit = lexicon_measure(entry, MEASURE_AREA, 0);
    if (unit)
        take(r, s, i, unit->unit, unit->value);
    else if (scale)
        scale_by(r, scale, suffix.len);
    r->next = i + 1;
    r->end = unit || scale ? begin + hyphen + suffix.len : begin;
    r->closed = r->end < s->tokens[i].at.end;
    if (unit && !r->closed)
        read_power(s, i, unit->unit, r);
    return unit || scale || hyphen;
}

static bool is_raised(const scan *s, uint32_t byte)
{
    return begins_with(s, byte, "²") || begins_with(s, byte, "³");
}

/* "million", "Mio.", "mil millones" from r->next on. */
static void read_scales(const scan *s, reading *r)
{
    for (int n = 0; n < 2 && scan_is_near(s, r->next); n++) {
        gly_str token = scan_token(s, r->next), word = until_hyphen(token);
        const measure_list *m = lexicon_measure(word.len == token.len ? scan_entry(s, r->next)
                                                : lexicon_lower(s->words, word), MEASURE_SCALE, s->language);

        if (!m || is_raised(s, s->tokens[r->next].at.end))
            return;
        scale_by(r, m, word.len);
        r->end = s->tokens[r->next].at.begin + word.len;
        r->next++;
        r->closed = word.len < token.len; /* "billion-plus" */
        if (r->closed)
            return;
        if (scan_is_mark(s, r->next, '.') && scan_is_joined(s, r->next) && scan_is_near(s, r->next + 1))
            r->next++;
    }
}

/* Digits, or a number word where a scale or "per cent" follows; and the scales. */
static bool read_number(const scan *s, uint32_t i, reading *r)
{
    const measure_list *word;

    *r = (reading){ .scale = 1, .times = 1, .begin = s->tokens[i].at.begin };
    if (scan_is_digit(scan_byte(s, r->begin))) {
        if (!number_read(s, i, &r->number))
            return false;
        r->end = r->number.end;
        r->next = scan_after(s, i, r->end);
        if (r->next > i + 1 && s->tokens[r->next - 1].at.end > r->end) /* "1 200km" */
            i = r->next - 1;
        if (s->tokens[i].at.end > r->end && !read_suffix(s, i, r))
            return false;
    } else {
        word = scan_measure(s, i, MEASURE_NUMBER);
        if (!word)
            return false;
        r->number = (number){ word->value, 1, s->tokens[i].at.end };
        r->end = r->number.end;
        r->next = i + 1;
    }
    if (!r->unit && !r->closed)
        read_scales(s, r);
    return true;
}

/* The unit behind the number; false: there is none. */
static bool read_behind(const scan *s, reading *r, bool digits)
{
    if (r->unit)
        return true;
    if (r->closed || !scan_is_near(s, r->next))
        return false;
    if ((digits || r->scale > 1) && read_currency(s, r->next, r))
        return true;
    if (r->letter)
        return false;
    return read_percent(s, r->next, r) || (digits && read_unit(s, r->next, r));
}

static void read_minus(const scan *s, uint32_t i, reading *r)
{
    gly_str mark;

    if (!scan_is_joined(s, i) || scan_is_joined(s, i - 1))
        return;
    mark = scan_token(s, i - 1);
    if (mark.ptr[0] != '-' && !gly_str_eq(mark, GLY_LIT("−")))
        return;
    r->number.digits = -r->number.digits;
    r->begin = s->tokens[i - 1].at.begin;
}

/* Bits of other things: fractions, dates, versions, "24/7". */
static bool is_part(const scan *s, uint32_t i)
{
    char before = s->tokens[i].at.begin ? s->text.ptr[s->tokens[i].at.begin - 1] : ' ';

    return before == '/' || before == '.' || before == '_' || before == '#';
}

static uint32_t finish(amount *a, const reading *r)
{
    *a = (amount){ { r->begin, r->end }, number_value(&r->number, r->scale * r->times), r->unit };
    if (r->times < 1) /* hundredths, without the error of a product */
        a->value = r->number.digits / (r->number.divisor * PENCE_IN_POUND);
    return 1;
}

/* ---- ranges ---------------------------------------------------------------------------------- */

/* The token behind a dash or "to" at i, 0: neither. *dash: it is a dash without
 * spaces. */
static uint32_t range_to(const scan *s, uint32_t i, bool *dash)
{
    gly_str mark;

    if (!scan_is_near(s, i) || !scan_is_near(s, i + 1))
        return 0;
    mark = scan_token(s, i);
    *dash = scan_is_joined(s, i) && scan_is_joined(s, i + 1)
        && (mark.ptr[0] == '-' || gly_str_eq(mark, GLY_LIT("–")));
    if (!*dash && !scan_calendar(s, i, CALENDAR_TO))
        return 0;
    return i + 1;
}

/* The lower end has the unit of the upper, and its scale when it names none. */
static uint32_t finish_range(amount found[2], reading *low, const reading *high, uint32_t *next)
{
    low->unit = high->unit;
    low->times = high->times;
    if (low->scale == 1) /* NOLINT: set to 1, never computed */
        low->scale = high->scale;
    *next = high->next;
    return finish(&found[0], low) + finish(&found[1], high);
}

/* "5-10 %", "two to three million euros". */
static uint32_t number_first(const scan *s, uint32_t i, amount found[2], uint32_t *next)
{
    reading low, high;
    bool dash;
    uint32_t to;

    if (is_part(s, i) || !read_number(s, i, &low))
        return 0;
    read_minus(s, i, &low);
    if (read_behind(s, &low, is_digits(s, i))) {
        *next = low.next;
        return finish(found, &low);
    }
    to = range_to(s, low.next, &dash);
    if (!to || !read_number(s, to, &high) || !read_behind(s, &high, is_digits(s, to)))
        return 0;
    return finish_range(found, &low, &high, next);
}

/* "£2.5 million", "EUR 30", "$1-2bn". */
static uint32_t currency_first(const scan *s, uint32_t i, const char *unit, uint32_t begin,
                               amount found[2], uint32_t *next)
{
    reading low, high;
    bool dash;
    uint32_t to;

    if (!scan_is_near(s, i + 1) || !is_digits(s, i + 1) || !read_number(s, i + 1, &low) || low.unit)
        return 0;
    low.unit = unit;
    low.begin = begin;
    *next = low.next;
    to = low.scale > 1 ? 0 : range_to(s, low.next, &dash);
    if (!to || !is_digits(s, to) || !read_number(s, to, &high) || high.unit
        || !(dash || high.scale > 1))
        return finish(found, &low);
    high.unit = unit;
    return finish_range(found, &low, &high, next);
}

uint32_t amount_read(const scan *s, uint32_t i, amount found[2], uint32_t *next)
{
    uint32_t begin = s->tokens[i].at.begin;
    const char *unit = sign_of(s, i, &begin);
    const measure_list *word;

    if (unit)
        return currency_first(s, i, unit, begin, found, next);
    word = s->tokens[i].flags & GLY_TOKEN_UPPER ? scan_measure(s, i, MEASURE_CODE) : NULL;
    if (!word && s->tokens[i].flags & GLY_TOKEN_CAPITAL)
        word = scan_measure(s, i, MEASURE_CURRENCY);
    if (word) {
        if (scan_is_mark(s, i + 1, '.') && scan_is_joined(s, i + 1)) /* "Rs. 300" */
            i++;
        return currency_first(s, i, word->unit, begin, found, next);
    }
    return number_first(s, i, found, next);
}
