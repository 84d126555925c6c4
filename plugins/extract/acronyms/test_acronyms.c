/* Which acronyms extract.acronyms finds, and what it leaves alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "../../../tests/harness/harness.h"

extern const gly_plugin gly_plugin_v0;

/* shorter NULL: the text must give none. */
static void expect(const char *text, const char *shorter, const char *longer)
{
    harness *h = harness_new();
    const gly_doc *d;
    const gly_layer *layer;

    harness_stage_linked(h, &gly_plugin_v0, NULL);
    d = harness_run(h, "a.txt", text, strlen(text));
    assert_int_equal(harness_status(h), GLY_OK);
    layer = gly_layer_of(d, "acronym/1");
    assert_int_equal(GLY_COUNT(layer), shorter ? 1 : 0);
    if (shorter) {
        const gly_acronym *found = GLY_RECORDS(layer, gly_acronym);

        assert_int_equal(found->short_form.len, strlen(shorter));
        assert_memory_equal(found->short_form.ptr, shorter, strlen(shorter));
        assert_int_equal(found->long_form.len, strlen(longer));
        assert_memory_equal(found->long_form.ptr, longer, strlen(longer));
    }
    harness_free(h);
}

static void reads_both_orders(void **unused)
{
    (void)unused;
    expect("The Harbour Safety Board (HSB) met.", "HSB", "Harbour Safety Board");
    expect("The HSB (Harbour Safety Board) met.", "HSB", "Harbour Safety Board");
    expect("The HS&B (Harbour Safety & Boats) team.", "HS&B", "Harbour Safety & Boats");
}

static void reads_plurals_and_small_words(void **unused)
{
    (void)unused;
    expect("Nine rural energy groups (REGs) met.", "REG", "rural energy groups");
    expect("The Ministry of Works (MW) said so.", "MW", "Ministry of Works");
    expect("South-East River Trust (SERT)", "SERT", "South-East River Trust");
}

static void leaves_other_brackets_alone(void **unused)
{
    (void)unused;
    expect("Mary Lamb (42) came. So (he said) did we.", NULL, NULL);
    expect("A line about trains (XQZ).", NULL, NULL);
    expect("Never closed (ABC", NULL, NULL);
    expect("()((())", NULL, NULL);
    expect("", NULL, NULL);
}

static void takes_a_million_brackets(void **unused)
{
    enum { COUNT = 1000000 };
    char *text = malloc(COUNT);
    harness *h = harness_new();

    (void)unused;
    assert_non_null(text);
    memset(text, '(', COUNT);
    harness_stage_linked(h, &gly_plugin_v0, NULL);
    harness_run(h, "a.txt", text, COUNT);
    assert_int_equal(harness_status(h), GLY_OK);
    harness_free(h);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_both_orders),
        cmocka_unit_test(reads_plurals_and_small_words),
        cmocka_unit_test(leaves_other_brackets_alone),
        cmocka_unit_test(takes_a_million_brackets),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
