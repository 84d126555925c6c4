/* article - who a text is by, when and where: title, byline, date line, dateline. */
#include "article.h"

#include "kit/words.h"
#include "measure.h"

enum {
    MOST_TITLE_WORDS = 30,
    MOST_SENTENCE_TITLE = 18, /* words of a title that ends with a full stop   */
    FEWEST_BELOW = 8,         /* words of the line below a question            */
    MOST_TITLE_LINES = 3,
    MOST_HEADERS = 8,         /* of a mail                                     */
    FEWEST_HEADERS = 2,
    HEAD_LINES = 8,           /* kept lines among which byline and date stand  */
    PROSE_WORDS = 25,         /* a longer line is the article itself           */
    DUMP_HEAD_LINES = 30,     /* below the title of a page dump                */
    MOST_DATE_WORDS = 16,
    MOST_PROSE_LINES = 2,     /* ... but not far into the text                 */
    SURE = 900, LIKELY = 800, MAYBE = 600, GUESS = 400,
};

static fact *add(article *a, const char *key, uint32_t line_index, uint16_t confidence)
{
    fact *f;

    if (a->count == MOST_FACTS)
        return NULL;
    f = &a->facts[a->count++];
    *f = (fact){ .key = key, .line = line_index, .confidence = confidence };
    return f;
}

static void add_range(article *a, const char *key, uint32_t line_index, gly_range at, uint16_t confidence)
{
    fact *f = add(a, key, line_index, confidence);

    if (f)
        f->at = at;
}

static void add_date(article *a, uint32_t line_index, const date *d, uint16_t confidence)
{
    fact *f = add(a, d->modified ? "modified" : "published", line_index, d->unsure ? GUESS : confidence);

    if (f)
        memcpy(f->value, d->value, sizeof f->value);
}

/* ---- title ------------------------------------------------------------------- */

/* Most words begin with a capital: "County Says Trump Should Win." */
static bool is_title_case(gly_str s)
{
    uint32_t words = 0, capitals = 0;

    for (uint32_t i = 0; i < s.len; i++) {
        if (i && s.ptr[i - 1] != ' ')
            continue;
        words++;
        capitals += s.ptr[i] >= 'A' && s.ptr[i] <= 'Z';
    }
    return words >= 4 && 3 * capitals >= 2 * words;
}

/* ". It": a full stop and a capital. */
static bool is_two_sentences(gly_str s)
{
    for (uint32_t i = 1; i + 2 < s.len; i++)
        if (s.ptr[i] == '.' && s.ptr[i + 1] == ' ' && s.ptr[i + 2] >= 'A' && s.ptr[i + 2] <= 'Z')
            return true;
    return false;
}

/* A byline, a date line or a dateline comes next. */
static bool leads_a_head(const rules *r, uint32_t i)
{
    const line *l = &r->lines->items[i];
    gly_str low = rules_low(r, l), s = gly_slice(r->text, l->at);
    dateline line_of_place;
    byline names;
    date day;

    return head_dateline(r->phrases, s, false, &line_of_place)
        || (low.len && (date_line(r->phrases, low, &day, 1) || head_byline(r->phrases, s, low, &names)));
}

/* A line that ends like a sentence is a title by its capitals, or by the head
 * below it, or as a question before a longer paragraph. */
static bool is_sentence_title(const rules *r, uint32_t i, uint32_t next)
{
    const line *l = &r->lines->items[i], *below = &r->lines->items[next];
    gly_str s = gly_slice(r->text, l->at);
    char last = s.ptr[s.len - 1];

    if (l->words > MOST_SENTENCE_TITLE || last == ':')
        return false;
    if (below->parted && (is_title_case(s) || leads_a_head(r, next)))
        return true;
    return last != '.' && last != ')' && !is_two_sentences(s)
        && (below->words > l->words || (below->parted && below->words >= FEWEST_BELOW));
}

