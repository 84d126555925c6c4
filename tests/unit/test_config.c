/* test_config - what users see of configs: plans from good ones, and for bad ones
 * every fault at once, in words that say what to do. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#include "config/plan.h"

typedef struct quotes { int64_t min_words; gly_strs marks; int32_t style; uint64_t most; } quotes;
typedef struct folder { gly_strs path; } folder;
typedef struct sink { gly_str path; } sink;

static const char *const styles[] = { "loose", "strict", NULL };
static const gly_option quote_options[] = {
    GLY_INT(quotes, min_words, "4", 1, 100, "words", "Shortest quote"),
    GLY_STRS(quotes, marks, "", "Marks"),
    GLY_ENUM(quotes, style, "loose", styles, "Style"),
    GLY_SIZE(quotes, most, "1 MiB", 0, 0, "Most bytes"), GLY_OPTIONS_END
};
static const gly_option folder_options[] = { GLY_PATHS(folder, path, "", "What to read"), GLY_OPTIONS_END };
static const gly_option sink_options[] = { GLY_OUTPUT(sink, path, "-", "Where to"), GLY_OPTIONS_END };
static const char *const text[] = { "text", NULL }, *const quote[] = { "quote/1", NULL };
static const char *const sentence[] = { "sentence/1", NULL }, *const raw[] = { "raw", NULL };
static const gly_stage_ops ops = { .size = sizeof ops }, stdin_ops = { .size = sizeof ops, .flags = GLY_STAGE_STDIN };

#define FACE(n, k, table, T, ...) { .size = sizeof(gly_plugin), .name = n, .kind = k, .version = "1.0.0", \
    .options = table, .option_size = sizeof(gly_option), .config_size = sizeof(T), __VA_ARGS__ }
static const gly_plugin faces[] = {
    FACE("clean.text", GLY_TRANSFORM, NULL, sink, .reads = raw, .writes = text, .ops = &ops),
    FACE("emit.jsonl", GLY_SINK, sink_options, sink, .ops = &ops),
    FACE("extract.quotes", GLY_TRANSFORM, quote_options, quotes, .reads = text, .writes = quote, .ops = &ops),
    FACE("extract.sentences", GLY_TRANSFORM, NULL, sink, .reads = text, .writes = sentence, .ops = &ops),
    FACE("fetch.folder", GLY_SOURCE, folder_options, folder, .inputs = "path", .ops = &ops),
    FACE("fetch.stdin", GLY_SOURCE, NULL, sink, .ops = &stdin_ops),
    FACE("summarise.sentences", GLY_TRANSFORM, NULL, sink, .reads = sentence, .ops = &ops),
};
enum { FACES = sizeof faces / sizeof *faces };

static char directory[] = "/tmp/galley-config-XXXXXX", said[16384];
static char names[FACES][32], broken_name[] = "broken.stage", broken_reason[] = "it is broken";
static plugin plugins[FACES + 1];
static registry stages = { plugins, FACES + 1, FACES + 1 };

static void write_file(const char *name, const char *content)
{
    FILE *f = fopen(name, "w");

    assert_non_null(f);
    fputs(content, f);
    fclose(f);
}

static plan *read_plan(plan_request *request)
{
    report problems = { 0 };
    FILE *f = fmemopen(said, sizeof said, "w");
    plan *p;

    said[0] = '\0';
    request->config = request->config ? request->config : "./a.cfg";
    p = plan_read(request, &stages, &problems);
    report_print(&problems, f);
    fclose(f);
    report_free(&problems);
    return p;
}

static plan *read_text(const char *content)
{
    plan_request request = { 0 };

    write_file("a.cfg", content);
    return read_plan(&request);
}

static void expect(const char *part)
{
    if (!strstr(said, part))
        fail_msg("'%s' is not in:\n%s", part, said);
}

static void refuse(const char *content, const char *part)
{
    plan *p = read_text(content);

    assert_null(p);
    expect(part);
}

#define SOURCE "{ use = \"fetch.folder\"; path = \"in\"; }, { use = \"clean.text\"; }, "
#define SINK ", { use = \"emit.jsonl\"; path = \"${out}/a.jsonl\"; } );\nvars = { out = \"out\"; };\n"

static void test_good_config(void **state)
{
    plan *p = read_text("galley = 1;\npipeline = ( " SOURCE "{ use = \"extract.quotes\"; min_words = 6; "
                        "marks = [\"a,]\", \"b\",]; style = \"strict\"; most = 3000000000; when = \"size < 2 MiB\"; }"
                        SINK "run = { workers = 3; timeout = \"250 ms\"; };");
    const quotes *q;

    (void)state;
    if (!p)
        fail_msg("%s", said);
    assert_int_equal(p->count, 4);
    q = p->stages[2].options;
    assert_int_equal(q->min_words, 6);
    assert_int_equal(q->marks.count, 2);
    assert_int_equal(q->style, 1);
    assert_true(q->most == 3000000000u);
    assert_non_null(p->stages[2].when);
    assert_string_equal(p->stages[2].id, "quotes");
    assert_int_equal(p->run.workers, 3);
    assert_true(p->run.timeout == 250000000);
    assert_string_equal(((const sink *)p->stages[3].options)->path.ptr, "out/a.jsonl");
    plan_free(p);
}

static size_t lines_of(const char *s)
{
    size_t n = 0;

    for (; (s = strchr(s, '\n')) != NULL; s++)
        n++;
    return n;
}

static void test_eight_faults_at_once(void **state)
{
    plan *p = read_text("pipeline = (\n"
                        "  { use = \"fetch.folder\"; path = \"in\"; },\n"
                        "  { use = \"clean.text\"; },\n"
                        "  { use = \"extract.quotes\";\n"
                        "    min_wrods = 3;\n"
                        "    min_words = 300;\n"
                        "    style = \"strickt\";\n"
                        "    most = \"4 Mib\";\n"
                        "    marks = 5; },\n"
                        "  { use = \"extract.quotse\"; },\n"
                        "  { use = \"extract.sentences\"; enabled = \"maybe\"; },\n"
                        "  { use = \"emit.jsonl\"; path = \"${uot}/x\"; } );\n"
                        "vars = { out = \"o\"; };\n");

    (void)state;
    assert_null(p);
    assert_int_equal(lines_of(said), 8);
    expect("a.cfg:5: error: stage 'extract.quotes' has no option 'min_wrods'; did you mean 'min_words'?");
    expect("a.cfg:6: error: 'min_words' is 300; it must lie between 1 and 100 words");
    expect("a.cfg:7: error: 'style' is \"strickt\"; did you mean \"strict\"?");
    expect("a.cfg:8: error: 'most' is \"4 Mib\"; there is no unit 'Mib'");
    expect("a.cfg:9: error: 'marks' is 5; it must be a list of texts in quotes, not a number");
    expect("a.cfg:10: error: there is no stage 'extract.quotse'; did you mean 'extract.quotes'?");
    expect("a.cfg:11: error: 'enabled' is \"maybe\"; it must be true or false");
    expect("a.cfg:12: error: '${uot}' is not set; did you mean '${out}'?");
}

static void test_flow(void **state)
{
    (void)state;
    refuse("pipeline = ( " SOURCE "\n{ use = \"summarise.sentences\"; }" SINK,
           "a.cfg:2: error: stage 'summarise.sentences' reads layer 'sentence/1', which no earlier stage "
           "writes; add { use = \"extract.sentences\"; } before it");
    refuse("pipeline = ( " SOURCE "{ use = \"extract.quotes\"; when = \"has('sentence/1')\"; }" SINK, "reads layer 'sentence/1'");
    refuse("pipeline = ( { use = \"clean.text\"; }" SINK, "the first stage is 'clean.text', which is no source");
    refuse("pipeline = ( { use = \"fetch.folder\"; path = \"in\"; } );", "no stage writes anything");
    refuse("pipeline = ( " SOURCE "{ use = \"emit.jsonl\"; id = \"x\"; path = \"o\"; }, { use = \"emit.jsonl\"; path = \"./o\"; } );",
           "'x' and 'jsonl' both write");
    refuse("pipeline = ( " SOURCE "{ use = \"emit.jsonl\"; path = \"in/o\"; } );", "lies below the input");
    refuse("pipeline = ( { use = \"fetch.folder\"; path = \"nowhere\"; }" SINK, "input './nowhere' is not there");
    refuse("pipeline = ( { use = \"fetch.folder\"; }" SINK, "give INPUT on the command line or set path");
    refuse("pipeline = ( " SOURCE "{ use = \"broken.stage\"; }" SINK, "stage 'broken.stage' is refused: it is broken");
    refuse("pipeline = ( " SOURCE "{ use = \"extract.quotes\"; id = \"text\"; }" SINK, "two stages have the id 'text'");
}

static void test_syntax(void **state)
{
    (void)state;
    refuse("pipeline = (\n  { use = ; } );", "a.cfg:2:5: error: 'use' has no value; write use = ...;");
    refuse("pipeline = ( { use = \"a.b\" }", "a.cfg:1:12: error: the '(' of line 1 is not closed; add ')' at its end");
    refuse("/* galley = 1;", "a.cfg:1:1: error: this comment is never closed");
    refuse("{ \"galley\": 1 }", "as JSON does");
    refuse("@include \"a.cfg\"\n", "includes itself");
    refuse("@include \".\"\n", "is no regular file");
    refuse("@include \"\n.\"\n", "needs the name of a file in quotes");
    refuse("pipelien = ();", "did you mean 'pipeline'?");
    refuse("galley = 2;", "write galley = 1;");
    refuse("extends = \"a.cfg\";", "break the circle");
    refuse("run = { memory = 99999999999999999999; };", "larger than any number");
    refuse("pipeline = ( " SOURCE "{ use = \"extract.quotes\"; when = \"size = 3\"; }" SINK, "compare with '=='");
}

/* Faults of syntax do not hide each other, nor the faults of meaning. */
static void test_syntax_faults_at_once(void **state)
{
    static const char *const wanted[] = {
        "a.cfg:3:34: error: text needs quotes; write \"in/press\"\n"
        "      { use = \"fetch.folder\"; path = in/press; x = [1; },\n"
        "                                     ^\n",
        "a.cfg:3:50: error: the '[' of line 3 is not closed; add ']' before this",
        "a.cfg:4:39: error: ',' is missing behind this",
        "a.cfg:4: error: stage 'extract.quotes' has no option 'mark'; did you mean 'marks'?",
        "a.cfg:5:60: error: ']' does not close the '{' of line 5; write '}'",
        "a.cfg:5: error: 'most' is \"1 parsec\"; there is no unit",
        "a.cfg:6:32: error: the text is not closed on its line",
        "a.cfg:6:34: error: there is no escape '\\q'",
        "a.cfg:7:8: error: there is one ',' too many",
        "a.cfg:9:19: error: '99999999999999999999' is larger",
        "a.cfg:9:58: error: 'timeout' is set twice, first in line 9",
        "a.cfg:9:68: error: a number with a unit needs quotes; write \"10 s\"",
        "a.cfg:10:1: error: this '}' closes nothing",
    };

    (void)state;
    refuse("pipeline = (\n"
           "  // a comment; { [ ( \"\n"
           "  { use = \"fetch.folder\"; path = in/press; x = [1; },\n"
           "  { use = \"extract.quotes\"; mark = [] }\n"
           "  { use = \"extract.quotes\"; id = \"two\"; most = \"1 parsec\"; ],\n"
           "  { use = \"emit.jsonl\"; path = \"x\\q; },\n"
           "       ,\n);\n"
           "run = { workers = 99999999999999999999; timeout = \"1 s\"; timeout = 10 s; };\n}\n", wanted[0]);
    for (size_t i = 1; i < sizeof wanted / sizeof *wanted; i++)
        expect(wanted[i]);
}

