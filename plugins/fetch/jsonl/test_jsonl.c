/* What lines become: texts, names that differ, metadata, and reasons. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <unistd.h>

#include "harness/harness.h"
#include "member.h"
#include "object.h"

extern const gly_plugin gly_plugin_v0;

typedef struct fixture {
    harness *h;
    char     path[64], options[256];
} fixture;

/* A file with these bytes, read with these options. */
static void begin(fixture *f, const char *bytes, size_t length, const char *options)
{
    int file;

    snprintf(f->path, sizeof f->path, "/tmp/lines-XXXXXX.jsonl");
    file = mkstemps(f->path, 6);
    assert_true(file >= 0);
    assert_int_equal(write(file, bytes, length), length);
    close(file);
    snprintf(f->options, sizeof f->options, "path=%s%s%s", f->path, options ? ";" : "", options ? options : "");
    f->h = harness_new();
    harness_stage_linked(f->h, &gly_plugin_v0, f->options);
}

static void end(fixture *f)
{
    assert_null(harness_next(f->h));
    assert_int_equal(harness_status(f->h), GLY_END);
    harness_free(f->h);
    unlink(f->path);
}

static void expect_text(fixture *f, const char *text)
{
    const gly_doc *d = harness_next(f->h);

    assert_non_null(d);
    assert_string_equal(harness_reason(f->h), "");
    assert_int_equal(harness_status(f->h), GLY_OK);
    assert_int_equal(d->text.len, strlen(text));
    assert_memory_equal(d->text.ptr, text, d->text.len);
}

static void expect_reason(fixture *f, const char *part)
{
    assert_non_null(harness_next(f->h));
    assert_int_equal(harness_status(f->h), GLY_EINPUT);
    if (!strstr(harness_reason(f->h), part))
        fail_msg("'%s' is not in '%s'", part, harness_reason(f->h));
}

static bool uri_is(fixture *f, const char *uri)
{
    const gly_doc *d = harness_next(f->h);
    char got[512];

    assert_non_null(d);
    snprintf(got, sizeof got, "%.*s", (int)d->uri.len, d->uri.ptr);
    if (strncmp(uri, "FILE", 4) == 0) /* the name of the file is made up anew each time */
        return strncmp(got, strrchr(f->path, '/') + 1, strlen(strrchr(f->path, '/') + 1)) == 0 &&
               strcmp(strstr(got, ".jsonl") + 6, uri + 4) == 0;
    return strcmp(got, uri) == 0;
}

#define BEGIN(f, text, options) begin(f, text, sizeof(text) - 1, options)

static void texts_of_lines(void **state)
{
    fixture f;

    (void)state;
    BEGIN(&f, "\xEF\xBB\xBF{\"text\":\"One\"}\r\n\n  \t\n{\"a\":[1,{\"text\":\"no\"}],\"text\":\"T\\u00e9 \\ud83d\\ude00 \\\"q\\\"\"}\n"
              "{\"text\":\"\"}\n{\"text\":\"last, without newline\"}", NULL);
    expect_text(&f, "One");
    expect_text(&f, "T\xC3\xA9 \xF0\x9F\x98\x80 \"q\"");
    expect_text(&f, "");
    expect_text(&f, "last, without newline");
    end(&f);
}

static void fields_by_path(void **state)
{
    fixture f;
    const gly_doc *d;

    (void)state;
    BEGIN(&f, "{\"doc\":{\"body\":\"B\",\"by\":[{\"n\":\"Ann Other\"}]},\"lang\":\"en-GB\",\"when\":\"2023-05-02T09:30:00Z\"}\n",
          "text=doc.body;author=doc.by.0.n;date=when");
    d = harness_next(f.h);
    assert_true(gly_str_eq(d->text, GLY_LIT("B")));
    assert_true(gly_str_eq(gly_meta_str(d, "author"), GLY_LIT("Ann Other")));
    assert_true(gly_str_eq(gly_meta_str(d, "lang"), GLY_LIT("en")));
    assert_true(gly_str_eq(gly_meta_str(d, "published"), GLY_LIT("2023-05-02T09:30:00Z")));
    end(&f);
}

