/* record - a table of keys in order; each has a function that writes its value
 * or nothing. */
#include "record.h"

#include <nettle/sha2.h>

#include "described.h"
#include "kit/identity.h"
#include "kit/json.h"
#include "kit/offsets.h"

typedef struct writer {
    json                  out;
    offsets               places;
    const record_options *options;
    const gly_host       *host;
    gly_stage            *stage;
    const gly_doc        *doc;
    const char           *key; /* the one being written */
} writer;

static gly_str text_of(const char *s)
{
    return (gly_str){ s, (uint32_t)strlen(s) };
}

static inline void member(writer *w, const char *key, gly_str value)
{
    if (value.len == 0)
        return;
    json_key(&w->out, key);
    json_string(&w->out, value);
}

static void member_int(writer *w, const char *key, int64_t value)
{
    json_key(&w->out, key);
    json_int(&w->out, value);
}

static void source_span(writer *w, uint16_t view, gly_range at)
{
    gly_range raw = w->host->map(w->doc, view, at, 0);

    json_key(&w->out, "source");
    json_open(&w->out, '[');
    json_int(&w->out, raw.begin);
    json_int(&w->out, raw.end);
    json_close(&w->out, ']');
}

static void span(writer *w, gly_range at)
{
    json_span(&w->out, offsets_at(&w->places, at.begin), offsets_at(&w->places, at.end));
    if (w->options->source_offsets)
        source_span(w, w->doc->current, at);
}

static gly_str words(const writer *w, gly_range at)
{
    return gly_slice(w->doc->text, at);
}

/* ---- what the record says of the input ------------------------------------- */

static void write_schema(writer *w)
{
    member(w, w->key, GLY_LIT("galley.article/1"));
}

static void write_id(writer *w)
{
    gly_str own = w->options->answers ? gly_meta_str(w->doc, "id_json") : (gly_str){ NULL, 0 };
    char hex[IDENTITY_LENGTH + 1];

    if (own.len) {
        json_key(&w->out, w->key);
        json_value(&w->out, own);
        return;
    }
    identity_of(w->doc->uri, hex);
    member(w, w->key, text_of(hex));
}

static void write_uri(writer *w)
{
    json_key(&w->out, w->key);
    json_string(&w->out, w->doc->uri);
}

static void write_media(writer *w)
{
    json_key(&w->out, w->key);
    json_string(&w->out, w->doc->media);
}

static gly_str raw_bytes(const writer *w)
{
    return w->doc->nviews ? w->doc->views[0].text : (gly_str){ NULL, 0 };
}

static void write_sha256(writer *w)
{
    gly_str raw = raw_bytes(w);
    struct sha256_ctx hash;
    uint8_t digest[SHA256_DIGEST_SIZE];
    char hex[2 * SHA256_DIGEST_SIZE + 1];

    sha256_init(&hash);
    sha256_update(&hash, raw.len, (const uint8_t *)raw.ptr);
    sha256_digest(&hash, sizeof digest, digest);
    identity_hex(digest, sizeof digest, hex);
    member(w, w->key, text_of(hex));
}

static void write_bytes(writer *w)
{
    member_int(w, w->key, raw_bytes(w).len);
}

static void write_meta(writer *w)
{
    member(w, w->key, gly_meta_str(w->doc, w->key));
}

static void write_authors(writer *w) { described_list(&w->out, w->doc, w->key, "author"); }
static void write_tags(writer *w)    { described_list(&w->out, w->doc, w->key, "tag"); }
static void write_flag(writer *w)    { described_flag(&w->out, w->doc, w->key); }

static void write_origins(writer *w)
{
    if (w->options->metadata_origins)
        described_origins(&w->out, w->host, w->stage, w->doc, w->key);
}

static void write_text(writer *w)
{
    json_key(&w->out, w->key);
    json_string(&w->out, w->doc->text);
}

/* ---- layers ------------------------------------------------------------------ */

/* A layer over the text as it is written, or NULL when it has nothing to say. */
static const gly_layer *filled(const writer *w, const char *name)
{
    const gly_layer *l = gly_layer_of(w->doc, name);

    return l && l->count && l->view == w->doc->current ? l : NULL;
}

