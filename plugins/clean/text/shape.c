/* shape - what each line of a page dump looks like. */
#include "dump.h"

#include <math.h>

#include "base/utf8.h"
#include "kit/unicode.h"
#include "kit/words.h"
#include "measure.h"

enum {
    MOST_TOKENS = 64,     /* words of a line that are looked up             */
    HEADING_WORDS = 6,
    LONGEST_WORD = 40,    /* bytes                                          */
    FURNISHED_WORDS = 25, /* a longer line is not looked at for furniture   */
};

/* The word without the marks around it, in lower case. */
static gly_str bare(const char *word, uint32_t length, char *buffer)
{
    gly_str s = { word, length };

    while (s.len && strchr(".,;:!?()[]\"'", s.ptr[0]))
        s.ptr++, s.len--;
    while (s.len && strchr(".,;:!?()[]\"'", s.ptr[s.len - 1]))
        s.len--;
    if (s.len > LONGEST_WORD)
        s.len = 0;
    phrases_lower(s, buffer);
    return (gly_str){ buffer, s.len };
}

typedef struct counts {
    uint32_t tokens, stop, capitals, digits;
} counts;

static void count_word(counts *c, const char *word, uint32_t length)
{
    char buffer[LONGEST_WORD];
    const char *at = word;

    c->tokens++;
    c->stop += word_stop(bare(word, length, buffer)) != 0;
    c->capitals += (unicode_class(utf8_next(&at)) & UNICODE_UPPER) != 0;
    c->digits += (word[0] >= '0' && word[0] <= '9') || (word[length - 1] >= '0' && word[length - 1] <= '9');
}

static counts count_words(gly_str s)
{
    counts c = { 0 };

    for (uint32_t i = 0; i < s.len && c.tokens < MOST_TOKENS;) {
        const char *blank = memchr(s.ptr + i, ' ', s.len - i);
        uint32_t end = blank ? (uint32_t)(blank - s.ptr) : s.len;

        if (end > i)
            count_word(&c, s.ptr + i, end - i);
        i = end + 1;
    }
    return c;
}

static bool holds_any(gly_str s, const char *const *marks, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (memmem(s.ptr, s.len, marks[i], strlen(marks[i])))
            return true;
    return false;
}

static uint32_t count_commas(gly_str s)
{
    uint32_t commas = 0;

    for (uint32_t i = 0; i < s.len; i++) {
        commas += s.ptr[i] == ',' || s.ptr[i] == ';';
        if ((unsigned char)s.ptr[i] >= 0xD8 && i + 2 < s.len)
            commas += memcmp(s.ptr + i, "\xD8\x8C", 2) == 0 || memcmp(s.ptr + i, "\xE3\x80\x81", 3) == 0
                || memcmp(s.ptr + i, "\xEF\xBC\x8C", 3) == 0;
    }
    return commas;
}

static bool has_end(gly_str s, const char *end)
{
    uint32_t len = (uint32_t)strlen(end);

    return s.len >= len && memcmp(s.ptr + s.len - len, end, len) == 0;
}

static void measure_shape(const rules *r, const line *l, shape *out)
{
    static const char *const signs[] = { "|", "\xE2\x80\xBA", "\xC2\xBB", ">", "\xC2\xA9", "\xE2\x86\x92",
                                         "\xE2\x80\xA2", "\xC2\xB7" };
    static const char *const quotes[] = { "\"", "\xE2\x80\x9C", "\xE2\x80\x9E", "\xC2\xAB" };
    gly_str s = gly_slice(r->text, l->at);
    counts c = count_words(s);
    float tokens = c.tokens ? (float)c.tokens : 1.0f;

    out->words = (float)l->words;
    out->long_words = fminf(logf(1.0f + out->words), 4.0f) / 4.0f;
    out->stop = (float)c.stop / tokens;
    out->capitals = (float)c.capitals / tokens;
    out->digits = (float)c.digits / tokens;
    out->commas = fminf((float)count_commas(s) / fmaxf(1.0f, out->words) * 5.0f, 2.0f);
    out->ends = l->ends;
    out->sign = holds_any(s, signs, sizeof signs / sizeof signs[0]);
    out->quote = holds_any(s, quotes, sizeof quotes / sizeof quotes[0]);
    out->dots = has_end(s, "...") || has_end(s, "\xE2\x80\xA6") || has_end(s, "[\xE2\x80\xA6]");
    out->question = has_end(s, "?");
    out->colon = has_end(s, ":");
    out->heads_below = l->words <= HEADING_WORDS
        && phrases_count(r->phrases, rules_low(r, l), PHRASE_BELOW, 1) > 0;
    if (l->words <= FURNISHED_WORDS)
        out->furniture = (uint8_t)phrases_count(r->phrases, rules_low(r, l),
                                                PHRASE_FURNITURE, 3);
    if (((l->words >= 10 && out->stop >= 0.2f) || (l->words >= 6 && l->ends)) && !out->dots)
        out->good = out->words;
}

/* Marks the lines that stand in the text twice. */
static bool mark_repeated(const rules *r, shape *shapes, gly_arena *scratch)
{
    uint32_t count = r->lines->count, size = 16, *slots;

    while (size < 2 * count)
        size *= 2;
    slots = GLY_NEWN(scratch, uint32_t, size);
    if (!slots)
        return false;
    memset(slots, 0xFF, size * sizeof *slots);
    for (uint32_t i = 0; i < count; i++) {
        gly_str s = gly_slice(r->text, r->lines->items[i].at);
        uint32_t slot = (uint32_t)word_hash(s) & (size - 1);

        while (slots[slot] != UINT32_MAX
               && !gly_str_eq(s, gly_slice(r->text, r->lines->items[slots[slot]].at)))
            slot = (slot + 1) & (size - 1);
        if (slots[slot] == UINT32_MAX)
            slots[slot] = i;
        else
            shapes[i].repeated = shapes[slots[slot]].repeated = true;
    }
    return true;
}

shape *shapes_of(const rules *r, gly_arena *scratch)
{
    uint32_t count = r->lines->count;
    shape *shapes = GLY_NEWN(scratch, shape, count + 1);

    if (!shapes)
        return NULL;
    for (uint32_t i = 0; i < count; i++) {
        shapes[i] = (shape){ 0 };
        measure_shape(r, &r->lines->items[i], &shapes[i]);
    }
    return mark_repeated(r, shapes, scratch) ? shapes : NULL;
}
