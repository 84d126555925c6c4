/* What tree a page gives, what its tokens and references are, and that hostile
 * pages cost no more than their length. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "kit/page/charref.h"
#include "kit/page/page.h"

enum { MEMORY = 160 << 20 };

static char *memory;
static gly_arena arena;

static void *refuse(gly_arena *a, size_t size, size_t align)
{
    (void)a, (void)size, (void)align;
    return NULL;
}

static int set_up(void **unused)
{
    (void)unused;
    memory = malloc(MEMORY);
    return memory ? 0 : -1;
}

static int tear_down(void **unused)
{
    (void)unused;
    free(memory);
    return 0;
}

static page read_bytes(const char *bytes, size_t length)
{
    page p;

    arena = (gly_arena){ memory, memory + MEMORY, refuse };
    assert_int_equal(page_read(&p, (gly_str){ bytes, (uint32_t)length }, &arena), GLY_OK);
    return p;
}

/* ---- the tree as text: b('bold') ---------------------------------------------------- */

static char shown[4096];

static void show(const page *p, uint32_t node)
{
    const page_node *n = &p->nodes[node];
    size_t used = strlen(shown);

    if (n->flags & PAGE_SPACE)
        used += (size_t)snprintf(shown + used, sizeof shown - used, "_");
    if (page_is_text(n)) {
        snprintf(shown + used, sizeof shown - used, "'%.*s'", (int)(n->at.end - n->at.begin),
                 p->source.ptr + n->at.begin);
        return;
    }
    snprintf(shown + used, sizeof shown - used, "%s(", n->tag ? page_tag_names[n->tag] : "?");
    for (uint32_t i = node + 1; i < n->next; i = p->nodes[i].next)
        show(p, i);
    used = strlen(shown);
    snprintf(shown + used, sizeof shown - used, ")");
}

static void expect(const char *source, const char *tree)
{
    page p = read_bytes(source, strlen(source));

    shown[0] = '\0';
    for (uint32_t i = 1; i < p.count; i = p.nodes[i].next)
        show(&p, i);
    assert_string_equal(shown, tree);
}

static void nests_as_written(void **unused)
{
    (void)unused;
    expect("", "");
    expect("plain", "'plain'");
    expect("<p>a <b>bold</b> word</p>", "p('a 'b('bold')' word')");
    expect("<DIV><img src=x>c</DIV>", "div(img()'c')");
    expect("<b>a</b> <i>b</i>", "b('a')_i('b')");
    expect("<pre>a\n <b>x</b>\n</pre>", "pre('a\n 'b('x')'\n')");
    expect("<my-card>a</my-card>b", "?('a')'b'");
}

static void implies_end_tags(void **unused)
{
    (void)unused;
    expect("<p>a<p>b<div>c", "p('a')p('b')div('c')");
    expect("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>e",
           "ul(li('a')li('b'ul(li('c')))li('d'))'e'");
    expect("<dl><dt>a<dd>b<dt>c</dl>", "dl(dt('a')dd('b')dt('c'))");
    expect("<select><option>a<option>b</select>c", "select(option('a')option('b'))'c'");
    expect("<table><tr><td>a<td><p>b<tr><th>c</table>d",
           "table(tr(td('a')td(p('b')))tr(th('c')))'d'");
    expect("<table><tbody><tr><td><table><tr><td>in</table>out<td>b</table>",
           "table(tbody(tr(td(table(tr(td('in')))'out')td('b'))))");
    expect("<h2>a<h3>b</h2>c", "h2('a')h3('b')'c'");
    expect("<head><title>t</title><p>a", "head(title('t'))p('a')");
    expect("<a href=x>a<a href=y>b", "a('a')a('b')");
}

