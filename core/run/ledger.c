/* ledger - the journal held against the source, and the sinks kept in step. */
#include "run/ledger.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/files.h"
#include "base/hash.h"
#include "base/memory.h"
#include "config/option.h"
#include "run/edition.h"
#include "run/runner.h"

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
gly_str ledger_output(const plan_stage *s)
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
    return lies_in(folder, ledger_output(s));
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
    l->stages = fingerprint_stages(p);
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
uint64_t ledger_output_size(const plan_stage *s)
{
    gly_str value = ledger_output(s);
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
        j->sizes[i] = ledger_output_size(&l->plan->stages[l->sinks[i]]);
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
    free(l->stages);
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

journal_title ledger_title(const ledger *l, const runner *r)
{
    return (journal_title){ .pipeline = l->pipeline, .sinks = l->sink_count, .stages = l->stages,
                            .stage_count = r->plan->count,
                            .command = r->options->command ? r->options->command : "galley run" };
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

/* --from: whether what became of an input stays as it is, since it never came to that
 * stage. One of two stages of the same name may be meant: then it does not. */
static bool stands(const ledger *l, uint32_t was, gly_str stage)
{
    uint64_t use = hash64(stage.ptr, stage.len, 0);
    uint16_t i = 0;

    if (!l->from || was == OUTCOME_IGNORED)
        return true;
    if ((was != OUTCOME_FAILED && was != OUTCOME_DROPPED) || stage.len == 0)
        return false;
    while (i < l->from && l->stages[i].use != use)
        i++;
    if (i == l->from)
        return false;
    for (i = l->from; i < l->plan->count; i++)
        if (l->stages[i].use == use)
            return false;
    for (i = l->from; i < l->journal.stage_count; i++)
        if (l->journal.stages[i].use == use)
            return false;
    return true;
}

/* --from-failed: one whose child failed is no failure itself. */
static bool holds_failure(const runner *r, const gly_item *item)
{
    return r->options->from_failed && quarantine_holds(&r->quarantine, item->uri);
}

bool ledger_is_still_so(const ledger *l, const runner *r, const journal *j, const journal_entry *e, const gly_item *item,
                        bool retry)
{
    return !e->vanished && e->key == journal_key(item->uri) && is_same(item, e->outcome, e->stamp, retry) &&
           !(retry && holds_failure(r, item)) && (j != &l->journal || stands(l, e->outcome, e->stage));
}

/* Once more, and an input is refused. Somebody who kills run after run soon after it
 * began must not be taken for it: such a kill comes before the input is in hand. */
static void give_last_chance(const journal *j, gly_str uri)
{
    struct timespec pause = { 0, 500 * 1000 * 1000 };

    if (j->strikes == LEDGER_STRIKES - 1 && journal_key(uri) == j->hand)
        nanosleep(&pause, NULL);
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
    if (l->careful)
        give_last_chance(j, uri);
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
    if (holds_failure(r, item) || !stands(l, k->outcome, k->stage))
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
void ledger_account(runner *r, gly_str uri, uint32_t was, gly_str stage, gly_str reason)
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

/* ---- going on ---------------------------------------------------------------------------- */

void ledger_mark_entry(ledger *l, uint64_t ordinal, uint64_t stamp, bool vanished)
{
    if ((l->mark_count & (l->mark_count - 1)) == 0)
        l->marks = memory_resize(l->marks, 2 * l->mark_count + 1, sizeof *l->marks);
    l->marks[l->mark_count++] = (ledger_mark){ ordinal, stamp, vanished };
}

static bool keep(ledger *l, runner *r, const known_input *k, gly_str uri, uint64_t stamp)
{
    stamp = k->outcome == OUTCOME_IGNORED ? k->stamp : journal_stamp(stamp);
    if (!l->beside && k->index == l->settled &&
        memcmp(pool_begins(&l->pool, k), l->here, l->sink_count * sizeof *l->here) == 0) {
        memcpy(l->here, pool_ends(&l->pool, k), l->sink_count * sizeof *l->here);
        l->ordinal = k->ordinal + 1;
        l->settled++;
        if (stamp != k->stamp || k->vanished) /* known by another stamp, or back again */
            ledger_mark_entry(l, k->ordinal, stamp, false);
        return true;
    }
    return (l->beside || edition_begin(l, r)) && edition_keep(l, r, k, uri, stamp, false);
}

bool ledger_keep(ledger *l, runner *r, const known_input *k, gly_str uri, uint64_t stamp)
{
    bool kept = keep(l, r, k, uri, stamp);

    ledger_account(r, uri, k->outcome, k->stage, k->reason);
    return kept;
}

bool ledger_keep_unread(ledger *l, runner *r, const carried *c)
{
    carried failed = *c;
    char reason[600];

    snprintf(reason, sizeof reason, "%.*s; its record stays", (int)c->reason.len, c->reason.len ? c->reason.ptr : "");
    failed.reason = (gly_str){ reason, (uint32_t)strlen(reason) };
    accounts_add(&r->accounts, &failed, r->plan->stages[c->stage].use);
    return keep(l, r, c->known, c->uri, 0);
}

bool ledger_make_way(ledger *l, runner *r)
{
    if (!l->on || l->beside || l->adding)
        return true;
    l->adding = l->settled == l->pool.count && !l->differs;
    return l->adding || edition_begin(l, r);
}

void ledger_add(ledger *l, runner *r, const carried *c)
{
    const char *stage = r->plan->stages[c->stage].use;
    journal_entry e = { .stamp = c->unread ? 0 : journal_stamp(c->stamp), .content = c->content, .nanoseconds = c->nanoseconds,
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

    if (!l->on)
        return true;
    if (!journal_has_batch(j))
        r->safe = r->accounts.counts;
    if (!journal_has_batch(j) || !(at_once || is_due(l, r, began)))
        return true;
    if (!ledger_flush(l, r) || !quarantine_sync(&r->quarantine))
        return false;
    written = journal_commit(j) || ledger_fails(l, NULL);
    if (written && !l->beside) /* else the present outputs have them still */
        quarantine_committed(&r->quarantine);
    if (written)
        r->safe = r->accounts.counts;
    l->committed = monotonic_ns();
    l->took = l->committed - began;
    return written;
}
