/* when - conditions: a recursive-descent parser to a flat program, and a small
 * machine that runs it. Depth is bounded while parsing, so running needs no
 * stack of its own beyond a fixed one. */
#include "config/when.h"

#include <ctype.h>
#include <fnmatch.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { DEEPEST = 32, MOST_STEPS = 256 };

typedef enum kind { KIND_ERROR, KIND_TRUTH, KIND_NUMBER, KIND_TEXT } kind;

typedef enum operation {
    PUSH_NUMBER, PUSH_TEXT, PUSH_MEDIA, PUSH_URI, PUSH_LANG, PUSH_SIZE, PUSH_META,
    PUSH_HAS, PUSH_COUNT, TEXT_EQUAL, TEXT_MATCH, NUMBER_EQUAL, NUMBER_LESS, NUMBER_MORE,
    NOT, AND, OR
} operation;

typedef struct step {
    operation op;
    double    number;
    char     *text;
} step;

struct condition {
    step   steps[MOST_STEPS];
    size_t count;
};

typedef struct parser {
    const char *text, *at, *end;
    condition  *into;
    condition_error *error;
    int depth;
} parser;

typedef union value {
    bool    truth;
    double  number;
    gly_str text;
} value;

__attribute__((format(printf, 3, 4)))
static kind fault(parser *p, const char *at, const char *format, ...)
{
    va_list values;

    if (p->error->text[0])
        return KIND_ERROR; /* the first one is the cause of the others */
    p->error->column = (size_t)(at - p->text);
    va_start(values, format);
    vsnprintf(p->error->text, sizeof p->error->text, format, values);
    va_end(values);
    return KIND_ERROR;
}

static void emit(parser *p, operation op, double number, const char *text, size_t length)
{
    condition *c = p->into;
    char *copy = NULL;

    if (c->count == MOST_STEPS) {
        fault(p, p->at, "the condition is too long; split the pipeline instead");
        return;
    }
    if (text && (copy = strndup(text, length)) == NULL) {
        fault(p, p->at, "there is no memory left");
        return;
    }
    c->steps[c->count++] = (step){ op, number, copy };
}

/* ---- words and marks ------------------------------------------------------------ */

static void skip_space(parser *p)
{
    while (p->at < p->end && isspace((unsigned char)*p->at))
        p->at++;
}

static bool take(parser *p, const char *mark)
{
    size_t n = strlen(mark);

    skip_space(p);
    if ((size_t)(p->end - p->at) < n || memcmp(p->at, mark, n) != 0)
        return false;
    p->at += n;
    return true;
}

static bool is_name_byte(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '.';
}

static gly_str peek_word(parser *p)
{
    const char *end;

    skip_space(p);
    for (end = p->at; end < p->end && is_name_byte(*end);)
        end++;
    return (gly_str){ p->at, (uint32_t)(end - p->at) };
}

static bool take_word(parser *p, const char *word)
{
    gly_str got = peek_word(p);

    if (got.len != strlen(word) || memcmp(got.ptr, word, got.len) != 0)
        return false;
    p->at += got.len;
    return true;
}

/* 'text', with '' for a quote mark inside. NULL when none stands here. */
static char *take_text(parser *p, size_t *length)
{
    char mark, *out;

    skip_space(p);
    if (p->at == p->end || (*p->at != '\'' && *p->at != '"'))
        return NULL;
    mark = *p->at;
    out = malloc((size_t)(p->end - p->at) + 1);
    *length = 0;
    for (const char *c = p->at + 1; out && c < p->end; c++) {
        if (*c == mark && (c + 1 == p->end || c[1] != mark)) {
            out[*length] = '\0';
            p->at = c + 1;
            return out;
        }
        c += *c == mark;
        out[(*length)++] = *c;
    }
    fault(p, p->at, "the text that opens here is not closed; end it with %c", mark);
    free(out);
    return NULL;
}

/* ---- the grammar ------------------------------------------------------------------- */

