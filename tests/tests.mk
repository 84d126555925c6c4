# How the tests are built and run.

TEST_LIBRARY := $(CORE_LIBRARY) $(BUILD)/obj/tests/harness/harness.o
TEST_LIBS    := -lcmocka $(CORE_LIBS)
FUZZ_LIBRARY := $(CORE_LIBRARY) $(BUILD)/obj/tests/harness/harness.o \
	$(if $(filter fuzz,$(MODE)),,$(BUILD)/obj/tests/fuzz/replay.o)
FUZZ_LDFLAGS := $(if $(filter fuzz,$(MODE)),-fsanitize=fuzzer)

$(BUILD)/obj/tests/%.o: tests/%.c | packages-build
	$(call say,CC  ,$<)mkdir -p $(@D) && $(CC) $(CPPFLAGS) -Icore -Itests -Iplugins $(CFLAGS) -MMD -MP -c -o $@ $<
