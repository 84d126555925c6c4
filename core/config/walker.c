/* walker - places, tokens and faults of a text that is being linted. */
#include "config/walker.h"

#include <stdarg.h>
#include <string.h>

static const char *text(const walker *w)
{
    return w->from->text;
}

static int line_of(const walker *w, size_t at)
{
    int line = 1;

    for (const char *c = text(w); (c = memchr(c, '\n', (size_t)(text(w) + at - c))) != NULL; c++)
        line++;
    return line;
}

void walker_fault(walker *w, size_t at, const char *format, ...)
{
    size_t length, start = at;
    const char *line_text;
    char message[400];
    va_list values;
    place where;
    int line;

    if (w->gave_up)
        return;
    line = line_of(w, at);
    where = source_place(w->from, line);
    line_text = source_text(w->from, line, &length);
    while (start > 0 && text(w)[start - 1] != '\n')
        start--;
    where.column = (int)(at - start) + 1;
    va_start(values, format);
    vsnprintf(message, sizeof message, format, values);
    va_end(values);
    report_add(w->problems, SEVERITY_ERROR, where, "%s", message);
    report_source(w->problems, line_text, length, where.column);
    w->gave_up |= ++w->faults == MOST_FAULTS;
}

const char *walker_shown(const walker *w, size_t begin, size_t end, char out[64])
{
    size_t length = 0;

    while (length < end - begin && length < 40 && !strchr("\r\n", text(w)[begin + length]))
        length++;
    snprintf(out, 64, "%.*s%s", (int)length, text(w) + begin, length < end - begin ? "..." : "");
    return out;
}

int walker_line(const walker *w, size_t at)
{
    return source_place(w->from, line_of(w, at)).line;
}

token walker_peek(walker *w, size_t at)
{
    return token_at(text(w), w->from->length, at, &w->open_comment);
}

token walker_take(walker *w)
{
    token t = walker_peek(w, w->at);

    w->at = w->last = t.end;
    return t;
}

void walker_untake(walker *w, token t)
{
    w->at = t.begin;
}

bool walker_setting_follows(walker *w, size_t at)
{
    token name = walker_peek(w, at);

    return name.kind == TOKEN_NAME && walker_peek(w, name.end).kind == TOKEN_ASSIGN;
}
