/* Parcels: a document arrives as it was sent, and nothing arrives that cannot be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>

#include "document/parcel.h"

typedef struct place {
    gly_range at;
    gly_str   name;
    gly_strs  aliases;
    bool      known;
    int32_t   kind;
    uint32_t  inside;
    uint64_t  plain;  /* no field names it */
} place;

typedef struct old_place { /* as it was before it had aliases */
    gly_range at;
    gly_str   name;
} old_place;

static const char *const kinds[] = { "town", "river", NULL }, *const target[] = { "place/1", NULL };
static const gly_field fields[] = {
    GLY_FIELD(place, name, GLY_T_STR, "-"), GLY_FIELD(place, aliases, GLY_T_STRS, "-"),
    GLY_FIELD(place, known, GLY_T_BOOL, "-"), GLY_FIELD_ENUM(place, kind, kinds, "-"),
    GLY_FIELD_REF(place, inside, target, "-"), GLY_FIELDS_END
};
static const gly_field old_fields[] = { GLY_FIELD(old_place, name, GLY_T_STR, "-"), GLY_FIELDS_END };
static const gly_layer_type place_type = GLY_LAYER_TYPE(place, "place/1", fields, 0, "-");
static const gly_layer_type old_type = GLY_LAYER_TYPE(old_place, "place/1", old_fields, 0, "-");
static const gly_layer_type secret_type = GLY_LAYER_TYPE(place, "secret/1", fields, 0, "-");
static const gly_layer_type *const types[] = { &place_type, NULL };
static const parcel_terms terms = { types, 4 };

static char box[1 << 16];

static size_t pack(const document *d, const parcel_mark *since)
{
    size_t length = 0;
    const char *why;

    assert_int_equal(parcel_pack(d, since, &terms, box, sizeof box, &length, &why), GLY_OK);
    return length;
}

static place *push(document *d, gly_layer *l, uint32_t begin, uint32_t end)
{
    place *p;

    if (l->count == l->capacity)
        assert_int_equal(document_layer_grow(d, l), GLY_OK);
    p = (place *)l->records + l->count++;
    *p = (place){ .at = { begin, end }, .inside = GLY_NO_REF };
    return p;
}

/* The views are "the river Ouse\xff" and "river Ouse". */
static document *sample(void)
{
    static const gly_seg seg = { 0, 4, 10 };
    static const gly_str aliases[] = { { "Isis", 4 }, { "", 0 } };
    document *d = document_new(0);
    gly_view view = { .name = "clean", .text = GLY_LIT("river Ouse"), .segs = &seg, .nsegs = 1 };
    gly_layer *l;
    place *p;

    document_begin(d, 7, GLY_LIT("a.txt"));
    document_enter(d, 0);
    document_raw_set(d, GLY_LIT("the river Ouse\xff"), GLY_LIT("text/plain"));
    document_leave(d);
    document_enter(d, 1);
    assert_int_equal(document_view_add(d, &view), GLY_OK);
    document_note(d, GLY_WARN, GLY_EINPUT, (gly_range){ 1, 2 }, "mind the gap");
    l = document_layer_add(d, &place_type, 1);
    p = push(d, l, 0, 10);
    p->name = gly_slice(document_face(d)->text, (gly_range){ 6, 10 });
    p->aliases = (gly_strs){ aliases, 2 };
    p->known = true;
    p->kind = 1;
    p->plain = 99;
    p = push(d, l, 6, 10);
    p->inside = 0;
    document_meta_add(d, &(gly_meta){ .key = "tag", .type = GLY_T_STR, .as.s = GLY_LIT("one"), .confidence = 5 });
    document_meta_add(d, &(gly_meta){ .key = "tag", .type = GLY_T_STR, .as.s = GLY_LIT("two"), .confidence = 5 });
    document_meta_add(d, &(gly_meta){ .key = "size", .type = GLY_T_INT, .as.i = -3 });
    assert_int_equal(document_leave(d), GLY_OK);
    return d;
}

static void assert_text(gly_str s, const char *text)
{
    assert_true(gly_str_eq(s, (gly_str){ text, (uint32_t)strlen(text) }));
}

