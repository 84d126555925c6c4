/* The document: views map back to the raw bytes, layers keep their promises. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "document/document.h"

typedef struct mark {
    gly_range at;
    uint32_t  number;
} mark;

static const gly_field mark_fields[] = {
    GLY_FIELD(mark, number, GLY_T_U32, "A number"), GLY_FIELDS_END
};
static const gly_layer_type loose_layer = GLY_LAYER_TYPE(mark, "loose/1", mark_fields, 0, "Marks");
static const gly_layer_type flat_layer = GLY_LAYER_TYPE(mark, "flat/1", mark_fields, GLY_LAYER_FLAT, "Marks");
static const gly_layer_type tree_layer = GLY_LAYER_TYPE(mark, "tree/1", mark_fields, GLY_LAYER_TREE, "Marks");

static document *with_text(const char *text)
{
    document *d = document_new(0);

    assert_non_null(d);
    document_begin(d, 7, GLY_LIT("a.txt"));
    document_enter(d, 0);
    assert_int_equal(document_raw_set(d, (gly_str){ text, (uint32_t)strlen(text) }, GLY_LIT("")), GLY_OK);
    assert_int_equal(document_leave(d), GLY_OK);
    return d;
}

static void push(document *d, gly_layer *l, uint32_t begin, uint32_t end, uint32_t number)
{
    mark *m;

    if (l->count == l->capacity)
        assert_int_equal(document_layer_grow(d, l), GLY_OK);
    m = (mark *)l->records + l->count++;
    *m = (mark){ { begin, end }, number };
}

static void layers_are_sorted_and_stable(void **state)
{
    document *d = with_text("0123456789");
    gly_layer *l;
    mark *m;

    (void)state;
    document_enter(d, 1);
    l = document_layer_add(d, &loose_layer, 0);
    push(d, l, 5, 6, 1);
    push(d, l, 0, 3, 2);
    push(d, l, 0, 9, 3);
    push(d, l, 0, 3, 4);
    assert_int_equal(document_leave(d), GLY_OK);
    m = l->records;
    assert_int_equal(m[0].number, 3);
    assert_int_equal(m[1].number, 2);
    assert_int_equal(m[2].number, 4);
    assert_int_equal(m[3].number, 1);
    document_free(d);
}

static void many_records_are_sorted(void **state)
{
    document *d = with_text("0123456789");
    gly_layer *l;
    mark *m;

    (void)state;
    document_enter(d, 1);
    l = document_layer_add(d, &loose_layer, 0);
    for (uint32_t i = 0; i < 1001; i++)
        push(d, l, (i * 7) % 11 % 10, 10, i);
    assert_int_equal(document_leave(d), GLY_OK);
    m = l->records;
    for (uint32_t i = 1; i < 1001; i++) {
        assert_true(m[i - 1].at.begin <= m[i].at.begin);
        if (m[i - 1].at.begin == m[i].at.begin)
            assert_true(m[i - 1].number < m[i].number);
    }
    document_free(d);
}

static void assert_broken(const gly_layer_type *type, gly_range a, gly_range b, const char *how)
{
    document *d = with_text("0123456789");
    gly_layer *l;

    document_enter(d, 1);
    l = document_layer_add(d, type, 0);
    push(d, l, a.begin, a.end, 1);
    push(d, l, b.begin, b.end, 2);
    assert_int_equal(document_leave(d), GLY_ESTATE);
    assert_non_null(strstr(document_reason(d), how));
    document_free(d);
}

static void broken_promises_are_caught(void **state)
{
    (void)state;
    assert_broken(&loose_layer, (gly_range){ 0, 1 }, (gly_range){ 3, 11 }, "outside its text");
    assert_broken(&loose_layer, (gly_range){ 4, 3 }, (gly_range){ 3, 4 }, "outside its text");
    assert_broken(&flat_layer, (gly_range){ 0, 5 }, (gly_range){ 4, 6 }, "cross");
    assert_broken(&flat_layer, (gly_range){ 0, 5 }, (gly_range){ 1, 2 }, "overlap");
    assert_broken(&tree_layer, (gly_range){ 0, 5 }, (gly_range){ 4, 6 }, "cross");
}

static void standard_layers_have_the_records_of_our_headers(void **state)
{
    gly_layer_type older = gly_removed_layer;
    document *d = with_text("0123456789");

    (void)state;
    document_enter(d, 1);
    older.record_size = offsetof(gly_removed, words);
    assert_null(document_layer_add(d, &older, 0));
    assert_non_null(document_layer_add(d, &gly_removed_layer, 0));
    document_free(d);
}

static void trees_may_nest(void **state)
{
    document *d = with_text("0123456789");
    gly_layer *l;

    (void)state;
    document_enter(d, 1);
    l = document_layer_add(d, &tree_layer, 0);
    push(d, l, 1, 2, 1);
    push(d, l, 0, 5, 2);
    push(d, l, 5, 9, 3);
    assert_int_equal(document_leave(d), GLY_OK);
    document_free(d);
}

static void views_map_back_through_two_steps(void **state)
{
    /* raw "<b>Tom &amp; Ann</b>" -> "Tom & Ann" -> "& Ann" */
    static const gly_seg first[] = { { 0, 3, 4 }, { 5, 12, 4 } }, second[] = { { 0, 4, 5 } };
    document *d = with_text("<b>Tom &amp; Ann</b>");
    gly_view one = { .name = "one", .text = GLY_LIT("Tom & Ann"), .segs = first, .nsegs = 2, .parent = 0 };
    gly_view two = { .name = "two", .text = GLY_LIT("& Ann"), .segs = second, .nsegs = 1, .parent = 1 };
    gly_range raw;

    (void)state;
    assert_int_equal(document_view_add(d, &one), GLY_OK);
    assert_int_equal(document_view_add(d, &two), GLY_OK);
    raw = document_map(document_face(d), 2, (gly_range){ 0, 1 }, 0);
    assert_int_equal(raw.begin, 7);
    assert_int_equal(raw.end, 12);
    raw = document_map(document_face(d), 2, (gly_range){ 2, 5 }, 0);
    assert_int_equal(raw.begin, 13);
    assert_int_equal(raw.end, 16);
    document_free(d);
}

