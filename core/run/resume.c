/* resume - the beginning of a run: what the last one left is held against the config,
 * the outputs and the source, and the sinks are put where they go on. */
#include <errno.h>
#include <inttypes.h>

#include "base/memory.h"
#include "run/edition.h"
#include "run/runner.h"

enum {
    CRASHES = 3, /* runs that got nowhere, before one goes carefully       */
    WARY = 1000  /* inputs that are done carefully: what kills later is met later */
};

/* ---- beginning ------------------------------------------------------------------------ */

/* Runs before this one have begun, and died before they got on: the journal knows. */
static bool is_untouched(const ledger *l, const runner *r)
{
    const journal *j = &l->journal;

    return !r->options->fresh && j->pipeline == l->pipeline && j->sinks == l->sink_count && j->next == 0 &&
           j->damage_count == 0;
}

static bool begin_anew(ledger *l, runner *r)
{
    journal_title title = ledger_title(l, r);
    gly_status status = ledger_put_sinks(l, r, NULL);

    if (status == GLY_END) { /* standard output, or a pipe */
        l->on = false;
        return true;
    }
    if (status < 0)
        return ledger_sinks_fail(l, r);
    l->adding = true;
    ledger_positions(l, r, l->begin);
    if (is_untouched(l, r)) {
        memcpy(l->journal.ends, l->begin, sizeof l->begin);
        return true;
    }
    return journal_begin(&l->journal, &title, l->begin) || ledger_fails(l, NULL);
}

/* The first entry begins where empty outputs end: behind their headings. */
static bool put_last(ledger *l, runner *r)
{
    journal_cursor at = { .segment = 0 };
    journal_entry first = { .begins = { 0 } };

    journal_next(&l->journal, &at, &first);
    if (first.ordinal == 0)
        memcpy(l->begin, first.begins, sizeof l->begin);
    return ledger_put_sinks(l, r, l->journal.ends) == GLY_OK;
}

static void say_damage(const ledger *l)
{
    if (l->journal.mapped && l->journal.size == 0 && !l->journal.older)
        fprintf(stderr, "%s: warning: nothing in it can be read: all inputs are done again\n", l->path);
    for (size_t i = 0; i < l->journal.damage_count; i++)
        fprintf(stderr, "%s: warning: %" PRIu64 " bytes at offset %" PRIu64 " are damaged: the inputs that they "
                "told of are done again\n", l->path, l->journal.damages[i].bytes, l->journal.damages[i].at);
}

/* ---- taking up ------------------------------------------------------------------------ */

/* Passes over the inputs that are as this journal says, one after the other; the
 * first that is not is held for the run. True: some of it is left. */
static bool pass_over(ledger *l, runner *r, const journal *j, bool retry)
{
    journal_cursor at = { .segment = 0 };
    journal_entry e;

    l->ordinal = 0;
    memcpy(l->here, l->begin, sizeof l->here);
    while (journal_next(j, &at, &e)) {
        gly_item item = { .verdict = GLY_TAKE };
        known_input *k;

        if (!runner_pull(r, &item))
            return true;
        r->held = item;
        r->holds = !ledger_is_still_so(l, r, j, &e, &item, retry) ||
                   memcmp(e.begins, l->here, l->sink_count * sizeof *l->here) != 0; /* some are lost before it */
        if (r->holds)
            return true;
        k = l->pool.count ? pool_find(&l->pool, e.key) : NULL;
        if (k)
            k->seen = true;
        ledger_account(r, item.uri, e.outcome, e.stage, e.reason);
        progress_tick(r->accounts.progress, &r->accounts.counts);
        memcpy(l->here, e.ends, sizeof l->here);
        l->ordinal = e.ordinal + 1;
    }
    return false;
}

/* All from here on is done again. The journal says so first: what is cut off an
 * output has no way back. */
static bool go_back(ledger *l, runner *r, journal *j)
{
    if (!journal_rewind(j, l->ordinal, l->here))
        return ledger_fails(l, NULL);
    l->adding = true;
    return ledger_put_sinks(l, r, l->here) == GLY_OK || begin_anew(l, r);
}

static bool take_up(ledger *l, runner *r)
{
    bool left = pass_over(l, r, &l->journal, r->options->from_failed);

    l->adding = !left && !l->differs;
    if (!left || (r->stopped && !r->holds))
        return true;
    if (!l->keeps)
        return go_back(l, r, &l->journal);
    pool_fill(&l->pool, &l->journal, l->ordinal);
    return true;
}

/* Of what a new edition has already, all behind the first difference is made again. */
static bool take_up_edition(ledger *l, runner *r)
{
    pool_fill(&l->pool, &l->journal, 0);
    if (!edition_resume(l, r)) {
        pool_free(&l->pool);
        return edition_drop(l, r) && (put_last(l, r) ? take_up(l, r) : begin_anew(l, r));
    }
    if (!pass_over(l, r, &l->next, r->options->from_failed && !l->next.retries) || (r->stopped && !r->holds))
        return true;
    if (!journal_rewind(&l->next, l->ordinal, l->here))
        return ledger_fails(l, NULL);
    return ledger_put_sinks(l, r, l->here) == GLY_OK || ledger_sinks_fail(l, r);
}

/* ---- what can be gone on with ---------------------------------------------------------- */

/* The first output that is longer or shorter than when the last run came to its end.
 * (What a run that was killed wrote behind its last commit is no change.) */
