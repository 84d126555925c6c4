/* json - runs of plain bytes are copied whole; a table marks those to escape. */
#include "kit/json.h"

#include <stdio.h>

#include "base/utf8.h"
#include "kit/words.h"

enum { LONGEST_ESCAPE = 6 };

static char *grow(json *j, size_t more)
{
    size_t capacity = (j->length + more) * 2;
    char *grown;

    if (j->failed)
        return NULL;
    grown = capacity <= UINT32_MAX ? gly_alloc(j->arena, capacity, 1) : NULL;
    j->failed = grown == NULL;
    if (!grown) {
        j->capacity = j->length; /* so that every call comes here */
        return NULL;
    }
    if (j->length)
        memcpy(grown, j->text, j->length);
    j->text = grown;
    j->capacity = capacity;
    return grown + j->length;
}

static inline char *room(json *j, size_t more)
{
    return j->capacity - j->length >= more ? j->text + j->length : grow(j, more);
}

static inline void put(json *j, const char *bytes, size_t length)
{
    char *to = room(j, length);

    if (to && length) {
        memcpy(to, bytes, length);
        j->length += length;
    }
}

void json_byte(json *j, char c)
{
    char *to = room(j, 1);

    if (to) {
        *to = c;
        j->length++;
    }
}

void json_raw(json *j, gly_str s)
{
    put(j, s.ptr, s.len);
}

void json_begin(json *j, gly_arena *arena, size_t expected, bool pretty)
{
    *j = (json){ .arena = arena, .pretty = pretty };
    room(j, expected / 2 + 64);
}

static void break_line(json *j)
{
    static const char spaces[] = "\n    ";

    if (j->pretty && j->depth <= 2)
        put(j, spaces, 1 + 2 * (size_t)j->depth);
}

static void part_pretty(json *j)
{
    if (j->comma && j->depth > 2)
        json_byte(j, ' ');
    if (j->depth > 0)
        break_line(j);
}

static inline void part_values(json *j)
{
    if (j->comma)
        json_byte(j, ',');
    if (j->pretty)
        part_pretty(j);
    j->comma = true;
}

static inline void before_value(json *j)
{
    if (j->keyed) { /* it stands on the key's line */
        j->keyed = false;
        j->comma = true;
    } else {
        part_values(j);
    }
}

void json_value(json *j, gly_str s)
{
    before_value(j);
    put(j, s.ptr, s.len);
}

void json_open(json *j, char bracket)
{
    before_value(j);
    json_byte(j, bracket);
    j->depth++;
    j->comma = false;
}

void json_close(json *j, char bracket)
{
    j->depth--;
    if (j->comma && j->depth < 2)
        break_line(j);
    json_byte(j, bracket);
    j->comma = true;
}

static inline bool is_plain(unsigned char c)
{
    return c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
}

#ifdef __SSE2__
/* Copies sixteen bytes; a bit for each that is not plain. */
static inline unsigned copy_sixteen(char *to, const char *at)
{
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
    /* signed: what lies beyond ASCII is less than a space as well */
    __m128i odd = _mm_or_si128(_mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20)),
                               _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')),
                                            _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'))));

    _mm_storeu_si128((__m128i *)(void *)to, bytes);
    return (unsigned)_mm_movemask_epi8(odd);
}
#endif

#ifdef __SSE2__
/* A top bit for each of eight bytes that is not plain. Those above the first may be
 * wrong, for a borrow reaches up. */
static inline uint64_t odd_of_eight(uint64_t bytes)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t quote = bytes ^ ones * '"', slash = bytes ^ ones * '\\';

    return (bytes | ((bytes - ones * 0x20) & ~bytes) | ((quote - ones) & ~quote) | ((slash - ones) & ~slash)) &
           ones * 0x80;
}

/* The same as copy_sixteen() for eight, in one register. */
static inline uint64_t copy_eight(char *to, const char *at)
{
    uint64_t bytes;

    memcpy(&bytes, at, 8);
    memcpy(to, &bytes, 8);
    return odd_of_eight(bytes);
}

/* Less than eight bytes; eight are written. The zeros behind them are not plain. */
static inline size_t copy_few(char *to, const char *at, size_t length)
{
    uint64_t bytes = word__chunk(at, (uint32_t)length);

    memcpy(to, &bytes, 8);
    return (size_t)__builtin_ctzll(odd_of_eight(bytes)) / 8;
}

