#!/bin/bash
# Fuzzes each target with AFL++ for some time, as many at once as there are processors.
# What AFL++ found and how far it came stays in BUILD/found/TARGET, and the next call
# goes on from there; inputs that make a target fail are named; status 1 then.
# usage: tests/fuzz/afl.sh BUILD SECONDS [TARGET]
set -u
cd "$(dirname "$0")/../.." || exit 1
build=$1 seconds=$2 only=${3:-}
export build seconds GALLEY_PLUGIN_DIR=$build/plugins
export ASAN_OPTIONS=abort_on_error=1:symbolize=0:detect_leaks=0
export AFL_NO_UI=1 AFL_AUTORESUME=1 AFL_NO_AFFINITY=1 AFL_SKIP_CPUFREQ=1 AFL_FORKSRV_INIT_TMOUT=20000
export AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 # a failing target aborts: no core file is read
export AFL_IGNORE_PROBLEMS=1                   # stages are loaded after the start
shopt -s nullglob

figure() { sed -n "s/^$1 *: *//p" "$2/default/fuzzer_stats"; }

fuzz_one() { # $1 target
    local name=${1##*/} found seeds crash
    found=$build/found/$name seeds=$build/seeds/$name
    mkdir -p "$found" "$seeds"
    for corpus in tests/fuzz/corpus/"$name" plugins/*/"$name"/corpus plugins/*/*/corpus/"$name"; do
        [ -d "$corpus" ] && find "$corpus" -maxdepth 1 -type f -exec cp {} "$seeds" \;
    done
    afl-fuzz -i "$seeds" -o "$found" -m none -t 5000 -V "$seconds" -- "$1" >"$found/log" 2>&1 ||
        { echo "FAILED $name: afl-fuzz did not run, see $found/log"; return 1; }
    crash=("$found"/default/crashes/id* "$found"/default/hangs/id*)
    [ ${#crash[@]} -eq 0 ] || { echo "FAILED $name: ${crash[0]} and ${#crash[@]} in all"; return 1; }
    echo "ok     $name ($(figure execs_done "$found") runs, $(figure bitmap_cvg "$found") of the map)"
}
export -f fuzz_one figure

targets=("$build"/fuzz/${only:-*})
[ ${#targets[@]} -gt 0 ] || { echo "there is no fuzz target '${only:-}' in $build/fuzz" >&2; exit 2; }
printf '%s\0' "${targets[@]}" | xargs -0 -P "$(nproc)" -I{} bash -c 'shopt -s nullglob; fuzz_one "$1"' _ {}
