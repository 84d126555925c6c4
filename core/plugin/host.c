/* host - what the core offers to stages, and the life of a stage instance. */
#include "plugin/plugin.h"

#include <dirent.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "document/document.h"

static void host_log(gly_stage *s, gly_level level, const char *msg)
{
    static const char *const names[] = { "debug", "note", "warning", "error" };

    if (s->context->log)
        s->context->log(s->context, s, level, msg);
    else if (level >= GLY_WARN)
        fprintf(stderr, "galley: %s: stage '%s': %s\n", names[level], s->face->name, msg);
}

static gly_status host_fail(gly_stage *s, gly_doc *doc, gly_status status, gly_range at, const char *msg)
{
    if (doc)
        return document_fail(document_of(doc), status, at, msg);
    snprintf(s->reason, sizeof s->reason, "%s", msg);
    return status;
}

static void host_note(gly_stage *s, gly_doc *doc, gly_level level, gly_range at, const char *msg)
{
    (void)s;
    document_note(document_of(doc), level, GLY_OK, at, msg);
}

static bool host_stop(gly_stage *s)
{
    return s->context->stop && s->context->stop(s->context);
}

static void host_count(gly_stage *s, const char *metric, int64_t delta)
{
    if (s->context->count_metric)
        s->context->count_metric(s->context, s, metric, delta);
}

static const gly_stage_info *host_stage_info(gly_stage *s, uint16_t index)
{
    return index < s->context->count ? &s->context->infos[index] : NULL;
}

static gly_layer *host_layer_add_over(gly_stage *s, gly_doc *doc, const gly_layer_type *type, uint16_t view)
{
    (void)s;
    return document_layer_add(document_of(doc), type, view);
}

static gly_layer *host_layer_add(gly_stage *s, gly_doc *doc, const gly_layer_type *type)
{
    return host_layer_add_over(s, doc, type, doc->current);
}

static gly_status host_layer_grow(gly_doc *doc, gly_layer *l)
{
    return document_layer_grow(document_of(doc), l);
}

static gly_status host_view_add(gly_stage *s, gly_doc *doc, const gly_view *view)
{
    (void)s;
    return document_view_add(document_of(doc), view);
}

static gly_status host_raw_set(gly_stage *s, gly_doc *doc, gly_str bytes, gly_str media)
{
    (void)s;
    return document_raw_set(document_of(doc), bytes, media);
}

static gly_status host_uri_set(gly_stage *s, gly_doc *doc, gly_str uri)
{
    (void)s;
    return document_uri_set(document_of(doc), uri);
}

static gly_status host_media_set(gly_stage *s, gly_doc *doc, gly_str media)
{
    (void)s;
    return document_media_set(document_of(doc), media);
}

static gly_status host_meta_set(gly_stage *s, gly_doc *doc, const gly_meta *m)
{
    (void)s;
    return document_meta_set(document_of(doc), m);
}

static gly_status host_meta_add(gly_stage *s, gly_doc *doc, const gly_meta *m)
{
    (void)s;
    return document_meta_add(document_of(doc), m);
}

static const void *host_extension(const char *id)
{
    (void)id;
    return NULL;
}

static const gly_host host_template = {
    .size = sizeof(gly_host), .abi_major = GLY_ABI_MAJOR, .abi_minor = GLY_ABI_MINOR,
    .log = host_log, .fail = host_fail, .note = host_note, .stop = host_stop,
    .count = host_count, .stage_info = host_stage_info, .layer_add = host_layer_add,
    .layer_add_over = host_layer_add_over, .layer_grow = host_layer_grow,
    .view_add = host_view_add, .raw_set = host_raw_set, .uri_set = host_uri_set,
    .media_set = host_media_set, .meta_set = host_meta_set, .meta_add = host_meta_add,
    .map = document_map, .extension = host_extension,
};

stage_context *stages_new(uint16_t count)
{
    stage_context *c = memory_new(sizeof *c);

    c->host = host_template;
    c->stages = memory_new(count * sizeof *c->stages);
    c->infos = memory_new(count * sizeof *c->infos);
    c->count = count;
    return c;
}

void stages_set(stage_context *c, uint16_t index, const gly_plugin *face, const char *id)
{
    c->stages[index] = (gly_stage){
        .face = face, .id = id, .index = index, .host = &c->host, .context = c
    };
    c->infos[index] = (gly_stage_info){ face->name, id, face->version };
}

