/* extract.language - which language a text is in.
 *
 * The script decides where only one language writes it; else the stop words of
 * term/1 vote, each as often as it stands. Sets meta "lang", "und" rather than a
 * guess. It fails only when memory runs out or when the run is stopped. */
#include <galley/plugin.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "kit/words.h"

enum { LETTERS_LOOKED_AT = 4096, LEAST_VOTES = 2, MOST_SURE = 990, TERMS_BETWEEN_STOPS = 4096 };

typedef struct state {
    const gly_host *host;
    gly_stage      *stage;
} state;

/* Scripts that name a language by themselves; kana comes before Han. */
typedef struct script {
    const char *language;
    uint32_t    first, last;
} script;

static const script scripts[] = {
    { "ja", 0x3041, 0x30FF }, { "ko", 0xAC00, 0xD7A3 }, { "zh", 0x4E00, 0x9FFF },
    { "th", 0x0E01, 0x0E5B }, { "lo", 0x0E81, 0x0EDF }, { "km", 0x1780, 0x17FF },
    { "my", 0x1000, 0x109F }, { "ka", 0x10A0, 0x10FF }, { "hy", 0x0531, 0x058F },
    { "he", 0x05D0, 0x05EA }, { "bn", 0x0980, 0x09FF }, { "pa", 0x0A00, 0x0A7F },
    { "gu", 0x0A80, 0x0AFF }, { "ta", 0x0B80, 0x0BFF }, { "te", 0x0C00, 0x0C7F },
    { "kn", 0x0C80, 0x0CFF }, { "ml", 0x0D00, 0x0D7F }, { "si", 0x0D80, 0x0DFF },
    { "el", 0x0370, 0x03FF }, { "am", 0x1200, 0x137F },
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

static gly_status count_votes(const state *st, const gly_layer *layer,
                              uint64_t votes[LANGUAGE_COUNT])
{
    const gly_term *terms = GLY_RECORDS(layer, gly_term);

    for (uint32_t i = 0; i < GLY_COUNT(layer); i++) {
        uint32_t bits = terms[i].stop;

        if (i % TERMS_BETWEEN_STOPS == 0 && st->host->stop(st->stage))
            return GLY_ECANCEL;
        for (; bits; bits &= bits - 1)
            votes[__builtin_ctz(bits)] += terms[i].count;
    }
    return GLY_OK;
}

/* The winner and how sure it is: by its lead over the next. "und" on a tie. */
static const char *winner(const uint64_t votes[LANGUAGE_COUNT], uint16_t *confidence)
{
    int best = 0;
    uint64_t next = 0;

    for (int i = 1; i < LANGUAGE_COUNT; i++)
        if (votes[i] > votes[best])
            best = i;
    for (int i = 0; i < LANGUAGE_COUNT; i++)
        if (i != best && votes[i] > next)
            next = votes[i];
    if (votes[best] < LEAST_VOTES || votes[best] == next) {
        *confidence = 0;
        return "und";
    }
    *confidence = (uint16_t)(500 + (MOST_SURE - 500) * (votes[best] - next) / votes[best]);
    return word_language_code((word_language)best);
}

static gly_status process(void *self, gly_doc *doc)
{
    const state *st = self;
    const char *language = doc->text.len ? language_of_script(doc->text) : NULL;
    uint64_t votes[LANGUAGE_COUNT] = { 0 };
    uint16_t confidence = MOST_SURE;

    if (!language) {
        gly_status status = count_votes(st, gly_layer_of(doc, "term/1"), votes);

        if (status != GLY_OK)
            return status;
        language = winner(votes, &confidence);
    }
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
        "otherwise the stop words of 24 languages vote.\n\n"
        "A text with fewer than two votes, or with a tie, is \"und\". A language stated by the "
        "source is kept.",
    .example = "{ use = \"extract.language\"; }",
    .reads = reads, .writes = writes, .options = options, .ops = &ops);
