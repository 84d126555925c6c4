/* galley/plugin.h - all that a stage needs. Include nothing else.
 *
 * A plugin is a shared object that exports one constant: its descriptor. It
 * links to nothing of galley's; what it needs arrives in a gly_host.
 *
 * Processes. The runner opens all stages in one process, the supervisor, then
 * forks workers. A callback marked [supervisor] runs there, one marked [worker]
 * in a worker, one document at a time; of a stage flagged GLY_STAGE_NETWORK, in
 * the worker's companion, on a copy of the document. With --no-isolate all are one
 * process.
 * A stage starts no threads, keeps no global mutable state, and asks neither
 * clock, locale, random source nor environment. */
#ifndef GALLEY_PLUGIN_H
#define GALLEY_PLUGIN_H

#include <stdarg.h>
#include <stdio.h>
#include <galley/doc.h>
#include <galley/layers.h>

/* ---- options ----------------------------------------------------------- */

/* The core reads the config group, checks every key against this table, and
 * fills the plugin's own struct. The plugin never sees the config library.
 *
 * fallback is written as a value of that type would be in a config, without
 * quotes: "true", "3", "4 KiB", "250 ms", "press". NULL: the option must be
 * given. A list is written with commas, "*.txt,*.html"; "" is an empty one. */
typedef struct gly_option {
    gly_field   field;
    const char *fallback;
    double      min, max; /* numbers: range; STR, STRS: length; 0,0 = any */
    uint32_t    flags;    /* GLY_OPT_*                                    */
    const char *was;      /* former name, still accepted with a warning   */
} gly_option;

enum {
    GLY_OPT_SECRET  = 1 << 0, /* never printed or logged            */
    GLY_OPT_EXPERT  = 1 << 1, /* inspect shows it with --all        */
    GLY_OPT_REMOVED = 1 << 2, /* accepted, ignored, warned about    */
};

/* The _Generic makes a wrong member type a compile error, not a wild write. */
#define GLY__AT(T, m, CT) \
    (uint32_t)(offsetof(T, m) + 0 * sizeof(_Generic(&((T *)0)->m, CT *: 1)))
