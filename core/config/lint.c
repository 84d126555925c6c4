/* lint - walks the tokens of a config with a stack of open brackets. */
#include "config/lint.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "config/walker.h"

enum { MOST_SETTINGS = 4096, MOST_PASSED = 3 };

static frame *top(walker *w)
{
    return &w->stack[w->depth - 1];
}

static const char *text(const walker *w)
{
    return w->from->text;
}

static char mark(const walker *w, token t)
{
    return text(w)[t.begin];
}

/* ---- brackets -------------------------------------------------------------------- */

static char closing(char open)
{
    return open == '{' ? '}' : open == '(' ? ')' : ']';
}

static void push(walker *w, char open, size_t at, bool made_up)
{
    if (w->depth == DEEPEST) {
        walker_fault(w, at,
                     "brackets are nested more than %d deep; no config needs that", DEEPEST - 1);
        w->gave_up = true;
        return;
    }
    w->stack[w->depth++] = (frame){ .open = open, .want = closing(open), .at = at, .made_up = made_up,
                                    .id = ++w->frames };
}

/* An array may be written with ( ) as well, and then hold anything. */
static void make_list(walker *w, frame *f)
{
    if (f->open != '[' || f->is_list)
        return;
    f->is_list = true;
    mend_replace(&w->mend, f->at, f->at + 1, "(");
}

/* The bracket on top is closed by what is written in [begin, end). */
static void pop(walker *w, size_t begin, size_t end)
{
    frame f = *top(w);
    char write[2] = { f.is_list ? ')' : f.want, '\0' };

    if (f.open != '{' && f.count && !f.need_comma)
        mend_replace(&w->mend, f.comma, f.comma + 1, " ");
    if (end - begin != 1 || text(w)[begin] != write[0])
        mend_replace(&w->mend, begin, end, write);
    w->depth--;
    top(w)->need_comma = true;
    top(w)->count++;
    if (top(w)->open == '{' || !top(w)->open) { /* a setting has ended */
        token next = walker_peek(w, w->at);

        if (next.kind == TOKEN_SEMICOLON || next.kind == TOKEN_COMMA)
            walker_take(w);
    }
}

static void report_unclosed(walker *w, size_t at, const char *before)
{
    const frame *f = top(w);

    if (!f->made_up)
        walker_fault(w, at,
                     "the '%c' of line %d is not closed; add '%c' %s",
                     f->open, walker_line(w, f->at), f->want, before);
}

/* Whether taking this bracket out would leave the rest in order. */
static bool is_surplus(walker *w, token t)
{
    token next = walker_peek(w, t.end);

    if (next.kind == TOKEN_SEMICOLON || next.kind == TOKEN_COMMA) {
        t = next;
        next = walker_peek(w, t.end);
    }
    if (next.kind == TOKEN_CLOSE)
        return mark(w, next) == top(w)->want;
    return (top(w)->open == '{' || !top(w)->open) &&
           (walker_setting_follows(w, t.end) || next.kind == TOKEN_END);
}

static void close_bracket(walker *w, token t)
{
    char given = mark(w, t);
    size_t depth = w->depth;

    while (depth > 1 && w->stack[depth - 1].want != given)
        depth--;
    if (depth > 1) {
        while (w->depth > depth) {
            report_unclosed(w, t.begin, "before this");
            pop(w, t.begin, t.begin);
        }
        pop(w, t.begin, t.end);
    } else if (w->depth == 1 || is_surplus(w, t)) {
        walker_fault(w, t.begin, "this '%c' closes nothing; take it out", given);
        mend_replace(&w->mend, t.begin, t.end, " ");
    } else {
        walker_fault(w, t.begin,
                     "'%c' does not close the '%c' of line %d; write '%c'", given, top(w)->open,
              walker_line(w, top(w)->at), top(w)->want);
        pop(w, t.begin, t.end);
    }
}

