# How the tests are built and run.
#
# make test runs, in this order: units of the core, units of the stages, replay
# of the fuzz corpora, golden folders, end-to-end and fault tests, each header by
# itself; then units and corpora once more under sanitizers. Each part prints its
# own lines and adds to one count.

# An archive, so that a piece of core/base that a stage brings along is not
# linked twice.
TEST_LIBRARY := $(BUILD)/obj/tests/harness/harness.o $(BUILD)/core.a
TEST_LIBS    := -lcmocka $(CORE_LIBS)
FUZZ_LIBRARY := $(if $(filter fuzz afl,$(MODE)),,$(BUILD)/obj/tests/fuzz/replay.o) $(TEST_LIBRARY)
FUZZ_LDFLAGS := $(if $(filter fuzz afl,$(MODE)),-fsanitize=fuzzer)

CORE_TESTS   := $(patsubst tests/unit/%.c,$(BUILD)/tests/unit/%,$(sort $(wildcard tests/unit/test_*.c)))
CORE_FUZZERS := $(patsubst tests/fuzz/fuzz_%.c,$(BUILD)/fuzz/%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
HEADERS_PUBLIC := $(sort $(wildcard core/include/galley/*.h))

$(BUILD)/core.a: $(CORE_LIBRARY)
	$(call say,AR  ,$@)rm -f $@ && ar rcs $@ $^
$(BUILD)/obj/tests/%.o: tests/%.c $(BUILD)/flags
	$(call say,CC  ,$<)mkdir -p $(@D) && $(CC) $(CPPFLAGS) $(CORE_CPPFLAGS) -Itests -Iplugins $(COMPILE_FLAGS) -MMD -MP -c -o $@ $<
$(CORE_TESTS): $(BUILD)/tests/unit/%: $(BUILD)/obj/tests/unit/%.o $(TEST_LIBRARY)
	$(call say,LINK,$@)mkdir -p $(@D) && $(CC) $(MODE_FLAGS) -o $@ $^ $(TEST_LIBS)
$(CORE_FUZZERS): $(BUILD)/fuzz/%: $(BUILD)/obj/tests/fuzz/fuzz_%.o $(FUZZ_LIBRARY)
	$(call say,LINK,$@)mkdir -p $(@D) && $(CC) $(MODE_FLAGS) $(FUZZ_LDFLAGS) -o $@ $^ $(CORE_LIBS)

# Stages that misbehave or show one thing, for the fault tests; never installed.
TEST_PLUGINS := $(patsubst tests/plugins/%.c,$(BUILD)/tests/plugins/%.so,$(sort $(wildcard tests/plugins/*.c)))
FAULTS := $(BUILD)/tests/fault/failnth.so $(BUILD)/tests/torture/nosync.so
$(TEST_PLUGINS) $(FAULTS): $(BUILD)/tests/%.so: tests/%.c
	$(call say,LINK,$@)mkdir -p $(@D) && $(CC) $(CPPFLAGS) $(CFLAGS) -fPIC -fvisibility=hidden $(PLUGIN_LDFLAGS) -o $@ $<

$(BUILD)/tests/plugins/test.network.so: tests/plugins/test.chaos.c # it includes it

.PHONY: test units corpora golden end hdr-check fuzz tsan cov debug
units: $(CORE_TESTS) $(PLUGIN_TESTS) $(TEST_PLUGINS) $(FAULTS)
corpora: $(CORE_FUZZERS) $(PLUGIN_FUZZERS)

# All processors, unless the user said how many.
JOBS = $(if $(filter -j%,$(MAKEFLAGS)),,-j$(shell nproc))

# The recipes run a second make, so that packages installed by the first line are
# seen when the plugins are looked at again.
test: packages-test
	@$(MAKE) $(JOBS) --no-print-directory all units corpora
	@$(MAKE) $(JOBS) --no-print-directory MODE=asan all units corpora
	@tests/run.sh $(BUILD) build/asan

# FUZZ_SECONDS each, as many at a time as there are processors; AFL=1 takes AFL++.
FUZZ_SECONDS ?= 600
ifdef AFL
fuzz: packages-fuzz
	@if command -v afl-fuzz >/dev/null && command -v afl-clang-fast >/dev/null; then \
	    AFL_QUIET=1 $(MAKE) $(JOBS) --no-print-directory MODE=afl all corpora && \
	    tests/fuzz/afl.sh build/afl $(FUZZ_SECONDS) $(F); \
	else echo '  SKIP fuzz: AFL++ is missing; apt-get install afl++'; fi
else
fuzz: packages-fuzz
	@$(MAKE) $(JOBS) --no-print-directory MODE=fuzz all corpora
	@tests/fuzz/fuzz.sh build/fuzz $(FUZZ_SECONDS) $(F)
endif

tsan: packages-fuzz
	@$(MAKE) $(JOBS) --no-print-directory MODE=tsan all units
	@tests/run.sh build/tsan

cov: packages-test
	@$(MAKE) $(JOBS) --no-print-directory MODE=cov all units
	@find build/cov -name '*.gcda' -delete
	@tests/run.sh build/cov
	@tests/cov.sh build/cov

debug:
	@$(MAKE) $(JOBS) --no-print-directory MODE=debug all units

golden: all
	@tests/golden.sh $(BUILD) $(P)

run: packages-run
	@$(MAKE) $(JOBS) --no-print-directory all
	@tests/show.sh $(BUILD)

hdr-check:
	@for h in $(HEADERS_PUBLIC) $(wildcard core/*/*.h plugins/kit/*.h); do \
	    echo "#include \"$$h\"" | $(CC) $(CPPFLAGS) -I. -Icore -Iplugins -std=c11 $(WARNINGS) -Werror -fsyntax-only -x c - \
	    || exit 1; done

# The fault tests in the sizes that prove something: an hour and more, in turn. What
# needs root says that it was left out where there is none.
TORTURE_ARTICLES ?= 20000
TORTURE_KILLS    ?= 500
TORTURE_VOLUME   ?= 100000
TORTURE_CUTS     ?= 100
.PHONY: torture
torture: all units
	@status=0; try() { echo "== $$1"; bash "$$@" || status=1; }; \
	try tests/fault/matrix.sh $(BUILD) 2000 20; \
	try tests/torture/volume.sh $(BUILD) $(TORTURE_VOLUME); \
	try tests/fault/network.sh $(BUILD) 5000 150; \
	try tests/fault/full.sh $(BUILD) 1; \
	try tests/torture/space.sh $(BUILD); \
	try tests/fault/quarantine.sh $(BUILD) 20000 300; \
	try tests/fault/edition.sh $(BUILD) 10000 200; \
	try tests/fault/from.sh $(BUILD) 10000 100; \
	try tests/torture/journal.sh $(BUILD); \
	try tests/torture/power.sh $(BUILD) $(TORTURE_CUTS); \
	try tests/fault/kill.sh $(BUILD) $(TORTURE_ARTICLES) $(TORTURE_KILLS); \
	exit $$status

.PHONY: eval
eval: all
	@[ -d "$(DATA)" ] || { echo "give the folder of gold data: make eval DATA=FOLDER" >&2; exit 2; }
	@for e in tests/eval/eval_*.py; do echo "== $$e"; python3 $$e $(BUILD) $(DATA) || exit 1; done

# ---- the page scanner: its speed, and its answers to html5lib's cases ---------------

PAGE_KIT   := page token charref charrefs names
PAGE_TOOLS := $(BUILD)/page/bench $(BUILD)/page/tokens $(BUILD)/page/rows $(BUILD)/page/fit
PAGE_OBJECTS := $(PAGE_KIT:%=$(BUILD)/obj/plugins/kit/page/%.o)

.PHONY: page-tools html5lib
page-tools: $(PAGE_TOOLS)
$(PAGE_TOOLS): $(BUILD)/page/%: $(BUILD)/obj/tests/page/%.o $(PAGE_OBJECTS)
	$(call say,LINK,$@)mkdir -p $(@D) && $(CC) $(MODE_FLAGS) -o $@ $^ -lm
$(BUILD)/page/rows: $(patsubst %,$(BUILD)/obj/plugins/clean/html/%.o,blocks signals rows vocabulary articlebody judge notices definitions) \
	$(patsubst %,$(BUILD)/obj/plugins/kit/%.o,phrases phrase_lists unicode unicode_table) $(BUILD)/obj/pic/core/base/utf8.o
$(BUILD)/tests/unit/test_page $(BUILD)/fuzz/page: $(PAGE_OBJECTS)
html5lib: page-tools
	@python3 tests/page/html5lib.py $(BUILD)/page/tokens $(CASES)
