/* Counters: totals of several processes, names too many and too long. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "run/counters.h"

static void adds_up_what_processes_count(void **unused)
{
    counters *c = counters_new();
    counter_total t;
    unsigned at = 0;

    (void)unused;
    for (int i = 0; i < 4; i++)
        if (fork() == 0) {
            for (int k = 0; k < 1000; k++)
                counters_add(c, (uint16_t)(k % 2), "texts", k % 2 ? 3 : -1);
            _exit(0);
        }
    while (wait(NULL) > 0)
        ;
    for (int i = 0; i < 2; i++) {
        assert_true(counters_next(c, &at, &t));
        assert_string_equal(t.name, "texts");
        assert_int_equal(t.value, t.stage ? 6000 : -2000);
    }
    assert_false(counters_next(c, &at, &t));
    counters_free(c);
}

static void bounds_names(void **unused)
{
    counters *c = counters_new();
    counter_total t;
    char name[100];
    unsigned at = 0, found = 0;

    (void)unused;
    memset(name, 'n', sizeof name);
    name[sizeof name - 1] = '\0';
    counters_add(c, 1, name, 1);
    counters_add(c, 1, name, 1);
    for (int i = 0; i < 1000; i++) {
        snprintf(name, sizeof name, "%d", i);
        counters_add(c, 2, name, 1);
    }
    assert_true(counters_next(c, &at, &t));
    assert_int_equal(strlen(t.name), COUNTER_NAME - 1);
    assert_int_equal(t.value, 2);
    for (found = 1; counters_next(c, &at, &t); found++)
        assert_int_equal(t.value, 1);
    assert_int_equal(found, 128);
    counters_free(c);
}

static void counts_nothing_without_memory(void **unused)
{
    counter_total t;
    unsigned at = 0;

    (void)unused;
    counters_add(NULL, 0, "texts", 1);
    assert_false(counters_next(NULL, &at, &t));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(adds_up_what_processes_count), cmocka_unit_test(bounds_names),
        cmocka_unit_test(counts_nothing_without_memory),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
