/* vanished - the end of a run: inputs of the last one that did not come.
 *
 * Those that are gone are taken out, or (run.vanished = "keep") stay, behind all
 * others. Where nobody could look - behind --limit, in a folder that cannot be read,
 * on a disk that is not mounted - all stays as it is. */
#include <inttypes.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/terminal.h"
#include "run/edition.h"
#include "run/inputs.h"
#include "run/runner.h"

enum { NAMED = 3 };

typedef enum fate {
    FATE_SEEN,
    FATE_OUT,    /* gone, and with it its record             */
    FATE_LEFT,   /* gone, but its record is left             */
    FATE_STAYS,  /* nobody knows: all of it stays as it is   */
    FATES
} fate;

typedef struct told { /* of one fate */
    uint64_t count;
    char    *names; /* of some; NULL: none */
    size_t   length;
    FILE    *into;
} told;

typedef struct search {
    bool   keeps, limited;
    char **unseen;         /* places that could not be looked into */
    size_t unseen_count;
    told   of[FATES];      /* what is news */
    uint64_t all[FATES];
} search;

/* ---- where nobody could look ---------------------------------------------------------- */

static void add_unseen(search *s, gly_str below)
{
    if ((s->unseen_count & (s->unseen_count - 1)) == 0)
        s->unseen = memory_resize(s->unseen, 2 * s->unseen_count + 1, sizeof *s->unseen);
    s->unseen[s->unseen_count++] = memory_copy(below.ptr, below.len);
}

/* An input that holds nothing is believed when it is the folder that it was: on the
 * place of a disk that is not mounted there is another. */
static void ask_source(search *s, const ledger *l, const runner *r)
{
    gly_stage *source = &r->stages->stages[0];
    gly_status (*unseen)(void *, gly_str *, bool *) = STAGE_OP(source, unseen);
    bool same = l->inputs && l->inputs == inputs_identity(r->plan), bare = false;
    gly_str below;

    if (!unseen && r->pulled == 0)
        add_unseen(s, GLY_LIT(""));
    while (unseen && unseen(source->shared, &below, &bare) == GLY_OK)
        if (!(bare && same))
            add_unseen(s, below);
}

static bool is_unseen(const search *s, const char *name)
{
    for (size_t i = 0; i < s->unseen_count; i++) {
        size_t length = strlen(s->unseen[i]);

        if (length == 0 || (strncmp(name, s->unseen[i], length) == 0 && (name[length] == '\0' || name[length] == '/')))
            return true;
    }
    return false;
}

static fate fate_of(const search *s, const known_input *k, const char *name)
{
    if (k->seen)
        return FATE_SEEN;
    if (s->limited || is_unseen(s, name))
        return FATE_STAYS;
    return s->keeps ? FATE_LEFT : FATE_OUT;
}

/* ---- what is told of them ------------------------------------------------------------- */

/* One that is left is news once, and once more when it is taken out after all. What
 * stays is told each time, behind a limit never; what had no record is no loss. */
static bool is_news(const search *s, const known_input *k, fate f)
{
    return f != FATE_SEEN && !(f == FATE_LEFT && k->vanished) && !(f == FATE_STAYS && s->limited) &&
           k->outcome != OUTCOME_IGNORED && k->outcome != OUTCOME_FAILED;
}

static void name_one(told *t, const char *name)
{
    if (++t->count > NAMED)
        return;
    if (!t->into)
        t->into = open_memstream(&t->names, &t->length);
    if (!t->into)
        return;
    fputs(t->count > 1 ? ", " : "", t->into);
    terminal_text(t->into, name);
}

/* The pool holds the last entries of the journal, in order. */
static bool next_known(const ledger *l, journal_cursor *at, journal_entry *e, uint64_t *i)
{
    while (*i < l->pool.count && journal_next(&l->journal, at, e))
        if (e->ordinal == l->pool.inputs[*i].ordinal)
            return ++*i > 0;
    return false;
}

static void count_fates(search *s, const ledger *l)
{
    journal_cursor at = { .segment = 0 };
    journal_entry e;

    for (uint64_t i = 0; next_known(l, &at, &e, &i);) {
        const known_input *k = &l->pool.inputs[i - 1];
        fate f = fate_of(s, k, e.name.ptr);

        s->all[f]++;
        if (is_news(s, k, f))
            name_one(&s->of[f], e.name.ptr);
    }
    for (size_t f = 0; f < FATES; f++)
        if (s->of[f].into)
            fclose(s->of[f].into);
}

