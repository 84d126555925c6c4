/* address - where e-mail and web addresses begin and end. */
#include "address.h"

#include <strings.h>

#include "bytes.h"

enum {
    LONGEST_LOCAL = 64,  /* RFC 5321, 4.5.3.1 */
    LONGEST_HOST = 255,
    SHORTEST_TOP = 2,    /* letters of a top-level domain */
};

static const gly_range none = { 0, 0 };

/* ---- hosts ----------------------------------------------------------------------- */

static bool is_host(gly_str text, uint32_t i)
{
    char c = byte_at(text, i);

    return c == '-' || (c != '_' && is_word_at(text, i));
}

/* The end of one part of a host, without hyphens at its ends; i: there is none. */
static uint32_t label_end(gly_str text, uint32_t i)
{
    uint32_t end = i;

    if (byte_at(text, i) == '-')
        return i;
    while (end < text.len && end - i < LONGEST_HOST && is_host(text, end))
        end = after_point(text, end);
    while (end > i && text.ptr[end - 1] == '-')
        end--;
    return end;
}

static bool is_top(gly_str label)
{
    return label.len >= SHORTEST_TOP && !is_digit(label.ptr[0]);
}

uint32_t address_host(gly_str text, uint32_t i)
{
    uint32_t begin = i, end = label_end(text, i), last = i;

    while (end > begin && byte_at(text, end) == '.' && end - i < LONGEST_HOST) {
        uint32_t next = label_end(text, end + 1);

        if (next == end + 1)
            break;
        last = begin = end + 1;
        end = next;
    }
    return last > i && is_top(gly_slice(text, (gly_range){ last, end })) ? end : i;
}

/* ---- e-mail ------------------------------------------------------------------------ */

/* The characters of an atom (RFC 5322, 3.2.3) that people use, and the dot. */
static bool is_local(gly_str text, uint32_t i)
{
    char c = text.ptr[i];

    if ((unsigned char)c >= 0x80)
        return !is_wide_mark(text, i);
    return is_digit(c) || is_ascii_letter(c) || is_one_of(c, "._%+-'&=~");
}

/* The begin of the local part that ends at `end`; `end`: there is none. */
static uint32_t local_begin(gly_str text, uint32_t from, uint32_t end)
{
    uint32_t begin = end;

    while (begin > from && end - begin < LONGEST_LOCAL) {
        uint32_t before = before_point(text, begin);

        if (before < from || !is_local(text, before))
            break;
        begin = before;
    }
    while (begin < end && is_one_of(text.ptr[begin], ".'&=~-"))
        begin++;
    return begin < end && text.ptr[end - 1] == '.' ? end : begin;
}

gly_range address_email(gly_str text, uint32_t from, uint32_t at)
{
    uint32_t begin = local_begin(text, from, at);
    uint32_t end = begin < at ? address_host(text, at + 1) : at + 1;

    return end > at + 1 ? (gly_range){ begin, end } : none;
}

/* ---- "name [at] host [dot] org" -------------------------------------------------------- */

static uint32_t skip_spaces(gly_str text, uint32_t i, uint32_t most)
{
    while (most-- && byte_at(text, i) == ' ')
        i++;
    return i;
}

/* The end of "[word]" or "(word)" at i; i: it is something else. */
static uint32_t bracketed(gly_str text, uint32_t i, const char *word)
{
    uint32_t length = (uint32_t)strlen(word), end = i + 1 + length;
    char open = byte_at(text, i);

    if ((open != '[' && open != '(') || end >= text.len
        || strncasecmp(text.ptr + i + 1, word, length) != 0)
        return i;
    return text.ptr[end] == (open == '[' ? ']' : ')') ? end + 1 : i;
}

static uint32_t dot_end(gly_str text, uint32_t i)
{
    uint32_t at = skip_spaces(text, i, 1), end = bracketed(text, at, "dot");

    if (byte_at(text, i) == '.')
        return i + 1;
    return end > at ? skip_spaces(text, end, 1) : i;
}

static uint32_t spelt_host(gly_str text, uint32_t i)
{
    uint32_t end = label_end(text, i), last = i, next = dot_end(text, end);

    while (end > last && next > end && end - i < LONGEST_HOST && label_end(text, next) > next) {
        last = next;
        end = label_end(text, next);
        next = dot_end(text, end);
    }
    return last > i && is_top(gly_slice(text, (gly_range){ last, end })) ? end : i;
}

gly_range address_spelt(gly_str text, uint32_t from, uint32_t open)
{
    uint32_t after = bracketed(text, open, "at"), local = open, begin, host, end;

    if (after == open)
        return none;
    if (local > from && text.ptr[local - 1] == ' ')
        local--;
    begin = local_begin(text, from, local);
    host = skip_spaces(text, after, 1);
    end = begin < local ? spelt_host(text, host) : host;
    return end > host ? (gly_range){ begin, end } : none;
}

uint32_t address_unspell(gly_str text, gly_range at, char *out)
{
    uint32_t length = 0;

    for (uint32_t i = at.begin; i < at.end;) {
        uint32_t sign = bracketed(text, i, "at"), dot = bracketed(text, i, "dot");

        if (sign > i || dot > i) {
            out[length++] = sign > i ? '@' : '.';
            i = sign > i ? sign : dot;
        } else {
            if (text.ptr[i] != ' ')
                out[length++] = text.ptr[i];
            i++;
        }
    }
    return length;
}

/* ---- web addresses ----------------------------------------------------------------------- */

/* Reads to the next space or quotation mark, then gives back the marks that belong to
 * the sentence: a closing bracket stays when it was opened inside. */
static uint32_t web_end(gly_str text, uint32_t begin)
{
    uint32_t end = begin, opened = 0, closed = 0;

    while (end < text.len && (unsigned char)text.ptr[end] > ' '
           && !is_one_of(text.ptr[end], "<>\"`{}|\\^") && !is_wide_mark(text, end)) {
        opened += text.ptr[end] == '(';
        closed += text.ptr[end] == ')';
        end++;
    }
    while (end > begin) {
        char last = text.ptr[end - 1];

        if (last == ')' && closed > opened)
            closed--;
        else if (!is_one_of(last, ".,;:!?'*]["))
            break;
        end--;
    }
    return end;
}

gly_range address_scheme(gly_str text, uint32_t from, uint32_t colon)
{
    static const gly_str schemes[] = { { "https", 5 }, { "http", 4 }, { "ftp", 3 } };

    if (text.len - colon < 4 || memcmp(text.ptr + colon, "://", 3) != 0)
        return none;
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        uint32_t len = schemes[i].len, begin = colon - len, end;

        if (colon < from + len || strncasecmp(text.ptr + begin, schemes[i].ptr, len) != 0)
            continue;
        if (begin > 0 && is_ascii_letter(text.ptr[begin - 1]))
            return none;
        if (!is_word_at(text, colon + 3))
            return none;
        end = web_end(text, begin);
        return end > colon + 3 ? (gly_range){ begin, end } : none;
    }
    return none;
}

gly_range address_www(gly_str text, uint32_t from, uint32_t begin)
{
    uint32_t end;

    if (begin < from
        || (begin && (is_word_at(text, before_point(text, begin)) || text.ptr[begin - 1] == '.')))
        return none;
    if (address_host(text, begin + 4) == begin + 4)
        return none;
    end = web_end(text, begin);
    return end > begin + 4 ? (gly_range){ begin, end } : none;
}
