/* explain - what became of one input: outcome, place in the outputs, what is kept. */
#include "command/command.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/json.h"
#include "base/memory.h"
#include "base/suggest.h"
#include "base/terminal.h"
#include "run/lastrun.h"
#include "run/ledger.h"
#include "run/quarantine.h"

enum { FLAG_JSON = 'J', FEW = 5, PAGE_NAMES = 4096 };

typedef struct found {
    char         *name;     /* of the input; NULL: none is meant */
    journal_entry entry;    /* its name is not valid             */
    size_t        matches;
    char         *others[FEW];
    char         *near;     /* when none is: what may be meant   */
} found;

typedef struct answer {
    const char      *out;
    const journal   *journal;
    const found     *input;
    lastrun          last;
    char            *folder; /* of the quarantine */
    quarantine_note *notes;
    size_t           note_count;
} answer;

/* ---- which input is meant ------------------------------------------------------------ */

static bool ends_in_part(const char *whole, const char *part)
{
    size_t length = strlen(whole), more = strlen(part);

    return length > more && more && whole[length - more - 1] == '/' && strcmp(whole + length - more, part) == 0;
}

/* A uri, the last parts of one, or a path that ends in one. */
static bool is_meant(const char *asked, const char *name)
{
    return strcmp(name, asked) == 0 || ends_in_part(name, asked) || ends_in_part(asked, name);
}

/* "a.zip!/b.txt" or "a.zip#3", a document inside: its input; else NULL. */
static char *outer_of(const char *asked)
{
    const char *mark = strstr(asked, "!/");

    mark = mark ? mark : strrchr(asked, '#');
    return mark ? memory_copy(asked, (size_t)(mark - asked)) : NULL;
}

static void take(found *f, const journal_entry *e)
{
    free(f->name);
    f->name = memory_text(e->name.ptr);
    f->entry = *e;
}

static const char *last_part(const char *name)
{
    const char *slash = strrchr(name, '/');

    return slash ? slash + 1 : name;
}

/* The nearer of two names, by what follows the last slash. */
static void take_near(found *f, const char *asked, const char *name)
{
    const char *both[] = { f->near ? last_part(f->near) : last_part(name), last_part(name) };
    const char *best = suggest_name(last_part(asked), both, f->near ? 2 : 1);

    if (!best || (f->near && best == both[0]))
        return;
    free(f->near);
    f->near = memory_text(name);
}

static void search(const journal *j, const char *asked, found *f)
{
    journal_cursor at = { .segment = 0 };
    journal_entry e;

    char *outer = outer_of(asked);

    *f = (found){ .name = NULL };
    while (journal_next(j, &at, &e)) {
        bool exact = strcmp(e.name.ptr, asked) == 0;

        if (!is_meant(asked, e.name.ptr) && !(outer && is_meant(outer, e.name.ptr))) {
            if (!f->matches)
                take_near(f, asked, e.name.ptr);
            continue;
        }
        if (f->matches < FEW)
            f->others[f->matches] = memory_text(e.name.ptr);
        f->matches++;
        take(f, &e);
        if (exact) {
            f->matches = 1;
            break;
        }
    }
    free(outer);
}

static void forget(found *f)
{
    for (size_t i = 0; i < FEW; i++)
        free(f->others[i]);
    free(f->name);
    free(f->near);
}

static int not_one(const command *c, const found *f, const char *out, const char *asked)
{
    fprintf(stderr, "galley %s: error: '", c->name);
    terminal_text(stderr, asked);
    if (f->matches > 1) {
        fprintf(stderr, "' may be %zu inputs; say more of the name:\n", f->matches);
    } else if (f->near) {
        fprintf(stderr, "' is no input of '%s'; did you mean '", out);
        terminal_text(stderr, f->near);
        fputs("'?\n", stderr);
    } else {
        fprintf(stderr, "' is no input of '%s'; 'galley status %s' tells of them\n", out, out);
    }
    for (size_t i = 0; i < FEW && i < f->matches; i++) {
        fputs("  ", stderr);
        terminal_text(stderr, f->others[i]);
        fputc('\n', stderr);
    }
    if (f->matches > FEW)
        fprintf(stderr, "  and %zu more\n", f->matches - FEW);
    return f->matches ? EXIT_USAGE : EXIT_NOTHING_DONE;
}

/* ---- where its records lie --------------------------------------------------------------- */