typedef struct words { /* for one input, and for more */
    const char *became[2], *record[2];
} words;

static void say(const told *t, const words *w)
{
    bool many = t->count != 1;

    if (t->count)
        fprintf(stderr, "%" PRIu64 " input%s of the last run %s: %s%s; %s\n", t->count, many ? "s" : "", w->became[many],
                t->names ? t->names : "", t->count > NAMED ? ", ..." : "", w->record[many]);
}

static void say_fates(const runner *r, const search *s)
{
    static const words of[FATES] = {
        [FATE_OUT] = { { "is gone", "are gone" }, { "its record was taken out", "their records were taken out" } },
        [FATE_LEFT] = { { "is gone", "are gone" }, { "its record was left", "their records were left" } },
        [FATE_STAYS] = { { "was not looked for, since its folder is empty or cannot be read",
                           "were not looked for, since their folders are empty or cannot be read" },
                         { "its record stays", "their records stay" } },
    };

    for (size_t f = 0; f < FATES && !r->options->quiet; f++)
        if (f != FATE_SEEN)
            say(&s->of[f], &of[f]);
}

/* ---- what is done with them ----------------------------------------------------------- */

/* Into the new edition go those that stay. */
static bool keep_rest(ledger *l, runner *r, const search *s)
{
    journal_cursor at = { .segment = 0 };
    journal_entry e;

    for (uint64_t i = 0; next_known(l, &at, &e, &i);) {
        const known_input *k = &l->pool.inputs[i - 1];
        fate f = fate_of(s, k, e.name.ptr);

        if ((f == FATE_LEFT || f == FATE_STAYS) &&
            !edition_keep(l, r, k, e.name, k->stamp, k->vanished || f == FATE_LEFT))
            return false;
    }
    return true;
}

/* In place: those that are left are marked so. */
static void mark_rest(ledger *l, const search *s)
{
    journal_cursor at = { .segment = 0 };
    journal_entry e;

    for (uint64_t i = 0; next_known(l, &at, &e, &i);)
        if (fate_of(s, &l->pool.inputs[i - 1], e.name.ptr) == FATE_LEFT && !e.vanished)
            ledger_mark_entry(l, e.ordinal, e.stamp, true);
}

/* Cuts off the outputs what is behind the last input. */
static bool cut_rest(ledger *l, runner *r)
{
    if (!journal_rewind(&l->journal, l->ordinal, l->here))
        return ledger_fails(l, NULL);
    return ledger_put_sinks(l, r, l->here) == GLY_OK || ledger_sinks_fail(l, r);
}

static bool finish_in_place(ledger *l, runner *r, const search *s)
{
    if (s->all[FATE_OUT] && !cut_rest(l, r))
        return false;
    mark_rest(l, s);
    return ledger_commit(l, r, true) && (!(l->mark_count || l->differs) || edition_rewrite_journal(l, r));
}

static bool finish(ledger *l, runner *r, const search *s)
{
    bool parts = s->all[FATE_OUT] && s->all[FATE_STAYS];

    if (!l->beside && parts && !edition_begin(l, r))
        return false;
    return l->beside ? keep_rest(l, r, s) && edition_publish(l, r) : finish_in_place(l, r, s);
}

bool ledger_finish(ledger *l, runner *r)
{
    search s = { .keeps = r->plan->run.vanished == VANISHED_KEEP,
                 .limited = r->options->limit && r->pulled == (uint64_t)r->options->limit };
    bool done;

    if (!l->on || r->stopped)
        return ledger_commit(l, r, true);
    ask_source(&s, l, r);
    count_fates(&s, l);
    done = finish(l, r, &s);
    l->finished = done;
    l->unseen = s.all[FATE_STAYS] > 0;
    if (done && !s.limited && s.unseen_count == 0)
        l->inputs = inputs_identity(r->plan);
    r->accounts.counts.vanished = done ? s.of[FATE_OUT].count + s.of[FATE_LEFT].count : 0;
    if (done)
        say_fates(r, &s);
    for (size_t f = 0; f < FATES; f++)
        free(s.of[f].names);
    for (size_t i = 0; i < s.unseen_count; i++)
        free(s.unseen[i]);
    free(s.unseen);
    return done;
}
