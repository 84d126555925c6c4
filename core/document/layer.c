/* layer - annotation layers: growth, order, and the promises of their types. */
#include "document/private.h"

#include <stdio.h>

enum { FIRST_CAPACITY = 16, DEEPEST_TREE = 64 };

const gly_layer_type *const layers_standard[] = {
    &gly_block_layer, &gly_term_layer, &gly_token_layer, &gly_sentence_layer, &gly_quote_layer,
    &gly_entity_layer, &gly_acronym_layer, &gly_mention_layer, &gly_date_layer, &gly_amount_layer,
    &gly_keyword_layer, &gly_summary_layer, &gly_stats_layer, &gly_removed_layer, NULL
};

/* Stages read standard layers as arrays of the struct in their own header: records of
 * another size, by a stage built with other headers, would be read as something else. */
static bool is_of_other_headers(const gly_layer_type *type)
{
    for (size_t i = 0; layers_standard[i]; i++)
        if (gly__same_name(layers_standard[i]->name, type->name))
            return layers_standard[i]->record_size != type->record_size;
    return false;
}

gly_layer *document_layer_add(document *d, const gly_layer_type *type, uint16_t view)
{
    gly_layer *l;
    uint16_t i;

    for (i = 0; i < d->face.nlayers; i++)
        if (gly__same_name(d->layers[i]->type->name, type->name))
            break;
    if (i < d->face.nlayers && d->layers[i]->stage == d->stage && d->layers[i]->view == view) {
        d->written |= UINT64_C(1) << i;
        return d->layers[i];
    }
    if (i == MOST_LAYERS || view >= d->face.nviews) {
        document_fail(d, GLY_ESTATE, (gly_range){ 0, 0 },
                      "a layer too many, or over a view that is not there; this is a bug of the stage");
        return NULL;
    }
    if (is_of_other_headers(type)) {
        document_fail(d, GLY_ESTATE, (gly_range){ 0, 0 },
                      "writes a standard layer as other headers of galley have it; build the stage again");
        return NULL;
    }
    l = GLY_NEW(&d->memory.face, gly_layer);
    if (!l)
        return NULL;
    /* A later stage of the same layer takes its place. */
    *l = (gly_layer){ .type = type, .view = view, .stage = d->stage };
    d->layers[i] = l;
    if (i == d->face.nlayers)
        d->face.nlayers++;
    d->written |= UINT64_C(1) << i;
    return l;
}

void layers_remember(document *d)
{
    for (uint16_t i = 0; i < d->face.nlayers; i++)
        d->usual[i] = d->layers[i]->count;
}

/* Documents of a run are alike: room for what the last one had spares copying.
 * Not more than the text can hold, so that a small one after a giant stays small. */
static uint32_t first_capacity(const document *d, const gly_layer *l)
{
    uint32_t most = d->views[l->view].text.len / 4, wanted = 0;

    for (uint16_t i = 0; i < d->face.nlayers; i++)
        if (d->layers[i] == l)
            wanted = d->usual[i] + d->usual[i] / 4;
    wanted = wanted < most ? wanted : most;
    return wanted > FIRST_CAPACITY ? wanted : FIRST_CAPACITY;
}

gly_status document_layer_grow(document *d, gly_layer *l)
{
    size_t size = l->type->record_size;
    uint32_t capacity = l->capacity ? l->capacity * 2 : first_capacity(d, l);
    void *records = capacity > l->capacity && capacity <= SIZE_MAX / size
        ? arena_resize(&d->memory, l->records, l->count * size, capacity * size) : NULL;

    if (!records)
        return document_fail(d, GLY_ENOMEM, (gly_range){ 0, 0 }, "out of memory for this document; raise 'memory' in run = { }");
    l->records = records;
    l->capacity = capacity;
    return GLY_OK;
}

static gly_range range_of(const gly_layer *l, uint32_t i)
{
    gly_range at;

    memcpy(&at, (const char *)l->records + (size_t)i * l->type->record_size, sizeof at);
    return at;
}

static bool comes_before(gly_range a, gly_range b)
{
    return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
}

static bool is_sorted(const gly_layer *l)
{
    for (uint32_t i = 1; i < l->count; i++)
        if (comes_before(range_of(l, i), range_of(l, i - 1)))
            return false;
    return true;
}

