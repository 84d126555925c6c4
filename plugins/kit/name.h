/* name - capitalised runs of tokens, and what is a title, an office or a name in them.
 *
 *   Det Supt Graham Hill                     title, name
 *   Police and Crime Commissioner Ann Other  role, name
 *   Marlshire Council’s Head of Roads        organisation, role
 *
 * Works on token/1 and term/1 of one text; allocates nothing; each call is linear
 * in the tokens that it is given. Goes with the pieces words and words_table and with
 * base/utf8. */
#ifndef GALLEY_KIT_NAME_H
#define GALLEY_KIT_NAME_H

#include <galley/layers.h>

#include "kit/select.h"
#include "kit/words.h"

typedef struct name_text {
    gly_str          text;
    const gly_token *tokens;    /* one at least                                  */
    const gly_term  *terms;     /* one at least                                  */
    uint32_t         count;     /* of tokens                                     */
    uint32_t         languages; /* bits of word_stop(): whose stop words to heed */
} name_text;

/* Tokens [first, last). */
typedef struct name_span {
    uint32_t first, last;
} name_span;

typedef enum name_kind {
    NAME_NONE, NAME_PERSON, NAME_ORGANISATION, NAME_PLACE, NAME_ROLE, NAME_OTHER
} name_kind;

typedef struct name_parts {
    name_kind kind;
    name_span organisation, role, title, name; /* empty: not there */
} name_parts;

/* Languages that write l'architecte and dit-il, and those that write Bibliotheksleiterin. */
enum {
    NAME_WITH_ELISION = 1 << LANGUAGE_FR | 1 << LANGUAGE_IT | 1 << LANGUAGE_CA,
    NAME_WITH_COMPOUNDS = 1 << LANGUAGE_DE | 1 << LANGUAGE_NL | 1 << LANGUAGE_SV | 1 << LANGUAGE_DA
                        | 1 << LANGUAGE_NB,
    NAME_DERIVING = NAME_WITH_ELISION | NAME_WITH_COMPOUNDS,
};

/* "council's" -> 9 - 2: the length without the ending, or 0. Of terms without
 * WORD_APOSTROPHE it is 0. */
static inline uint32_t name__without_possessive(gly_str word)
{
    uint32_t longer = word.len > 2, last = longer * (word.len - 1), before = longer * (word.len - 2);

    return (((word.ptr[before] ^ '\'') | (word.ptr[last] ^ 's')) == 0) * before;
}

uint32_t name__derived_classes(const name_text *, uint32_t token);
uint32_t name__wide_mark(const name_text *, uint32_t token);

/* WORD_* of a token; the base of "council’s" and "dit-il" counts too. Whether a token is
 * a word, and one of the lists, changes from one to the next: no branch asks for it. */
static inline uint32_t name_classes(const name_text *t, uint32_t token)
{
    bool inside = token < t->count, word;
    uint32_t term = t->tokens[select_u32(inside, token, 0)].term, classes;
    uint32_t derives = t->languages & NAME_DERIVING ? WORD_APOSTROPHE : 0;

    word = inside & (term != GLY_NO_REF);
    classes = t->terms[select_u32(word, term, 0)].classes & (0u - (uint32_t)word);
    if (word & (((classes | derives) & ~(uint32_t)WORD_WIDE) == WORD_APOSTROPHE))
        return name__derived_classes(t, token);
    return classes;
}

bool name_is_possessive(const name_text *, uint32_t token);

/* Of a token's flags. */
static inline bool name_has_capital(uint32_t flags)
{
    return ((flags & (GLY_TOKEN_CAPITAL | GLY_TOKEN_MIXED)) != 0) & ((flags & GLY_TOKEN_WORD) != 0);
}

static inline bool name_is_capital(const name_text *t, uint32_t token)
{
    return name_has_capital(token < t->count ? t->tokens[token].flags : 0);
}

/* The code point of a mark; 0 for words, numbers and past the end. */
static inline uint32_t name_mark(const name_text *t, uint32_t token)
{
    unsigned char first;

    if (token >= t->count || !(t->tokens[token].flags & GLY_TOKEN_MARK))
        return 0;
    first = (unsigned char)t->text.ptr[t->tokens[token].at.begin];
    return first < 0x80 ? first : name__wide_mark(t, token);
}

static inline bool name_is_mark(const name_text *t, uint32_t token, uint32_t c)
{
    return name_mark(t, token) == c;
}

/* The run of capitalised words at `first`, with the particles, initials and "of
 * the" inside it, before `end`; empty when none begins there. */
name_span name_run(const name_text *, uint32_t first, uint32_t end);

/* What the run is and where its parts are. */
name_parts name_parse(const name_text *, name_span run);

/* Parts an office, "Head of Roads at Acme Ltd", into role and organisation. False
 * when no word of it is an office. */
bool name_office(const name_text *, name_span phrase, name_span *role, name_span *organisation);

/* The bytes of a span; without the "’s" of its last word. */
gly_range name_range(const name_text *, name_span);

#endif
