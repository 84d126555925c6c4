/* extract.language - which language a text is in.
 *
 * The script decides where only one language writes it; else the words of term/1
 * do: by their stop words where one language has them nearly all, by the runs of
 * letters that they are made of otherwise. Those words are taken from all over the
 * text until one language leads clearly. Sets meta "lang", "und" rather than
 * a guess. It fails only when memory runs out or when the run is stopped. */
#include <galley/plugin.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "kit/words.h"
#include "kit/language_model.h"

enum {
    LEAST_WORDS       = 60,               /* for stop words to decide               */
    STOP_SHARE        = 4,                /* one word in so many is a stop word     */
    LETTERS_LOOKED_AT = 4096,
    WORDS_AT_ONCE     = 32,               /* between two looks at the scores        */
    MOST_WORDS        = 512,
    CLEAR_LEAD        = 40 * MODEL_NAT,   /* no more words are needed               */
    LEAST_LEAD        = 1 * MODEL_NAT,    /* below it is a guess                    */
    LEAST_FOR_A_RUN   = 3 * MODEL_NAT,    /* less on average: no language known here */
    LEAST_RUNS        = 3,                /* of three letters: a word of three    */
    LEAST_SURE = 500, MOST_SURE = 990,
};

typedef struct state {
    const gly_host *host;
    gly_stage      *stage;
} state;

/* Scripts that one language alone has among those that are told apart here and
 * that the model does not know; kana comes before Han. */
typedef struct script {
    const char *language;
    uint32_t    first, last;
} script;

static const script scripts[] = {
    { "ja", 0x3041, 0x30FF }, { "ko", 0xAC00, 0xD7A3 }, { "zh", 0x4E00, 0x9FFF },
    { "th", 0x0E01, 0x0E5B }, { "lo", 0x0E81, 0x0EDF }, { "km", 0x1780, 0x17FF },
    { "my", 0x1000, 0x109F }, { "si", 0x0D80, 0x0DFF },
};
enum { SCRIPTS = sizeof scripts / sizeof *scripts, JAPANESE = 0, CHINESE = 2 };

