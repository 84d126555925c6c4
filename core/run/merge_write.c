/* merge_write - the outputs of the parts become one, and so do their journals.
 *
 * Nothing is rendered again: each sink takes over ranges of the parts' outputs. A
 * merge that was killed is begun anew by the next. */
#include <errno.h>
#include <fcntl.h>
#include <dirent.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/files.h"
#include "base/memory.h"
#include "config/option.h"
#include "run/edition.h"
#include "run/fingerprint.h"
#include "run/ledger.h"
#include "run/merge.h"
#include "run/quarantine.h"
#include "run/runner.h"

enum { COMMIT_EVERY = 20000 /* entries */ };

typedef struct writer {
    int64_t        began;    /* seconds since 1970                          */
    uint64_t       started;  /* monotonic ns                                */
    merge         *merge;
    plan          *plan;
    ledger         ledger;
    stage_context *sinks;    /* of the whole; indexed as the plan's stages  */
    stage_context **others;  /* of each part                                */
    void         **kept;     /* options and paths of the sinks, to be freed */
    size_t         kept_count;
} writer;

static bool refuse(const gly_stage *s, const char *what)
{
    fprintf(stderr, "galley merge: error: stage '%s' cannot %s: %s\n", s->face->name, what,
            s->reason[0] ? s->reason : "it gave no reason");
    return false;
}

/* ---- the plan ------------------------------------------------------------------------- */

static void *remember(writer *w, void *memory)
{
    w->kept = memory_resize(w->kept, w->kept_count + 1, sizeof *w->kept);
    return w->kept[w->kept_count++] = memory;
}

/* The value with another folder at its front. */
static gly_str move_path(writer *w, gly_str path, const char *from, const char *to)
{
    size_t length = strlen(from);
    gly_str moved = path;

    if (path.len > length && memcmp(path.ptr, from, length) == 0 && path.ptr[length] == '/') {
        char *text = remember(w, memory_format("%s%.*s", to, (int)(path.len - length), path.ptr + length));

        moved = (gly_str){ text, (uint32_t)strlen(text) };
    }
    return moved;
}

static void move_outputs(writer *w, const gly_plugin *face, void *options, const char *from, const char *to)
{
    const gly_option *o;

    for (uint32_t i = 0; (o = option_at(face, i)) != NULL; i++)
        if (o->field.type == GLY_T_OUTPUT) {
            gly_str *value = (gly_str *)(void *)((char *)options + o->field.offset);

            *value = move_path(w, *value, from, to);
        }
}

/* As a run in one piece would have it; the folder may have been moved since. */
static plan *read_plan(writer *w, registry *plugins)
{
    const merge *m = w->merge;
    char *config = shard_config(m->parts[0].folder);
    plan_request request = { .config = config };
    report problems = { 0 };
    plan *p = plan_read(&request, plugins, &problems);

    report_print(&problems, stderr);
    if (p && (problems.errors || fingerprint(p) != m->parts[0].head.pipeline)) {
        fprintf(stderr, "%s: error: is not of this galley and these stages; run the shards again\n", config);
        plan_free(p);
        p = NULL;
    }
    for (uint16_t i = 0; p && p->out && i < p->count; i++)
        move_outputs(w, p->stages[i].face, p->stages[i].options, p->out, m->out);
    if (p) {
        free(p->out);
        p->out = memory_text(m->out);
    }
    report_free(&problems);
    free(config);
    return p;
}

/* ---- sinks ---------------------------------------------------------------------------- */

static stage_context *open_sinks(writer *w, const char *folder)
{
    stage_context *c = stages_new(w->plan->count);
    bool good = true;

    for (uint16_t i = 0; i < w->plan->count; i++)
        stages_set(c, i, w->plan->stages[i].face, w->plan->stages[i].id);
    for (uint16_t k = 0; good && k < w->ledger.sink_count; k++) {
        const plan_stage *p = &w->plan->stages[w->ledger.sinks[k]];
        void *options = remember(w, memory_new(p->face->config_size + 1u));

        memcpy(options, p->options, p->face->config_size);
        move_outputs(w, p->face, options, w->plan->out, folder);
        good = stage_open(&c->stages[w->ledger.sinks[k]], options) >= 0 ||
               refuse(&c->stages[w->ledger.sinks[k]], "start");
    }
    if (good)
        return c;
    stages_free(c);
    return NULL;
}

