/* gather - the head of the page first, since it says how dates in digits are read;
 * then its body, in document order. */
#include "gather.h"

#include <strings.h>

#include "kit/page/facts.h"
#include "lexicon.h"

enum {
    SENTENCE = 80, LITTLE_ELSE = 12,   /* bytes of a line beside its date           */
    RANK_SHOWN = 20, RANK_TIME = 850,  /* whose way of writing a day is kept        */
};

/* `what` in small letters. */
static bool holds(gly_str s, const char *what)
{
    uint32_t length = (uint32_t)strlen(what);

    for (uint32_t i = 0; i + length <= s.len; i++)
        if ((s.ptr[i] | 0x20) == what[0] && strncasecmp(s.ptr + i, what, length) == 0)
            return true;
    return false;
}

static bool starts(gly_str s, const char *what)
{
    return s.len >= strlen(what) && strncasecmp(s.ptr, what, strlen(what)) == 0;
}

static bool is(gly_str s, const char *what)
{
    return s.len == strlen(what) && starts(s, what);
}

static bool ends(gly_str s, const char *what)
{
    uint32_t length = (uint32_t)strlen(what);

    return s.len >= length && is(gly_slice(s, (gly_range){ s.len - length, s.len }), what);
}

/* Near the headline: after it, or little before the article's first block. */
static bool is_near(const page_fact *f)
{
    return f->blocks >= -12 && f->blocks <= 2;
}

/* What a reader of the record would call the place. */
static const char *origin_of(const page_fact *f)
{
    switch ((page_fact_kind)f->kind) {
    case PAGE_FACT_META:
        if (starts(f->key, "og:") || starts(f->key, "article:"))
            return "opengraph";
        return starts(f->key, "dc.") || starts(f->key, "dcterms.") ? "dublin-core" : "meta";
    case PAGE_FACT_LINK:
    case PAGE_FACT_TAG: return "link";
    case PAGE_FACT_JSONLD: return "json-ld";
    case PAGE_FACT_TIME: return "time";
    case PAGE_FACT_PROP: return "microdata";
    case PAGE_FACT_AUTHOR: return "byline";
    case PAGE_FACT_DATE: return "text";
    case PAGE_FACT_TITLE: return "title";
    case PAGE_FACT_H1: return "heading";
    case PAGE_FACT_RULE: return "rule";
    case PAGE_FACT_LANG:
    case PAGE_FACT_CARD:
    case PAGE_FACT_KINDS: break;
    }
    return "html";
}

/* ---- days that readers are shown ---------------------------------------------------- */

enum { /* what is said of a shown day, before it is known where it stands */
    NAMED_DATE = 1 << 0, NAMED_PUBLISHED = 1 << 1, UPDATED = 1 << 2, PUBLISHED = 1 << 3, RIGHTS = 1 << 4,
    ALONE = 1 << 5, IN_SENTENCE = 1 << 6, FIRST_IN_LINE = 1 << 7, CLOCK = 1 << 8, IS_TIME = 1 << 9,
};

static uint32_t said_by_name(gly_str name)
{
    uint32_t found = 0;

    if (holds(name, "date") || holds(name, "datum") || holds(name, "time") || holds(name, "fecha"))
        found |= NAMED_DATE;
    if (holds(name, "publi") || holds(name, "pubdate") || holds(name, "posted") || holds(name, "created"))
        found |= NAMED_PUBLISHED;
    if (holds(name, "modif") || holds(name, "updated"))
        found |= UPDATED;
    return found;
}

/* The words of a line before a date, back to the date before it. */
static uint32_t said_before(gly_str text, uint32_t from, uint32_t to)
{
    gly_str before = gly_slice(text, (gly_range){ to - from > SENTENCE ? to - SENTENCE : from, to });

    return (lexicon_says(lexicon_updated, before) ? UPDATED : 0u) |
           (lexicon_says(lexicon_published, before) ? PUBLISHED : 0u) |
           (lexicon_says(lexicon_rights, before) ? RIGHTS : 0u);
}

/* The line of a text around a place. */
static gly_range line_at(gly_str text, gly_range at)
{
    while (at.begin > 0 && text.ptr[at.begin - 1] != '\n')
        at.begin--;
    while (at.end < text.len && text.ptr[at.end] != '\n')
        at.end++;
    return at;
}

