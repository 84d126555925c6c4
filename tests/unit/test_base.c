/* Plain functions: reports in file order, suggestions, UTF-8. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/report.h"
#include "base/suggest.h"
#include "base/utf8.h"

static char *printed(const report *r)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);

    report_print(r, out);
    fclose(out);
    return text;
}

static void problems_come_in_file_order(void **state)
{
    report r = { 0 };
    char *text;

    (void)state;
    report_add(&r, SEVERITY_ERROR, (place){ "a.cfg", 9, 0 }, "'%s' is wrong; mend it", "x");
    report_add(&r, SEVERITY_WARNING, (place){ "b.cfg", 1, 0 }, "other file");
    report_add(&r, SEVERITY_ERROR, (place){ "a.cfg", 2, 3 }, "first");
    report_source(&r, "a = 1", 5, 3);
    text = printed(&r);
    assert_string_equal(text,
        "a.cfg:2:3: error: first\n    a = 1\n      ^\n"
        "a.cfg:9: error: 'x' is wrong; mend it\n"
        "b.cfg:1: warning: other file\n");
    assert_int_equal(r.errors, 2);
    free(text);
    report_free(&r);
}

static void near_names_are_suggested(void **state)
{
    static const char *const names[] = { "min_length", "keep_case", "path", "extract.quotes", NULL };

    (void)state;
    assert_string_equal(suggest_name("min_lenght", names, 0), "min_length");
    assert_string_equal(suggest_name("keepcase", names, 0), "keep_case");
    assert_string_equal(suggest_name("extract.quote", names, 0), "extract.quotes");
    assert_null(suggest_name("zzzzzzz", names, 0));
    assert_null(suggest_name("", names, 0));
}

static void utf8_is_validated_by_the_table(void **state)
{
    static const struct { const char *text; size_t length, valid; } cases[] = {
        { "plain ascii text", 16, 16 }, { "\xC3\xA9", 2, 2 }, { "\xE2\x80\x9C", 3, 3 },
        { "\xF0\x9F\x98\x80", 4, 4 }, { "a\xC0\x80", 3, 1 }, { "\xED\xA0\x80", 3, 0 },
        { "\xF4\x90\x80\x80", 4, 0 }, { "\xE0\x80\x80", 3, 0 }, { "\xF0\x80\x80\x80", 4, 0 },
        { "ok\xE2\x80", 4, 2 }, { "12345678\xFF", 9, 8 }, { "", 0, 0 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(utf8_valid_prefix(cases[i].text, cases[i].length), cases[i].valid);
    assert_int_equal(utf8_count("a\xC3\xA9z", 4), 3);
}

/* The machine's vectors and the plain loop find the same end, wherever a text is broken. */
static void utf8_is_validated_the_same_either_way(void **state)
{
    static const char *const pieces[] = {
        "a", "plain words", "\xC3\xA9", "\xE2\x80\x9C", "\xE0\xA4\x95", "\xED\x95\x9C", "\xF0\x9F\x98\x80",
        "\x80", "\xC0\x80", "\xE2\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2", "\xFF",
    };
    enum { PIECES = sizeof pieces / sizeof *pieces, GOOD = 7 };
    char text[400];
    uint32_t random = 1;

    (void)state;
    for (int round = 0; round < 20000; round++) {
        size_t length = 0;

        while (length < sizeof text - 16) {
            const char *piece;

            random = random * 1664525u + 1013904223u;
            piece = pieces[(random >> 8) % (random >> 16 & 127 ? GOOD : PIECES)];
            memcpy(text + length, piece, strlen(piece));
            length += strlen(piece);
        }
        length -= random >> 24 & 127;
        assert_int_equal(utf8_valid_prefix(text, length), utf8_valid_prefix_plain(text, length));
    }
}

static void code_points_go_there_and_back(void **state)
{
    (void)state;
    for (uint32_t c = 1; c < 0x110000; c += c < 0x900 ? 1 : 97) {
        char bytes[4];
        const char *at = bytes;
        size_t n = utf8_put(bytes, c);

        if (c >= 0xD800 && c <= 0xDFFF)
            continue;
        assert_int_equal(utf8_valid_prefix(bytes, n), n);
        assert_int_equal(utf8_next(&at), c);
        assert_int_equal(at - bytes, n);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(problems_come_in_file_order),
        cmocka_unit_test(near_names_are_suggested),
        cmocka_unit_test(utf8_is_validated_by_the_table),
        cmocka_unit_test(utf8_is_validated_the_same_either_way),
        cmocka_unit_test(code_points_go_there_and_back),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
