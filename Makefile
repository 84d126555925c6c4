# galley - make run: build and read the samples; make test: prove it.
# make help lists the rest. MODE=debug|asan|tsan|cov|fuzz|afl builds in build/MODE;
# whatever is built is built again when CC, CFLAGS or PREFIX change.

MODE    ?= release
BUILD   ?= $(if $(filter release,$(MODE)),build,build/$(MODE))
CC      := $(if $(filter default,$(origin CC)),$(if $(filter afl,$(MODE)),afl-clang-fast,$(if $(filter fuzz tsan,$(MODE)),clang,gcc)),$(CC))
VERSION := 1.0.0
PREFIX  ?= /usr/local
V       ?= 0
say      = $(if $(filter 0,$(V)),@echo '  $(1) $(2)';)
Q       := $(if $(filter 0,$(V)),@,)

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion
FLAGS_release := -O3 -g1
FLAGS_debug   := -O0 -g3
FLAGS_asan    := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
FLAGS_tsan    := -O1 -g -fsanitize=thread -DGALLEY_SANITIZER_THREADS=1
FLAGS_cov     := -O0 -g --coverage
FLAGS_fuzz    := -O1 -g -fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-recover=undefined
FLAGS_afl     := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined
MODE_FLAGS    := $(FLAGS_$(MODE))
COMPILE_FLAGS := -std=c11 $(WARNINGS) $(MODE_FLAGS) $(CFLAGS)
CPPFLAGS      := -D_GNU_SOURCE -Icore/include
# A stage may not lean on the runner: every symbol must be its own or a library's.
PLUGIN_LDFLAGS = -shared $(if $(filter release debug,$(MODE)),-Wl$(comma)-z$(comma)defs) -Wl,--as-needed
comma := ,

.PHONY: all run test clean help
.SECONDARY: # keep the objects of tests
all:

include tests/packages.mk

# What everything is built with; it gets a new date only when it says something new.
$(BUILD)/flags: always
	@mkdir -p $(@D); \
	echo '$(subst ','"'"',$(CC) $(CPPFLAGS) $(CORE_CPPFLAGS) $(COMPILE_FLAGS) $(LDFLAGS))' >$@.new; \
	cmp -s $@ $@.new && rm $@.new || mv $@.new $@
.PHONY: always

# ---- the core ----------------------------------------------------------------

CORE_SOURCES := $(sort $(wildcard core/main.c core/*/*.c))
CORE_OBJECTS := $(CORE_SOURCES:%.c=$(BUILD)/obj/%.o)
CORE_LIBRARY := $(filter-out $(BUILD)/obj/core/main.o,$(CORE_OBJECTS))
CORE_CPPFLAGS := -Icore -DGALLEY_VERSION='"$(VERSION)"' -DGALLEY_PREFIX='"$(PREFIX)"'
CORE_LIBS    := -lconfig -ldl -pthread

all: $(BUILD)/galley

$(BUILD)/galley: $(CORE_OBJECTS)
	$(call say,LINK,$@)$(CC) $(MODE_FLAGS) -Wl,-z,now $(LDFLAGS) -o $@ $^ $(CORE_LIBS)

$(BUILD)/obj/core/%.o: core/%.c $(BUILD)/flags
	$(call say,CC  ,$<)mkdir -p $(@D) && $(CC) $(CPPFLAGS) $(CORE_CPPFLAGS) $(COMPILE_FLAGS) -MMD -MP -c -o $@ $<

# ---- the plugins -------------------------------------------------------------
# A folder with a plugin.mk is a plugin. plugin.mk may set
#   KIT         pieces of plugins/kit that it needs: words json
#   BASE        pieces of core/base: utf8
#   PKG_CONFIG  libraries by their pkg-config name
#   LIBS        libraries without one: -lstemmer, with HEADERS to look for
#   PACKAGES    the Debian packages to install for them

PLUGIN_DIRS := $(patsubst %/plugin.mk,%,$(sort $(wildcard plugins/*/*/plugin.mk)))
header_missing = $(if $(wildcard $(1:%=/usr/include/%) $(1:%=/usr/local/include/%)),,$(1))
pkg_missing    = $(shell pkg-config --exists $(1) 2>/dev/null || echo $(1))