static uint32_t said_by_line(gly_str text, const date *d)
{
    gly_range line = line_at(text, d->at);
    uint32_t rest = line.end - line.begin - (d->at.end - d->at.begin), found = 0;

    if (rest <= LITTLE_ELSE)
        found |= ALONE;
    if (rest > SENTENCE)
        found |= IN_SENTENCE;
    if (d->at.begin == line.begin)
        found |= FIRST_IN_LINE;
    for (uint32_t i = d->at.end; i + 2 < line.end && i < d->at.end + 14; i++)
        if (text.ptr[i] == ':' && text.ptr[i + 1] >= '0' && text.ptr[i + 1] <= '5')
            found |= CLOCK;
    return found;
}

static int number_at_end(gly_str s, uint32_t digits)
{
    int number = 0;

    for (uint32_t i = s.len - digits; i < s.len; i++)
        number = number * 10 + (s.ptr[i] - '0');
    return number;
}

static gly_str without_end(gly_str s, const char *ends)
{
    while (s.len && strchr(ends, s.ptr[s.len - 1]))
        s.len--;
    return s;
}

/* "9-23 February 2024", "2. bis 5. Mai 2024": an event lasts, nothing is published so long. */
static bool ends_span(gly_str text, const date *d)
{
    gly_str before = without_end(gly_slice(text, (gly_range){ 0, d->at.begin }), " ");

    for (const char *const *word = lexicon_until; *word; word++) {
        gly_str first = before;
        uint32_t digits = 0;

        if (!ends(before, *word))
            continue;
        first.len -= (uint32_t)strlen(*word);
        first = without_end(first, " .");
        while (digits < first.len && first.ptr[first.len - digits - 1] >= '0' && first.ptr[first.len - digits - 1] <= '9')
            digits++;
        return digits == 4 || (digits && digits <= 2 && number_at_end(first, digits) < d->day &&
                               (digits == first.len || first.ptr[first.len - digits - 1] != ':'));
    }
    return false;
}

static bool is_elsewhere(const page_fact *f)
{
    return f->around & (PAGE_IN_COMMENT | PAGE_IN_RELATED | PAGE_IN_SIDE | PAGE_IN_NAV | PAGE_IN_HIDDEN);
}

static uint64_t top_slot(const gathered *g, const page_fact *f, uint32_t said)
{
    static const struct { uint32_t said; uint64_t evidence; } words[] = {
        { ALONE, DAY_BIT(ALONE) }, { FIRST_IN_LINE, DAY_BIT(FIRST_IN_LINE) }, { CLOCK, DAY_BIT(CLOCK) },
        { IS_TIME, DAY_BIT(TIME) }, { NAMED_DATE, DAY_BIT(NAMED_DATE) },
        { PUBLISHED, DAY_BIT(SAYS_PUBLISHED) },
    };
    static const struct { uint32_t region; uint64_t evidence; } regions[] = {
        { PAGE_IN_ARTICLE, DAY_BIT(IN_ARTICLE) }, { PAGE_IN_HEADER, DAY_BIT(IN_HEADER) },
        { PAGE_IN_META, DAY_BIT(IN_META) }, { PAGE_IN_AUTHOR, DAY_BIT(IN_AUTHOR) },
        { PAGE_IN_LINK, DAY_BIT(IN_LINK) }, { PAGE_IN_LIST, DAY_BIT(IN_LIST) },
    };
    int32_t below = f->blocks - g->h1_blocks; /* blocks under the headline */
    uint64_t found = 0;

    if (said & UPDATED)
        return DAY_BIT(TOP_UPDATED);
    if (said & IN_SENTENCE)
        return DAY_BIT(SENTENCE);
    if (is_elsewhere(f) && (!g->h1.len || below < 0 || below > 4))
        return DAY_BIT(NEAR_ELSEWHERE);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        found |= said & words[i].said ? words[i].evidence : 0;
    for (size_t i = 0; i < sizeof regions / sizeof *regions; i++)
        found |= f->around & regions[i].region ? regions[i].evidence : 0;
    if (g->h1.len && below >= 0 && below <= 6)
        found |= DAY_BIT(UNDER_TITLE);
    if (g->h1.len && below < 0 && below >= -5)
        found |= DAY_BIT(ABOVE_TITLE);
    found |= f->blocks >= -3 ? DAY_BIT(CLOSE_TO_TEXT) : 0;
    return found | (is_elsewhere(f) ? DAY_BIT(TOP_ELSEWHERE) : DAY_BIT(TOP));
}

