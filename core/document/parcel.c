/* parcel - layout: a head, then what it points to; in a parcel a pointer is the
 * distance from the head, and 0 is none. */
#include "document/parcel.h"

#include <stdalign.h>
#include <stdatomic.h>

#include "document/private.h"

typedef struct head {
    uint64_t         ordinal;
    gly_str          uri, media;
    const gly_view  *views;
    const struct packed_layer *layers;
    const gly_meta  *meta;
    const gly_note  *notes;
    const uint16_t  *trail;
    uint32_t         nnotes;
    uint16_t         nviews, nlayers, nmeta, ntrail;
    bool             whole;
} head;

typedef struct packed_layer {
    const char *name;
    void       *records;
    uint32_t    record_size, count;
    uint16_t    view, stage;
} packed_layer;

static bool is_text(gly_type type)
{
    return type == GLY_T_STR || type == GLY_T_PATH || type == GLY_T_OUTPUT;
}

static bool is_list(gly_type type)
{
    return type == GLY_T_STRS || type == GLY_T_PATHS;
}

static const gly_field *next_field(const gly_layer_type *type, const gly_field *f)
{
    f = f ? (const void *)((const char *)f + type->field_size) : type->fields;
    return f && f->name ? f : NULL;
}

/* The type of that name, and of that size if there is one. */
static const gly_layer_type *type_of(const parcel_terms *terms, const char *name, uint32_t size)
{
    const gly_layer_type *found = NULL;

    for (size_t i = 0; terms->types[i]; i++) {
        const gly_layer_type *type = terms->types[i];

        if (gly__same_name(type->name, name) && (!found || type->record_size == size))
            found = type;
    }
    return found;
}

/* ---- packing --------------------------------------------------------------------- */

typedef struct packer {
    const document     *d;
    const parcel_terms *terms;
    char  *into;    /* shared: it is written, never read */
    size_t room, used;
    bool   full;
    size_t texts[MOST_VIEWS]; /* where those of the views are; 0: not here */
} packer;

static size_t put(packer *p, const void *bytes, size_t length, size_t align)
{
    size_t at = (p->used + (align - 1)) & ~(align - 1);

    p->full |= at > p->room || length > p->room - at;
    if (p->full || !bytes)
        return 0;
    if (length)
        memcpy(p->into + at, bytes, length);
    p->used = at + length;
    return at;
}

static void *put_array(packer *p, const void *items, size_t count, size_t size, size_t align)
{
    return count ? (void *)(uintptr_t)put(p, items, count * size, align) : NULL;
}

static gly_str put_text(packer *p, gly_str s)
{
    return (gly_str){ (const char *)put_array(p, s.ptr, s.len, 1, 1), s.len };
}

static const char *put_string(packer *p, const char *s)
{
    return s ? put_array(p, s, strlen(s) + 1, 1, 1) : NULL;
}

/* Most strings of records are slices of a text, most of them of the last. */
static gly_str put_slice(packer *p, gly_str s)
{
    for (uint16_t i = p->d->face.nviews; i-- > 0 && s.len;) {
        gly_str text = p->d->views[i].text;
        uintptr_t at = (uintptr_t)s.ptr - (uintptr_t)text.ptr;

        if (p->texts[i] && s.len <= text.len && at <= text.len - s.len)
            return (gly_str){ (const char *)(p->texts[i] + at), s.len };
    }
    return put_text(p, s);
}

static const gly_view *pack_views(packer *p, uint16_t from)
{
    gly_view views[MOST_VIEWS] = { { 0 } };

    for (uint16_t i = from; i < p->d->face.nviews; i++) {
        const gly_view *v = &p->d->views[i];

        views[i] = *v;
        views[i].name = put_string(p, v->name);
        views[i].text = put_slice(p, v->text); /* a view may be all or a part of another */
        views[i].segs = put_array(p, v->segs, v->nsegs, sizeof *v->segs, alignof(gly_seg));
        p->texts[i] = (uintptr_t)views[i].text.ptr;
    }
    return put_array(p, views + from, p->d->face.nviews - from, sizeof *views, alignof(gly_view));
}

