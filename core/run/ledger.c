/* ledger - the journal held against the source, and the sinks kept in step. */
#include "run/ledger.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "base/memory.h"
#include "config/option.h"
#include "run/edition.h"
#include "run/fingerprint.h"
#include "run/runner.h"

enum {
    CRASHES = 3, /* runs that got nowhere, before one goes carefully       */
    STRIKES = 3, /* of those, that an input had in hand before it is refused */
    WARY = 1000  /* inputs that are done carefully: what kills later is met later */
};

char *ledger_path(const char *out)
{
    return memory_format("%s/.galley/journal", out);
}

/* ---- which pipelines have one --------------------------------------------------------- */

static bool lies_in(const char *folder, gly_str path)
{
    char here[4096], *whole;
    size_t length = strlen(folder);
    bool in;

    if (path.len == 0 || gly_str_eq(path, GLY_LIT("-")) || !getcwd(here, sizeof here))
        return false;
    whole = path.ptr[0] == '/' ? memory_copy(path.ptr, path.len)
                               : memory_format("%s/%.*s", here, (int)path.len, path.ptr);
    in = strncmp(whole, folder, length) == 0 && (whole[length] == '/' || folder[length - 1] == '/');
    free(whole);
    return in;
}

/* Where a sink writes; "": it does not say. */
static gly_str output_of(const plan_stage *s)
{
    const gly_option *o;
    gly_str path = GLY_LIT("");

    for (uint32_t i = 0; (o = option_at(s->face, i)) != NULL; i++)
        if (o->field.type == GLY_T_OUTPUT)
            path = *(const gly_str *)(const void *)((const char *)s->options + o->field.offset);
    return path;
}

/* Its outputs lie in the folder, and it can go back. */
static bool goes_back(const plan_stage *s, const char *folder)
{
    const gly_stage_ops *ops = s->face->ops;

    if (ops->size < offsetof(gly_stage_ops, position) + sizeof ops->position || !ops->resume || !ops->position)
        return false;
    return lies_in(folder, output_of(s));
}

static bool takes_over(const gly_stage_ops *ops)
{
    return ops->size >= offsetof(gly_stage_ops, edition) + sizeof ops->edition && ops->keep && ops->edition;
}

static bool find_sinks(ledger *l, const plan *p)
{
    for (uint16_t i = 1; i < p->count; i++) {
        if (p->stages[i].face->kind != GLY_SINK)
            continue;
        if (l->sink_count == JOURNAL_SINKS || !goes_back(&p->stages[i], p->out))
            return false;
        l->keeps &= takes_over(p->stages[i].face->ops);
        l->sinks[l->sink_count++] = i;
    }
    return l->sink_count > 0;
}

bool ledger_wanted(const plan *p)
{
    ledger l = { .on = false };

    return p->out && find_sinks(&l, p);
}

/* What an earlier run has left of a new edition. */
static journal_status open_next(ledger *l)
{
    pid_t owner;
    journal_status status = JOURNAL_OPEN;

    l->beside = access(l->next_path, F_OK) == 0;
    if (l->beside)
        status = journal_open(&l->next, l->next_path, true, &owner);
    return status;
}

bool ledger_open(ledger *l, const plan *p)
{
    pid_t owner = 0;
    journal_status status;

    *l = (ledger){ .keeps = true, .plan = p };
    if (!p->out || !find_sinks(l, p))
        return true;
    l->path = ledger_path(p->out);
    l->next_path = memory_format("%s.next", l->path);
    l->pipeline = fingerprint(p);
    status = files_make_folders(l->path) ? journal_open(&l->journal, l->path, true, &owner) : JOURNAL_FAILED;
    if (status == JOURNAL_OPEN)
        status = open_next(l);
    l->on = status == JOURNAL_OPEN;
    l->inputs = l->journal.inputs;
    if (status == JOURNAL_LOCKED)
        fprintf(stderr, "galley: error: another run (process %d) is writing into '%s'; wait for its end or give "
                "another -o OUT\n", (int)owner, p->out);
    else if (status == JOURNAL_FAILED)
        fprintf(stderr, "%s: error: cannot be written: %s; give another -o OUT\n", l->path, strerror(errno));
    return l->on;
}

/* The bytes of a sink's output; 0: none, or it is no file. */
static uint64_t size_of_output(const plan_stage *s)
{
    gly_str value = output_of(s);
    char *path = memory_copy(value.len ? value.ptr : "", value.len);
    struct stat st;
    uint64_t size = stat(path, &st) == 0 && S_ISREG(st.st_mode) ? (uint64_t)st.st_size : 0;

    free(path);
    return size;
}

