/* What a record looks like: bare, with a layer of a stage that galley does not
 * know, and with layers that have odd values. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

#include "harness/harness.h"
#include "kit/json.h"
#include "kit/offsets.h"

extern const gly_plugin gly_plugin_v0;

static void minimal_record(void **state)
{
    harness *h = harness_new();
    gly_str out;

    (void)state;
    harness_stage_linked(h, &gly_plugin_v0, "keys=schema,uri,media,bytes");
    harness_run(h, "press/\xFF\"a.txt", "A\n", 2);
    out = harness_render(h);
    assert_non_null(out.ptr);
    assert_true(gly_str_eq(out, GLY_LIT("{\"schema\":\"galley.article/1\",\"uri\":\"press/\xEF\xBF\xBD\\\"a.txt\","
                                        "\"media\":\"text/plain\",\"bytes\":2}\n")));
    harness_free(h);
}

static void every_key_of_a_bare_record(void **state)
{
    harness *h = harness_new();
    gly_str out;

    (void)state;
    harness_stage_linked(h, &gly_plugin_v0, NULL);
    harness_run(h, "a.txt", "A\n", 2);
    out = harness_render(h);
    assert_non_null(memmem(out.ptr, out.len, "\"id\":\"", 6));
    assert_non_null(memmem(out.ptr, out.len, "\"text\":\"", 8));
    assert_int_equal(out.ptr[out.len - 1], '\n');
    harness_free(h);
}

/* ---- strings and offsets, against the plain way ------------------------------ */

/* JSON's escapes, one byte at a time. */
static size_t escape_plainly(const char *text, size_t length, char *out)
{
    static const char from[] = "\b\t\n\f\r\"\\", to[] = "btnfr\"\\";
    size_t n = 0;

    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        const char *known = c ? strchr(from, c) : NULL;

        if (known)
            n += (size_t)sprintf(out + n, "\\%c", to[known - from]);
        else if (c < 0x20)
            n += (size_t)sprintf(out + n, "\\u%04x", c);
        else
            out[n++] = text[i];
    }
    return n;
}

/* Mostly plain letters, with what must be escaped and longer characters between. */
static size_t any_text(char *text, size_t most, uint32_t *state)
{
    static const char *const rare[] = { "\n", "\"", "\\", "\x01", "\t", "é", "€", "𝄞", "\x1F", "“" };
    size_t length = 0;

    while (length + 4 < most) {
        const char *piece;

        *state = *state * 1664525 + 1013904223;
        piece = (*state >> 20) % 8 == 0 ? rare[(*state >> 24) % 10] : &"plain"[(*state >> 24) % 5];
        for (size_t i = 0; i < 4 && piece[i]; i++)
            text[length++] = piece[i];
    }
    return length;
}

static void strings_are_escaped_at_every_length(void **state)
{
    harness *h = harness_new();
    char text[128], wanted[1024];
    uint32_t seed = 7;

    (void)state;
    for (size_t most = 4; most < sizeof text; most++) {
        size_t length = any_text(text, most, &seed), n;
        json out;

        json_begin(&out, harness_run(h, "a.txt", "", 0)->arena, 0, false);
        json_string(&out, (gly_str){ text, (uint32_t)length });
        wanted[0] = '"';
        n = 1 + escape_plainly(text, length, wanted + 1);
        wanted[n++] = '"';
        assert_int_equal(json_text(&out).len, n);
        assert_memory_equal(json_text(&out).ptr, wanted, n);
    }
    harness_free(h);
}

static void offsets_count_each_character(void **state)
{
    harness *h = harness_new();
    char text[1024];
    uint32_t seed = 3, points = 0, units = 0;
    gly_arena *arena = harness_run(h, "a.txt", "", 0)->arena;
    gly_str all = { text, (uint32_t)any_text(text, sizeof text, &seed) };
    offsets by_point, by_unit, by_byte;

    (void)state;
    assert_true(offsets_begin(&by_point, arena, all, OFFSETS_CODEPOINT));
    assert_true(offsets_begin(&by_unit, arena, all, OFFSETS_UTF16));
    assert_true(offsets_begin(&by_byte, arena, all, OFFSETS_BYTE));
    for (uint32_t i = 0; i <= all.len; i++) {
        unsigned char c = i < all.len ? (unsigned char)text[i] : 0;

        if ((c & 0xC0) == 0x80)
            continue;
        assert_int_equal(offsets_at(&by_point, i), points);
        assert_int_equal(offsets_at(&by_unit, i), units);
        assert_int_equal(offsets_at(&by_byte, i), i);
        points++;
        units += c >= 0xF0 ? 2 : 1;
    }
    harness_free(h);
}