static bool is_ascii_letter(unsigned char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* Counts the letters of the scripts; all other letters beyond ASCII are the sum. */
static uint32_t count_letters(gly_str text, uint32_t counts[SCRIPTS])
{
    const char *at = text.ptr, *end = at + text.len;
    uint32_t others = 0;

    while ((at += utf8_ascii_prefix(at, (size_t)(end - at))) < end) {
        uint32_t c = utf8_next(&at);

        others += c >= 0xC0 && (c < 0x2000 || c > 0x206F);
        for (int i = 0; i < SCRIPTS && c >= 0x0D80; i++)
            if (c >= scripts[i].first && c <= scripts[i].last)
                counts[i]++;
    }
    return others;
}

/* The language of the script that most of the text's first letters are in. */
static const char *language_of_script(gly_str text)
{
    uint32_t counts[SCRIPTS] = { 0 }, letters, most = 0;

    if (text.len > LETTERS_LOOKED_AT)
        text.len = (uint32_t)utf8_valid_prefix(text.ptr, LETTERS_LOOKED_AT);
    letters = count_letters(text, counts);
    if (counts[JAPANESE] * 10 > counts[CHINESE]) {
        counts[JAPANESE] += counts[CHINESE];
        counts[CHINESE] = 0;
    }
    for (uint32_t i = 1; i < SCRIPTS; i++)
        if (counts[i] > counts[most])
            most = i;
    if (counts[most] == 0)
        return NULL;
    for (uint32_t i = 0; i < text.len; i++)
        letters += is_ascii_letter((unsigned char)text.ptr[i]);
    return counts[most] * 2 > letters ? scripts[most].language : NULL;
}

/* Languages whose stop words no close relative shares that has none here: what
 * looks like Indonesian may be Malay, but nothing else looks like Finnish. */
static const struct unmistaken {
    word_language language;
    const char   *code;
} unmistaken[] = {
    { LANGUAGE_EN, "en" }, { LANGUAGE_DE, "de" }, { LANGUAGE_FR, "fr" }, { LANGUAGE_IT, "it" },
    { LANGUAGE_SV, "sv" }, { LANGUAGE_FI, "fi" }, { LANGUAGE_PL, "pl" }, { LANGUAGE_RO, "ro" },
    { LANGUAGE_HU, "hu" }, { LANGUAGE_TR, "tr" }, { LANGUAGE_EL, "el" }, { LANGUAGE_VI, "vi" },
};

/* A stop word: in which languages, as far as they are not counted, and how often. */
typedef struct ballot {
    uint32_t languages, count;
} ballot;

/* How many languages share a stop word no machine foretells. So one language of each word
 * is counted, then the next of those that have more, until none is left. */
static void count_votes(ballot *ballots, uint32_t count, uint64_t *votes)
{
    while (count) {
        uint32_t left = 0;

        for (uint32_t i = 0; i < count; i++) {
            ballot b = ballots[i];

            votes[__builtin_ctz(b.languages)] += b.count;
            b.languages &= b.languages - 1;
            ballots[left] = b;
            left += b.languages != 0;
        }
        count = left;
    }
}

/* NULL unless one language has a good share of the words as its stop words, and
 * twice as many as any other. */
static const char *language_of_stop_words(const gly_layer *terms, gly_arena *scratch)
{
    const gly_term *term = GLY_RECORDS(terms, gly_term);
    ballot *ballots = GLY_NEWN(scratch, ballot, GLY_COUNT(terms) + (size_t)1);
    uint64_t votes[32] = { 0 }, words = 0, next = 0;
    uint32_t best = 0, stops = 0;

    if (!ballots)
        return NULL;
    for (uint32_t i = 0; i < GLY_COUNT(terms); i++) {
        words += term[i].count;
        ballots[stops] = (ballot){ term[i].stop, term[i].count };
        stops += term[i].stop != 0;
    }
    count_votes(ballots, stops, votes);
    for (uint32_t i = 1; i < LANGUAGE_COUNT; i++)
        if (votes[i] > votes[best])
            best = i;
    for (uint32_t i = 0; i < LANGUAGE_COUNT; i++)
        if (i != best && votes[i] > next)
            next = votes[i];
    if (words < LEAST_WORDS || votes[best] * STOP_SHARE < words || votes[best] < 2 * next)
        return NULL;
    for (size_t i = 0; i < sizeof unmistaken / sizeof *unmistaken; i++)
        if (unmistaken[i].language == (word_language)best)
            return unmistaken[i].code;
    return NULL;
}

/* Adds the words at first, first + stride, ... */
static void add_words(model_scores *scores, const gly_layer *terms, uint32_t first, uint32_t stride)
{
    const gly_term *term = GLY_RECORDS(terms, gly_term);

    for (uint32_t i = first; i < terms->count; i += stride)
        model_add(scores, term[i].text);
}

typedef struct verdict {
    int      language;
    uint32_t score, lead; /* over the best of another code */
} verdict;

static verdict best_of(const model_scores *scores)
{
    verdict v = { 0, 0, 0 };
    uint32_t next = 0;

    for (int i = 0; i < MODEL_LANGUAGES; i++)
        if (scores->of[i] > v.score)
            v = (verdict){ i, scores->of[i], 0 };
    for (int i = 0; i < MODEL_LANGUAGES; i++)
        if (scores->of[i] > next && strcmp(model_code(i), model_code(v.language)) != 0)
            next = scores->of[i];
    v.lead = v.score - next;
    return v;
}

/* Words from all over the text, so that a heading in another language does not
 * decide, and no more of them than it takes. */
static const char *language_of_words(const gly_layer *terms, uint16_t *confidence)
{
    model_scores scores = { { 0 }, 0 };
    uint32_t stride = GLY_COUNT(terms) / WORDS_AT_ONCE + 1, rounds = MOST_WORDS / WORDS_AT_ONCE;
    verdict v = { 0, 0, 0 };

    for (uint32_t i = 0; terms && i < stride && i < rounds && v.lead < CLEAR_LEAD; i++) {
        add_words(&scores, terms, i, stride);
        v = best_of(&scores);
    }
    *confidence = 0;
    if (scores.runs < LEAST_RUNS || v.lead < LEAST_LEAD || v.score < scores.runs * LEAST_FOR_A_RUN)
        return "und";
    *confidence = v.lead >= CLEAR_LEAD ? MOST_SURE
        : (uint16_t)(LEAST_SURE + (MOST_SURE - LEAST_SURE) * v.lead / CLEAR_LEAD);
    return model_code(v.language);
}

static gly_status process(void *self, gly_doc *doc)
{
    const state *st = self;
    const char *language = doc->text.len ? language_of_script(doc->text) : NULL;
    const gly_layer *terms = gly_layer_of(doc, "term/1");
    uint16_t confidence = MOST_SURE;

    if (!language)
        language = language_of_stop_words(terms, doc->scratch);
    if (!language)
        language = language_of_words(terms, &confidence);
    return gly_set_str(st->host, st->stage, doc, "lang",
                       (gly_str){ language, (uint32_t)strlen(language) }, (gly_range){ 0, 0 },
                       confidence);
}

static gly_status open_stage(const gly_host *host, gly_stage *stage, const void *opts, void **shared)
{
    state *st = calloc(1, sizeof *st);

    (void)opts;
    if (!st)
        return GLY_ENOMEM;
    *st = (state){ .host = host, .stage = stage };
    *shared = st;
    return GLY_OK;
}

static void close_stage(void *shared)
{
    free(shared);
}

static const gly_stage_ops ops = {
    .size = sizeof ops, .flags = GLY_STAGE_PURE, .open = open_stage, .close = close_stage,
    .process = process,
};

static const gly_option options[] = { GLY_OPTIONS_END };
static const char *const reads[] = { "text", "term/1", NULL };
static const char *const writes[] = { "meta.lang", NULL };

GLY_PLUGIN(.name = "extract.language", .kind = GLY_TRANSFORM, .version = "1.0.0", .license = "MIT",
    .summary = "Say which language the text is in",
    .help =
        "Sets lang to an ISO 639-1 code. A script that one language has for its own decides, or "
        "stop words that one language alone has; otherwise runs of two to four letters are weighed for 78 languages.\n\n"
        "A text in which no language leads, or which is like none of them, is \"und\". A language "
        "stated by the source is kept.",
    .example = "{ use = \"extract.language\"; }",
    .reads = reads, .writes = writes, .options = options, .ops = &ops);
