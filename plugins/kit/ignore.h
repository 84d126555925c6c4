/* ignore - what .galleyignore files say: one glob a line, the later line wins.
 *
 * # comments; ! takes back; a trailing / means folders only; a / elsewhere ties
 * the glob to the folder of the file, otherwise it is held against the name. */
#ifndef GALLEY_KIT_IGNORE_H
#define GALLEY_KIT_IGNORE_H

#include <stdbool.h>

typedef enum ignore_verdict { IGNORE_SILENT, IGNORE_YES, IGNORE_NO } ignore_verdict;

/* The file's text, for the caller to free; NULL when there is none. */
char *ignore_read(const char *folder);
/* path is relative to the folder of the file. */
ignore_verdict ignore_says(const char *rules, const char *path, bool is_folder);

#endif
