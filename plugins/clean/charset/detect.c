/* detect - the order of trust, from the surest sign to the last resort. */
#include "detect.h"

#include <strings.h>
#include <uchardet/uchardet.h>

#include "alphabet.h"
#include "base/utf8.h"

enum { SAMPLE = 4096, PIECE = 256 };

static const struct mark {
    const char *bytes;
    uint32_t    length;
    const char *encoding;
} marks[] = { /* longer ones first: UTF-32 begins like UTF-16 */
    { "\xFF\xFE\0\0", 4, "utf-32le" },
    { "\0\0\xFE\xFF", 4, "utf-32be" },
    { "\xEF\xBB\xBF", 3, "utf-8" },
    { "\xFF\xFE", 2, "utf-16le" },
    { "\xFE\xFF", 2, "utf-16be" },
};

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

static bool from_mark(gly_str bytes, detection *d)
{
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        const struct mark *m = &marks[i];

        if (bytes.len >= m->length && memcmp(bytes.ptr, m->bytes, m->length) == 0) {
            d->encoding = encoding_named(m->encoding);
            d->mark = m->length;
            d->confidence = 1000;
            return true;
        }
    }
    return false;
}

/* ---- valid, or nearly valid, UTF-8 ---------------------------------------- */

/* The bytes begin a sequence that ends where they end: the text was cut there. */
static bool is_cut_off(const char *bytes, size_t length)
{
    unsigned char lead = (unsigned char)bytes[0];
    size_t needed = lead >= 0xF0 && lead < 0xF5 ? 4 : lead >= 0xE0 && lead < 0xF0 ? 3 : lead >= 0xC2 && lead < 0xE0 ? 2 : 0;

    for (size_t i = 1; i < length && i < needed; i++)
        if (((unsigned char)bytes[i] & 0xC0) != 0x80)
            return false;
    return length < needed;
}

/* A stray bad byte in a long UTF-8 text does not make it another encoding:
 * ten good sequences outweigh one bad byte. */
static bool mostly_utf8(gly_str bytes, size_t valid)
{
    uint64_t good = 0, bad = 0;
    size_t at = 0, end = least(bytes.len, 64 * SAMPLE);

    while (at < end) {
        for (size_t i = at; i < valid; i++)
            good += (unsigned char)bytes.ptr[i] >= 0xC0;
        at = valid + 1;
        if (at > end || is_cut_off(bytes.ptr + valid, end - valid))
            break;
        bad++;
        valid = at + utf8_valid_prefix(bytes.ptr + at, end - at);
    }
    return good > 0 && good >= 10 * bad;
}

static bool has_high(gly_str bytes)
{
    return utf8_ascii_prefix(bytes.ptr, bytes.len) < bytes.len;
}

/* ---- UTF-16 and UTF-32 without a mark ------------------------------------- */

/* Is this UTF-16 unit one that running text is made of? */
static bool common_unit(unsigned u)
{
    return u == '\n' || u == '\r' || u == '\t' || (u >= 0x20 && u < 0x7F) ||
           (u >= 0xA0 && u < 0x600) || (u >= 0x2010 && u <= 0x2026) ||
           (u >= 0x3000 && u <= 0x30FF) || (u >= 0x4E00 && u <= 0x9FFF) ||
           (u >= 0xAC00 && u <= 0xD7A3) || (u >= 0xFF00 && u <= 0xFFEF);
}

typedef struct units {
    uint32_t count, little, big;  /* units; common ones when read either way */
    uint32_t even_zero, odd_zero; /* zero bytes by place                     */
    uint32_t controls;
} units;

static units count_units(gly_str bytes)
{
    units n = { .count = least(bytes.len, SAMPLE) / 2 };

    for (uint32_t i = 0; i < 2 * n.count; i += 2) {
        unsigned a = (unsigned char)bytes.ptr[i], b = (unsigned char)bytes.ptr[i + 1];

        n.little += common_unit(a | b << 8);
        n.big += common_unit(a << 8 | b);
        n.even_zero += a == 0;
        n.odd_zero += b == 0;
        n.controls += (a < 0x20 && a != '\n' && a != '\r' && a != '\t') ||
                      (b < 0x20 && b != '\n' && b != '\r' && b != '\t');
    }
    return n;
}

/* Western text has its zeros on one side. Han text has few, but read the wrong
 * way round it falls apart; bytes that look well both ways are no UTF-16. */
