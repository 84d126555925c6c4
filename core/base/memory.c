/* memory - allocation for start-up: it works or the process ends. */
#include "base/memory.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *or_die(void *memory)
{
    if (memory)
        return memory;
    fputs("galley: error: out of memory at start-up; close other programs or raise the limit (ulimit -v)\n",
          stderr);
    exit(3);
}

void *memory_new(size_t size)
{
    return or_die(calloc(1, size ? size : 1));
}

void *memory_resize(void *memory, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        return or_die(NULL);
    size *= count;
    return or_die(realloc(memory, size ? size : 1));
}

char *memory_copy(const char *text, size_t length)
{
    char *copy = or_die(malloc(length + 1));

    if (length)
        memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

char *memory_text(const char *text)
{
    return text ? memory_copy(text, strlen(text)) : NULL;
}

char *memory_format_list(const char *format, va_list values)
{
    char *text = NULL;

    if (vasprintf(&text, format, values) < 0)
        text = NULL;
    return or_die(text);
}

char *memory_format(const char *format, ...)
{
    va_list values;
    char *text;

    va_start(values, format);
    text = memory_format_list(format, values);
    va_end(values);
    return text;
}
