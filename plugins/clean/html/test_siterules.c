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
    xpath *x = xpath_parse(str(path));
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

static void refuses_the_rest(void **unused)
{
    static const char *const bad[] = {
        "", "//", "//p[", "//p[]", "//p[position()=1]", "//p[contains(@class)]", "substring-after(//p, 'x')",
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

static void rules_a_site(void **unused)
{
    static const char page_text[] =
        "<link rel=canonical href=https://www.news.example/pool><div class=text><p>The town council agreed on "
        "Tuesday to rebuild the old swimming pool, which has been shut since the storm.</p><p class=tip>A tip "
        "that the site puts into each of its articles, in the middle of the text, for its readers.</p></div>"
        "<div class=other><p>Another text that reads like an article, with a comma, and is as long as it.</p></div>";
    static const char kept[] = "The town council agreed on Tuesday to rebuild the old swimming pool, which has "
                               "been shut since the storm.";
    char folder[] = "/tmp/galley-rules-XXXXXX", option[128], path[128];
    harness *h = harness_new();
    site_rules *rules;
    const gly_doc *d;

    (void)unused;
    assert_non_null(mkdtemp(folder));
    write_rule(folder, "news.example.txt", "# a comment\nbody: //div[@class='text']\nstrip_id_or_class: tip\n"
               "strip: //p[position()=9]\ntidy: no\n");
    write_rule(folder, ".other.example.txt", "strip: //aside\n");
    rules = site_rules_read(folder);
    assert_non_null(rules);
    assert_int_equal(rules->count, 2);
    assert_int_equal(rules->passed_over, 1);
    assert_non_null(site_rules_for(rules, str("WWW.news.example")));
    assert_null(site_rules_for(rules, str("a.news.example")));
    assert_non_null(site_rules_for(rules, str("a.b.other.example")));
    assert_null(site_rules_for(rules, str("example")));
    site_rules_free(rules);

    snprintf(option, sizeof option, "rules=%s", folder);
    harness_stage_linked(h, &gly_plugin_v0, option);
    d = harness_run(h, "a.html", page_text, sizeof page_text - 1);
    assert_int_equal(harness_status(h), GLY_OK);
    if (!gly_str_eq(d->text, str(kept)))
        fail_msg("'%.*s'", (int)d->text.len, d->text.ptr);
    harness_free(h);
    snprintf(path, sizeof path, "%s/news.example.txt", folder);
    unlink(path);
    snprintf(path, sizeof path, "%s/.other.example.txt", folder);
    unlink(path);
    rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(selects), cmocka_unit_test(refuses_the_rest), cmocka_unit_test(rules_a_site),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