static uint64_t end_slot(const page_fact *f, uint32_t said)
{
    if (said & UPDATED)
        return DAY_BIT(END_UPDATED);
    if (said & IN_SENTENCE)
        return DAY_BIT(SENTENCE);
    if (is_elsewhere(f))
        return DAY_BIT(END_ELSEWHERE);
    return DAY_BIT(END) | (said & ALONE ? DAY_BIT(ALONE) : 0) |
           (said & PUBLISHED ? DAY_BIT(SAYS_PUBLISHED) : 0) |
           (said & (NAMED_DATE | NAMED_PUBLISHED) ? DAY_BIT(NAMED_DATE) : 0) |
           (f->around & PAGE_IN_ARTICLE ? DAY_BIT(IN_ARTICLE) : 0);
}

static uint64_t far_slot(uint32_t said)
{
    return (said & IS_TIME ? DAY_BIT(FAR_TIME) : DAY_BIT(FAR)) |
           ((said & PUBLISHED) && !(said & UPDATED) ? DAY_BIT(SAYS_PUBLISHED) : 0);
}

static uint64_t slot_of(const gathered *g, const page_fact *f, uint32_t said)
{
    int32_t below = f->blocks - g->h1_blocks;
    bool under_title = g->h1.len && below >= 0 && below <= 4 && g->h1_blocks >= -25;

    if (said & RIGHTS)
        return DAY_BIT(SAYS_RIGHTS);
    if ((f->around & PAGE_IN_COMMENT) && f->blocks > 0)
        return DAY_BIT(COMMENT);
    if (f->blocks < -12 && !under_title)
        return far_slot(said);
    if (f->blocks <= 1)
        return top_slot(g, f, said);
    if (f->after <= 0)
        return said & IN_SENTENCE ? DAY_BIT(SENTENCE) : DAY_BIT(TEXT);
    if (f->after <= 8)
        return end_slot(f, said);
    return far_slot(said);
}

/* Slots in which a reader would take a day for the article's. */
static const uint64_t may_be_first =
    DAY_BIT(TOP) | DAY_BIT(TOP_UPDATED) | DAY_BIT(TOP_ELSEWHERE) | DAY_BIT(TEXT);

static void add_shown(gathered *g, const date *d, uint64_t evidence, uint32_t rank)
{
    if (!g->shown && (evidence & may_be_first))
        evidence |= DAY_BIT(FIRST_SHOWN);
    g->shown |= (evidence & may_be_first) != 0;
    if (d->either && g->eithers < MOST_EITHER)
        g->either[g->eithers++] = (either_date){ *d, evidence, rank, g->all.origin };
    else
        days_add(&g->all.days, d, evidence, rank, g->all.origin);
}

/* An updated day is also one for meta.modified. */
static void shown_days(gathered *g, const page_fact *f, uint64_t evidence, uint32_t rank)
{
    date found[MOST_DATES];
    uint32_t count = dates_find(g->all.months, f->value, g->all.order, found), from = 0;
    bool headline = title_same(f->value, g->h1); /* a day in it is what it is about */

    for (uint32_t i = 0; i < count; i++) {
        uint32_t said = said_by_name(f->key) | said_by_line(f->value, &found[i]) |
                        said_before(f->value, from, found[i].at.begin) | (f->kind == PAGE_FACT_TIME ? IS_TIME : 0u);
        bool span = ends_span(f->value, &found[i]) || (i + 1 < count && ends_span(f->value, &found[i + 1]));

        if (span || (headline && !(said & ALONE)))
            said |= IN_SENTENCE;

        if ((said & UPDATED) && is_near(f))
            candidate_add(&g->all, KEY_MODIFIED, 840, gly_slice(f->value, found[i].at));
        add_shown(g, &found[i], evidence | slot_of(g, f, said), rank);
        from = found[i].at.end;
    }
}

/* ---- one fact ------------------------------------------------------------------------ */

static void link_fact(gathered *g, const page_fact *f)
{
    if (is(f->key, "canonical"))
        candidate_add(&g->all, KEY_URL, 1000, f->value);
    else if (is(f->key, "license"))
        candidate_add(&g->all, KEY_LICENCE, 1000, f->value);
}

