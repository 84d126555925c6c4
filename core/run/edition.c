/* edition - the steps from a difference in the middle to outputs put in place. */
#include "run/edition.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"
#include "run/runner.h"

enum { FRAME_ENTRIES = 65536 /* that are copied into one frame */ };

static const char *reason_of(const gly_stage *s)
{
    return s->reason[0] ? s->reason : "it gave no reason";
}

static bool each_sink(const ledger *l, runner *r, gly_edition step)
{
    for (uint16_t i = 0; i < l->sink_count; i++) {
        gly_stage *s = ledger_sink(l, r, i);
        gly_status (*edition)(void *, gly_edition) = STAGE_OP(s, edition);

        if (!edition || edition(s->shared, step) == GLY_OK)
            continue;
        fprintf(stderr, "galley: error: stage '%s' cannot make a new edition of its output: %s\n", s->face->name,
                reason_of(s));
        return false;
    }
    return true;
}

static bool keep_range(const ledger *l, runner *r, const uint64_t *begins, const uint64_t *ends)
{
    for (uint16_t i = 0; i < l->sink_count; i++) {
        gly_stage *s = ledger_sink(l, r, i);

        if (begins[i] == ends[i] || s->face->ops->keep(s->shared, NULL, begins[i], ends[i]) >= 0)
            continue;
        fprintf(stderr, "galley: error: stage '%s' cannot take over what has not changed: %s\n", s->face->name,
                reason_of(s));
        return false;
    }
    return true;
}

/* ---- its journal ------------------------------------------------------------------------ */

static bool open_next(ledger *l)
{
    pid_t owner;

    if (journal_open(&l->next, l->next_path, true, &owner) == JOURNAL_OPEN)
        return true;
    ledger_fails(l, NULL);
    journal_close(&l->next);
    return false;
}

static bool title_next(ledger *l, const runner *r)
{
    journal_title title = ledger_title(l, r);

    title.retries = r->options->from_failed;
    title.from = l->from;
    return journal_begin(&l->next, &title, l->begin) || ledger_fails(l, NULL);
}

/* The entries before `end`, with what is new of them. */
static bool copy_entries(ledger *l, uint64_t end)
{
    journal_cursor at = { .segment = 0 };
    journal_entry e;
    size_t mark = 0;
    uint32_t count = 0;

    while (journal_next(&l->journal, &at, &e) && e.ordinal < end) {
        while (mark < l->mark_count && l->marks[mark].ordinal < e.ordinal)
            mark++;
        if (mark < l->mark_count && l->marks[mark].ordinal == e.ordinal) {
            e.stamp = l->marks[mark].stamp;
            e.vanished = l->marks[mark].vanished;
        }
        journal_add(&l->next, e.name, &e);
        if (++count % FRAME_ENTRIES == 0 && !journal_commit(&l->next))
            return ledger_fails(l, NULL);
    }
    return journal_commit(&l->next) || ledger_fails(l, NULL);
}

/* Names it as the journal. What points into the old one goes. */
static bool put_journal_in_place(ledger *l)
{
    char *folder = memory_copy(l->path, (size_t)(strrchr(l->path, '/') - l->path));
    int file;
    bool put = rename(l->next_path, l->path) == 0;

    file = put ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    put = file >= 0 && (fsync(file) == 0 || errno == EINVAL);
    if (file >= 0)
        close(file);
    free(folder);
    if (!put)
        return ledger_fails(l, NULL);
    pool_free(&l->pool);
    journal_close(&l->journal);
    l->journal = l->next;
    l->beside = l->differs = false;
    l->adding = true;
    return true;
}

bool edition_rewrite_journal(ledger *l, runner *r)
{
    if (!journal_reload(&l->journal))
        return ledger_fails(l, NULL);
    if (!open_next(l))
        return false;
    if (title_next(l, r) && copy_entries(l, UINT64_MAX) &&
        (journal_complete(&l->next, false) || ledger_fails(l, NULL)))
        return put_journal_in_place(l);
    journal_close(&l->next);
    return false;
}

/* ---- making one --------------------------------------------------------------------------- */

static bool take_over_beginning(ledger *l, runner *r)
{
    uint64_t now[JOURNAL_SINKS];

    if (!keep_range(l, r, l->begin, l->here))
        return false;
    ledger_positions(l, r, now);
    for (uint16_t i = 0; i < l->sink_count; i++)
        if (now[i] != l->here[i]) {
            fprintf(stderr, "galley: error: stage '%s' did not keep what it was told to; this is a bug of the stage\n",
                    ledger_sink(l, r, i)->face->name);
            return false;
        }
    return ledger_flush(l, r) && copy_entries(l, l->ordinal);
}

bool edition_begin(ledger *l, runner *r)
{
    bool begun;

    if (!open_next(l))
        return false;
    l->beside = true;
    if (!each_sink(l, r, GLY_EDITION_BEGIN))
        return false;
    if (ledger_put_sinks(l, r, NULL) < 0)
        return ledger_sinks_fail(l, r);
    ledger_positions(l, r, l->begin);
    begun = title_next(l, r) && (journal_say_begun(&l->next) || ledger_fails(l, NULL));
    return begun && (l->ordinal == 0 || take_over_beginning(l, r));
}

bool edition_resume(ledger *l, runner *r)
{
    journal_cursor at = { .segment = 0 };
    journal_entry first;

    if (!journal_next(&l->next, &at, &first) || !each_sink(l, r, GLY_EDITION_BEGIN) ||
        ledger_put_sinks(l, r, l->next.ends) != GLY_OK)
        return false;
    memcpy(l->begin, first.begins, sizeof l->begin);
    return true;
}

bool edition_keep(ledger *l, runner *r, const known_input *k, gly_str uri, uint64_t stamp, bool vanished)
{
    journal_entry e = { .stamp = stamp, .content = k->content, .nanoseconds = k->nanoseconds, .outcome = k->outcome,
                        .children = k->children, .attempts = k->attempts, .stage = k->stage, .reason = k->reason,
                        .vanished = vanished };

    if (!keep_range(l, r, pool_begins(&l->pool, k), pool_ends(&l->pool, k)))
        return false;
    ledger_positions(l, r, e.ends);
    journal_add(&l->next, uri, &e);
    return true;
}

/* ---- its end ------------------------------------------------------------------------------- */

bool edition_publish(ledger *l, runner *r)
{
    return ledger_commit(l, r, true) && (journal_complete(&l->next, true) || ledger_fails(l, NULL)) &&
           each_sink(l, r, GLY_EDITION_PUBLISH) && put_journal_in_place(l);
}

bool edition_publish_again(ledger *l, runner *r)
{
    return (!l->next.beside || each_sink(l, r, GLY_EDITION_PUBLISH)) && put_journal_in_place(l);
}

bool edition_drop(ledger *l, runner *r)
{
    if (!each_sink(l, r, GLY_EDITION_DROP))
        return false;
    journal_close(&l->next);
    l->beside = false;
    return unlink(l->next_path) == 0 || ledger_fails(l, NULL);
}
