/* What clean.charset makes of bytes, and what it says about them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "../../../tests/harness/harness.h"

extern const gly_plugin gly_plugin_v0;

typedef struct bytes {
    const char *ptr;
    size_t      len;
} bytes;

#define BYTES(s) { s, sizeof(s) - 1 }

static harness *with(const char *options)
{
    harness *h = harness_new();

    harness_stage_linked(h, &gly_plugin_v0, options);
    return h;
}

static void expect(const char *options, bytes in, const char *text, const char *charset)
{
    harness *h = with(options);
    const gly_doc *d = harness_run(h, "a.html", in.ptr, in.len);
    gly_str found;

    assert_int_equal(harness_status(h), GLY_OK);
    found = gly_meta_str(d, "charset");
    if (d->text.len != strlen(text) || memcmp(d->text.ptr, text, d->text.len) != 0)
        fail_msg("'%.*s' instead of '%s'", (int)d->text.len, d->text.ptr, text);
    if (charset && (found.len != strlen(charset) || memcmp(found.ptr, charset, found.len) != 0))
        fail_msg("charset '%.*s' instead of '%s'", (int)found.len, found.ptr, charset);
    assert_string_equal(d->views[d->current].name, "charset");
    harness_free(h);
}

static void reads_each_encoding(void **unused)
{
    static const struct { bytes in; const char *text, *charset; } cases[] = {
        { BYTES(""), "", "utf-8" },
        { BYTES("a"), "a", "utf-8" },
        { BYTES("plain\n"), "plain\n", "utf-8" },
        { BYTES("\xEF\xBB\xBFmark"), "mark", "utf-8" },
        { BYTES("caf\xC3\xA9"), "café", "utf-8" },
        { BYTES("<meta charset=utf-8>caf\xC3\xA9 \xE2\x82"), "<meta charset=utf-8>café \xEF\xBF\xBD", "utf-8" },
        { BYTES("\xFF\xFEH\0i\0\xAC\x20"), "Hi€", "utf-16le" },
        { BYTES("\xFE\xFF\0H\0i\x20\xAC"), "Hi€", "utf-16be" },
        { BYTES("\xFF\xFE\0\0H\0\0\0"), "H", "utf-32le" },
        { BYTES("t\0w\0o\0 \0w\0o\0r\0d\0s\0"), "two words", "utf-16le" },
        { BYTES("\0t\0w\0o\0 \0w\0o\0r\0d\0s"), "two words", "utf-16be" },
        { BYTES("o\0\0\0n\0\0\0e\0\0\0"), "one", "utf-32le" },
        { BYTES("<meta charset=latin1>caf\xE9 \x93ok\x94"), "<meta charset=latin1>café “ok”",
          "windows-1252" },
        { BYTES("<?xml version='1.0' encoding='koi8-r'?>\xCD\xC9\xD2"),
          "<?xml version='1.0' encoding='koi8-r'?>мир", "koi8-r" },
        { BYTES("<meta charset=shift_jis>\x93\xFA\x96\x7B"), "<meta charset=shift_jis>日本",
          "shift_jis" },
        { BYTES("<meta charset=windows-1251>d\xC3\xA9j\xC3\xA0"),
          "<meta charset=windows-1251>déjà", "utf-8" },
        { BYTES("<!-- <meta charset=koi8-r> --><meta charset='iso-8859-7'>\xE1"),
          "<!-- <meta charset=koi8-r> --><meta charset='iso-8859-7'>α", "iso-8859-7" },
        { BYTES("\x1B$B\x46\x7C\x4B\x5C\x1B(B."), "日本.", "iso-2022-jp" },
    };

    (void)unused;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        expect(NULL, cases[i].in, cases[i].text, cases[i].charset);
}

/* One sentence has few letters beyond ASCII; those around them tell the language. */
static void reads_single_sentences(void **unused)
{
    static const struct { bytes in; const char *text; } cases[] = {
        { BYTES("Vi\xF2\xF0 dz\xEEvo R\xEEg\xE2 jau tr\xEEs gadus."),
          "Viņš dzīvo Rīgā jau trīs gadus." },
        { BYTES("Vakar\xE2 lietus k\xEFuva stipr\xE2ks."),
          "Vakarā lietus kļuva stiprāks." },
        { BYTES("Zve\xE8" "er smo \xE8" "akali na vlak."),
          "Zvečer smo čakali na vlak." },
        { BYTES("V\xE8" "asih je tega preve\xE8."),
          "Včasih je tega preveč." },
        { BYTES("Holnap es\xF5re sz\xE1m\xEDthatunk."),
          "Holnap esőre számíthatunk." },
        { BYTES("\xDEi lo\xF8" "as apud la maro."),
          "Ŝi loĝas apud la maro." },
        { BYTES("Strada \xE8 chiusa, dice l\x92" "assessore."),
          "Strada è chiusa, dice l’assessore." },
        { BYTES("Wir m\x9A" "chten sp\x8Ater zur\x9F" "ckkommen."),
          "Wir möchten später zurückkommen." },
        { BYTES("Prim\xE3ria a \xEEnchis dou\xE3 str\xE3zi."),
          "Primăria a închis două străzi." },
        { BYTES("Belediye yeni bir k\xF6pr\xFC a\xE7t\xFD."),
          "Belediye yeni bir köprü açtı." },
        { BYTES("\xD5htul l\xE4ks ilm k\xFClmemaks."),
          "Õhtul läks ilm külmemaks." },
    };

    (void)unused;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        expect(NULL, cases[i].in, cases[i].text, NULL);
}

