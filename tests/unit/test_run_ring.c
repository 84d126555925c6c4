/* The ring between supervisor and worker, and the messages in it: what goes in
 * comes out, and rubbish is noticed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "run/message.h"
#include "run/ring.h"

enum { SIZE = 1024 };

typedef struct pair {
    ring_position written, taken;
    char bytes[SIZE];
    ring writer, reader;
} pair;

static void begin(pair *p)
{
    *p = (pair){ .written = 0 };
    p->writer = (ring){ .bytes = p->bytes, .size = SIZE, .written = &p->written, .taken = &p->taken };
    p->reader = p->writer;
}

static bool put(pair *p, uint32_t length, char fill)
{
    char *room = ring_reserve(&p->writer, length, 7);

    if (!room)
        return false;
    memset(room, fill, length);
    ring_publish(&p->writer);
    return true;
}

static void messages_of_all_lengths_pass(void **state)
{
    static pair p;
    ring_message m;

    (void)state;
    begin(&p);
    for (uint32_t round = 0; round < 40; round++)
        for (uint32_t length = 0; length <= ring_most(&p.writer); length++) {
            assert_true(put(&p, length, (char)length));
            assert_int_equal(ring_look(&p.reader, &m), RING_MESSAGE);
            assert_int_equal(m.length, length);
            assert_int_equal(m.mark, 7);
            for (uint32_t i = 0; i < length; i++)
                assert_int_equal(m.bytes[i], (char)length);
            ring_release(&p.reader);
            assert_int_equal(ring_look(&p.reader, &m), RING_EMPTY);
        }
    assert_true(ring_drained(&p.writer));
}

static void a_full_ring_takes_no_more_and_keeps_order(void **state)
{
    static pair p;
    ring_message m;
    char in = 0, out = 0;

    (void)state;
    begin(&p);
    for (uint32_t round = 0; round < 1000; round++) {
        while (put(&p, 1 + round % 90, in))
            in++;
        for (uint32_t i = 0; i < 1 + round % 5; i++) {
            assert_int_equal(ring_look(&p.reader, &m), RING_MESSAGE);
            assert_int_equal(m.bytes[0], out++);
            ring_release(&p.reader);
        }
    }
}

static void rubbish_is_damage_and_never_read_past_the_end(void **state)
{
    static pair p;
    ring_message m;
    uint32_t random = 12345;

    (void)state;
    for (uint32_t round = 0; round < 200000; round++) {
        begin(&p);
        for (size_t i = 0; i < SIZE; i += 4) {
            uint32_t word;

            random = random * 1664525 + 1013904223;
            word = random >> (random >> 16) % 32;
            memcpy(p.bytes + i, &word, sizeof word);
        }
        p.written = (random >> 8) % (2 * SIZE);
        for (int i = 0; i < 100 && ring_look(&p.reader, &m) == RING_MESSAGE; i++) {
            assert_true(m.bytes >= p.bytes && m.bytes + m.length <= p.bytes + SIZE);
            ring_release(&p.reader);
        }
    }
}

static carried example(gly_str *rendered)
{
    rendered[0] = (gly_str){ NULL, 0 };
    rendered[1] = GLY_LIT("{\"a\":1}\n");
    rendered[2] = GLY_LIT("");
    return (carried){ .outcome = OUTCOME_WRITTEN, .stage = 2, .depth = 1, .children = 3, .nanoseconds = 99,
                      .bytes = 1234, .uri = GLY_LIT("a/b.txt"), .reason = GLY_LIT("why"), .rendered = rendered };
}

static void results_come_back_as_they_went(void **state)
{
    gly_str rendered[3], back[3];
    carried c = example(rendered), out;
    size_t size = result_size(&c, 3);
    char *bytes = malloc(size);
    uint64_t ticket;

    (void)state;
    result_pack(&c, 42, 3, bytes);
    assert_true(result_unpack(&out, &ticket, back, 3, bytes, size));
    assert_int_equal(ticket, 42);
    assert_int_equal(out.outcome, OUTCOME_WRITTEN);
    assert_int_equal(out.stage, 2);
    assert_int_equal(out.depth, 1);
    assert_int_equal(out.children, 3);
    assert_int_equal(out.bytes, 1234);
    assert_true(gly_str_eq(out.uri, c.uri) && gly_str_eq(out.reason, c.reason));
    assert_null(back[0].ptr);
    assert_true(gly_str_eq(back[1], rendered[1]));
    assert_non_null(back[2].ptr);
    free(bytes);
}

static void a_result_cut_or_changed_anywhere_is_refused_or_sound(void **state)
{
    gly_str rendered[3], back[3];
    carried c = example(rendered), out;
    size_t size = result_size(&c, 3);
    char *bytes = malloc(size), *copy;
    uint64_t ticket;

    (void)state;
    result_pack(&c, 42, 3, bytes);
    for (size_t cut = 0; cut < size; cut++) {
        copy = malloc(cut ? cut : 1);
        memcpy(copy, bytes, cut);
        assert_false(result_unpack(&out, &ticket, back, 3, copy, cut));
        free(copy);
    }
    for (size_t at = 0; at < size * 8; at++) {
        bytes[at / 8] ^= (char)(1 << at % 8);
        if (result_unpack(&out, &ticket, back, 3, bytes, size)) {
            assert_true(out.stage < 3 && out.outcome < OUTCOMES);
            for (int i = 0; i < 3; i++)
                assert_true(!back[i].ptr || (back[i].ptr >= bytes && back[i].ptr + back[i].len <= bytes + size));
        }
        bytes[at / 8] ^= (char)(1 << at % 8);
    }
    free(bytes);
}

static void requests_come_back_as_they_went(void **state)
{
    request q = { 7, { 8, GLY_LIT("u"), GLY_LIT("/a/path"), 9, 10, SALVAGE_CHILD } }, out;
    char bytes[128];
    size_t size = request_size(&q);

    (void)state;
    request_pack(&q, bytes);
    assert_true(request_unpack(&out, bytes, size));
    assert_true(out.ticket == 7 && out.errand.ordinal == 8 && out.errand.skip == 9 && out.errand.content == 10);
    assert_true(gly_str_eq(out.errand.uri, q.errand.uri) &&
                gly_str_eq(out.errand.locator, q.errand.locator));
    assert_false(request_unpack(&out, bytes, size - 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(messages_of_all_lengths_pass),
        cmocka_unit_test(a_full_ring_takes_no_more_and_keeps_order),
        cmocka_unit_test(rubbish_is_damage_and_never_read_past_the_end),
        cmocka_unit_test(results_come_back_as_they_went),
        cmocka_unit_test(a_result_cut_or_changed_anywhere_is_refused_or_sound),
        cmocka_unit_test(requests_come_back_as_they_went),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
