/* ledger - the journal held against the source, and the sinks kept in step. */
#include "run/ledger.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "base/hash.h"
#include "base/memory.h"
#include "config/option.h"
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

/* Its outputs lie in the folder, and it can go back. */
static bool keeps(const plan_stage *s, const char *folder)
{
    const gly_stage_ops *ops = s->face->ops;
    const gly_option *o;
    bool in = false;

    if (ops->size < offsetof(gly_stage_ops, position) + sizeof ops->position || !ops->resume || !ops->position)
        return false;
    for (uint32_t i = 0; (o = option_at(s->face, i)) != NULL; i++)
        if (o->field.type == GLY_T_OUTPUT)
            in = lies_in(folder, *(const gly_str *)(const void *)((const char *)s->options + o->field.offset));
    return in;
}

static bool find_sinks(ledger *l, const plan *p)
{
    for (uint16_t i = 1; i < p->count; i++) {
        if (p->stages[i].face->kind != GLY_SINK)
            continue;
        if (l->sink_count == JOURNAL_SINKS || !keeps(&p->stages[i], p->out))
            return false;
        l->sinks[l->sink_count++] = i;
    }
    return l->sink_count > 0;
}

bool ledger_wanted(const plan *p)
{
    ledger l = { .on = false };

    return p->out && find_sinks(&l, p);
}

static uint64_t hash_text(const char *text, uint64_t seed)
{
    return hash64(text, strlen(text), seed);
}

/* What a file is known by without reading it; a folder by its names alone. */
static uint64_t hash_file(gly_str path, uint64_t seed)
{
    char *name = memory_copy(path.len ? path.ptr : "", path.len);
    struct stat st;
    int64_t known[3] = { 0, 0, 0 };

    if (path.len && stat(name, &st) == 0) {
        known[0] = st.st_mtim.tv_sec;
        known[1] = st.st_mtim.tv_nsec;
        known[2] = S_ISREG(st.st_mode) ? st.st_size : 0;
    }
    free(name);
    return hash64(known, sizeof known, seed);
}

/* Rules and models that a stage reads: they may be others under the same name.
 * What a source reads are inputs. */
static uint64_t hash_named_files(const plan_stage *s, uint64_t hash)
{
    const gly_option *o;

    for (uint32_t i = 0; s->face->kind != GLY_SOURCE && (o = option_at(s->face, i)) != NULL; i++) {
        const void *value = (const char *)s->options + o->field.offset;
        const gly_strs *list = value;

        if (o->field.type == GLY_T_PATH)
            hash = hash_file(*(const gly_str *)value, hash);
        for (uint32_t k = 0; o->field.type == GLY_T_PATHS && k < list->count; k++)
            hash = hash_file(list->items[k], hash);
    }
    return hash;
}

/* Of the stages with all their options, of their versions, of the files that they
 * name, and of the limits that decide about a document. How many workers there are
 * changes nothing. */
static uint64_t pipeline_hash(const plan *p)
{
    uint64_t limits[] = { (uint64_t)p->run.timeout, p->run.memory, p->run.max_bytes, (uint64_t)p->run.max_children,
                          (uint64_t)p->run.max_ratio };
    char *text = NULL, *run;
    size_t length = 0;
    FILE *f = open_memstream(&text, &length);
    uint64_t hash = hash64(limits, sizeof limits, 0);

    if (!f)
        return 1;
    plan_print_resolved(p, f);
    fclose(f);
    run = strstr(text, "\nrun = {");
    if (run)
        *run = '\0';
    hash = hash_text(text, hash_text(GALLEY_VERSION, hash));
    for (uint16_t i = 0; i < p->count; i++)
        hash = hash_named_files(&p->stages[i], hash_text(p->stages[i].face->version, hash));
    free(text);
    return hash ? hash : 1;
}

