/* json - runs of plain bytes are copied whole; a table marks those to escape. */
#include "kit/json.h"

#include <stdio.h>

#include "base/utf8.h"

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

static void before_value(json *j)
{
    if (j->keyed) { /* it stands on the key's line */
        j->keyed = false;
        j->comma = true;
        return;
    }
    if (j->comma)
        json_byte(j, ',');
    if (j->comma && j->pretty && j->depth > 2)
        json_byte(j, ' ');
    if (j->depth > 0)
        break_line(j);
    j->comma = true;
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

static void escape(json *j, unsigned char c)
{
    static const char hex[] = "0123456789abcdef";
    static const char from[] = "\b\t\n\f\r\"\\", to[] = "btnfr\"\\";
    const char *known = c ? strchr(from, c) : NULL;
    char code[6] = { '\\', 'u', '0', '0', hex[c >> 4], hex[c & 15] };

    if (known)
        put(j, (char[2]){ '\\', to[known - from] }, 2);
    else
        put(j, code, sizeof code);
}

static bool is_plain(unsigned char c)
{
    return c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
}

/* Copies the plain ASCII at the front of [at, end); returns how much it was.
 * There is room for all of [at, end). */
static size_t copy_plain(char *to, const char *at, const char *end)
{
    const char *start = at;

#ifdef __SSE2__
    for (; end - at >= 16; at += 16, to += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
        /* signed: what lies beyond ASCII is less than a space as well */
        __m128i odd = _mm_or_si128(_mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20)),
                                   _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')),
                                                _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'))));
        int mask = _mm_movemask_epi8(odd);

        _mm_storeu_si128((__m128i *)(void *)to, bytes);
        if (mask)
            return (size_t)(at - start) + (size_t)__builtin_ctz((unsigned)mask);
    }
#endif
    for (; at < end && is_plain((unsigned char)*at); at++)
        *to++ = *at;
    return (size_t)(at - start);
}

/* What is not plain at `at`: one character, or bytes that are none. */
static size_t put_special(json *j, const char *at, const char *end)
{
    size_t length = utf8_sequence(at, (size_t)(end - at));

    if ((unsigned char)*at < 0x80)
        escape(j, (unsigned char)*at);
    else if (length)
        put(j, at, length);
    else
        put(j, "\xEF\xBF\xBD", 3);
    return length ? length : 1;
}

static void put_quoted(json *j, gly_str s)
{
    const char *at = s.ptr, *end = at + s.len;

    json_byte(j, '"');
    while (at < end) {
        char *to = room(j, (size_t)(end - at));
        size_t plain;

        if (!to)
            return;
        plain = copy_plain(to, at, end);
        j->length += plain;
        for (at += plain; at < end && !is_plain((unsigned char)*at);)
            at += put_special(j, at, end);
    }
    json_byte(j, '"');
}

void json_key(json *j, const char *key)
{
    before_value(j);
    put_quoted(j, (gly_str){ key, (uint32_t)strlen(key) });
    json_byte(j, ':');
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

void json_int(json *j, int64_t n)
{
    char digits[24], *end = digits + sizeof digits, *at = end;
    uint64_t left = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;

    do
        *--at = (char)('0' + left % 10);
    while (left /= 10);
    if (n < 0)
        *--at = '-';
    put_number(j, at, (size_t)(end - at));
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