static gly_strs put_list(packer *p, gly_strs list)
{
    size_t at = put(p, list.count ? list.items : NULL, list.count * sizeof *list.items, alignof(gly_str));

    for (uint32_t i = 0; i < list.count; i++) {
        gly_str s = put_slice(p, list.items[i]);

        if (!p->full)
            memcpy(p->into + at + i * sizeof s, &s, sizeof s);
    }
    return (gly_strs){ (const gly_str *)at, list.count };
}

/* The members that point somewhere, in the copy at `at`. */
static void pack_member(packer *p, const gly_layer *l, const gly_field *f, size_t at)
{
    size_t size = l->type->record_size;

    for (size_t place = f->offset, end = size * l->count; place < end && !p->full; place += size) {
        const char *from = (const char *)l->records + place;
        gly_str s;
        gly_strs list;

        if (is_text(f->type)) {
            memcpy(&s, from, sizeof s);
            s = put_slice(p, s);
            memcpy(p->into + at + place, &s, sizeof s);
        } else {
            memcpy(&list, from, sizeof list);
            list = put_list(p, list);
            memcpy(p->into + at + place, &list, sizeof list);
        }
    }
}

static packed_layer pack_layer(packer *p, const gly_layer *l)
{
    void *records = put_array(p, l->records, l->count, l->type->record_size, alignof(max_align_t));

    for (const gly_field *f = next_field(l->type, NULL); f && records; f = next_field(l->type, f))
        if (is_text(f->type) || is_list(f->type))
            pack_member(p, l, f, (uintptr_t)records);
    return (packed_layer){ put_string(p, l->type->name), records, l->type->record_size, l->count, l->view, l->stage };
}

static gly_status pack_layers(packer *p, bool whole, head *h, const char **why)
{
    packed_layer layers[MOST_LAYERS] = { { 0 } };

    for (uint16_t i = 0; i < p->d->face.nlayers; i++) {
        const gly_layer *l = p->d->layers[i];
        bool known = type_of(p->terms, l->type->name, l->type->record_size) != NULL;

        if (known && (whole || l->stage == p->d->stage))
            layers[h->nlayers++] = pack_layer(p, l);
        if (known || whole || l->stage != p->d->stage)
            continue;
        *why = "it wrote a layer that is not in its 'layers'; this is a bug of the stage";
        return GLY_ESTATE;
    }
    h->layers = put_array(p, layers, h->nlayers, sizeof *layers, alignof(packed_layer));
    return GLY_OK;
}

static void pack_meta(packer *p, bool whole, head *h)
{
    gly_meta meta[MOST_META];

    for (uint16_t i = 0; i < p->d->face.nmeta; i++) {
        gly_meta m = p->d->meta[i];

        if (!whole && m.stage != p->d->stage)
            continue;
        m.key = put_string(p, m.key);
        if (m.type == GLY_T_STR)
            m.as.s = put_text(p, m.as.s);
        meta[h->nmeta++] = m;
    }
    h->meta = put_array(p, meta, h->nmeta, sizeof *meta, alignof(gly_meta));
}

/* A note's text is a string as well: the byte after it is 0. */
static void pack_notes(packer *p, uint32_t from, head *h)
{
    size_t at;

    h->nnotes = p->d->face.nnotes - from;
    h->notes = put_array(p, p->d->notes + from, h->nnotes, sizeof *h->notes, alignof(gly_note));
    at = (uintptr_t)h->notes;
    for (uint32_t i = 0; i < h->nnotes && !p->full; i++) {
        gly_note note = p->d->notes[from + i];

        note.text.ptr = put_array(p, note.text.ptr, (size_t)note.text.len + 1, 1, 1);
        if (!p->full)
            memcpy(p->into + at + i * sizeof note, &note, sizeof note);
    }
}

parcel_mark parcel_begin(const document *d)
{
    return (parcel_mark){ d->face.nviews, d->face.nnotes };
}