static void survives_wrong_end_tags(void **unused)
{
    (void)unused;
    expect("<div>a</span></b>b</div>c", "div('a''b')'c'");
    expect("<div><table><tr><td>a</div>b</table>c</div>d", "div(table(tr(td('a''b')))'c')'d'");
    expect("<div><b>a</div>b", "div(b('a'))'b'");
    expect("<body>a</body></html>b<p>c", "body('a''b'p('c'))");
    expect("<html><body>a<body class=x>b", "html(body('a''b'))");
    expect("</p></div></>x", "'x'");
}

static void reads_raw_text(void **unused)
{
    (void)unused;
    expect("<script>if (a<b) '</div>'</script>c", "script('if (a<b) '</div>'')'c'");
    expect("<script><!-- <script> </script> --></script>c",
           "script('<!-- <script> </script> -->')'c'");
    expect("<script></script><style>p > a {}</style>c", "script()style('p > a {}')'c'");
    expect("<title>a <b> &amp;</title>c", "title('a <b> &amp;')'c'");
    expect("<textarea><p></textarea>c", "textarea('<p>')'c'");
    expect("<script>never closed <p>", "script('never closed <p>')");
    expect("a<!-- <p> -->b<!-->c<?php x?>d<![CDATA[e]]>f", "'a''b''c''d''f'");

}

static void leaves_pictures(void **unused)
{
    (void)unused;
    expect("<svg><circle/><![CDATA[x<y]]></svg>a", "svg(?()'x<y')'a'");
    expect("<svg><g><p>a</p>b", "svg(?())p('a')'b'");
}

static void keeps_attributes(void **unused)
{
    static const char source[] =
        "<a class='x y' HREF=/u?a&amp;b id id=2 hidden data-mine=\"m\" class=z>t</a>";
    page p = read_bytes(source, sizeof source - 1);

    (void)unused;
    assert_true(gly_str_eq(page_attr_of(&p, 1, PAGE_ATTR_CLASS), GLY_LIT("x y")));
    assert_true(gly_str_eq(page_attr_of(&p, 1, PAGE_ATTR_HREF), GLY_LIT("/u?a&amp;b")));
    assert_true(gly_str_eq(page_attr_named(&p, 1, GLY_LIT("data-mine")), GLY_LIT("m")));
    assert_int_equal(page_attr_of(&p, 1, PAGE_ATTR_ID).len, 0);
    assert_non_null(page_attr_of(&p, 1, PAGE_ATTR_HIDDEN).ptr);
    assert_null(page_attr_of(&p, 1, PAGE_ATTR_ROLE).ptr);
    assert_null(page_attr_named(&p, 1, GLY_LIT("data-other")).ptr);
}

/* The usual ones are known at a glance; nothing about them is special. */
static void reads_usual_attributes(void **unused)
{
    static const char source[] = "<a class=\"x y\"href=\"/u\" class=\"z\" HREF=\"/v\"/><p classy=\"a\" class =\"b\">";
    page p = read_bytes(source, sizeof source - 1);

    (void)unused;
    assert_int_equal(p.nattrs, 3);
    assert_true(gly_str_eq(page_attr_of(&p, 1, PAGE_ATTR_CLASS), GLY_LIT("x y")));
    assert_true(gly_str_eq(page_attr_of(&p, 1, PAGE_ATTR_HREF), GLY_LIT("/u")));
    assert_true(gly_str_eq(page_attr_of(&p, 2, PAGE_ATTR_CLASS), GLY_LIT("b")));
    assert_true(gly_str_eq(page_attr_named(&p, 1, GLY_LIT("href")), GLY_LIT("/u")));
    for (size_t length = 1; length < sizeof source - 2; length++) /* cut anywhere: what is open is no tag */
        assert_true(read_bytes(source, length).count <= 2u + (length > strcspn(source, ">")));
}

static void expect_decoded(const char *in, bool in_attribute, const char *out)
{
    gly_str got;

    arena = (gly_arena){ memory, memory + MEMORY, refuse };
    got = page_decode((gly_str){ in, (uint32_t)strlen(in) }, in_attribute, &arena);
    if (got.len != strlen(out) || memcmp(got.ptr, out, got.len) != 0)
        fail_msg("'%.*s' instead of '%s'", (int)got.len, got.ptr, out);
}

