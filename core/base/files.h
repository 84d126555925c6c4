/* files - folders and whole files, made so that a name never stands for half a file. */
#ifndef GALLEY_BASE_FILES_H
#define GALLEY_BASE_FILES_H

#include <stdbool.h>
#include <stddef.h>

/* Makes the folders above the last slash of `path`. False with errno set. */
bool files_make_folders(const char *path);
/* All of them, whatever signals come between. False with errno set. */
bool files_write(int file, const char *bytes, size_t length);
/* Writes PATH.part and renames it. Durable only after a sync of the caller's. False
 * with errno set; nothing is left then. */
bool files_replace(const char *path, const char *bytes, size_t length);

#endif
