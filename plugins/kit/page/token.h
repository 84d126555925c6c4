/* token - a page's bytes as tokens, by the tokenizer of the HTML standard
 * (html.spec.whatwg.org, 13.2.5), without copying: names, values and text are
 * ranges of the source, and references in them are resolved when asked for.
 *
 * The source is UTF-8 with newlines as line ends and no NUL (clean.charset sees
 * to that). Every call moves forward; nothing is looked at twice, so any input
 * takes time in its length.
 *
 * The standard's states, and where in token.c they are:
 *   1, 6-8     data, tag open, end tag open, tag name          step, opens, tag
 *   2, 9-11    RCDATA, up to its end tag                       raw_end, is_awaited
 *   3, 12-14   RAWTEXT, up to its end tag                      raw_end, is_awaited
 *   4, 15-31   script data, escaped, double escaped            script_end, says_script
 *   5          PLAINTEXT                                       raw_text
 *   32-40      attribute names and values, self-closing        attributes, attr_value
 *   41         bogus comment                                   up_to_bracket
 *   42-52      markup declaration open, comments               declaration, comment
 *   53-68      DOCTYPE: found and passed over as a whole; no quirks mode is kept,
 *              as no stage asks for it
 *   69-71      CDATA section, in svg and math                  declaration, raw_text
 *   72-80      character references: read when asked for       charref.c
 *
 * Not done: parse errors are not named, since no reader of articles acts on them;
 * U+0000 and its replacement, which clean.charset has taken out before; lone
 * surrogates, which UTF-8 cannot hold; XML violations, which are the rules of
 * another processor. tests/page/html5lib.py counts the cases of each. */
#ifndef GALLEY_KIT_PAGE_TOKEN_H
#define GALLEY_KIT_PAGE_TOKEN_H

#include <galley/types.h>

#include "kit/page/names.h"

typedef enum page_token_kind {
    PAGE_TOKEN_END_OF_FILE, PAGE_TOKEN_TEXT, PAGE_TOKEN_START, PAGE_TOKEN_END,
    PAGE_TOKEN_COMMENT, PAGE_TOKEN_DOCTYPE
} page_token_kind;

/* How text is read until the next end tag: what the standard calls a state. */
typedef enum page_content {
    PAGE_CONTENT_DATA, PAGE_CONTENT_RCDATA, PAGE_CONTENT_RAWTEXT, PAGE_CONTENT_SCRIPT,
    PAGE_CONTENT_PLAINTEXT, PAGE_CONTENT_CDATA
} page_content;

typedef struct page_attr {
    uint32_t  name;      /* page_attr_name                                     */
    gly_range value;     /* without its quotes; {0,0}: none is written         */
} page_attr;

typedef struct page_name_range { /* of an attribute, kept on demand */
    gly_range at;
} page_name_range;

enum {
    PAGE_TOKEN_SELF_CLOSING = 1 << 0,
    PAGE_TOKEN_REFS         = 1 << 1, /* text holds '&' that may begin a reference */
    PAGE_TOKEN_BLANK        = 1 << 2, /* text is all white space                   */
};

typedef struct page_token {
    page_token_kind kind;
    uint32_t  flags; /* PAGE_TOKEN_*                                          */
    gly_range at;    /* all of it, brackets and marks included                */
    gly_range name;  /* tags: the name; comments and doctypes: what is inside */
    uint32_t  hash;  /* tags: of the name in lower case                       */
    uint16_t  tag;   /* page_tag                                              */
    uint16_t  nattrs;
    uint32_t  attrs; /* start tags: the first in tokenizer.attrs              */
    uint64_t  has;   /* a bit for each page_attr_name that it has             */
} page_token;

typedef struct page_tokenizer {
    gly_str      source;
    uint32_t     at;
    page_content content;
    uint32_t     last_hash;  /* of the start tag whose end tag ends raw text */
    bool         foreign;    /* inside svg or math: CDATA sections are text  */
    page_attr   *attrs;      /* filled from the front                        */
    uint32_t     nattrs, attrs_room; /* no room: attributes are left out      */
    page_name_range *names;  /* beside attrs, all attributes are kept; NULL:
                                only those of names.h                        */
} page_tokenizer;

/* The attribute array belongs to the caller. */
void page_tokenizer_begin(page_tokenizer *, gly_str source, page_attr *attrs, uint32_t room);
page_token_kind page_tokenizer_next(page_tokenizer *, page_token *);
/* How the text after this start tag is to be read. */
page_content page_content_after(uint16_t tag);
/* The hash of a name, as in page_token.hash. */
uint32_t page_hash(gly_str name);

#endif
