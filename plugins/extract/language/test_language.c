/* Which language extract.language gives, after extract.tokens. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "../../../tests/harness/harness.h"

extern const gly_plugin gly_plugin_v0;

static void expect(const char *text, const char *wanted)
{
    harness *h = harness_new();
    const gly_doc *doc;
    gly_str found;

    harness_stage(h, "extract.tokens", NULL);
    harness_stage_linked(h, &gly_plugin_v0, NULL);
    doc = harness_run(h, "a.txt", text, strlen(text));
    assert_int_equal(harness_status(h), GLY_OK);
    found = gly_meta_str(doc, "lang");
    assert_int_equal(found.len, strlen(wanted));
    assert_memory_equal(found.ptr, wanted, found.len);
    harness_free(h);
}

static void lets_stop_words_vote(void **unused)
{
    (void)unused;
    expect("The council said that it would not be the last of these.", "en");
    expect("Der Rat hat nicht gesagt, wann es damit weitergeht.", "de");
    expect("Le conseil n'est pas encore prêt, mais il le sera dans une semaine.", "fr");
    expect("Совет сказал, что это был только первый шаг.", "ru");
}

static void lets_the_script_decide(void **unused)
{
    (void)unused;
    expect("市议会今天开会。", "zh");
    expect("今日は会議です。", "ja");
    expect("시의회가 열렸다.", "ko");
    expect("Η απόφαση", "el");
}

static void rather_says_nothing(void **unused)
{
    (void)unused;
    expect("", "und");
    expect("12345 67", "und");
    expect("Xyzzy plugh", "und");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lets_stop_words_vote),
        cmocka_unit_test(lets_the_script_decide),
        cmocka_unit_test(rather_says_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
