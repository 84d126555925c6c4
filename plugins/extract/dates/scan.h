/* scan - the document as the parsers of dates and amounts see it.
 *
 * Lives in the scratch arena of one process() call. A token index may be count:
 * the questions below then say no. */
#ifndef GALLEY_DATES_SCAN_H
#define GALLEY_DATES_SCAN_H

#include <galley/plugin.h>

#include "kit/select.h"
#include "lexicon.h"

enum { LONGEST_GAP = 4 }; /* bytes of white space inside one expression */

/* How 02/05/2023 is to be read. */
typedef enum day_order { ORDER_NOT_ASKED, ORDER_UNKNOWN, ORDER_DAY_FIRST, ORDER_MONTH_FIRST } day_order;

/* A date as far as it is known: year and day 0, hour -1 are not. */
typedef struct moment {
    int year, month, day, hour, minute;
} moment;

typedef struct scan {
    gly_str                     text;
    const gly_token            *tokens;
    uint32_t                    count;
    const lexicon              *words;
    const lexicon_entry *const *entries;  /* of words, by term; one more, of none, for marks */
    const uint8_t              *openings; /* by term: 1 where a date or an amount may begin
                                             with it; one more, 0, for marks */
    uint32_t                    terms;
    uint32_t                    language; /* 1 << LANGUAGE_XX; 0: not known */
    day_order                   order;
    moment                      anchor;   /* when the text was published; month 0: not known */
    bool                        pounds;   /* the pound sign stands in the text */
    bool                        years;    /* take years that stand alone */
} scan;

static inline bool scan_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool scan_is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* The byte at i, '\0' outside of the text. */
static inline char scan_byte(const scan *s, uint32_t i)
{
    return i < s->text.len ? s->text.ptr[i] : '\0';
}

/* Of a mark too, and never NULL: whether it is known is asked of nearly every token that a
 * reader looks at, and no machine foretells the answer. */
static inline const lexicon_entry *scan_entry(const scan *s, uint32_t i)
{
    uint32_t term = i < s->count ? s->tokens[i].term : GLY_NO_REF;

    return s->entries[select_u32(term < s->terms, term, s->terms)];
}

static inline bool scan_is_known(const scan *s, uint32_t i)
{
    return scan_entry(s, i) != &lexicon_unknown;
}

static inline const calendar_list *scan_calendar(const scan *s, uint32_t i, calendar_kind kind)
{
    return lexicon_calendar(scan_entry(s, i), kind);
}

static inline const measure_list *scan_measure(const scan *s, uint32_t i, measure_kind kind)
{
    return lexicon_measure(scan_entry(s, i), kind, s->language);
}

static inline gly_str scan_token(const scan *s, uint32_t i)
{
    return gly_slice(s->text, s->tokens[i].at);
}

/* Token i is this one-byte mark. */
static inline bool scan_is_mark(const scan *s, uint32_t i, char mark)
{
    return i < s->count && s->text.ptr[s->tokens[i].at.begin] == mark;
}

/* Token i stands right behind the one before it. */
static inline bool scan_is_joined(const scan *s, uint32_t i)
{
    return i > 0 && i < s->count && s->tokens[i].at.begin == s->tokens[i - 1].at.end;
}

/* Token i is there, with little between it and the one before: a space, or the
 * end of a wrapped line, but no end of a paragraph. */
static inline bool scan_is_near(const scan *s, uint32_t i)
{
    uint32_t gap;

    if (i == 0 || i >= s->count)
        return false;
    gap = s->tokens[i].at.begin - s->tokens[i - 1].at.end;
    return gap <= 1 || (gap <= LONGEST_GAP && !(s->tokens[i].flags & GLY_TOKEN_LINE));
}

/* The first token that begins at or after a byte, from token i on. */
static inline uint32_t scan_after(const scan *s, uint32_t i, uint32_t byte)
{
    while (i < s->count && s->tokens[i].at.begin < byte)
        i++;
    return i;
}

#endif