static void prop_fact(gathered *g, const page_fact *f)
{
    if (ends(f->key, "datePublished") || ends(f->key, "dateCreated"))
        shown_days(g, f, DAY_BIT(PROP_PUBLISHED), ends(f->key, "dateCreated") ? 300 : 950);
    else if (ends(f->key, "dateModified")) {
        shown_days(g, f, 0, RANK_SHOWN);
        candidate_add(&g->all, KEY_MODIFIED, 950, f->value);
    } else if (holds(f->key, "headline"))
        candidate_add(&g->all, KEY_TITLE, is_near(f) ? 930 : 600, f->value);
    else if (is(f->key, "author") && is_near(f))
        byline_read(&g->all, 880, true, f->value);
    else if (ends(f->key, "articleSection"))
        candidate_add(&g->all, KEY_SECTION, 800, f->value);
}

static bool is_english(const gathered *g)
{
    const candidate *lang = candidate_best(&g->all, KEY_LANG);

    return lang && starts(lang->value, "en");
}

/* "Interview: Ann Other" says who asked; before an English text, rather who answered. */
static bool is_byline(const gathered *g, const page_fact *f)
{
    if (title_same(f->value, g->h1) || title_same(f->value, g->title) ||
        (starts(f->value, "interview:") && f->after <= 0 && is_english(g)))
        return false;
    return byline_opens(&g->all, f->value);
}

/* Far from the headline, only the first that names somebody counts. */
static void author_fact(gathered *g, const page_fact *f)
{
    bool stated = is(f->key, "author") || holds(f->key, "byline") || holds(f->key, "author");
    uint32_t before = g->all.of_key[KEY_AUTHOR];

    if (f->blocks < -15 || ((f->around & PAGE_IN_COMMENT) && f->blocks > 0))
        return;
    if (is(f->key, "line")) { /* any line near the headline: it must say "By" */
        if (is_byline(g, f))
            byline_read(&g->all, is_near(f) ? 780 : 640, false, f->value);
    } else if (is_near(f)) {
        byline_read(&g->all, stated ? 860 : 800, stated, f->value);
    } else if (!g->far_author && !(f->around & (PAGE_IN_RELATED | PAGE_IN_SIDE | PAGE_IN_NAV))) {
        byline_read(&g->all, 620, false, f->value);
        g->far_author = g->all.of_key[KEY_AUTHOR] > before;
    }
    g->all.days.byline |= is_near(f) && g->all.of_key[KEY_AUTHOR] > before;
}

/* Tags beside the article; a list of all that the site has stands elsewhere. */
static void tag_fact(gathered *g, const page_fact *f)
{
    if (f->blocks < -12 || f->after > 8 || is_elsewhere(f) || (f->around & PAGE_IN_FOOTER))
        return;
    if (holds(f->key, "category"))
        candidate_add(&g->all, KEY_SECTION, 700, f->value);
    else
        candidate_add(&g->all, KEY_TAG, 820, f->value);
}

/* What somebody wrote a rule for who looked at the site. Of titles, what heads and
 * headlines say is surer: rules grow old. */
static void rule_fact(gathered *g, const page_fact *f)
{
    if (is(f->key, "title"))
        candidate_add(&g->all, KEY_TITLE, 870, f->value);
    else if (is(f->key, "author"))
        byline_read(&g->all, 965, true, f->value);
    else
        candidate_day(&g->all, f->value, DAY_BIT(META_PUBLISHED) | DAY_BIT(TOP) | DAY_BIT(UNDER_TITLE) |
                      DAY_BIT(FIRST_IN_LINE) | DAY_BIT(ALONE), 965);
}

static void heading_fact(gathered *g, const page_fact *f)
{
    if (g->nheadings < MOST_HEADINGS)
        g->headings[g->nheadings++] = (heading){ candidate_text(&g->all, f->value), f->blocks };
}

static void lang_fact(gathered *g, const page_fact *f)
{
    static const char *const day_first[] = { "gb", "au", "nz", "ie", "in", "za", "ca", NULL };

    candidate_add(&g->all, KEY_LANG, 900, f->value);
    g->all.order = starts(f->value, "en") ? DATE_MONTH_FIRST : DATE_DAY_FIRST;
    for (const char *const *country = day_first; *country; country++)
        if (f->value.len == 5 && ends(f->value, *country))
            g->all.order = DATE_DAY_FIRST;
}

