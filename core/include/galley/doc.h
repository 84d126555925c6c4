/* galley/doc.h - the document that stages pass along.
 *
 * Ownership: everything reachable from a gly_doc lives in its arena and dies
 * with it. Stages never free. A stage must not keep a pointer into a document
 * after process() returns.
 *
 * Text is immutable. A stage that changes text adds a new view and says how its
 * bytes map to the old one, so that a quote found in cleaned text can still be
 * shown in the raw page it came from. All offsets are bytes. */
#ifndef GALLEY_DOC_H
#define GALLEY_DOC_H

#include <galley/types.h>

/* Bump allocator. The layout is frozen: the fast path below is inlined into
 * plugins; only growth crosses into the core. grow() returns NULL when the
 * document's memory limit or the machine's memory is used up: return
 * GLY_ENOMEM. Memory is not cleared. */
typedef struct gly_arena {
    char *cur, *end;
    void *(*grow)(struct gly_arena *, size_t size, size_t align);
} gly_arena;

static inline void *gly_alloc(gly_arena *a, size_t size, size_t align)
{
    uintptr_t p = ((uintptr_t)a->cur + (align - 1)) & ~(uintptr_t)(align - 1);

    if (p <= (uintptr_t)a->end && size <= (uintptr_t)a->end - p) {
        a->cur = (char *)(p + size);
        return (void *)p;
    }
    return a->grow(a, size, align);
}

static inline void *gly_alloc_n(gly_arena *a, size_t n, size_t size, size_t align)
{
    return n <= SIZE_MAX / size ? gly_alloc(a, n * size, align) : NULL;
}

#define GLY_NEW(a, T)     ((T *)gly_alloc((a), sizeof(T), _Alignof(T)))
#define GLY_NEWN(a, T, n) ((T *)gly_alloc_n((a), (n), sizeof(T), _Alignof(T)))

/* An annotation layer: a sorted array (begin ascending, end descending) of
 * records of one type over one view. The first member of every record is its
 * gly_range. The producer describes the rest with a gly_field table, so the
 * core can check, sort, print, filter on and serialise a layer that it has
 * never heard of. */
typedef struct gly_layer_type {
    uint32_t         size;        /* sizeof(gly_layer_type)                 */
    uint32_t         record_size; /* sizeof the C struct, range first       */
    const char      *name;        /* "quote/1": name and revision           */
    const char      *help;
    const gly_field *fields;
    uint32_t         field_size;  /* sizeof(gly_field): the table's stride  */
    uint32_t         flags;       /* GLY_LAYER_*                            */
} gly_layer_type;

enum {
    GLY_LAYER_FLAT = 1 << 0, /* records never overlap (sentences, tokens)  */
    GLY_LAYER_TREE = 1 << 1, /* records nest but never cross (blocks)      */
    GLY_LAYER_WORK = 1 << 2, /* for other stages only: sinks leave it out  */
};

typedef struct gly_layer {
    const gly_layer_type *type;
    void                 *records;  /* count * type->record_size bytes */
    uint32_t              count, capacity;
    uint16_t              view;     /* which text the ranges index     */
    uint16_t              stage;    /* who wrote it                    */
} gly_layer;

/* The records of a layer as their C type; a NULL layer has none. */
#define GLY_RECORDS(layer, T) ((layer) ? (T *)(layer)->records : (T *)NULL)
#define GLY_COUNT(layer)      ((layer) ? (layer)->count : 0u)

/* Piecewise map from a view to its parent: runs of equal bytes, sorted in both.
 * What lies between two runs here stands for what lies between them there, so
 * that "&amp;" -> "&" and deletions need no entry of their own. */
typedef struct gly_seg {
    uint32_t here, there, len;
} gly_seg;

typedef struct gly_view {
    const char    *name;   /* "raw", "charset", "text"              */
    gly_str        text;   /* valid UTF-8, except in view 0, "raw"  */
    const gly_seg *segs;   /* none: the whole stands for the whole  */
    uint32_t       nsegs;
    uint16_t       parent; /* index of the view it was made from    */
    uint16_t       stage;
} gly_view;

/* Well-known keys: title author(*) published modified site url lang charset
 * dateline location description image section tag(*) licence; (*) many values.
 * Dates are ISO 8601, languages ISO 639-1 or "und". A stage may add its own. */
typedef struct gly_meta {
    const char *key;
    gly_type    type;     /* BOOL INT REAL STR                             */
    union {
        bool    b;
        int64_t i;
        double  r;
        gly_str s;
    } as;
    uint16_t stage;       /* set by the core                               */
    uint16_t confidence;  /* 0..1000; 1000 = stated by the source          */
    gly_range where;      /* in the current view; {0,0} = not from a place */
} gly_meta;

typedef enum gly_level { GLY_DEBUG, GLY_INFO, GLY_WARN, GLY_ERROR } gly_level;

typedef struct gly_note { /* a warning or an error kept with the document */
    gly_level  severity;
    gly_status status;
    uint16_t   stage;
    gly_range  where;     /* in the current view; {0,0} = not about a place */
    gly_str    text;
} gly_note;

/* The part of a document that plugins may read directly. They change it
 * through the host alone. The core keeps a longer private struct around it. */
typedef struct gly_doc {
    uint32_t         size;    /* sizeof(gly_doc) in the core that made it     */
    uint32_t         depth;   /* 0, or how deep a child of split stages it is */
    uint64_t         ordinal; /* place among the inputs of this run, from 0   */
    gly_arena       *arena;   /* lives as long as the document                */
    gly_arena       *scratch; /* emptied after each call into the stage       */
    gly_str          uri;     /* below the input as given; "a.zip!/b.html"    */
    gly_str          media;   /* "text/html", "text/plain"                    */
    gly_str          text;    /* == views[current].text: what most stages read */
    const gly_view  *views;
    const gly_layer *const *layers;
    const gly_meta  *meta;
    const gly_note  *notes;
    const uint16_t  *trail;   /* the stages that ran on it so far, in order   */
    uint16_t         nviews, current, nlayers, nmeta, ntrail;
    uint32_t         nnotes;
} gly_doc;

/* Names differ in their first letters, mostly: strcmp() is called for few. */
static inline bool gly__same_name(const char *a, const char *b)
{
    return a[0] == b[0] && a[0] != '\0' && a[1] == b[1] && strcmp(a, b) == 0;
}

/* The first value of a key after `after` (NULL: from the start), or NULL. */
static inline const gly_meta *gly_meta_next(const gly_doc *d, const char *key,
                                            const gly_meta *after)
{
    for (const gly_meta *m = after ? after + 1 : d->meta; m && m < d->meta + d->nmeta; m++)
        if (gly__same_name(m->key, key))
            return m;
    return NULL;
}

static inline gly_str gly_meta_str(const gly_doc *d, const char *key)
{
    const gly_meta *m = gly_meta_next(d, key, NULL);

    return m && m->type == GLY_T_STR ? m->as.s : (gly_str){ NULL, 0 };
}

/* A layer by name and revision, or NULL when no stage has written it. */
static inline const gly_layer *gly_layer_of(const gly_doc *d, const char *name)
{
    for (uint16_t i = 0; i < d->nlayers; i++)
        if (gly__same_name(d->layers[i]->type->name, name))
            return d->layers[i];
    return NULL;
}

/* The same, but only when it lies over the text that is current now: NULL for one
 * that was written before the text was made anew. */
static inline const gly_layer *gly_layer_current(const gly_doc *d, const char *name)
{
    const gly_layer *l = gly_layer_of(d, name);

    return l && l->view == d->current ? l : NULL;
}

#endif
