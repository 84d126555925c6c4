#!/bin/bash
# Fuzzes each target for some time, as many at once as there are processors.
# What makes one fail stays in BUILD/found/TARGET and is named; status 1 then.
# usage: tests/fuzz/fuzz.sh BUILD SECONDS [TARGET]
set -u
cd "$(dirname "$0")/../.." || exit 1
build=$1 seconds=$2 only=${3:-}
export build seconds GALLEY_PLUGIN_DIR=$build/plugins
export ASAN_OPTIONS=detect_leaks=1:abort_on_error=1 UBSAN_OPTIONS=print_stacktrace=1
shopt -s nullglob

fuzz_one() { # $1 target
    local name=${1##*/} found seeds
    found=$build/found/$name
    mkdir -p "$found" "$build/grown/$name"
    seeds=$(ls -d tests/fuzz/corpus/"$name" plugins/*/"$name"/corpus plugins/*/*/corpus/"$name" 2>/dev/null)
    # shellcheck disable=SC2086
    if "$1" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -max_len=65536 -artifact_prefix="$found/" \
        "$build/grown/$name" $seeds >"$found/log" 2>&1; then
        echo "ok     $name ($(sed -n 's/^stat::number_of_executed_units: *//p; s/^Done \([0-9]*\) runs.*/\1/p' "$found/log" | tail -1) runs)"
    else
        echo "FAILED $name: see $found"
        tail -25 "$found/log" | sed 's/^/    /'
        return 1
    fi
}
export -f fuzz_one

targets=("$build"/fuzz/${only:-*})
[ ${#targets[@]} -gt 0 ] || { echo "there is no fuzz target '${only:-}' in $build/fuzz" >&2; exit 2; }
printf '%s\0' "${targets[@]}" | xargs -0 -P "$(nproc)" -I{} bash -c 'fuzz_one "$1"' _ {}
