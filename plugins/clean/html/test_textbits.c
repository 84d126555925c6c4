/* The words of a text by bits and by eight bytes are those of one byte at a time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "textbits.h"
#include "vocabulary.h"

static void any_bytes(char *text, uint32_t length, uint32_t *seed)
{
    static const char usual[] = "the Mayor's 12 well-known, \xC3\xA9\xE4\xBB\xAE.";

    for (uint32_t i = 0; i < length; i++) {
        *seed = *seed * 1664525 + 1013904223;
        text[i] = (char)(*seed >> 30 ? usual[(*seed >> 16) % (sizeof usual - 1)] : (char)(*seed >> 16));
    }
}

static void bits_are_those_of_each_byte(void **unused)
{
    char text[100];
    uint32_t seed = 1;

    (void)unused;
    for (uint32_t length = 0; length <= sizeof text; length++)
        for (uint32_t at = 0; at <= length; at++) {
            textbits by_byte = { 0 }, found;
            uint32_t end = at + TEXTBITS_MOST < length ? at + TEXTBITS_MOST : length;

            any_bytes(text, sizeof text, &seed);
            for (uint32_t i = at; i < end; i++)
                textbits__byte(&by_byte, (unsigned char)text[i], i - at);
            found = textbits_of((gly_str){ text, sizeof text }, at, length);
            assert_memory_equal(&found, &by_byte, sizeof found);
            found = textbits_of((gly_str){ text, length }, at, length); /* nothing behind it is read */
            assert_memory_equal(&found, &by_byte, sizeof found);
        }
}

static void words_in_pieces_have_one_hash(void **unused)
{
    static const char word[] = "Subscriptions\xC3\xA9";
    uint32_t length = sizeof word - 1;
    uint64_t whole = 0;

    (void)unused;
    for (uint32_t i = 0; i < length; i++)
        whole = namehash_step(whole, (unsigned char)word[i]);
    for (uint32_t first = 1; first <= 8; first++) {
        uint64_t hash = 0;

        for (uint32_t at = 0; at < length; at += first) {
            uint32_t size = length - at < first ? length - at : first;
            uint64_t eight = UINT64_C(0xAAAAAAAAAAAAAAAA); /* what stands behind does not matter */

            for (uint32_t i = 0; i < size; i++)
                eight = (eight & ~(UINT64_C(0xFF) << 8 * i)) | (uint64_t)(unsigned char)word[at + i] << 8 * i;
            hash = namehash_steps(hash, eight, size);
        }
        assert_true(hash == whole);
    }
}

static void knows_words_whole(void **unused)
{
    static vocabulary v;
    uint64_t hash = 0;

    (void)unused;
    vocabulary_prepare(&v);
    for (const char *p = "subscribe"; *p; p++)
        hash = namehash_step(hash, (unsigned char)*p);
    assert_int_equal(vocabulary_says(&v, "Subscribe", 9, hash), SAYS_SIGNUP);
    assert_int_equal(vocabulary_says(&v, "Subscribed", 10, hash), 0);
    assert_int_equal(vocabulary_named(&v, GLY_LIT("storyBody side-bar")), NAMED_ARTICLE | NAMED_BODY | NAMED_SIDE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bits_are_those_of_each_byte), cmocka_unit_test(words_in_pieces_have_one_hash),
        cmocka_unit_test(knows_words_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