/* ---- a stage with a layer of its own ------------------------------------------ */

typedef struct gauge {
    gly_range at;
    bool      wet;
    int64_t   below;
    double    metres;
    gly_str   river;
    gly_range pier;
    gly_range no_pier;
    gly_strs  boats;
    int32_t   state;
    uint32_t  number, next, last;
} gauge;

static const char *const states[] = { "falling", "rising", NULL };
static const char *const gauges[] = { "gauge/1", NULL };
static const gly_field gauge_fields[] = {
    GLY_FIELD(gauge, wet, GLY_T_BOOL, "-"), GLY_FIELD(gauge, below, GLY_T_INT, "-"),
    GLY_FIELD(gauge, metres, GLY_T_REAL, "-"), GLY_FIELD(gauge, river, GLY_T_STR, "-"),
    GLY_FIELD(gauge, pier, GLY_T_RANGE, "-"), GLY_FIELD(gauge, no_pier, GLY_T_RANGE, "-"),
    GLY_FIELD(gauge, boats, GLY_T_STRS, "-"), GLY_FIELD_ENUM(gauge, state, states, "-"),
    GLY_FIELD(gauge, number, GLY_T_U32, "-"), GLY_FIELD_REF(gauge, next, gauges, "-"),
    GLY_FIELD_REF(gauge, last, gauges, "-"), GLY_FIELDS_END
};
static const gly_layer_type gauge_layer = GLY_LAYER_TYPE(gauge, "gauge/1", gauge_fields, 0, "-");
static const gly_host *gauge_host;

static gly_status gauge_open(const gly_host *host, gly_stage *stage, const void *options, void **shared)
{
    (void)options;
    gauge_host = host;
    *shared = stage;
    return GLY_OK;
}

static gly_status gauge_process(void *self, gly_doc *d)
{
    static const gly_str boats[] = { { "Ada", 3 }, { "Bo \"b\"", 6 } };
    gly_layer *l = gauge_host->layer_add(self, d, &gauge_layer);
    gauge *g = l ? gly_push(gauge_host, d, l, 0, 2) : NULL;

    if (!g)
        return GLY_ENOMEM;
    *g = (gauge){ .at = { 0, 6 }, .wet = true, .below = -5, .metres = 1.5, .river = GLY_LIT("\xC3\x89"),
                  .pier = { 3, 6 }, .boats = { boats, 2 }, .state = 1, .number = 7, .next = 0,
                  .last = GLY_NO_REF };
    return GLY_OK;
}

static const gly_stage_ops gauge_ops = {
    .size = sizeof gauge_ops, .open = gauge_open, .process = gauge_process
};
static const gly_layer_type *const gauge_layers[] = { &gauge_layer, NULL };
static const gly_plugin gauge_face = {
    .size = sizeof gauge_face, .kind = GLY_TRANSFORM, .name = "extract.gauges", .version = "1",
    .summary = "-", .layers = gauge_layers, .option_size = sizeof(gly_option), .ops = &gauge_ops
};

static void a_layer_never_heard_of(void **state)
{
    harness *h = harness_new();
    gly_str out;

    (void)state;
    harness_stage_linked(h, &gauge_face, NULL);
    harness_stage_linked(h, &gly_plugin_v0, "keys=layers;source_offsets=true");
    harness_run(h, "a.txt", "\xC3\x89 \xC3\x89!", 6);
    out = harness_render(h);
    assert_true(gly_str_eq(out, GLY_LIT(
        "{\"layers\":{\"gauge/1\":[{\"start\":0,\"end\":4,\"source\":[0,6],\"wet\":true,\"below\":-5,\"metres\":1.5,"
        "\"river\":\"\xC3\x89\",\"pier\":{\"start\":2,\"end\":4,\"source\":[3,6]},\"boats\":[\"Ada\",\"Bo \\\"b\\\"\"],"
        "\"state\":\"rising\",\"number\":7,\"next\":0}]}}\n")));
    harness_free(h);
}