static void assert_sample(const gly_doc *d)
{
    const gly_layer *l = gly_layer_of(d, "place/1");
    const place *p = GLY_RECORDS(l, place);
    const gly_meta *tag = gly_meta_next(d, "tag", NULL);

    assert_int_equal(d->ordinal, 7);
    assert_text(d->uri, "a.txt");
    assert_text(d->media, "text/plain");
    assert_int_equal(d->nviews, 2);
    assert_text(d->views[0].text, "the river Ouse\xff");
    assert_text(d->text, "river Ouse");
    assert_string_equal(d->views[1].name, "clean");
    assert_int_equal(d->views[1].stage, 1);
    assert_int_equal(document_map(d, 1, (gly_range){ 6, 10 }, 0).begin, 10);
    assert_int_equal(GLY_COUNT(l), 2);
    assert_int_equal(l->stage, 1);
    assert_text(p[0].name, "Ouse");
    assert_int_equal(p[0].aliases.count, 2);
    assert_text(p[0].aliases.items[0], "Isis");
    assert_true(p[0].known);
    assert_int_equal(p[0].kind, 1);
    assert_int_equal(p[0].inside, GLY_NO_REF);
    assert_int_equal(p[0].plain, 99);
    assert_int_equal(p[1].inside, 0);
    assert_text(tag->as.s, "one");
    assert_text(gly_meta_next(d, "tag", tag)->as.s, "two");
    assert_int_equal(gly_meta_next(d, "size", NULL)->as.i, -3);
    assert_int_equal(d->nnotes, 1);
    assert_text(d->notes[0].text, "mind the gap");
    assert_int_equal(d->notes[0].where.begin, 1);
    assert_int_equal(d->ntrail, 2);
    assert_int_equal(d->trail[1], 1);
}

static void arrives_as_sent(void **state)
{
    document *from = sample(), *to = document_new(0);
    size_t length = pack(from, NULL);

    (void)state;
    document_free(from);
    assert_int_equal(parcel_unpack(to, true, &terms, box, length), GLY_OK);
    memset(box, 0xA5, sizeof box); /* what is done to it now means nothing */
    assert_int_equal(document_leave(to), GLY_OK);
    assert_sample(document_face(to));
    document_free(to);
}

/* What one stage does to a copy comes back, and nothing else is touched. */
static void comes_back(void **state)
{
    document *here = sample(), *there = document_new(0);
    gly_view view = { .name = "short", .text = GLY_LIT("Ouse") };
    parcel_mark mark;
    gly_layer *l;
    size_t length = pack(here, NULL);

    (void)state;
    assert_int_equal(parcel_unpack(there, true, &terms, box, length), GLY_OK);
    document_leave(there);
    mark = parcel_begin(there);
    document_enter(there, 3);
    document_view_add(there, &view);
    l = document_layer_add(there, &place_type, 2);
    push(there, l, 0, 4)->name = gly_slice(document_face(there)->views[1].text, (gly_range){ 0, 5 });
    document_meta_set(there, &(gly_meta){ .key = "tag", .type = GLY_T_STR, .as.s = GLY_LIT("three"), .confidence = 4 });
    document_meta_set(there, &(gly_meta){ .key = "size", .type = GLY_T_REAL, .as.r = 0.5 });
    document_note(there, GLY_INFO, GLY_OK, (gly_range){ 0, 0 }, "shorter");
    document_leave(there);
    length = pack(there, &mark);
    document_free(there);

    document_enter(here, 3);
    assert_int_equal(parcel_unpack(here, false, &terms, box, length), GLY_OK);
    assert_int_equal(document_leave(here), GLY_OK);
    assert_text(document_face(here)->text, "Ouse");
    assert_text(document_face(here)->views[1].text, "river Ouse");
    assert_text(GLY_RECORDS(gly_layer_of(document_face(here), "place/1"), place)->name, "river");
    assert_int_equal(gly_layer_of(document_face(here), "place/1")->stage, 3);
    assert_text(gly_meta_str(document_face(here), "tag"), "one"); /* it is surer */
    assert_int_equal(gly_meta_next(document_face(here), "size", NULL)->type, GLY_T_REAL);
    assert_int_equal(gly_meta_next(document_face(here), "size", NULL)->stage, 3);
    assert_int_equal(document_face(here)->nnotes, 2);
    document_free(here);
}

/* Where only an older table is known, records keep their size, or who knows the newer
 * one would read past their end; what the table does not name is 0. */
static void other_ages_fit(void **state)
{
    const gly_layer_type *const old_types[] = { &old_type, NULL };
    const parcel_terms old_terms = { old_types, 4 };
    document *from = sample(), *to = document_new(0);
    const gly_layer *l;
    const place *p;

    (void)state;
    assert_int_equal(parcel_unpack(to, true, &old_terms, box, pack(from, NULL)), GLY_OK);
    assert_int_equal(document_leave(to), GLY_OK);
    l = gly_layer_of(document_face(to), "place/1");
    p = GLY_RECORDS(l, place);
    assert_int_equal(l->type->record_size, sizeof(place));
    assert_text(p->name, "Ouse");
    assert_int_equal(p->aliases.count, 0);
    assert_null(p->aliases.items);
    assert_int_equal(p->plain, 0);
    assert_int_equal(p[1].at.begin, 6);
    document_free(from);
    document_free(to);
}

