/* test_when - conditions: what is true, and where the caret stands when one is wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "config/when.h"

static bool says(const char *text)
{
    gly_doc d = { .media = GLY_LIT("text/html"), .uri = GLY_LIT("press/a.html") };
    condition_error error;
    condition *c = condition_compile(text, strlen(text), &error);
    bool truth;

    if (!c)
        fail_msg("%s: %s", text, error.text);
    truth = condition_true(c, &d);
    condition_free(c);
    return truth;
}

static void test_truths(void **state)
{
    (void)state;
    assert_true(says("media == 'text/html'"));
    assert_false(says("media != 'text/html'"));
    assert_true(says("uri ~ '*.html' and not has('quote/1')"));
    assert_true(says("size < 2 MiB or media == 'x'"));
    assert_true(says("count('quote/1') == 0 and (size >= 0)"));
    assert_false(says("not (size <= 1 KiB)"));
    assert_true(says("meta.site == ''"));
    assert_true(says("media == 'x' and media == 'y' or media == 'text/html'"));
}

static void refuse(const char *text, size_t column)
{
    condition_error error;
    condition *c = condition_compile(text, strlen(text), &error);

    assert_null(c);
    assert_true(error.text[0] != '\0');
    if (error.column != column)
        fail_msg("%s: column %zu, %s", text, error.column, error.text);
}

static void test_faults_have_columns(void **state)
{
    char deep[4096];

    (void)state;
    refuse("size = 3", 5);
    refuse("", 0);
    refuse("size", 0);
    refuse("media < 'a'", 6);
    refuse("media == 3", 6);
    refuse("(size < 3", 9);
    memset(deep, '(', sizeof deep - 1);
    deep[sizeof deep - 1] = '\0';
    assert_null(condition_compile(deep, sizeof deep - 1, &(condition_error){ 0 }));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_truths), cmocka_unit_test(test_faults_have_columns),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