bool ledger_open(ledger *l, const plan *p)
{
    pid_t owner = 0;
    journal_status status;

    *l = (ledger){ .on = false };
    if (!p->out || !find_sinks(l, p))
        return true;
    l->path = ledger_path(p->out);
    l->pipeline = pipeline_hash(p);
    status = files_make_folders(l->path) ? journal_open(&l->journal, l->path, true, &owner) : JOURNAL_FAILED;
    l->on = status == JOURNAL_OPEN;
    if (status == JOURNAL_LOCKED)
        fprintf(stderr, "galley: error: another run (process %d) is writing into '%s'; wait for its end or give "
                "another -o OUT\n", (int)owner, p->out);
    else if (status == JOURNAL_FAILED)
        fprintf(stderr, "%s: error: cannot be written: %s; give another -o OUT\n", l->path, strerror(errno));
    return l->on;
}

void ledger_close(ledger *l)
{
    if (l->path && l->journal.batch)
        journal_close(&l->journal);
    free(l->path);
}

/* ---- taking up ---------------------------------------------------------------------------- */

static bool broken(const ledger *l)
{
    fprintf(stderr, "%s: error: cannot be written: %s; free some room, then run again: it goes on from here\n",
            l->path, strerror(errno));
    return false;
}

static gly_status put_sinks(const ledger *l, runner *r, const uint64_t *positions)
{
    for (uint16_t i = 0; i < l->sink_count; i++) {
        gly_stage *s = &r->stages->stages[l->sinks[i]];
        gly_status status = s->face->ops->resume(s->shared, positions ? positions[i] : 0);

        if (status != GLY_OK)
            return status;
    }
    return GLY_OK;
}

static void get_positions(const ledger *l, const runner *r, uint64_t *positions)
{
    for (uint16_t i = 0; i < l->sink_count; i++) {
        gly_stage *s = &r->stages->stages[l->sinks[i]];

        positions[i] = s->face->ops->position(s->shared);
    }
}

static const char *why_not(const ledger *l, const runner *r)
{
    for (uint16_t i = 0; i < l->sink_count; i++)
        if (r->stages->stages[l->sinks[i]].reason[0])
            return r->stages->stages[l->sinks[i]].reason;
    return "no reason was given";
}

static bool begin_anew(ledger *l, runner *r)
{
    const char *command = r->options->command;
    uint64_t positions[JOURNAL_SINKS];
    gly_status status = put_sinks(l, r, NULL);

    if (status == GLY_END) { /* standard output, or a pipe */
        l->on = false;
        return true;
    }
    if (status < 0) {
        fprintf(stderr, "galley: error: the output cannot be begun anew: %s; give another -o OUT\n", why_not(l, r));
        return false;
    }
    get_positions(l, r, positions);
    return journal_begin(&l->journal, l->pipeline, l->sink_count, positions, command ? command : "galley run") ||
           broken(l);
}

/* `here`: where the sinks stood before it; else what lay between is lost. */
static bool same(const gly_item *item, const journal_entry *e, const uint64_t *here, uint16_t sinks, bool retry)
{
    if (e->key != journal_key(item->uri) || memcmp(e->begins, here, sinks * sizeof *here) != 0)
        return false;
    if (item->verdict == GLY_IGNORED)
        return e->outcome == OUTCOME_IGNORED;
    if (item->verdict == GLY_REFUSED)
        return e->outcome == OUTCOME_FAILED && e->stamp == 0;
    return e->outcome != OUTCOME_IGNORED && item->stamp && e->stamp == journal_stamp(item->stamp) &&
           !(retry && e->outcome == OUTCOME_FAILED);
}

static uint16_t stage_named(const plan *p, const char *use)
{
    for (uint16_t i = 0; i < p->count; i++)
        if (strcmp(p->stages[i].use, use) == 0)
            return i;
    return 0;
}

/* What is known of it goes to the accounts. */
static void pass_over(runner *r, const gly_item *item, const journal_entry *e)
{
    carried c = { .outcome = OUTCOME_UNCHANGED, .uri = item->uri };

    if (e->outcome == OUTCOME_FAILED) {
        c.outcome = OUTCOME_FAILED;
        c.stage = stage_named(r->plan, e->stage.ptr);
        c.reason = e->reason;
        r->accounts.counts.failed_before++;
    } else if (e->outcome == OUTCOME_IGNORED) {
        c.outcome = OUTCOME_IGNORED;
        c.reason = (gly_str){ item->reason, item->reason ? (uint32_t)strlen(item->reason) : 0 };
    }
    quarantine_pass(&r->quarantine, item->uri, (outcome)e->outcome);
    accounts_add(&r->accounts, &c, r->plan->stages[c.stage].use);
}

