/* shell - words as they can be pasted into a POSIX shell. */
#ifndef GALLEY_BASE_SHELL_H
#define GALLEY_BASE_SHELL_H

#include <stdio.h>

/* One word, in 'single quotes' where it needs them. */
void shell_print(FILE *, const char *word);

#endif
