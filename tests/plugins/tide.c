/* tide - a stage as somebody outside of the tree would write it, against the
 * installed headers alone: it finds "low tide" and "high tide" and has a layer of its
 * own, of which galley knows nothing. */
#include <galley/plugin.h>

#include <stdlib.h>

typedef struct tide {
    gly_range at;
    int32_t   level;
    double    weight;
    gly_str   word;
} tide;

typedef struct tide_options {
    double weight;
} tide_options;

typedef struct self {
    const gly_host     *host;
    gly_stage          *stage;
    const tide_options *options;
} self;

static const char *const levels[] = { "low", "high", NULL };
static const gly_field fields[] = {
    GLY_FIELD_ENUM(tide, level, levels, "Which tide"),
    GLY_FIELD(tide, weight, GLY_T_REAL, "How much it counts"),
    GLY_FIELD(tide, word, GLY_T_STR, "The first word"),
    GLY_FIELDS_END
};
static const gly_layer_type tide_layer = GLY_LAYER_TYPE(tide, "tide/1", fields, GLY_LAYER_FLAT, "Tides that the text names");
static const gly_layer_type *const layers[] = { &tide_layer, NULL };
static const gly_option options[] = {
    GLY_REAL(tide_options, weight, "0.5", 0, 1, NULL, "How much a tide counts"),
    GLY_OPTIONS_END
};

static gly_status tide_open(const gly_host *host, gly_stage *stage, const void *given, void **shared)
{
    self *s = calloc(1, sizeof *s);

    if (!s)
        return GLY_ENOMEM;
    *s = (self){ host, stage, given };
    *shared = s;
    return GLY_OK;
}

static void tide_close(void *shared)
{
    free(shared);
}

static gly_status add(const self *s, gly_doc *d, uint32_t begin, int32_t level)
{
    gly_layer *l = s->host->layer_add(s->stage, d, &tide_layer);
    uint32_t length = level ? 9 : 8;
    tide *t = l ? gly_push(s->host, d, l, begin, begin + length) : NULL;

    if (!t)
        return GLY_ENOMEM;
    t->level = level;
    t->weight = s->options->weight;
    t->word = gly_slice(d->text, (gly_range){ begin, begin + length - 5 });
    return GLY_OK;
}

static gly_status tide_process(void *given, gly_doc *d)
{
    const self *s = given;
    gly_status status = GLY_OK;

    for (uint32_t i = 0; i + 9 <= d->text.len && status == GLY_OK; i++) {
        if ((i & 0xFFFF) == 0 && s->host->stop(s->stage))
            return GLY_ECANCEL;
        if (memcmp(d->text.ptr + i, "low tide", 8) == 0)
            status = add(s, d, i, 0);
        else if (memcmp(d->text.ptr + i, "high tide", 9) == 0)
            status = add(s, d, i, 1);
    }
    return status;
}

static const gly_stage_ops ops = {
    .size = sizeof ops, .flags = GLY_STAGE_PURE, .open = tide_open, .close = tide_close, .process = tide_process
};
static const char *const reads[] = { "text", NULL }, *const writes[] = { "tide/1", NULL };

GLY_PLUGIN(
    .kind = GLY_TRANSFORM, .name = "harbour.tide", .version = "2.1.0",
    .summary = "Finds tides", .license = "MIT", .reads = reads, .writes = writes, .layers = layers,
    .options = options, .config_size = sizeof(tide_options), .ops = &ops
);
