/* json - runs of plain bytes are copied whole; a table marks those to escape. */
#include "kit/json.h"

#include <stdio.h>

#include "base/utf8.h"

static char *room(json *j, size_t more)
{
    size_t capacity = (j->length + more) * 2;
    char *grown;

    if (j->failed || j->capacity - j->length >= more)
        return j->failed ? NULL : j->text + j->length;
    grown = capacity <= UINT32_MAX ? gly_alloc(j->arena, capacity, 1) : NULL;
    j->failed = grown == NULL;
    if (!grown)
        return NULL;
    if (j->length)
        memcpy(grown, j->text, j->length);
    j->text = grown;
    j->capacity = capacity;
    return grown + j->length;
}

static void put(json *j, const char *bytes, size_t length)
{
    char *to = room(j, length);

    if (to && length) {
        memcpy(to, bytes, length);
        j->length += length;
    }
}

void json_byte(json *j, char c)
{
    put(j, &c, 1);
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
    return c >= 0x20 && c != '"' && c != '\\';
}

static void put_valid(json *j, const char *text, size_t length)
{
    size_t start = 0;

    for (size_t i = 0; i < length; i++) {
        if (is_plain((unsigned char)text[i]))
            continue;
        put(j, text + start, i - start);
        escape(j, (unsigned char)text[i]);
        start = i + 1;
    }
    put(j, text + start, length - start);
}

static void put_quoted(json *j, gly_str s)
{
    json_byte(j, '"');
    while (s.len > 0) {
        size_t valid = utf8_valid_prefix(s.ptr, s.len);

        put_valid(j, s.ptr, valid);
        if (valid == s.len)
            break;
        put(j, "\xEF\xBF\xBD", 3);
        s = (gly_str){ s.ptr + valid + 1, s.len - (uint32_t)valid - 1 };
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

static void put_number(json *j, const char *digits)
{
    before_value(j);
    put(j, digits, strlen(digits));
    j->comma = true;
}

void json_int(json *j, int64_t n)
{
    char digits[24], *at = digits + sizeof digits - 1;
    uint64_t left = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;

    *at = '\0';
    do
        *--at = (char)('0' + left % 10);
    while (left /= 10);
    if (n < 0)
        *--at = '-';
    put_number(j, at);
}

void json_real(json *j, double r)
{
    char digits[40];

    if (r != r || r - r != 0) {
        put_number(j, "null");
        return;
    }
    if (r > -9e15 && r < 9e15 && (double)(int64_t)r == r) {
        json_int(j, (int64_t)r);
        return;
    }
    snprintf(digits, sizeof digits, "%.12g", r);
    put_number(j, digits);
}

void json_bool(json *j, bool b)
{
    put_number(j, b ? "true" : "false");
}

gly_str json_text(const json *j)
{
    return j->failed ? (gly_str){ NULL, 0 } : (gly_str){ j->text, (uint32_t)j->length };
}
