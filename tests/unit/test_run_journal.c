/* The journal: what was committed is read again; a journal cut or changed at any
 * byte gives entries of what it was, never something else, and only those of the
 * damaged frame are missing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/hash.h"
#include "run/journal.h"

enum { MOST = 64, ENTRIES = 20 };

static char path[] = "/tmp/galley-journal-XXXXXX";
static const uint64_t beginning[] = { 3, 0 };

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

/* `n` with the name of a file in a folder; every fifth failed. */
static gly_str name_of(uint64_t n, char *into)
{
    return (gly_str){ into, (uint32_t)sprintf(into, "press/%06d.txt", (int)n) };
}

static journal_entry entry(uint64_t n)
{
    journal_entry e = { .stamp = n % 7 == 6 ? 0 : journal_stamp(n + 1), .content = n % 4 ? n * 31 : 0,
                        .ends = { 3 + n * 1000, n * 7 }, .outcome = OUTCOME_WRITTEN,
                        .attempts = n % 3 ? 1 : 2, .children = n % 6 ? 0 : (uint32_t)n, .vanished = n % 8 == 2 };

    if (n % 5 == 3) {
        e.outcome = OUTCOME_FAILED;
        e.stage = GLY_LIT("extract.things");
        e.reason = n % 2 ? GLY_LIT("it broke") : GLY_LIT("it broke as well");
    }
    return e;
}

static void add(journal *j, uint64_t from, uint64_t to)
{
    char name[32];

    for (uint64_t n = from; n < to; n++) {
        journal_entry e = entry(n);

        journal_add(j, name_of(n, name), &e);
    }
    assert_true(journal_commit(j));
}

static void rewind_to(journal *j, uint64_t n)
{
    assert_true(journal_rewind(j, n, n ? entry(n - 1).ends : beginning));
}

/* Entries 0 to 19, of which those from 12 on were once others. */
static void write_journal(void)
{
    journal j;
    pid_t owner;

    assert_int_equal(truncate(path, 0), 0);
    assert_int_equal(journal_open(&j, path, true, &owner), JOURNAL_OPEN);
    assert_true(journal_begin(&j, &(journal_title){ .pipeline = 4711, .sinks = 2, .command = "galley run press" }, beginning));
    add(&j, 0, 4);
    add(&j, 4, 8);
    add(&j, 100, 108);
    rewind_to(&j, 8);
    add(&j, 8, 15);
    add(&j, 200, 201);
    rewind_to(&j, 12);
    add(&j, 12, ENTRIES);
    journal_close(&j);
}

static bool same_text(gly_str a, gly_str b)
{
    return a.len == b.len && memcmp(a.ptr ? a.ptr : "", b.ptr ? b.ptr : "", a.len) == 0;
}

static bool is(const journal_entry *e, uint64_t n)
{
    char name[32];
    journal_entry want = entry(n);
    gly_str uri = name_of(n, name);

    return same_text(e->name, uri) && e->key == journal_key(uri) && e->stamp == want.stamp &&
           e->content == want.content && e->ends[0] == want.ends[0] && e->ends[1] == want.ends[1] &&
           e->outcome == want.outcome && e->children == want.children && e->attempts == want.attempts &&
           e->vanished == want.vanished && same_text(e->stage, want.stage) && same_text(e->reason, want.reason);
}

/* How many entries there are; each is one that stood there at some time, and its
 * ordinal and place are right. missing: how many a reader finds to be lost. */
static uint64_t read_journal(uint64_t *missing)
{
    journal j;
    journal_cursor at = { .segment = 0 };
    journal_entry e;
    pid_t owner;
    uint64_t count = 0, next = 0;

    assert_int_equal(journal_open(&j, path, true, &owner), JOURNAL_OPEN);
    while (journal_next(&j, &at, &e)) {
        char name[32];
        uint64_t n = 0;

        while (n < 300 && !same_text(e.name, name_of(n, name)))
            n++;
        assert_true(is(&e, n));
        assert_true(n == e.ordinal || n == e.ordinal + 92 || n == 200);
        assert_true(e.ordinal >= next);
        if (e.ordinal == 0)
            assert_int_equal(e.begins[0], beginning[0]);
        else if (n < 100)
            assert_int_equal(e.begins[0], entry(n - 1).ends[0]);
        next = e.ordinal + 1;
        count++;
    }
    assert_int_equal(count, j.count);
    assert_int_equal(j.next, next);
    if (count)
        assert_memory_equal(j.ends, e.ends, 2 * sizeof *j.ends);
    *missing = next - count;
    assert_true(*missing == 0 || j.damage_count == 1);
    journal_close(&j);
    return count;
}