static bool from_units(gly_str bytes, detection *d)
{
    units n = count_units(bytes);
    uint32_t few = n.even_zero < n.odd_zero ? n.even_zero : n.odd_zero;
    uint32_t many = n.even_zero + n.odd_zero - few;
    uint32_t worse = n.little < n.big ? n.little : n.big, better = n.little + n.big - worse;
    bool one_sided = many * 10 >= n.count * 3 && few * 20 <= many;
    bool little = one_sided ? n.odd_zero > n.even_zero : n.little > n.big;

    if (n.count < 2 || n.controls * 25 < n.count || better * 10 < n.count * 9)
        return false;
    if (!one_sided && (better - worse) * 6 < n.count)
        return false;
    d->encoding = encoding_named(little ? "utf-16le" : "utf-16be");
    d->confidence = 850;
    return true;
}

/* Three of four bytes of UTF-32 text are mostly zero, and which ones says how. */
static bool from_quads(gly_str bytes, detection *d)
{
    uint32_t end = least(bytes.len, SAMPLE) & ~3u, little = 0, big = 0;

    for (uint32_t i = 0; i < end; i += 4) {
        const unsigned char *p = (const unsigned char *)bytes.ptr + i;

        little += p[3] == 0 && p[2] <= 0x10 && (p[0] | p[1]) != 0;
        big += p[0] == 0 && p[1] <= 0x10 && (p[2] | p[3]) != 0;
    }
    if (end < 8 || (bytes.len & 3) || (little == end / 4) == (big == end / 4))
        return false;
    d->encoding = encoding_named(little > big ? "utf-32le" : "utf-32be");
    d->confidence = 900;
    return true;
}

/* ---- 7-bit encodings with escapes ------------------------------------------ */

static bool from_escapes(gly_str bytes, detection *d)
{
    const char *end = bytes.ptr + bytes.len;
    const char *at = memchr(bytes.ptr, 0x1B, least(bytes.len, 64 * SAMPLE));

    if (!at || end - at < 3)
        return false;
    if (at[1] == '$' && end - at > 3 && at[2] == ')' && at[3] == 'C')
        d->encoding = encoding_named("iso-2022-kr");
    else if ((at[1] == '$' && (at[2] == '@' || at[2] == 'B')) || (at[1] == '(' && at[2] == 'J'))
        d->encoding = encoding_named("iso-2022-jp");
    else
        return false;
    d->confidence = 900;
    return true;
}

/* ---- the last resorts --------------------------------------------------------- */

/* Gathers the pieces that hold something other than ASCII. */
static uint32_t gather(gly_str bytes, char sample[SAMPLE])
{
    uint32_t length = 0;

    for (uint32_t at = 0; at < bytes.len && length < SAMPLE;) {
        const char *line = bytes.ptr + at;
        uint32_t most = least(bytes.len - at, PIECE);
        const char *end = memchr(line, '\n', most);
        uint32_t piece = end ? (uint32_t)(end - line) + 1 : most;

        if (has_high((gly_str){ line, piece })) {
            piece = least(piece, SAMPLE - length);
            memcpy(sample + length, line, piece);
            length += piece;
        }
        at += piece;
    }
    return length;
}

/* uchardet knows too little of Latin scripts when the text is short. */
static bool is_latin(const encoding *e)
{
    static const char *const others[] = { /* of one byte a character */
        "windows-1251", "windows-1253", "windows-1255", "windows-1256", "windows-874",
        "iso-8859-5", "iso-8859-6", "iso-8859-7", "iso-8859-8", "koi8-r", "koi8-u",
        "x-mac-cyrillic", "ibm855", "ibm862", "ibm866", "georgian-ps",
    };

    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (strcmp(e->name, others[i]) == 0)
            return false;
    return e->form == FORM_SINGLE;
}

/* The Ukrainian letters that koi8-u adds to koi8-r, where that draws boxes. */
static bool has_ukrainian(gly_str sample)
{
    for (uint32_t i = 0; i < sample.len; i++)
        if (memchr("\xA4\xA6\xA7\xAD\xB4\xB6\xB7\xBD", sample.ptr[i], 8))
            return true;
    return false;
}

