/* terminal - text of unknown origin on a line of a terminal or a log.
 *
 * Names of files and reasons of stages may hold anything: escape sequences, line
 * ends, marks that turn the direction of writing. */
#ifndef GALLEY_BASE_TERMINAL_H
#define GALLEY_BASE_TERMINAL_H

#include <stddef.h>
#include <stdio.h>

/* Control characters, marks of direction and bytes that are not UTF-8 come out as
 * \xNN, the rest as it is. */
void terminal_print(FILE *, const char *text, size_t length);
void terminal_text(FILE *, const char *text); /* to its NUL */

#endif