static void what_a_record_says_of_itself(void **state)
{
    fixture f;
    const gly_doc *d;
    const gly_meta *second;

    (void)state;
    BEGIN(&f, "{\"uri\":\"press/a.html\",\"media\":\"text/html\",\"title\":\"T\",\"authors\":[\"A\",\"B\"],"
              "\"published\":\"May 2\",\"site\":\"S\",\"url\":\"https://example.org/\",\"text\":\"x\"}\n", NULL);
    d = harness_next(f.h);
    assert_true(gly_str_eq(d->uri, GLY_LIT("press/a.html")));
    assert_true(gly_str_eq(d->media, GLY_LIT("text/plain"))); /* it is text by now */
    assert_true(gly_str_eq(gly_meta_str(d, "title"), GLY_LIT("T")));
    second = gly_meta_next(d, "author", gly_meta_next(d, "author", NULL));
    assert_non_null(second);
    assert_true(gly_str_eq(second->as.s, GLY_LIT("B")));
    assert_null(gly_meta_next(d, "published", NULL)); /* no ISO date: a note instead */
    assert_int_equal(d->nnotes, 1);
    end(&f);
}

static void names_never_meet(void **state)
{
    fixture f;
    const gly_doc *d;

    (void)state;
    BEGIN(&f, "{\"uri\":\"a\",\"text\":\"\"}\n{\"uri\":\"a\",\"text\":\"\"}\n{\"id\":7,\"text\":\"\"}\n"
              "{\"id\":\"x\\/y\",\"text\":\"\"}\n{\"text\":\"\"}\n{\"uri\":\"a\\nb\",\"text\":\"\"}\n{\"uri\":null,\"text\":\"\"}\n", NULL);
    assert_true(uri_is(&f, "a"));
    d = harness_next(f.h); /* a~FILE:2 */
    assert_memory_equal(d->uri.ptr, "a~", 2);
    assert_non_null(memmem(d->uri.ptr, d->uri.len, ".jsonl:2", 8));
    assert_true(uri_is(&f, "FILE!/7"));
    assert_true(uri_is(&f, "FILE!/x/y"));
    assert_true(uri_is(&f, "FILE!/5"));
    assert_true(uri_is(&f, "FILE!/6")); /* a uri with a newline is no name */
    d = harness_next(f.h); /* FILE!/7~FILE:7, since line 3 has the id 7 */
    assert_non_null(memmem(d->uri.ptr, d->uri.len, ".jsonl!/7~", 10));
    end(&f);
}

static void a_bad_line_costs_one_document(void **state)
{
    fixture f;

    (void)state;
    BEGIN(&f, "{\"text\":\"good\"}\n{\"text\":\"cut\n[\n{\"text\":3}\n{\"text\":\"a\"} {}\n{\"text\":\"n\0l\"}\n{\"body\":\"b\"}\n"
              "{\"text\":\"good again\"}\n", NULL);
    expect_text(&f, "good");
    expect_reason(&f, ".jsonl:2:");
    expect_reason(&f, "jq -c");
    expect_reason(&f, ".jsonl:4: it has no text in 'text'");
    expect_reason(&f, ".jsonl:5:14: the JSON is broken here");
    expect_reason(&f, "NUL bytes");
    expect_reason(&f, "it has no text in 'text'; set text");
    expect_text(&f, "good again");
    end(&f);
}

static void escapes_that_are_no_characters(void **state)
{
    fixture f;

    (void)state;
    BEGIN(&f, "{\"text\":\"a\\u0000b \\ud800 \\udc00\\ud83d \\\\u0000\"}\n", NULL);
    expect_text(&f, "a\xEF\xBF\xBD" "b \xEF\xBF\xBD \xEF\xBF\xBD\xEF\xBF\xBD \\u0000");
    end(&f);
}

static void long_lines(void **state)
{
    size_t length = 300 * 1000;
    char *text = malloc(3 * length + 100), *at = text;
    fixture f;
    const gly_doc *d;

    (void)state;
    assert_non_null(text);
    at += sprintf(at, "{\"text\":\"");
    memset(at, 'x', length);
    at += length;
    at += sprintf(at, "\"}\n{\"uri\":\"big\",\"text\":\"");
    memset(at, 'y', 2 * length);
    at += 2 * length;
    at += sprintf(at, "\"}\n{\"text\":\"small\"}\n");
    begin(&f, text, (size_t)(at - text), "max_bytes=400000");
    d = harness_next(f.h);
    assert_int_equal(harness_status(f.h), GLY_OK);
    assert_int_equal(d->text.len, length);
    expect_reason(&f, ".jsonl:2: the line is longer than max_bytes");
    expect_text(&f, "small");
    end(&f);
    free(text);
}

