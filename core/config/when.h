/* when - the small typed language in which a config says when a stage runs.
 *
 *   media == 'text/html' and size < 2 MiB and not has('quote/1')
 *
 * Names: media uri lang (text), size (bytes), meta.KEY (text), has('layer/1')
 * (yes or no), count('layer/1') (number). Operators: == != < <= > >= ~ (glob
 * match) and or not ( ). Compiled when a config is checked; evaluation cannot
 * fail and does not allocate. */
#ifndef GALLEY_CONFIG_WHEN_H
#define GALLEY_CONFIG_WHEN_H

#include <galley/doc.h>

typedef struct condition condition;

typedef struct condition_error {
    size_t column;    /* byte in the text, from 0 */
    char   text[256]; /* "'media' is text; compare it with text in quotes" */
} condition_error;

/* NULL and *error filled when the text is at fault. */
condition *condition_compile(const char *text, size_t length, condition_error *error);
bool condition_true(const condition *, const gly_doc *);
/* Layer i that the condition asks for, or NULL past the last. */
const char *condition_layer(const condition *, size_t i);
void condition_free(condition *);

#endif
