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

/* All acronyms of the text, as "SHORT=long form" lines. */
static void expect_with(const char *options, const char *text, const char *wanted)
{
    harness *h = harness_new();
    char found[1024] = "";
    const gly_layer *layer;
    const gly_doc *d;
    size_t used = 0;

    harness_stage(h, "extract.tokens", NULL);
    harness_stage_linked(h, &gly_plugin_v0, options);
    d = harness_run(h, "a.txt", text, strlen(text));
    assert_int_equal(harness_status(h), GLY_OK);
    layer = gly_layer_of(d, "acronym/1");
    for (uint32_t i = 0; i < GLY_COUNT(layer); i++) {
        const gly_acronym *a = &GLY_RECORDS(layer, gly_acronym)[i];

        used += (size_t)snprintf(found + used, sizeof found - used, "%.*s=%.*s\n", (int)a->short_form.len,
                                 a->short_form.ptr, (int)a->long_form.len, a->long_form.ptr);
    }
    assert_string_equal(found, wanted);
    harness_free(h);
}

static void expect(const char *text, const char *wanted)
{
    expect_with(NULL, text, wanted);
}

static void reads_both_orders(void **unused)
{
    (void)unused;
    expect("The Harbour Safety Board (HSB) met.", "HSB=Harbour Safety Board\n");
    expect("The HSB (Harbour Safety Board) met.", "HSB=Harbour Safety Board\n");
    expect("The HS&B (Harbour Safety & Boats) team.", "HS&B=Harbour Safety & Boats\n");
    expect("HMBR (Her Majesty’s Board of Rivers) met.", "HMBR=Her Majesty’s Board of Rivers\n");
}

static void reads_what_no_bracket_holds(void **unused)
{
    (void)unused;
    expect("the Dock Workers Union, or DWU, said", "DWU=Dock Workers Union\n");
    expect("the DWU, or Dock Workers Union, said", "DWU=Dock Workers Union\n");
    expect("DWU - Dock Workers Union", "DWU=Dock Workers Union\n");
    expect("DWU – the Dock Workers Union", "");
    expect("DWU = Dock Workers Union; HSB = Harbour Safety Board",
           "DWU=Dock Workers Union\nHSB=Harbour Safety Board\n");
    expect("(a vote of the Dock Workers Union, DWU)", "DWU=Dock Workers Union\n");
}

static void reads_single_letters(void **unused)
{
    (void)unused;
    expect("The soil holds phosphorus (P) and nitrogen (N).", "P=phosphorus\nN=nitrogen\n");
    expect("Senator Rogers (R) and the road (R) to it", ""); /* a name; too short a word */
    expect("the second option (b) and phosphorus (p)", "");
    expect("the river's phosphorus (P, in grams)", "");
}

static void reads_words_around_the_short_form(void **unused)
{
    (void)unused;
    expect("the Dock Workers Union (the “DWU”) said", "DWU=Dock Workers Union\n");
    expect("the Dock Workers Union (or DWU) said", "DWU=Dock Workers Union\n");
    expect("the Dock Workers Union (DWU, of Harlow) said", "DWU=Dock Workers Union\n");
    expect("the “Dock Workers Union” [DWU] said", "DWU=Dock Workers Union\n");
    expect("the Dock Workers Union (DWU said", "");
    expect("the Dock Workers Union (DWU\nand more", "DWU=Dock Workers Union\n");
}

static void reads_plurals_and_small_words(void **unused)
{
    (void)unused;
    expect("Nine rural energy groups (REGs) met.", "REG=rural energy groups\n");
    expect("The Ministry of Works (MW) said so.", "MW=Ministry of Works\n");
    expect("The Department of Works (DOW) said so.", "DOW=Department of Works\n");
    expect("South-East River Trust (SERT)", "SERT=South-East River Trust\n");
}

static void reads_letters_inside_words(void **unused)
{
    (void)unused;
    expect("a Harbour Radar Station (HARASTA)", "HARASTA=Harbour Radar Station\n");
    expect("harbour disease 2031 (HARD-31)", "HARD-31=harbour disease 2031\n");
    expect("the River Radio Radio Club (R3C)", "R3C=River Radio Radio Club\n");
    expect("l'Association des écoles (AÉ) et l'Union du Port (UP)",
           "AÉ=Association des écoles\nUP=Union du Port\n");
}

static void takes_the_nearest_words(void **unused)
{
    (void)unused;
    expect("Harbour staff of the Harbour Safety Board (HSB)", "HSB=Harbour Safety Board\n");
    expect("In Harlow, the Harbour Safety Board (HSB)", "HSB=Harbour Safety Board\n");
}

static void gives_each_short_form_once(void **unused)
{
    (void)unused;
    expect("Dock Workers Union (DWU). The DWU. Dock Workers Union (DWU).", "DWU=Dock Workers Union\n");
    expect_with("every=true", "Dock Workers Union (DWU). The DWU's.",
                "DWU=Dock Workers Union\nDWU=Dock Workers Union\n");
}

static void gives_unexplained_ones_when_asked(void **unused)
{
    (void)unused;
    expect_with("undefined=true", "The DWU met the HSB. Chapter IV. FOR IMMEDIATE RELEASE. The U.S. said",
                "DWU=\nHSB=\nU.S.=\n");
    expect("The DWU met the HSB.", "");
}

static void leaves_other_brackets_alone(void **unused)
{
    (void)unused;
    expect("Mary Lamb (42) came. So (he said) did we.", "");
    expect("A line about trains (XQZ).", "");
    expect("Never closed (ABC", "");
    expect("()((())", "");
    expect("we have seen (us) all; it is so (is).", "");
    expect("The club met in May (see page II).", "");
    expect("", "");
}

/* A look without bounds would not finish in a test's time. */
static void long_runs_take_linear_time(void **unused)
{
    static const char *const units[] = {
        "(", "A(", "AB (", "(AB) ", "a b c d (ABCD) ", "AB = ", "AB, ", "AB-", "A.", "A", "AB ", "l'", "- AB - "
    };
    enum { LENGTH = 1 << 20 };
    char *text = malloc(LENGTH);

    (void)unused;
    assert_non_null(text);
    for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
        harness *h = harness_new();

        for (size_t i = 0; i < LENGTH; i++)
            text[i] = units[u][i % strlen(units[u])];
        harness_stage(h, "extract.tokens", NULL);
        harness_stage_linked(h, &gly_plugin_v0, "every=true;undefined=true");
        harness_run(h, "a.txt", text, LENGTH);
        assert_int_equal(harness_status(h), GLY_OK);
        harness_free(h);
    }
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_both_orders),
        cmocka_unit_test(reads_what_no_bracket_holds),
        cmocka_unit_test(reads_single_letters), cmocka_unit_test(reads_words_around_the_short_form),
        cmocka_unit_test(reads_plurals_and_small_words),
        cmocka_unit_test(reads_letters_inside_words),
        cmocka_unit_test(takes_the_nearest_words),
        cmocka_unit_test(gives_each_short_form_once),
        cmocka_unit_test(gives_unexplained_ones_when_asked),
        cmocka_unit_test(leaves_other_brackets_alone),
        cmocka_unit_test(long_runs_take_linear_time),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