/* A string of 8 to 15 bytes, as most are: eight and, some of them twice, the last eight. */
static size_t copy_short(char *to, const char *at, size_t length)
{
    uint64_t odd = copy_eight(to, at);

    if (odd)
        return (size_t)__builtin_ctzll(odd) / 8;
    odd = copy_eight(to + length - 8, at + length - 8);
    return odd ? length - 8 + (size_t)__builtin_ctzll(odd) / 8 : length;
}
#endif

/* Copies the plain ASCII at the front of [at, end); returns how much it was.
 * There is room for all of [at, end) and eight bytes more. */
static inline size_t copy_plain(char *to, const char *at, const char *end)
{
    size_t length = (size_t)(end - at), i = 0;

#ifdef __SSE2__
    for (; length - i >= 16; i += 16) {
        unsigned odd = copy_sixteen(to + i, at + i);

        if (odd)
            return i + (size_t)__builtin_ctz(odd);
    }
    if (i == 0)
        return length < 8 ? copy_few(to, at, length) : copy_short(to, at, length);
    if (i < length) { /* the last sixteen; some of them once more */
        unsigned odd = copy_sixteen(to + length - 16, at + length - 16);

        return odd ? length - 16 + (size_t)__builtin_ctz(odd) : length;
    }
#else
    for (; i < length && is_plain((unsigned char)at[i]); i++)
        to[i] = at[i];
#endif
    return i;
}

static char *escape(char *to, unsigned char c)
{
    static const char hex[] = "0123456789abcdef";
    static const char letters[0x60] = {
        ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r', ['"'] = '"', ['\\'] = '\\'
    };
    char letter = letters[c];

    *to++ = '\\';
    *to++ = letter ? letter : 'u';
    if (letter)
        return to;
    memcpy(to, (char[4]){ '0', '0', hex[c >> 4], hex[c & 15] }, 4);
    return to + 4;
}

/* What is not plain at *at, one character or bytes that are none: six bytes are
 * written at most. */
static char *put_special(char *to, const char **at, const char *end)
{
    size_t length = utf8_sequence(*at, (size_t)(end - *at));
    unsigned char c = (unsigned char)**at;

    if (c < 0x80) {
        *at += 1;
        return escape(to, c);
    }
    memcpy(to, length ? *at : "\xEF\xBF\xBD", length ? length : 3);
    *at += length ? length : 1;
    return to + (length ? length : 3);
}

/* Room for the rest of a string, were it plain, and one escape. */
static inline char *room_for_rest(json *j, char *to, size_t rest)
{
    j->length = (size_t)(to - j->text);
    return room(j, rest + 2 * LONGEST_ESCAPE);
}

static void put_quoted(json *j, gly_str s)
{
    const char *at = s.ptr, *end = at + s.len;
    char *to = room(j, (size_t)s.len + 2 * LONGEST_ESCAPE);

    if (!to)
        return;
    *to++ = '"';
    while (at < end) {
        size_t plain = copy_plain(to, at, end);

        to += plain;
        for (at += plain; at < end && !is_plain((unsigned char)*at);) {
            to = put_special(to, &at, end);
            to = room_for_rest(j, to, (size_t)(end - at));
            if (!to)
                return;
        }
    }
    *to++ = '"';
    j->length = (size_t)(to - j->text);
}

/* Keys are short and plain, all but those of a hostile layer. */
void json_key_of(json *j, const char *key, size_t length)
{
    char *to;

    before_value(j);
    to = room(j, length + 2 * LONGEST_ESCAPE);
    if (!to)
        return;
    if (copy_plain(to + 1, key, key + length) == length) {
        to[0] = '"';
        memcpy(to + 1 + length, "\":", 2);
        j->length += length + 3;
    } else {
        put_quoted(j, (gly_str){ key, (uint32_t)length });
        json_byte(j, ':');
    }
    if (j->pretty)
        json_byte(j, ' ');
    j->keyed = true;
}

void json_string(json *j, gly_str s)
{
    before_value(j);
    put_quoted(j, s);
    j->comma = true;
}

static void put_number(json *j, const char *digits, size_t length)
{
    before_value(j);
    put(j, digits, length);
    j->comma = true;
}

static const char pairs[201] =
    "0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849"
    "5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899";