/* The first line is the title when it is short, no sentence, and text follows. */
static bool is_title(const rules *r, uint32_t i)
{
    const line *l = &r->lines->items[i];
    uint32_t next = lines_kept(r->lines, i + 1);
    gly_str s = gly_slice(r->text, l->at);

    if (next == r->lines->count || l->words > MOST_TITLE_WORDS || l->item || l->role == LINE_NOTES
        || !measure_has_letter(s) || phrases_is(r->phrases, rules_low(r, l), PHRASE_SECTION))
        return false;
    if (l->level)
        return true;
    if (l->ends)
        return is_sentence_title(r, i, next);
    if (strchr(",;", s.ptr[s.len - 1]) || (measure_opens_small(s) && !r->lines->items[next].parted))
        return false;
    return !lines_join(r->lines, r->text, l, l + 1);
}

/* A title that was broken into lines: all that follow without a gap, up to one. */
static uint32_t title_end(const rules *r, uint32_t i)
{
    const lines *ls = r->lines;
    uint32_t end = i + 1, words = ls->items[i].words;

    if (!ls->wrapped || ls->items[i].width < (ls->items[i].capitals ? 20 : 30))
        return end;
    while (end < ls->count && !ls->items[end].parted && !ls->items[end].rule && !ls->items[end].ends
           && ls->items[end].capitals == ls->items[i].capitals && end - i < MOST_TITLE_LINES)
        words += ls->items[end++].words;
    return end < ls->count && ls->items[end].parted && words <= MOST_TITLE_WORDS ? end : i + 1;
}

static void take_label(const rules *r, line *l, article *a)
{
    gly_str low = rules_low(r, l);
    uint32_t length = low.len ? phrases_opens(r->phrases, low, PHRASE_HEADLINE, NULL) : 0;

    while (length && length < low.len && low.ptr[length] == ' ')
        length++;
    if (length == 0 || length == low.len)
        return;
    a->label = (gly_range){ l->at.begin, l->at.begin + length };
    l->at.begin += length;
    l->level = 1;
}

/* ---- byline and date ----------------------------------------------------------- */

static bool knows_first_name(gly_str low, gly_range name)
{
    uint32_t end = name.begin;

    while (end < name.end && low.ptr[end] != ' ')
        end++;
    return word_classes(gly_slice(low, (gly_range){ name.begin, end })) & WORD_FIRST;
}

/* A bare name between the title and a date line. */
static bool is_bare_name(const rules *r, uint32_t i, gly_str low)
{
    uint32_t next = lines_kept(r->lines, i + 1);
    date day;

    return next < r->lines->count && head_name(r->phrases, gly_slice(r->text, r->lines->items[i].at), low)
        && date_line(r->phrases, rules_low(r, &r->lines->items[next]), &day, 1);
}

static bool read_byline(const rules *r, uint32_t i, gly_str low, bool below_title, article *a)
{
    line *l = &r->lines->items[i];
    byline b;

    if (below_title && is_bare_name(r, i, low)) {
        add_range(a, "author", i, l->at, MAYBE);
        l->role = LINE_BYLINE;
        return true;
    }
    if (!head_byline(r->phrases, gly_slice(r->text, l->at), low, &b))
        return false;
    if (!below_title && !knows_first_name(low, b.authors[0]))
        return false;
    for (uint32_t n = 0; n < b.count; n++) {
        gly_range at = { l->at.begin + b.authors[n].begin, l->at.begin + b.authors[n].end };

        add_range(a, "author", i, at, knows_first_name(low, b.authors[n]) ? SURE : LIKELY);
    }
    if (b.date.value[0])
        add_date(a, i, &b.date, LIKELY);
    l->role = LINE_BYLINE;
    return true;
}

static bool read_date(const rules *r, uint32_t i, gly_str low, article *a)
{
    date dates[MOST_DATES];
    uint32_t count = date_line(r->phrases, low, dates, MOST_DATES);

    for (uint32_t n = 0; n < count; n++)
        add_date(a, i, &dates[n], SURE);
    if (count)
        r->lines->items[i].role = LINE_DATE;
    return count > 0;
}

