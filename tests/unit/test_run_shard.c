/* Shards: each name falls to one part, and what is wrong with the parts of a run is
 * found before they are merged. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/files.h"
#include "base/hash.h"
#include "base/memory.h"
#include "run/ledger.h"
#include "run/merge.h"

enum { PARTS = 3, INPUTS = 40 };

typedef struct input { /* as the parts tell of it */
    char     name[32];
    uint64_t place;
    uint32_t part;         /* its index */
} input;

static char out[] = "/tmp/galley-shards-XXXXXX";

static gly_str text(const char *s)
{
    return (gly_str){ s, (uint32_t)strlen(s) };
}

static uint32_t part_of(const char *name)
{
    return (uint32_t)(journal_key(text(name)) % PARTS);
}

/* ---- a run in parts, made by hand ---- */

static void make_inputs(input *all)
{
    for (uint64_t i = 0; i < INPUTS; i++) {
        all[i].place = i;
        snprintf(all[i].name, sizeof all[i].name, "press/%03d.txt", (int)i);
        all[i].part = part_of(all[i].name);
    }
}

static void write_log(const char *folder, uint32_t part, const input *all)
{
    char *path = memory_format("%s/.galley/shard", folder);
    shard_head head = { "glyshard", 1, part + 1, PARTS, 0, 4711, INPUTS, 0, 99, 0 };
    uint64_t places[INPUTS];
    FILE *f = fopen(path, "w");

    for (size_t i = 0; i < INPUTS; i++)
        if (all[i].part == part) {
            places[head.taken] = all[i].place;
            head.check = hash64(&places[head.taken++], sizeof *places, head.check);
        }
    head.check = hash64(&head, offsetof(shard_head, check), head.check);
    assert_non_null(f);
    assert_int_equal(fwrite(&head, sizeof head, 1, f), 1);
    assert_int_equal(fwrite(places, sizeof *places, head.taken, f), head.taken);
    assert_int_equal(fclose(f), 0);
    free(path);
}

static void write_part(uint32_t part, const input *all)
{
    char *folder = shard_folder(out, &(shard){ part + 1, PARTS }), *path = ledger_path(folder);
    journal j;
    pid_t owner;

    assert_true(files_make_folders(path));
    assert_int_equal(journal_open(&j, path, true, &owner), JOURNAL_OPEN);
    assert_true(journal_begin(&j, &(journal_title){ .pipeline = 4711, .sinks = 0, .command = "galley run press in -o out --shard 1/3" },
                              (uint64_t[JOURNAL_SINKS]){ 0 }));
    for (size_t i = 0; i < INPUTS; i++)
        if (all[i].part == part)
            journal_add(&j, text(all[i].name), &(journal_entry){ .outcome = OUTCOME_WRITTEN });
    assert_true(journal_commit(&j));
    journal_close(&j);
    write_log(folder, part, all);
    free(path);
    free(folder);
}

/* Whether they are complete and disjoint; what was said goes into `said`. */
static bool verify(const input *all, char *said, size_t size)
{
    FILE *f = tmpfile();
    int kept = dup(STDERR_FILENO);
    merge m;
    bool good;

    for (uint32_t i = 0; i < PARTS; i++)
        write_part(i, all);
    assert_non_null(f);
    dup2(fileno(f), STDERR_FILENO);
    good = merge_read(&m, out) && merge_verify(&m);
    dup2(kept, STDERR_FILENO);
    close(kept);
    merge_free(&m);
    rewind(f);
    said[fread(said, 1, size - 1, f)] = '\0';
    fclose(f);
    return good;
}

static void expect(const input *all, const char *part)
{
    char said[4000];

    assert_false(verify(all, said, sizeof said));
    if (!strstr(said, part))
        fail_msg("'%s' is not in: %s", part, said);
}

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(out) ? 0 : -1;
}

static int remove_folder(void **state)
{
    char *line = memory_format("rm -r %s", out);
    int status = system(line);

    (void)state;
    free(line);
    return status;
}

/* ---- cases ---- */

static void parts_by_number(void **state)
{
    static const char *const wrong[] = { "", "3", "/3", "3/", "0/3", "4/3", "-1/3", "1/0", "1/3x", "1 /3", "1/10000",
                                         "1/99999999999999999999", "1.5/3" };
    shard s;

    (void)state;
    assert_true(shard_parse("3/8", &s));
    assert_int_equal(s.number, 3);
    assert_int_equal(s.count, 8);
    assert_true(shard_parse("1/1", &s) && shard_parse("9999/9999", &s));
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(shard_parse(wrong[i], &s));
}

static void a_name_falls_to_one_part(void **state)
{
    (void)state;
    for (uint64_t key = 0; key < 1000; key++) {
        int takers = 0;

        for (uint32_t i = 1; i <= 7; i++)
            takers += shard_takes(&(shard){ i, 7 }, key * UINT64_C(0x9E3779B97F4A7C15));
        assert_int_equal(takers, 1);
    }
}

static void all_is_there(void **state)
{
    input all[INPUTS];
    char said[4000];

    (void)state;
    make_inputs(all);
    if (!verify(all, said, sizeof said))
        fail_msg("%s", said);
}

static void a_name_is_there_twice(void **state)
{
    input all[INPUTS];

    (void)state;
    make_inputs(all);
    for (size_t i = 1; i < INPUTS; i++)
        if (all[i].part == all[0].part)
            strcpy(all[i].name, all[0].name);
    expect(all, "'press/000.txt' is there twice");
}

static void a_name_is_in_another_part(void **state)
{
    input all[INPUTS];

    (void)state;
    make_inputs(all);
    all[7].part = (all[7].part + 1) % PARTS;
    expect(all, "'press/007.txt' is in shard");
}

static void a_place_is_taken_twice(void **state)
{
    input all[INPUTS];
    size_t other = 1;

    (void)state;
    make_inputs(all);
    while (all[other].part == all[0].part)
        other++;
    all[other].place = 0;
    expect(all, "has places that another shard has");
}

static void an_input_is_in_none(void **state)
{
    input all[INPUTS];

    (void)state;
    make_inputs(all);
    all[5].part = PARTS;
    expect(all, "have 39 inputs of 40");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_by_number), cmocka_unit_test(a_name_falls_to_one_part),
        cmocka_unit_test(all_is_there), cmocka_unit_test(a_name_is_there_twice),
        cmocka_unit_test(a_name_is_in_another_part), cmocka_unit_test(a_place_is_taken_twice),
        cmocka_unit_test(an_input_is_in_none),
    };

    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
