/* tidy - finds and changes what is not wanted in a text. */
#include "tidy.h"

#ifdef __SSE2__
#include <immintrin.h>
#endif

#include "base/utf8.h"

#ifdef __SSE2__
/* Ones in each byte of sixteen that is no printable ASCII, newline or tab. Signed
 * comparison: bytes from 0x80 are below the space as well. */
static __m128i unplain(const char *at)
{
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)at);
    __m128i low = _mm_cmplt_epi8(v, _mm_set1_epi8(0x20));
    __m128i fine = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('\n')),
                                _mm_cmpeq_epi8(v, _mm_set1_epi8('\t')));

    return _mm_or_si128(_mm_andnot_si128(fine, low), _mm_cmpeq_epi8(v, _mm_set1_epi8(0x7F)));
}

/* The same for 32 bytes at once. */
__attribute__((target("avx2"))) static __m256i unplain_wide(const char *at)
{
    __m256i v = _mm256_loadu_si256((const __m256i *)(const void *)at);
    __m256i low = _mm256_cmpgt_epi8(_mm256_set1_epi8(0x20), v);
    __m256i fine = _mm256_or_si256(_mm256_cmpeq_epi8(v, _mm256_set1_epi8('\n')),
                                   _mm256_cmpeq_epi8(v, _mm256_set1_epi8('\t')));

    return _mm256_or_si256(_mm256_andnot_si256(fine, low), _mm256_cmpeq_epi8(v, _mm256_set1_epi8(0x7F)));
}

/* Goes over 64 bytes after 64 that are plain, from `at` on. */
__attribute__((target("avx2"))) static uint32_t pass_plain_wide(gly_str bytes, uint32_t at)
{
    for (; bytes.len - at >= 64; at += 64) {
        __m256i wrong = _mm256_or_si256(unplain_wide(bytes.ptr + at), unplain_wide(bytes.ptr + at + 32));

        if (!_mm256_testz_si256(wrong, wrong))
            break;
    }
    return at;
}

static uint32_t pass_plain(gly_str bytes, uint32_t at)
{
    if (bytes.len - at >= 64 && __builtin_cpu_supports("avx2"))
        return pass_plain_wide(bytes, at);
    for (; bytes.len - at >= 32; at += 32)
        if (_mm_movemask_epi8(_mm_or_si128(unplain(bytes.ptr + at), unplain(bytes.ptr + at + 16))))
            break;
    return at;
}
#endif

uint32_t plain_prefix(gly_str bytes)
{
    uint32_t at = 0;

#ifdef __SSE2__
    while (bytes.len - at >= 16) {
        int wrong = _mm_movemask_epi8(unplain(bytes.ptr + at));

        if (wrong)
            return at + (uint32_t)__builtin_ctz((unsigned)wrong);
        at = pass_plain(bytes, at + 16);
    }
#endif
    for (; at < bytes.len; at++) {
        unsigned char c = (unsigned char)bytes.ptr[at];

        if ((c < 0x20 && c != '\n' && c != '\t') || c >= 0x7F)
            break;
    }
    return at;
}

static untidy classify_ascii(uint32_t c)
{
    if (c == '\r' || c == '\f' || c == '\v')
        return UNTIDY_LINE_END;
    return (c < 0x20 && c != '\n' && c != '\t') || c == 0x7F ? UNTIDY_CONTROL : UNTIDY_NONE;
}

static untidy classify_general(uint32_t c) /* U+2000 to U+206F */
{
    if (c <= 0x200A || c == 0x202F || c == 0x205F)
        return UNTIDY_SPACE;
    if (c == 0x2028 || c == 0x2029)
        return UNTIDY_LINE_END;
    if (c <= 0x200D || c == 0x2060 || (c >= 0x2061 && c <= 0x2065))
        return UNTIDY_ZERO_WIDTH;
    if (c <= 0x200F || (c >= 0x202A && c <= 0x202E) || c >= 0x2066)
        return UNTIDY_DIRECTION;
    return UNTIDY_NONE;
}

static untidy classify(uint32_t c)
{
    if (c < 0x80)
        return classify_ascii(c);
    if (c < 0xA0)
        return c == 0x85 ? UNTIDY_LINE_END : UNTIDY_CONTROL;
    if (c >= 0x2000 && c <= 0x206F)
        return classify_general(c);
    if (c == 0xA0 || c == 0x1680 || c == 0x3000)
        return UNTIDY_SPACE;
    if (c == 0xAD)
        return UNTIDY_SOFT_HYPHEN;
    if (c == 0xFEFF || c == 0x180E || c == 0x034F || (c >= 0xFFF9 && c <= 0xFFFB))
        return UNTIDY_ZERO_WIDTH;
    return c == 0x061C ? UNTIDY_DIRECTION : UNTIDY_NONE;
}