/* A disk that is full may not take it. */
static void say_ended(ledger *l)
{
    journal *j = l->beside ? &l->next : &l->journal;

    if (!l->on || j->ended || !(l->begun || l->finished) || (l->beside && l->next.complete))
        return;
    for (uint16_t i = 0; i < l->sink_count; i++)
        j->sizes[i] = size_of_output(&l->plan->stages[l->sinks[i]]);
    j->inputs = l->inputs;
    journal_say_ended(j);
}

void ledger_close(ledger *l)
{
    say_ended(l);
    if (l->path && l->journal.batch)
        journal_close(&l->journal);
    if (l->beside && l->next.batch)
        journal_close(&l->next);
    pool_free(&l->pool);
    free(l->marks);
    free(l->path);
    free(l->next_path);
}

/* ---- sinks ---------------------------------------------------------------------------------- */

gly_stage *ledger_sink(const ledger *l, const runner *r, uint16_t i)
{
    return &r->stages->stages[l->sinks[i]];
}

bool ledger_fails(const ledger *l, const gly_stage *s)
{
    if (s)
        fprintf(stderr, "galley: error: stage '%s' cannot write: %s\n", s->face->name,
                s->reason[0] ? s->reason : "it gave no reason");
    else if (errno == ENOENT)
        fprintf(stderr, "%s: error: was removed while the run wrote; run again: what is missing is done again\n", l->path);
    else
        fprintf(stderr, "%s: error: cannot be written: %s; free some room, then run again: it goes on from here\n",
                l->path, strerror(errno));
    return false;
}

static const gly_stage *culprit(const ledger *l, const runner *r)
{
    uint16_t i = 0;

    while (i + 1 < l->sink_count && !ledger_sink(l, r, i)->reason[0])
        i++;
    return ledger_sink(l, r, i);
}

bool ledger_sinks_fail(const ledger *l, const runner *r)
{
    return ledger_fails(l, culprit(l, r));
}

void ledger_positions(const ledger *l, const runner *r, uint64_t *positions)
{
    for (uint16_t i = 0; i < l->sink_count; i++) {
        gly_stage *s = ledger_sink(l, r, i);

        positions[i] = s->face->ops->position(s->shared);
    }
}

gly_status ledger_put_sinks(const ledger *l, const runner *r, const uint64_t *positions)
{
    for (uint16_t i = 0; i < l->sink_count; i++) {
        gly_stage *s = ledger_sink(l, r, i);
        gly_status status = s->face->ops->resume(s->shared, positions ? positions[i] : 0);

        if (status != GLY_OK)
            return status;
    }
    return GLY_OK;
}

bool ledger_flush(const ledger *l, const runner *r)
{
    for (uint16_t i = 0; i < l->sink_count; i++) {
        gly_stage *s = ledger_sink(l, r, i);
        gly_status (*flush)(void *) = STAGE_OP(s, flush);

        if (flush && flush(s->shared) < 0)
            return ledger_fails(l, s);
    }
    return true;
}

/* ---- beginning -------------------------------------------------------------------------------- */

/* Runs before this one have begun, and died before they got on: the journal knows. */
static bool is_untouched(const ledger *l, const runner *r)
{
    const journal *j = &l->journal;

    return !r->options->fresh && j->pipeline == l->pipeline && j->sinks == l->sink_count && j->next == 0 &&
           j->damage_count == 0;
}