/* Walks a layer: opens an object for each record, calls `one` on it. */
static void each(writer *w, const char *layer, void (*one)(writer *, const void *))
{
    const gly_layer *l = filled(w, layer);

    if (!l)
        return;
    json_key(&w->out, w->key);
    json_open(&w->out, '[');
    for (uint32_t i = 0; i < l->count; i++) {
        json_open(&w->out, '{');
        one(w, (const char *)l->records + (size_t)i * l->type->record_size);
        json_close(&w->out, '}');
    }
    json_close(&w->out, ']');
}

static void one_block(writer *w, const void *record)
{
    const gly_block *b = record;

    if (b->type >= 0 && b->type < GLY_BLOCK_KINDS)
        member(w, "type", text_of(gly_block_kinds[b->type]));
    span(w, b->at);
    if (b->level)
        member_int(w, "level", b->level);
}

static void one_sentence(writer *w, const void *record)
{
    span(w, ((const gly_sentence *)record)->at);
}

static void one_quote(writer *w, const void *record)
{
    const gly_quote *q = record;

    span(w, q->at);
    json_key(&w->out, "text");
    json_string(&w->out, q->text);
    member(w, "speaker", q->speaker);
    member(w, "name", q->name);
    member(w, "role", q->role);
    member(w, "organisation", q->organisation);
    member(w, "cue", q->cue);
    member(w, "kind", text_of(gly_quote_kinds[q->kind == GLY_QUOTE_INDIRECT]));
}

static void one_acronym(writer *w, const void *record)
{
    const gly_acronym *a = record;

    member(w, "short", a->short_form);
    member(w, "long", a->long_form);
    span(w, a->at);
}

static void one_entity(writer *w, const void *record)
{
    const gly_entity *e = record;

    if (e->type >= 0 && e->type < GLY_ENTITY_KINDS)
        member(w, "type", text_of(gly_entity_kinds[e->type]));
    member(w, "text", words(w, e->at));
    span(w, e->at);
}

static void one_mention(writer *w, const void *record)
{
    const gly_mention *m = record;

    if (m->type >= 0 && m->type < GLY_MENTION_KINDS)
        member(w, "type", text_of(gly_mention_kinds[m->type]));
    member(w, "text", words(w, m->at));
    span(w, m->at);
}

static void one_date(writer *w, const void *record)
{
    const gly_date *d = record;

    member(w, "text", words(w, d->at));
    member(w, "value", d->value);
    span(w, d->at);
}

static void one_amount(writer *w, const void *record)
{
    const gly_amount *a = record;

    member(w, "text", words(w, a->at));
    json_key(&w->out, "value");
    json_real(&w->out, a->value);
    member(w, "unit", a->unit);
    span(w, a->at);
}

static void write_blocks(writer *w)    { each(w, "block/1", one_block); }
static void write_sentences(writer *w) { each(w, "sentence/1", one_sentence); }
static void write_quotes(writer *w)    { each(w, "quote/1", one_quote); }
static void write_acronyms(writer *w)  { each(w, "acronym/1", one_acronym); }
static void write_entities(writer *w)  { each(w, "entity/1", one_entity); }
static void write_mentions(writer *w)  { each(w, "mention/1", one_mention); }
static void write_dates(writer *w)     { each(w, "date/1", one_date); }
static void write_amounts(writer *w)   { each(w, "amount/1", one_amount); }

static void write_keywords(writer *w)
{
    const gly_layer *l = filled(w, "keyword/1");
    const gly_keyword *records = GLY_RECORDS(l, gly_keyword);
    const gly_keyword **ranked = l ? GLY_NEWN(w->out.arena, const gly_keyword *, l->count) : NULL;

    if (!ranked)
        return;
    memset(ranked, 0, l->count * sizeof *ranked);
    for (uint32_t i = 0; i < l->count; i++)
        if (records[i].rank < l->count)
            ranked[records[i].rank] = &records[i];
    json_key(&w->out, w->key);
    json_open(&w->out, '[');
    for (uint32_t i = 0; i < l->count; i++) {
        if (!ranked[i])
            continue;
        json_open(&w->out, '{');
        member(w, "text", ranked[i]->text);
        json_key(&w->out, "score");
        json_real(&w->out, ranked[i]->score);
        json_close(&w->out, '}');
    }
    json_close(&w->out, ']');
}