static void packed_files(void **state)
{
    fixture f;

    (void)state;
    BEGIN(&f, "\x1F\x8B\x08\n\n\n\n", NULL);
    expect_reason(&f, "zcat");
    end(&f);
}

static gly_str find(const char *text, const char *path)
{
    return member_find((gly_str){ text, (uint32_t)strlen(text) }, (gly_str){ path, (uint32_t)strlen(path) });
}

static void members(void **state)
{
    (void)state;
    assert_true(gly_str_eq(find("{\"a\":{\"b\":[1,\"}\"]},\"b\" : \"x\\\\\" }", "b"), GLY_LIT("\"x\\\\\"")));
    assert_true(gly_str_eq(find("{\"a\":{\"c\":\"]\",\"b\":12}}", "a.b"), GLY_LIT("12")));
    assert_int_equal(find("{\"a\":\"b\\\"", "b").len, 0);
    assert_int_equal(find("[\"a\"]", "a").len, 0);
    assert_int_equal(find("", "a").len, 0);
    assert_int_equal(find("{\"a\":1}", "a.b").len, 0);
}

static bool reads(const char *text, size_t where)
{
    object o;
    size_t stopped;
    bool fine = object_read(&o, (gly_str){ text, (uint32_t)strlen(text) }, &stopped);

    if (stopped != where)
        fail_msg("%s: stopped at %zu", text, stopped);
    return fine;
}

static void objects(void **state)
{
    (void)state;
    assert_true(reads("{}", 2));
    assert_true(reads(" {\"a\":[[],{},[1,-0.5e+3,true,null,\"\\u00e9\"]],\"b\":{\"c\":0}} ", 58));
    assert_false(reads("{\"a\":1,}", 7));
    assert_false(reads("{\"a\":[1,]}", 8));
    assert_false(reads("{\"a\":01}", 6));
    assert_false(reads("{\"a\":1.}", 7));
    assert_false(reads("{\"a\":tru}", 5));
    assert_false(reads("{\"a\":\"\\x\"}", 7));
    assert_false(reads("{\"a\":1}}", 7));
    assert_false(reads("{\"a\" 1}", 5));
    assert_false(reads("{\"a\":[1}", 7));
    assert_false(reads("{\"a\":\"b", 7));
    assert_false(reads("{", 1));
    assert_false(reads("", 0));
}

/* More members than are remembered, and lists by number. */
static void members_by_path(void **state)
{
    char text[4096];
    size_t n = 0, stopped;
    object o;

    (void)state;
    for (int i = 0; i < 100; i++)
        n += (size_t)sprintf(text + n, "%s\"k%d\":%d", i ? "," : "{", i, i);
    n += (size_t)sprintf(text + n, ",\"list\":[ \"x,]\" , [2], {\"y\":\"z\"} ]}");
    assert_true(object_read(&o, (gly_str){ text, (uint32_t)n }, &stopped));
    assert_true(gly_str_eq(object_find(&o, GLY_LIT("k3")), GLY_LIT("3")));
    assert_true(gly_str_eq(object_find(&o, GLY_LIT("k99")), GLY_LIT("99")));
    assert_true(gly_str_eq(object_find(&o, GLY_LIT("list.0")), GLY_LIT("\"x,]\"")));
    assert_true(gly_str_eq(object_find(&o, GLY_LIT("list.1.0")), GLY_LIT("2")));
    assert_true(gly_str_eq(object_find(&o, GLY_LIT("list.2.y")), GLY_LIT("\"z\"")));
    assert_int_equal(object_find(&o, GLY_LIT("list.3")).len, 0);
    assert_int_equal(object_find(&o, GLY_LIT("list.y")).len, 0);
    assert_int_equal(object_find(&o, GLY_LIT("k3.x")).len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_of_lines),
        cmocka_unit_test(fields_by_path),
        cmocka_unit_test(what_a_record_says_of_itself),
        cmocka_unit_test(names_never_meet),
        cmocka_unit_test(a_bad_line_costs_one_document),
        cmocka_unit_test(escapes_that_are_no_characters),
        cmocka_unit_test(long_lines),
        cmocka_unit_test(packed_files),
        cmocka_unit_test(members),
        cmocka_unit_test(objects),
        cmocka_unit_test(members_by_path),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
