/* extract.dates - dates and amounts, normalised.
 *
 * One walk over token/1: only numbers, currency signs and words of the lexicon lead
 * to a reader, and the walk goes on behind what it read. Each distinct word is
 * looked up once. Fails only when memory runs out or when the run is stopped. */
#include <stdlib.h>

#include "amount.h"
#include "date.h"
#include "kit/words.h"
#include "relative.h"

typedef struct config {
    bool years;
} config;

typedef struct state {
    const gly_host *host;
    gly_stage      *stage;
    const config   *options;
    lexicon        *words;
} state;

typedef struct layers {
    gly_layer *dates, *amounts;
} layers;

enum {
    TOKENS_BETWEEN_STOPS = 4096,
    /* Kinds of words that a date or an amount may begin with, by bit. */
    OPENING_DATES = 1 << CALENDAR_MONTH | 1 << CALENDAR_WEEKDAY | 1 << CALENDAR_SEASON
                  | 1 << CALENDAR_QUARTER,
    OPENING_RELATIVE = 1 << CALENDAR_DAY | 1 << CALENDAR_WHICH | 1 << CALENDAR_PERIOD,
    OPENING_MEASURES = 1 << MEASURE_NUMBER | 1 << MEASURE_CURRENCY | 1 << MEASURE_CODE,
};

static const gly_option options[] = {
    GLY_BOOL(config, years, "false", "Also take years that stand alone: in 2022, last year, 2022/23"),
    GLY_OPTIONS_END
};

static gly_status open_stage(const gly_host *host, gly_stage *stage, const void *opts, void **shared)
{
    state *st = calloc(1, sizeof *st);

    if (!st)
        return GLY_ENOMEM;
    *st = (state){ .host = host, .stage = stage, .options = opts, .words = lexicon_new() };
    if (!st->words) {
        free(st);
        return GLY_ENOMEM;
    }
    *shared = st;
    return GLY_OK;
}

static void close_stage(void *shared)
{
    state *st = shared;

    lexicon_free(st->words);
    free(st);
}

/* ---- the document as the readers see it ---------------------------------------- */

/* The lexicon's entry of each term. *pounds: one of them is the word. */
static const lexicon_entry *const *entries_of(const state *st, gly_doc *doc, bool *pounds)
{
    const gly_layer *terms = gly_layer_of(doc, "term/1");
    uint32_t count = GLY_COUNT(terms);
    const gly_term *term = GLY_RECORDS(terms, gly_term);
    const lexicon_entry **entries = GLY_NEWN(doc->scratch, const lexicon_entry *, count + 1u);

    for (uint32_t i = 0; entries && i < count; i++) {
        entries[i] = lexicon_find(st->words, term[i].text, term[i].hash);
        *pounds |= lexicon_measure(entries[i], MEASURE_POUNDS, 0) != NULL;
    }
    if (entries)
        entries[count] = &lexicon_unknown;
    return entries;
}

/* The day on which the text was published: "2023-05-02", a time may follow. */
static moment published(gly_doc *doc)
{
    gly_str value = gly_meta_str(doc, "published");
    moment m = { 0, 0, 0, -1, 0 };

    if (value.len < 10 || value.ptr[4] != '-' || value.ptr[7] != '-')
        return m;
    for (int i = 0; i < 10; i++) {
        int *part = i < 4 ? &m.year : i < 7 ? &m.month : &m.day;

        if (i != 4 && i != 7)
            *part = *part * 10 + (value.ptr[i] - '0');
    }
    return calendar_is_day(m.year, m.month, m.day) ? m : (moment){ 0, 0, 0, -1, 0 };
}

static uint32_t language_of(gly_doc *doc)
{
    int language = word_language_of(gly_meta_str(doc, "lang"));

    return language < 0 ? 0 : 1u << language;
}

/* With which terms something may begin; NULL when memory runs out. */
static const uint8_t *openings_of(gly_doc *doc, const scan *s)
{
    uint8_t *openings = GLY_NEWN(doc->scratch, uint8_t, (size_t)s->terms + 1);
    uint32_t dates = OPENING_DATES | (s->anchor.day ? OPENING_RELATIVE : 0);

    if (!openings)
        return NULL;
    for (uint32_t i = 0; i <= s->terms; i++)
        openings[i] = ((s->entries[i]->measure_kinds & OPENING_MEASURES)
                       | (s->entries[i]->calendar_kinds & dates)) != 0;
    return openings;
}

static bool lay_out(const state *st, gly_doc *doc, scan *s)
{
    const gly_layer *tokens = gly_layer_of(doc, "token/1");
    bool pounds = false;

    *s = (scan){
        .text = doc->text, .tokens = GLY_RECORDS(tokens, gly_token), .count = GLY_COUNT(tokens),
        .words = st->words, .entries = entries_of(st, doc, &pounds), .language = language_of(doc),
        .anchor = published(doc), .years = st->options->years,
        .terms = GLY_COUNT(gly_layer_of(doc, "term/1")),
    };
    s->pounds = pounds && memmem(doc->text.ptr, doc->text.len, "\xC2\xA3", 2) != NULL;
    s->openings = s->entries ? openings_of(doc, s) : NULL;
    return s->openings != NULL;
}

/* ---- what is found ---------------------------------------------------------------- */

