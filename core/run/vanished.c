/* vanished - the end of a run: inputs of the last one that are gone.
 *
 * Their records are taken out, or (run.vanished = "keep") stay, behind all others.
 * Behind --limit nobody looked: there all stays as it is. */
#include <inttypes.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/terminal.h"
#include "run/edition.h"
#include "run/runner.h"

enum { NAMED = 3 };

typedef struct gone {
    uint64_t count;
    char    *names; /* of some; NULL: none */
    size_t   length;
} gone;

/* One that is left is news once, and once more when it is taken out after all. */
static bool is_gone(const known_input *k, bool keep)
{
    return !k->seen && !(keep && k->vanished);
}

/* The pool holds the last entries of the journal, in order. */
static gone list_gone(const ledger *l, bool keep)
{
    gone g = { 0, NULL, 0 };
    journal_cursor at = { .segment = 0 };
    journal_entry e;
    uint64_t i = 0;
    FILE *names = open_memstream(&g.names, &g.length);

    while (i < l->pool.count && journal_next(&l->journal, &at, &e)) {
        if (e.ordinal != l->pool.inputs[i].ordinal)
            continue;
        if (is_gone(&l->pool.inputs[i++], keep) && ++g.count <= NAMED && names) {
            fputs(g.count > 1 ? ", " : "", names);
            terminal_text(names, e.name.ptr);
        }
    }
    if (names)
        fclose(names);
    return g;
}

static void say_gone(const runner *r, const gone *g)
{
    bool keep = r->plan->run.vanished == VANISHED_KEEP;

    if (g->count == 0 || r->options->quiet)
        return;
    fprintf(stderr, "%" PRIu64 " input%s of the last run %s gone: %s%s; %s record%s %s\n", g->count,
            g->count == 1 ? "" : "s", g->count == 1 ? "is" : "are", g->names ? g->names : "",
            g->count > NAMED ? ", ..." : "", g->count == 1 ? "its" : "their", g->count == 1 ? "" : "s",
            keep ? (g->count == 1 ? "was left" : "were left")
                 : (g->count == 1 ? "was taken out" : "were taken out"));
}

/* Into the new edition go those that nobody asked for, when they stay. */
static bool keep_rest(ledger *l, runner *r, bool limited)
{
    journal_cursor at = { .segment = 0 };
    journal_entry e;
    uint64_t i = 0;

    while (i < l->pool.count && journal_next(&l->journal, &at, &e)) {
        const known_input *k = &l->pool.inputs[i];

        if (e.ordinal != k->ordinal)
            continue;
        i++;
        if (!k->seen && !edition_keep(l, r, k, e.name, k->stamp, k->vanished || !limited))
            return false;
    }
    return true;
}

/* Cuts off the outputs what is behind the last input. */
static bool cut_rest(ledger *l, runner *r)
{
    if (!journal_rewind(&l->journal, l->ordinal, l->here))
        return ledger_fails(l, NULL);
    return ledger_put_sinks(l, r, l->here) == GLY_OK || ledger_sinks_fail(l, r);
}

static bool finish_in_place(ledger *l, runner *r, bool stay, uint64_t gone_now)
{
    bool left = l->settled < l->pool.count, flag = left && stay && gone_now;

    if (left && !stay && !cut_rest(l, r))
        return false;
    return ledger_commit(l, r, true) &&
           (!(l->mark_count || flag) || edition_rewrite_journal(l, r, flag ? l->ordinal : UINT64_MAX));
}

bool ledger_finish(ledger *l, runner *r)
{
    bool limited = r->options->limit && r->pulled == (uint64_t)r->options->limit;
    bool stay = limited || r->plan->run.vanished == VANISHED_KEEP, done;
    gone g = { 0, NULL, 0 };

    if (!l->on || r->stopped)
        return ledger_commit(l, r, true);
    if (!limited)
        g = list_gone(l, stay);
    if (l->beside)
        done = (!stay || keep_rest(l, r, limited)) && edition_publish(l, r);
    else
        done = finish_in_place(l, r, stay, g.count);
    r->accounts.counts.vanished = done ? g.count : 0;
    if (done)
        say_gone(r, &g);
    free(g.names);
    return done;
}
