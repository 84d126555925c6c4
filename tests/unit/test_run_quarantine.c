/* Names of what is kept are safe, unique and read back; text for terminals and
 * shells does no harm there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/shell.h"
#include "base/terminal.h"
#include "run/quarantine.h"

static gly_str str(const char *text)
{
    return (gly_str){ text, (uint32_t)strlen(text) };
}

static void names_are_safe_and_read_back(void **state)
{
    static const char *const uris[] = {
        "a.txt", "deep/er/a.txt", "", "/", "..", "../..", ".hidden", "-rf", "a b\n\x1B[31m.txt", "x.txt.gz", "\xFF\xFE.html",
        "a.json", "a.note.json", "a.0123456789abcdef.txt", "0123456789abcdef", "a.0123456789abcdef-3", "no.suffixlongerthaneight",
        "s\xC3\xA3o.txt", "a.txt?x=/../etc/passwd",
    };
    char *names[sizeof uris / sizeof *uris];

    (void)state;
    for (size_t i = 0; i < sizeof uris / sizeof *uris; i++) {
        uint64_t key = 0;
        uint32_t child = 7;

        names[i] = quarantine_name(str(uris[i]), str(uris[i]), i % 3 == 2 ? 12 : 0);
        assert_null(strchr(names[i], '/'));
        assert_int_not_equal(names[i][0], '-');
        assert_true(strlen(names[i]) < 200 && strcspn(names[i], "\n\x1B ") == strlen(names[i]));
        assert_true(quarantine_read_name(names[i], &key, &child));
        assert_true(key == quarantine_key(str(uris[i])));
        assert_int_equal(child, i % 3 == 2 ? 12 : 0);
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(names[i], names[k]);
    }
    for (size_t i = 0; i < sizeof uris / sizeof *uris; i++)
        free(names[i]);
}

static void a_long_name_is_cut(void **state)
{
    char uri[4096], *name;
    uint64_t key;
    uint32_t child;

    (void)state;
    memset(uri, 'x', sizeof uri);
    name = quarantine_name((gly_str){ uri, sizeof uri }, (gly_str){ uri, sizeof uri }, 0);
    assert_true(strlen(name) < 200 && quarantine_read_name(name, &key, &child));
    free(name);
}

static void names_of_others_are_none_of_ours(void **state)
{
    static const char *const others[] = {
        "a.txt", "notes.md", ".", "..", "", "a.0123456789abcde.txt", "a.0123456789ABCDEF.txt", "0123456789abcdef.txt",
        "a.0123456789abcdefx.txt", "a.0123456789abcdef-", "a.0123456789abcdef-x.txt",
    };
    uint64_t key;
    uint32_t child;

    (void)state;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_false(quarantine_read_name(others[i], &key, &child));
}

static void a_suffix_stays_last(void **state)
{
    char *name = quarantine_name(str("in/x.txt.gz"), str("in/x.txt.gz"), 0);

    (void)state;
    assert_int_equal(strncmp(name, "x.", 2), 0);
    assert_string_equal(name + strlen(name) - 7, ".txt.gz");
    free(name);
}

static void values_of_a_damaged_note_end(void **state)
{
    static char text[] = "{\"schema\": \"x\",\n \"uri\": \"a\\\"b\\u001bc\",\n \"reason\": \"cut \\";
    quarantine_note note = { NULL, text, 0 };
    char *uri = quarantine_value(&note, "uri"), *reason = quarantine_value(&note, "reason");

    (void)state;
    assert_string_equal(uri, "a\"b\x1B" "c");
    assert_string_equal(reason, "cut \\");
    assert_null(quarantine_value(&note, "again"));
    free(uri);
    free(reason);
}

static void expect_text(void (*print)(FILE *, const char *), const char *given, const char *wanted)
{
    char *text = NULL;
    size_t length = 0;
    FILE *f = open_memstream(&text, &length);

    print(f, given);
    fclose(f);
    assert_string_equal(text, wanted);
    free(text);
}

static void a_terminal_gets_no_controls(void **state)
{
    (void)state;
    expect_text(terminal_text, "plain s\xC3\xA3o \xE2\x80\x9Cq\xE2\x80\x9D", "plain s\xC3\xA3o \xE2\x80\x9Cq\xE2\x80\x9D");
    expect_text(terminal_text, "\x1B[2J\r\n\x7F", "\\x1B[2J\\x0D\\x0A\\x7F");
    expect_text(terminal_text, "\xC2\x9B" "31m", "\\xC2\\x9B31m");
    expect_text(terminal_text, "a\xE2\x80\xAEtxt", "a\\xE2\\x80\\xAEtxt");
    expect_text(terminal_text, "\xFF\xE2\x80", "\\xFF\\xE2\\x80");
}

static void a_shell_gets_one_word(void **state)
{
    (void)state;
    expect_text(shell_print, "in/a.txt", "in/a.txt");
    expect_text(shell_print, "", "''");
    expect_text(shell_print, "it's; rm -rf $HOME", "'it'\\''s; rm -rf $HOME'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_safe_and_read_back), cmocka_unit_test(a_long_name_is_cut),
        cmocka_unit_test(names_of_others_are_none_of_ours), cmocka_unit_test(a_suffix_stays_last),
        cmocka_unit_test(values_of_a_damaged_note_end), cmocka_unit_test(a_terminal_gets_no_controls),
        cmocka_unit_test(a_shell_gets_one_word),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