static kind parse_or(parser *p);

static kind layer_call(parser *p, operation op, kind gives)
{
    const char *at = p->at;
    size_t length;
    char *name;

    if (!take(p, "("))
        return fault(p, at, "write a layer in brackets: has('quote/1')");
    skip_space(p);
    at = p->at;
    name = take_text(p, &length);
    if (!name)
        return fault(p, at, "name a layer in quotes: 'quote/1'");
    if (!strchr(name, '/'))
        fault(p, at, "a layer's name ends with its revision: '%s/1'", name);
    emit(p, op, 0, name, length);
    free(name);
    return take(p, ")") ? gives : fault(p, p->at, "a ')' is missing here");
}

static kind number(parser *p)
{
    static const struct { const char *name; double factor; } units[] = {
        { "KiB", 1024.0 }, { "MiB", 1048576.0 }, { "GiB", 1073741824.0 }, { "kB", 1e3 },
        { "KB", 1e3 }, { "MB", 1e6 }, { "GB", 1e9 }, { "B", 1 },
    };
    char buffer[40], *end;
    size_t length = (size_t)(p->end - p->at);
    double found;

    if (length >= sizeof buffer)
        length = sizeof buffer - 1;
    memcpy(buffer, p->at, length);
    buffer[length] = '\0';
    found = strtod(buffer, &end);
    p->at += end - buffer;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (take_word(p, units[i].name)) {
            found *= units[i].factor;
            break;
        }
    emit(p, PUSH_NUMBER, found, NULL, 0);
    return KIND_NUMBER;
}

static kind name(parser *p)
{
    gly_str word = peek_word(p);
    const char *at = p->at;

    if (take_word(p, "media"))
        return emit(p, PUSH_MEDIA, 0, NULL, 0), KIND_TEXT;
    if (take_word(p, "uri"))
        return emit(p, PUSH_URI, 0, NULL, 0), KIND_TEXT;
    if (take_word(p, "lang"))
        return emit(p, PUSH_LANG, 0, "lang", 4), KIND_TEXT;
    if (take_word(p, "size"))
        return emit(p, PUSH_SIZE, 0, NULL, 0), KIND_NUMBER;
    if (take_word(p, "has"))
        return layer_call(p, PUSH_HAS, KIND_TRUTH);
    if (take_word(p, "count"))
        return layer_call(p, PUSH_COUNT, KIND_NUMBER);
    if (word.len > 5 && memcmp(word.ptr, "meta.", 5) == 0) {
        p->at += word.len;
        emit(p, PUSH_META, 0, word.ptr + 5, word.len - 5);
        return KIND_TEXT;
    }
    return fault(p, at, "there is no name '%.*s'; there are media, uri, lang, size, meta.KEY, has() and count()",
                 (int)(word.len < 40 ? word.len : 40), word.ptr);
}

/* What other languages write for and, or, not. */
static const char *foreign(const parser *p)
{
    size_t left = (size_t)(p->end - p->at);

    if (left >= 2 && memcmp(p->at, "&&", 2) == 0)
        return "'&&' is written 'and'";
    if (left >= 2 && memcmp(p->at, "||", 2) == 0)
        return "'||' is written 'or'";
    if (left >= 1 && *p->at == '!')
        return "'!' is written 'not'";
    return NULL;
}

/* A character that begins nothing. */
static kind stray(parser *p)
{
    const char *known = foreign(p);
    int length = 1;

    while (p->at + length < p->end && ((unsigned char)p->at[length] & 0xC0) == 0x80)
        length++;
    return known ? fault(p, p->at, "%s", known) : fault(p, p->at, "'%.*s' means nothing here", length, p->at);
}

