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

static void knows_languages_by_their_words(void **unused)
{
    (void)unused;
    expect("The council said that it would not be the last of these.", "en");
    expect("Der Rat hat nicht gesagt, wann es damit weitergeht.", "de");
    expect("Le conseil n'est pas encore prêt, mais il le sera dans une semaine.", "fr");
    expect("Совет сказал, что это был только первый шаг.", "ru");
    expect("Rada miasta zdecyduje o tym w przyszłym tygodniu.", "pl");
    expect("Kaupunginvaltuusto päättää asiasta ensi viikolla.", "fi");
    expect("قال المجلس إن القرار سيصدر الأسبوع المقبل.", "ar");
    expect("परिषद अगले सप्ताह इस पर निर्णय लेगी।", "hi");
    expect("Η απόφαση θα ληφθεί την επόμενη εβδομάδα.", "el");
}

static void knows_serbian_in_both_scripts(void **unused)
{
    (void)unused;
    expect("Веће ће следеће недеље донети одлуку о овоме.", "sr");
    expect("Veće će sledeće nedelje doneti odluku o ovome, rekao je predsednik opštine.", "sr");
}

static void lets_the_script_decide(void **unused)
{
    (void)unused;
    expect("市议会今天开会。", "zh");
    expect("今日は会議です。", "ja");
    expect("시의회가 열렸다.", "ko");
    expect("สภาเมืองจะประชุมวันนี้", "th");
}

/* A French heading over some 400 words of another language. */
static void expect_below_heading(const char *sentence, const char *wanted)
{
    char text[8192];
    size_t length = (size_t)snprintf(text, sizeof text, "Le conseil municipal se prononce enfin.\n\n");

    for (int i = 0; i < 40; i++)
        length += (size_t)snprintf(text + length, sizeof text - length, "%s %d. ", sentence, i);
    expect(text, wanted);
}

static void looks_all_over_the_text(void **unused)
{
    (void)unused;
    expect_below_heading("Der Rat hat am Montag lange über den Antrag beraten und ihn vertagt", "de");
    expect_below_heading("El consejo debatió el lunes la propuesta y la dejó para otro día", "es");
}

static void rather_says_nothing(void **unused)
{
    (void)unused;
    expect("", "und");
    expect("12345 67", "und");
    expect("Xyzzy plugh", "und");
    expect("OK", "und");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_languages_by_their_words),
        cmocka_unit_test(knows_serbian_in_both_scripts),
        cmocka_unit_test(lets_the_script_decide),
        cmocka_unit_test(looks_all_over_the_text),
        cmocka_unit_test(rather_says_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
