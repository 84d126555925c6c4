/* What is read out of a page's markup, and what is not made up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "../../../tests/harness/harness.h"
#include "candidate.h"

extern const gly_plugin gly_plugin_v0;

#define BODY "<p>The town council agreed on Tuesday to rebuild the old swimming pool, which has been " \
             "shut since the storm, and to open it again before the summer.</p><p>Work will begin in " \
             "March, the mayor said, and will cost about two million pounds.</p>"

/* All values of a key, parted by " / ". */
static void expect(const char *page, const char *key, const char *values)
{
    harness *h = harness_new();
    const gly_doc *d;
    char found[512] = "";

    harness_stage(h, "clean.html", NULL);
    harness_stage_linked(h, &gly_plugin_v0, NULL);
    d = harness_run(h, "a.html", page, strlen(page));
    assert_int_equal(harness_status(h), GLY_OK);
    for (const gly_meta *m = NULL; (m = gly_meta_next(d, key, m)) != NULL;)
        snprintf(found + strlen(found), sizeof found - strlen(found), "%s%.*s", *found ? " / " : "",
                 m->type == GLY_T_STR ? (int)m->as.s.len : 4, m->type == GLY_T_STR ? m->as.s.ptr : "true");
    if (strcmp(found, values) != 0)
        fail_msg("%s is '%s' instead of '%s'", key, found, values);
    harness_free(h);
}

static void expect_date(const char *text, bool months_first, const char *iso)
{
    months m;
    date found[MOST_DATES];
    char got[4 * 36] = "";
    gly_str s = { text, (uint32_t)strlen(text) };
    uint32_t count;

    months_prepare(&m);
    count = dates_find(&m, s, months_first ? DATE_MONTH_FIRST : DATE_DAY_FIRST, found);
    for (uint32_t i = 0; i < count; i++) {
        assert_true(found[i].at.begin < found[i].at.end && found[i].at.end <= s.len);
        snprintf(got + strlen(got), sizeof got - strlen(got), "%s%s", i ? " / " : "", found[i].iso);
    }
    if (strcmp(got, iso) != 0)
        fail_msg("'%s' is read as '%s' instead of '%s'", text, got, iso);
}

static void reads_dates(void **unused)
{
    (void)unused;
    expect_date("2024-05-02", false, "2024-05-02");
    expect_date("2024-05-02T10:20:30+01:00", false, "2024-05-02T10:20:30+01:00");
    expect_date("Published 2 May 2024 at 10:20", false, "2024-05-02");
    expect_date("May 2nd, 2024", false, "2024-05-02");
    expect_date("Thursday, May 02, 2024", false, "2024-05-02");
    expect_date("2. Mai 2024", false, "2024-05-02");
    expect_date("2 de mayo de 2024", false, "2024-05-02");
    expect_date("02.05.2024", true, "2024-05-02");
    expect_date("5/2/2024", true, "2024-05-02");
    expect_date("2/5/2024", false, "2024-05-02");
    expect_date("2024\u5E745\u67082\u65E5", false, "2024-05-02");
    expect_date("20240502", false, "2024-05-02");
    expect_date("1714608000", false, "2024-05-02");
    expect_date("Dec. 6, 2024, 10:00 PM UTC / Updated Dec. 7, 2024", false, "2024-12-06 / 2024-12-07");
    expect_date("Jan 04 09:34 2021", false, "2021-01-04");
    expect_date("le 3 f\u00E9vrier 2024", false, "2024-02-03");
    expect_date("21 CZERWCA 2024", false, "2024-06-21");
    expect_date("3. toukokuuta 2024", false, "2024-05-03");
    expect_date("2 \u043C\u0430\u044F 2024 \u0433.", false, "2024-05-02");
    expect_date("2024\uB1445\uC6D42\uC77C", false, "2024-05-02");
    expect_date("am 07.08.09 um 10:25", false, "2009-08-07");
    expect_date("12-May-24", false, "2024-05-12");
    expect_date("Ten marketing tips for 2024, 5 of them free", false, "");
    expect_date("2019/2020", false, "");
    expect_date("31/02/2024", false, "");
    expect_date("May the 4th be with you", false, "");
    expect_date("12 of 2024 people", false, "");
    expect_date("1.2.3", false, "");
}

