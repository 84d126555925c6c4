/* The journal: what was committed is read again; a journal cut or changed at any
 * byte gives a beginning of what it was, never something else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/hash.h"
#include "run/journal.h"

enum { MOST = 32 };

static char path[] = "/tmp/galley-journal-XXXXXX";

static int make_path(void **state)
{
    int file = mkstemp(path);

    (void)state;
    return file < 0 ? -1 : close(file);
}

static int remove_path(void **state)
{
    (void)state;
    return unlink(path);
}

static journal_entry entry(uint64_t n)
{
    return (journal_entry){ .key = n * 17, .stamp = n + 1, .positions = { n * 100, n * 7 },
                            .outcome = n % 5 == 3 ? OUTCOME_FAILED : OUTCOME_WRITTEN, .children = (uint32_t)n };
}

static void add(journal *j, uint64_t from, uint64_t to)
{
    carried c = { .uri = GLY_LIT("a.txt"), .reason = GLY_LIT("it broke") };

    for (uint64_t n = from; n < to; n++) {
        journal_entry e = entry(n);

        journal_add(j, &e, &c, "extract.things");
    }
    assert_true(journal_commit(j));
}

/* Entries 0 to 19, of which those from 12 on were once others. */
static void write_journal(void)
{
    journal j;
    pid_t owner;

    assert_int_equal(truncate(path, 0), 0);
    assert_int_equal(journal_open(&j, path, true, &owner), JOURNAL_OPEN);
    assert_true(journal_begin(&j, 4711, 2, "galley run press"));
    add(&j, 0, 8);
    add(&j, 100, 108);
    assert_true(journal_rewind(&j, 8));
    add(&j, 8, 15);
    add(&j, 200, 201);
    assert_true(journal_rewind(&j, 12));
    add(&j, 12, 20);
    journal_close(&j);
}

static uint64_t read_journal(journal_entry *out)
{
    journal j;
    journal_cursor at = { 0, 0 };
    pid_t owner;
    uint64_t count = 0;

    assert_int_equal(journal_open(&j, path, true, &owner), JOURNAL_OPEN);
    while (count < MOST && journal_next(&j, &at, &out[count]))
        count++;
    assert_int_equal(count, j.count);
    for (size_t i = 0; i < j.failure_count; i++) {
        assert_true(j.failures[i].entry < count);
        assert_string_equal(j.failures[i].reason, "it broke");
    }
    journal_close(&j);
    return count;
}

static bool is(const journal_entry *e, uint64_t n)
{
    journal_entry want = entry(n);

    return e->key == want.key && e->stamp == want.stamp && e->positions[0] == want.positions[0] &&
           e->positions[1] == want.positions[1] && e->outcome == want.outcome && e->children == want.children;
}

static void what_was_committed_is_read_again(void **state)
{
    journal_entry e[MOST];
    journal j;
    pid_t owner;

    (void)state;
    write_journal();
    assert_int_equal(read_journal(e), 20);
    for (uint64_t n = 0; n < 20; n++)
        assert_true(is(&e[n], n));
    assert_int_equal(journal_open(&j, path, false, &owner), JOURNAL_OPEN);
    assert_int_equal(j.pipeline, 4711);
    assert_string_equal(j.command, "galley run press");
    assert_int_equal(j.failure_count, 4);
    assert_int_equal(j.failures[1].entry, 8);
    assert_string_equal(j.failures[1].stage, "extract.things");
    journal_close(&j);
}

static void a_second_run_is_kept_out(void **state)
{
    journal first, second;
    pid_t owner = 0;

    (void)state;
    write_journal();
    assert_int_equal(journal_open(&first, path, true, &owner), JOURNAL_OPEN);
    assert_int_equal(journal_open(&second, path, true, &owner), JOURNAL_LOCKED);
    assert_int_equal(owner, getpid());
    journal_close(&second);
    assert_int_equal(journal_open(&second, path, false, &owner), JOURNAL_OPEN);
    journal_close(&second);
    journal_close(&first);
}

static char *slurp(size_t *size)
{
    FILE *f = fopen(path, "rb");
    char *bytes = malloc(1 << 16);

    *size = fread(bytes, 1, 1 << 16, f);
    fclose(f);
    return bytes;
}

static void spill(const char *bytes, size_t size)
{
    FILE *f = fopen(path, "wb");

    assert_int_equal(fwrite(bytes, 1, size, f), size);
    fclose(f);
}

/* Each entry is one that stood there at some time. */
static void assert_beginning(const journal_entry *e, uint64_t count)
{
    assert_true(count <= 20);
    for (uint64_t n = 0; n < count; n++)
        assert_true(is(&e[n], n) || is(&e[n], n - 8 + 100) || is(&e[n], 200));
}

static void cut_or_changed_at_any_byte_it_is_a_beginning(void **state)
{
    journal_entry e[MOST];
    size_t size;
    char *bytes;

    (void)state;
    write_journal();
    bytes = slurp(&size);
    for (size_t at = 0; at < size; at++) {
        spill(bytes, at);
        assert_beginning(e, read_journal(e));
        bytes[at] ^= 0x10;
        spill(bytes, size);
        assert_beginning(e, read_journal(e));
        bytes[at] ^= 0x10;
    }
    free(bytes);
}

static void the_checksum_is_castagnolis(void **state)
{
    (void)state;
    assert_int_equal(crc32c("123456789", 9), 0xE3069283u);
    assert_int_not_equal(hash64("ab", 2, 0), hash64("ba", 2, 0));
    assert_int_not_equal(hash64("", 0, 0), hash64("\0", 1, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_committed_is_read_again),
        cmocka_unit_test(a_second_run_is_kept_out),
        cmocka_unit_test(cut_or_changed_at_any_byte_it_is_a_beginning),
        cmocka_unit_test(the_checksum_is_castagnolis),
    };

    return cmocka_run_group_tests(tests, make_path, remove_path);
}
