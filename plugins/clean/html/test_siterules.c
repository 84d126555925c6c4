/* XPaths of the kind that site rules use, the files they stand in, and their effect. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "../../../tests/harness/harness.h"
#include "siterules.h"

extern const gly_plugin gly_plugin_v0;

static char memory[1 << 22];

static void *refuse(gly_arena *a, size_t size, size_t align)
{
    (void)a, (void)size, (void)align;
    return NULL;
}

static gly_str str(const char *s)
{
    return (gly_str){ s, (uint32_t)strlen(s) };
}

/* The ids of the selected elements, parted by blanks; "?" for a path that is refused. */
static void expect(const char *page_text, const char *path, const char *ids)
{
    gly_arena arena = { memory, memory + sizeof memory, refuse };
    xpath *x = xpath_parse(str(path), NULL);
    char found[256] = "";
    xpath_space space;
    page p;

    assert_int_equal(page_read(&p, str(page_text), &arena), GLY_OK);
    assert_true(xpath_space_new(&space, &p, &arena));
    if (!x)
        snprintf(found, sizeof found, "?");
    else {
        xpath_nodes nodes = xpath_select(x, &p, &space);

        for (uint32_t i = 0; i < nodes.count; i++) {
            gly_str id = page_attr_of(&p, nodes.items[i], PAGE_ATTR_ID);

            snprintf(found + strlen(found), sizeof found - strlen(found), "%s%.*s", *found ? " " : "",
                     (int)id.len, id.ptr);
        }
    }
    if (strcmp(found, ids) != 0)
        fail_msg("%s gives '%s' instead of '%s'", path, found, ids);
    xpath_free(x);
}

static const char tree[] =
    "<body id=b><div id=d1 class='main story'><p id=p1>One</p><p id=p2 class=lead>Two <a id=a1 href=/x>x</a></p>"
    "<div id=d2 class=' story-end '><p id=p3>Read more</p></div></div><my-card id=c><p id=p4>Four</p></my-card>"
    "<time id=t datetime=2024-05-02>May</time></body>";

static void selects(void **unused)
{
    (void)unused;
    expect(tree, "//p", "p1 p2 p3 p4");
    expect(tree, "//div/p", "p1 p2 p3");
    expect(tree, "/body/div", "d1");
    expect(tree, "//div[@id='d1']//p", "p1 p2 p3");
    expect(tree, "//div[@class = \"main story\"]/p[2]", "p2");
    expect(tree, "//p[1]", "p1 p3 p4");
    expect(tree, "//div[contains(@class, 'story')]", "d1 d2");
    expect(tree, "//div[contains(concat(' ',normalize-space(@class),' '),' story ')]", "d1");
    expect(tree, "//*[starts-with(@id, 'p') and not(@class)]", "p1 p3 p4");
    expect(tree, "//p[contains(., 'more') or @class='lead']", "p2 p3");
    expect(tree, "//p[starts-with(normalize-space(.), 'Read')]/ancestor::div[1]", "d2");
    expect(tree, "//a/parent::p | //time", "p2 t");
    expect(tree, "//a/..", "p2");
    expect(tree, "//time/@datetime", "t");
    expect(tree, "//my-card/p", "p4");
    expect(tree, "//p[@id!='p1']/following-sibling::div", "d2");
    expect(tree, "//section", "");
}

static void selects_by_place(void **unused)
{
    (void)unused;
    expect(tree, "//div[@id='d1']/p[last()]", "p2");
    expect(tree, "//p[last()]", "p2 p3 p4");
    expect(tree, "//p[last()-1]", "p1");
    expect(tree, "//p[last() - 9]", "");
    expect(tree, "//p[position()=1]", "p1 p3 p4");
    expect(tree, "//p[position() > 1]", "p2");
    expect(tree, "//p[position()<last()]", "p1");
    expect(tree, "//p[@class][position()=last()]", "p2");
    expect(tree, "(//p)[1]", "p1");
    expect(tree, "(//div//p)[last()]", "p3");
    expect(tree, "(//p)[position()>2] | //time", "p3 p4 t");
    expect(tree, "(//div)[2]/p", "p3");
    expect(tree, "(//time/@datetime)[1]", "t");
    expect(tree, "//p[@id='p3']/following::*", "c p4 t");
    expect(tree, "//div[@id='d2']/preceding::p", "p1 p2");
}