static void close_sinks(const writer *w, stage_context *c)
{
    for (uint16_t k = 0; c && k < w->ledger.sink_count; k++)
        stage_close(&c->stages[w->ledger.sinks[k]]);
    stages_free(c);
}

/* Each part has a descriptor or two for each sink. */
static void raise_descriptors(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

static bool open_all(writer *w)
{
    raise_descriptors();
    w->others = memory_new(w->merge->count * sizeof *w->others);
    for (uint32_t i = 0; i < w->merge->count; i++)
        if (!(w->others[i] = open_sinks(w, w->merge->parts[i].folder)))
            return false;
    w->sinks = open_sinks(w, w->plan->out);
    return w->sinks != NULL;
}

/* ---- entries -------------------------------------------------------------------------- */

static bool broken(const writer *w)
{
    fprintf(stderr, "%s: error: cannot be written: %s; free some room, then merge again\n", w->ledger.path,
            strerror(errno));
    return false;
}

static void get_positions(const writer *w, uint64_t *positions)
{
    for (uint16_t k = 0; k < w->ledger.sink_count; k++) {
        gly_stage *s = &w->sinks->stages[w->ledger.sinks[k]];

        positions[k] = s->face->ops->position(s->shared);
    }
}

/* The command of a part without its --shard. To be freed. */
static char *whole_command(const char *command)
{
    const char *flag = command ? strstr(command, " --shard") : NULL;
    const char *value = flag ? flag + strlen(" --shard") + 1 : NULL;

    if (!value)
        return memory_text(command ? command : "galley run");
    return memory_format("%.*s%s", (int)(flag - command), command, value + strcspn(value, " "));
}

static bool begin(writer *w)
{
    uint64_t positions[JOURNAL_SINKS] = { 0 };
    char *command = whole_command(w->merge->parts[0].journal.command);
    journal_title title = { w->ledger.pipeline, w->ledger.sink_count, false, command, 0, w->plan->count,
                            w->ledger.stages };
    runner r = { .plan = w->plan, .stages = w->sinks };
    bool begun;

    if (w->ledger.beside && !edition_drop(&w->ledger, &r)) /* of a run that was cut off */
        return false;
    for (uint16_t k = 0; k < w->ledger.sink_count; k++) {
        gly_stage *s = &w->sinks->stages[w->ledger.sinks[k]];

        if (!w->ledger.keeps && !STAGE_OP(s, keep))
            snprintf(s->reason, sizeof s->reason, "it has no keep(); run without --shard");
        if (!STAGE_OP(s, keep) || s->face->ops->resume(s->shared, 0) != GLY_OK)
            return refuse(s, "take over what the shards wrote");
    }
    get_positions(w, positions);
    begun = journal_begin(&w->ledger.journal, &title, positions);
    free(command);
    return begun || broken(w);
}

static bool keep(writer *w, uint32_t part, journal_entry *e)
{
    for (uint16_t k = 0; k < w->ledger.sink_count; k++) {
        gly_stage *s = &w->sinks->stages[w->ledger.sinks[k]];
        void *other = w->others[part]->stages[w->ledger.sinks[k]].shared;

        if (e->begins[k] < e->ends[k] && s->face->ops->keep(s->shared, other, e->begins[k], e->ends[k]) < 0)
            return refuse(s, "take over what a shard wrote");
    }
    get_positions(w, e->ends);
    journal_add(&w->ledger.journal, e->name, e);
    return true;
}

static bool commit(writer *w)
{
    for (uint16_t k = 0; k < w->ledger.sink_count; k++) {
        gly_stage *s = &w->sinks->stages[w->ledger.sinks[k]];
        gly_status (*flush)(void *) = STAGE_OP(s, flush);

        if (flush && flush(s->shared) < 0)
            return refuse(s, "write");
    }
    return journal_commit(&w->ledger.journal) || broken(w);
}

/* The entries of a part up to the next input that is still there. */
static bool keep_next(writer *w, uint32_t part)
{
    merge_part *p = &w->merge->parts[part];
    journal_entry e = { .vanished = true };

    while (e.vanished && journal_next(&p->journal, &p->at, &e))
        if (!keep(w, part, &e))
            return false;
    return true;
}

static bool keep_all(writer *w)
{
    for (uint64_t i = 0; i < w->merge->seen; i++)
        if (!keep_next(w, w->merge->owners[i]) || ((i + 1) % COMMIT_EVERY == 0 && !commit(w)))
            return false;
    for (uint32_t i = 0; i < w->merge->count; i++)
        if (!keep_next(w, i)) /* what is gone, behind the last */
            return false;
    return commit(w);
}

/* ---- quarantine ----------------------------------------------------------------------- */

static bool copy_file(const char *from, const char *to)
{
    int file = open(from, O_RDONLY | O_CLOEXEC);
    struct stat st;
    char *bytes = NULL;
    bool good = file >= 0 && fstat(file, &st) == 0 && (bytes = malloc((size_t)st.st_size + 1)) != NULL;

    for (off_t at = 0; good && at < st.st_size;) {
        ssize_t n = pread(file, bytes + at, (size_t)(st.st_size - at), at);

        good = n > 0 || (n < 0 && errno == EINTR);
        at += n > 0 ? n : 0;
    }
    good = good && files_replace(to, bytes, (size_t)st.st_size);
    free(bytes);
    if (file >= 0)
        close(file);
    return good;
}

static bool take_quarantine(const merge *m, const merge_part *p)
{
    char *from = quarantine_folder(p->folder), *to = quarantine_folder(m->out);
    DIR *folder = opendir(from);
    bool good = true;

    for (struct dirent *e; good && folder && (e = readdir(folder)) != NULL;) {
        char *old, *new;

        if (e->d_name[0] == '.')
            continue;
        old = memory_format("%s/%s", from, e->d_name);
        new = memory_format("%s/%s", to, e->d_name);
        good = files_make_folders(new) && copy_file(old, new);
        if (!good)
            fprintf(stderr, "%s: error: cannot be written: %s; free some room, then merge again\n", new, strerror(errno));
        free(old);
        free(new);
    }
    if (folder)
        closedir(folder);
    free(from);
    free(to);
    return good;
}

/* What an earlier merge or run left there of documents that are well now goes. */
static void tidy_quarantine(const writer *w)
{
    quarantine q;

    quarantine_open(&q, w->plan, NULL, NULL);
    quarantine_close(&q, true);
}

static bool take_quarantines(writer *w)
{
    tidy_quarantine(w);
    for (uint32_t i = 0; i < w->merge->count; i++)
        if (!take_quarantine(w->merge, &w->merge->parts[i]))
            return false;
    return true;
}

/* ---- what galley status says of it --------------------------------------------------------- */

static void write_lastrun(const writer *w, bool ended)
{
    const uint64_t *n = w->merge->outcomes;
    run_accounts counts = { .inputs = w->merge->seen, .written = n[OUTCOME_WRITTEN], .dropped = n[OUTCOME_DROPPED],
                            .failed = n[OUTCOME_FAILED], .ignored = n[OUTCOME_IGNORED], .split = n[OUTCOME_SPLIT],
                            .children = w->merge->children };
    lastrun part;
    run_options options = { .again = lastrun_read(&part, w->merge->parts[0].folder) ? part.again : NULL };
    runner r = { .plan = w->plan, .options = &options, .stages = w->sinks, .ledger = w->ledger };

    r.accounts.counts = counts;
    r.accounts.began = w->began;
    r.accounts.started = w->started;
    lastrun_write(&r, ended, counts.failed ? 1 : 0);
    lastrun_free(&part);
}

/* ---- the whole ------------------------------------------------------------------------ */

static void end(writer *w)
{
    for (uint32_t i = 0; w->others && i < w->merge->count; i++)
        if (w->others[i])
            close_sinks(w, w->others[i]);
    if (w->sinks)
        close_sinks(w, w->sinks);
    free(w->others);
    ledger_close(&w->ledger);
    plan_free(w->plan);
    for (size_t i = 0; i < w->kept_count; i++)
        free(w->kept[i]);
    free(w->kept);
}

bool merge_write(merge *m, registry *plugins)
{
    writer w = { .merge = m, .began = time(NULL), .started = monotonic_ns() };
    bool good;

    w.plan = read_plan(&w, plugins);
    good = w.plan && ledger_open(&w.ledger, w.plan) && open_all(&w);
    if (good)
        write_lastrun(&w, false);
    good = good && begin(&w) && keep_all(&w) && take_quarantines(&w);
    if (good)
        write_lastrun(&w, true);
    end(&w);
    return good;
}