gly_status parcel_pack(const document *d, const parcel_mark *since, const parcel_terms *terms,
                       char *into, size_t room, size_t *length, const char **why)
{
    packer p = { .d = d, .terms = terms, .into = into, .room = room, .used = sizeof(head), .full = room < sizeof(head) };
    parcel_mark from = since ? *since : (parcel_mark){ 0, 0 };
    head h = { .ordinal = d->face.ordinal, .whole = !since, .nviews = (uint16_t)(d->face.nviews - from.views),
               .ntrail = since ? 0 : d->face.ntrail };
    gly_status status;

    *why = "there is no room for it on its way to the network and back; raise 'memory' in run = { }";
    h.uri = put_text(&p, d->face.uri);
    h.media = put_text(&p, d->face.media);
    h.views = pack_views(&p, from.views);
    status = pack_layers(&p, !since, &h, why);
    pack_meta(&p, !since, &h);
    pack_notes(&p, from.notes, &h);
    h.trail = put_array(&p, d->trail, h.ntrail, sizeof *d->trail, alignof(uint16_t));
    if (p.full)
        return GLY_ENOMEM;
    memcpy(into, &h, sizeof h);
    *length = p.used;
    return status;
}

/* ---- unpacking ------------------------------------------------------------------- */

typedef struct opened {
    document           *d;
    const parcel_terms *terms;
    const char *base; /* a copy of our own; what lies in it may overlap, so nothing is changed there */
    size_t length;
    bool   good;    /* nothing was found that cannot be */
} opened;

/* What lies at that distance; NULL: nothing. */
static const void *there(opened *o, const void *distance, size_t count, size_t size, size_t align)
{
    size_t at = (uintptr_t)distance;

    if (count == 0)
        return NULL;
    if (at == 0 || at % align || at > o->length || count > (o->length - at) / size) {
        o->good = false;
        return NULL;
    }
    return o->base + at;
}

static gly_str open_text(opened *o, gly_str s)
{
    const char *at = there(o, s.ptr, s.len, 1, 1);

    return (gly_str){ at ? at : "", at ? s.len : 0 };
}

/* NULL when there is none. */
static const char *open_string(opened *o, const char *distance)
{
    size_t at = (uintptr_t)distance;

    if (at == 0)
        return NULL;
    if (at < o->length && memchr(o->base + at, '\0', o->length - at))
        return o->base + at;
    o->good = false;
    return NULL;
}

static gly_status open_views(opened *o, const head *h, uint16_t stage)
{
    const gly_view *views = there(o, h->views, h->nviews, sizeof *views, alignof(gly_view));
    gly_status status = GLY_OK;

    for (uint16_t i = 0; views && i < h->nviews && status == GLY_OK; i++) {
        gly_view v = views[i];

        v.name = open_string(o, v.name);
        v.text = open_text(o, v.text);
        v.segs = there(o, v.segs, v.nsegs, sizeof *v.segs, alignof(gly_seg));
        o->d->stage = h->whole ? v.stage : stage;
        if (!o->good || o->d->stage >= o->terms->stages)
            return GLY_ESTATE;
        status = o->d->face.nviews ? document_view_add(o->d, &v) : document_raw_set(o->d, v.text, h->media);
    }
    return status;
}

static bool open_list(opened *o, gly_strs *list)
{
    const gly_str *packed = there(o, list->items, list->count, sizeof *packed, alignof(gly_str));
    gly_str *items = packed ? GLY_NEWN(&o->d->memory.face, gly_str, list->count) : NULL;

    o->good &= !packed || items;
    for (uint32_t i = 0; items && i < list->count; i++)
        items[i] = open_text(o, packed[i]);
    *list = (gly_strs){ items, items ? list->count : 0 };
    return o->good;
}

static uint32_t count_choices(const gly_field *f)
{
    uint32_t count = 0;

    while (f->choices && f->choices[count])
        count++;
    return count;
}

/* One member of one record: pointers are put right, values held against its table. */
static bool open_member(opened *o, const gly_field *f, char *member, uint32_t most)
{
    gly_str s;
    gly_strs list;
    uint32_t number;

    switch (f->type) {
    case GLY_T_STR: case GLY_T_PATH: case GLY_T_OUTPUT:
        memcpy(&s, member, sizeof s);
        s = open_text(o, s);
        memcpy(member, &s, sizeof s);
        return o->good;
    case GLY_T_STRS: case GLY_T_PATHS:
        memcpy(&list, member, sizeof list);
        open_list(o, &list);
        memcpy(member, &list, sizeof list);
        return o->good;
    case GLY_T_BOOL:
        return (unsigned char)*member <= 1;
    case GLY_T_ENUM:
        memcpy(&number, member, sizeof number);
        return !f->choices || number < most;
    case GLY_T_REF:
        memcpy(&number, member, sizeof number);
        if (number >= most)
            memcpy(member, &(uint32_t){ GLY_NO_REF }, sizeof number);
        return true;
    default:
        return true;
    }
}