static void close_all(walker *w)
{
    size_t end = w->last;

    while (w->depth > 1 && !w->gave_up) {
        report_unclosed(w, top(w)->made_up ? end : top(w)->at, "at its end");
        w->at = w->from->length;
        pop(w, w->from->length, w->from->length);
    }
}

/* The value of a setting or an entry; its brackets only are opened. */
static bool read_value(walker *w, token t)
{
    if (t.kind != TOKEN_OPEN)
        return walker_value(w, t);
    push(w, mark(w, t), t.begin, false);
    return true;
}

/* ---- settings ------------------------------------------------------------------- */

static void remember(walker *w, token name)
{
    frame *f = top(w);

    if (w->name_count == w->name_capacity) {
        w->name_capacity = w->name_capacity ? 2 * w->name_capacity : 128;
        w->names = memory_resize(w->names, w->name_capacity, sizeof *w->names);
    }
    w->names[w->name_count++] = (named){ f->id, name.begin, name.end, 0 };
    if (++f->count == MOST_SETTINGS) {
        walker_fault(w, name.begin,
                     "there are more than %d settings in one group; no config needs that",
                     MOST_SETTINGS);
        w->gave_up = true;
    }
}

static bool is_value(token t)
{
    return t.kind == TOKEN_STRING || t.kind == TOKEN_BOOL || t.kind == TOKEN_INT || t.kind == TOKEN_REAL ||
           t.kind == TOKEN_NAME || t.kind == TOKEN_WORD || t.kind == TOKEN_OPEN;
}

static void drop(walker *w, size_t begin, size_t end)
{
    mend_replace(&w->mend, begin, end, " ");
}

/* Takes out a setting, with the mark that ends it. */
static void drop_setting(walker *w, size_t begin, size_t end)
{
    token next = walker_peek(w, end);

    drop(w, begin, next.kind == TOKEN_SEMICOLON || next.kind == TOKEN_COMMA ? next.end : end);
}

/* Behind the name: = and a value. */
static void read_rest(walker *w, token name)
{
    token t = walker_take(w);
    char out[64];

    walker_shown(w, name.begin, name.end, out);
    if (t.kind != TOKEN_ASSIGN && (t.kind == TOKEN_OPEN || t.kind == TOKEN_STRING)) {
        walker_fault(w, t.begin, "'=' is missing behind '%s'", out);
        mend_replace(&w->mend, t.begin, t.begin, "=");
    } else if (t.kind != TOKEN_ASSIGN) {
        walker_fault(w, name.begin, "'%s' has no value; write %s = ...;", out, out);
        drop_setting(w, name.begin, name.end);
        walker_untake(w, t);
        return;
    } else {
        for (t = walker_take(w); t.kind == TOKEN_ASSIGN; t = walker_take(w)) {
            walker_fault(w, t.begin, "there is one '%c' too many; take it out", mark(w, t));
            drop(w, t.begin, t.end);
        }
    }
    if (!is_value(t) || walker_setting_follows(w, t.begin)) {
        walker_fault(w, name.begin, "'%s' has no value; write %s = ...;", out, out);
        drop_setting(w, name.begin, t.begin);
        walker_untake(w, t);
    } else if (!read_value(w, t)) {
        drop_setting(w, name.begin, w->last);
    }
}

static void end_setting(walker *w)
{
    token next = walker_peek(w, w->at);

    if (next.kind == TOKEN_SEMICOLON || next.kind == TOKEN_COMMA)
        walker_take(w);
}

/* Goes on with the next line; a few times, for then it is another language. */
static void pass_line(walker *w, size_t begin)
{
    const char *newline = memchr(text(w) + begin, '\n', w->from->length - begin);
    size_t end = newline ? (size_t)(newline - text(w)) : w->from->length;

    drop(w, begin, end);
    w->at = w->last = end;
    w->gave_up |= ++w->passed == MOST_PASSED;
}

static bool is_bare_name(walker *w, token inside)
{
    token t = walker_peek(w, inside.begin);

    return t.kind == TOKEN_NAME && t.begin == inside.begin && t.end == inside.end;
}

