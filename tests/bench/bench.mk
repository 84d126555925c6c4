# How speed is measured: make bench [BENCH_ARTICLES=20000] [BENCH_ROUNDS=5]
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
