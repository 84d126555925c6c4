/* json - text as a JSON string on a stream. */
#include "base/json.h"

#include <string.h>

#include "base/utf8.h"

static void print_ascii(FILE *out, unsigned char c)
{
    if (c == '"' || c == '\\')
        fprintf(out, "\\%c", c);
    else if (c < 0x20 || c == 0x7F)
        fprintf(out, "\\u%04x", c);
    else
        fputc(c, out);
}

void json_print(FILE *out, const char *text)
{
    size_t length = text ? strlen(text) : 0, at = 0;

    if (!text) {
        fputs("null", out);
        return;
    }
    fputc('"', out);
    while (at < length) {
        size_t valid = at + utf8_valid_prefix(text + at, length - at);

        for (; at < valid; at++)
            if ((unsigned char)text[at] < 0x80)
                print_ascii(out, (unsigned char)text[at]);
            else
                fputc(text[at], out);
        if (at < length) {
            fputs("\xEF\xBF\xBD", out);
            at++;
        }
    }
    fputc('"', out);
}
