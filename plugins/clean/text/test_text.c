/* What clean.text keeps, parts, joins and takes out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "../../../tests/harness/harness.h"

extern const gly_plugin gly_plugin_v0;

/* Runs one text; checks the text made and the rules, joined by blanks. */
static void expect(const char *options, const char *in, const char *text, const char *rules)
{
    harness *h = harness_new();
    const gly_doc *d;
    const gly_layer *removed;
    char found[256] = "";

    harness_stage_linked(h, &gly_plugin_v0, options);
    d = harness_run(h, "a.txt", in, strlen(in));
    assert_int_equal(harness_status(h), GLY_OK);
    if (d->text.len != strlen(text) || memcmp(d->text.ptr, text, d->text.len) != 0)
        fail_msg("'%.*s' instead of '%s'", (int)d->text.len, d->text.ptr, text);
    removed = gly_layer_of(d, "removed/1");
    for (uint32_t i = 0; i < GLY_COUNT(removed); i++) {
        const gly_removed *r = &GLY_RECORDS(removed, gly_removed)[i];

        snprintf(found + strlen(found), sizeof found - strlen(found), "%s%.*s", i ? " " : "",
                 (int)r->rule.len, r->rule.ptr);
    }
    assert_string_equal(found, rules);
    harness_free(h);
}

static void parts_paragraphs(void **unused)
{
    (void)unused;
    expect(NULL, "", "", "");
    expect(NULL, "\n\n \n", "", "");
    expect(NULL, "Bridge opens\n\nIt is open  now.\nCars may cross.\t\n",
           "Bridge opens\n\nIt is open now.\n\nCars may cross.", "");
    expect(NULL, "Mayor speaks\n\u201cOne thing.\n\u201cAnother.\u201d",
           "Mayor speaks\n\n\u201cOne thing.\n\n\u201cAnother.\u201d", "");
}

static void joins_wrapped_lines(void **unused)
{
    (void)unused;
    expect(NULL, "The council said on Monday that the old bridge over\n"
                 "the river would stay shut until the spring, when the\n"
                 "repairs are done.\n\nNo date was given.",
           "The council said on Monday that the old bridge over the river would stay shut until "
           "the spring, when the repairs are done.\n\nNo date was given.", "");
}

static void takes_out_what_is_not_the_article(void **unused)
{
    (void)unused;
    expect(NULL, "FOR IMMEDIATE RELEASE\nFire is out\nnight-sky\nDSC_0031\nAll are safe.\n"
                 "Share this article\n###",
           "Fire is out\n\nAll are safe.", "label image-alt image-alt share end-mark");
    expect("remove=share", "Fire is out\nnight-sky\nAll are safe.\nShare on Facebook",
           "Fire is out\n\nnight-sky\n\nAll are safe.", "share");
    expect(NULL, "Advertisement", "Advertisement", "");
    expect(NULL, "Co-operation\nThe end comes. Share it.", "Co-operation\n\nThe end comes. Share it.", "");
}

static void finds_the_title(void **unused)
{
    static const char labelled[] = "PRESS RELEASE\nSchool wins prize\n\nIt won.\n";
    static const char untitled[] = "It was a day. It ended.\nMore.\n";
    harness *h = harness_new();
    const gly_doc *d;

    (void)unused;
    harness_stage_linked(h, &gly_plugin_v0, NULL);
    d = harness_run(h, "a.txt", labelled, sizeof labelled - 1);
    assert_true(gly_str_eq(gly_meta_str(d, "title"), GLY_LIT("School wins prize")));
    d = harness_run(h, "a.txt", untitled, sizeof untitled - 1);
    assert_null(gly_meta_str(d, "title").ptr);
    harness_free(h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_paragraphs), cmocka_unit_test(joins_wrapped_lines),
        cmocka_unit_test(takes_out_what_is_not_the_article), cmocka_unit_test(finds_the_title),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