/* The chosen sentences, parted by a space. */
static gly_str summary_text(writer *w, const gly_layer *l)
{
    const gly_summary *s = GLY_RECORDS(l, gly_summary);
    size_t length = 0;
    char *text;

    for (uint32_t i = 0; i < l->count; i++)
        length += s[i].at.end - s[i].at.begin + 1u;
    text = gly_alloc(w->out.arena, length, 1);
    length = 0;
    for (uint32_t i = 0; text && i < l->count; i++) {
        gly_str sentence = words(w, s[i].at);

        if (i)
            text[length++] = ' ';
        memcpy(text + length, sentence.ptr, sentence.len);
        length += sentence.len;
    }
    return (gly_str){ text, text ? (uint32_t)length : 0 };
}

static void write_summary(writer *w)
{
    const gly_layer *l = filled(w, "summary/1");

    if (!l)
        return;
    json_key(&w->out, w->key);
    json_open(&w->out, '{');
    member(w, "text", summary_text(w, l));
    json_key(&w->out, "sentences");
    json_open(&w->out, '[');
    for (uint32_t i = 0; i < l->count; i++)
        if (GLY_RECORDS(l, gly_summary)[i].sentence != GLY_NO_REF)
            json_int(&w->out, GLY_RECORDS(l, gly_summary)[i].sentence);
    json_close(&w->out, ']');
    json_close(&w->out, '}');
}

/* start and end are bytes of the fetched file: the words are not in `text`. */
static void write_removed(writer *w)
{
    const gly_layer *l = gly_layer_of(w->doc, "removed/1");

    if (GLY_COUNT(l) == 0)
        return;
    json_key(&w->out, w->key);
    json_open(&w->out, '[');
    for (uint32_t i = 0; i < l->count; i++) {
        const gly_removed *r = &GLY_RECORDS(l, gly_removed)[i];
        gly_range raw = w->host->map(w->doc, l->view, r->at, 0);

        json_open(&w->out, '{');
        json_key(&w->out, "text");
        json_string(&w->out, r->words.len ? r->words : gly_slice(w->doc->views[l->view].text, r->at));
        member(w, "rule", r->rule);
        json_span(&w->out, raw.begin, raw.end);
        json_close(&w->out, '}');
    }
    json_close(&w->out, ']');
}

static void write_stats(writer *w)
{
    const gly_layer *l = gly_layer_of(w->doc, "stats/1");
    const gly_stats *s = GLY_RECORDS(l, gly_stats);

    if (GLY_COUNT(l) == 0)
        return;
    json_key(&w->out, w->key);
    json_open(&w->out, '{');
    member_int(w, "words", s->words);
    member_int(w, "sentences", s->sentences);
    member_int(w, "paragraphs", s->paragraphs);
    member_int(w, "reading_seconds", s->reading_seconds);
    json_close(&w->out, '}');
}

static void write_notes(writer *w)
{
    static const char *const names[] = { "debug", "info", "warning", "error" };

    if (w->doc->nnotes == 0)
        return;
    json_key(&w->out, w->key);
    json_open(&w->out, '[');
    for (uint32_t i = 0; i < w->doc->nnotes; i++) {
        const gly_note *n = &w->doc->notes[i];
        const gly_stage_info *by = w->host->stage_info(w->stage, n->stage);

        json_open(&w->out, '{');
        member(w, "severity", text_of(names[n->severity & 3]));
        if (by)
            member(w, "stage", text_of(by->use));
        member(w, "text", n->text);
        json_close(&w->out, '}');
    }
    json_close(&w->out, ']');
}

