/* memory - allocation for start-up: it works or the process ends with a sentence.
 *
 * Only for what is allocated once, before documents are in motion. A document's
 * memory comes from its arena and may run out without ending anything. */
#ifndef GALLEY_BASE_MEMORY_H
#define GALLEY_BASE_MEMORY_H

#include <stdarg.h>
#include <stddef.h>

void *memory_new(size_t size);                           /* cleared */
void *memory_resize(void *, size_t count, size_t size);
char *memory_copy(const char *text, size_t length);      /* NUL-terminated */
char *memory_text(const char *text);                     /* NULL gives NULL */
__attribute__((format(printf, 1, 2)))
char *memory_format(const char *format, ...);
char *memory_format_list(const char *format, va_list);

#endif