static void bad_views_are_refused(void **state)
{
    static const gly_seg crossing[] = { { 0, 5, 2 }, { 2, 0, 2 } };
    document *d = with_text("0123456789");
    gly_view wild = { .name = "wild", .text = GLY_LIT("5601"), .segs = crossing, .nsegs = 2 };
    gly_view invalid = { .name = "invalid", .text = GLY_LIT("\xC3") };

    (void)state;
    assert_int_equal(document_view_add(d, &wild), GLY_ESTATE);
    assert_int_equal(document_view_add(d, &invalid), GLY_ESTATE);
    assert_non_null(strstr(document_reason(d), "not valid UTF-8"));
    assert_int_equal(document_face(d)->current, 0);
    document_free(d);
}

static void set_title(document *d, const char *title, uint16_t confidence)
{
    gly_meta m = { .key = "title", .type = GLY_T_STR, .confidence = confidence,
                   .as.s = { title, (uint32_t)strlen(title) } };

    assert_int_equal(document_meta_set(d, &m), GLY_OK);
}

static void a_less_sure_value_never_clobbers(void **state)
{
    document *d = with_text("x");

    (void)state;
    set_title(d, "sure", 1000);
    set_title(d, "guess", 400);
    assert_string_equal(gly_meta_str(document_face(d), "title").ptr, "sure");
    set_title(d, "surer", 1000);
    assert_string_equal(gly_meta_str(document_face(d), "title").ptr, "surer");
    document_free(d);
}

