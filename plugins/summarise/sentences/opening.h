/* opening - what the first words of a sentence say about it.
 *
 * "However, he ..." leans on the sentence before; "Click here" is no sentence of
 * the article. The words stand in opening_words.c, by language. */
#ifndef GALLEY_SUMMARISE_OPENING_H
#define GALLEY_SUMMARISE_OPENING_H

#include <galley/plugin.h>

typedef enum opening {
    OPENING_PLAIN,
    OPENING_LEANS,  /* a pronoun or connective that needs what came before       */
    OPENING_SPEAKS, /* first person: "We promote ..." outside of quotation marks */
    OPENING_NOTICE, /* speaks to the reader: "For more information", "Click here" */
    OPENING_ABOUT,  /* single words by which a company describes itself, at the end of
                       a press release: "is a leading provider of"                  */
} opening;

/* One line of opening_words.c: phrases of one to three words, parted by spaces,
 * the words of a phrase joined by '_'. */
typedef struct opening_line {
    char        language[3];
    opening     kind;
    const char *phrases;
} opening_line;

extern const opening_line opening_lines[]; /* ends with phrases NULL */

typedef struct opening_table opening_table;

/* Made once from opening_lines, then only read; NULL when memory runs out. */
opening_table *opening_table_new(void);
void opening_table_free(opening_table *);

/* What the words hashed in `words` (up to three of them: gly_term.hash) are at the
 * start of a sentence. The longest phrase that is known decides; `language` is a
 * word_language, or -1: any. */
opening opening_of(const opening_table *, const uint64_t *words, uint32_t count, int language);

#endif