/* What libconfig alone would refuse or misread. */
static void test_syntax_let_pass(void **state)
{
    plan *p = read_text("\xEF\xBB\xBFgalley = 1\n/* } */ pipeline = ( { use = \"fetch.folder\"; path = [\"in\", ]; },\n"
                        "  { use = \"clean.\" \"text\", },\n  { use = \"extract.quotes\"; most = 3000000000; },"
                        "  { use : \"emit.jsonl\" }, )\n# run = {\n");

    (void)state;
    assert_string_equal(said, "");
    assert_non_null(p);
    assert_true(((const quotes *)p->stages[2].options)->most == 3000000000u);
    plan_free(p);
}

static void test_layers_and_set(void **state)
{
    const char *sets[] = { "quotes.min_words=9", "run.workers=2" };
    plan_request request = { .config = "./child.cfg", .sets = sets, .set_count = 2, .out = "there" };
    plan *p;

    (void)state;
    write_file("base.cfg", "pipeline = ( " SOURCE "{ use = \"extract.quotes\"; min_words = 5; style = \"strict\"; }" SINK);
    write_file("child.cfg", "extends = \"base.cfg\";\npipeline = ( { id = \"quotes\"; min_words = 7; },\n"
                            "  { use = \"extract.sentences\"; } );");
    p = read_plan(&request);
    if (!p)
        fail_msg("%s", said);
    assert_int_equal(p->count, 5);
    assert_string_equal(p->stages[3].id, "sentences");
    assert_int_equal(((const quotes *)p->stages[2].options)->min_words, 9);
    assert_int_equal(((const quotes *)p->stages[2].options)->style, 1);
    assert_int_equal(p->run.workers, 2);
    assert_true(p->out[0] == '/');
    plan_free(p);
    sets[0] = "qoutes.min_words=9";
    assert_null(read_plan(&request));
    expect("--set qoutes.min_words=9: error: no stage has the id 'qoutes'; did you mean 'quotes'?");
}