static bool begin_anew(ledger *l, runner *r)
{
    const char *command = r->options->command ? r->options->command : "galley run";
    journal_title title = { l->pipeline, l->sink_count, false, command };
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

/* ---- what is known of an input ------------------------------------------------------------------- */

static bool is_same(const gly_item *item, uint32_t was, uint64_t stamp, bool retry)
{
    if (item->verdict == GLY_IGNORED)
        return was == OUTCOME_IGNORED;
    if (item->verdict == GLY_REFUSED)
        return was == OUTCOME_FAILED && stamp == journal_stamp(item->stamp);
    return was != OUTCOME_IGNORED && item->stamp && stamp == journal_stamp(item->stamp) &&
           !(retry && was == OUTCOME_FAILED);
}

/* --from-failed: one whose child failed is no failure itself. */
static bool holds_failure(const runner *r, const gly_item *item)
{
    return r->options->from_failed && quarantine_holds(&r->quarantine, item->uri);
}

static bool in_hand(ledger *l, runner *r, gly_str uri)
{
    journal *j = l->beside ? &l->next : &l->journal;

    if (!l->begun)
        l->begun = journal_say_begun(j);
    if (!l->begun)
        return ledger_fails(l, NULL);
    if (l->careful && l->wary-- == 0)
        l->careful = false;
    return !l->careful || (ledger_commit(l, r, true) && (journal_say_in_hand(j, uri) || ledger_fails(l, NULL)));
}

void ledger_suspect(const ledger *l, gly_item *item)
{
    if (!l->suspect || item->verdict != GLY_TAKE || journal_key(item->uri) != l->suspect)
        return;
    item->verdict = GLY_REFUSED;
    item->reason = "galley itself or the machine went down each time this was in hand";
}

/* A failure may have been the machine's: other stamps, another try. */
static known_input *look_up(ledger *l, const runner *r, const gly_item *item, bool *same)
{
    known_input *k = l->on && l->pool.count ? pool_find(&l->pool, journal_key(item->uri)) : NULL;

    *same = false;
    if (!k || k->seen)
        return NULL;
    k->seen = true;
    if (holds_failure(r, item))
        return NULL;
    *same = is_same(item, k->outcome, k->stamp, r->options->from_failed);
    if (*same)
        return k;
    return item->verdict == GLY_TAKE && k->content &&
           (k->outcome == OUTCOME_WRITTEN || k->outcome == OUTCOME_DROPPED || k->outcome == OUTCOME_SPLIT) ? k : NULL;
}

known_input *ledger_find(ledger *l, runner *r, const gly_item *item, bool *same)
{
    known_input *k = look_up(l, r, item, same);

    if (l->on && !*same && !in_hand(l, r, item->uri))
        r->accounts.counts.output_failed = true;
    return k;
}

static uint16_t stage_named(const plan *p, gly_str use)
{
    for (uint16_t i = 0; i < p->count; i++)
        if (gly_str_eq(use, (gly_str){ p->stages[i].use, (uint32_t)strlen(p->stages[i].use) }))
            return i;
    return 0;
}

/* What is known of it goes to the accounts. */
static void account(runner *r, gly_str uri, uint32_t was, gly_str stage, gly_str reason)
{
    carried c = { .outcome = OUTCOME_UNCHANGED, .uri = uri };

    if (was == OUTCOME_FAILED || was == OUTCOME_IGNORED) {
        c.outcome = (outcome)was;
        c.stage = stage_named(r->plan, stage);
        c.reason = reason;
    }
    r->accounts.counts.failed_before += was == OUTCOME_FAILED;
    quarantine_pass(&r->quarantine, uri, (outcome)was);
    r->accounts.known = was == OUTCOME_FAILED;
    r->accounts.told = r->options->repeats;
    accounts_add(&r->accounts, &c, r->plan->stages[c.stage].use);
    r->accounts.known = r->accounts.told = false;
}

/* ---- taking up -------------------------------------------------------------------------------------- */

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
        r->holds = e.vanished || e.key != journal_key(item.uri) || !is_same(&item, e.outcome, e.stamp, retry) ||
                   (retry && holds_failure(r, &item)) ||
                   memcmp(e.begins, l->here, l->sink_count * sizeof *l->here) != 0; /* some are lost before it */
        if (r->holds)
            return true;
        k = l->pool.count ? pool_find(&l->pool, e.key) : NULL;
        if (k)
            k->seen = true;
        account(r, item.uri, e.outcome, e.stage, e.reason);
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

    l->adding = !left;
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

/* The first output that is longer or shorter than when the last run came to its end.
 * (What a run that was killed wrote behind its last commit is no change.) */
static const plan_stage *changed_output(const ledger *l)
{
    for (uint16_t i = 0; l->journal.ended && i < l->sink_count; i++) {
        const plan_stage *s = &l->plan->stages[l->sinks[i]];

        if (l->journal.sizes[i] && l->journal.sizes[i] != size_of_output(s))
            return s;
    }
    return NULL;
}

/* Whether all is done again although it is known; says so. */
static bool begins_anew(ledger *l, runner *r)
{
    static const char again[] = "all inputs are done again";
    const plan_stage *changed;
    gly_str path;

    if (r->options->fresh || (l->journal.count == 0 && !l->journal.older))
        return r->options->fresh || l->journal.count == 0;
    changed = l->journal.pipeline == l->pipeline ? changed_output(l) : NULL;
    path = changed ? output_of(changed) : GLY_LIT("");
    if (l->journal.older)
        fprintf(stderr, "galley: note: an older galley has kept the journal: %s\n", again);
    else if (l->journal.pipeline != l->pipeline || l->journal.sinks != l->sink_count)
        fprintf(stderr, "galley: note: the config, a stage or the input is another than in the last run: %s\n", again);
    else if (changed)
        fprintf(stderr, "galley: note: '%.*s' is not as the last run left it: %s\n", (int)path.len, path.ptr, again);
    else if (!put_last(l, r))
        fprintf(stderr, "galley: note: the output is not as the last run left it: %s\n", again);
    else
        return false;
    return true;
}

/* After runs that got nowhere, killed by an input that brings down more than its
 * worker, inputs are done one by one, each said to be in hand before it is. */
static void be_careful(ledger *l)
{
    const journal *j = l->beside ? &l->next : &l->journal;

    l->careful = j->crashes >= CRASHES || j->strikes;
    l->wary = WARY;
    if (j->strikes >= STRIKES)
        l->suspect = j->hand;
    if (l->careful)
        fprintf(stderr, "galley: note: runs before this one went down and did not get on (%" PRIu32 " times): the next "
                "%d inputs are done one at a time\n", j->crashes, WARY);
}

bool ledger_resume(ledger *l, runner *r)
{
    bool mine = !r->options->fresh && l->beside && l->keeps && l->next.pipeline == l->pipeline &&
                l->next.sinks == l->sink_count && l->next.damage_count == 0;
    bool anew;

    l->committed = monotonic_ns();
    if (!l->on)
        return true;
    say_damage(l);
    if (mine && l->next.complete) {
        if (!edition_publish_again(l, r))
            return false;
        mine = false;
    }
    anew = begins_anew(l, r);
    if (l->beside && (anew || !mine || l->next.count == 0) && !edition_drop(l, r))
        return false;
    if (!r->options->fresh && l->journal.pipeline == l->pipeline)
        be_careful(l);
    if (anew)
        return begin_anew(l, r);
    return l->beside ? take_up_edition(l, r) : take_up(l, r);
}

/* ---- going on ---------------------------------------------------------------------------- */

void ledger_mark_entry(ledger *l, uint64_t ordinal, uint64_t stamp, bool vanished)
{
    if ((l->mark_count & (l->mark_count - 1)) == 0)
        l->marks = memory_resize(l->marks, 2 * l->mark_count + 1, sizeof *l->marks);
    l->marks[l->mark_count++] = (ledger_mark){ ordinal, stamp, vanished };
}

bool ledger_keep(ledger *l, runner *r, const known_input *k, gly_str uri, uint64_t stamp)
{
    bool kept = true;

    stamp = k->outcome == OUTCOME_IGNORED ? k->stamp : journal_stamp(stamp);
    if (!l->beside && k->index == l->settled &&
        memcmp(pool_begins(&l->pool, k), l->here, l->sink_count * sizeof *l->here) == 0) {
        memcpy(l->here, pool_ends(&l->pool, k), l->sink_count * sizeof *l->here);
        l->ordinal = k->ordinal + 1;
        l->settled++;
        if (stamp != k->stamp || k->vanished) /* known by another stamp, or back again */
            ledger_mark_entry(l, k->ordinal, stamp, false);
    } else {
        kept = (l->beside || edition_begin(l, r)) && edition_keep(l, r, k, uri, stamp, false);
    }
    account(r, uri, k->outcome, k->stage, k->reason);
    return kept;
}

bool ledger_make_way(ledger *l, runner *r)
{
    if (!l->on || l->beside || l->adding)
        return true;
    l->adding = l->settled == l->pool.count;
    return l->adding || edition_begin(l, r);
}

void ledger_add(ledger *l, runner *r, const carried *c)
{
    const char *stage = r->plan->stages[c->stage].use;
    journal_entry e = { .stamp = journal_stamp(c->stamp), .content = c->content, .nanoseconds = c->nanoseconds,
                        .outcome = (uint32_t)c->outcome, .children = c->children, .attempts = c->attempts };

    if (!l->on)
        return;
    if (c->outcome != OUTCOME_WRITTEN) {
        e.stage = (gly_str){ stage, (uint32_t)strlen(stage) };
        e.reason = c->reason;
    }
    ledger_positions(l, r, e.ends);
    journal_add(l->beside ? &l->next : &l->journal, c->uri, &e);
}

/* On a slow disk the next commit comes later: a tenth of the time is enough. */
static bool is_due(const ledger *l, const runner *r, uint64_t now)
{
    return now - l->committed >= (uint64_t)r->plan->run.commit && now - l->committed >= 9 * l->took;
}

bool ledger_commit(ledger *l, runner *r, bool at_once)
{
    journal *j = l->beside ? &l->next : &l->journal;
    uint64_t began = monotonic_ns();
    bool written;

    if (!l->on || !journal_has_batch(j) || !(at_once || is_due(l, r, began)))
        return true;
    if (!ledger_flush(l, r) || !quarantine_sync(&r->quarantine))
        return false;
    written = journal_commit(j) || ledger_fails(l, NULL);
    if (written && !l->beside) /* else the present outputs have them still */
        quarantine_committed(&r->quarantine);
    l->committed = monotonic_ns();
    l->took = l->committed - began;
    return written;
}
