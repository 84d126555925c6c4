/* part - headers, boundaries, quoted-printable and base64. */
#include "part.h"

#include <strings.h>

typedef struct headers {
    gly_str  type, encoding, location, snapshot, boundary, charset;
    uint32_t end; /* where the body begins */
} headers;

enum { DEEPEST_PART = 5 };

static gly_str trimmed(gly_str s)
{
    while (s.len && (unsigned char)s.ptr[0] <= ' ')
        s.ptr++, s.len--;
    while (s.len && (unsigned char)s.ptr[s.len - 1] <= ' ')
        s.len--;
    return s;
}

static bool begins(gly_str s, const char *what)
{
    size_t length = strlen(what);

    return s.len >= length && strncasecmp(s.ptr, what, length) == 0;
}

/* A parameter of a header, "charset=utf-8" or boundary="x". */
static gly_str parameter(gly_str header, const char *name)
{
    size_t length = strlen(name);

    for (uint32_t i = 0; i + length < header.len; i++) {
        gly_str value;
        uint32_t n = 0;

        if (header.ptr[i] != ';' && (unsigned char)header.ptr[i] > ' ')
            continue;
        if (strncasecmp(header.ptr + i + 1, name, length) != 0 || i + 1 + length >= header.len ||
            header.ptr[i + 1 + length] != '=')
            continue;
        value = (gly_str){ header.ptr + i + length + 2, header.len - i - (uint32_t)length - 2 };
        if (value.len && value.ptr[0] == '"') {
            value.ptr++, value.len--;
            while (n < value.len && value.ptr[n] != '"')
                n++;
        } else {
            while (n < value.len && value.ptr[n] != ';' && (unsigned char)value.ptr[n] > ' ')
                n++;
        }
        return (gly_str){ value.ptr, n };
    }
    return (gly_str){ NULL, 0 };
}

/* One header with the lines that continue it; returns where the next begins. */
static uint32_t header_end(gly_str s, uint32_t at, uint32_t end)
{
    for (;;) {
        const char *newline = memchr(s.ptr + at, '\n', end - at);

        if (!newline)
            return end;
        at = (uint32_t)(newline - s.ptr) + 1;
        if (at >= end || (s.ptr[at] != ' ' && s.ptr[at] != '\t'))
            return at;
    }
}

static headers read_headers(gly_str s, uint32_t at, uint32_t end)
{
    headers h = { .end = at };

    while (at < end) {
        uint32_t next = header_end(s, at, end);
        gly_str line = trimmed((gly_str){ s.ptr + at, next - at });

        h.end = at = next;
        if (line.len == 0)
            break;
        if (begins(line, "content-type:"))
            h.type = trimmed((gly_str){ line.ptr + 13, line.len - 13 });
        else if (begins(line, "content-transfer-encoding:"))
            h.encoding = trimmed((gly_str){ line.ptr + 26, line.len - 26 });
        else if (begins(line, "content-location:"))
            h.location = trimmed((gly_str){ line.ptr + 17, line.len - 17 });
        else if (begins(line, "snapshot-content-location:"))
            h.snapshot = trimmed((gly_str){ line.ptr + 26, line.len - 26 });
    }
    h.boundary = parameter(h.type, "boundary");
    h.charset = parameter(h.type, "charset");
    return h;
}

static bool take(const headers *h, uint32_t end, part *p)
{
    if (!begins(h->type, "text/html") && !begins(h->type, "application/xhtml"))
        return false;
    *p = (part){ .body = { h->end, end }, .charset = h->charset, .location = h->location };
    if (begins(h->encoding, "quoted-printable"))
        p->encoding = PART_QUOTED;
    else if (begins(h->encoding, "base64"))
        p->encoding = PART_BASE64;
    return true;
}

static bool ends_boundary(gly_str s, uint32_t at)
{
    return at >= s.len || (unsigned char)s.ptr[at] <= ' ' || s.ptr[at] == '-';
}

