/* report - gathers problems with their places and prints them in file order. */
#include "base/report.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { SOURCE_COLUMNS = 160 }; /* longer source lines are cut around the place */

void report_add(report *r, severity level, place at, const char *format, ...)
{
    problem *p;
    va_list values;

    if (r->count == r->capacity) {
        r->capacity = r->capacity ? r->capacity * 2 : 16;
        r->problems = memory_resize(r->problems, r->capacity, sizeof *r->problems);
    }
    p = &r->problems[r->count++];
    *p = (problem){ .severity = level, .at = at };
    p->at.file = memory_text(at.file);
    va_start(values, format);
    p->text = memory_format_list(format, values);
    va_end(values);
    r->errors += level == SEVERITY_ERROR;
    r->warnings += level == SEVERITY_WARNING;
}

void report_source(report *r, const char *line, size_t length, int caret)
{
    problem *p = r->count ? &r->problems[r->count - 1] : NULL;
    size_t cut = caret > SOURCE_COLUMNS - 40 ? (size_t)caret - (SOURCE_COLUMNS - 40) : 0;

    if (!p)
        return;
    while (cut > 0 && cut < length && ((unsigned char)line[cut] & 0xC0) == 0x80)
        cut--;
    if (cut < length) {
        line += cut;
        length -= cut;
        caret -= (int)cut;
    }
    if (length > SOURCE_COLUMNS)
        for (length = SOURCE_COLUMNS; length > 0 && ((unsigned char)line[length] & 0xC0) == 0x80;)
            length--;
    free(p->source);
    p->source = memory_copy(line, length);
    p->caret = caret;
}

/* Which file was spoken of first comes first. */
static size_t file_rank(const report *r, const char *file)
{
    size_t i = 0;

    while (i < r->count && (r->problems[i].at.file == NULL) != (file == NULL))
        i++;
    while (file && i < r->count &&
           (!r->problems[i].at.file || strcmp(r->problems[i].at.file, file) != 0))
        i++;
    return i;
}

typedef struct ranked {
    size_t file, index;
    const problem *problem;
} ranked;

static int compare_ranked(const void *a, const void *b)
{
    const ranked *x = a, *y = b;

    if (x->file != y->file)
        return x->file < y->file ? -1 : 1;
    if (x->problem->at.line != y->problem->at.line)
        return x->problem->at.line < y->problem->at.line ? -1 : 1;
    if (x->problem->at.column != y->problem->at.column)
        return x->problem->at.column < y->problem->at.column ? -1 : 1;
    return x->index < y->index ? -1 : 1;
}

static void print_source(const problem *p, FILE *out)
{
    int column = p->caret;

    fprintf(out, "    %s\n", p->source);
    if (column < 1 || (size_t)column > strlen(p->source) + 1)
        return;
    fputs("    ", out);
    for (int i = 0; i < column - 1; i++)
        if (((unsigned char)p->source[i] & 0xC0) != 0x80)
            fputc(p->source[i] == '\t' ? '\t' : ' ', out);
    fputs("^\n", out);
}

static void print_problem(const problem *p, FILE *out)
{
    static const char *const names[] = { "note", "warning", "error" };

    if (p->at.file && p->at.line && p->at.column)
        fprintf(out, "%s:%d:%d: %s: %s\n", p->at.file, p->at.line, p->at.column, names[p->severity], p->text);
    else if (p->at.file && p->at.line)
        fprintf(out, "%s:%d: %s: %s\n", p->at.file, p->at.line, names[p->severity], p->text);
    else
        fprintf(out, "%s: %s: %s\n", p->at.file ? p->at.file : "galley", names[p->severity], p->text);
    if (p->source)
        print_source(p, out);
}

void report_print(const report *r, FILE *out)
{
    ranked *order = memory_resize(NULL, r->count, sizeof *order);

    for (size_t i = 0; i < r->count; i++)
        order[i] = (ranked){ file_rank(r, r->problems[i].at.file), i, &r->problems[i] };
    qsort(order, r->count, sizeof *order, compare_ranked);
    for (size_t i = 0; i < r->count; i++)
        print_problem(order[i].problem, out);
    free(order);
}

void report_free(report *r)
{
    for (size_t i = 0; i < r->count; i++) {
        free((char *)r->problems[i].at.file);
        free(r->problems[i].text);
        free(r->problems[i].source);
    }
    free(r->problems);
    *r = (report){ 0 };
}