static void reads_titles(void **unused)
{
    (void)unused;
    expect("<title>Pool to open | The Courier</title><article>" BODY "</article>", "title", "Pool to open");
    expect("<title>Pool to open - Courier</title><meta property=og:site_name content='The Courier'>" BODY,
           "title", "Pool to open");
    expect("<title>The Courier: Pool to open</title><meta property=og:site_name content='The Courier'>" BODY,
           "title", "Pool to open");
    expect("<title>Pool to open - News - courier.example</title><h1>Pool to open</h1>" BODY, "title",
           "Pool to open");
    expect("<meta property=og:title content='Pool &amp; spa to open'>" BODY, "title", "Pool & spa to open");
    expect("<title>Pool &amp;#038; spa to open</title>" BODY, "title", "Pool & spa to open");
    expect("<title>\u6E2F\u306E\u30D7\u30FC\u30EB\uFF1A\u6E2F\u65B0\u805E</title>"
           "<meta property=og:site_name content='\u6E2F\u65B0\u805E'>" BODY, "title", "\u6E2F\u306E\u30D7\u30FC\u30EB");
    expect("<title>Pool to open - The Courier</title><h1>Menu</h1><h1>Pool to open</h1><h1>Read next</h1>" BODY,
           "title", "Pool to open");
    expect("<title>Pool to open - The Courier</title><meta property=og:site_name content='The Courier'><h1><div>Town news</div><div>Pool to open</div></h1>" BODY,
           "title", "Pool to open");
    expect("<title>Harbour pool to open in May</title><h1>Our blog</h1>" BODY, "title", "Harbour pool to open in May");
    expect(BODY, "title", "");
}