static void replaces_what_it_cannot_read(void **unused)
{
    (void)unused;
    expect(NULL, (bytes)BYTES("\xFF\xFE\0\xD8.\0"), "\xEF\xBF\xBD.", "utf-16le");
    expect(NULL, (bytes)BYTES("\xEF\xBB\xBF" "a\xC3(\xE2\x82"), "a\xEF\xBF\xBD(\xEF\xBF\xBD", "utf-8");
    expect(NULL, (bytes)BYTES("\xFF\xFE" "a\0b"), "a\xEF\xBF\xBD", "utf-16le");
}

static void mends_mojibake(void **unused)
{
    static const struct { bytes in; const char *text; } cases[] = {
        { BYTES("She said â€œgo homeâ€\xC2\x9D and left"), "She said “go home” and left" },
        /* The last byte of a closing mark is often lost on the way. */
        { BYTES("â€œYesâ€, he said. â€œNo.â€"), "“Yes”, he said. “No.”" },
        { BYTES("Prices in â€ alone"), "Prices in â€ alone" },
        { BYTES("le cafÃ© dâ€™Ã©tÃ©"), "le café d’été" },
        { BYTES("Ã¢â‚¬Å“twiceÃ¢â‚¬\xC2\x9D"), "“twice”" },
        { BYTES("30Â°C for Â£20"), "30°C for £20" },
        { BYTES("it‚Äôs caf√© time"), "it’s café time" },
        { BYTES("itΓÇÖs f├╝r uns"), "it’s für uns" },
        { BYTES("РќРѕРІРѕСЃС‚Рё РіРѕСЂРѕРґР°"), "Новости города" },
    };

    (void)unused;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        expect(NULL, cases[i].in, cases[i].text, "utf-8");
}

static void leaves_clean_text_alone(void **unused)
{
    static const char *const clean[] = {
        "“NÃO!” disse, à la «carte»", "L’été à l’École, CAFÉ’s — “É…”", "Рівне і Дніпро, Рік",
        "│ ├── └─ ┼ tables", "Zažít Čáslav, ŽIŽEK", "½ × ¾ ±2 µm, 20 °C", "SÃO PAULO – AMANHÃ”",
        "日本語のテスト。", "한국어", "עברית", "नमस्ते क्‍ष", "👩‍👩‍👧 family", "",
    };

    (void)unused;
    for (size_t i = 0; i < sizeof clean / sizeof clean[0]; i++)
        expect(NULL, (bytes){ clean[i], strlen(clean[i]) }, clean[i], "utf-8");
}

static void tidies(void **unused)
{
    (void)unused;
    expect(NULL, (bytes)BYTES("a\r\nb\rc\fd\xE2\x80\xA8" "e\xC2\x85" "f"), "a\nb\nc\nd\ne\nf", NULL);
    expect(NULL, (bytes)BYTES("co\xC2\xAD" "op\0er\xE2\x80\x8B" "ate\xEF\xBB\xBF"), "cooperate", NULL);
    expect(NULL, (bytes)BYTES("10\xC2\xA0km\xE2\x80\xAF!"), "10 km !", NULL);
    expect(NULL, (bytes)BYTES("e\xC2\xAD\xCC\x81"), "é", NULL);
    expect(NULL, (bytes)BYTES("ab\0ab\0ab\0ab\0"), "abababab", "utf-8");
    expect("invisible=false", (bytes)BYTES("co\xC2\xADop"), "co\xC2\xADop", NULL);
    expect("spaces=false", (bytes)BYTES("10\xC2\xA0km"), "10\xC2\xA0km", NULL);
    expect("line_ends=false", (bytes)BYTES("a\r\nb"), "a\r\nb", NULL);
    expect("normalise=false", (bytes)BYTES("e\xCC\x81"), "e\xCC\x81", NULL);
    expect("mojibake=false", (bytes)BYTES("cafÃ©"), "cafÃ©", NULL);
    expect("direction=true", (bytes)BYTES("a\xE2\x80\x8F" "b"), "ab", NULL);
    expect(NULL, (bytes)BYTES("a\xE2\x80\x8F" "b"), "a\xE2\x80\x8F" "b", NULL);
}

