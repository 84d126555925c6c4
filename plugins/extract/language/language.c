/* extract.language - which language a text is in.
 *
 * The script decides where only one language writes it; else the words of term/1
 * do, by the runs of letters that they are made of. Words are taken from all over
 * the text until one language leads clearly. Sets meta "lang", "und" rather than
 * a guess. It fails only when memory runs out or when the run is stopped. */
#include <galley/plugin.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "model.h"

enum {
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

static void count_letter(uint32_t c, uint32_t counts[SCRIPTS])
{
    for (int i = 0; i < SCRIPTS; i++)
        if (c >= scripts[i].first && c <= scripts[i].last)
            counts[i]++;
}

/* The language of the script that most of the text's first letters are in. */
static const char *language_of_script(gly_str text)
{
    const char *at = text.ptr, *end = at + text.len;
    uint32_t counts[SCRIPTS] = { 0 }, letters = 0;

    while (at < end && at - text.ptr < LETTERS_LOOKED_AT) {
        uint32_t c = utf8_next(&at);

        letters += c >= 0xC0 || (c < 0x80 && is_ascii_letter((unsigned char)c));
        if (c >= 0x0370)
            count_letter(c, counts);
    }
    if (counts[JAPANESE] * 10 > counts[CHINESE]) {
        counts[JAPANESE] += counts[CHINESE];
        counts[CHINESE] = 0;
    }
    for (int i = 0; i < SCRIPTS; i++)
        if (counts[i] * 2 > letters)
            return scripts[i].language;
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
    uint16_t confidence = MOST_SURE;

    if (!language)
        language = language_of_words(gly_layer_of(doc, "term/1"), &confidence);
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
        "Sets lang to an ISO 639-1 code. A script that one language has for its own decides; "
        "otherwise runs of two to four letters are weighed for 78 languages.\n\n"
        "A text in which no language leads, or which is like none of them, is \"und\". A language "
        "stated by the source is kept.",
    .example = "{ use = \"extract.language\"; }",
    .reads = reads, .writes = writes, .options = options, .ops = &ops);
