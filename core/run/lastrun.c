/* lastrun - lines of names and values. */
#include "run/lastrun.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <time.h>

#include "base/files.h"
#include "base/memory.h"
#include "run/runner.h"

static char *path_in(const char *out)
{
    return memory_format("%s/.galley/run", out);
}

static void print_sink(FILE *f, const plan_stage *s)
{
    gly_str path = ledger_output(s);

    fprintf(f, "sink %s %.*s\n", s->use, (int)path.len, path.len ? path.ptr : "");
}

static void print_counts(FILE *f, const run_accounts *n)
{
    fprintf(f, "inputs %" PRIu64 "\nchildren %" PRIu64 "\nwritten %" PRIu64 "\ndropped %" PRIu64 "\nfailed %" PRIu64
            "\nignored %" PRIu64 "\nsplit %" PRIu64 "\nunchanged %" PRIu64 "\nlost %" PRIu64 "\n", n->inputs,
            n->children, n->written, n->dropped, n->failed, n->ignored, n->split, n->unchanged, n->failed_children);
}

void lastrun_write(const runner *r, bool ended, int status)
{
    char *text = NULL, *path;
    size_t length = 0;
    FILE *f = r->ledger.on ? open_memstream(&text, &length) : NULL;

    if (!f)
        return;
    fprintf(f, "started %lld\n", (long long)r->accounts.began);
    if (ended)
        fprintf(f, "ended %lld\nexit %d\nseconds %.3f\n", (long long)time(NULL), status,
                (double)(monotonic_ns() - r->accounts.started) / 1e9);
    print_counts(f, &r->accounts.counts);
    if (r->options->again && !strchr(r->options->again, '\n'))
        fprintf(f, "again %s\n", r->options->again);
    for (uint16_t i = 0; i < r->ledger.sink_count; i++)
        print_sink(f, &r->plan->stages[r->ledger.sinks[i]]);
    fclose(f);
    path = path_in(r->plan->out);
    if (!files_replace(path, text, length))
        fprintf(stderr, "%s: warning: cannot be written: %s; galley status will know less\n", path, strerror(errno));
    free(path);
    free(text);
}

static void add_sink(lastrun *l, const char *value)
{
    lastrun_sink *s;

    if (l->sinks == JOURNAL_SINKS)
        return;
    l->sink = memory_resize(l->sink, l->sinks + 1u, sizeof *l->sink);
    s = &l->sink[l->sinks++];
    *s = (lastrun_sink){ .path = "" };
    sscanf(value, "%63s %4095[^\n]", s->stage, s->path);
}

static void take_line(lastrun *l, const char *name, const char *value)
{
    const struct { const char *name; uint64_t *into; } counts[] = {
        { "inputs", &l->inputs }, { "children", &l->children }, { "written", &l->written }, { "dropped", &l->dropped },
        { "failed", &l->failed }, { "ignored", &l->ignored }, { "split", &l->split }, { "unchanged", &l->unchanged },
        { "lost", &l->lost },
    };

    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        if (strcmp(name, counts[i].name) == 0)
            *counts[i].into = strtoull(value, NULL, 10);
    if (strcmp(name, "started") == 0)
        l->started = strtoll(value, NULL, 10);
    else if (strcmp(name, "ended") == 0)
        l->ended = strtoll(value, NULL, 10);
    else if (strcmp(name, "exit") == 0)
        l->exit = (int)strtol(value, NULL, 10);
    else if (strcmp(name, "seconds") == 0)
        l->seconds = strtod(value, NULL);
    else if (strcmp(name, "sink") == 0)
        add_sink(l, value);
    else if (strcmp(name, "again") == 0 && !l->again)
        l->again = memory_text(value);
}

bool lastrun_read(lastrun *l, const char *out)
{
    char *path = path_in(out), *line = NULL;
    size_t room = 0;
    FILE *f = fopen(path, "re");

    *l = (lastrun){ .started = 0 };
    free(path);
    while (f && getline(&line, &room, f) > 0) {
        char *space = strchr(line, ' ');

        line[strcspn(line, "\n")] = '\0';
        if (!space)
            continue;
        *space = '\0';
        take_line(l, line, space + 1);
    }
    free(line);
    if (f)
        fclose(f);
    return f != NULL && l->started;
}

void lastrun_free(lastrun *l)
{
    free(l->sink);
    free(l->again);
}