/* A folder of pages keeps their names, and counts its position in them. */
static char *page_names(const char *folder, uint64_t begin, uint64_t end)
{
    char *path = memory_format("%s/.galley-names", folder), *names = memory_new(PAGE_NAMES);
    size_t wanted = end - begin < PAGE_NAMES ? (size_t)(end - begin) : PAGE_NAMES - 1, got = 0;
    FILE *f = fopen(path, "re");

    if (f && fseeko(f, (off_t)begin, SEEK_SET) == 0)
        got = fread(names, 1, wanted, f);
    if (f)
        fclose(f);
    free(path);
    names[got] = '\0';
    if (got && names[got - 1] == '\n')
        names[got - 1] = '\0';
    return names;
}

typedef struct record_place {
    const char *stage, *path;
    uint64_t    begin, end;
    char       *pages;    /* of a folder: their names, a line each; NULL: a file */
} record_place;

static bool place_of(const answer *a, uint16_t sink, record_place *at)
{
    const journal_entry *e = &a->input->entry;
    struct stat st;

    if (sink >= a->journal->sinks || sink >= a->last.sinks || e->begins[sink] >= e->ends[sink])
        return false;
    *at = (record_place){ a->last.sink[sink].stage, a->last.sink[sink].path, e->begins[sink], e->ends[sink], NULL };
    if (stat(at->path, &st) == 0 && S_ISDIR(st.st_mode))
        at->pages = page_names(at->path, at->begin, at->end);
    return true;
}

/* ---- as text --------------------------------------------------------------------------------- */

static void print_line(const char *label, const char *text)
{
    printf("  %-11s ", label);
    terminal_text(stdout, text);
    putchar('\n');
}

static void print_places(const answer *a)
{
    record_place p;

    for (uint16_t i = 0; i < JOURNAL_SINKS; i++) {
        if (!place_of(a, i, &p))
            continue;
        if (p.pages)
            printf("  %-11s %s: ", "record in", p.path);
        else
            printf("  %-11s %s: bytes %" PRIu64 " to %" PRIu64 "\n", "record in", p.path, p.begin, p.end);
        for (char *at = p.pages; at && *at;) {
            size_t length = strcspn(at, "\n");

            terminal_print(stdout, at, length);
            printf(".md%s", at[length] ? ", " : "\n");
            at += length + (at[length] != '\0');
        }
        free(p.pages);
    }
}

static void print_value(const quarantine_note *n, const char *name, const char *label)
{
    char *value = quarantine_value(n, name);

    if (value)
        print_line(label, value);
    free(value);
}

static void print_note(const answer *a, const quarantine_note *n)
{
    char *file = quarantine_value(n, "file"), *note = memory_format("%s/%s", a->folder, n->name);

    if (n->child) {
        print_value(n, "uri", "inside it");
        print_value(n, "stage", "failed in");
        print_value(n, "reason", "because");
    }
    if (file) {
        printf("  %-11s %s/", "its bytes", a->folder);
        terminal_text(stdout, file);
        putchar('\n');
    } else {
        print_value(n, "no_bytes", "no bytes:");
    }
    print_line("its note", note);
    print_value(n, "again", "try again");
    free(file);
    free(note);
}

static void print_text(const answer *a)
{
    static const char *const words[] = { "written", "dropped", "failed", "ignored", "split", "unchanged" };
    const journal_entry *e = &a->input->entry;

    terminal_text(stdout, a->input->name);
    printf(": %s", words[e->outcome < OUTCOMES ? e->outcome : OUTCOME_FAILED]);
    if (e->outcome == OUTCOME_SPLIT)
        printf(" into %" PRIu32 " documents", e->children);
    if (e->outcome == OUTCOME_DROPPED || e->outcome == OUTCOME_FAILED || e->outcome == OUTCOME_IGNORED) {
        printf(" in stage '%s': ", e->stage.ptr);
        terminal_text(stdout, e->reason.ptr);
    }
    printf("\n  %-11s number %" PRIu64 " of %" PRIu64 "%s\n", "input", e->ordinal + 1, a->journal->count,
           e->vanished ? "; it is gone since" : "");
    if (e->outcome != OUTCOME_IGNORED)
        printf("  %-11s %.3g ms, %" PRIu32 " %s\n", "took", (double)e->nanoseconds / 1e6, e->attempts ? e->attempts : 1,
               e->attempts > 1 ? "attempts" : "attempt");
    print_places(a);
    for (size_t i = 0; i < a->note_count; i++)
        print_note(a, &a->notes[i]);
}

/* ---- as JSON --------------------------------------------------------------------------------- */

