/* decode - UTF-8 with faults, UTF-16 and UTF-32 by hand; the rest by iconv. */
#include "decode.h"

#include <errno.h>
#include <iconv.h>

#include "base/utf8.h"

#define REPLACEMENT "\xEF\xBF\xBD"

enum { PAUSE = 1 << 16 }; /* bytes between two questions whether to stop */

static void put(decoding *d, uint32_t c)
{
    char bytes[4];

    rewrite_put(d->out, bytes, (uint32_t)utf8_put(bytes, c));
}

static void put_bad(decoding *d)
{
    rewrite_put(d->out, REPLACEMENT, 3);
    d->bad++;
}

static bool time_to_stop(decoding *d, uint32_t at, uint32_t *asked)
{
    if (at - *asked < PAUSE)
        return false;
    *asked = at;
    return d->host->stop(d->stage);
}

/* ---- UTF-8 ----------------------------------------------------------------- */

/* Length of the longest start of a sequence at p; at least 1. */
static uint32_t broken_part(const unsigned char *p, uint32_t left)
{
    uint32_t most = p[0] >= 0xF0 && p[0] <= 0xF4 ? 3 : p[0] >= 0xE0 && p[0] < 0xF0 ? 2 : 1;
    unsigned char low = p[0] == 0xE0 ? 0xA0 : p[0] == 0xF0 ? 0x90 : 0x80;
    unsigned char high = p[0] == 0xED ? 0x9F : p[0] == 0xF4 ? 0x8F : 0xBF;
    uint32_t length = 1;

    if (most > 1 && left > 1 && p[1] >= low && p[1] <= high)
        for (length = 2; length < most && length < left && (p[length] & 0xC0) == 0x80;)
            length++;
    return length;
}

static gly_status decode_utf8(decoding *d)
{
    gly_str from = d->out->from;
    uint32_t at = d->begin, asked = at;

    while (at < from.len) {
        uint32_t good = (uint32_t)utf8_valid_prefix(from.ptr + at, from.len - at);

        rewrite_keep(d->out, at, at + good);
        at += good;
        if (at < from.len) {
            at += broken_part((const unsigned char *)from.ptr + at, from.len - at);
            put_bad(d);
        }
        if (time_to_stop(d, at, &asked))
            return GLY_ECANCEL;
    }
    return GLY_OK;
}

/* ---- UTF-16 and UTF-32 ------------------------------------------------------ */

static uint32_t unit16(const unsigned char *p, bool big)
{
    return big ? (uint32_t)p[0] << 8 | p[1] : (uint32_t)p[1] << 8 | p[0];
}

static uint32_t unit32(const unsigned char *p, bool big)
{
    uint32_t first = unit16(p, big), second = unit16(p + 2, big);

    return big ? first << 16 | second : second << 16 | first;
}

/* The code point at `at`, and its length in bytes; 0xFFFFFFFF: a fault. */
static uint32_t wide_at(gly_str from, uint32_t at, encoding_form form, uint32_t *length)
{
    const unsigned char *p = (const unsigned char *)from.ptr + at;
    bool big = form == FORM_UTF16_BE || form == FORM_UTF32_BE;
    uint32_t width = form >= FORM_UTF32_LE ? 4 : 2, c, low;

    *length = width;
    if (from.len - at < width) {
        *length = from.len - at;
        return UINT32_MAX;
    }
    c = width == 4 ? unit32(p, big) : unit16(p, big);
    if (width == 2 && c >= 0xD800 && c < 0xDC00 && from.len - at >= 4) {
        low = unit16(p + 2, big);
        if (low >= 0xDC00 && low < 0xE000) {
            *length = 4;
            return 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
        }
    }
    return c > 0x10FFFF || (c >= 0xD800 && c < 0xE000) ? UINT32_MAX : c;
}

static gly_status decode_wide(decoding *d, encoding_form form)
{
    uint32_t at = d->begin, asked = at, length;

    while (at < d->out->from.len) {
        uint32_t c = wide_at(d->out->from, at, form, &length);

        rewrite_anchor(d->out, at); /* a byte alone is no whole character there */
        if (c == UINT32_MAX)
            put_bad(d);
        else
            put(d, c);
        at += length;
        if (time_to_stop(d, at, &asked))
            return GLY_ECANCEL;
    }
    return GLY_OK;
}