static void reads_authors(void **unused)
{
    (void)unused;
    expect("<meta name=author content='Ann Other and John Doe'>" BODY, "author", "Ann Other / John Doe");
    expect("<h1>Pool</h1><div class=byline>By <a href=/a>Ann Other</a>, Town Editor</div>" BODY, "author",
           "Ann Other");
    expect("<h1>Pool to open</h1><p>By Ann Other</p>" BODY, "author", "Ann Other");
    expect("<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"author\":[{\"@type\":\"Person\","
           "\"name\":\"Ann Other\"},\"John Doe\"]}</script>" BODY, "author", "Ann Other / John Doe");
    expect("<meta property=og:site_name content='The Courier'><meta name=author content='The Courier'>"
           "<h1>Pool</h1><p>By John Doe</p>" BODY, "author", "John Doe");
    expect("<div class=author>Share this story</div>" BODY, "author", "");
    expect("<h1>Pool</h1><p>By Ann Other \u2022 March 12, 2025</p>" BODY, "author", "Ann Other");
    expect("<h1>Pool</h1><p>12/03/2025 by Ann Other, Clerk to the Harbour Board</p>" BODY, "author", "Ann Other");
    expect("<h1>Pool</h1><div class=author>Written by<br>Ann Other<br>Head of Sports and Leisure</div>" BODY,
           "author", "Ann Other");
    expect("<h1>Pool</h1><p class=byline>By Ann Other in Seaham</p>" BODY, "author", "Ann Other");
    expect("<h1>Pool</h1><p>Von Anne Muster und J\u00F6rg Beispiel</p>" BODY, "author",
           "Anne Muster / J\u00F6rg Beispiel");
    expect("<h1>Pool</h1><p class=author>Jose Perez</p><p class=author>Jos\u00E9 P\u00E9rez</p>" BODY, "author", "Jose Perez");
    expect("<meta name=author content=swimfan22><h1>Pool</h1><p>By Ann Other</p>" BODY, "author", "Ann Other");
    expect("<meta name=author content='Harbour Desk'>" BODY, "author", "Harbour Desk");
    expect("<meta name=twitter:label1 content='Written by'><meta name=twitter:data1 content='Ann Other'>" BODY,
           "author", "Ann Other");
    expect("<meta name=twitter:label1 content='Time to read'><meta name=twitter:data1 content='Two Minutes'>" BODY,
           "author", "");
    expect("<script type=application/ld+json>{\"@graph\":[{\"@type\":\"Article\",\"author\":{\"@id\":\"#a\"}},"
           "{\"@type\":\"Person\",\"@id\":\"#b\",\"name\":\"John Doe\"},"
           "{\"@type\":\"Person\",\"@id\":\"#a\",\"name\":\"Ann Other\"}]}</script>" BODY, "author", "Ann Other");
    expect("<h1>Pool</h1>" BODY "<div class=comments><p class=author>John Doe says</p></div>", "author", "");
    expect("<meta property=og:site_name content='Ann Other'><meta name=author content='Ann Other'>" BODY, "author",
           "Ann Other");
    expect("<meta name=author content='\u0645\u0646\u0649 \u0643\u0627\u0645\u0644'>" BODY, "author", "\u0645\u0646\u0649 \u0643\u0627\u0645\u0644");
    expect("<h1>Pool</h1><p>\u05DE\u05D0\u05EA \u05D3\u05E0\u05D4 \u05DB\u05D4\u05DF</p>" BODY, "author", "\u05D3\u05E0\u05D4 \u05DB\u05D4\u05DF");
    expect("<h1>Pool</h1><p>\u05D3\u05E0\u05D4 \u05DB\u05D4\u05DF</p>" BODY, "author", "");
    expect("<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"author\":\"https://courier.example/ann\"}</script>"
           BODY, "author", "");
    expect("<h1>Pool</h1><a href=/blog/authors/ann-other/><div>Ann Other</div></a>" BODY, "author", "Ann Other");
    expect("<h1>Pool</h1><a href=/authorities/harbour>Harbour Board</a>" BODY, "author", "");
    expect("<h1>Pool</h1><p>By Ann (Annie) Other</p>" BODY, "author", "Ann (Annie) Other");
    expect("<h1>Pool</h1><p>By Ann Other (Harbour)</p>" BODY, "author", "Ann Other");
    expect("<h1>Pool</h1><p class=author>Ann Other</p><p class=author>Dr. Ann Other</p>" BODY, "author", "Ann Other");
    expect("<h1>Pool</h1>" BODY "<p>This post was written by Ann Other, Head of Sports</p>", "author", "Ann Other");
    expect("<h1>Pool</h1><p class=author>\u00A9 Ann Other</p>" BODY, "author", "");
    expect("<h1>Pool</h1>" BODY "<p>(Interview: Anne Muster)</p>", "author", "Anne Muster");
    expect("<h1>Pool</h1>" BODY "<p>Das Gespr\u00E4ch f\u00FChrte Anne Muster.</p>", "author", "Anne Muster");
    expect("<html lang=en><h1>Pool</h1><p>Interview: Ann Other</p>" BODY, "author", "");
    expect("<h1>By Popular Demand</h1>" BODY, "author", "");
    expect("<meta name=author content='Ministerium f\u00FCr Verkehr und Hafen'>" BODY, "author", "");
    expect("<h1>Pool to open</h1><p>\u0410\u0432\u0442\u043E\u0440: \u0418\u0440\u0438\u043D\u0430 \u0421\u043E\u043A\u043E\u043B\u043E\u0432\u0430</p>" BODY, "author",
           "\u0418\u0440\u0438\u043D\u0430 \u0421\u043E\u043A\u043E\u043B\u043E\u0432\u0430");
    expect("<h1>Pool to open</h1><p>\u00C9crit par Jean Dupont</p>" BODY, "author", "Jean Dupont");
    expect(BODY, "author", "");
}

