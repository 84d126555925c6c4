/* source - the text of a config with its includes, ready for libconfig, and the
 * way back from each line to the file that said it.
 *
 * Includes are expanded here, because libconfig 1.5 does it badly: they are
 * relative to the file that says them and may not be folders or loops. A
 * byte-order mark is passed over. What else the text needs is for lint.h. */
#ifndef GALLEY_CONFIG_SOURCE_H
#define GALLEY_CONFIG_SOURCE_H

#include "base/report.h"

typedef struct source_line {
    const char *file; /* owned by the source */
    int line;
} source_line;

typedef struct source {
    char  *text;      /* NUL-terminated, one string for libconfig */
    size_t length, capacity;
    source_line *lines;
    size_t line_count, line_capacity;
    char  *files[64];
    size_t file_count;
} source;

/* False when a file could not be read; the report has the reasons. The source
 * must be freed either way. */
bool source_read(source *, const char *file, report *);
void source_free(source *);
/* Where line `line` (from 1) of the text came from. */
place source_place(const source *, int line);
/* The text of that line, without its newline. */
const char *source_text(const source *, int line, size_t *length);

#endif