static void memory_has_a_limit(void **state)
{
    document *d = document_new(1 << 20);

    (void)state;
    document_begin(d, 0, GLY_LIT("a"));
    assert_non_null(gly_alloc(document_face(d)->arena, 1 << 19, 8));
    assert_null(gly_alloc(document_face(d)->arena, 1 << 20, 8));
    assert_null(gly_alloc_n(document_face(d)->arena, SIZE_MAX / 2, 4, 8));
    document_begin(d, 1, GLY_LIT("b"));
    assert_non_null(gly_alloc(document_face(d)->arena, 1 << 19, 8));
    document_free(d);
}

/* A layer of a million records takes what its records take, not each size that it
 * grew through; and records stay when one more does not fit. */
static void a_large_layer_leaves_no_copies_behind(void **state)
{
    document *d = document_new(40 << 20);
    gly_layer *l;
    uint32_t fit = 0;

    (void)state;
    document_begin(d, 0, GLY_LIT("a"));
    assert_int_equal(document_raw_set(d, GLY_LIT("some text"), GLY_LIT("text/plain")), GLY_OK);
    l = document_layer_add(d, &gly_token_layer, 0);
    for (; fit < 10000000; fit++) {
        if (l->count == l->capacity && document_layer_grow(d, l) != GLY_OK)
            break;
        ((gly_token *)l->records)[l->count++] = (gly_token){ .at = { 0, 9 }, .term = fit };
    }
    assert_true(fit >= 1000000);
    for (uint32_t i = 0; i < fit; i += 1000)
        assert_int_equal(((gly_token *)l->records)[i].term, i);
    assert_true(document_memory(d) < fit * sizeof(gly_token) + (1 << 20));
    document_free(d);
}

static void expect_media(const char *uri, const char *bytes, const char *media)
{
    document *d = document_new(0);

    document_begin(d, 0, (gly_str){ uri, (uint32_t)strlen(uri) });
    assert_int_equal(document_raw_set(d, (gly_str){ bytes, (uint32_t)strlen(bytes) }, GLY_LIT("")), GLY_OK);
    assert_int_equal(document_face(d)->media.len, strlen(media));
    assert_memory_equal(document_face(d)->media.ptr, media, strlen(media));
    document_free(d);
}

/* Saved under an address: "index.php?id=3". */
static void a_page_without_a_suffix_is_known_by_its_beginning(void **state)
{
    (void)state;
    expect_media("index.php?id=3", "\xEF\xBB\xBF\n <!DOCTYPE html><p>x", "text/html");
    expect_media("about", "<?xml version='1.0'?>\n<!-- saved from url=(1)x -->\n<HTML lang=en>", "text/html");
    expect_media("about", "<!-- a note that does not end <html>", "text/plain");
    expect_media("about", "See <html> for more.", "text/plain");
    expect_media("about", "", "text/plain");
    expect_media("a.txt", "<html>", "text/plain");
    expect_media("A.HTM.GZ", "x", "text/html");
}

static void media_follows_the_suffix(void **state)
{
    document *d = document_new(0);

    (void)state;
    document_begin(d, 0, GLY_LIT("press/A.HTML"));
    assert_int_equal(document_raw_set(d, GLY_LIT("x"), GLY_LIT("")), GLY_OK);
    assert_string_equal(document_face(d)->media.ptr, "text/html");
    assert_int_equal(document_raw_set(d, GLY_LIT("x"), GLY_LIT("")), GLY_ESTATE);
    document_free(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(layers_are_sorted_and_stable),
        cmocka_unit_test(many_records_are_sorted),
        cmocka_unit_test(broken_promises_are_caught),
        cmocka_unit_test(standard_layers_have_the_records_of_our_headers), cmocka_unit_test(trees_may_nest),
        cmocka_unit_test(views_map_back_through_two_steps),
        cmocka_unit_test(bad_views_are_refused),
        cmocka_unit_test(a_less_sure_value_never_clobbers),
        cmocka_unit_test(memory_has_a_limit),
        cmocka_unit_test(a_large_layer_leaves_no_copies_behind),
        cmocka_unit_test(media_follows_the_suffix), cmocka_unit_test(a_page_without_a_suffix_is_known_by_its_beginning),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
