/* terminal - text made harmless, character by character. */
#include "base/terminal.h"

#include <stdbool.h>
#include <string.h>

#include "base/utf8.h"

/* C0, DEL, C1, line and paragraph separators, embeddings, overrides, isolates. */
static bool is_harmful(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) ||
           c == 0x200E || c == 0x200F || c == 0x061C || c == 0xFEFF;
}

void terminal_print(FILE *out, const char *text, size_t length)
{
    for (size_t at = 0; at < length;) {
        size_t size = utf8_sequence(text + at, length - at);
        const char *next = text + at;
        bool plain = size && !is_harmful(utf8_next(&next));

        for (size_t end = at + (size ? size : 1); at < end; at++)
            if (plain)
                fputc(text[at], out);
            else
                fprintf(out, "\\x%02X", (unsigned char)text[at]);
    }
}

void terminal_text(FILE *out, const char *text)
{
    terminal_print(out, text, strlen(text));
}
