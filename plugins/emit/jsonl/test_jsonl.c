/* What a record looks like: bare, with a layer of a stage that galley does not
 * know, and with layers that have odd values. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "harness/harness.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(minimal_record),
        cmocka_unit_test(every_key_of_a_bare_record),
        cmocka_unit_test(a_layer_never_heard_of),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
