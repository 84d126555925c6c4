/* encoding - the encodings that can be read, and the names people give them.
 *
 * Names and labels follow the WHATWG Encoding Standard: a label stands for the
 * superset that pages mean by it ("latin1" is windows-1252). Encodings that the
 * standard leaves out but old files use keep their IANA names. */
#ifndef GALLEY_CLEAN_CHARSET_ENCODING_H
#define GALLEY_CLEAN_CHARSET_ENCODING_H

#include <galley/types.h>

typedef enum encoding_form {
    FORM_UTF8,
    FORM_UTF16_LE, FORM_UTF16_BE,
    FORM_UTF32_LE, FORM_UTF32_BE,
    FORM_SINGLE,  /* one byte a character, ASCII below 0x80             */
    FORM_MULTI,   /* several bytes; a byte below 0x80 that starts a
                     character is ASCII                                 */
    FORM_SHIFTED, /* escape sequences change what bytes mean            */
} encoding_form;

typedef struct encoding {
    const char   *name;  /* as it is written to meta.charset  */
    const char   *iconv; /* what iconv calls it; NULL: no need */
    encoding_form form;
} encoding;

/* By its own name, which must be in the table. */
const encoding *encoding_named(const char *name);
/* By any label, in any case, blanks around it ignored; NULL: not known. */
const encoding *encoding_of_label(gly_str label);

#endif
