/* mojibake - weighs each sequence that could be misread UTF-8. */
#include "mojibake.h"

#include <utf8proc.h>

#include "base/utf8.h"

/* Weights by sign. A sequence is mended from SURE on; from DOUBTFUL on when the
 * text has sure ones in the same encoding. */
enum { SURE = 3, DOUBTFUL = 1 };

typedef struct sequence {
    uint32_t bytes;   /* length in the text     */
    uint32_t value;   /* what it stands for     */
    unsigned lead;    /* its first byte         */
    int      odd;     /* characters that no word holds and no sentence ends with */
    bool     boxes;   /* has characters that draw boxes */
    bool     quiet;   /* nothing but marks that follow words anyway              */
} sequence;

void misread_prepare(misread_bytes *m)
{
    memset(m, 0, sizeof *m);
    for (int k = 0; k < MISREAD_COUNT; k++) {
        for (uint32_t b = 0x80; b < 0xA0; b++)
            m->byte[b][k] = (uint8_t)b;
        for (uint32_t i = 0; i < 128; i++)
            if (misread_halves[k].upper[i] < MISREAD_REACH)
                m->byte[misread_halves[k].upper[i]][k] = (uint8_t)(0x80 + i);
        for (uint32_t c = 0x80; c < MISREAD_REACH; c++) {
            uint8_t byte = m->byte[c][k], bit = (uint8_t)(1u << k);

            m->leads[c] |= byte >= 0xC2 && byte < 0xF5 ? bit : 0;
            m->continues[c] |= byte >= 0x80 && byte < 0xC0 ? bit : 0;
        }
    }
}

/* The encodings in which some character leads and the next one continues: in
 * clean text hardly any, so that most of the walks below are never made. */
static unsigned possible(const misread_bytes *m, const char *at, const char *end)
{
    unsigned found = 0, leads = 0;

    while (at < end) {
        size_t plain = utf8_ascii_prefix(at, (size_t)(end - at));
        uint32_t c;

        if (plain) {
            leads = 0;
            at += plain;
            continue;
        }
        c = utf8_next(&at);
        if (c >= MISREAD_REACH) {
            leads = 0;
            continue;
        }
        found |= leads & m->continues[c];
        leads = m->leads[c];
    }
    return found;
}

static bool is_letter(uint32_t c)
{
    utf8proc_category_t kind = utf8proc_category((utf8proc_int32_t)c);

    return kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_LO;
}

static bool is_upper(uint32_t c)
{
    return utf8proc_category((utf8proc_int32_t)c) == UTF8PROC_CATEGORY_LU;
}

static bool is_lower(uint32_t c)
{
    return utf8proc_category((utf8proc_int32_t)c) == UTF8PROC_CATEGORY_LL;
}

/* Marks that stand after a letter in clean text. */
static bool is_quiet(uint32_t c)
{
    return (c >= 0x2010 && c <= 0x2026) || c == 0x2039 || c == 0x203A || c == 0xA0 ||
           c == 0xAB || c == 0xBB || c == 0x2122 || c == 0xAE || c == 0xA9 || c == 0xB0 ||
           c == 0xAA || c == 0xBA || (c >= 0x2500 && c < MISREAD_REACH);
}

static unsigned byte_of(const misread_bytes *m, int k, uint32_t c)
{
    return c < MISREAD_REACH ? m->byte[c][k] : 0;
}

/* The bytes read as UTF-8; 0 when they are none. */
static uint32_t value_of(const unsigned char *bytes, int count)
{
    const char *at = (const char *)bytes;

    if (utf8_valid_prefix(at, (size_t)count) != (size_t)count)
        return 0;
    return utf8_next(&at);
}

/* Reads the sequence at `at` as misread in encoding k. */
static bool read_sequence(const misread_bytes *m, int k, const char *at, const char *end,
                          sequence *s)
{
    const char *p = at;
    uint32_t c = utf8_next(&p);
    unsigned char bytes[4] = { (unsigned char)byte_of(m, k, c) };
    int count = bytes[0] < 0xC2 ? 0 : bytes[0] < 0xE0 ? 2 : bytes[0] < 0xF0 ? 3
              : bytes[0] < 0xF5 ? 4 : 0;

    *s = (sequence){ .lead = bytes[0], .quiet = true };
    if (count == 0)
        return false;
    for (int i = 1; i < count; i++) {
        if (p >= end || (unsigned char)*p < 0x80)
            return false;
        c = utf8_next(&p);
        bytes[i] = (unsigned char)byte_of(m, k, c);
        if (bytes[i] < 0x80 || bytes[i] > 0xBF)
            return false;
        s->odd += !is_quiet(c) && !is_letter(c);
        s->quiet = s->quiet && is_quiet(c);
        s->boxes = s->boxes || c >= 0x2500;
    }
    s->value = value_of(bytes, count);
    s->bytes = (uint32_t)(p - at);
    return s->value != 0;
}

/* A closing quotation mark is E2 80 9D, and windows-1252 has no character for 9D:
 * what is left of the mark is often "â€" alone. */
static bool read_cut_mark(const misread_bytes *m, int k, const char *at, const char *end,
                          sequence *s)
{
    const char *p = at;

    if (misread_halves[k].upper[0x1D] != 0x9D || byte_of(m, k, utf8_next(&p)) != 0xE2 || p >= end ||
        byte_of(m, k, utf8_next(&p)) != 0x80 || (p < end && (unsigned char)*p >= 0x80))
        return false;
    *s = (sequence){ .bytes = (uint32_t)(p - at), .value = 0x201D, .lead = 0xE2, .quiet = true };
    return true;
}

