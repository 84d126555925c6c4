/* document - one input on its way: views, metadata, notes, and who wrote what. */
#include "document/private.h"

#include <stdlib.h>
#include <stdio.h>

document *document_new(size_t memory_limit)
{
    document *d = calloc(1, sizeof *d);

    if (!d)
        return NULL;
    arena_init(&d->memory, memory_limit);
    arena_init(&d->scratch, memory_limit);
    d->memory.beside = &d->scratch; /* the two share the limit */
    d->scratch.beside = &d->memory;
    document_begin(d, 0, GLY_LIT(""));
    return d;
}

void document_free(document *d)
{
    if (!d)
        return;
    arena_free(&d->memory);
    arena_free(&d->scratch);
    free(d);
}

void document_begin(document *d, uint64_t ordinal, gly_str uri)
{
    layers_remember(d);
    arena_clear(&d->memory);
    arena_clear(&d->scratch);
    d->notes = NULL;
    d->notes_capacity = 0;
    d->stage = 0;
    d->written = 0;
    d->reason[0] = '\0';
    d->reason_at = (gly_range){ 0, 0 };
    d->face = (gly_doc){
        .size = sizeof(gly_doc), .ordinal = ordinal,
        .arena = &d->memory.face, .scratch = &d->scratch.face,
        .views = d->views, .layers = (const gly_layer *const *)d->layers,
        .meta = d->meta, .trail = d->trail,
        .text = GLY_LIT(""), .media = GLY_LIT(""),
    };
    d->face.uri = document_copy(d, uri);
}

gly_doc *document_face(document *d)
{
    return &d->face;
}

document *document_of(gly_doc *face)
{
    return (document *)face;
}

gly_str document_copy(document *d, gly_str s)
{
    char *copy = GLY_NEWN(&d->memory.face, char, (size_t)s.len + 1);

    if (!copy)
        return (gly_str){ NULL, 0 };
    if (s.len)
        memcpy(copy, s.ptr, s.len);
    copy[s.len] = '\0';
    return (gly_str){ copy, s.len };
}

void document_enter(document *d, uint16_t stage)
{
    d->stage = stage;
    d->written = 0;
    if (d->face.ntrail < MOST_TRAIL)
        d->trail[d->face.ntrail++] = stage;
}

gly_status document_leave(document *d)
{
    gly_status status = GLY_OK;

    for (uint16_t i = 0; i < d->face.nlayers && status == GLY_OK; i++)
        if (d->written >> i & 1)
            status = layer_settle(d, d->layers[i]);
    d->written = 0;
    arena_clear(&d->scratch);
    return status;
}

const char *document_reason(const document *d)
{
    return d->reason;
}

gly_range document_reason_at(const document *d)
{
    return d->reason_at;
}

size_t document_memory(const document *d)
{
    return arena_used(&d->memory);
}

gly_status document_fail(document *d, gly_status status, gly_range at, const char *msg)
{
    snprintf(d->reason, sizeof d->reason, "%s", msg);
    d->reason_at = at;
    return status;
}

gly_status document_note(document *d, gly_level level, gly_status status, gly_range at,
                         const char *msg)
{
    gly_str text;

    if (d->face.nnotes >= MOST_NOTES)
        return GLY_OK; /* a thousand remarks on one document say enough */
    if (d->face.nnotes == d->notes_capacity) {
        uint32_t capacity = d->notes_capacity ? d->notes_capacity * 2 : 8;
        gly_note *notes = GLY_NEWN(&d->memory.face, gly_note, capacity);

        if (!notes)
            return GLY_ENOMEM;
        if (d->face.nnotes)
            memcpy(notes, d->notes, d->face.nnotes * sizeof *notes);
        d->notes = notes;
        d->notes_capacity = capacity;
        d->face.notes = notes;
    }
    text = document_copy(d, (gly_str){ msg, (uint32_t)strlen(msg) });
    if (!text.ptr)
        return GLY_ENOMEM;
    d->notes[d->face.nnotes++] = (gly_note){ level, status, d->stage, at, text };
    return GLY_OK;
}

gly_status document_uri_set(document *d, gly_str uri)
{
    gly_str copy = document_copy(d, uri);

    if (!copy.ptr)
        return GLY_ENOMEM;
    d->face.uri = copy;
    return GLY_OK;
}

gly_status document_media_set(document *d, gly_str media)
{
    gly_str copy = document_copy(d, media);

    if (!copy.ptr)
        return GLY_ENOMEM;
    d->face.media = copy;
    return GLY_OK;
}

static gly_status meta_put(document *d, const gly_meta *m)
{
    gly_meta copy = *m;
    char *key;

    if (d->face.nmeta == MOST_META)
        return document_fail(d, GLY_ESTATE, m->where, "the stage set more than 256 metadata values");
    key = (char *)(uintptr_t)document_copy(d, (gly_str){ m->key, (uint32_t)strlen(m->key) }).ptr;
    if (!key)
        return GLY_ENOMEM;
    copy.key = key;
    copy.stage = d->stage;
    if (m->type == GLY_T_STR) {
        copy.as.s = document_copy(d, m->as.s);
        if (!copy.as.s.ptr)
            return GLY_ENOMEM;
    }
    d->meta[d->face.nmeta++] = copy;
    return GLY_OK;
}

static void meta_drop(document *d, const char *key)
{
    uint16_t kept = 0;

    for (uint16_t i = 0; i < d->face.nmeta; i++)
        if (strcmp(d->meta[i].key, key) != 0)
            d->meta[kept++] = d->meta[i];
    d->face.nmeta = kept;
}

gly_status document_meta_set(document *d, const gly_meta *m)
{
    const gly_meta *old = gly_meta_next(&d->face, m->key, NULL);

    if (old && old->confidence > m->confidence)
        return GLY_OK;
    meta_drop(d, m->key);
    return meta_put(d, m);
}

gly_status document_meta_add(document *d, const gly_meta *m)
{
    const gly_meta *old = gly_meta_next(&d->face, m->key, NULL);

    if (old && old->stage == d->stage)
        return meta_put(d, m);
    return document_meta_set(d, m);
}
