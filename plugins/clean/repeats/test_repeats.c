/* What clean.repeats takes out, what it leaves, and what it makes of bad files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#include "../../../tests/harness/harness.h"
#include "kit/repeats.h"
#include "learned.h"

extern const gly_plugin gly_plugin_v0;

#define STORY "The bridge at Marl was opened again on Monday after a year of work"
#define LINE  "Send us your news by post or bring it to our office in the square"
#define MENU  "Subscribe to the paper for less than a coin a day"

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return x < y ? -1 : x > y;
}

/* A page as emit.repeats writes it. */
static void put_page(FILE *f, const char *site, const char *const *lines)
{
    uint64_t hashes[8];
    size_t count = 0;
    uint32_t words;

    for (; lines[count]; count++)
        hashes[count] = repeats_hash((gly_str){ lines[count], (uint32_t)strlen(lines[count]) }, &words);
    qsort(hashes, count, sizeof *hashes, by_value);
    fputs(site, f);
    for (size_t i = 0; i < count; i++)
        fprintf(f, "%c%016llx", i ? ' ' : '\t', (unsigned long long)hashes[i]);
    fputc('\n', f);
}

/* Three pages of marl.example that share LINE, and one of another site. */
static void put_pages(FILE *f, bool backwards)
{
    static const char *const stories[] = { "One story of the town", "Another story of it", "And a third story" };

    fputs(REPEATS_HEADING "\n", f);
    for (int i = 0; i < 3; i++)
        put_page(f, "marl.example", (const char *const[]){ stories[backwards ? 2 - i : i], LINE, NULL });
    put_page(f, "other.example", (const char *const[]){ MENU, NULL });
}

static char *learned_file(const char *name)
{
    static char path[64];
    FILE *f;

    snprintf(path, sizeof path, "/tmp/galley-%s-XXXXXX", name);
    f = fdopen(mkstemp(path), "w");
    assert_non_null(f);
    put_pages(f, false);
    fclose(f);
    return path;
}

static void expect(const char *more, const char *uri, const char *text, const char *left)
{
    char options[160];
    char *path = learned_file("repeats");
    harness *h = harness_new();
    const gly_doc *d;

    snprintf(options, sizeof options, "learned=%s%s", path, more);
    harness_stage_linked(h, &gly_plugin_v0, options);
    d = harness_run(h, uri, text, strlen(text));
    if (d->text.len != strlen(left) || memcmp(d->text.ptr, left, d->text.len) != 0)
        fail_msg("'%.*s' instead of '%s'", (int)d->text.len, d->text.ptr, left);
    harness_free(h);
    unlink(path);
}

static void takes_out_what_the_site_repeats(void **unused)
{
    (void)unused;
    expect("", "marl.example/a.txt", STORY "\n" LINE "\n" STORY " too\n", STORY "\n" STORY " too\n");
    expect("", "marl.example/a.txt", LINE "\n\n" STORY, STORY);
    expect("", "marl.example/a.txt", STORY "\n\n" LINE "\n", STORY "\n");
    expect("", "in/www.Marl.example/b/a.txt", STORY "\n" LINE, STORY); /* a host in the path */
    expect("", "marl.example/a.txt", STORY "\nSEND us your  news, by post; or bring it to our office in the square!\n" STORY,
           STORY "\n" STORY);
}

static void leaves_the_rest(void **unused)
{
    static const char whole[] = STORY "\n" LINE;

    (void)unused;
    expect("", "other.example/a.txt", whole, whole);
    expect("", "other.example/a.txt", STORY "\n" MENU, STORY "\n" MENU); /* on one page alone */
    expect(";min_pages=4", "marl.example/a.txt", whole, whole);
    expect(";min_words=20", "marl.example/a.txt", whole, whole);
    expect("", "marl.example/a.txt", LINE, LINE);                         /* nothing would be left */
    expect(";most=0.4", "marl.example/a.txt", whole, whole);
}