static const plan_stage *changed_output(const ledger *l)
{
    for (uint16_t i = 0; l->journal.ended && i < l->sink_count; i++) {
        const plan_stage *s = &l->plan->stages[l->sinks[i]];

        if (l->journal.sizes[i] && l->journal.sizes[i] != ledger_output_size(s))
            return s;
    }
    return NULL;
}

/* --from, with another config: whether the stages before it, and the sinks, are those
 * of the last run. Else gives the one that is not; NULL: it is not in the config. */
static bool are_same_before(const ledger *l, const char **other)
{
    const journal *j = &l->journal;
    uint16_t k = 0;

    *other = NULL;
    for (uint16_t i = 0; i < l->from && j->stage_count; i++)
        if (i >= j->stage_count || j->stages[i].all != l->stages[i].all) {
            *other = l->plan->stages[i].use;
            return false;
        }
    for (uint16_t i = 0; i < j->stage_count; i++) {
        bool sink = j->stages[i].all & 1;

        if (sink && (k == l->sink_count || l->stages[l->sinks[k]].all != j->stages[i].all)) {
            *other = k < l->sink_count ? l->plan->stages[l->sinks[k]].use : NULL;
            return false;
        }
        k = (uint16_t)(k + sink);
    }
    return j->stage_count && k == l->sink_count && l->keeps;
}

/* A new edition that an earlier run of this pipeline began. */
static bool is_mine(const ledger *l, const runner *r)
{
    return !r->options->fresh && l->beside && l->keeps && l->next.pipeline == l->pipeline &&
           l->next.sinks == l->sink_count && l->next.damage_count == 0;
}

/* Whether to go on with it: what --from asks for must be done again in it. What the
 * run that began it was asked to do again is, asked once more or not. */
static bool goes_on(ledger *l, const runner *r)
{
    uint16_t asked = r->options->from, had = l->next.from;
    bool on = is_mine(l, r) && (!asked || (had && had <= asked));

    l->from = on ? had : asked;
    return on;
}

static bool is_another(ledger *l)
{
    const char *other = NULL;

    if (l->journal.pipeline == l->pipeline && l->journal.sinks == l->sink_count)
        return false;
    l->differs = l->from && are_same_before(l, &other);
    if (!l->differs && l->from && other)
        fprintf(stderr, "galley: note: stage '%s' is another than in the last run: all inputs are done again\n", other);
    else if (!l->differs)
        fputs("galley: note: the config, a stage or the input is another than in the last run: all inputs are done "
              "again\n", stderr);
    return !l->differs;
}

/* Whether all is done again although it is known; says so. */
static bool begins_anew(ledger *l, runner *r)
{
    const plan_stage *changed;
    gly_str path;

    if (r->options->fresh || (l->journal.count == 0 && !l->journal.older))
        return true;
    if (l->journal.older) {
        fputs("galley: note: an older galley has kept the journal: all inputs are done again\n", stderr);
        return true;
    }
    if (is_another(l))
        return true;
    changed = changed_output(l);
    if (!changed && put_last(l, r))
        return false;
    path = changed ? ledger_output(changed) : GLY_LIT("the output");
    fprintf(stderr, "galley: note: %s%.*s%s is not as the last run left it: all inputs are done again\n",
            changed ? "'" : "", (int)path.len, path.ptr, changed ? "'" : "");
    return true;
}

/* After runs that got nowhere, killed by an input that brings down more than its
 * worker, inputs are done one by one, each said to be in hand before it is. */
static void be_careful(ledger *l)
{
    const journal *j = l->beside ? &l->next : &l->journal;

    l->careful = j->crashes >= CRASHES || j->strikes;
    l->wary = WARY;
    if (j->strikes >= LEDGER_STRIKES)
        l->suspect = j->hand;
    if (l->careful)
        fprintf(stderr, "galley: note: runs before this one went down and did not get on (%" PRIu32 " times): the next "
                "%d inputs are done one at a time\n", j->crashes, WARY);
}

/* To somebody who starts a run again that did not come to its end. */
static void say_what_is_there(const ledger *l, const runner *r)
{
    lastrun last;
    uint64_t count = l->beside ? l->next.count : l->journal.count;
    bool known = lastrun_read(&last, r->plan->out), quiet = r->options->quiet || r->options->progress == PROGRESS_JSON;
    const char *how = !last.ended ? "was cut off" : last.exit > 128 ? "was stopped" : last.exit == 3 ? "broke off" : NULL;

    if (known && how && count && !quiet)
        fprintf(stderr, "galley: note: the last run %s; this one goes on with what it had done: %" PRIu64 " input%s%s\n",
                how, count, count == 1 ? "" : "s", l->beside ? " in the new outputs that it began" : "");
    lastrun_free(&last);
}

bool ledger_resume(ledger *l, runner *r)
{
    bool mine, anew;

    l->committed = monotonic_ns();
    if (!l->on)
        return true;
    say_damage(l);
    if (is_mine(l, r) && l->next.complete && !edition_publish_again(l, r))
        return false;
    mine = goes_on(l, r);
    anew = begins_anew(l, r);
    if (l->beside && (anew || !mine || l->next.count == 0) && !edition_drop(l, r))
        return false;
    if (!r->options->fresh && l->journal.pipeline == l->pipeline)
        be_careful(l);
    if (anew)
        return begin_anew(l, r);
    say_what_is_there(l, r);
    return l->beside ? take_up_edition(l, r) : take_up(l, r);
}