static kind primary(parser *p)
{
    size_t length;
    char *text;
    kind k;

    skip_space(p);
    if (p->at == p->end)
        return fault(p, p->at, "something is missing at the end");
    if (take(p, "(")) {
        k = parse_or(p);
        return take(p, ")") ? k : fault(p, p->at, "a ')' is missing here");
    }
    if (isdigit((unsigned char)*p->at))
        return number(p);
    if ((text = take_text(p, &length)) != NULL) {
        emit(p, PUSH_TEXT, 0, text, length);
        free(text);
        return KIND_TEXT;
    }
    if (is_name_byte(*p->at))
        return name(p);
    return stray(p);
}

typedef struct comparison {
    const char *mark;
    operation text, number;
    bool negate;
} comparison;

/* Longer marks first. */
static const comparison comparisons[] = {
    { "==", TEXT_EQUAL, NUMBER_EQUAL, false }, { "!=", TEXT_EQUAL, NUMBER_EQUAL, true },
    { "<=", OR, NUMBER_MORE, true }, { ">=", OR, NUMBER_LESS, true },
    { "<", OR, NUMBER_LESS, false }, { ">", OR, NUMBER_MORE, false },
    { "~", TEXT_MATCH, OR, false },
};

static const char *kind_name(kind k)
{
    return k == KIND_TEXT ? "text" : k == KIND_NUMBER ? "a number" : "yes or no";
}

static kind comparison_of(parser *p)
{
    kind left = primary(p), right;

    skip_space(p);
    for (size_t i = 0; i < sizeof comparisons / sizeof *comparisons; i++) {
        const comparison *c = &comparisons[i];
        const char *at = p->at;

        if (!take(p, c->mark))
            continue;
        right = primary(p);
        if (left == KIND_ERROR || right == KIND_ERROR)
            return KIND_ERROR;
        if (left != right)
            return fault(p, at, "%s is compared with %s; compare like with like", kind_name(left), kind_name(right));
        if (left == KIND_TRUTH || (left == KIND_TEXT ? c->text : c->number) == OR)
            return fault(p, at, "'%s' does not compare %s", c->mark, kind_name(left));
        emit(p, left == KIND_TEXT ? c->text : c->number, 0, NULL, 0);
        if (c->negate)
            emit(p, NOT, 0, NULL, 0);
        return KIND_TRUTH;
    }
    if (p->at < p->end && *p->at == '=')
        return fault(p, p->at, "'=' is for options; compare with '=='");
    return left;
}

static kind parse_not(parser *p)
{
    const char *at;
    kind k;
    bool negate = take_word(p, "not");

    if (++p->depth > DEEPEST)
        return fault(p, p->at, "it is nested too deeply");
    at = p->at;
    k = negate ? parse_not(p) : comparison_of(p);
    p->depth--;
    if (negate && k != KIND_TRUTH && k != KIND_ERROR)
        return fault(p, at, "'not' needs yes or no, and this is %s", kind_name(k));
    if (negate)
        emit(p, NOT, 0, NULL, 0);
    return k;
}

static kind chain(parser *p, kind (*part)(parser *), const char *word, operation op)
{
    const char *at = p->at;
    kind k = part(p);

    while (k != KIND_ERROR && take_word(p, word)) {
        kind next;

        if (k != KIND_TRUTH)
            return fault(p, at, "'%s' needs yes or no before it, and this is %s", word, kind_name(k));
        at = p->at;
        next = part(p);
        if (next != KIND_TRUTH)
            return next == KIND_ERROR ? next
                : fault(p, at, "'%s' needs yes or no after it, and this is %s", word, kind_name(next));
        emit(p, op, 0, NULL, 0);
    }
    return k;
}

static kind parse_and(parser *p)
{
    return chain(p, parse_not, "and", AND);
}

static kind parse_or(parser *p)
{
    return chain(p, parse_and, "or", OR);
}