static bool from_statistics(gly_str bytes, detection *d)
{
    char sample[SAMPLE];
    uint32_t length = gather(bytes, sample);
    uchardet_t detector = uchardet_new();
    const char *name;

    if (!detector)
        return false;
    uchardet_handle_data(detector, sample, length);
    uchardet_data_end(detector);
    name = uchardet_get_charset(detector);
    d->encoding = encoding_of_label((gly_str){ name, (uint32_t)strlen(name) });
    uchardet_delete(detector);
    if (d->encoding && d->encoding->form == FORM_UTF8)
        d->encoding = NULL; /* the bytes are not valid UTF-8: seen before */
    if (!d->encoding || is_latin(d->encoding))
        d->encoding = encoding_named(alphabet_guess((gly_str){ sample, length }));
    else if (strcmp(d->encoding->name, "koi8-r") == 0 && has_ukrainian((gly_str){ sample, length }))
        d->encoding = encoding_named("koi8-u");
    d->confidence = 600;
    return d->encoding != NULL;
}

/* ---- declarations --------------------------------------------------------------- */

static bool is_wide(const encoding *e)
{
    return e->form >= FORM_UTF16_LE && e->form <= FORM_UTF32_BE;
}

/* Sets d->encoding when a declaration can be believed. One that was read from
 * the bytes as if they were ASCII cannot name UTF-16: WHATWG reads UTF-8. */
static bool from_label(gly_str label, bool inside, bool valid, bool high, detection *d)
{
    const encoding *e = encoding_of_label(label);

    if (label.len == 0)
        return false;
    if (!e) {
        d->unknown = label;
        return false;
    }
    if ((inside && is_wide(e)) || (valid && high && e->form != FORM_UTF8) ||
        (!valid && e->form == FORM_UTF8)) {
        d->overruled = label;
        return false;
    }
    d->encoding = e;
    d->valid = valid && e->form != FORM_SHIFTED && !is_wide(e);
    d->confidence = 1000;
    return true;
}

/* The first byte below the space from `at` on. */
static uint32_t next_control(const char *bytes, uint32_t at, uint32_t end)
{
#ifdef __SSE2__
    for (; end - at >= 16; at += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(bytes + at));
        int low = _mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8(0x1F)), v));

        if (low)
            return at + (uint32_t)__builtin_ctz((unsigned)low);
    }
#endif
    while (at < end && (unsigned char)bytes[at] >= 0x20)
        at++;
    return at;
}

/* More than one byte in sixteen is a control character that no text has; of bytes
 * that are as good as random, one in ten is. A text may have been padded with zeros. */
static bool is_junk(gly_str bytes)
{
    uint32_t end = least(bytes.len, SAMPLE), odd = 0, zeros = 0;

    for (uint32_t i = next_control(bytes.ptr, 0, end); i < end; i = next_control(bytes.ptr, i + 1, end)) {
        unsigned char c = (unsigned char)bytes.ptr[i];

        zeros += c == 0;
        odd += c && !(c >= '\t' && c <= '\r') && c != 0x1B;
    }
    return end >= 64 && (odd * 16 > end || (odd + zeros) * 8 > end);
}

/* The bytes themselves, when nobody declares anything. */
static void from_bytes(gly_str bytes, const encoding *fallback, size_t prefix, bool high,
                       detection *d)
{
    bool proven = d->valid && high; /* other bytes hardly form UTF-8 by chance */

    if (!proven && (from_quads(bytes, d) || from_units(bytes, d) ||
                    (!high && from_escapes(bytes, d)))) {
        d->valid = false;
        return;
    }
    d->junk = is_junk(bytes);
    if (d->valid || mostly_utf8(bytes, prefix)) {
        d->encoding = encoding_named("utf-8");
        d->confidence = d->overruled.len ? 1000 : d->valid ? 990 : 800;
    } else if (!from_statistics(bytes, d)) {
        d->encoding = fallback;
        d->confidence = 300;
    }
}

detection detect(gly_str bytes, const clues *known)
{
    detection d = { .encoding = NULL };
    size_t prefix;
    bool high;

    if (from_mark(bytes, &d))
        return d;
    prefix = utf8_valid_prefix(bytes.ptr, bytes.len);
    d.valid = prefix == bytes.len;
    high = !d.valid || has_high(bytes);
    if (from_label(known->declared, false, d.valid, high, &d))
        return d;
    if (known->markup && from_label(declared_in_markup(bytes), true, d.valid, high, &d))
        return d;
    from_bytes(bytes, known->fallback, prefix, high, &d);
    return d;
}
