/* json - text as a JSON string on a stream, for what the commands list. */
#ifndef GALLEY_BASE_JSON_H
#define GALLEY_BASE_JSON_H

#include <stdio.h>

/* NULL prints null. Bytes that are not UTF-8 come out as U+FFFD. */
void json_print(FILE *, const char *text);

#endif
