/* What a record looks like when nothing but the input is known. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "harness/harness.h"

extern const gly_plugin gly_plugin_v0;

static void minimal_record(void **state)
{
    harness *h = harness_new();
    gly_str out;

    (void)state;
    harness_stage_linked(h, &gly_plugin_v0, "keys=schema,uri,media,bytes");
    harness_run(h, "press/\xFF\"a.txt", "A\n", 2);
    out = harness_render(h);
    assert_non_null(out.ptr);
    assert_true(gly_str_eq(out, GLY_LIT("{\"schema\":\"galley.article/1\",\"uri\":\"press/\xEF\xBF\xBD\\\"a.txt\","
                                        "\"media\":\"text/plain\",\"bytes\":2}\n")));
    harness_free(h);
}

static void every_key_of_a_bare_record(void **state)
{
    harness *h = harness_new();
    gly_str out;

    (void)state;
    harness_stage_linked(h, &gly_plugin_v0, NULL);
    harness_run(h, "a.txt", "A\n", 2);
    out = harness_render(h);
    assert_non_null(memmem(out.ptr, out.len, "\"id\":\"", 6));
    assert_non_null(memmem(out.ptr, out.len, "\"text\":\"", 8));
    assert_int_equal(out.ptr[out.len - 1], '\n');
    harness_free(h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(minimal_record),
        cmocka_unit_test(every_key_of_a_bare_record),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