static void test_variables(void **state)
{
    plan_request request = { .out = "there" };
    plan *p = read_text("vars = { a = \"${b}-${n}\"; b = \"x\"; n = 3; out = \"${a}\"; };\npipeline = ( " SOURCE
                        "{ use = \"emit.jsonl\"; path = \"${out}/${a}\"; } );");

    (void)state;
    if (!p)
        fail_msg("%s", said);
    assert_memory_equal(((const sink *)p->stages[2].options)->path.ptr, "x-3/x-3", 8);
    assert_string_equal(strrchr(p->out, '/'), "/x-3");
    plan_free(p);
    refuse("vars = { a = \"${b}\"; b = \"${a}\"; };\npipeline = ( " SOURCE
           "{ use = \"emit.jsonl\"; path = \"${a}\"; } );", "leads back to itself; break the circle");
    refuse("pipeline = ( " SOURCE "{ use = \"emit.jsonl\"; path = \"${a\"; } );", "a '${' is not closed");
    refuse("vars = { a = [1]; };\npipeline = ( " SOURCE "{ use = \"emit.jsonl\"; path = \"${a}\"; } );",
           "'a' in vars is no single value");
    write_file("a.cfg", "pipeline = ( " SOURCE "{ use = \"emit.jsonl\"; path = \"x\"; } );");
    p = read_plan(&request);
    assert_non_null(p);
    expect("-o: warning: nothing in this config uses ${out}");
    plan_free(p);
}