/* The next line "--BOUNDARY" from `at` on, or the end. */
static uint32_t next_boundary(gly_str s, gly_str boundary, uint32_t at)
{
    while (at < s.len) {
        const char *newline;

        if (s.len - at >= boundary.len + 2 && s.ptr[at] == '-' && s.ptr[at + 1] == '-' &&
            memcmp(s.ptr + at + 2, boundary.ptr, boundary.len) == 0 && ends_boundary(s, at + 2 + boundary.len))
            return at;
        newline = memchr(s.ptr + at, '\n', s.len - at);
        at = newline ? (uint32_t)(newline - s.ptr) + 1 : s.len;
    }
    return s.len;
}

/* Below `end`. Parts may have parts: "related" holds an "alternative" of text and
 * page. One inside of the other is read at most once more, so depth is cut. */
static bool find_below(gly_str s, headers whole, int depth, part *p)
{
    uint32_t at;

    if (whole.boundary.len == 0 || depth == DEEPEST_PART)
        return take(&whole, s.len, p);
    at = next_boundary(s, whole.boundary, whole.end);
    while (at < s.len) {
        uint32_t begin = header_end(s, at, s.len), end = next_boundary(s, whole.boundary, begin);
        gly_str below = { s.ptr, end };

        if (find_below(below, read_headers(s, begin, end), depth + 1, p))
            return true;
        at = end;
    }
    return false;
}

static bool is_web_address(gly_str s)
{
    return begins(s, "http://") || begins(s, "https://");
}

/* A part that is told apart by "cid:" alone has the address of the whole. */
bool part_find_page(gly_str s, part *p)
{
    headers whole = read_headers(s, 0, s.len);

    if (!find_below(s, whole, 0, p))
        return false;
    if (!is_web_address(p->location))
        p->location = is_web_address(whole.snapshot) ? whole.snapshot : whole.location;
    if (!is_web_address(p->location))
        p->location = (gly_str){ NULL, 0 };
    return true;
}

/* ---- decoding ------------------------------------------------------------------------ */

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10 : -1;
}

static void decode_quoted(rewrite *out, gly_range at)
{
    const char *p = out->from.ptr;
    uint32_t kept = at.begin;

    for (uint32_t i = at.begin; i < at.end;) {
        const char *sign = memchr(p + i, '=', at.end - i);
        char byte;

        if (!sign)
            break;
        i = (uint32_t)(sign - p);
        if (i + 2 < at.end && hex(p[i + 1]) >= 0 && hex(p[i + 2]) >= 0) {
            byte = (char)(hex(p[i + 1]) * 16 + hex(p[i + 2]));
            rewrite_keep(out, kept, i);
            rewrite_put(out, &byte, 1);
            kept = i += 3;
        } else if (i + 1 < at.end && p[i + 1] == '\n') { /* the line goes on */
            rewrite_keep(out, kept, i);
            kept = i += 2;
        } else if (i + 2 < at.end && p[i + 1] == '\r' && p[i + 2] == '\n') {
            rewrite_keep(out, kept, i);
            kept = i += 3;
        } else {
            i++;
        }
    }
    rewrite_keep(out, kept, at.end);
}

static int sextet(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

static void decode_base64(rewrite *out, gly_range at)
{
    uint32_t bits = 0;
    int have = 0;

    for (uint32_t i = at.begin; i < at.end && out->from.ptr[i] != '='; i++) {
        int six = sextet(out->from.ptr[i]);
        char byte;

        if (six < 0)
            continue;
        bits = bits << 6 | (uint32_t)six;
        have += 6;
        if (have < 8)
            continue;
        have -= 8;
        byte = (char)(bits >> have & 0xFF);
        rewrite_put(out, &byte, 1);
    }
}

void part_decode(rewrite *out, const part *p)
{
    if (p->encoding == PART_QUOTED)
        decode_quoted(out, p->body);
    else if (p->encoding == PART_BASE64)
        decode_base64(out, p->body);
    else
        rewrite_keep(out, p->body.begin, p->body.end);
}