$(BUILD)/obj/plugins/%.o: plugins/%.c $(BUILD)/flags
	$(call say,CC  ,$<)mkdir -p $(@D) && $(CC) $(CPPFLAGS) -Iplugins -Icore -Itests $(COMPILE_FLAGS) $(PLUGIN_CFLAGS) -fPIC -fvisibility=hidden -MMD -MP -c -o $@ $<
$(BUILD)/obj/plugins/kit/language_model.o: plugins/kit/language.model
$(BUILD)/obj/pic/%.o: %.c $(BUILD)/flags
	$(call say,CC  ,$<)mkdir -p $(@D) && $(CC) $(CPPFLAGS) -Icore $(COMPILE_FLAGS) -fPIC -fvisibility=hidden -MMD -MP -c -o $@ $<

define plugin_rules # $(1) folder, $(2) family.name
KIT :=
BASE :=
PKG_CONFIG :=
LIBS :=
HEADERS :=
PACKAGES :=
include $(1)/plugin.mk
MISSING_$(2) := $$(strip $$(foreach p,$$(PKG_CONFIG),$$(call pkg_missing,$$(p))) $$(foreach h,$$(HEADERS),$$(call header_missing,$$(h))))
PACKAGES_$(2) := $$(PACKAGES)
LIBS_$(2) := $$(LIBS) $$(if $$(PKG_CONFIG),$$(shell pkg-config --libs $$(PKG_CONFIG) 2>/dev/null))
OBJECTS_$(2) := $$(patsubst %.c,$(BUILD)/obj/%.o,$$(filter-out $(1)/test_% $(1)/fuzz_%,$$(wildcard $(1)/*.c))) \
	$$(KIT:%=$(BUILD)/obj/plugins/kit/%.o) $$(BASE:%=$(BUILD)/obj/pic/core/base/%.o)
$(BUILD)/obj/$(1)/%.o: PLUGIN_CFLAGS := $$(if $$(PKG_CONFIG),$$(shell pkg-config --cflags $$(PKG_CONFIG) 2>/dev/null))
ALL_PACKAGES += $$(PACKAGES)
ifeq ($$(MISSING_$(2)),)
PLUGINS += $(BUILD)/plugins/$(2).so
PLUGIN_TESTS += $$(patsubst $(1)/%.c,$(BUILD)/tests/$(2)/%,$$(wildcard $(1)/test_*.c))
PLUGIN_FUZZERS += $$(patsubst $(1)/fuzz_%.c,$(BUILD)/fuzz/%,$$(wildcard $(1)/fuzz_*.c))
else
SKIPPED += $(2)
endif
$(BUILD)/plugins/$(2).so: $$(OBJECTS_$(2))
	$$(call say,LINK,$$@)mkdir -p $$(@D) && $$(CC) $$(MODE_FLAGS) $$(PLUGIN_LDFLAGS) $$(LDFLAGS) -o $$@ $$^ $$(LIBS_$(2))
$(BUILD)/tests/$(2)/%: $(BUILD)/obj/$(1)/%.o $$(OBJECTS_$(2)) $(TEST_LIBRARY)
	$$(call say,LINK,$$@)mkdir -p $$(@D) && $$(CC) $$(MODE_FLAGS) -o $$@ $$^ $$(LIBS_$(2)) $(TEST_LIBS)
$$(patsubst $(1)/fuzz_%.c,$(BUILD)/fuzz/%,$$(wildcard $(1)/fuzz_*.c)): $(BUILD)/fuzz/%: $(BUILD)/obj/$(1)/fuzz_%.o $$(OBJECTS_$(2)) $(FUZZ_LIBRARY)
	$$(call say,LINK,$$@)mkdir -p $$(@D) && $$(CC) $$(MODE_FLAGS) $(FUZZ_LDFLAGS) -o $$@ $$^ $$(LIBS_$(2)) $(TEST_LIBS)
endef

include tests/tests.mk
include tests/bench/bench.mk

$(foreach d,$(PLUGIN_DIRS),$(eval $(call plugin_rules,$(d),$(subst /,.,$(d:plugins/%=%)))))

all: $(PLUGINS) skipped
units: $(PLUGIN_TESTS)
corpora: $(PLUGIN_FUZZERS)
.PHONY: skipped
skipped:
	@mkdir -p $(BUILD)/plugins && { $(foreach s,$(SKIPPED),echo '$(s) $(PACKAGES_$(s))'; ):; } >$(BUILD)/plugins/skipped
	$(foreach s,$(SKIPPED),@echo "  SKIP $(s): $(MISSING_$(s)) is missing; apt-get install $(PACKAGES_$(s))"$(newline)$(tab))
define newline


endef
tab := $(shell printf '\t')

-include $(shell find $(BUILD)/obj -name '*.d' 2>/dev/null)

# ---- what users type -----------------------------------------------------------

bindir     = $(DESTDIR)$(PREFIX)/bin
plugindir  = $(DESTDIR)$(PREFIX)/lib/galley/plugins
pcdir      = $(DESTDIR)$(PREFIX)/lib/pkgconfig
includedir = $(DESTDIR)$(PREFIX)/include/galley
sharedir   = $(DESTDIR)$(PREFIX)/share/galley
docdir     = $(DESTDIR)$(PREFIX)/share/doc/galley
CONFIGS   := $(sort $(wildcard configs/*.cfg))

define pkg_config_file
prefix=$(PREFIX)
includedir=$${prefix}/include
plugindir=$${prefix}/lib/galley/plugins

Name: galley
Description: What a stage of galley is compiled with
Version: $(VERSION)
Cflags: -I$${includedir}
endef

.PHONY: install uninstall
install: all
	install -d $(bindir) $(plugindir) $(pcdir) $(includedir) $(sharedir)/configs
	install -m 755 $(BUILD)/galley $(bindir)
	install -m 644 $(PLUGINS) $(BUILD)/plugins/skipped $(plugindir)
	install -m 644 $(wildcard core/include/galley/*.h) $(includedir)
	install -m 644 $(CONFIGS) $(sharedir)/configs
	install -m 644 core/doc/article.schema.json $(sharedir)
	install -d $(docdir)
	install -m 644 README.md $(wildcard core/doc/*.md) $(docdir)
	$(file >$(BUILD)/galley.pc,$(pkg_config_file))install -m 644 $(BUILD)/galley.pc $(pcdir)

# Stages of others may lie beside ours: folders go only when they are empty.
uninstall:
	rm -f $(bindir)/galley $(pcdir)/galley.pc $(sharedir)/article.schema.json
	rm -f $(patsubst %,$(plugindir)/%.so,$(subst /,.,$(PLUGIN_DIRS:plugins/%=%)))
	rm -f $(plugindir)/skipped
	rm -f $(patsubst core/include/galley/%,$(includedir)/%,$(wildcard core/include/galley/*.h))
	rm -f $(patsubst configs/%,$(sharedir)/configs/%,$(CONFIGS))
	rm -f $(docdir)/README.md $(patsubst core/doc/%,$(docdir)/%,$(wildcard core/doc/*.md))
	rmdir $(docdir) $(plugindir) $(DESTDIR)$(PREFIX)/lib/galley $(includedir) $(sharedir)/configs $(sharedir) 2>/dev/null || true

clean:
	rm -rf build out

help:
	@echo 'make            build build/galley and build/plugins'
	@echo 'make run        install what is missing, build, read samples/ into out/'
	@echo 'make test       install what is missing, build, run all tests'
	@echo 'make golden P=STAGE     the golden folders of one stage (UPDATE=1 writes them anew)'
	@echo 'make bench      speed against wc and sort, on generated articles'
	@echo '                BENCH_ARTICLES=20000 BENCH_PAGES=1000 BENCH_ROUNDS=5'
	@echo 'make bench-pages  speed and memory of pages against a libxml2 tree'
	@echo 'make bench-batch  a million small articles (BENCH_MILLION=1000000): time, memory, again'
	@echo 'make torture    the fault tests in full size: an hour and more'
	@echo 'make eval DATA=FOLDER   quality on gold data'
	@echo 'make fuzz       every fuzz target for FUZZ_SECONDS=600; F=NAME for one (needs clang);'
	@echo '                AFL=1 takes AFL++ (needs afl++)'
	@echo 'make tsan       unit tests under the thread sanitizer (needs clang)'
	@echo 'make cov        unit and golden tests, and which lines they ran'
	@echo 'make debug      build build/debug without optimisation'
	@echo 'make hdr-check  each header by itself'
	@echo 'make install    into PREFIX=/usr/local below DESTDIR=; make uninstall takes it out'
	@echo 'make clean      remove build/ and out/'
	@echo
	@echo 'MODE=debug|asan|tsan|cov|fuzz|afl, CC=clang, CFLAGS=..., LDFLAGS=..., V=1 shows the commands'