static void read_name(walker *w, token name)
{
    size_t depth = w->depth;
    token bare = { TOKEN_NAME, name.begin + 1, name.end - 1, false };
    char out[64];

    if (name.kind == TOKEN_STRING && (name.unclosed || !is_bare_name(w, bare))) {
        walker_fault(w, name.begin, "this '\"' is out of place: a setting is name = value;");
        drop(w, name.begin, name.begin + 1);
        w->at = w->last = name.begin + 1;
        return;
    }
    if (name.kind == TOKEN_STRING) {
        walker_fault(w, name.begin,
                     "a name stands without quotes; write %s",
                     walker_shown(w, bare.begin, bare.end, out));
        drop(w, name.begin, name.begin + 1);
        drop(w, name.end - 1, name.end);
        name = bare;
    } else if (name.kind != TOKEN_NAME) {
        walker_fault(w, name.begin,
                     "'%s' is no name; a name is a letter with letters, digits, - and _ behind it",
              walker_shown(w, name.begin, name.end, out));
        pass_line(w, name.begin);
        return;
    }
    remember(w, name);
    read_rest(w, name);
    if (w->depth != depth)
        return;
    w->names[w->name_count - 1].stop = w->last;
    end_setting(w);
}

static void read_setting(walker *w)
{
    token t = walker_take(w);

    switch (t.kind) {
    case TOKEN_END:
        close_all(w);
        break;
    case TOKEN_CLOSE:
        close_bracket(w, t);
        break;
    case TOKEN_SEMICOLON:
    case TOKEN_COMMA:
    case TOKEN_ASSIGN:
        walker_fault(w, t.begin, "there is one '%c' too many; take it out", mark(w, t));
        drop(w, t.begin, t.end);
        break;
    case TOKEN_OPEN:
        if (w->frames == 0 && w->name_count == 0)
            walker_fault(w, t.begin,
                         "a config has no '%c' around it, as JSON does; write galley = 1; pipeline = ( ... );",
                         mark(w, t));
        else
            walker_fault(w, t.begin,
                         "a name and '=' are missing before '%c', such as run = {", mark(w, t));
        w->gave_up = true;
        break;
    default:
        read_name(w, t);
    }
}

/* ---- lists and arrays ------------------------------------------------------------- */

/* A setting where an entry should be: the bracket was not closed, or, at the
 * front, the settings need braces of their own. */
static void setting_in_list(walker *w, token name)
{
    walker_untake(w, name);
    if (top(w)->count == 0) {
        walker_fault(w, name.begin,
                     "settings in a list need braces; write { %.*s = ...; }",
                     (int)(name.end - name.begin),
              text(w) + name.begin);
        make_list(w, top(w));
        mend_replace(&w->mend, name.begin, name.begin, "{");
        push(w, '{', name.begin, true);
        return;
    }
    report_unclosed(w, name.begin, "before this");
    pop(w, name.begin, name.begin);
}

static void read_entry(walker *w, token t)
{
    frame *f = top(w);

    if (walker_setting_follows(w, t.begin)) {
        setting_in_list(w, t);
        return;
    }
    if (f->need_comma) {
        size_t end = t.begin;

        while (end > f->at + 1 && strchr(" \t\r\n", text(w)[end - 1]))
            end--;
        walker_fault(w, end - 1, "',' is missing behind this");
        mend_replace(&w->mend, end, end, ",");
    }
    if (t.kind == TOKEN_OPEN && f->open == '[' && !f->is_list) {
        walker_fault(w, f->at, "'[ ]' holds plain values alone; write ( ) around groups and lists");
        make_list(w, f);
    }
    if (f->count == 0)
        f->kind = t.kind;
    else if (t.kind != f->kind)
        make_list(w, f); /* so that the option's own check may speak */
    if (t.kind == TOKEN_OPEN) {
        f->need_comma = false;
        read_value(w, t);
        return;
    }
    if (!read_value(w, t))
        mend_replace(&w->mend, t.begin, t.end, "0");
    f->need_comma = true;
    f->count++;
}