static gly_status add_date(const state *st, gly_doc *doc, gly_layer *layer, const date *d)
{
    char value[DATE_VALUE];
    size_t length = date_write(d, value);
    char *copy = length ? gly_alloc(doc->arena, length, 1) : NULL;
    gly_date *record = gly_push(st->host, doc, layer, d->at.begin, d->at.end);

    if (!record || (length && !copy))
        return GLY_ENOMEM;
    if (length)
        memcpy(copy, value, length);
    record->value = (gly_str){ copy, (uint32_t)length };
    return GLY_OK;
}

/* A word before the sign may be that of the amount before: -5 °C$2. */
static gly_status add_amount(const state *st, gly_doc *doc, gly_layer *layer, const amount *a)
{
    const gly_amount *before = GLY_RECORDS(layer, gly_amount);
    uint32_t done = layer->count ? before[layer->count - 1].at.end : 0;
    uint32_t begin = a->at.begin < done ? done : a->at.begin;
    gly_amount *record = gly_push(st->host, doc, layer, begin, a->at.end);

    if (!record)
        return GLY_ENOMEM;
    record->value = a->value;
    record->unit = (gly_str){ a->unit, (uint32_t)strlen(a->unit) }; /* of a constant table */
    return GLY_OK;
}

/* ---- the walk ------------------------------------------------------------------------ */

/* Signs of currencies: $, those of Latin-1, and the blocks that begin with U+0E00 and
 * U+2080. */
static bool may_be_sign(const scan *s, uint32_t byte)
{
    unsigned char first = (unsigned char)s->text.ptr[byte], second;

    if (first < 0x80)
        return first == '$';
    second = (unsigned char)scan_byte(s, byte + 1);
    return (first == 0xC2 && (second == 0xA3 || second == 0xA5)) || (first == 0xE2 && second == 0x82)
        || (first == 0xE0 && second == 0xB8);
}

/* One question of most tokens, whatever they are. */
static bool may_begin(const scan *s, uint32_t i)
{
    const gly_token *t = &s->tokens[i];
    unsigned char first = (unsigned char)s->text.ptr[t->at.begin];
    uint32_t term = t->term < s->terms ? t->term : s->terms;
    bool mark = t->flags & GLY_TOKEN_MARK;

    if (!(((t->flags & (GLY_TOKEN_NUMBER | GLY_TOKEN_DIGIT)) != 0) | s->openings[term]
          | (mark & ((first == '$') | (first >= 0x80)))))
        return false;
    return !mark || may_be_sign(s, t->at.begin);
}

/* The first token from i on with which something may begin, else the count. */
static uint32_t next_opening(const scan *s, uint32_t i)
{
    while (i < s->count && !may_begin(s, i))
        i++;
    return i;
}

/* Reads what begins with token i; *next is the token to go on with. */
static gly_status read_from(const state *st, gly_doc *doc, scan *s, uint32_t i, layers to, uint32_t *next)
{
    gly_status status = GLY_OK;
    amount found[2];
    uint32_t count;
    date d;

    if (date_read(s, i, &d) || date_read_year(s, i, &d) || relative_read(s, i, &d)) {
        date_complete(s, &d);
        *next = d.next;
        return add_date(st, doc, to.dates, &d);
    }
    count = amount_read(s, i, found, next);
    for (uint32_t n = 0; n < count && status == GLY_OK; n++)
        status = add_amount(st, doc, to.amounts, &found[n]);
    return status;
}

static gly_status process(void *self, gly_doc *doc)
{
    const state *st = self;
    layers to = { st->host->layer_add(st->stage, doc, &gly_date_layer),
                  st->host->layer_add(st->stage, doc, &gly_amount_layer) };
    gly_status status = GLY_OK;
    uint32_t stop_at = TOKENS_BETWEEN_STOPS, next;
    scan s;

    if (!to.dates || !to.amounts || !lay_out(st, doc, &s))
        return GLY_ENOMEM;
    for (uint32_t i = next_opening(&s, 0); i < s.count && status == GLY_OK; i = next_opening(&s, next)) {
        next = i + 1;
        if (i >= stop_at && st->host->stop(st->stage))
            return GLY_ECANCEL;
        if (i >= stop_at)
            stop_at = i + TOKENS_BETWEEN_STOPS;
        status = read_from(st, doc, &s, i, to, &next);
    }
    return status;
}

static const gly_stage_ops ops = {
    .size = sizeof ops, .flags = GLY_STAGE_PURE, .open = open_stage, .close = close_stage,
    .process = process,
};

static const char *const reads[] = { "text", "token/1", "term/1", "?meta.lang", "?meta.published", NULL };
static const char *const writes[] = { "date/1", "amount/1", NULL };

GLY_PLUGIN(.name = "extract.dates", .kind = GLY_TRANSFORM, .version = "1.0.0", .license = "MIT",
    .summary = "Find dates and amounts, normalised",
    .help =
        "Finds dates with their time of day (2 May 2023, May 2nd, 02/05/2023, 2 mai 2023, ISO 8601), "
        "ranges of dates, and amounts: money, percentages and quantities with a unit.\n\n"
        "A day without a year gets the one nearest to the day of publication; without such a day "
        "its value is empty. Relative dates (yesterday, last Tuesday) are taken only when the text "
        "says when it was published. 02/05/2023 is read as the text's other dates are; where they "
        "say nothing only the year is given.",
    .example = "{ use = \"extract.dates\"; years = true; }",
    .reads = reads, .writes = writes, .options = options, .config_size = sizeof(config), .ops = &ops);
