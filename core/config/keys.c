/* keys - the tables of options that every config understands. */
#include "config/keys.h"

static const char *const on_error_names[] = { "quarantine", "fail", "skip", "keep", NULL };

static const char *const vanished_names[] = { "remove", "keep", NULL };

static const gly_option common_options[] = {
    GLY_STR(common, when, "", "Condition under which a document goes through the stage"),
    GLY_BOOL(common, enabled, "true", "Whether the stage is part of the pipeline"),
    GLY_TIME(common, timeout, "0 s", "Longest time for one document; 0: the run's"),
    GLY_ENUM(common, on_error, "quarantine", on_error_names, "Where a document goes that fails here"),
    GLY_OPTIONS_END
};
const gly_plugin keys_of_stage = {
    .name = "stage", .options = common_options, .option_size = sizeof(gly_option),
    .config_size = sizeof(common),
};

static const gly_option run_options_table[] = {
    GLY_INT(plan_run, workers, "0", 0, 256, "workers", "Worker processes; 0: one for each core"),
    GLY_TIME(plan_run, timeout, "10 s", "Longest time for one document"),
    GLY_SIZE(plan_run, memory, "512 MiB", 0, 1e15, "Memory of one worker"),
    GLY_SIZE(plan_run, max_bytes, "128 MiB", 1, 4294967295.0, "Larger inputs are refused"),
    GLY_INT(plan_run, window, "256", 1, 65536, "documents", "Documents in flight"),
    GLY_INT(plan_run, recycle, "0", 0, 1e9, "documents", "Documents after which a worker is replaced; 0: never"),
    { { "on_error", GLY_T_ENUM, offsetof(plan_run, on_error), on_error_names, NULL,
        "Where a document goes that fails" }, "quarantine", 0, 0, 0, NULL },
    GLY_INT(plan_run, max_children, "100000", 0, 1e12, "documents", "Most that one input may be split into; 0: any number"),
    GLY_SIZE(plan_run, quarantine, "1 GiB", 0, 1e15, "Most that OUT/quarantine keeps of documents that fail; their notes are kept all the same"),
    GLY_TIME(plan_run, commit, "1 s", "Work that a crash of the machine can lose: what is done is made durable so often"),
    GLY_INT(plan_run, max_ratio, "200", 0, 1e9, "times", "Most that an input may grow when it is split; 0: any"),
    GLY_ENUM(plan_run, vanished, "remove", vanished_names, "What happens to the record of an input that is gone"),
    GLY_OPTIONS_END
};
const gly_plugin keys_of_run = {
    .name = "run", .options = run_options_table, .option_size = sizeof(gly_option),
    .config_size = sizeof(plan_run),
};