/* Of a giant text only the first parts are looked at; the rest stays. */
static void keeps_the_end_of_a_giant(void **unused)
{
    enum { LINES = REPEATS_MOST_PARTS + 10 };
    static char text[LINES * 80], left[LINES * 80];

    (void)unused;
    text[0] = left[0] = '\0';
    for (size_t i = 0, t = 0, k = 0; i < LINES; i++) {
        bool repeats = i % 64 == 63; /* as is the last part that is looked at */

        t += (size_t)sprintf(text + t, "%s\n", repeats ? LINE : STORY);
        if (!repeats || i >= REPEATS_MOST_PARTS - 1)
            k += (size_t)sprintf(left + k, "%s\n", repeats ? LINE : STORY);
    }
    expect("", "marl.example/a.txt", text, left);
}

static void says_where_it_went(void **unused)
{
    char options[96];
    char *path = learned_file("removed");
    harness *h = harness_new();
    const gly_doc *d;
    const gly_layer *removed;

    (void)unused;
    snprintf(options, sizeof options, "learned=%s", path);
    harness_stage_linked(h, &gly_plugin_v0, options);
    d = harness_run(h, "marl.example/a.txt", STORY "\n" LINE, strlen(STORY "\n" LINE));
    removed = gly_layer_of(d, "removed/1");
    assert_int_equal(GLY_COUNT(removed), 1);
    assert_true(gly_str_eq(GLY_RECORDS(removed, gly_removed)->rule, GLY_LIT("repeats")));
    assert_int_equal(GLY_RECORDS(removed, gly_removed)->at.begin, strlen(STORY) + 1);
    harness_free(h);
    unlink(path);
}

/* ---- the file ------------------------------------------------------------------------ */

static learned_status read_text(const char *text, size_t length, learned **out, learned_counts *counts)
{
    const learned_limits limits = { 3, 0.3 };
    FILE *f = fmemopen((void *)(uintptr_t)text, length, "r");
    learned_status status = learned_read(f, &limits, out, counts);

    fclose(f);
    return status;
}

static void order_makes_no_difference(void **unused)
{
    uint32_t words;
    uint64_t hash = repeats_hash(GLY_LIT(LINE), &words);

    (void)unused;
    for (int backwards = 0; backwards < 2; backwards++) {
        char *text;
        size_t length;
        FILE *f = open_memstream(&text, &length);
        learned_counts counts;
        learned *l;

        put_pages(f, backwards);
        put_pages(f, backwards); /* the same pages once more are no more pages */
        fclose(f);
        assert_int_equal(read_text(text, length, &l, &counts), LEARNED_OK);
        assert_int_equal(counts.pages, 8);
        assert_int_equal(counts.same, 4);
        assert_int_equal(counts.blocks, 1);
        assert_int_equal(learned_pages(l, GLY_LIT("marl.example")), 3);
        assert_true(learned_knows(l, GLY_LIT("marl.example"), hash));
        assert_false(learned_knows(l, GLY_LIT("other.example"), hash));
        learned_free(l);
        free(text);
    }
}

static void expect_read(const char *text, learned_status wanted, uint64_t bad)
{
    learned_counts counts;
    learned *l;

    assert_int_equal(read_text(text, strlen(text), &l, &counts), wanted);
    assert_int_equal(counts.bad, bad);
    learned_free(l);
}

static void damaged_files(void **unused)
{
    (void)unused;
    expect_read("{\"schema\":1}\n", LEARNED_FORMAT, 0);
    expect_read(REPEATS_HEADING "\n", LEARNED_OK, 0);
    expect_read(REPEATS_HEADING "\na.example\t0123456789abcdef 0123456789ab", LEARNED_OK, 1);
    expect_read(REPEATS_HEADING "\n\t0123456789abcdef\na.example\na.example\t0123456789abcdeg\n"
                "a.example\t0123456789abcdef 0123456789abcdee\n", LEARNED_OK, 4); /* must rise */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_out_what_the_site_repeats), cmocka_unit_test(leaves_the_rest),
        cmocka_unit_test(keeps_the_end_of_a_giant), cmocka_unit_test(says_where_it_went), cmocka_unit_test(order_makes_no_difference),
        cmocka_unit_test(damaged_files),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