static bool read_dateline(const rules *r, uint32_t i, bool alone, article *a)
{
    line *l = &r->lines->items[i];
    dateline d;

    if (!head_dateline(r->phrases, gly_slice(r->text, l->at), alone, &d))
        return false;
    add_range(a, "dateline", i, (gly_range){ l->at.begin, l->at.begin + d.end }, LIKELY);
    if (d.location.end)
        add_range(a, "location", i, (gly_range){ l->at.begin, l->at.begin + d.location.end }, LIKELY);
    if (d.date.value[0])
        add_date(a, i, &d.date, MAYBE);
    if (alone)
        l->role = LINE_DATELINE;
    a->dateline = i;
    a->dateline_end = d.end;
    return true;
}

/* From the title to the first paragraph, and at most HEAD_LINES. */
static void read_head(const rules *r, const article_hints *o, uint32_t from, bool titled, article *a)
{
    uint32_t seen = 0;

    for (uint32_t i = lines_kept(r->lines, from); i < r->lines->count && seen < HEAD_LINES;
         i = lines_kept(r->lines, i + 1), seen++) {
        const line *l = &r->lines->items[i];
        gly_str low = rules_low(r, l);

        if (l->role != LINE_PLAIN)
            continue;
        if (low.len && o->byline && read_byline(r, i, low, titled, a))
            continue;
        if (low.len && o->dates && read_date(r, i, low, a))
            continue;
        if (o->dates && a->dateline == GLY_NO_REF) {
            if (l->words <= 12 && read_dateline(r, i, true, a))
                continue;
            if (l->words > 6 && read_dateline(r, i, false, a))
                return;
        }
        if (l->words >= PROSE_WORDS || (l->ends && l->words > 12))
            return;
    }
}

/* A date or a byline may be the last line as well: "Posted on 2 May 2023". */
static void read_foot(const rules *r, const article_hints *o, article *a)
{
    uint32_t i = r->lines->count;
    gly_str low;

    while (i > 0 && r->lines->items[i - 1].rule)
        i--;
    if (i < 3 || a->count == MOST_FACTS || r->lines->items[i - 1].role != LINE_PLAIN)
        return;
    low = rules_low(r, &r->lines->items[i - 1]);
    if (low.len && o->dates && phrases_opens(r->phrases, low, PHRASE_PUBLISHED, NULL))
        read_date(r, i - 1, low, a);
}

static void read_embargo(const rules *r, uint32_t i, article *a)
{
    line *l = &r->lines->items[i];
    gly_str low = rules_low(r, l);
    uint32_t from = phrases_opens(r->phrases, low, PHRASE_EMBARGO, NULL);
    gly_str rest;
    fact *f;
    date d;

    while (from < low.len && strchr(": -", low.ptr[from]))
        from++;
    rest = (gly_str){ low.ptr + from, low.len - from };
    f = add(a, "embargo", i, SURE);
    if (!f)
        return;
    if (date_line(r->phrases, rest, &d, 1) || date_find(r->phrases, rest, 0, &d))
        memcpy(f->value, d.value, sizeof f->value);
    else
        f->at = l->at;
}

/* "From: ..." and "Subject: ..." at the top: the subject is the title, the date is
 * kept, the lines go. */
static void read_mail_head(const rules *r, const article_hints *o, article *a)
{
    uint32_t headers = 0;

    while (headers < r->lines->count && headers < MOST_HEADERS
           && phrases_opens(r->phrases, rules_low(r, &r->lines->items[headers]), PHRASE_MAIL, NULL))
        headers++;
    for (uint32_t i = 0; headers >= FEWEST_HEADERS && i < headers; i++) {
        line *l = &r->lines->items[i];
        gly_str low = rules_low(r, l);
        const phrase_list *header = NULL;
        date day;

        phrases_opens(r->phrases, low, PHRASE_MAIL, &header);
        if (header->value == MAIL_SUBJECT)
            continue;
        if (header->value == MAIL_DATE && o->dates
            && (date_line(r->phrases, low, &day, 1) || date_find(r->phrases, low, 0, &day)))
            add_date(a, i, &day, SURE);
        rules_take(r, l, "mail-header");
    }
}