static void write_stages(writer *w)
{
    if (w->doc->ntrail == 0)
        return;
    json_key(&w->out, w->key);
    json_open(&w->out, '[');
    for (uint16_t i = 0; i < w->doc->ntrail; i++) {
        const gly_stage_info *by = w->host->stage_info(w->stage, w->doc->trail[i]);

        if (!by)
            continue;
        json_open(&w->out, '{');
        member(w, "use", text_of(by->use));
        member(w, "version", text_of(by->version));
        json_close(&w->out, '}');
    }
    json_close(&w->out, ']');
}

/* ---- layers that this stage has never heard of ------------------------------- */

static bool is_standard(const char *layer)
{
    static const char *const names[] = {
        "block/1", "sentence/1", "quote/1", "acronym/1", "entity/1", "mention/1", "date/1",
        "amount/1", "keyword/1", "summary/1", "removed/1", "stats/1", NULL
    };

    for (const char *const *n = names; *n; n++)
        if (gly__same_name(*n, layer))
            return true;
    return false;
}

/* Where a record stands in the text; a layer over an older text has only its
 * place in the source. */
static void place(writer *w, const gly_layer *l, gly_range at)
{
    if (l->view == w->doc->current)
        span(w, at);
    else
        source_span(w, l->view, at);
}

/* Names of layers and fields are another's: they may hold anything. */
static void field_key(writer *w, const char *name)
{
    json_key_of(&w->out, name, strlen(name));
}

static void field_text(writer *w, const char *name, gly_str value)
{
    if (value.len == 0)
        return;
    field_key(w, name);
    json_string(&w->out, value);
}

static void field_int(writer *w, const char *name, int64_t value)
{
    field_key(w, name);
    json_int(&w->out, value);
}

static void field_choice(writer *w, const gly_field *f, uint32_t number)
{
    for (uint32_t i = 0; f->choices && f->choices[i]; i++)
        if (i == number)
            field_text(w, f->name, text_of(f->choices[i]));
}

static void field_list(writer *w, const char *name, gly_strs list)
{
    if (list.count == 0)
        return;
    field_key(w, name);
    json_open(&w->out, '[');
    for (uint32_t i = 0; i < list.count; i++)
        json_string(&w->out, list.items[i]);
    json_close(&w->out, ']');
}

/* {0,0} stands for no place, and then there is nothing to write. */
static void field_range(writer *w, const gly_layer *l, const char *name, gly_range at)
{
    if (at.begin == at.end)
        return;
    field_key(w, name);
    json_open(&w->out, '{');
    place(w, l, at);
    json_close(&w->out, '}');
}

/* The value of one field; records need not be aligned for it. */
static void field(writer *w, const gly_layer *l, const gly_field *f, const char *at)
{
    union {
        bool      b;
        int64_t   i;
        double    r;
        uint32_t  number;
        gly_str   s;
        gly_strs  list;
        gly_range range;
    } v;

#define READ(m) memcpy(&v.m, at, sizeof v.m)
    switch (f->type) {
    case GLY_T_BOOL:
        field_key(w, f->name);
        json_bool(&w->out, *at != 0);
        break;
    case GLY_T_INT:
    case GLY_T_TIME:
    case GLY_T_SIZE:
        READ(i);
        field_int(w, f->name, v.i);
        break;
    case GLY_T_REAL:
        READ(r);
        field_key(w, f->name);
        json_real(&w->out, v.r);
        break;
    case GLY_T_STR:
    case GLY_T_PATH:
    case GLY_T_OUTPUT:
        READ(s);
        field_text(w, f->name, v.s);
        break;
    case GLY_T_STRS:
    case GLY_T_PATHS:
        READ(list);
        field_list(w, f->name, v.list);
        break;
    case GLY_T_RANGE:
        READ(range);
        field_range(w, l, f->name, v.range);
        break;
    case GLY_T_ENUM:
        READ(number);
        field_choice(w, f, v.number);
        break;
    case GLY_T_U32:
    case GLY_T_REF:
        READ(number);
        if (f->type == GLY_T_U32 || v.number != GLY_NO_REF)
            field_int(w, f->name, v.number);
        break;
    }
#undef READ
}

