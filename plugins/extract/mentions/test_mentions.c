/* What extract.mentions finds, and what it leaves alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "../../../tests/harness/harness.h"

extern const gly_plugin gly_plugin_v0;

/* One line for each mention: its kind, a space, its value. */
static void expect(const char *text, const char *wanted)
{
    harness *h = harness_new();
    char found[1024] = "";
    size_t used = 0;
    const gly_layer *layer;
    const gly_doc *d;

    harness_stage_linked(h, &gly_plugin_v0, NULL);
    d = harness_run(h, "a.txt", text, strlen(text));
    assert_int_equal(harness_status(h), GLY_OK);
    layer = gly_layer_of(d, "mention/1");
    for (uint32_t i = 0; i < GLY_COUNT(layer); i++) {
        const gly_mention *m = &GLY_RECORDS(layer, gly_mention)[i];

        used += (size_t)snprintf(found + used, sizeof found - used, "%s %.*s\n",
                                 gly_mention_kinds[m->type], (int)m->value.len, m->value.ptr);
    }
    assert_string_equal(found, wanted);
    harness_free(h);
}

static void finds_names(void **unused)
{
    (void)unused;
    expect("Join us: #CleanRivers, #2030Ziele (#été) now.",
           "hashtag CleanRivers\nhashtag 2030Ziele\nhashtag été\n");
    expect("Ask @river_trust or .@Mayor.", "handle river_trust\nhandle Mayor\n");
}

static void leaves_numbers_and_lone_marks(void **unused)
{
    (void)unused;
    expect("We are #1, C# and @ noon, a#b; # and @.", "");
}

static void finds_emails(void **unused)
{
    (void)unused;
    expect("Write to press.office@rivers.example.org.", "email press.office@rivers.example.org\n");
    expect("(a+b@c-d.co)", "email a+b@c-d.co\n");
    expect("a@b and x@1.2", "");
}

static void finds_addresses(void **unused)
{
    (void)unused;
    expect("See https://rivers.example/a_(b)?c=d#e.", "url https://rivers.example/a_(b)?c=d#e\n");
    expect("(www.rivers.example/plan), \xE2\x80\x9Chttp://x.example\xE2\x80\x9D",
           "url www.rivers.example/plan\nurl http://x.example\n");
    expect("https://münchen.example!", "url https://münchen.example\n");
    expect("http:// and www. and awww.b.c and time 10://", "");
}

static void keeps_an_address_whole(void **unused)
{
    (void)unused;
    expect("https://social.example/@anna/#top", "url https://social.example/@anna/#top\n");
}

static void finds_other_handles(void **unused)
{
    (void)unused;
    expect("Ask @anna@social.example. Or @river.trust.example! Or @Mayor.The end.",
           "handle anna@social.example\nhandle river.trust.example\nhandle Mayor\n");
    expect("“#CleanRivers” – “@anna”", "hashtag CleanRivers\nhandle anna\n");
}

static void finds_spelt_emails(void **unused)
{
    (void)unused;
    expect("Write to press [at] rivers.example.", "email press@rivers.example\n");
    expect("press(at)rivers(dot)example", "email press@rivers.example\n");
    expect("press [at] rivers [dot] example.", "email press@rivers.example\n");
    expect("look [at] this, and (at) that. [at] [at]", "");
}

static void finds_emails_of_all_scripts(void **unused)
{
    (void)unused;
    expect("grüße@münchen.example, o'hara@x.example",
           "email grüße@münchen.example\nemail o'hara@x.example\n");
    expect("'info@x.example' a..b@x..y", "email info@x.example\n");
}

static void finds_telephone_numbers(void **unused)
{
    (void)unused;
    expect("Call +44 20 7946 0018 or +44 (0)20 7946 0018.", "phone +442079460018\nphone +442079460018\n");
    expect("Tel: 020 7946 0018, (01632) 960 001", "phone 02079460018\nphone 01632960001\n");
    expect("Telefon 030/1234567-89 und 0049 30 123456", "phone 030123456789\nphone +4930123456\n");
    expect("au 01.23.45.67.89 ou tél. 0123456789", "phone 0123456789\nphone 0123456789\n");
    expect("(555) 234-0100, 555-234-0100, 1-800-555-0100",
           "phone 5552340100\nphone 5552340100\nphone 18005550100\n");
    expect("Ring us on 0800 555 111 ext 12, not 13", "phone 0800555111\n");
    expect("call 55512 now; tel:+442079460018", "phone 55512\nphone +442079460018\n");
}

static void leaves_other_numbers_alone(void **unused)
{
    (void)unused;
    expect("In 2023 it was 02/05/2023, 2023-05-02 or 02.05.2023, 09.00-10.30.", "");
    expect("ISBN 0-306-40615-2, ISBN 978-0-306-40615-7, ref 0123 456 789", "");
    expect("£1,200,500 and 30 000 000, 0.123456789, 1.2.3.4, 00 00 00 00", "");
    expect("charity no. 0123 456 789; 10 000 people; call 101", "");
    expect("https://a.example/020-7946-0018 id=020 7946 0018", "url https://a.example/020-7946-0018\n");
}

/* A way back that grew with the text would not end in a test's time. */
static void long_runs_take_linear_time(void **unused)
{
    static const char *const units[] = {
        "a@", "#", "www.", "http://", "http://(", "a.@b", "(", "1", "1 ", "0 1-", "+1", "a [at] ", "@a@", "@a.",
        "a [at] b [dot] ", "tel "
    };
    enum { LENGTH = 1 << 20 };
    char *text = malloc(LENGTH);

    (void)unused;
    assert_non_null(text);
    for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
        harness *h = harness_new();

        for (size_t i = 0; i < LENGTH; i++)
            text[i] = units[u][i % strlen(units[u])];
        harness_stage_linked(h, &gly_plugin_v0, NULL);
        harness_run(h, "a.txt", text, LENGTH);
        assert_int_equal(harness_status(h), GLY_OK);
        harness_free(h);
    }
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_names),
        cmocka_unit_test(leaves_numbers_and_lone_marks),
        cmocka_unit_test(finds_emails),
        cmocka_unit_test(finds_addresses),
        cmocka_unit_test(keeps_an_address_whole),
        cmocka_unit_test(finds_other_handles),
        cmocka_unit_test(finds_spelt_emails),
        cmocka_unit_test(finds_emails_of_all_scripts),
        cmocka_unit_test(finds_telephone_numbers),
        cmocka_unit_test(leaves_other_numbers_alone),
        cmocka_unit_test(long_runs_take_linear_time),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