/* Stable merge of index runs; qsort() is not stable and allocates. */
static void merge_sort(const gly_layer *l, uint32_t *order, uint32_t *spare)
{
    for (uint32_t width = 1; width < l->count; width = width > l->count / 2 ? l->count : width * 2) {
        for (uint32_t low = 0; low < l->count; low += 2 * width) {
            uint32_t middle = l->count - low > width ? low + width : l->count;
            uint32_t high = l->count - middle > width ? middle + width : l->count;
            uint32_t a = low, b = middle, out = low;

            while (a < middle || b < high) {
                bool right = a == middle ||
                    (b < high && comes_before(range_of(l, order[b]), range_of(l, order[a])));

                spare[out++] = right ? order[b++] : order[a++];
            }
            if (high == l->count)
                break;
        }
        memcpy(order, spare, l->count * sizeof *order);
    }
}

static gly_status sort_records(document *d, gly_layer *l)
{
    size_t size = l->type->record_size;
    uint32_t *order = GLY_NEWN(&d->scratch.face, uint32_t, l->count);
    uint32_t *spare = GLY_NEWN(&d->scratch.face, uint32_t, l->count);
    char *sorted = gly_alloc_n(&d->memory.face, l->count, size, _Alignof(max_align_t));

    if (!order || !spare || !sorted)
        return document_fail(d, GLY_ENOMEM, (gly_range){ 0, 0 }, "out of memory for this document");
    for (uint32_t i = 0; i < l->count; i++)
        order[i] = i;
    merge_sort(l, order, spare);
    for (uint32_t i = 0; i < l->count; i++)
        memcpy(sorted + i * size, (char *)l->records + (size_t)order[i] * size, size);
    l->records = sorted;
    l->capacity = l->count;
    return GLY_OK;
}

static gly_status broken(document *d, const gly_layer *l, gly_range at, const char *how)
{
    char msg[200];

    snprintf(msg, sizeof msg, "layer '%.60s' %s at bytes %u to %u; this is a bug of the stage",
             l->type->name, how, at.begin, at.end);
    return document_fail(d, GLY_ESTATE, at, msg);
}

/* Sorted records nest when each ends inside the innermost open one. */
static gly_status check_nesting(document *d, const gly_layer *l)
{
    uint32_t open[DEEPEST_TREE], depth = 0;

    for (uint32_t i = 0; i < l->count; i++) {
        gly_range at = range_of(l, i);

        while (depth && open[depth - 1] <= at.begin)
            depth--;
        if (depth && at.end > open[depth - 1])
            return broken(d, l, at, "has records that cross");
        if (depth && l->type->flags & GLY_LAYER_FLAT && at.begin < at.end)
            return broken(d, l, at, "has records that overlap");
        if (depth < DEEPEST_TREE)
            open[depth++] = at.end;
    }
    return GLY_OK;
}

/* One after the other, none empty or overlapping, all inside: how layers are mostly
 * written. Nothing else is then to be checked or sorted. */
static bool in_a_row(const gly_layer *l, uint32_t length)
{
    size_t size = l->type->record_size;
    const char *record = l->records;
    int64_t end = 0, wrong = 0; /* below 0 from the first record that is not */

    for (uint32_t i = 0; i < l->count; i++, record += size) {
        gly_range at;

        memcpy(&at, record, sizeof at);
        wrong |= (at.begin - end) | ((int64_t)at.end - at.begin - 1);
        end = at.end;
    }
    return wrong >= 0 && end <= length;
}

gly_status layer_settle(document *d, gly_layer *l)
{
    uint32_t length = d->views[l->view].text.len;
    gly_status status = GLY_OK;

    if (in_a_row(l, length))
        return GLY_OK;
    for (uint32_t i = 0; i < l->count; i++) {
        gly_range at = range_of(l, i);

        if (at.begin > at.end || at.end > length)
            return broken(d, l, at, "has a record outside its text");
    }
    if (!is_sorted(l))
        status = sort_records(d, l);
    if (status == GLY_OK && l->type->flags & (GLY_LAYER_FLAT | GLY_LAYER_TREE))
        status = check_nesting(d, l);
    return status;
}