condition *condition_compile(const char *text, size_t length, condition_error *error)
{
    condition *c = calloc(1, sizeof *c);
    parser p = { text, text, text + length, c, error, 0 };
    kind k;

    *error = (condition_error){ 0 };
    if (!c) {
        fault(&p, text, "there is no memory left");
        return NULL;
    }
    k = parse_or(&p);
    skip_space(&p);
    if (k != KIND_ERROR && p.at < p.end)
        k = fault(&p, p.at, "%s", foreign(&p) ? foreign(&p)
                  : "the condition should end here; join parts with 'and' or 'or'");
    if (k != KIND_ERROR && k != KIND_TRUTH)
        k = fault(&p, text, "this is %s; a condition says yes or no", kind_name(k));
    if (k == KIND_TRUTH && !error->text[0])
        return c;
    condition_free(c);
    return NULL;
}

const char *condition_layer(const condition *c, size_t i)
{
    for (size_t at = 0; c && at < c->count; at++)
        if ((c->steps[at].op == PUSH_HAS || c->steps[at].op == PUSH_COUNT) && i-- == 0)
            return c->steps[at].text;
    return NULL;
}

void condition_free(condition *c)
{
    for (size_t i = 0; c && i < c->count; i++)
        free(c->steps[i].text);
    free(c);
}

/* ---- running ---------------------------------------------------------------------------- */

static gly_str text_of(const step *s)
{
    return (gly_str){ s->text, (uint32_t)strlen(s->text) };
}

static value push(const step *s, const gly_doc *d)
{
    const gly_layer *l;

    switch (s->op) {
    case PUSH_NUMBER:
        return (value){ .number = s->number };
    case PUSH_TEXT:
        return (value){ .text = text_of(s) };
    case PUSH_MEDIA:
        return (value){ .text = d->media };
    case PUSH_URI:
        return (value){ .text = d->uri };
    case PUSH_LANG:
    case PUSH_META:
        return (value){ .text = gly_meta_str(d, s->text) };
    case PUSH_SIZE:
        return (value){ .number = d->nviews ? d->views[0].text.len : 0 };
    case PUSH_HAS:
        l = gly_layer_of(d, s->text);
        return (value){ .truth = GLY_COUNT(l) > 0 };
    default:
        l = gly_layer_of(d, s->text);
        return (value){ .number = GLY_COUNT(l) };
    }
}

/* fnmatch() wants NUL-terminated text; media types, paths and languages that do
 * not fit are longer than any pattern is meant for. */
static bool matches(gly_str text, gly_str pattern)
{
    char buffer[4096];

    if (text.len >= sizeof buffer)
        return false;
    if (text.len)
        memcpy(buffer, text.ptr, text.len);
    buffer[text.len] = '\0';
    return fnmatch(pattern.ptr, buffer, 0) == 0;
}

static value combine(operation op, value a, value b)
{
    switch (op) {
    case TEXT_EQUAL:
        return (value){ .truth = gly_str_eq(a.text, b.text) };
    case TEXT_MATCH:
        return (value){ .truth = b.text.ptr && matches(a.text, b.text) };
    case NUMBER_EQUAL:
        return (value){ .truth = !(a.number < b.number) && !(a.number > b.number) };
    case NUMBER_LESS:
        return (value){ .truth = a.number < b.number };
    case NUMBER_MORE:
        return (value){ .truth = a.number > b.number };
    case AND:
        return (value){ .truth = a.truth && b.truth };
    default:
        return (value){ .truth = a.truth || b.truth };
    }
}

bool condition_true(const condition *c, const gly_doc *d)
{
    value stack[MOST_STEPS];
    size_t depth = 0;

    if (!c)
        return true;
    for (size_t i = 0; i < c->count; i++) {
        const step *s = &c->steps[i];

        if (s->op < TEXT_EQUAL) {
            stack[depth++] = push(s, d);
        } else if (s->op == NOT) {
            stack[depth - 1].truth = !stack[depth - 1].truth;
        } else {
            depth--;
            stack[depth - 1] = combine(s->op, stack[depth - 1], stack[depth]);
        }
    }
    return depth > 0 && stack[0].truth;
}
