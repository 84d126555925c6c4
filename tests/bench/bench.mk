# How speed is measured: make bench [BENCH_ARTICLES=20000] [BENCH_PAGES=1000] [BENCH_ROUNDS=5]
#
# The articles are generated (the same ones on every machine) below build/bench;
# compare.py runs galley, wc and sort over them in turns and prints ratios.
# galley bench CONFIG FOLDER shows where within a pipeline the time goes.

BENCH_ARTICLES ?= 20000
BENCH_ROUNDS   ?= 5
BENCH_FOLDER   := build/bench/articles-$(BENCH_ARTICLES)

.PHONY: bench articles
build/bench/articles: tests/bench/words.h
build/bench/%: tests/bench/%.c
	$(call say,CC  ,$<)mkdir -p $(@D) && $(CC) $(CPPFLAGS) $(COMPILE_FLAGS) -o $@ $<
$(BENCH_FOLDER)/complete: build/bench/articles
	$(call say,MAKE,$(BENCH_FOLDER))rm -rf $(@D) && mkdir -p $(@D) && build/bench/articles $(@D)/text $(BENCH_ARTICLES) && touch $@
articles: $(BENCH_FOLDER)/complete

bench: all articles build/bench/measure
	@python3 tests/bench/compare.py $(BUILD)/galley build/bench/measure $(BENCH_FOLDER)/text $(BENCH_ROUNDS)
	@echo
	@$(BUILD)/galley bench configs/press.cfg $(BENCH_FOLDER)/text --limit 2000
	@echo
	@$(MAKE) --no-print-directory bench-run
	@echo
	@$(MAKE) --no-print-directory bench-pages

# The runner itself: processes, sandbox, journal, lost workers. And a million small
# articles (4 GB of small files below build/bench, removed afterwards): 3 minutes.
BENCH_MILLION ?= 1000000
.PHONY: bench-run bench-batch
bench-run: all units articles build/bench/measure
	@python3 tests/bench/batch.py costs $(BUILD)/galley build/bench/measure $(BUILD)/tests/plugins $(BENCH_FOLDER)/text build/bench/run $(BENCH_ROUNDS)
bench-batch: all build/bench/measure
	@python3 tests/bench/batch.py many $(BUILD)/galley build/bench/measure build/bench/many $(BENCH_MILLION)

# Pages: the articles dressed as web pages, against a bare libxml2 tree of them.
BENCH_PAGES        ?= 1000
BENCH_PAGES_FOLDER := build/bench/pages-$(BENCH_PAGES)
HTMLTREE := $(if $(shell pkg-config --exists libxml-2.0 2>/dev/null && echo yes),build/bench/htmltree)

.PHONY: bench-pages
build/bench/pages: tests/bench/words.h
build/bench/htmltree: tests/bench/htmltree.c
	$(call say,CC  ,$<)mkdir -p $(@D) && $(CC) $(CPPFLAGS) $(COMPILE_FLAGS) $(shell pkg-config --cflags libxml-2.0) -o $@ $< $(shell pkg-config --libs libxml-2.0)
$(BENCH_PAGES_FOLDER)/complete: build/bench/articles build/bench/pages
	$(call say,MAKE,$(BENCH_PAGES_FOLDER))rm -rf $(@D) && mkdir -p $(@D) && build/bench/articles $(@D)/text $(BENCH_PAGES) && build/bench/pages $(@D)/text $(@D)/html $(BENCH_PAGES) && touch $@
bench-pages: all page-tools build/bench/measure $(HTMLTREE) $(BENCH_PAGES_FOLDER)/complete
	@python3 tests/bench/compare_pages.py $(BUILD)/galley build/bench/measure $(BUILD)/page/bench $(BENCH_PAGES_FOLDER)/html build/bench $(or $(HTMLTREE),-) $(BENCH_ROUNDS)
