/* page - a document as Markdown below a YAML front matter.
 *
 * Every YAML value is a string in double quotes, with the escapes of JSON. Text
 * is escaped where Markdown would read it as markup. */
#ifndef GALLEY_EMIT_MARKDOWN_PAGE_H
#define GALLEY_EMIT_MARKDOWN_PAGE_H

#include "kit/json.h"

/* Appends the page to what the writer holds. */
void page_write(json *, const gly_doc *);

#endif
