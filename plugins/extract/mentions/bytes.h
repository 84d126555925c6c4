/* bytes - classes of bytes and code points, for readers that look at bytes. */
#ifndef GALLEY_MENTIONS_BYTES_H
#define GALLEY_MENTIONS_BYTES_H

#include <galley/types.h>

static inline bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool is_ascii_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* One of the bytes of a string; never '\0'. */
static inline bool is_one_of(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

/* The byte at i, '\0' outside of the text. */
static inline char byte_at(gly_str text, uint32_t i)
{
    return i < text.len ? text.ptr[i] : '\0';
}

/* UTF-8 punctuation of the block U+2000-206F (dashes, quotation marks, spaces), of
 * U+3000-303F, the no-break space and the Latin guillemets end a word; other code
 * points beyond ASCII are taken for letters. */
static inline bool is_wide_mark(gly_str text, uint32_t i)
{
    unsigned char a = (unsigned char)text.ptr[i];
    unsigned char b = (unsigned char)byte_at(text, i + 1);

    if (a == 0xE2)
        return b == 0x80 || b == 0x81;
    if (a == 0xE3)
        return b == 0x80;
    return a == 0xC2;
}

/* A letter, digit or '_' begins at i. */
static inline bool is_word_at(gly_str text, uint32_t i)
{
    char c = byte_at(text, i);

    if ((unsigned char)c >= 0x80)
        return !is_wide_mark(text, i);
    return is_digit(c) || is_ascii_letter(c) || c == '_';
}

/* The first byte behind the code point at i. */
static inline uint32_t after_point(gly_str text, uint32_t i)
{
    i++;
    while (i < text.len && ((unsigned char)text.ptr[i] & 0xC0) == 0x80)
        i++;
    return i;
}

/* The first byte of the code point before i; i must not be 0. */
static inline uint32_t before_point(gly_str text, uint32_t i)
{
    i--;
    while (i > 0 && ((unsigned char)text.ptr[i] & 0xC0) == 0x80)
        i--;
    return i;
}

#endif
