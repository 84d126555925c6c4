/* Parcels from a process that was taken over: what comes out is a document whose
 * every byte can be read, or a refusal. */
#include <stdlib.h>

#include "document/parcel.h"

enum { MOST = 1 << 14 };

static const gly_layer_type *types[] = {
    &gly_block_layer, &gly_token_layer, &gly_term_layer, &gly_quote_layer, &gly_removed_layer, NULL
};
static const parcel_terms terms = { types, 3 };

static volatile unsigned sum;

static void read_all(gly_str s)
{
    for (uint32_t i = 0; i < s.len; i++)
        sum += (unsigned char)s.ptr[i];
}

static void read_layer(const gly_doc *d, const gly_layer *l)
{
    const gly_layer *terms_of = gly_layer_of(d, "term/1");

    for (uint32_t i = 0; i < l->count; i++) {
        const char *record = (const char *)l->records + (size_t)i * l->type->record_size;
        gly_range at;

        memcpy(&at, record, sizeof at);
        read_all(gly_slice(d->views[l->view].text, at));
        for (const gly_field *f = l->type->fields; f->name; f++)
            if (f->type == GLY_T_STR)
                read_all(*(const gly_str *)(const void *)(record + f->offset));
        if (l->type == &gly_token_layer && ((const gly_token *)l->records)[i].term != GLY_NO_REF)
            sum += ((const gly_term *)terms_of->records)[((const gly_token *)l->records)[i].term].count;
        if (l->type == &gly_block_layer)
            sum += (unsigned char)gly_block_kinds[((const gly_block *)l->records)[i].type][0];
    }
}

static void read_document(const gly_doc *d)
{
    read_all(d->uri);
    read_all(d->media);
    for (uint16_t i = 0; i < d->nviews; i++) {
        read_all(d->views[i].text);
        sum += (unsigned)document_map(d, i, (gly_range){ 0, d->views[i].text.len }, 0).end;
    }
    for (uint16_t i = 0; i < d->nlayers; i++)
        read_layer(d, d->layers[i]);
    for (uint16_t i = 0; i < d->nmeta; i++) {
        sum += (unsigned)strlen(d->meta[i].key);
        if (d->meta[i].type == GLY_T_STR)
            read_all(d->meta[i].as.s);
    }
    for (uint32_t i = 0; i < d->nnotes; i++)
        read_all(d->notes[i].text);
}

static void *push(document *d, const gly_layer_type *type, uint32_t begin, uint32_t end)
{
    gly_layer *l = document_layer_add(d, type, 1);
    char *record;

    if (l->count == l->capacity && document_layer_grow(d, l) < 0)
        abort();
    record = (char *)l->records + (size_t)l->count++ * type->record_size;
    memset(record, 0, type->record_size);
    memcpy(record, &(gly_range){ begin, end }, sizeof(gly_range));
    return record;
}

static document *honest(void)
{
    static const gly_seg segs[] = { { 0, 0, 4 }, { 4, 5, 9 } };
    gly_view view = { .name = "clean", .text = GLY_LIT("\"No,\" she said"), .segs = segs, .nsegs = 2 };
    document *d = document_new(1 << 20);

    document_begin(d, 3, GLY_LIT("a/b.txt"));
    document_enter(d, 0);
    document_raw_set(d, GLY_LIT("\"No,\"  she said"), GLY_LIT("text/plain"));
    document_enter(d, 1);
    document_view_add(d, &view);
    push(d, &gly_block_layer, 0, 14);
    *(gly_term *)push(d, &gly_term_layer, 1, 3) = (gly_term){ .at = { 1, 3 }, .text = { view.text.ptr + 1, 2 } };
    push(d, &gly_token_layer, 1, 3);
    push(d, &gly_token_layer, 6, 9);
    *(gly_quote *)push(d, &gly_quote_layer, 1, 4) = (gly_quote){ .at = { 1, 4 }, .text = GLY_LIT("No,"), .cue = GLY_LIT("said") };
    document_meta_add(d, &(gly_meta){ .key = "title", .type = GLY_T_STR, .as.s = GLY_LIT("No") });
    document_note(d, GLY_WARN, GLY_OK, (gly_range){ 0, 0 }, "short");
    if (document_leave(d) < 0)
        abort();
    return d;
}

/* The first byte says whether it is whole; each six more change an honest parcel: a
 * place, a width, a value. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    document *from = honest(), *to = document_new(1 << 20);
    parcel_mark none = { 0, 0 };
    bool whole = size == 0 || (data[0] & 1) == 0;
    char *box = malloc(MOST), *exact;
    const char *why;
    size_t length = 0;

    if (parcel_pack(from, whole ? NULL : &none, &terms, box, MOST, &length, &why) < 0)
        abort();
    for (size_t i = 1; i + 6 <= size; i += 6) {
        size_t at = (data[i] | (size_t)data[i + 1] << 8) % length, width = (size_t)1 << (data[i + 2] & 3);
        uint64_t value = data[i + 3] | (uint64_t)data[i + 4] << 8 | (uint64_t)data[i + 5] << 16;

        value = data[i + 2] & 4 ? ~value : value;
        memcpy(box + at, &value, width < length - at ? width : length - at);
    }
    exact = malloc(length);
    memcpy(exact, box, length);
    document_begin(to, 3, GLY_LIT("a/b.txt"));
    document_enter(to, 1);
    if (parcel_unpack(to, whole, &terms, exact, length) == GLY_OK && document_leave(to) == GLY_OK)
        read_document(document_face(to));
    else if (size < 7)
        abort(); /* nothing was changed */
    free(exact);
    free(box);
    document_free(from);
    document_free(to);
    return 0;
}