static bool open_members(opened *o, gly_layer *l)
{
    size_t size = l->type->record_size;

    for (const gly_field *f = next_field(l->type, NULL); f && l->count; f = next_field(l->type, f)) {
        const gly_layer *target = f->type == GLY_T_REF && f->choices ? gly_layer_of(&o->d->face, f->choices[0]) : NULL;
        uint32_t most = f->type == GLY_T_ENUM ? count_choices(f) : target ? target->count : 0;

        for (uint32_t i = 0; i < l->count; i++)
            if (!open_member(o, f, (char *)l->records + i * size + f->offset, most))
                return false;
    }
    return true;
}

/* A stage may be built with an older or a newer table of this layer than is known here:
 * members are only ever added. Records keep their size, or get that of the known ones
 * where it is larger; what is not known of them, or not there, is 0. */
static const gly_layer_type *fit_type(opened *o, const gly_layer_type *known, uint32_t size)
{
    gly_layer_type *type;

    if (size <= known->record_size)
        return known;
    type = GLY_NEW(&o->d->memory.face, gly_layer_type);
    if (!type)
        return NULL;
    *type = *known;
    type->record_size = size;
    return type;
}

static void *fit_records(opened *o, const char *records, const packed_layer *from, const gly_layer_type *known)
{
    size_t had = from->record_size, knows = known->record_size;
    size_t size = had > knows ? had : knows, same = had < knows ? had : knows;
    char *fitted = gly_alloc_n(&o->d->memory.face, from->count, size, alignof(max_align_t));

    for (size_t i = 0; fitted && i < from->count; i++) {
        memcpy(fitted + i * size, records + i * had, same);
        memset(fitted + i * size + same, 0, size - same);
    }
    return fitted;
}

/* Whether records of that size can lie one behind the other. */
static bool is_record_size(uint32_t size, const gly_layer_type *known)
{
    return size >= sizeof(gly_range) && size <= UINT16_MAX && size % (known->record_size % 8 ? 4 : 8) == 0;
}

static gly_status open_layer(opened *o, const packed_layer *from)
{
    const char *name = open_string(o, from->name);
    const gly_layer_type *known = name ? type_of(o->terms, name, from->record_size) : NULL, *type;
    const char *records;
    gly_layer *l;

    if (!known || !is_record_size(from->record_size, known) || o->d->stage >= o->terms->stages)
        return GLY_ESTATE;
    type = fit_type(o, known, from->record_size);
    l = type ? document_layer_add(o->d, type, from->view) : NULL;
    if (!l)
        return o->d->reason[0] ? GLY_ESTATE : GLY_ENOMEM;
    if (l->type->record_size != type->record_size) /* it is there twice */
        return GLY_ESTATE;
    records = there(o, from->records, from->count, from->record_size, alignof(max_align_t));
    l->records = records ? fit_records(o, records, from, known) : NULL;
    l->count = l->capacity = l->records ? from->count : 0;
    return !o->good ? GLY_ESTATE : l->count == from->count ? GLY_OK : GLY_ENOMEM;
}

/* References lead from layer to layer, so all are there before one is looked into. */
static gly_status open_layers(opened *o, const head *h, uint16_t stage)
{
    const packed_layer *layers = there(o, h->layers, h->nlayers, sizeof *layers, alignof(packed_layer));
    gly_status status = GLY_OK;

    for (uint16_t i = 0; layers && i < h->nlayers && status == GLY_OK; i++) {
        o->d->stage = h->whole ? layers[i].stage : stage;
        status = open_layer(o, &layers[i]);
    }
    for (uint16_t i = 0; i < o->d->face.nlayers && status == GLY_OK; i++)
        if (o->d->written >> i & 1 && !open_members(o, o->d->layers[i]))
            status = GLY_ESTATE;
    return status;
}