static bool is_latin(uint32_t c)
{
    return c < 0x250 && is_letter(c);
}

/* How plausible is what the sequence would become? */
static int weigh_value(const sequence *s)
{
    utf8proc_category_t kind = utf8proc_category((utf8proc_int32_t)s->value);

    if (kind == UTF8PROC_CATEGORY_CN || kind == UTF8PROC_CATEGORY_CO)
        return -5;
    if (s->value >= 0x2010 && s->value <= 0x2026)
        return 3; /* curly quotes and dashes: by far the most frequent */
    if (s->value < 0x180 && kind == UTF8PROC_CATEGORY_LL)
        return 1;
    return s->value >= 0x2000 && s->value < 0x2C00;
}

/* `before`: the character in front, 0 at the start; `neighbours`: sequences of the
 * same encoding that touch it. */
static int weigh(const sequence *s, uint32_t first, uint32_t before, uint32_t after, int neighbours)
{
    int weight = 1 + weigh_value(s) + (s->odd > 0 ? 2 : 0);
    bool latin = first < 0x250 || is_latin(before) || is_latin(after);

    if (s->lead <= 0xC3 && latin && (!s->quiet || first < 0x250 || is_latin(before)))
        weight += s->lead == 0xC2 ? 2 : 1;
    if (is_lower(before) && is_upper(first) && before < 0x250)
        weight++;
    if (first >= 0x400 && first < 0x500 && !is_latin(before) && !is_latin(after) && !neighbours)
        weight -= 2; /* Cyrillic among its own */
    if (s->lead >= 0xE0 && !s->quiet)
        weight++;
    if (is_latin(before) && is_latin(after) && s->boxes)
        weight += 2; /* lines drawn inside a word */
    if (first == 0x221A && s->value < 0x180 && is_lower(s->value))
        weight++;
    if (is_quiet(first) && first < 0x2500 && !neighbours)
        weight -= 2;
    if (is_upper(before) && is_upper(first) && s->odd == 0 && !neighbours &&
        !(s->value < 0x180 && is_lower(s->value) && is_lower(after)))
        weight -= 2;
    return weight + (neighbours > 2 ? 2 : neighbours);
}

typedef struct walk {
    const misread_bytes *bytes;
    const char *begin, *end;
    int         k;
    int         neighbours; /* sequences mended or weighed just before, touching */
    uint32_t    before;
} walk;

/* Sequences that follow at once, up to two. */
static int neighbours_after(const walk *w, const char *at)
{
    sequence next;
    int count = 0;

    while (count < 2 && at < w->end && read_sequence(w->bytes, w->k, at, w->end, &next)) {
        at += next.bytes;
        count++;
    }
    return count;
}

/* The weight of a sequence at `at`; 0 when there is none. */
static int weigh_at(const walk *w, const char *at, sequence *s)
{
    const char *p = at, *behind;
    uint32_t first = utf8_next(&p), after = 0;

    if (p >= w->end || (unsigned char)*p < 0x80)
        return 0;
    if (!read_sequence(w->bytes, w->k, at, w->end, s))
        return read_cut_mark(w->bytes, w->k, at, w->end, s) ? DOUBTFUL : 0;
    behind = at + s->bytes;
    if (behind < w->end)
        after = utf8_next(&behind);
    return weigh(s, first, w->before, after, w->neighbours + neighbours_after(w, at + s->bytes));
}

typedef struct verdict {
    uint32_t sure, doubtful;
} verdict;

/* One walk over the text: counts, and with `out` it also mends. */
static verdict walk_text(walk *w, gly_str text, rewrite *out)
{
    verdict found = { 0, 0 };
    const char *at = w->begin, *kept = at;

    w->before = 0;
    w->neighbours = 0;
    while (at < w->end) {
        size_t plain = utf8_ascii_prefix(at, (size_t)(w->end - at));
        sequence s;
        int weight;

        if (plain) {
            at += plain;
            w->before = (unsigned char)at[-1];
            w->neighbours = 0;
            continue;
        }
        weight = weigh_at(w, at, &s);
        if (weight < DOUBTFUL) {
            w->before = utf8_next(&at);
            w->neighbours = 0;
            continue;
        }
        found.sure += weight >= SURE;
        found.doubtful += weight < SURE;
        if (out) {
            char mended[4];

            rewrite_keep(out, (uint32_t)(kept - text.ptr), (uint32_t)(at - text.ptr));
            rewrite_put(out, mended, (uint32_t)utf8_put(mended, s.value));
            kept = at + s.bytes;
        }
        at += s.bytes;
        w->before = s.value;
        w->neighbours++;
    }
    if (out)
        rewrite_keep(out, (uint32_t)(kept - text.ptr), text.len);
    return found;
}

uint32_t mojibake_mend(const misread_bytes *bytes, gly_str text, rewrite *out)
{
    walk w = { .bytes = bytes, .begin = text.ptr, .end = text.ptr + text.len };
    verdict best = { 0, 0 };
    unsigned candidates = possible(bytes, w.begin, w.end);
    int chosen = -1;

    for (w.k = 0; w.k < MISREAD_COUNT; w.k++) {
        verdict v;

        if (!(candidates >> w.k & 1))
            continue;
        v = walk_text(&w, text, NULL);
        if (v.sure > best.sure ||
            (chosen >= 0 && v.sure == best.sure && v.doubtful > best.doubtful)) {
            best = v;
            chosen = w.k;
        }
    }
    if (chosen < 0 || best.sure == 0)
        return 0;
    w.k = chosen;
    walk_text(&w, text, out);
    return best.sure + best.doubtful;
}