void stages_free(stage_context *c)
{
    if (!c)
        return;
    free(c->stages);
    free(c->infos);
    free(c);
}

/* ---- what a stage must not do while it is opened ---------------------------- */

typedef struct surroundings {
    int  threads;
    char locale[64];
    int  out, capture; /* standard output is led into a file meanwhile; -1: not */
} surroundings;

static int count_threads(void)
{
    DIR *tasks = opendir("/proc/self/task");
    int count = 0;

    while (tasks && readdir(tasks))
        count++;
    if (tasks)
        closedir(tasks);
    return count;
}

static void look_around(surroundings *s)
{
    const char *locale = setlocale(LC_ALL, NULL);

    s->threads = count_threads();
    snprintf(s->locale, sizeof s->locale, "%s", locale ? locale : "C");
    fflush(stdout);
    s->out = dup(STDOUT_FILENO);
    s->capture = open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (s->out >= 0 && s->capture >= 0)
        dup2(s->capture, STDOUT_FILENO);
}

/* Puts things right again and says what was done wrong; NULL: nothing. */
static const char *look_again(surroundings *s)
{
    const char *locale = setlocale(LC_ALL, NULL), *wrong = NULL;
    struct stat captured = { .st_size = 0 };

    fflush(stdout);
    if (s->out >= 0 && s->capture >= 0) {
        fstat(s->capture, &captured);
        dup2(s->out, STDOUT_FILENO);
    }
    if (s->out >= 0)
        close(s->out);
    if (s->capture >= 0)
        close(s->capture);
    if (captured.st_size > 0)
        wrong = "it prints to standard output while it is opened, which is for data alone; "
                "let it use the host's log()";
    if (locale && strcmp(locale, s->locale) != 0) {
        wrong = "it sets the locale, which would change every stage; let it parse without one";
        setlocale(LC_ALL, s->locale);
    }
    if (count_threads() > s->threads)
        wrong = "it starts a thread before the workers are forked; let it work without threads";
    return wrong;
}

/* open() runs in the supervisor: a crash there must at least say whose it was.
 * Signal handlers can reach nothing but globals. */
static const char *volatile opening;
static const int crashes[] = { SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT };
enum { CRASHES = sizeof crashes / sizeof *crashes, STATUS_NOTHING_DONE = 3 };

static void put(const char *text)
{
    if (write(STDERR_FILENO, text, strlen(text)) < 0)
        _exit(STATUS_NOTHING_DONE);
}

static void on_crash(int number)
{
    put("galley: error: stage '");
    put(opening);
    put(number == SIGABRT ? "' aborts" : "' crashes");
    put(" while it is opened; it needs mending or a rebuild, take it out until then\n");
    _exit(STATUS_NOTHING_DONE);
}

static gly_status guarded_open(gly_stage *s, const void *options)
{
    struct sigaction mine = { .sa_handler = on_crash }, before[CRASHES];
    gly_status status;

    opening = s->face->name;
    for (size_t i = 0; i < CRASHES; i++)
        sigaction(crashes[i], &mine, &before[i]);
    status = s->face->ops->open(s->host, s, options, &s->shared);
    for (size_t i = 0; i < CRASHES; i++)
        sigaction(crashes[i], &before[i], NULL);
    return status;
}

gly_status stage_open(gly_stage *s, const void *options)
{
    surroundings around;
    const char *wrong;
    gly_status status;

    if (!STAGE_OP(s, open))
        return GLY_OK;
    look_around(&around);
    status = guarded_open(s, options);
    wrong = look_again(&around);
    s->self = s->shared;
    if (wrong) {
        snprintf(s->reason, sizeof s->reason, "%s", wrong);
        return GLY_ESTATE;
    }
    if (status < 0 && !s->reason[0])
        snprintf(s->reason, sizeof s->reason, "%s", "it could not be opened and gave no reason");
    return status;
}

gly_status stage_start(gly_stage *s)
{
    gly_status (*start)(void *, gly_stage *, void **) = STAGE_OP(s, start);

    s->self = s->shared;
    return start ? start(s->shared, s, &s->self) : GLY_OK;
}

void stage_finish(gly_stage *s)
{
    void (*finish)(void *) = STAGE_OP(s, finish);

    if (finish)
        finish(s->self);
}

void stage_close(gly_stage *s)
{
    void (*close_stage)(void *) = STAGE_OP(s, close);

    if (close_stage)
        close_stage(s->shared);
}
