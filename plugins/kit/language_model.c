/* language_model - looks runs of letters up in language.model. */
#include "language_model.h"

#include "base/utf8.h"

enum { BUCKETS = 8192, BUCKET_BITS = 13, CODE_POINT_BITS = 21 };

/* The linked table, laid out as language_model.py says. */
__asm__(".pushsection .rodata\n"
        ".balign 8\n"
        "language_model:\n"
        ".incbin \"plugins/kit/language.model\"\n"
        ".popsection\n");
extern const struct model_table {
    char     magic[8];
    uint32_t keys, entries;
    uint32_t bucket_keys[BUCKETS + 1];
    uint32_t bucket_entries[BUCKETS + 1];
    uint16_t fingerprints[];
} language_model __attribute__((visibility("hidden")));

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "language.model is little-endian");

static const char codes[MODEL_LANGUAGES][3] = {
    "af", "ar", "az", "be", "bg", "bn", "bs", "ca", "cs", "cy", "da", "de", "el", "en", "eo", "es",
    "et", "eu", "fa", "fi", "fr", "ga", "gu", "he", "hi", "hr", "hu", "hy", "id", "is", "it", "ka",
    "kk", "la", "lg", "lt", "lv", "mi", "mk", "mn", "mr", "ms", "nb", "nl", "nn", "pa", "pl", "pt",
    "ro", "ru", "sk", "sl", "sn", "so", "sq", "sr", "st", "sv", "sw", "ta", "te", "tl", "tn", "tr",
    "ts", "uk", "ur", "vi", "xh", "yo", "zu", "kn", "ml", "ne", "gl", "am", "sr",
};

const char *model_code(int language)
{
    return codes[language];
}

/* Both halves hold two code points; the same as hash_of() in language_model.py. */
static uint64_t hash_of(uint64_t high, uint64_t low)
{
    uint64_t h = low * 0x9E3779B97F4A7C15u ^ high * 0xC2B2AE3D27D4EB4Fu;

    return h ^ h >> 29;
}

static uint32_t to_word(uint32_t bytes)
{
    return (bytes + 3) & ~3u;
}

static void add_run(model_scores *scores, uint64_t high, uint64_t low)
{
    const struct model_table *t = &language_model;
    const uint8_t *counts = (const uint8_t *)t->fingerprints + to_word(t->keys * 2);
    const uint16_t *entries = (const uint16_t *)(const void *)(counts + to_word(t->keys));
    uint64_t h = hash_of(high, low);
    uint32_t bucket = h % BUCKETS, entry = t->bucket_entries[bucket];
    uint16_t wanted = (uint16_t)(h >> BUCKET_BITS);

    for (uint32_t key = t->bucket_keys[bucket]; key < t->bucket_keys[bucket + 1]; key++) {
        if (t->fingerprints[key] == wanted) {
            for (uint32_t i = entry; i < entry + counts[key]; i++)
                scores->of[entries[i] >> 8] += entries[i] & 0xFF;
            return;
        }
        entry += counts[key];
    }
}

static bool is_letter(uint32_t c)
{
    if (c < 0x80)
        return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    return c >= 0xAA && c != 0xAD && c != 0xB7 && (c < 0x2000 || c > 0x206F);
}

/* The last three code points are in hand; each new one ends a run of two, of
 * three and of four. */
typedef struct window {
    uint64_t first, second, third; /* the third is the newest; 0: not there */
} window;

static void push(model_scores *scores, window *w, uint64_t c)
{
    if (w->third)
        add_run(scores, 0, w->third << CODE_POINT_BITS | c);
    if (w->second) {
        add_run(scores, w->second, w->third << CODE_POINT_BITS | c);
        scores->runs++;
    }
    if (w->first)
        add_run(scores, w->first << CODE_POINT_BITS | w->second, w->third << CODE_POINT_BITS | c);
    *w = (window){ w->second, w->third, c };
}

void model_add(model_scores *scores, gly_str word)
{
    const char *at = word.ptr, *end = at + word.len;
    window w = { 0, 0, ' ' };
    bool inside = false;

    while (at < end) {
        uint32_t c = utf8_next(&at);

        if (is_letter(c)) {
            push(scores, &w, c);
            inside = true;
        } else if (inside) {
            push(scores, &w, ' ');
            w = (window){ 0, 0, ' ' };
            inside = false;
        }
    }
    if (inside)
        push(scores, &w, ' ');
}