/* ---- one byte a character ------------------------------------------------------ */

/* What each byte from 0x80 stands for; 0: nothing. iconv is asked byte by byte
 * and made to let go of each, so that it composes nothing (windows-1255, -1258). */
static void read_upper_half(iconv_t cd, uint32_t upper[128])
{
    for (int i = 0; i < 128; i++) {
        char byte = (char)(0x80 + i), wide[16] = { 0 };
        char *in = &byte, *out = wide;
        size_t in_left = 1, out_left = sizeof wide;

        iconv(cd, NULL, NULL, NULL, NULL);
        iconv(cd, &in, &in_left, &out, &out_left);
        iconv(cd, NULL, NULL, &out, &out_left);
        upper[i] = out > wide ? unit32((const unsigned char *)wide, false) : 0;
        if (upper[i] == 0 && i < 0x20)
            upper[i] = (uint32_t)(0x80 + i); /* WHATWG: the C1 control itself */
    }
}

static gly_status decode_single(decoding *d, iconv_t cd)
{
    gly_str from = d->out->from;
    uint32_t upper[128], at = d->begin, asked = at;

    read_upper_half(cd, upper);
    while (at < from.len) {
        uint32_t ascii = at, c;

        while (ascii < from.len && (unsigned char)from.ptr[ascii] < 0x80)
            ascii++;
        rewrite_keep(d->out, at, ascii);
        for (at = ascii; at < from.len && (unsigned char)from.ptr[at] >= 0x80; at++) {
            c = upper[(unsigned char)from.ptr[at] - 0x80];
            if (c)
                put(d, c);
            else
                put_bad(d);
        }
        if (time_to_stop(d, at, &asked))
            return GLY_ECANCEL;
    }
    return GLY_OK;
}

/* ---- several bytes a character -------------------------------------------------- */

/* Converts from `at` on until a few characters are out; returns how many bytes
 * were read. The room is small so that the map back stays fine-grained. */
static uint32_t convert_some(decoding *d, iconv_t cd, uint32_t at)
{
    gly_str from = d->out->from;
    char wide[16], *in = (char *)(uintptr_t)(from.ptr + at), *out = wide;
    size_t in_left = from.len - at < 32 ? from.len - at : 32, out_left = sizeof wide;
    size_t given = in_left;

    if (iconv(cd, &in, &in_left, &out, &out_left) == (size_t)-1 && errno != E2BIG &&
        given == in_left && out == wide) {
        iconv(cd, NULL, NULL, NULL, NULL);
        put_bad(d);
        return 1;
    }
    for (char *p = wide; p < out; p += 4)
        put(d, unit32((const unsigned char *)p, false));
    return given == in_left ? 1 : (uint32_t)(given - in_left);
}

static gly_status decode_multi(decoding *d, iconv_t cd, bool shifted)
{
    gly_str from = d->out->from;
    uint32_t at = d->begin, asked = at;

    while (at < from.len) {
        uint32_t ascii = at;

        while (!shifted && ascii < from.len && (unsigned char)from.ptr[ascii] < 0x80)
            ascii++;
        rewrite_keep(d->out, at, ascii);
        at = ascii;
        if (at < from.len)
            at += convert_some(d, cd, at);
        if (time_to_stop(d, at, &asked))
            return GLY_ECANCEL;
    }
    return GLY_OK;
}

gly_status decode(decoding *d, const encoding *from)
{
    gly_status status;
    iconv_t cd;

    if (from->form == FORM_UTF8)
        return decode_utf8(d);
    if (from->form <= FORM_UTF32_BE)
        return decode_wide(d, from->form);
    cd = iconv_open("UCS-4LE", from->iconv);
    if (cd == (iconv_t)-1)
        return GLY_ESTATE;
    if (from->form == FORM_SINGLE)
        status = decode_single(d, cd);
    else
        status = decode_multi(d, cd, from->form == FORM_SHIFTED);
    iconv_close(cd);
    return status;
}