#define GLY__OPT(T, m, ty, CT, def, lo, hi, ch, un, he) \
    { { #m, ty, GLY__AT(T, m, CT), ch, un, he }, def, lo, hi, 0, NULL }

#define GLY_BOOL(T, m, def, help) \
    GLY__OPT(T, m, GLY_T_BOOL, bool, def, 0, 0, NULL, NULL, help)
#define GLY_INT(T, m, def, lo, hi, unit, help) \
    GLY__OPT(T, m, GLY_T_INT, int64_t, def, lo, hi, NULL, unit, help)
#define GLY_SIZE(T, m, def, lo, hi, help) \
    GLY__OPT(T, m, GLY_T_SIZE, uint64_t, def, lo, hi, NULL, "bytes", help)
#define GLY_TIME(T, m, def, help) \
    GLY__OPT(T, m, GLY_T_TIME, int64_t, def, 0, 0, NULL, NULL, help)
#define GLY_REAL(T, m, def, lo, hi, unit, help) \
    GLY__OPT(T, m, GLY_T_REAL, double, def, lo, hi, NULL, unit, help)
#define GLY_STR(T, m, def, help) \
    GLY__OPT(T, m, GLY_T_STR, gly_str, def, 0, 0, NULL, NULL, help)
#define GLY_PATH(T, m, def, help) \
    GLY__OPT(T, m, GLY_T_PATH, gly_str, def, 0, 0, NULL, NULL, help)
#define GLY_PATHS(T, m, def, help) \
    GLY__OPT(T, m, GLY_T_PATHS, gly_strs, def, 0, 0, NULL, NULL, help)
#define GLY_OUTPUT(T, m, def, help) \
    GLY__OPT(T, m, GLY_T_OUTPUT, gly_str, def, 0, 0, NULL, NULL, help)
#define GLY_STRS(T, m, def, help) \
    GLY__OPT(T, m, GLY_T_STRS, gly_strs, def, 0, 0, NULL, NULL, help)
#define GLY_CHOICES(T, m, def, names, help) \
    GLY__OPT(T, m, GLY_T_STRS, gly_strs, def, 0, 0, names, NULL, help)
#define GLY_ENUM(T, m, def, names, help) \
    GLY__OPT(T, m, GLY_T_ENUM, int32_t, def, 0, 0, names, NULL, help)
#define GLY_OPTIONS_END { GLY_FIELDS_END, NULL, 0, 0, 0, NULL }

/* ---- what the core offers ---------------------------------------------- */

typedef struct gly_stage gly_stage; /* the core's handle on one stage instance */

typedef struct gly_stage_info {
    const char *use;     /* "extract.quotes"                    */
    const char *id;      /* its name in this config             */
    const char *version;
} gly_stage_info;

/* Grows at the end only. A plugin that wants a newer member says so through
 * needs_minor in its descriptor, or tests with GLY_HAS(). */
typedef struct gly_host {
    uint32_t size;
    uint16_t abi_major, abi_minor;

    /* [any] A line on standard error, with the stage's name before it. */
    void (*log)(gly_stage *, gly_level, const char *msg);
    /* [any] Records why; gives the status back, so that a stage can write
     * return gly_fail(...). doc is NULL in open(), start(), next(), write(). */
    gly_status (*fail)(gly_stage *, gly_doc *, gly_status, gly_range, const char *msg);
    /* [worker] A remark that stays with the document and reaches the record. */
    void (*note)(gly_stage *, gly_doc *, gly_level, gly_range, const char *msg);
    /* [any] True once the document's deadline has passed or the user asked to
     * stop: return GLY_ECANCEL soon. Cheap; ask it in every long loop. */
    bool (*stop)(gly_stage *);
    /* [any] Adds to a counter shown in the summary at the end of a run. Names are
     * few and constant: 128 of up to 39 bytes in a run, what is beyond goes. */
    void (*count)(gly_stage *, const char *metric, int64_t delta);
    /* [any] The stages of this pipeline by index (gly_doc.trail, .stage). */
    const gly_stage_info *(*stage_info)(gly_stage *, uint16_t index);

    /* [worker, on the document in hand] All return NULL or a negative status
     * when memory runs out or the contract was broken; pass it on. */

    /* A new layer over the current view, or (when this stage has added it to
     * this document before) the same one again. Records may be pushed in any
     * order; the core sorts them when the stage returns. */
    gly_layer *(*layer_add)(gly_stage *, gly_doc *, const gly_layer_type *);
    gly_layer *(*layer_add_over)(gly_stage *, gly_doc *, const gly_layer_type *, uint16_t view);
    /* Makes room for one record more; gly_push() below calls it. */
    gly_status (*layer_grow)(gly_doc *, gly_layer *);
    /* view->name, text, segs, nsegs, parent are given by the caller, and live in
     * doc->arena or longer. The new view becomes current; layers over older
     * views stay. */
    gly_status (*view_add)(gly_stage *, gly_doc *, const gly_view *);
    /* Only a source's load() or a split's next() calls it, once: the bytes as
     * fetched, and what they are ("" = find out from the uri's suffix, or from how
     * they begin where it has none that is known). */
    gly_status (*raw_set)(gly_stage *, gly_doc *, gly_str bytes, gly_str media);
    gly_status (*uri_set)(gly_stage *, gly_doc *, gly_str uri);
    gly_status (*media_set)(gly_stage *, gly_doc *, gly_str media);
    /* Sets a key to this one value, unless a surer value stands there: then
     * nothing happens and GLY_OK comes back. */
    gly_status (*meta_set)(gly_stage *, gly_doc *, const gly_meta *);
    /* Adds a value to those that this stage has set for the key. */
    gly_status (*meta_add)(gly_stage *, gly_doc *, const gly_meta *);
    /* Where a range of one view lies in an ancestor of it (0 = raw bytes). */
    gly_range (*map)(const gly_doc *, uint16_t from, gly_range, uint16_t to);

    /* Later families come through here, by name and revision, so that this
     * struct stays small: host->extension("http/1"). NULL: not offered. */
    const void *(*extension)(const char *id);
} gly_host;

#define GLY_HAS(h, member) \
    ((h)->size >= offsetof(gly_host, member) + sizeof((h)->member) && (h)->member)

/* ---- what a stage offers ----------------------------------------------- */

typedef enum gly_kind {
    GLY_SOURCE = 1, /* nothing in, documents out                 */
    GLY_TRANSFORM,  /* one in, one or none out                   */
    GLY_SPLIT,      /* one in, many out: archives, feeds, mboxes */
    GLY_SINK,       /* documents in, bytes or side effects out   */
} gly_kind;

/* One input as a source hands it out. The strings must stay valid until the
 * next call of next(). */
typedef enum gly_verdict { GLY_TAKE, GLY_IGNORED, GLY_REFUSED } gly_verdict;

/* Steps of a new edition of an output: gly_stage_ops.edition. */
typedef enum gly_edition { GLY_EDITION_BEGIN, GLY_EDITION_PUBLISH, GLY_EDITION_DROP } gly_edition;

typedef struct gly_item {
    gly_str     uri;     /* below the input as given; the same from run to run  */
    gly_str     locator; /* what load() needs to fetch it, in another process:
                            a path, a path with an offset, or the bytes          */
    uint64_t    bytes;   /* size of the input; 0 = not known                    */
    gly_verdict verdict; /* IGNORED: skipped by rule; REFUSED: counts as failed */
    const char *reason;  /* of IGNORED and REFUSED: "is a FIFO"                 */
    uint64_t    stamp;   /* changes when the input does: size and time of a file,
                            say; 0 = not known, then it is always done again     */
    gly_str     id;      /* what the input calls itself, as JSON: "a-17" with its
                            marks, or 17; "" = nothing                           */
} gly_item;

/* An input, or a child of one, that became no record in a sink. */
typedef struct gly_missed {
    gly_str     uri;
    gly_str     id;      /* gly_item.id; "" for a child                          */
    const char *outcome; /* "dropped", "failed" or "ignored"                     */
    const char *stage;   /* where it ended: "clean.text"                         */
    gly_str     reason;
} gly_missed;

/* Lifecycle, in order. Anything optional may be NULL.
 *
 *   open      [supervisor] once for each stage of the config, before workers
 *             are forked: load models here and they are shared copy-on-write
 *   start     [worker] once: file handles, caches; without it self = shared
 *   process   [worker] many times
 *   finish    [worker] once, after its last document
 *   close     [supervisor] once                                               */
typedef struct gly_stage_ops {
    uint32_t   size;
    uint32_t   flags; /* GLY_STAGE_* */
    gly_status (*open)(const gly_host *, gly_stage *, const void *options, void **shared);
    gly_status (*start)(void *shared, gly_stage *, void **self);
    void       (*finish)(void *self);
    void       (*close)(void *shared);

    /* SOURCE. next() [supervisor] gives the inputs one by one in a stable order:
     * GLY_OK, GLY_END, or a failure that ends the run. Pulling keeps memory
     * bounded. load() [worker] fetches one: it calls raw_set() on the document. */
    gly_status (*next)(void *shared, gly_item *);
    gly_status (*load)(void *self, gly_doc *, gly_str locator);

    /* TRANSFORM [worker]. */
    gly_status (*process)(void *self, gly_doc *);

    /* SPLIT [worker]. begin() takes the parent; GLY_END there means that it is
     * nothing to split and passes on as it is. next_child() fills an empty
     * document through uri_set() and raw_set() until GLY_END. The parent stays
     * alive and unchanged between the two. */
    gly_status (*begin)(void *self, gly_doc *parent);
    gly_status (*next_child)(void *self, gly_doc *empty);

    /* SINK. render() [worker] turns a document into bytes (in the document's
     * arena), write() [supervisor] stores them, in input order, so
     * that the output is the same whatever the number of workers. flush()
     * [supervisor] makes what was written durable; it may be called often. */
    gly_status (*render)(void *self, const gly_doc *, gly_str *out);
    gly_status (*write)(void *shared, gly_str bytes);
    gly_status (*flush)(void *shared);

    /* [supervisor] Says what is wrong with the options taken together; NULL when
     * nothing is. *option names the culprit: the core adds file and line. No
     * files are touched here: galley check calls it. */
    const char *(*check)(const void *options, const char **option);
    const void *(*extension)(const char *id); /* "digest/1", "x-..."; may be NULL */

    /* SINK, both or none [supervisor]: they let a run go on where another ended,
     * even one that was killed. position() is where the output stands after the
     * last write(): a number of the sink's own that never falls. resume(), before
     * the first write(), puts the output back to a position that an earlier run
     * had and that flush() made durable; what lies behind it goes. 0 is the empty
     * output. GLY_EINPUT: the output is not what it was then; GLY_END: this one
     * cannot go back (standard output). Without resume() the first write() begins
     * anew. */
    gly_status (*resume)(void *shared, uint64_t position);
    uint64_t   (*position)(void *shared);

    /* SINK, may be NULL [supervisor]: told in input order, where write() would
     * be called, of what became no record; for a sink that owes each an answer. */
    gly_status (*missed)(void *shared, const gly_missed *);

    /* SOURCE, may be NULL [supervisor]: the descriptor that must be readable
     * before next() can answer without waiting; -1: it can now. The runner polls
     * it, and meanwhile writes what is done. */
    int (*waits_for)(void *shared);

    /* SINK, both or none, beside resume() and position() [supervisor]: they let a
     * run take over what has not changed instead of making it again.
     *
     * edition(BEGIN): from here on resume(), write(), keep(), flush() and
     * position() speak of a new edition beside the present output, which stays as
     * it is; resume() comes next. PUBLISH: the new edition takes the place of the
     * present one; all of it was flushed. A run that was killed meanwhile calls it
     * again in the next process, without BEGIN: what is done already is no error.
     * DROP: what is left of an unfinished edition goes; without one, nothing
     * happens.
     *
     * keep(): as if write() had been given what `other` holds between two of its
     * positions. other is NULL for the present edition, whose successor is being
     * written, or the `shared` of another open stage of this kind, whose output is
     * not written meanwhile. */
    gly_status (*keep)(void *shared, void *other, uint64_t begin, uint64_t end);
    gly_status (*edition)(void *shared, gly_edition step);

    /* SOURCE, may be NULL [supervisor]: after next() has come to its end, places
     * whose inputs could not be looked for: a folder that cannot be read or is
     * missing, say. Gives one with each call, then GLY_END. *below is the uri of
     * the place, valid until the next call: inputs of earlier runs with that uri,
     * or below it, do not count as gone; "" speaks of all. *bare: it was read, but
     * there is no input in it. */
    gly_status (*unseen)(void *shared, gly_str *below, bool *bare);
} gly_stage_ops;

/* GLY_STAGE_NETWORK. Only the companion of a worker may open sockets: there run all
 * [worker] callbacks of all stages with this flag, from start() to finish(), and no
 * others. So `shared` is one copy in the supervisor, one in the workers, one in the
 * companions, and sockets that open() opened are closed in workers. The document is
 * a copy as well: it holds texts, metadata, notes and those layers whose types are
 * in galley/layers.h or in the `layers` of a stage of the pipeline; of a record what
 * its fields name, and plain numbers: never follow another pointer in it, and hold
 * an index that no field of type REF names against the count before you use it.
 * Where the bytes came from outside, the copy is checked as a stage's own work is. */
enum {
    GLY_STAGE_PURE    = 1 << 0, /* same input, same output: may be cached     */
    GLY_STAGE_NETWORK = 1 << 1, /* opens sockets in a [worker] callback       */
    GLY_STAGE_WRITES  = 1 << 2, /* touches files: not opened in a dry run     */
    GLY_STAGE_STDIN   = 1 << 3, /* source: what INPUT "-" on the command line
                                   stands for                                 */
    GLY_STAGE_DASH    = 1 << 4, /* source: takes "-" among its inputs for
                                   standard input itself                      */
};

typedef struct gly_plugin {
    uint32_t    size;        /* sizeof(gly_plugin), set by the macro             */
    uint16_t    needs_minor; /* lowest core minor that will do                   */
    uint16_t    kind;        /* gly_kind                                         */
    const char *name;        /* "extract.quotes": the file is extract.quotes.so  */
    const char *version;     /* "1.2.0"                                          */
    const char *summary;     /* one line for `galley list`, without a full stop  */
    const char *help;        /* paragraphs for `galley inspect`; may be NULL     */
    const char *example;     /* a config fragment; the tests run it              */
    const char *license;     /* SPDX id                                          */
    const char *const *reads;  /* "raw", "text", "sentence/1", "meta.lang";
                                  "?token/1" = used when there                   */
    const char *const *writes; /* same words; checked by `galley check`          */
    const gly_layer_type *const *layers; /* layer types of its own; NULL: none   */
    const gly_option *options;
    uint32_t    option_size; /* sizeof(gly_option): the table's stride           */
    uint32_t    config_size; /* sizeof the struct that options fill              */
    const char *inputs;      /* source: the PATHS option that INPUT replaces     */
    const gly_stage_ops *ops;
} gly_plugin;

/* ops->extension("rules/1"): a stage that follows files of rules tells what it makes
 * of them, for `galley inspect STAGE --rules PATH [NAME...]`. */
typedef struct gly_rules {
    uint32_t size; /* sizeof(gly_rules) */
    /* [supervisor, no stage is open] Hands say() one line after the other, without
     * a newline: what the rules at `path` do for each name, a host or a file; for
     * none: which there are. GLY_EINPUT: errno says why `path` cannot be read. */
    gly_status (*explain)(const char *path, gly_strs names, void (*say)(void *to, const char *line),
                          void *to);
} gly_rules;

#define GLY_EXPORT __attribute__((visibility("default")))
#define GLY_PLUGIN(...) \
    extern GLY_EXPORT const gly_plugin gly_plugin_v0; \
    GLY_EXPORT const gly_plugin gly_plugin_v0 = { \
        .size = sizeof(gly_plugin), .option_size = sizeof(gly_option), \
        __VA_ARGS__ }

/* ---- conveniences for stage authors -------------------------------------- */

/* Appends a cleared record with its range set; NULL when memory runs out. */
static inline void *gly_push(const gly_host *h, gly_doc *d, gly_layer *l,
                             uint32_t begin, uint32_t end)
{
    size_t size = l->type->record_size;
    char *record;

    if (l->count == l->capacity && h->layer_grow(d, l) < 0)
        return NULL;
    record = (char *)l->records + (size_t)l->count++ * size;
    memset(record, 0, size);
    *(gly_range *)(void *)record = (gly_range){ begin, end };
    return record;
}

static inline gly_status gly_set_str(const gly_host *h, gly_stage *s, gly_doc *d,
                                     const char *key, gly_str value,
                                     gly_range where, uint16_t confidence)
{
    gly_meta m = { .key = key, .type = GLY_T_STR, .as.s = value,
                   .confidence = confidence, .where = where };

    return h->meta_set(s, d, &m);
}

#define GLY_PRINTF(f, a) __attribute__((format(printf, f, a)))
#define GLY__SAY(buf, fmt) \
    do { \
        va_list ap_; \
        va_start(ap_, fmt); \
        vsnprintf((buf), sizeof(buf), (fmt), ap_); \
        va_end(ap_); \
    } while (0)

GLY_PRINTF(4, 5)
static inline void gly_log(const gly_host *h, gly_stage *s, gly_level level,
                           const char *fmt, ...)
{
    char msg[512];

    GLY__SAY(msg, fmt);
    h->log(s, level, msg);
}

GLY_PRINTF(5, 6)
static inline gly_status gly_fail(const gly_host *h, gly_stage *s, gly_doc *d,
                                  gly_status status, const char *fmt, ...)
{
    char msg[512];

    GLY__SAY(msg, fmt);
    return (h->fail)(s, d, status, (gly_range){ 0, 0 }, msg); /* fail may be a macro in a test */
}

GLY_PRINTF(6, 7)
static inline void gly_remark(const gly_host *h, gly_stage *s, gly_doc *d,
                              gly_level level, gly_range where, const char *fmt, ...)
{
    char msg[512];

    GLY__SAY(msg, fmt);
    h->note(s, d, level, where, msg);
}

#endif