static void of_head(gathered *g, const page_fact *f)
{
    g->all.origin = origin_of(f);
    switch ((page_fact_kind)f->kind) {
    case PAGE_FACT_META: meta_read(&g->all, f->key, f->value); break;
    case PAGE_FACT_LINK: link_fact(g, f); break;
    case PAGE_FACT_JSONLD: jsonld_read(&g->all, f->value); break;
    case PAGE_FACT_LANG: lang_fact(g, f); break;
    case PAGE_FACT_H1: heading_fact(g, f); break;
    case PAGE_FACT_CARD: g->cards = true; break;
    case PAGE_FACT_RULE: rule_fact(g, f); break;
    case PAGE_FACT_TITLE:
        if (!g->title.len)
            g->title = candidate_text(&g->all, f->value);
        break;
    case PAGE_FACT_TIME:
    case PAGE_FACT_PROP:
    case PAGE_FACT_AUTHOR:
    case PAGE_FACT_DATE:
    case PAGE_FACT_TAG:
    case PAGE_FACT_KINDS: break;
    }
}

static void of_body(gathered *g, const page_fact *f)
{
    g->all.origin = origin_of(f);
    if (f->kind == PAGE_FACT_TIME)
        shown_days(g, f, 0, RANK_TIME);
    else if (f->kind == PAGE_FACT_PROP)
        prop_fact(g, f);
    else if (f->kind == PAGE_FACT_AUTHOR)
        author_fact(g, f);
    else if (f->kind == PAGE_FACT_DATE)
        shown_days(g, f, 0, RANK_SHOWN);
    else if (f->kind == PAGE_FACT_TAG)
        tag_fact(g, f);
}

/* The other reading of a day counts when the head of the page agrees with it alone. */
static void decide_either(gathered *g)
{
    const days *d = &g->all.days;

    for (uint32_t i = 0; i < g->eithers; i++) {
        either_date *e = &g->either[i];
        date other;
        bool as_read = false, swapped = false;

        for (uint32_t k = 0; k < d->count && date_swapped(&e->found, &other); k++) {
            as_read |= d->items[k].number == date_number(&e->found);
            swapped |= d->items[k].number == date_number(&other);
        }
        days_add(&g->all.days, swapped && !as_read ? &other : &e->found, e->evidence, e->rank, e->origin);
    }
}

static void read_url(gathered *g, bool url_date)
{
    const candidate *url = candidate_best(&g->all, KEY_URL);
    date found;

    if (!url)
        return;
    g->host = host_of(url->value);
    if (!url_date || !date_of_url(url->value, &found))
        return;
    g->all.origin = "url";
    days_add(&g->all.days, &found, DAY_BIT(URL), RANK_SHOWN, "url");
}

/* Where the page was saved from, when clean.html or clean.mhtml know it. */
static void known_url(gathered *g, const gly_doc *doc)
{
    const gly_meta *known = gly_meta_next(doc, "url", NULL);

    if (known && known->type == GLY_T_STR)
        candidate_add(&g->all, KEY_URL, known->confidence, known->as.s);
}

void gather(gathered *g, const gly_doc *doc, const months *m, bool url_date)
{
    const gly_layer *layer = gly_layer_of(doc, "fact/1");

    memset(g, 0, sizeof *g);
    g->all.arena = doc->arena;
    g->all.months = m;
    g->all.origin = "url";
    for (uint32_t i = 0; i < GLY_COUNT(layer); i++)
        of_head(g, &GLY_RECORDS(layer, page_fact)[i]);
    headline_choose(g);
    known_url(g, doc);
    read_url(g, url_date);
    for (uint32_t i = 0; i < GLY_COUNT(layer); i++)
        of_body(g, &GLY_RECORDS(layer, page_fact)[i]);
    decide_either(g);
    if (g->cards && !g->all.articles && !g->all.says_article) {
        g->all.origin = "text";
        candidate_add(&g->all, KEY_LISTING, 600, GLY_LIT("true"));
    }
    g->headline = headline_title(g);
    g->all.days.label = headline_is_label(g->headline.value);
    days_relate(&g->all.days);
}