static void test_outputs_spare_inputs(void **state)
{
    (void)state;
    write_file("in/kept.txt", "x");
    refuse("pipeline = ( { use = \"fetch.folder\"; path = \"in/kept.txt\"; }, { use = \"clean.text\"; }, "
           "{ use = \"emit.jsonl\"; path = \"./in/../in/kept.txt\"; } );", "would write over the input");
    refuse("pipeline = ( " SOURCE "{ use = \"emit.jsonl\"; path = \"in/new/x.jsonl\"; } );", "lies below the input");
    refuse("pipeline = ( " SOURCE "{ use = \"emit.jsonl\"; path = \"x\"; }, "
           "{ use = \"emit.jsonl\"; id = \"b\"; path = \"./in/../x\"; } );", "both write");
    assert_int_equal(unlink("in/kept.txt"), 0);
}

static void test_inputs(void **state)
{
    const char *inputs[] = { "-", "in" };
    plan_request request = { .inputs = inputs, .input_count = 1 };
    plan *p;

    (void)state;
    write_file("a.cfg", "pipeline = ( " SOURCE "{ use = \"emit.jsonl\"; } );");
    p = read_plan(&request);
    assert_non_null(p);
    assert_string_equal(p->stages[0].use, "fetch.stdin");
    plan_free(p);
    request.input_count = 2;
    assert_null(read_plan(&request));
    expect("give '-' alone");
    request = (plan_request){ .inputs = inputs + 1, .input_count = 1 };
    p = read_plan(&request);
    assert_non_null(p);
    assert_string_equal(((const folder *)p->stages[0].options)->path.items[0].ptr, "in");
    plan_free(p);
}

static void test_resolved_reads_back(void **state)
{
    plan *p = read_text("pipeline = ( " SOURCE "{ use = \"extract.quotes\"; most = \"3 GiB\"; when = \"media == 'a'\"; }" SINK);
    char first[8192] = "", second[8192] = "";
    FILE *f = fmemopen(first, sizeof first, "w");

    (void)state;
    assert_non_null(p);
    plan_print_resolved(p, f);
    fclose(f);
    plan_free(p);
    p = read_text(first);
    if (!p)
        fail_msg("%s\n%s", first, said);
    f = fmemopen(second, sizeof second, "w");
    plan_print_resolved(p, f);
    fclose(f);
    plan_free(p);
    assert_non_null(strstr(second, "most = \"3 GiB\";"));
    assert_string_equal(strstr(second, "extract.quotes"), strstr(first, "extract.quotes"));
}

static int set_up(void **state)
{
    (void)state;
    plugins[0] = (plugin){ .name = broken_name, .refused = broken_reason, .tried = true };
    for (size_t i = 0; i < FACES; i++) {
        snprintf(names[i], sizeof names[i], "%s", faces[i].name);
        plugins[i + 1] = (plugin){ .name = names[i], .face = &faces[i], .tried = true };
    }
    return mkdtemp(directory) && chdir(directory) == 0 && system("mkdir in") == 0 ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    return unlink("a.cfg") + unlink("base.cfg") + unlink("child.cfg") + rmdir("in") + chdir("/") + rmdir(directory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good_config), cmocka_unit_test(test_eight_faults_at_once),
        cmocka_unit_test(test_flow), cmocka_unit_test(test_syntax),
        cmocka_unit_test(test_syntax_faults_at_once), cmocka_unit_test(test_syntax_let_pass),
        cmocka_unit_test(test_variables), cmocka_unit_test(test_outputs_spare_inputs),
        cmocka_unit_test(test_layers_and_set), cmocka_unit_test(test_inputs),
        cmocka_unit_test(test_resolved_reads_back),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