/* Digits of n, written so that they end before `end`; returns where they begin. */
static inline char *digits_before(char *end, uint64_t n)
{
    char *at = end;

    for (; n >= 10; n /= 100)
        memcpy(at -= 2, pairs + n % 100 * 2, 2);
    if (n || at == end)
        *--at = (char)('0' + n);
    return at;
}

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
/* Four digits of n, which is below 10,000, the first in the lowest byte. */
static inline uint32_t four_digits(uint32_t n)
{
    uint16_t high, low;

    memcpy(&high, pairs + n / 100 * 2, 2);
    memcpy(&low, pairs + n % 100 * 2, 2);
    return high | (uint32_t)low << 16;
}

/* Places in articles have mostly four digits or less: these are moved over their leading
 * zeros without a branch. */
static inline char *put_few_digits(char *to, uint32_t n)
{
    uint32_t zeros = (uint32_t)((n < 1000) + (n < 100) + (n < 10)), four = four_digits(n) >> 8 * zeros;

    memcpy(to, &four, 4);
    return to + 4 - zeros;
}
#endif

/* Writes n at `to`, where there is room for four bytes and all its digits; returns what is
 * behind it. */
static inline char *put_digits(char *to, uint32_t n)
{
    char *end = to + 1;

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    if (n < 10000)
        return put_few_digits(to, n);
    if (n < 100000000) { /* places in pages */
        uint32_t four = four_digits(n % 10000);

        to = put_few_digits(to, n / 10000);
        memcpy(to, &four, 4);
        return to + 4;
    }
#endif

    for (uint64_t power = 10; n >= power; power *= 10)
        end++;
    digits_before(end, n);
    return end;
}

static void put_long(json *j, int64_t n)
{
    char digits[24], *end = digits + sizeof digits;
    char *at = digits_before(end, n < 0 ? 0 - (uint64_t)n : (uint64_t)n);

    if (n < 0)
        *--at = '-';
    put_number(j, at, (size_t)(end - at));
}

void json_int(json *j, int64_t n)
{
    char *to;

    if (n < 0 || n >= 10000) {
        put_long(j, n);
        return;
    }
    before_value(j);
    to = room(j, 4);
    if (to)
        j->length = (size_t)(put_digits(to, (uint32_t)n) - j->text);
    j->comma = true;
}

void json_span(json *j, uint32_t start, uint32_t end)
{
    enum { LONGEST = sizeof "\"start\":,\"end\":" + 2 * 10 };
    char *to;

    if (j->pretty) {
        json_key(j, "start");
        json_int(j, start);
        json_key(j, "end");
        json_int(j, end);
        return;
    }
    before_value(j);
    to = room(j, LONGEST);
    if (!to)
        return;
    to = put_digits((char *)memcpy(to, "\"start\":", 8) + 8, start);
    to = put_digits((char *)memcpy(to, ",\"end\":", 7) + 7, end);
    j->length = (size_t)(to - j->text);
    j->comma = true;
}

/* Scores have three decimals. Such a number of thousandths is written exactly: it has
 * fewer digits than the twelve that are kept. */
static bool put_thousandths(json *j, double r)
{
    char digits[24], *end = digits + sizeof digits, *at, *last = end;
    uint64_t thousandths;

    if (!(r >= 0.001 && r < 1e6))
        return false;
    thousandths = (uint64_t)(r * 1000 + 0.5);
    if ((double)thousandths / 1000 != r)
        return false;
    at = digits_before(end, thousandths % 1000 + 1000); /* 1 holds the place of the zeros */
    *at = '.';
    while (last[-1] == '0')
        last--;
    at = digits_before(at, thousandths / 1000);
    put_number(j, at, (size_t)(last - at));
    return true;
}

void json_real(json *j, double r)
{
    char digits[40];

    if (r != r || r - r != 0) {
        put_number(j, "null", 4);
        return;
    }
    if (r > -9e15 && r < 9e15 && (double)(int64_t)r == r) {
        json_int(j, (int64_t)r);
        return;
    }
    if (put_thousandths(j, r))
        return;
    snprintf(digits, sizeof digits, "%.12g", r);
    put_number(j, digits, strlen(digits));
}

void json_bool(json *j, bool b)
{
    put_number(j, b ? "true" : "false", b ? 4 : 5);
}

gly_str json_text(const json *j)
{
    return j->failed ? (gly_str){ NULL, 0 } : (gly_str){ j->text, (uint32_t)j->length };
}