static void what_was_committed_is_read_again(void **state)
{
    journal j;
    journal_end *failures;
    size_t failed;
    pid_t owner;
    uint64_t missing;

    (void)state;
    write_journal();
    assert_int_equal(read_journal(&missing), ENTRIES);
    assert_int_equal(missing, 0);
    assert_int_equal(journal_open(&j, path, false, &owner), JOURNAL_OPEN);
    assert_int_equal(j.pipeline, 4711);
    assert_string_equal(j.command, "galley run press");
    assert_int_equal(j.damage_count, 0);
    failures = journal_ends(&j, OUTCOME_FAILED, &failed);
    assert_int_equal(failed, 4);
    assert_string_equal(failures[1].uri, "press/000008.txt");
    assert_string_equal(failures[1].stage, "extract.things");
    assert_string_equal(failures[1].reason, "it broke as well");
    assert_string_equal(failures[2].reason, "it broke");
    free(failures);
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

static void cut_at_any_byte_it_is_a_beginning(void **state)
{
    size_t size;
    char *bytes;
    uint64_t missing;

    (void)state;
    write_journal();
    bytes = slurp(&size);
    for (size_t at = 0; at < size; at++) {
        spill(bytes, at);
        read_journal(&missing);
        assert_int_equal(missing, 0);
    }
    free(bytes);
}

/* Only the entries of the frame that was hit are lost: 8 at most. */
static void changed_at_any_byte_one_frame_is_lost(void **state)
{
    size_t size;
    char *bytes;

    (void)state;
    write_journal();
    bytes = slurp(&size);
    for (size_t at = 0; at < size; at++) {
        uint64_t missing, count;

        bytes[at] ^= 0x10;
        spill(bytes, size);
        count = read_journal(&missing);
        assert_true(count >= ENTRIES - 8);
        assert_true(missing <= 8);
        bytes[at] ^= 0x10;
    }
    free(bytes);
}

static void a_run_goes_on_behind_damage(void **state)
{
    size_t size;
    char *bytes;
    journal j;
    pid_t owner;
    uint64_t missing;

    (void)state;
    write_journal();
    bytes = slurp(&size);
    bytes[150] ^= 0x10; /* in the first batch */
    spill(bytes, size);
    free(bytes);
    assert_int_equal(journal_open(&j, path, true, &owner), JOURNAL_OPEN);
    assert_int_equal(j.damage_count, 1);
    assert_int_equal(j.count, ENTRIES - 4);
    add(&j, ENTRIES, ENTRIES + 3);
    journal_close(&j);
    assert_int_equal(read_journal(&missing), ENTRIES - 4 + 3);
    assert_int_equal(missing, 4);
}

static uint32_t strikes_after(uint32_t *crashes)
{
    journal j;
    pid_t owner;

    assert_int_equal(journal_open(&j, path, true, &owner), JOURNAL_OPEN);
    *crashes = j.crashes;
    journal_close(&j);
    return j.strikes;
}

static void runs_that_died_are_counted(void **state)
{
    journal j;
    pid_t owner;
    uint32_t crashes;

    (void)state;
    write_journal();
    for (int i = 0; i < 3; i++) {
        assert_int_equal(journal_open(&j, path, true, &owner), JOURNAL_OPEN);
        assert_true(journal_say_begun(&j));
        if (i)
            assert_true(journal_say_in_hand(&j, GLY_LIT("a.txt")));
        journal_close(&j);
    }
    assert_int_equal(strikes_after(&crashes), 2);
    assert_int_equal(crashes, 3);
    assert_int_equal(journal_open(&j, path, true, &owner), JOURNAL_OPEN);
    assert_true(journal_say_in_hand(&j, GLY_LIT("b.txt")));
    journal_close(&j);
    assert_int_equal(strikes_after(&crashes), 1);
    assert_int_equal(journal_open(&j, path, true, &owner), JOURNAL_OPEN);
    add(&j, ENTRIES, ENTRIES + 1);
    assert_true(journal_say_begun(&j));
    journal_close(&j);
    assert_int_equal(strikes_after(&crashes), 0);
    assert_int_equal(crashes, 1);
    assert_int_equal(journal_open(&j, path, true, &owner), JOURNAL_OPEN);
    assert_true(journal_say_ended(&j));
    journal_close(&j);
    strikes_after(&crashes);
    assert_int_equal(crashes, 0);
}

static void long_names_keep_apart(void **state)
{
    char a[3000], b[3000];
    journal j;
    journal_cursor at = { .segment = 0 };
    journal_entry e = { .ends = { 3, 0 }, .attempts = 1 };
    pid_t owner;

    (void)state;
    memset(a, 'x', sizeof a);
    memset(b, 'x', sizeof b);
    b[2999] = 'y';
    assert_int_equal(truncate(path, 0), 0);
    assert_int_equal(journal_open(&j, path, true, &owner), JOURNAL_OPEN);
    assert_true(journal_begin(&j, &(journal_title){ .pipeline = 1, .sinks = 2, .command = "galley run" }, beginning));
    journal_add(&j, (gly_str){ a, sizeof a }, &e);
    journal_add(&j, (gly_str){ b, sizeof b }, &e);
    assert_true(journal_commit(&j));
    journal_close(&j);
    assert_int_equal(journal_open(&j, path, true, &owner), JOURNAL_OPEN);
    assert_true(journal_next(&j, &at, &e));
    assert_int_equal(e.key, journal_key((gly_str){ a, sizeof a }));
    assert_true(journal_next(&j, &at, &e));
    assert_int_equal(e.key, journal_key((gly_str){ b, sizeof b }));
    assert_int_equal(e.name.len, JOURNAL_NAME);
    journal_close(&j);
}

/* Three sinks, names as a folder of a million articles has them. */
static void an_entry_takes_32_bytes_at_most(void **state)
{
    enum { MANY = 10000 };
    static const uint64_t begins[3] = { 0, 80, 0 };
    journal j;
    journal_entry e = { .attempts = 1, .nanoseconds = 80000, .ends = { 0, 80, 0 } };
    pid_t owner;
    char name[32];
    size_t size;

    (void)state;
    assert_int_equal(truncate(path, 0), 0);
    assert_int_equal(journal_open(&j, path, true, &owner), JOURNAL_OPEN);
    assert_true(journal_begin(&j, &(journal_title){ .pipeline = 1, .sinks = 3, .command = "galley run" }, begins));
    for (uint64_t n = 0; n < MANY; n++) {
        e.stamp = journal_stamp(n + 5);
        e.content = hash64(&n, sizeof n, 1);
        e.ends[0] += 9000 + n % 4000;
        e.ends[1] += 300 + n % 200;
        e.ends[2] += 11;
        journal_add(&j, (gly_str){ name, (uint32_t)sprintf(name, "%06d.txt", (int)n) }, &e);
        if (n % 1000 == 999)
            assert_true(journal_commit(&j));
    }
    journal_close(&j);
    assert_int_equal(journal_open(&j, path, false, &owner), JOURNAL_OPEN);
    size = j.size;
    assert_int_equal(j.count, MANY);
    journal_close(&j);
    assert_in_range(size, MANY * 20, MANY * 32);
}

static void an_older_journal_is_known_as_one(void **state)
{
    static const uint32_t old[] = { 40, 0, 1, 0, 1, 2, 3, 4, 1, 2, 0, 0, 0, 0 };
    journal j;
    pid_t owner;

    (void)state;
    spill((const char *)old, sizeof old);
    assert_int_equal(journal_open(&j, path, true, &owner), JOURNAL_OPEN);
    assert_true(j.older);
    assert_int_equal(j.count, 0);
    journal_close(&j);
}

static void times_are_kept_within_an_eighth(void **state)
{
    journal j;
    journal_cursor at = { .segment = 0 };
    journal_entry e = { .ends = { 3, 0 }, .attempts = 1 };
    pid_t owner;

    (void)state;
    assert_int_equal(truncate(path, 0), 0);
    assert_int_equal(journal_open(&j, path, true, &owner), JOURNAL_OPEN);
    assert_true(journal_begin(&j, &(journal_title){ .pipeline = 1, .sinks = 2, .command = "galley run" }, beginning));
    for (uint64_t ns = 1000; ns < UINT64_C(1) << 50; ns += ns / 3) {
        e.nanoseconds = ns;
        journal_add(&j, GLY_LIT("a"), &e);
    }
    assert_true(journal_commit(&j));
    journal_close(&j);
    assert_int_equal(journal_open(&j, path, true, &owner), JOURNAL_OPEN);
    for (uint64_t ns = 1000; ns < UINT64_C(1) << 50; ns += ns / 3) {
        assert_true(journal_next(&j, &at, &e));
        assert_in_range(e.nanoseconds, ns < 8000 ? ns - 1000 : ns - ns / 7, ns + ns / 7);
    }
    journal_close(&j);
}

static void the_checksum_is_castagnolis(void **state)
{
    char text[100];
    uint64_t last = 0;

    (void)state;
    assert_int_equal(crc32c("123456789", 9), 0xE3069283u);
    assert_int_not_equal(hash64("ab", 2, 0), hash64("ba", 2, 0));
    assert_int_not_equal(hash64("", 0, 0), hash64("\0", 1, 0));
    memset(text, 'a', sizeof text);
    for (size_t i = 0; i < sizeof text; i++) { /* each byte counts, whatever lane has it */
        uint64_t now;

        text[i] = 'b';
        now = hash64(text, sizeof text, 0);
        assert_int_not_equal(now, last);
        last = now;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_committed_is_read_again),
        cmocka_unit_test(a_second_run_is_kept_out),
        cmocka_unit_test(cut_at_any_byte_it_is_a_beginning),
        cmocka_unit_test(changed_at_any_byte_one_frame_is_lost),
        cmocka_unit_test(a_run_goes_on_behind_damage),
        cmocka_unit_test(runs_that_died_are_counted),
        cmocka_unit_test(long_names_keep_apart),
        cmocka_unit_test(an_entry_takes_32_bytes_at_most),
        cmocka_unit_test(an_older_journal_is_known_as_one),
        cmocka_unit_test(times_are_kept_within_an_eighth),
        cmocka_unit_test(the_checksum_is_castagnolis),
    };

    return cmocka_run_group_tests(tests, make_path, remove_path);
}
