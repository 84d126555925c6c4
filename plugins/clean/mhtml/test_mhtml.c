/* Which part of a web archive is the page, and how it is decoded. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "../../../tests/harness/harness.h"

extern const gly_plugin gly_plugin_v0;

#define HEAD "From: <Saved>\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"--B1\"\r\n\r\n"
#define QUOTED "----B1\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n" \
               "Content-Location: https://courier.example/pool\r\n\r\n"

static void expect(const char *message, const char *page)
{
    harness *h = harness_new();
    const gly_doc *d;

    harness_stage_linked(h, &gly_plugin_v0, NULL);
    d = harness_run(h, "a.mhtml", message, strlen(message));
    if (!page) {
        assert_int_equal(harness_status(h), GLY_EINPUT);
    } else {
        assert_int_equal(harness_status(h), GLY_OK);
        if (!gly_str_eq(d->text, (gly_str){ page, (uint32_t)strlen(page) }))
            fail_msg("'%.*s' instead of '%s'", (int)d->text.len, d->text.ptr, page);
        assert_true(gly_str_eq(d->media, GLY_LIT("text/html")));
    }
    harness_free(h);
}

static void decodes(void **unused)
{
    (void)unused;
    expect(HEAD QUOTED "<p class=3D\"x\">One =E2=80=9Cword=E2=80=9D=\r\n more</p>\r\n----B1--\r\n",
           "<p class=\"x\">One \u201Cword\u201D more</p>\r\n");
    expect(HEAD "----B1\nContent-Type: image/png\n\n<p>no</p>\n----B1\nContent-Type: text/html\n"
           "Content-Transfer-Encoding: base64\n\nPHA+\nT25lPC9wPg==\n----B1--\n", "<p>One</p>");
    expect(HEAD "----B1\nContent-Type: text/html\n\n<p>One=20</p>\n", "<p>One=20</p>\n");
    expect("Content-Type: text/html\n\n<p>One</p>", "<p>One</p>");
    expect(HEAD QUOTED "a=\n=ZZ=", "a=ZZ=");
    expect(HEAD "----B1\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\n", "");
}

static void expect_url(const char *message, const char *url)
{
    harness *h = harness_new();
    const gly_meta *found;

    harness_stage_linked(h, &gly_plugin_v0, NULL);
    found = gly_meta_next(harness_run(h, "a.mhtml", message, strlen(message)), "url", NULL);
    if (!url)
        assert_null(found);
    else if (!found || !gly_str_eq(found->as.s, (gly_str){ url, (uint32_t)strlen(url) }))
        fail_msg("the address is '%.*s' instead of '%s'", found ? (int)found->as.s.len : 0,
                 found ? found->as.s.ptr : "", url);
    harness_free(h);
}

/* Of the part, or of the whole; what only tells parts apart is none. */
static void knows_the_address(void **unused)
{
    static const char snapshot[] = "Snapshot-Content-Location: https://courier.example/lido\r\n";
    char message[1024];

    (void)unused;
    expect_url(HEAD QUOTED "One", "https://courier.example/pool");
    snprintf(message, sizeof message, "%s%s", snapshot, HEAD QUOTED "One");
    expect_url(message, "https://courier.example/pool");
    snprintf(message, sizeof message, "%s%s", snapshot, HEAD "----B1\nContent-Type: text/html\n\nOne");
    expect_url(message, "https://courier.example/lido");
    snprintf(message, sizeof message, "%s%s", snapshot,
             HEAD "----B1\nContent-Type: text/html\nContent-Location: cid:1@a.example\n\nOne");
    expect_url(message, "https://courier.example/lido");
    expect_url(HEAD "----B1\nContent-Type: text/html\nContent-Location: cid:1@a.example\n\nOne", NULL);
}

/* Internet Explorer: an alternative within, Windows charsets, UTF-16 as "unicode";
 * mail programs: a text before the page. */
static void reads_older_archives(void **unused)
{
    (void)unused;
    expect(HEAD "----B1\r\nContent-Type: multipart/alternative; boundary=B2\r\n\r\n--B2\r\nContent-Type: text/plain\r\n\r\n"
           "no\r\n--B2\r\nContent-Type: text/html\r\n\r\n<p>One</p>\r\n--B2--\r\n----B1--\r\n", "<p>One</p>\r\n");
    expect(HEAD QUOTED "caf=E9", "caf\u00e9"); /* which says utf-8, and is not */
    expect(HEAD "----B1\nContent-Type: text/html; charset=\"iso-8859-1\"\nContent-Transfer-Encoding: quoted-printable\n\n"
           "=93caf=E9=94", "\u201Ccaf\u00e9\u201D");
    expect(HEAD "----B1\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n"
           "<meta charset=3D\"windows-1251\">=CC=E8=F0", "<meta charset=\"windows-1251\">\u041c\u0438\u0440");
    expect(HEAD "----B1\nContent-Type: text/html; charset=\"unicode\"\nContent-Transfer-Encoding: base64\n\n"
           "PABwAD4A6QA=\n", "<p>\u00e9");
    expect(HEAD "----B1\nContent-Type: text/html; charset=no-such\n\ncaf\xE9", NULL);
    expect(HEAD "----B12\nContent-Type: text/html\n\n<p>no</p>\n----B1\nContent-Type: text/html\n\n<p>One</p>", "<p>One</p>");
}

static void refuses_what_has_no_page(void **unused)
{
    (void)unused;
    expect("", NULL);
    expect("just text", NULL);
    expect(HEAD "----B1\nContent-Type: image/png\n\nx\n----B1--\n", NULL);
}

static void knows_charset_and_address(void **unused)
{
    static const char message[] = HEAD QUOTED "<p>One</p>";
    harness *h = harness_new();
    const gly_doc *d;

    (void)unused;
    harness_stage_linked(h, &gly_plugin_v0, NULL);
    d = harness_run(h, "a.mhtml", message, sizeof message - 1);
    assert_true(gly_str_eq(gly_meta_str(d, "charset"), GLY_LIT("utf-8")));
    assert_true(gly_str_eq(gly_meta_str(d, "url"), GLY_LIT("https://courier.example/pool")));
    harness_free(h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decodes), cmocka_unit_test(knows_the_address),
        cmocka_unit_test(reads_older_archives), cmocka_unit_test(refuses_what_has_no_page),
        cmocka_unit_test(knows_charset_and_address),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