/* No character below U+0300 is changed by NFC, and of the punctuation of U+2010
 * to U+20CF none; the rest is left to utf8proc. */
static bool may_compose(uint32_t c)
{
    return c >= 0x300 && !(c >= 0x400 && c < 0x483) && !(c >= 0x2010 && c < 0x20D0) &&
           !(c >= 0x3003 && c < 0x3099) && !(c >= 0x30A0 && c < 0xA000) &&
           !(c >= 0xAC00 && c < 0xD7A4);
}

unsigned tidy_scan(gly_str text, uint32_t plain)
{
    const char *at = text.ptr + plain, *end = text.ptr + text.len;
    unsigned found = 0;
    bool high = false; /* the last character was beyond ASCII */

    while (at < end) {
        const char *start = at;
        uint32_t c;

        if ((unsigned char)*at < 0x80)
            at += plain_prefix((gly_str){ at, (uint32_t)(end - at) });
        if (at >= end)
            break;
        high = high && at == start;
        c = utf8_next(&at);
        if (classify(c) != UNTIDY_NONE)
            found |= FOUND_UNTIDY;
        if (c < 0x80)
            continue;
        found |= FOUND_HIGH | (high ? FOUND_MISREAD : 0u) |
                 (may_compose(c) ? FOUND_COMPOSABLE : 0u);
        high = true;
    }
    return found;
}

/* Scripts whose spelling uses joiners: Arabic and its kin, the Indic scripts,
 * Khmer, Burmese, Mongolian. */
static bool joins(uint32_t c)
{
    return (c >= 0x0600 && c < 0x0E00) || (c >= 0x0E80 && c < 0x1100) ||
           (c >= 0x1780 && c < 0x18B0);
}

static bool is_emoji(uint32_t c)
{
    return c == 0xFE0F || (c >= 0x2190 && c < 0x2C00) || (c >= 0x1F000 && c < 0x20000);
}

static bool joiner_belongs(uint32_t c, uint32_t before, uint32_t after)
{
    if (c != 0x200C && c != 0x200D)
        return false;
    return (joins(before) && joins(after)) || (c == 0x200D && is_emoji(before) && is_emoji(after));
}

static bool wanted(untidy kind, tidy_rules rules)
{
    switch (kind) {
    case UNTIDY_NONE:
    case UNTIDY_COUNT: return false;
    case UNTIDY_LINE_END: return rules.line_ends;
    case UNTIDY_SPACE: return rules.spaces;
    case UNTIDY_DIRECTION: return rules.direction;
    case UNTIDY_ZERO_WIDTH:
    case UNTIDY_SOFT_HYPHEN:
    case UNTIDY_CONTROL: break;
    }
    return rules.invisible;
}

/* What stands in its place: CRLF is one line end. */
static const char *replacement(untidy kind, uint32_t c, const char *after, const char *end)
{
    if (kind == UNTIDY_SPACE)
        return " ";
    if (kind == UNTIDY_LINE_END)
        return c == '\r' && after < end && *after == '\n' ? "" : "\n";
    return "";
}

void tidy(gly_str text, tidy_rules rules, tidy_counts *counts, rewrite *out)
{
    const char *at = text.ptr, *end = at + text.len, *kept = at;
    uint32_t before = 0;

    while (at < end) {
        uint32_t plain = plain_prefix((gly_str){ at, (uint32_t)(end - at) }), c, after = 0;
        const char *start, *next, *instead;
        untidy kind;

        if (plain)
            before = (unsigned char)at[plain - 1];
        at += plain;
        if (at >= end)
            break;
        start = at;
        c = utf8_next(&at);
        next = at;
        if (next < end)
            after = utf8_next(&next);
        kind = classify(c);
        if (!wanted(kind, rules) || joiner_belongs(c, before, after)) {
            before = c;
            continue;
        }
        counts->of[kind]++;
        instead = replacement(kind, c, at, end);
        rewrite_keep(out, (uint32_t)(kept - text.ptr), (uint32_t)(start - text.ptr));
        rewrite_put(out, instead, (uint32_t)strlen(instead));
        kept = at;
    }
    rewrite_keep(out, (uint32_t)(kept - text.ptr), text.len);
}