static void semicolon_in_list(walker *w, token t)
{
    token next = walker_peek(w, t.end);
    bool other = next.kind == TOKEN_CLOSE && mark(w, next) != top(w)->want;

    if (other || next.kind == TOKEN_END || walker_setting_follows(w, t.end)) {
        report_unclosed(w, t.begin, "before this");
        walker_untake(w, t);
        pop(w, t.begin, t.begin);
        return;
    }
    walker_fault(w, t.begin, "entries are parted by ','; write it instead of ';'");
    mend_replace(&w->mend, t.begin, t.end, next.kind == TOKEN_CLOSE || !top(w)->need_comma ? " " : ",");
    top(w)->need_comma &= next.kind == TOKEN_CLOSE;
}

static void read_list(walker *w)
{
    token t = walker_take(w);
    frame *f = top(w);

    switch (t.kind) {
    case TOKEN_END:
        close_all(w);
        break;
    case TOKEN_CLOSE:
        close_bracket(w, t);
        break;
    case TOKEN_COMMA:
        if (!f->need_comma) {
            walker_fault(w, t.begin, "there is one ',' too many; take it out");
            drop(w, t.begin, t.end);
            break;
        }
        f->need_comma = false;
        f->comma = t.begin;
        break;
    case TOKEN_SEMICOLON:
        semicolon_in_list(w, t);
        break;
    case TOKEN_ASSIGN:
        walker_fault(w, t.begin,
                     "'%c' means nothing in a list; write { name = value; }", mark(w, t));
        drop(w, t.begin, t.end);
        break;
    default:
        read_entry(w, t);
    }
}

/* ---- the whole -------------------------------------------------------------------- */

static int compare_names(const void *a, const void *b, void *given)
{
    const named *x = a, *y = b;
    const char *compared = given;
    size_t m = x->end - x->begin, n = y->end - y->begin;
    int order;

    if (x->group != y->group)
        return x->group < y->group ? -1 : 1;
    order = memcmp(compared + x->begin, compared + y->begin, m < n ? m : n);
    if (order || m != n)
        return order ? order : m < n ? -1 : 1;
    return x->begin < y->begin ? -1 : 1;
}

static void find_twins(walker *w)
{
    char out[64];

    if (w->name_count)
        qsort_r(w->names, w->name_count, sizeof *w->names, compare_names, w->from->text);
    for (size_t i = 1; i < w->name_count; i++) {
        const named *a = &w->names[i - 1], *b = &w->names[i];

        if (a->group != b->group || a->end - a->begin != b->end - b->begin ||
            memcmp(text(w) + a->begin, text(w) + b->begin, a->end - a->begin) != 0)
            continue;
        walker_fault(w, b->begin, "'%s' is set twice, first in line %d; take one of them out",
              walker_shown(w, b->begin, b->end, out), walker_line(w, a->begin));
        drop_setting(w, b->begin, b->stop ? b->stop : b->end);
        w->gave_up |= b->stop == 0;
    }
}

char *lint(const source *s, report *problems)
{
    walker w = { .from = s, .problems = problems, .depth = 1, .open_comment = SIZE_MAX };
    char *mended = NULL;

    while ((w.at < s->length || w.depth > 1) && !w.gave_up) {
        if (top(&w)->open == '{' || !top(&w)->open)
            read_setting(&w);
        else
            read_list(&w);
        if (w.depth == 1 && walker_peek(&w, w.at).kind == TOKEN_END)
            break;
    }
    if (w.open_comment != SIZE_MAX)
        walker_fault(&w, w.open_comment, "this comment is never closed; add '*/'");
    if (!w.gave_up)
        find_twins(&w);
    if (!w.gave_up && w.open_comment == SIZE_MAX)
        mended = mend_apply(&w.mend, s->text, s->length);
    mend_free(&w.mend);
    free(w.names);
    return mended;
}
