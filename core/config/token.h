/* token - the words and marks of a config, without a judgement on their order. */
#ifndef GALLEY_CONFIG_TOKEN_H
#define GALLEY_CONFIG_TOKEN_H

#include <stdbool.h>
#include <stddef.h>

typedef enum token_kind {
    TOKEN_END,
    TOKEN_NAME,     /* letters, digits, - _ *; not true and false            */
    TOKEN_STRING,
    TOKEN_BOOL,
    TOKEN_INT,
    TOKEN_REAL,
    TOKEN_WORD,     /* any other run of characters                           */
    TOKEN_ASSIGN,   /* = or :                                                */
    TOKEN_SEMICOLON,
    TOKEN_COMMA,
    TOKEN_OPEN,     /* { ( [                                                 */
    TOKEN_CLOSE,
} token_kind;

typedef struct token {
    token_kind kind;
    size_t     begin, end; /* in the text; of a string with its marks        */
    bool       unclosed;   /* a string that does not end on its line; end is
                              where it probably should                       */
} token;

/* The token at or after `at`. Comments are passed over; *open_comment is set to
 * the place of one that never ends. */
token token_at(const char *text, size_t length, size_t at, size_t *open_comment);

#endif