static gly_status open_meta(opened *o, const head *h, uint16_t stage)
{
    const gly_meta *meta = there(o, h->meta, h->nmeta, sizeof *meta, alignof(gly_meta));
    gly_status status = GLY_OK;

    for (uint16_t i = 0; meta && i < h->nmeta && status == GLY_OK; i++) {
        unsigned char truth;
        gly_meta m;

        memcpy(&m, &meta[i], sizeof m);
        memcpy(&truth, &m.as, sizeof truth);
        m.key = open_string(o, m.key);
        if (m.type == GLY_T_BOOL)
            m.as.b = truth != 0;
        else if (m.type == GLY_T_STR)
            m.as.s = open_text(o, m.as.s);
        o->d->stage = h->whole ? m.stage : stage;
        if (!o->good || !m.key || (m.type > GLY_T_INT && m.type != GLY_T_REAL && m.type != GLY_T_STR) || !m.type ||
            o->d->stage >= o->terms->stages)
            return GLY_ESTATE;
        status = document_meta_add(o->d, &m);
    }
    return status;
}

static gly_status open_notes(opened *o, const head *h, uint16_t stage)
{
    const gly_note *notes = there(o, h->notes, h->nnotes, sizeof *notes, alignof(gly_note));
    gly_status status = GLY_OK;

    for (uint32_t i = 0; notes && i < h->nnotes && status == GLY_OK; i++) {
        const char *text = open_string(o, notes[i].text.ptr);

        o->d->stage = h->whole ? notes[i].stage : stage;
        if (!text || (unsigned)notes[i].severity > GLY_ERROR || o->d->stage >= o->terms->stages)
            return GLY_ESTATE;
        status = document_note(o->d, notes[i].severity, notes[i].status, notes[i].where, text);
    }
    return status;
}

static gly_status open_trail(opened *o, const head *h)
{
    const uint16_t *trail = there(o, h->trail, h->ntrail, sizeof *trail, alignof(uint16_t));

    for (uint16_t i = 0; trail && i < h->ntrail; i++)
        if (i == MOST_TRAIL || trail[i] >= o->terms->stages)
            return GLY_ESTATE;
    if (trail && h->whole) {
        memcpy(o->d->trail, trail, h->ntrail * sizeof *trail);
        o->d->face.ntrail = h->ntrail;
    }
    return o->good ? GLY_OK : GLY_ESTATE;
}

static gly_status open_names(opened *o, const head *h)
{
    gly_status status = GLY_OK;

    if (!gly_str_eq(h->uri, o->d->face.uri))
        status = document_uri_set(o->d, h->uri);
    if (status == GLY_OK && !gly_str_eq(h->media, o->d->face.media))
        status = document_media_set(o->d, h->media);
    return status;
}

static gly_status open_all(opened *o, head *h)
{
    uint16_t stage = o->d->stage;
    gly_status status;

    h->uri = open_text(o, h->uri);
    h->media = open_text(o, h->media);
    status = open_views(o, h, stage);
    if (status == GLY_OK)
        status = open_names(o, h);
    if (status == GLY_OK)
        status = open_layers(o, h, stage);
    if (status == GLY_OK)
        status = open_meta(o, h, stage);
    if (status == GLY_OK)
        status = open_notes(o, h, stage);
    if (status == GLY_OK)
        status = open_trail(o, h);
    o->d->stage = stage;
    return status == GLY_OK && !o->good ? GLY_ESTATE : status;
}

/* Nothing that the other side does to its memory from here on is seen. */
static char *copy_out(document *d, const char *bytes, size_t length)
{
    char *copy = gly_alloc(&d->memory.face, length, alignof(max_align_t));

    if (copy)
        memcpy(copy, bytes, length);
    atomic_signal_fence(memory_order_seq_cst);
    return copy;
}

gly_status parcel_unpack(document *d, bool whole, const parcel_terms *terms, const char *bytes, size_t length)
{
    opened o = { .d = d, .terms = terms, .length = length, .good = true };
    head h;

    if (length < sizeof h)
        return GLY_ESTATE;
    if (whole)
        document_begin(d, 0, GLY_LIT(""));
    o.base = copy_out(d, bytes, length);
    if (!o.base)
        return GLY_ENOMEM;
    memcpy(&h, o.base, sizeof h);
    if (*(const unsigned char *)(o.base + offsetof(head, whole)) != whole)
        return GLY_ESTATE;
    if (whole)
        d->face.ordinal = h.ordinal;
    return open_all(&o, &h);
}