static gly_status described_process(void *self, gly_doc *d)
{
    const gly_meta metas[] = {
        { .key = "tag", .type = GLY_T_STR, .as.s = GLY_LIT("harbour"), .confidence = 900 },
        { .key = "tag", .type = GLY_T_STR, .as.s = GLY_LIT("boats"), .confidence = 900 },
        { .key = "tag.origin", .type = GLY_T_STR, .as.s = GLY_LIT("json-ld"), .confidence = 900 },
        { .key = "paywalled", .type = GLY_T_BOOL, .as.b = true, .confidence = 1000 },
        { .key = "listing", .type = GLY_T_BOOL, .as.b = false, .confidence = 500 },
        { .key = "modified", .type = GLY_T_STR, .as.s = GLY_LIT("2024-05-02"), .confidence = 950 },
    };

    for (size_t i = 0; i < sizeof metas / sizeof *metas; i++)
        if (gauge_host->meta_add(self, d, &metas[i]) != GLY_OK)
            return GLY_ENOMEM;
    return GLY_OK;
}

static const gly_stage_ops described_ops = {
    .size = sizeof described_ops, .open = gauge_open, .process = described_process
};
static const gly_plugin described_face = {
    .size = sizeof described_face, .kind = GLY_TRANSFORM, .name = "extract.described", .version = "1",
    .summary = "-", .option_size = sizeof(gly_option), .ops = &described_ops
};

static void metadata_with_and_without_origins(void **state)
{
    static const char lean[] = "{\"modified\":\"2024-05-02\",\"tags\":[\"harbour\",\"boats\"],\"paywalled\":true}\n";
    static const char full[] =
        "{\"tags\":[\"harbour\",\"boats\"],\"origins\":["
        "{\"key\":\"modified\",\"confidence\":950,\"stage\":\"extract.described\"},"
        "{\"key\":\"tags\",\"origin\":\"json-ld\",\"confidence\":900,\"stage\":\"extract.described\"},"
        "{\"key\":\"paywalled\",\"confidence\":1000,\"stage\":\"extract.described\"},"
        "{\"key\":\"listing\",\"confidence\":500,\"stage\":\"extract.described\"}]}\n";
    static const char *const cases[][2] = {
        { "keys=modified,tags,paywalled,listing,origins", lean },
        { "keys=tags,origins;metadata_origins=true", full },
    };

    (void)state;
    for (int i = 0; i < 2; i++) {
        harness *h = harness_new();
        gly_str out;

        harness_stage_linked(h, &described_face, NULL);
        harness_stage_linked(h, &gly_plugin_v0, cases[i][0]);
        harness_run(h, "a.txt", "a", 1);
        out = harness_render(h);
        assert_int_equal(out.len, strlen(cases[i][1]));
        assert_memory_equal(out.ptr, cases[i][1], out.len);
        harness_free(h);
    }
}

static void numbers_of_every_length(void **state)
{
    static const int64_t numbers[] = { 0, 7, 10, 99, 100, 999, 1000, 9999, 10000, 4294967295, -1, -10000,
                                       INT64_MAX, INT64_MIN };
    char wanted[400] = "[", spans[64];
    harness *h = harness_new();
    size_t length = 1;
    json j;

    (void)state;
    json_begin(&j, harness_run(h, "a.txt", "", 0)->arena, 0, false);
    json_open(&j, '[');
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        json_int(&j, numbers[i]);
        length += (size_t)sprintf(wanted + length, "%s%lld", i ? "," : "", (long long)numbers[i]);
    }
    for (uint32_t n = 1; n < 2000000000; n *= 7) {
        json_open(&j, '{');
        json_span(&j, n - 1, n);
        json_close(&j, '}');
        sprintf(spans, ",{\"start\":%u,\"end\":%u}", n - 1, n);
        assert_memory_equal(json_text(&j).ptr + json_text(&j).len - strlen(spans), spans, strlen(spans));
    }
    assert_memory_equal(json_text(&j).ptr, wanted, length);
    harness_free(h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strings_are_escaped_at_every_length), cmocka_unit_test(offsets_count_each_character),
        cmocka_unit_test(numbers_of_every_length),
        cmocka_unit_test(minimal_record),
        cmocka_unit_test(every_key_of_a_bare_record),
        cmocka_unit_test(a_layer_never_heard_of),
        cmocka_unit_test(metadata_with_and_without_origins),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