static void print_member(const char *name, const char *text)
{
    printf(",\"%s\":", name);
    json_print(stdout, text);
}

static void print_places_json(const answer *a)
{
    record_place p;
    bool any = false;

    printf(",\"records\":[");
    for (uint16_t i = 0; i < JOURNAL_SINKS; i++) {
        if (!place_of(a, i, &p))
            continue;
        printf("%s{\"begin\":%" PRIu64 ",\"end\":%" PRIu64, any ? "," : "", p.begin, p.end);
        print_member("stage", p.stage);
        print_member("path", p.path);
        if (p.pages)
            print_member("pages", p.pages);
        putchar('}');
        free(p.pages);
        any = true;
    }
    putchar(']');
}

static void print_json(const answer *a)
{
    static const char *const words[] = { "written", "dropped", "failed", "ignored", "split", "unchanged" };
    const journal_entry *e = &a->input->entry;

    printf("{\"schema\":\"galley.explain/1\"");
    print_member("uri", a->input->name);
    print_member("outcome", words[e->outcome < OUTCOMES ? e->outcome : OUTCOME_FAILED]);
    print_member("stage", e->stage.len ? e->stage.ptr : NULL);
    print_member("reason", e->reason.len ? e->reason.ptr : NULL);
    printf(",\"number\":%" PRIu64 ",\"children\":%" PRIu32 ",\"attempts\":%" PRIu32 ",\"seconds\":%.6f,\"vanished\":%s",
           e->ordinal + 1, e->children, e->attempts ? e->attempts : 1, (double)e->nanoseconds / 1e9,
           e->vanished ? "true" : "false");
    print_places_json(a);
    printf(",\"kept\":[");
    for (size_t i = 0; i < a->note_count; i++) {
        const quarantine_note *n = &a->notes[i];
        char *file = quarantine_value(n, "file"), *again = quarantine_value(n, "again"),
             *uri = quarantine_value(n, "uri"), *reason = quarantine_value(n, "reason");

        printf("%s{\"uri\":", i ? "," : "");
        json_print(stdout, uri);
        print_member("reason", reason);
        print_member("note", n->name);
        print_member("file", file);
        print_member("again", again);
        putchar('}');
        free(file), free(again), free(uri), free(reason);
    }
    puts("]}");
}

/* ---- the command ------------------------------------------------------------------------------ */

static int explain(const journal *j, const char *out, const found *f, bool json)
{
    answer a = { .out = out, .journal = j, .input = f, .folder = quarantine_folder(out) };
    gly_str name = { f->name, (uint32_t)strlen(f->name) };

    lastrun_read(&a.last, out);
    a.notes = quarantine_notes(a.folder, name, &a.note_count);
    (json ? print_json : print_text)(&a);
    quarantine_free(a.notes, a.note_count);
    lastrun_free(&a.last);
    free(a.folder);
    return f->entry.outcome == OUTCOME_FAILED || a.note_count ? EXIT_SOME_FAILED : EXIT_FINE;
}

static int run(const command *c, int argc, char **argv)
{
    static const struct option longs[] = {
        { "json", no_argument, NULL, FLAG_JSON }, { "help", no_argument, NULL, 'h' }, { NULL, 0, NULL, 0 }
    };
    bool json = false;
    journal j;
    found f;
    int status = EXIT_NOTHING_DONE;

    for (int got; (got = command_option(c, argc, argv, "h", longs)) != -1;) {
        if (got != FLAG_JSON)
            return EXIT_USAGE;
        json = true;
    }
    if (optind + 2 != argc)
        return command_usage(c, "which output folder, and which document? give the one that -o named, and its uri");
    if (command_journal(&j, argv[optind])) {
        search(&j, argv[optind + 1], &f);
        status = f.matches == 1 ? explain(&j, argv[optind], &f, json) : not_one(c, &f, argv[optind], argv[optind + 1]);
        forget(&f);
    }
    journal_close(&j);
    return status;
}

const command command_explain = {
    .name = "explain", .usage = "OUT DOC [--json]",
    .summary = "say what became of one input: outcome, reason, where its record lies",
    .help = "  galley explain out press/a.txt\n  galley explain out a.txt --json\n\n"
            "DOC is the uri of an input, the end of one, or its path.\n\n"
            "  --json             the same as JSON\n\n"
            "exit status: 0 it is fine, 1 it or a document inside it failed, 2 usage or several\n"
            "inputs may be meant, 3 there is no such input, or no run has left accounts there\n",
    .run = run,
};