static void old_records_grow(void **state)
{
    document *from = document_new(0), *to = document_new(0);
    gly_layer *l;
    const place *p;

    (void)state;
    document_begin(from, 0, GLY_LIT("a.txt"));
    document_enter(from, 0);
    document_raw_set(from, GLY_LIT("Ouse and Cam"), GLY_LIT(""));
    l = document_layer_add(from, &old_type, 0);
    document_layer_grow(from, l);
    l->count = 2;
    ((old_place *)l->records)[0] = (old_place){ { 0, 4 }, GLY_LIT("Ouse") };
    ((old_place *)l->records)[1] = (old_place){ { 9, 12 }, GLY_LIT("Cam") };
    document_leave(from);
    assert_int_equal(parcel_unpack(to, true, &terms, box, pack(from, NULL)), GLY_OK);
    p = GLY_RECORDS(gly_layer_of(document_face(to), "place/1"), place);
    assert_text(p[1].name, "Cam");
    assert_int_equal(p[1].aliases.count, 0);
    assert_int_equal(p[1].plain, 0);
    document_free(from);
    document_free(to);
}

static void layers_of_nobody_stay(void **state)
{
    document *d = sample(), *to = document_new(0);
    parcel_mark mark = parcel_begin(d);
    const char *why = NULL;
    size_t length = 0;

    (void)state;
    document_enter(d, 2);
    push(d, document_layer_add(d, &secret_type, 1), 0, 1);
    document_leave(d);
    assert_int_equal(parcel_unpack(to, true, &terms, box, pack(d, NULL)), GLY_OK);
    assert_null(gly_layer_of(document_face(to), "secret/1"));
    assert_int_equal(parcel_pack(d, &mark, &terms, box, sizeof box, &length, &why), GLY_ESTATE);
    assert_non_null(strstr(why, "'layers'"));
    document_free(d);
    document_free(to);
}

static void needs_room(void **state)
{
    document *d = sample();
    size_t length = pack(d, NULL), got;
    const char *why;

    (void)state;
    for (size_t room = 0; room < length; room++) {
        char *small = malloc(room + 1);

        assert_int_equal(parcel_pack(d, NULL, &terms, small, room, &got, &why), GLY_ENOMEM);
        free(small);
    }
    document_free(d);
}

static place *record_of(document *d, uint32_t i)
{
    return GLY_RECORDS((gly_layer *)(uintptr_t)gly_layer_of(document_face(d), "place/1"), place) + i;
}

static gly_status arrives(const document *d, document *to)
{
    gly_status status = parcel_unpack(to, true, &terms, box, pack(d, NULL));

    return status < 0 ? status : document_leave(to);
}

static void values_that_cannot_be_are_refused(void **state)
{
    document *d = sample(), *to = document_new(0);

    (void)state;
    record_of(d, 1)->inside = 2;
    assert_int_equal(arrives(d, to), GLY_OK);
    assert_int_equal(record_of(to, 1)->inside, GLY_NO_REF);
    record_of(d, 1)->kind = 2;
    assert_int_equal(arrives(d, to), GLY_ESTATE);
    record_of(d, 1)->kind = 0;
    memset(&record_of(d, 1)->known, 2, 1);
    assert_int_equal(arrives(d, to), GLY_ESTATE);
    memset(&record_of(d, 1)->known, 0, 1);
    record_of(d, 1)->at.end = 11;
    assert_int_equal(arrives(d, to), GLY_ESTATE);
    record_of(d, 1)->at.end = 10;
    assert_int_equal(arrives(d, to), GLY_OK);
    document_free(d);
    document_free(to);
}

static void cut_ones_are_refused(void **state)
{
    document *d = sample(), *to = document_new(0);
    size_t length = pack(d, NULL);

    (void)state;
    for (size_t cut = 0; cut < length; cut++) {
        char *part = malloc(cut + 1);

        memcpy(part, box, cut);
        parcel_unpack(to, true, &terms, part, cut); /* a sanitizer sees more */
        free(part);
    }
    assert_int_equal(parcel_unpack(to, false, &terms, box, length), GLY_ESTATE);
    document_free(d);
    document_free(to);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arrives_as_sent),
        cmocka_unit_test(comes_back),
        cmocka_unit_test(other_ages_fit),
        cmocka_unit_test(old_records_grow),
        cmocka_unit_test(layers_of_nobody_stay),
        cmocka_unit_test(needs_room),
        cmocka_unit_test(values_that_cannot_be_are_refused),
        cmocka_unit_test(cut_ones_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