static void invents_no_date(void **unused)
{
    (void)unused;
    expect("<meta property=article:published_time content=2024-05-02T10:00:00Z>" BODY, "published",
           "2024-05-02T10:00:00Z");
    expect("<h1>Pool</h1><time datetime=2024-05-02>Thursday</time>" BODY, "published", "2024-05-02");
    expect("<script type=application/ld+json>{\"@type\":\"WebPage\",\"datePublished\":\"2024-05-02\"}</script>"
           BODY, "published", "");
    expect("<script type=application/ld+json>{\"@type\":\"WebPage\",\"datePublished\":\"2024-05-02\"}</script>"
           "<h1>Pool</h1><p class=date>2 May 2024</p>" BODY, "published", "2024-05-02");
    expect("<h1>Pool to open</h1><p class=meta>Last updated 3 June 2024, first published 2 May 2024</p>" BODY,
           "published", "2024-05-02");
    expect("<h1>Pool to open</h1><p class=meta>Last updated 3 June 2024, first published 2 May 2024</p>" BODY,
           "modified", "2024-06-03");
    expect("<meta property=article:published_time content=2024-05-02T10:00:00Z><h1>Harbour pool to open again</h1>"
           "<p>By Ann Other</p>" BODY "<div class=comments><p class=date>7 May 2024</p><p>I will swim.</p></div>",
           "published", "2024-05-02T10:00:00Z");
    expect("<h1>Pool to open</h1>" BODY "<div class=comments><p class=date>7 May 2024</p></div>", "published", "");
    expect("<h1>Pool to open</h1>" BODY "<aside class=related><a>Lido shut</a><time>7 May 2024</time></aside>",
           "published", "");
    expect("<html lang=en><script type=application/ld+json>{\"@type\":\"NewsArticle\",\"datePublished\":"
           "\"2024-05-02\"}</script><h1>Pool to open</h1><p class=date>02/05/2024</p>" BODY, "published", "2024-05-02");
    expect("<title>Our harbour</title><meta property=article:published_time content=2024-05-02><h1>Our harbour</h1>" BODY,
           "published", "");
    expect("<title>\u8054\u7CFB\u6211\u4EEC</title><meta property=article:published_time content=2024-05-02>"
           "<h1>\u8054\u7CFB\u6211\u4EEC</h1>" BODY, "published", "");
    expect("<title>\u6E2F\u53E3\u6CF3\u6C60\u4E94\u6708\u91CD\u65B0\u5F00\u653E</title>"
           "<meta property=article:published_time content=2024-05-02><h1>\u6E2F\u53E3\u6CF3\u6C60\u4E94\u6708\u91CD\u65B0\u5F00\u653E</h1>"
           BODY, "published", "2024-05-02");
    expect("<title>The harbour pool opens in May</title><meta property=article:published_time content=2024-05-02>"
           "<h1>The harbour pool opens in May</h1>" BODY, "published", "2024-05-02");
    expect("<h1>Harbour fair with music and boats</h1><p>9.-23. Mai 2024</p>" BODY, "published", "");
    expect("<h1>Harbour fair with music and boats</h1><p>2 May 2024 \u2013 5 May 2024</p>" BODY, "published", "");
    expect("<h1>Harbour fair with music and boats</h1><p>10:20 - 5 May 2024</p>" BODY, "published", "2024-05-05");
    expect("<h1>Harbour fair with music, 5 May 2024</h1>" BODY, "published", "");
    expect(BODY "<footer>Copyright 2024</footer>", "published", "");
    expect("<meta name=date content='not a date'>" BODY, "published", "");
}

static void reads_the_rest(void **unused)
{
    static const char page[] =
        "<html lang=en-GB><link rel=canonical href='https://courier.example/pool?a=1&amp;b=2'>"
        "<meta property=og:image content=/pool.jpg><meta name=keywords content='pool, swimming,,town, Pool'>"
        "<meta property=article:section content=Local><link rel=license href=https://licence.example/by>"
        "<script type=application/ld+json>{\"@type\":\"Article\",\"isAccessibleForFree\":false}</script>" BODY;

    (void)unused;
    expect(page, "url", "https://courier.example/pool?a=1&b=2");
    expect(page, "lang", "en");
    expect(page, "image", "https://courier.example/pool.jpg");
    expect(page, "tag", "pool / swimming / town");
    expect(page, "section", "Local");
    expect(page, "licence", "https://licence.example/by");
    expect(page, "paywalled", "true");
    expect(BODY, "paywalled", "");
    expect("<html lang=EN-us>" BODY, "lang", "en");
    expect("<meta http-equiv=x name=content-language content=English>" BODY, "lang", "");
    expect("<link rel=canonical href=/pool><meta property=og:url content=https://courier.example/pool>" BODY, "url",
           "https://courier.example/pool");
    expect(BODY "<p><a rel=license href=https://licence.example/by>CC BY</a></p>", "licence",
           "https://licence.example/by");
    expect("<meta property=article:published_time content=2024-05-02><h1>Harbour pool to open again</h1>"
           "<p>By Ann Other</p><meta property=article:modified_time content=2024-04-30>" BODY, "modified", "");
    expect("<script type=application/ld+json>{\"@graph\":[{\"@type\":\"Article\",\"publisher\":{\"@id\":\"#o\"}},"
           "{\"@type\":\"Organization\",\"@id\":\"#o\",\"name\":\"The Courier\"}]}</script>" BODY, "site", "The Courier");
    expect("<meta property=article:content_tier content=metered>" BODY, "paywalled", "");
    expect("<meta property=article:content_tier content=locked>" BODY, "paywalled", "true");
    expect("<script type=application/ld+json>{\"@type\":</script>" BODY, "published", "");
}