static void resolves_references(void **unused)
{
    (void)unused;
    expect_decoded("a &amp; b &lt;&GT", false, "a & b <>");
    expect_decoded("&#8217;&#x2019;&#146;", false, "\u2019\u2019\u2019");
    expect_decoded("&notin; &notit; &nope; & &;", false, "\u2209 \u00ACit; &nope; & &;");
    expect_decoded("?a=1&copy=2&amp=3&lt", true, "?a=1&copy=2&amp=3<");
    expect_decoded("&#0;&#xD800;&#x110000;&#;&#x;", false, "\uFFFD\uFFFD\uFFFD&#;&#x;");
    expect_decoded("&nGt;&nGt;", false, "\u226B\u20D2\u226B\u20D2");
}

/* ---- hostile pages ------------------------------------------------------------------- */

static void read_repeated(const char *part, uint32_t times, const char *tail)
{
    size_t length = strlen(part);
    char *bytes = malloc(length * times + strlen(tail) * times + 1);
    page p;

    assert_non_null(bytes);
    for (uint32_t i = 0; i < times; i++)
        memcpy(bytes + i * length, part, length);
    for (uint32_t i = 0; i < times; i++)
        memcpy(bytes + times * length + i * strlen(tail), tail, strlen(tail));
    p = read_bytes(bytes, (length + strlen(tail)) * times);
    assert_true((size_t)(arena.cur - memory) <= 12 * (size_t)p.source.len + (64 << 10));
    for (uint32_t i = 1; i < p.count; i++) { /* well formed: inside the parent, forward */
        assert_true(p.nodes[i].parent < i && p.nodes[i].next > i);
        assert_true(p.nodes[i].next <= p.nodes[p.nodes[i].parent].next);
    }
    free(bytes);
}

/* What is not linear would not end in a test's time. */
static void takes_linear_time(void **unused)
{
    static const struct { const char *part, *tail; } hostile[] = {
        { "<div>", "</span>" }, { "<", "" }, { "<a>x", "" }, { "<a href=\"", "&" },
        { "<script><!--", "" }, { "<!--", "--" }, { "<table><tr><td>", "</div></b></p>" },
        { "<b><li>", "</p></h1>" }, { "</>", "" }, { "<svg><![CDATA[]]>", "" }, { "&", "&a" },
        { "<a id class hidden>", "" }, { "<x y=z>", "</x>" }, { "<p><b>", "<p></b>" },
    };

    (void)unused;
    for (size_t i = 0; i < sizeof hostile / sizeof hostile[0]; i++)
        read_repeated(hostile[i].part, 500000, hostile[i].tail);
}

static void bounds_depth(void **unused)
{
    page p;
    uint32_t deepest = 0;
    char *bytes = malloc(500000);

    (void)unused;
    assert_non_null(bytes);
    for (int i = 0; i < 100000; i++)
        memcpy(bytes + i * 5, "<div>", 5);
    p = read_bytes(bytes, 500000);
    assert_false(p.cut);
    for (uint32_t i = 1; i < p.count; i++) {
        uint32_t depth = 0;

        for (uint32_t k = i; k; k = p.nodes[k].parent)
            depth++;
        deepest = depth > deepest ? depth : deepest;
        if (i > 2000)
            break;
    }
    assert_int_equal(deepest, PAGE_DEEPEST);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nests_as_written), cmocka_unit_test(implies_end_tags),
        cmocka_unit_test(survives_wrong_end_tags), cmocka_unit_test(reads_raw_text),
        cmocka_unit_test(leaves_pictures), cmocka_unit_test(keeps_attributes), cmocka_unit_test(reads_usual_attributes),
        cmocka_unit_test(resolves_references), cmocka_unit_test(takes_linear_time),
        cmocka_unit_test(bounds_depth),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