/* The inputs that are as they were. The first that is not is held for the run. */
static bool catch_up(ledger *l, runner *r)
{
    journal_cursor at = { .segment = 0 };
    journal_entry e;
    uint64_t known = l->journal.count, count = 0, ordinal = 0, here[JOURNAL_SINKS];

    memcpy(here, l->begin, sizeof here);
    while (journal_next(&l->journal, &at, &e)) {
        gly_item item = { .verdict = GLY_TAKE };

        if (!runner_pull(r, &item))
            break;
        r->held = item;
        r->holds = !same(&item, &e, here, l->sink_count, r->options->from_failed);
        if (r->holds)
            break;
        pass_over(r, &item, &e);
        progress_tick(r->accounts.progress, &r->accounts.counts);
        memcpy(here, e.ends, sizeof here);
        ordinal = e.ordinal + 1;
        count++;
    }
    if (count == known || (r->stopped && !r->holds))
        return true;
    if (!journal_rewind(&l->journal, ordinal, here)) /* first: sinks that are cut have no way back */
        return broken(l);
    return put_sinks(l, r, here) == GLY_OK || begin_anew(l, r);
}

/* The first entry begins where empty outputs end: behind their headings. */
static bool put_last(ledger *l, runner *r)
{
    journal_cursor at = { .segment = 0 };
    journal_entry first = { .begins = { 0 } };

    journal_next(&l->journal, &at, &first);
    memcpy(l->begin, first.ordinal ? (uint64_t[JOURNAL_SINKS]){ 0 } : first.begins, sizeof l->begin);
    return put_sinks(l, r, l->journal.ends) == GLY_OK;
}

static void say_damage(const ledger *l)
{
    for (size_t i = 0; i < l->journal.damage_count; i++)
        fprintf(stderr, "%s: warning: %" PRIu64 " bytes at offset %" PRIu64 " are damaged: the inputs that they "
                "told of are done again\n", l->path, l->journal.damages[i].bytes, l->journal.damages[i].at);
}

bool ledger_resume(ledger *l, runner *r)
{
    const char *why = NULL;

    l->committed = monotonic_ns();
    if (!l->on)
        return true;
    say_damage(l);
    if (l->journal.older)
        why = "an older galley has kept the journal";
    if (l->journal.count && !r->options->fresh) {
        if (l->journal.pipeline != l->pipeline || l->journal.sinks != l->sink_count)
            why = "the config, a stage or the input is another than in the last run";
        else if (!put_last(l, r))
            why = "the output is not as the last run left it";
    }
    if (why)
        fprintf(stderr, "galley: note: %s: all inputs are done again\n", why);
    if (why || l->journal.count == 0 || r->options->fresh)
        return begin_anew(l, r);
    return catch_up(l, r);
}

/* ---- going on ---------------------------------------------------------------------------- */

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
    get_positions(l, r, e.ends);
    journal_add(&l->journal, c->uri, &e);
}

/* On a slow disk the next commit comes later: a tenth of the time is enough. */
static bool is_due(const ledger *l, const runner *r, uint64_t now)
{
    return now - l->committed >= (uint64_t)r->plan->run.commit && now - l->committed >= 9 * l->took;
}

bool ledger_commit(ledger *l, runner *r, bool at_once)
{
    uint64_t began = monotonic_ns();
    bool written;

    if (!l->on || !journal_has_batch(&l->journal) || !(at_once || is_due(l, r, began)))
        return true;
    for (uint16_t i = 0; i < l->sink_count; i++) {
        gly_stage *s = &r->stages->stages[l->sinks[i]];
        gly_status (*flush)(void *) = STAGE_OP(s, flush);

        if (flush && flush(s->shared) < 0) {
            fprintf(stderr, "galley: error: stage '%s' cannot write: %s\n", s->face->name, s->reason);
            return false;
        }
    }
    if (!quarantine_sync(&r->quarantine))
        return false;
    written = journal_commit(&l->journal) || broken(l);
    if (written)
        quarantine_committed(&r->quarantine);
    l->committed = monotonic_ns();
    l->took = l->committed - began;
    return written;
}
