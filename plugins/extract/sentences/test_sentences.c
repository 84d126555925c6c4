/* Where extract.sentences ends a sentence, and where it does not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "../../../tests/harness/harness.h"

extern const gly_plugin gly_plugin_v0;

/* The sentences of a text, parted by '|'. */
static void expect(const char *text, const char *wanted)
{
    harness *h = harness_new();
    const gly_doc *doc;
    const gly_layer *layer;
    char found[512] = "";
    size_t used = 0;

    harness_stage_linked(h, &gly_plugin_v0, NULL);
    doc = harness_run(h, "a.txt", text, strlen(text));
    assert_int_equal(harness_status(h), GLY_OK);
    layer = gly_layer_of(doc, "sentence/1");
    for (uint32_t i = 0; i < GLY_COUNT(layer); i++) {
        gly_str sentence = gly_slice(doc->text, GLY_RECORDS(layer, gly_sentence)[i].at);

        used += (size_t)snprintf(found + used, sizeof found - used, "%s%.*s", i ? "|" : "",
                                 (int)sentence.len, sentence.ptr);
    }
    assert_string_equal(found, wanted);
    harness_free(h);
}

static void ends_at_marks(void **unused)
{
    (void)unused;
    expect("", "");
    expect(" \n ", "");
    expect("One came. Two left! Why? No idea", "One came.|Two left!|Why?|No idea");
    expect("“It rained.” Then it stopped.", "“It rained.”|Then it stopped.");
    expect("A title\n\nA text", "A title|A text");
    expect("我去了。你呢？", "我去了。|你呢？");
}

static void goes_on_after_abbreviations(void **unused)
{
    (void)unused;
    expect("Dr. Ann Lee met Mr. J. Hill. They spoke.", "Dr. Ann Lee met Mr. J. Hill.|They spoke.");
    expect("It costs 2.50 today. Fine.", "It costs 2.50 today.|Fine.");
    expect("“Why?” he asked. She left.", "“Why?” he asked.|She left.");
}

static void goes_on_after_short_words_before_numbers(void **unused)
{
    (void)unused;
    expect("Built (c. 1230) by monks. It stands.", "Built (c. 1230) by monks.|It stands.");
    expect("See law n. 151 of May. It is old.", "See law n. 151 of May.|It is old.");
}

static void mends_what_typists_do(void **unused)
{
    (void)unused;
    expect("It is done.Then we left. See b.Then too.",
           "It is done.|Then we left.|See b.Then too.");
    expect("He waited . . . and left. End.", "He waited . . . and left.|End.");
    expect("« Il pleut. » Elle part.", "« Il pleut. »|Elle part.");
    expect("It rained. '' He left.", "It rained. ''|He left.");
}

static void keeps_notes_and_asides_with_their_sentence(void **unused)
{
    (void)unused;
    expect("Mice fear mint. [1] [2] Use it.[3] Often.", "Mice fear mint. [1] [2]|Use it.[3]|Often.");
    expect("And there it was! -- a cake. Good.", "And there it was! -- a cake.|Good.");
    expect("She said so. [...] No more.", "She said so.|[...] No more.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ends_at_marks),
        cmocka_unit_test(goes_on_after_abbreviations),
        cmocka_unit_test(goes_on_after_short_words_before_numbers),
        cmocka_unit_test(mends_what_typists_do),
        cmocka_unit_test(keeps_notes_and_asides_with_their_sentence),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