/* What readers see beside the article says more than keywords; a cloud says nothing. */
static void reads_tags_of_links(void **unused)
{
    static const char page[] =
        "<meta name=keywords content=cheap><h1>Pool</h1>" BODY "<p>Filed under <a rel='category tag' href=/c>Town</a>, "
        "<a rel=tag href=/t/a>swimming</a>, <a rel=tag href=/t/b>harbour</a></p>"
        "<div class=related><a rel=tag href=/t/c>pets</a></div>";

    (void)unused;
    expect(page, "tag", "swimming / harbour");
    expect(page, "tag.origin", "link");
    expect(page, "section", "Town");
    expect("<h1>Pool</h1>" BODY "<div class=comments><a rel=tag href=/t/a>swimming</a></div>", "tag", "");
}

/* Saved by a browser: its note says where from. */
static void reads_saved_addresses(void **unused)
{
    static const char page[] =
        "<!-- saved from url=(0039)https://courier.example/2024/05/02/pool -->"
        "<meta property=og:image content=/pool.jpg><title>Pool to open - Courier</title><h1>Pool to open</h1>"
        "<p class=date>2 May 2024</p>" BODY;

    (void)unused;
    expect(page, "url", "https://courier.example/2024/05/02/pool");
    expect(page, "image", "https://courier.example/pool.jpg");
    expect(page, "published", "2024-05-02");
}

static void tells_lists_from_articles(void **unused)
{
#define CARD(n) "<h2><a href=/" #n ">Harbour story number " #n "</a></h2><p>Short words of it.</p>"
    static const char cards[] = CARD(1) CARD(2) CARD(3) CARD(4) CARD(5) CARD(6) CARD(7) CARD(8) CARD(9);
    char page[4096];

    (void)unused;
    snprintf(page, sizeof page, "<title>Harbour</title><main>%s</main>", cards);
    expect(page, "listing", "true");
    snprintf(page, sizeof page, "<script type=application/ld+json>{\"@type\":\"Article\"}</script><main>%s</main>", cards);
    expect(page, "listing", "");
    expect("<script type=application/ld+json>{\"@type\":\"CollectionPage\"}</script>" BODY, "listing", "true");
    expect(BODY, "listing", "");
}

/* Every key has its origin beside it, with the same confidence. */
static void says_where_from(void **unused)
{
    static const char page[] =
        "<title>Harbour pool to open again</title><script type=application/ld+json>{\"@type\":\"NewsArticle\",\"datePublished\":"
        "\"2024-05-02\",\"author\":\"Ann Other\",\"keywords\":\"pool,town\"}</script><h1>Harbour pool to open again</h1>" BODY;

    (void)unused;
    expect(page, "title.origin", "heading");
    expect(page, "author.origin", "json-ld");
    expect(page, "published.origin", "json-ld");
    expect(page, "tag", "pool / town");
    expect(page, "tag.origin", "json-ld");
    expect(page, "modified.origin", "");
}

/* Thousands of each: the sure ones are still found, and the document is not too full. */
static void survives_floods(void **unused)
{
    size_t size = 64 * 60000, used = 0;
    char *page = malloc(size);

    (void)unused;
    assert_non_null(page);
    used += (size_t)snprintf(page, size, "<meta property=og:title content='Pool to open'>");
    for (int i = 0; i < 20000; i++)
        used += (size_t)snprintf(page + used, size - used, "<meta property=article:tag content=t%d>", i);
    used += (size_t)snprintf(page + used, size - used, "%s", BODY);
    for (int i = 0; i < 20000; i++)
        used += (size_t)snprintf(page + used, size - used, "<time class=author>%d May 2024</time>", i % 28 + 1);
    expect(page, "title", "Pool to open");
    free(page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_dates), cmocka_unit_test(reads_titles), cmocka_unit_test(reads_authors),
        cmocka_unit_test(invents_no_date), cmocka_unit_test(reads_the_rest),
        cmocka_unit_test(reads_tags_of_links), cmocka_unit_test(reads_saved_addresses),
        cmocka_unit_test(tells_lists_from_articles), cmocka_unit_test(says_where_from),
        cmocka_unit_test(survives_floods),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
