/* value - texts, numbers and words of a config: what is wrong with one by itself. */
#include "config/walker.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const char *text(const walker *w)
{
    return w->from->text;
}

/* The escapes of libconfig; it keeps others as they are, backslash and all, which
 * nobody who wrote one can know. */
static void check_escapes(walker *w, token t)
{
    for (size_t i = t.begin + 1; i + 1 < t.end; i++) {
        if (text(w)[i] != '\\')
            continue;
        if (!strchr("nrtfabv\\\"x", text(w)[i + 1])) {
            walker_fault(w, i,
                         "there is no escape '\\%c'; write '\\\\' for a backslash", text(w)[i + 1]);
            mend_replace(&w->mend, i, i, "\\");
        }
        i++;
    }
}

/* "a" "b" is one text. */
static void read_string(walker *w, token t)
{
    for (;;) {
        check_escapes(w, t);
        if (t.unclosed) {
            walker_fault(w, t.begin,
                         "the text is not closed on its line; add '\"' (a line break is written '\\n')");
            mend_replace(&w->mend, t.end, t.end, "\"");
            return;
        }
        if (walker_peek(w, w->at).kind != TOKEN_STRING)
            return;
        t = walker_take(w);
    }
}

/* libconfig 1.5 reads 3000000000 as a negative number, and past 64 bits nothing
 * reads a number. False: the setting must go. */
static bool read_int(walker *w, token t)
{
    char digits[64], *end;
    size_t length = t.end - t.begin;
    bool hex = length > 2 && (text(w)[t.begin + 1] | 32) == 'x', marked = text(w)[t.end - 1] == 'L';
    long long value;
    char out[64];

    snprintf(digits, sizeof digits, "%.*s", (int)(length < 60 ? length : 60), text(w) + t.begin);
    errno = 0;
    value = strtoll(digits, &end, hex ? 16 : 10);
    if (errno == ERANGE || length > 60) {
        walker_fault(w, t.begin,
                     "'%s' is larger than any number that can be kept (63 bits)",
                     walker_shown(w, t.begin, t.end, out));
        return false;
    }
    if (!marked && (value > INT32_MAX || value < INT32_MIN))
        mend_replace(&w->mend, t.end, t.end, "L");
    return true;
}

/* Text that somebody forgot to put in quotes: to the mark that ends the value. */
static token bare_text(walker *w, token t)
{
    size_t end = t.begin;

    while (end < w->from->length && !strchr("\n;,{}()[]\"#", text(w)[end]) &&
           !(strncmp(text(w) + end, " //", 3) == 0 || strncmp(text(w) + end, " /*", 3) == 0))
        end++;
    while (end > t.begin + 1 && strchr(" \t\r", text(w)[end - 1]))
        end--;
    t.end = end > t.end ? end : t.end;
    return t;
}

static bool is_word(const walker *w, token t, const char *word)
{
    return strlen(word) == t.end - t.begin && memcmp(word, text(w) + t.begin, t.end - t.begin) == 0;
}

static void read_bare(walker *w, token t)
{
    static const char *const switches[][2] = {
        { "yes", "true" }, { "on", "true" }, { "no", "false" }, { "off", "false" }, { NULL, NULL }
    };
    const char *what = "text needs quotes";
    char out[64];

    t = bare_text(w, t);
    w->at = w->last = t.end;
    for (size_t i = 0; switches[i][1]; i++)
        if (is_word(w, t, switches[i][0])) {
            walker_fault(w, t.begin,
                         "'%s' is no value; write %s, or text in quotes",
                         switches[i][0], switches[i][1]);
            mend_replace(&w->mend, t.begin, t.end, switches[i][1]);
            return;
        }
    walker_shown(w, t.begin, t.end, out);
    if (text(w)[t.end] == '"')
        what = "the text has no '\"' in front";
    else if (text(w)[t.begin] >= '0' && text(w)[t.begin] <= '9')
        what = "a number with a unit needs quotes";
    walker_fault(w, t.begin, "%s; write \"%s\"", what, out);
    mend_replace(&w->mend, t.begin, t.begin, "\"");
    if (text(w)[t.end] == '"')
        w->at = w->last = t.end + 1;
    else
        mend_replace(&w->mend, t.end, t.end, "\"");
    for (size_t i = t.begin; i < t.end; i++)
        if (text(w)[i] == '\\')
            mend_replace(&w->mend, i, i, "\\");
}

/* A number is followed by its end; "10 s" without quotes is not. */
static bool is_plain(walker *w, token t)
{
    token next = walker_peek(w, t.end);

    if (t.kind != TOKEN_INT && t.kind != TOKEN_REAL && t.kind != TOKEN_BOOL)
        return false;
    return (next.kind != TOKEN_NAME && next.kind != TOKEN_WORD) || walker_setting_follows(w, t.end) ||
           memchr(text(w) + t.end, '\n', next.begin - t.end);
}

bool walker_value(walker *w, token first)
{
    if (first.kind == TOKEN_STRING)
        read_string(w, first);
    else if (!is_plain(w, first))
        read_bare(w, first);
    else if (first.kind == TOKEN_INT)
        return read_int(w, first);
    return true;
}