/* A date or a byline may stand above the title. */
static uint32_t read_above(const rules *r, const article_hints *o, article *a)
{
    lines *ls = r->lines;
    uint32_t first = lines_kept(ls, 0);

    while (first < ls->count && first < HEAD_LINES) {
        gly_str low = rules_low(r, &ls->items[first]);

        if (!low.len || !((o->dates && read_date(r, first, low, a))
                          || (o->byline && read_byline(r, first, low, false, a))))
            break;
        first = lines_kept(ls, first + 1);
    }
    return first;
}

static bool has_fact(const article *a, const char *key)
{
    for (uint32_t i = 0; i < a->count; i++)
        if (strcmp(a->facts[i].key, key) == 0)
            return true;
    return false;
}

/* A date line above the first line kept, the nearest. */
static void find_date_above(const rules *r, article *a)
{
    uint32_t first = lines_kept(r->lines, 0);

    for (uint32_t i = first; i > 0 && first - i < DUMP_HEAD_LINES; i--) {
        line *l = &r->lines->items[i - 1];
        gly_str low = l->words <= MOST_DATE_WORDS ? rules_low(r, l) : (gly_str){ NULL, 0 };

        if (low.len && read_date(r, i - 1, low, a)) {
            l->rule = NULL;
            return;
        }
    }
}

/* The head of an article in a page dump lies between its title and its text, in
 * lines that were taken for furniture: they come back. */
static void read_dump_head(const rules *r, const article_hints *o, article *a)
{
    line *items = r->lines->items, *title = &items[o->headline];
    uint32_t kept = 0;

    if (o->title) {
        title->rule = NULL;
        title->role = LINE_TITLE;
        add_range(a, "title", o->headline, title->at, MAYBE);
    }
    for (uint32_t i = o->headline + 1; i < r->lines->count && i < o->headline + DUMP_HEAD_LINES
         && kept < MOST_PROSE_LINES; i++) {
        gly_str low = rules_low(r, &items[i]);

        kept += !items[i].rule && items[i].words >= PROSE_WORDS;
        if (!low.len || items[i].words > PROSE_WORDS)
            continue;
        if ((o->byline && read_byline(r, i, low, true, a)) || (o->dates && read_date(r, i, low, a)))
            items[i].rule = NULL;
    }
    if (o->dates && !has_fact(a, "published") && !has_fact(a, "modified"))
        find_date_above(r, a);
}

void article_read(const rules *r, const article_hints *o, article *a)
{
    lines *ls = r->lines;
    uint32_t first, end;
    bool titled = false;

    *a = (article){ .dateline = GLY_NO_REF };
    if (o->embargo != GLY_NO_REF)
        read_embargo(r, o->embargo, a);
    if (o->headline != GLY_NO_REF) {
        read_dump_head(r, o, a);
        return;
    }
    read_mail_head(r, o, a);
    first = read_above(r, o, a);
    if (first < ls->count && o->title) {
        take_label(r, &ls->items[first], a);
        titled = is_title(r, first) && !(o->dates && read_dateline(r, first, true, a));
    }
    end = titled ? title_end(r, first) : first;
    for (uint32_t i = first; titled && i < end; i++)
        ls->items[i].role = LINE_TITLE;
    if (titled)
        add_range(a, "title", first, (gly_range){ ls->items[first].at.begin, ls->items[end - 1].at.end },
                  ls->items[first].level ? SURE : LIKELY);
    read_head(r, o, end, titled, a);
    read_foot(r, o, a);
}