static void generic_record(writer *w, const gly_layer *l, const char *record)
{
    const gly_range *at = (const void *)record;
    const char *f = (const void *)l->type->fields;

    json_open(&w->out, '{');
    place(w, l, *at);
    for (; f && ((const gly_field *)(const void *)f)->name; f += l->type->field_size) {
        const gly_field *one = (const void *)f;

        field(w, l, one, record + one->offset);
    }
    json_close(&w->out, '}');
}

static void write_layers(writer *w)
{
    bool opened = false;

    for (uint16_t i = 0; i < w->doc->nlayers; i++) {
        const gly_layer *l = w->doc->layers[i];

        if (l->count == 0 || l->type->flags & GLY_LAYER_WORK || is_standard(l->type->name))
            continue;
        if (!opened) {
            json_key(&w->out, w->key);
            json_open(&w->out, '{');
        }
        opened = true;
        field_key(w, l->type->name);
        json_open(&w->out, '[');
        for (uint32_t r = 0; r < l->count; r++)
            generic_record(w, l, (const char *)l->records + (size_t)r * l->type->record_size);
        json_close(&w->out, ']');
    }
    if (opened)
        json_close(&w->out, '}');
}

/* ---- the whole ---------------------------------------------------------------- */

const char *const record_keys[] = {
    "schema", "id", "uri", "media", "charset", "sha256", "bytes", "title", "authors", "published",
    "site", "url", "lang", "modified", "description", "image", "section", "tags", "licence",
    "paywalled", "listing", "origins", "text", "blocks", "sentences", "quotes", "acronyms", "entities",
    "mentions", "dates", "amounts", "keywords", "summary", "removed", "layers", "stats", "notes", "stages", NULL
};

static void (*const writers[])(writer *) = { /* in the order of record_keys */
    write_schema, write_id, write_uri, write_media, write_meta, write_sha256, write_bytes, write_meta,
    write_authors, write_meta, write_meta, write_meta, write_meta, write_meta, write_meta, write_meta,
    write_meta, write_tags, write_meta, write_flag, write_flag, write_origins, write_text, write_blocks,
    write_sentences, write_quotes, write_acronyms, write_entities, write_mentions, write_dates,
    write_amounts, write_keywords, write_summary, write_removed, write_layers, write_stats, write_notes,
    write_stages
};
_Static_assert(sizeof writers / sizeof *writers + 1 == sizeof record_keys / sizeof *record_keys,
               "each key has its writer");

static bool wanted(const record_options *o, const char *key)
{
    for (uint32_t i = 0; i < o->keys.count; i++)
        if (gly_str_eq(o->keys.items[i], text_of(key)))
            return true;
    return o->keys.count == 0;
}

/* Roughly, so that the record grows in place: what was said of a text is about twice as
 * long as it; of a page most went. */
static size_t expected_length(const gly_doc *d)
{
    enum { AROUND = sizeof "{\"text\":\"\",\"rule\":\"advertisement\",\"start\":100000,\"end\":100000}," };
    const gly_layer *removed = gly_layer_of(d, "removed/1");
    size_t length = (size_t)d->text.len * 3 + 4096;

    for (uint32_t i = 0; i < GLY_COUNT(removed); i++) {
        gly_range at = GLY_RECORDS(removed, gly_removed)[i].at;

        length += at.end - at.begin + AROUND;
    }
    return length;
}

gly_status record_render(const record_options *options, const gly_host *host, gly_stage *stage,
                         const gly_doc *d, gly_str *out)
{
    writer w = { .options = options, .host = host, .stage = stage, .doc = d };

    if (!offsets_begin(&w.places, d->arena, d->text, (offsets_unit)options->offsets))
        return GLY_ENOMEM;
    json_begin(&w.out, d->arena, expected_length(d), options->pretty);
    json_open(&w.out, '{');
    for (size_t i = 0; record_keys[i]; i++) {
        w.key = record_keys[i];
        if (wanted(options, w.key))
            writers[i](&w);
    }
    json_close(&w.out, '}');
    json_byte(&w.out, '\n');
    *out = json_text(&w.out);
    return out->ptr ? GLY_OK : GLY_ENOMEM;
}
