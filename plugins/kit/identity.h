/* identity - names for documents: XXH3-128 of the uri, as 32 hex digits. */
#ifndef GALLEY_KIT_IDENTITY_H
#define GALLEY_KIT_IDENTITY_H

#include <galley/types.h>

enum { IDENTITY_LENGTH = 32 };

/* The same uri has the same id in every run and on every machine. */
void identity_of(gly_str uri, char hex[IDENTITY_LENGTH + 1]);
/* Bytes as lower-case hex digits, NUL-terminated: 2 * length + 1. */
void identity_hex(const unsigned char *bytes, size_t length, char *hex);

#endif
