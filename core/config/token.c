/* token - cuts text into tokens as libconfig's scanner would. */
#include "config/token.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

typedef struct scanner {
    const char *text;
    size_t      length, at;
} scanner;

static bool starts(const scanner *s, const char *with)
{
    size_t n = strlen(with);

    return s->length - s->at >= n && memcmp(s->text + s->at, with, n) == 0;
}

static void skip_line(scanner *s)
{
    const char *newline = memchr(s->text + s->at, '\n', s->length - s->at);

    s->at = newline ? (size_t)(newline - s->text) : s->length;
}

static void skip_blank(scanner *s, size_t *open_comment)
{
    while (s->at < s->length) {
        if (isspace((unsigned char)s->text[s->at])) {
            s->at++;
        } else if (s->text[s->at] == '#' || starts(s, "//")) {
            skip_line(s);
        } else if (starts(s, "/*")) {
            const char *end = memmem(s->text + s->at + 2, s->length - s->at - 2, "*/", 2);

            if (!end)
                *open_comment = s->at;
            s->at = end ? (size_t)(end - s->text) + 2 : s->length;
        } else {
            return;
        }
    }
}

/* Whether a name and an = come next. */
static bool setting_at(const scanner *s, size_t at, size_t end)
{
    while (at < end && (s->text[at] == ' ' || s->text[at] == '\t'))
        at++;
    if (at == end || !isalpha((unsigned char)s->text[at]))
        return false;
    while (at < end && (isalnum((unsigned char)s->text[at]) || s->text[at] == '_'))
        at++;
    while (at < end && s->text[at] == ' ')
        at++;
    return at < end && s->text[at] == '=';
}

/* Where a string that runs over its line probably should end: before a mark that
 * a setting follows, or before the marks that close the line. */
static size_t probable_end(const scanner *s, size_t begin, size_t line_end)
{
    for (size_t i = begin + 1; i < line_end; i++)
        if ((s->text[i] == ';' || s->text[i] == ',') && setting_at(s, i + 1, line_end))
            return i;
    while (line_end > begin + 1 && strchr(" \t\r;,)]}", s->text[line_end - 1]))
        line_end--;
    return line_end;
}

static token string_at(scanner *s)
{
    token t = { TOKEN_STRING, s->at, 0, false };

    for (s->at++; s->at < s->length && s->text[s->at] != '\n'; s->at++) {
        if (s->text[s->at] == '"') {
            t.end = ++s->at;
            return t;
        }
        if (s->text[s->at] == '\\' && s->at + 1 < s->length && s->text[s->at + 1] != '\n')
            s->at++;
    }
    t.unclosed = true;
    t.end = s->at = probable_end(s, t.begin, s->at);
    return t;
}

static bool is_name(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!isalpha((unsigned char)s[i]) && s[i] != '*' &&
            (i == 0 || (!isdigit((unsigned char)s[i]) && s[i] != '-' && s[i] != '_')))
            return false;
    return true;
}

static size_t digits(const char *s, size_t n, size_t at, bool hex)
{
    while (at < n && (hex ? isxdigit((unsigned char)s[at]) : isdigit((unsigned char)s[at])))
        at++;
    return at;
}

/* [-+]?(0[xX]hex+|digit+)L?L? or a real with a point or an exponent. */
static token_kind number_kind(const char *s, size_t n)
{
    size_t at = n && (s[0] == '-' || s[0] == '+'), start, end;
    bool hex = n > 2 && s[0] == '0' && (s[1] | 32) == 'x', real = false;

    start = hex ? 2 : at;
    end = at = digits(s, n, start, hex);
    if (!hex && at < n && s[at] == '.') {
        real = true;
        end = at = digits(s, n, at + 1, false);
        if (at - start == 1)
            return TOKEN_WORD; /* a point alone */
    } else if (at == start) {
        return TOKEN_WORD;
    }
    if (!hex && at < n && (s[at] | 32) == 'e') {
        at += at + 1 < n && (s[at + 1] == '-' || s[at + 1] == '+') ? 2 : 1;
        end = digits(s, n, at, false);
        if (end == at)
            return TOKEN_WORD;
        real = true;
    }
    for (int i = 0; !real && i < 2 && end < n && s[end] == 'L'; i++)
        end++;
    return end < n ? TOKEN_WORD : real ? TOKEN_REAL : TOKEN_INT;
}

static token word_at(scanner *s)
{
    token t = { TOKEN_WORD, s->at, 0, false };
    const char *word = s->text + s->at;
    size_t n;

    while (s->at < s->length && !isspace((unsigned char)s->text[s->at]) &&
           !strchr("{}()[]=:;,\"#", s->text[s->at]) && !starts(s, "//") && !starts(s, "/*"))
        s->at++;
    t.end = s->at;
    n = t.end - t.begin;
    if ((n == 4 && strncasecmp(word, "true", 4) == 0) || (n == 5 && strncasecmp(word, "false", 5) == 0))
        t.kind = TOKEN_BOOL;
    else if (is_name(word, n))
        t.kind = TOKEN_NAME;
    else
        t.kind = number_kind(word, n);
    return t;
}

token token_at(const char *text, size_t length, size_t at, size_t *open_comment)
{
    static const char marks[] = "=:;,{([})]";
    static const token_kind kinds[] = {
        TOKEN_ASSIGN, TOKEN_ASSIGN, TOKEN_SEMICOLON, TOKEN_COMMA, TOKEN_OPEN, TOKEN_OPEN, TOKEN_OPEN,
        TOKEN_CLOSE, TOKEN_CLOSE, TOKEN_CLOSE
    };
    scanner s = { text, length, at };
    const char *mark;

    skip_blank(&s, open_comment);
    if (s.at == s.length)
        return (token){ TOKEN_END, length, length, false };
    if (text[s.at] == '"')
        return string_at(&s);
    mark = text[s.at] ? strchr(marks, text[s.at]) : NULL;
    if (mark)
        return (token){ kinds[mark - marks], s.at, s.at + 1, false };
    return word_at(&s);
}
