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

static void keeps_what_may_be_the_article(void **unused)
{
    (void)unused;
    expect(NULL, "Title\n\nOne line is here.\n\nwell-known\n\nAnother line is here.",
           "Title\n\nOne line is here.\n\nwell-known\n\nAnother line is here.", "");
    expect(NULL, "Title\n\nThe red-kite flew.\n\nred-kite\n\nAnother line is here.",
           "Title\n\nThe red-kite flew.\n\nred-kite\n\nAnother line is here.", "");
    expect(NULL, "Title\n\nHe saw a\nblue-winged\nteal.", "Title\n\nHe saw a\n\nblue-winged\n\nteal.",
           "");
    expect(NULL, "Title\nIt rains.\nLike many on Twitter, she was wet.\nCookies\nIt rains more.",
           "Title\n\nIt rains.\n\nLike many on Twitter, she was wet.\n\nCookies\n\nIt rains more.", "");
    expect(NULL, "Title\nOne.\nTwo.\n***\nThree.\n***\nFour.",
           "Title\n\nOne.\n\nTwo.\n\nThree.\n\nFour.", "separator separator");
    expect(NULL, "Title\nIt rains.\nEmbargo on rain lifted in 2023\nIt rains more.",
           "Title\n\nIt rains.\n\nEmbargo on rain lifted in 2023\n\nIt rains more.", "");
}

/* The values of a key, joined by "; ". */
static void expect_meta(const char *in, const char *key, const char *values)
{
    harness *h = harness_new();
    const gly_doc *d;
    char found[256] = "";

    harness_stage_linked(h, &gly_plugin_v0, NULL);
    d = harness_run(h, "a.txt", in, strlen(in));
    for (const gly_meta *m = gly_meta_next(d, key, NULL); m; m = gly_meta_next(d, key, m))
        snprintf(found + strlen(found), sizeof found - strlen(found), "%s%.*s", found[0] ? "; " : "",
                 (int)m->as.s.len, m->as.s.ptr);
    assert_string_equal(found, values);
    harness_free(h);
}

static void reads_bylines(void **unused)
{
    (void)unused;
    expect_meta("Title here\nBy Ann Other and John Doe\nText.", "author", "Ann Other; John Doe");
    expect_meta("Title here\nWords: Ann O\u2019Hara\nText.", "author", "Ann O\u2019Hara");
    expect_meta("Title here\nBy ANN OTHER, Health Correspondent\nText.", "author", "ANN OTHER");
    expect_meta("Titel hier\nVon Anna M\u00fcller und J\u00f6rg von Wei\u00df\nText.", "author",
                "Anna M\u00fcller; J\u00f6rg von Wei\u00df");
    expect_meta("Titre ici\nPar H\u00e9l\u00e8ne Morvan\nTexte.", "author", "H\u00e9l\u00e8ne Morvan");
    expect_meta("Title here\nJohn Doe\n2 May 2023\nText.", "author", "John Doe");
    expect_meta("Title here\nJohn Doe\nText.", "author", "");
    expect_meta("Title here\nBy Tuesday it rained\nText.", "author", "");
    expect_meta("Title here\nBy the River\nText.", "author", "");
    expect_meta("Title here\nBy Ann Other saw it rain.\nText.", "author", "");
}

static void reads_dates(void **unused)
{
    (void)unused;
    expect_meta("Title\nPublished 09:30, 2 May 2023\nText.", "published", "2023-05-02T09:30");
    expect_meta("Title\nMay 2, 2023 at 5:05 p.m.\nText.", "published", "2023-05-02T17:05");
    expect_meta("Title\n2023-05-02\nText.", "published", "2023-05-02");
    expect_meta("Title\n04/05/2023\nText.", "published", "2023-05-04");
    expect_meta("Title\n5/31/2023\nText.", "published", "2023-05-31");
    expect_meta("Title\n5/2/2023 8:00 AM ET\nText.", "published", "2023-05-02T08:00");
    expect_meta("Title\n02.05.2023 - 13:52 Uhr\nText.", "published", "2023-05-02T13:52");
    expect_meta("Title\nmardi 1er ao\u00fbt 2023\nText.", "published", "2023-08-01");
    expect_meta("Title\nLast updated on 3rd May 2023\nText.", "modified", "2023-05-03");
    expect_meta("Title\nLast updated on 3rd May 2023\nText.", "published", "");
    expect_meta("Title\n31 April 2023 - 32 May 2023\nText.", "published", "");
    expect_meta("Title\nThe fair is on 2 May 2023\nText.", "published", "");
}

static void reads_datelines(void **unused)
{
    (void)unused;
    expect_meta("Title\n\nLONDON, 2 May 2023 - The mayor said so on Monday.", "location", "LONDON");
    expect_meta("Title\n\nLONDON, 2 May 2023 - The mayor said so on Monday.", "published", "2023-05-02");
    expect_meta("Title\n\nPARIS (Reuters) - The mayor said so on Monday.", "dateline", "PARIS (Reuters)");
    expect_meta("Title\n\nFRANKFURT AM MAIN, May 2 (dpa) -- The mayor said so.", "location",
                "FRANKFURT AM MAIN");
    expect_meta("Title\n\nHEMPSTEAD, N.Y., Sept. 26 (UPI) \u2014 The mayor said so.", "location",
                "HEMPSTEAD, N.Y.");
    expect_meta("Title\n\nUnited lost again - the third time this month.", "dateline", "");
    expect_meta("Title\n\nNATO-led troops left the town on Monday at noon.", "dateline", "");
    expect_meta("EMBARGO: 00:01, 3 May 2023\nTitle\n\nText is here.", "embargo", "2023-05-03T00:01");
}

static void says_when_all_is_furniture(void **unused)
{
    harness *h = harness_new();
    const gly_doc *d;

    (void)unused;
    harness_stage_linked(h, &gly_plugin_v0, NULL);
    d = harness_run(h, "a.txt", "Advertisement\nShare", 19);
    assert_int_equal(d->nnotes, 1);
    assert_int_equal(d->notes[0].severity, GLY_WARN);
    d = harness_run(h, "a.txt", "", 0);
    assert_int_equal(d->nnotes, 0);
    harness_free(h);
}

static void tells_sentences_from_titles(void **unused)
{
    (void)unused;
    expect_meta("Lido opens at last.\n\nMARLE, Aug. 2 (ABC) \u2014 The lido opened on Monday.", "title",
                "Lido opens at last.");
    expect_meta("Town Council Says Lido Should Open.\n\nThe lido opened on Monday.", "title",
                "Town Council Says Lido Should Open.");
    expect_meta("The lido opens at last.\n\nIt is cold.", "title", "");
    expect_meta("Will the lido open?\n\nThe council said on Monday that it would.", "title",
                "Will the lido open?");
    expect_meta("Introduction\n\nThe lido is cold.", "title", "");
    expect_meta("12\nThe lido is cold.", "title", "");
    expect_meta("Dear Sir,\n\nThe lido is cold.", "title", "");
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
        cmocka_unit_test(takes_out_what_is_not_the_article),
        cmocka_unit_test(keeps_what_may_be_the_article), cmocka_unit_test(finds_the_title),
        cmocka_unit_test(reads_bylines), cmocka_unit_test(reads_dates),
        cmocka_unit_test(reads_datelines), cmocka_unit_test(tells_sentences_from_titles),
        cmocka_unit_test(says_when_all_is_furniture),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