static void composes(void **unused)
{
    (void)unused;
    expect(NULL, (bytes)BYTES("Zoe\xCC\x88 e\xCC\x81t\xE1\xBA\xA1"), "Zoë étạ", NULL);
    expect(NULL, (bytes)BYTES("\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB"), "한", NULL);
    expect(NULL, (bytes)BYTES("\xE2\x84\xAB \xE0\xA4\x95\xE0\xA4\xBC"), "Å \xE0\xA4\x95\xE0\xA4\xBC", NULL);
}

static void maps_back_to_the_bytes(void **unused)
{
    static const char in[] = "<meta charset=latin1>caf\xE9\r\nsaid \x93hello\x94";
    harness *h = with(NULL);
    const gly_doc *d = harness_run(h, "a.html", in, sizeof in - 1);
    const char *hello = memmem(d->text.ptr, d->text.len, "hello", 5);
    uint32_t at = (uint32_t)(hello - d->text.ptr);
    uint16_t view = d->current;

    (void)unused;
    while (view > 0) { /* follow the segments by hand, view by view */
        const gly_view *v = &d->views[view];
        uint32_t i = 0;

        while (i + 1 < v->nsegs && v->segs[i + 1].here <= at)
            i++;
        at = v->segs[i].there + (at - v->segs[i].here);
        view = v->parent;
    }
    assert_memory_equal(in + at, "hello", 5);
    harness_free(h);
}

static void shares_what_is_clean(void **unused)
{
    harness *h = with(NULL);
    const gly_doc *d = harness_run(h, "a.txt", "clean “text”\n", 17);

    (void)unused;
    assert_ptr_equal(d->text.ptr, d->views[0].text.ptr);
    assert_int_equal(d->nviews, 2);
    assert_int_equal(d->views[1].nsegs, 1);
    assert_int_equal(d->nnotes, 0);
    harness_free(h);
}

static void refuses_what_is_no_text(void **unused)
{
    harness *h = with(NULL);

    (void)unused;
    harness_run(h, "a.txt", "%PDF-1.7\n%\xE2\xE3\xCF\xD3", 14);
    assert_int_equal(harness_status(h), GLY_EINPUT);
    assert_non_null(strstr(harness_reason(h), "looks like a PDF, not text"));
    harness_run(h, "a.txt", "\x89PNG\r\n\x1A\n\0\0", 10);
    assert_int_equal(harness_status(h), GLY_EINPUT);
    harness_free(h);
}

/* What is packed or enciphered looks like this, and no letter in front gives it away. */
static void refuses_bytes_without_order(void **unused)
{
    harness *h = with(NULL);
    char noise[8192];
    uint32_t state = 1;

    (void)unused;
    for (size_t i = 0; i < sizeof noise; i++)
        noise[i] = (char)((state = state * 1664525u + 1013904223u) >> 24);
    harness_run(h, "a.txt", noise, sizeof noise);
    assert_int_equal(harness_status(h), GLY_EINPUT);
    assert_non_null(strstr(harness_reason(h), "looks like binary data"));
    harness_free(h);
}

static void long_lines_take_linear_time(void **unused)
{
    enum { LENGTH = 1 << 22 };
    static const char *const parts[] = { "a\xCC\x81", "\xCC\x81", "\xFF", "Ã©", "\0", "\xE2\x80\x8B" };
    char *text = malloc(LENGTH);

    (void)unused;
    assert_non_null(text);
    for (size_t k = 0; k < sizeof parts / sizeof parts[0]; k++) {
        harness *h = with(NULL);
        size_t part = parts[k][0] ? strlen(parts[k]) : 1;

        for (size_t i = 0; i + part <= LENGTH; i += part)
            memcpy(text + i, parts[k], part);
        harness_run(h, "a.txt", text, LENGTH / part * part);
        assert_true(harness_status(h) == GLY_OK || harness_status(h) == GLY_EINPUT);
        harness_free(h);
    }
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_each_encoding),
        cmocka_unit_test(reads_single_sentences),
        cmocka_unit_test(replaces_what_it_cannot_read),
        cmocka_unit_test(mends_mojibake),
        cmocka_unit_test(leaves_clean_text_alone),
        cmocka_unit_test(tidies),
        cmocka_unit_test(composes),
        cmocka_unit_test(maps_back_to_the_bytes),
        cmocka_unit_test(shares_what_is_clean),
        cmocka_unit_test(refuses_what_is_no_text),
        cmocka_unit_test(refuses_bytes_without_order),
        cmocka_unit_test(long_lines_take_linear_time),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