static void refuses_the_rest(void **unused)
{
    static const char *const bad[] = {
        "", "//", "//p[", "//p[]", "//p[position()]", "//p[position()=]", "//p[last()-]", "//p[not(last())]", "//a/ancestor::div[last()]",
        "//p/following::*[1]", "(//p", "(//p)[@id]", "//p[contains(@class)]", "substring-after(//p, 'x')",
        "//p[@class='x]", "//@href", "//p]", "((((((((((", "//p | ", "//p[((((((((((((@a))))))))))))]",
    };

    (void)unused;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        expect(tree, bad[i], "?");
}

static void write_rule(const char *folder, const char *name, const char *text)
{
    char path[512];
    FILE *f;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

#define TEXT_A "The town council agreed on Tuesday to rebuild the old swimming pool, which has been shut since the storm."
#define TEXT_B "Work will begin in March, the mayor said, and will cost about two million pounds, most of which comes from a fund."
#define TIP    "A tip that the site puts into its articles, for its readers."
#define OTHER  "Another text that reads like an article, with a comma, and a stop."
#define PAGE(head) head "<div class=text><h1>Pool to open</h1><p>" TEXT_A "</p><p class=tip>" TIP "</p><p>" TEXT_B "</p></div>" \
    "<div class=other><p>" OTHER "</p></div>"
#define CANONICAL "<link rel=canonical href=https://www.news.example/pool>"

static char folder[64];

static void fresh_folder(void)
{
    snprintf(folder, sizeof folder, "/tmp/galley-rules-XXXXXX");
    assert_non_null(mkdtemp(folder));
}

static void drop_folder(void)
{
    static const char *const names[] = { "news.example.txt", ".other.example.txt", "www.news.example.txt" };
    char path[128];

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    rmdir(folder);
}

static void finds_the_file_of_a_host(void **unused)
{
    site_rules *rules;

    (void)unused;
    fresh_folder();
    write_rule(folder, "news.example.txt", "# a comment\nbody: //div[@class='text']\nstrip_id_or_class: tip\n"
               "strip: //p[.//b]\ntidy: no\n");
    write_rule(folder, "www.news.example.txt", "strip: //aside\n");
    write_rule(folder, ".other.example.txt", "strip: //aside\n");
    rules = site_rules_read(folder);
    assert_non_null(rules);
    assert_int_equal(rules->count, 2); /* "www." is no other host */
    assert_string_equal(site_rules_for(rules, str("WWW.news.example"))->file, "news.example.txt");
    assert_int_equal(site_rules_for(rules, str("news.example"))->passed_over, 2);
    assert_null(site_rules_for(rules, str("a.news.example")));
    assert_non_null(site_rules_for(rules, str("a.b.other.example")));
    assert_non_null(site_rules_for(rules, str("www.other.example")));
    assert_null(site_rules_for(rules, str("other.example")));
    assert_null(site_rules_for(rules, str("example")));
    site_rules_free(rules);
    drop_folder();
}

/* The text of a page that news.example.txt rules over. */
static void expect_ruled(const char *rule, bool obey, const char *uri, const char *page_text, const char *kept)
{
    char option[128];
    harness *h = harness_new();
    const gly_doc *d;

    fresh_folder();
    write_rule(folder, "news.example.txt", rule);
    snprintf(option, sizeof option, "rules=%s;obey=%s", folder, obey ? "true" : "false");
    harness_stage_linked(h, &gly_plugin_v0, option);
    d = harness_run(h, uri, page_text, strlen(page_text));
    assert_int_equal(harness_status(h), GLY_OK);
    if (!gly_str_eq(d->text, str(kept)))
        fail_msg("%s: '%.*s'", rule, (int)d->text.len, d->text.ptr);
    harness_free(h);
    drop_folder();
}

static void rules_a_site(void **unused)
{
    static const char rule[] = "body: //div[@class='text']\nstrip_id_or_class: tip\n";
    static const char page_text[] = PAGE(CANONICAL), kept[] = TEXT_A "\n\n" TEXT_B;

    (void)unused;
    expect_ruled(rule, false, "a.html", page_text, kept);
    expect_ruled(rule, false, "in/www.news.example/a.html", PAGE(""), kept);
    expect_ruled(rule, false, "news.example_pool.html", PAGE(""), kept);
    expect_ruled(rule, false, "a.html", PAGE("<meta property=og:url content=https://news.example/pool>"), kept);
    expect_ruled(rule, false, "a.html", PAGE("<!-- saved from url=(0027)https://news.example/pool -->"), kept);
    expect_ruled(rule, false, "a.html", PAGE("<!--\n Page saved with SingleFile \n url: https://news.example/pool \n-->"),
                 kept);
}

static void replaces_in_the_markup(void **unused)
{
    static const char page_text[] = PAGE(CANONICAL), kept[] = TEXT_A "\n\n" TEXT_B;
    static const char body[] = "body: //div[@class='text']\nstrip: //p[@class='a:b']\n";
    char rule[300];

    (void)unused;
    snprintf(rule, sizeof rule, "%sreplace_string(p class=tip): p class='a:b'\n", body);
    expect_ruled(rule, false, "a.html", page_text, kept);
    snprintf(rule, sizeof rule, "find_string: class=tip\nfind_string: A tip\nreplace_string: class='a:b'\n%s", body);
    expect_ruled(rule, false, "a.html", page_text, kept);
    expect_ruled("find_string: " TIP "\nreplace_string:\nstrip_id_or_class: other\n", false, "a.html", page_text, kept);
}

/* Sites change: what goes against most of the article is set aside, unless told to obey. */
static void doubts_old_rules(void **unused)
{
    static const char page_text[] = PAGE(CANONICAL);
    static const char all[] = TEXT_A "\n\n" TIP "\n\n" TEXT_B "\n\n" OTHER;

    (void)unused;
    expect_ruled("strip: //aside\n", false, "a.html", page_text, all);
    expect_ruled("body: //div[@class='other']\n", false, "a.html", page_text, all);
    expect_ruled("body: //div[@class='other']\n", true, "a.html", page_text, OTHER);
    expect_ruled("strip: //div[@class='text']/p\nstrip: //div[@class='other']\n", false, "a.html", page_text,
                 TEXT_A "\n\n" TIP "\n\n" TEXT_B);
    expect_ruled("strip: //div[@class='text']/p\n", true, "a.html", page_text, OTHER);
}

static void expect_said(const char *text, const char *value)
{
    static const char page_text[] =
        "<head><title>Pool &amp; bath | News</title><meta name=by content=' Ann  Other '></head>"
        "<p class=by>By <b>Ann</b>\nOther<br>and Jo Bloggs</p><p class=on>Posted on 2 May 2024 in Town</p>";
    gly_arena arena = { memory, memory + sizeof memory, refuse };
    uint32_t stopped;
    site_value *v = site_value_parse(str(text), &stopped);
    gly_str found = { "?", 1 };
    xpath_space space;
    page p;

    assert_int_equal(page_read(&p, str(page_text), &arena), GLY_OK);
    assert_true(xpath_space_new(&space, &p, &arena));
    if (v) {
        xpath_nodes nodes = site_value_select(v, &p, &space);

        found = nodes.count ? site_value_of(v, &p, nodes.items[0], &arena) : (gly_str){ "-", 1 };
    }
    if (!gly_str_eq(found, str(value)))
        fail_msg("%s gives '%.*s' instead of '%s'", text, (int)found.len, found.ptr, value);
    site_value_free(v);
}

static void reads_values(void **unused)
{
    (void)unused;
    expect_said("//title", "Pool & bath | News");
    expect_said("substring-before(//title, ' | ')", "Pool & bath");
    expect_said("normalize-space(//meta[@name='by']/@content)", "Ann Other");
    expect_said("substring-after(//p[@class='by'], 'By ')", "Ann Other and Jo Bloggs");
    expect_said("substring-before( substring-after(//p[@class=\"on\"]/text(), 'on ') , ' in')", "2 May 2024");
    expect_said("substring-after(//title, 'nowhere')", "");
    expect_said("'Ann Other'", "Ann Other");
    expect_said("string(\"O'Hara\")", "O'Hara");
    expect_said("('Jo')", "Jo");
    expect_said("'Jo' or 'Ann'", "?");
    expect_said("//h1", "-");
    expect_said("substring-after(//title)", "?");
    expect_said("translate(//title, 'a', 'b')", "?");
    expect_said("", "?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(selects), cmocka_unit_test(selects_by_place), cmocka_unit_test(refuses_the_rest),
        cmocka_unit_test(finds_the_file_of_a_host), cmocka_unit_test(replaces_in_the_markup),
        cmocka_unit_test(rules_a_site), cmocka_unit_test(doubts_old_rules), cmocka_unit_test(reads_values),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
