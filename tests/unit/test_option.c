/* test_option - values by their table: what is taken, what is refused and why. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

#include "config/option.h"
#include "document/arena.h"

typedef struct all {
    bool flag; int64_t number; uint64_t size; int64_t time; double real;
    gly_str text, path, output; gly_strs list; int32_t choice;
} all;

static const char *const colours[] = { "red", "green", NULL };
static const gly_option table[] = {
    GLY_BOOL(all, flag, "true", ""), GLY_INT(all, number, "5", 1, 100, "letters", ""),
    GLY_SIZE(all, size, "4 KiB", 1024, 1 << 30, ""), GLY_TIME(all, time, "250 ms", ""),
    GLY_REAL(all, real, "0.5", 0, 1, NULL, ""), GLY_STR(all, text, "abc", ""),
    GLY_PATH(all, path, "", ""), GLY_OUTPUT(all, output, "-", ""),
    GLY_STRS(all, list, "a,b", ""), GLY_ENUM(all, choice, "green", colours, ""), GLY_OPTIONS_END
};
static const gly_plugin face = { .options = table, .option_size = sizeof *table, .config_size = sizeof(all) };
static arena memory;
static all values;

static const char *set(const char *name, const char *text)
{
    option_target t = { option_find(&face, name), &values, &memory.face, "conf" };

    return option_set_text(&t, (gly_str){ text, (uint32_t)strlen(text) });
}

static void test_fallbacks(void **state)
{
    (void)state;
    assert_null(option_set_fallbacks(&face, &values, &memory.face));
    assert_true(values.flag && values.number == 5 && values.size == 4096 && values.choice == 1);
    assert_true(values.time == 250000000 && values.list.count == 2);
}

static void test_values(void **state)
{
    (void)state;
    assert_null(set("size", "4 KB"));
    assert_true(values.size == 4000);
    assert_null(set("time", "2 h"));
    assert_true(values.time == 7200000000000);
    assert_null(set("path", "x"));
    assert_string_equal(values.path.ptr, "conf/x");
    assert_null(set("path", "/x"));
    assert_string_equal(values.path.ptr, "/x");
    assert_null(set("output", "x"));
    assert_string_equal(values.output.ptr, "x");
}

static void test_refusals(void **state)
{
    (void)state;
    assert_string_equal(set("number", "300"), "it must lie between 1 and 100 letters");
    assert_string_equal(set("number", "3x"), "it must be a whole number");
    assert_string_equal(set("size", "2 GiB"), "it must lie between 1 KiB and 1024 MiB");
    assert_string_equal(set("size", "2 Kib"), "there is no unit 'Kib'; write B, KiB, MiB, GiB, kB, MB or GB");
    assert_string_equal(set("time", "5"), "it needs a unit; write \"5 ms\", \"5 s\" or \"5 min\"");
    assert_string_equal(set("choice", "gren"), "did you mean \"green\"? it is one of \"red\", \"green\"");
    assert_string_equal(set("flag", "maybe"), "it must be true or false");
    assert_non_null(set("real", "nan"));
    assert_non_null(set("real", "1.5"));
}

static void test_formats(void **state)
{
    char text[64];

    (void)state;
    set("size", "3 MiB");
    option_format(option_find(&face, "size"), &values, text, sizeof text);
    assert_string_equal(text, "\"3 MiB\"");
    set("text", "a\"b");
    option_format(option_find(&face, "text"), &values, text, sizeof text);
    assert_string_equal(text, "\"a\\\"b\"");
    option_format(option_find(&face, "list"), &values, text, sizeof text);
    assert_string_equal(text, "[\"a\", \"b\"]");
}

static int set_up(void **state)
{
    (void)state;
    arena_init(&memory, 0);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(&memory);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fallbacks), cmocka_unit_test(test_values),
        cmocka_unit_test(test_refusals), cmocka_unit_test(test_formats),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
