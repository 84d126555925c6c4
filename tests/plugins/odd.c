/* odd - a plugin that is wrong in one way, or old, or new, by the macro ODD_* it is
 * compiled with. tests/end/plugins.sh says what galley must make of each. */
#include <galley/plugin.h>

#include <locale.h>
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#ifndef NAME
#define NAME "extract.odd"
#endif

typedef struct odd_options {
    int64_t times;
    bool    loud;
} odd_options;

static const gly_host *odd_host;
static gly_stage *odd_stage;

static void *wait_for_ever(void *unused)
{
    pause();
    return unused;
}

static gly_status odd_open(const gly_host *host, gly_stage *stage, const void *options, void **shared)
{
    pthread_t thread;

    (void)options, (void)thread, (void)wait_for_ever;
    odd_host = host;
    odd_stage = stage;
    *shared = stage;
#ifdef ODD_OPEN_PRINTS
    puts("hello");
#endif
#ifdef ODD_OPEN_THREAD
    pthread_create(&thread, NULL, wait_for_ever, NULL);
#endif
#ifdef ODD_OPEN_LOCALE
    setlocale(LC_ALL, "C.UTF-8");
#endif
#ifdef ODD_OPEN_FAILS
    return gly_fail(host, stage, NULL, GLY_ERR, "its model is not there; install it");
#endif
#ifdef ODD_OPEN_CRASHES
    abort();
#endif
    return GLY_OK;
}

static gly_status odd_process(void *self, gly_doc *d)
{
    (void)self;
    gly_remark(odd_host, odd_stage, d, GLY_INFO, (gly_range){ 0, 0 }, "odd was here");
    return GLY_OK;
}

__attribute__((constructor)) static void loaded(void)
{
#ifdef ODD_LOAD_ABORTS
    abort();
#endif
#ifdef ODD_LOAD_EXITS
    _exit(0);
#endif
#ifdef ODD_LOAD_PRINTS
    puts("hello");
#endif
#ifdef ODD_LOAD_LOCALE
    setlocale(LC_ALL, "C.UTF-8");
#endif
#ifdef ODD_LOAD_THREAD
    pthread_t thread;

    pthread_create(&thread, NULL, wait_for_ever, NULL);
#endif
}

static const gly_option options[] __attribute__((unused)) = {
    GLY_INT(odd_options, times, "3", 1, 9, "times", "How often"),
#ifdef ODD_OPTION_OUTSIDE
    { { "loud", GLY_T_BOOL, 4096, NULL, NULL, "Whether" }, "false", 0, 0, 0, NULL },
#elif defined ODD_OPTION_TYPE
    { { "loud", (gly_type)99, 8, NULL, NULL, "Whether" }, "false", 0, 0, 0, NULL },
#else
    GLY_BOOL(odd_options, loud, "false", "Whether"),
#endif
    GLY_OPTIONS_END
};

/* A later galley's tables and structs are longer; an earlier one's are shorter. */
typedef struct newer_option { gly_option now; const char *later[3]; } newer_option;
static const newer_option newer_options[] __attribute__((unused)) = {
    { GLY_INT(odd_options, times, "3", 1, 9, "times", "How often"), { "a", "b", "c" } },
    { GLY_BOOL(odd_options, loud, "false", "Whether"), { "a", "b", "c" } },
    { GLY_OPTIONS_END, { NULL } },
};
typedef struct newer_ops { gly_stage_ops now; void (*later[4])(void); } newer_ops;
static const newer_ops later_ops __attribute__((unused)) = {
    { .size = sizeof(newer_ops), .open = odd_open, .process = odd_process }, { abort, abort, abort, abort }
};
static const gly_stage_ops ops __attribute__((unused)) = {
#ifdef ODD_OLDER
    .size = offsetof(gly_stage_ops, begin),
#else
    .size = sizeof(gly_stage_ops),
#endif
    .open = odd_open,
#ifndef ODD_NO_PROCESS
    .process = odd_process,
#endif
};
typedef struct newer_plugin { gly_plugin now; const void *later[4]; } newer_plugin;

#ifdef ODD_LAYER
typedef struct mark { gly_range at; uint32_t weight; } mark;
static const gly_field mark_fields[] = { { "weight", GLY_T_STR, 8, NULL, NULL, "Weight" }, GLY_FIELDS_END };
static const gly_layer_type mark_layer = GLY_LAYER_TYPE(mark, "mark/1", mark_fields, 0, "Marks");
static const gly_layer_type *const layers[] = { &mark_layer, NULL };
#endif

#ifdef ODD_GENERATION
#define gly_plugin_v0 gly_plugin_v9
#endif
#ifdef ODD_NOTHING
#define gly_plugin_v0 something_else
#endif

#ifdef ODD_NEWER
extern GLY_EXPORT const newer_plugin gly_plugin_v0;
GLY_EXPORT const newer_plugin gly_plugin_v0 = { .later = { "x", "x", "x", "x" }, .now = {
    .size = sizeof(newer_plugin), .options = (const gly_option *)newer_options,
    .option_size = sizeof(newer_option), .ops = &later_ops.now,
#else
extern GLY_EXPORT const gly_plugin gly_plugin_v0;
GLY_EXPORT const gly_plugin gly_plugin_v0 = {
    .size = sizeof(gly_plugin), .options = options, .option_size = sizeof(gly_option), .ops = &ops,
#endif
#ifdef ODD_KIND
    .kind = 9,
#else
    .kind = GLY_TRANSFORM,
#endif
    .version = "1.0.0", .summary = "Is odd", .license = "MIT",
    .config_size = sizeof(odd_options),
#ifdef ODD_NAME_NOWHERE
    .name = (const char *)8,
#else
    .name = NAME,
#endif
#ifdef ODD_READS_NOWHERE
    .reads = (const char *const *)8,
#endif
#ifdef ODD_NEEDS
    .needs_minor = 999,
#endif
#ifdef ODD_LAYER
    .layers = layers,
#endif
#ifdef ODD_NEWER
} };
#else
};
#endif
