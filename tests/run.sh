#!/bin/bash
# Runs everything that was built and ends with one line: N passed, N failed.
# usage: tests/run.sh BUILD SANITIZED-BUILD   everything
#        tests/run.sh BUILD                   units and golden folders of one build
set -u
cd "$(dirname "$0")/.." || exit 1
build=$1 asan=${2:-}
passed=0 failed=0
shopt -s nullglob
log=$(mktemp)
trap 'rm -f "$log"' EXIT
export ASAN_OPTIONS=detect_leaks=1:abort_on_error=1 UBSAN_OPTIONS=print_stacktrace=1

# A program that counts its own cases says "N passed, N failed" or speaks cmocka.
count() { # $1 exit status
    local cmocka ok bad
    ok=$(sed -n 's/^\([0-9]*\) passed, [0-9]* failed.*/\1/p' "$log" | tail -1)
    bad=$(sed -n 's/^[0-9]* passed, \([0-9]*\) failed.*/\1/p' "$log" | tail -1)
    if [ -z "$ok" ]; then
        ok=$(grep -c '^\[       OK \]' "$log")
        bad=$(sed -n 's/^\[  FAILED  \] .*: \([0-9]*\) test(s).*/\1/p' "$log" | tail -1)
    fi
    [ "$1" -ne 0 ] && [ "${bad:-0}" -eq 0 ] && bad=1
    [ "$ok" -eq 0 ] && [ "${bad:-0}" -eq 0 ] && ok=1
    passed=$((passed + ok)) failed=$((failed + ${bad:-0}))
}

try() { # $1 what it is, then the command
    local what=$1 status
    shift
    timeout 250 "$@" >"$log" 2>&1
    status=$?
    count $status
    if [ $status -ne 0 ]; then
        echo "FAILED $what (exit $status)"
        tail -40 "$log" | sed 's/^/    /'
    else
        echo "ok     $what"
    fi
}

unit_tests() { # $1 build, $2 label
    local t
    for t in "$1"/tests/*/test_*; do
        [ -x "$t" ] && [ ! -d "$t" ] && GALLEY_PLUGIN_DIR="$1/plugins" try "$2${t#"$1"/tests/}" "$t"
    done
}

corpora() { # $1 build, $2 label
    local f name corpus
    for f in "$1"/fuzz/*; do
        [ -x "$f" ] || continue
        name=${f##*/}
        for corpus in tests/fuzz/corpus/"$name" plugins/*/"$name"/corpus plugins/*/*/corpus/"$name"; do
            [ -d "$corpus" ] && GALLEY_PLUGIN_DIR="$1/plugins" try "$2corpus $name" "$f" "$corpus"
        done
    done
}

unit_tests "$build" ""
if [ -n "$asan" ]; then
    corpora "$asan" "asan "
    unit_tests "$asan" "asan "
    try "asan golden folders" tests/golden.sh "$asan"
    try "each header compiles by itself" make --no-print-directory hdr-check
fi
[ -x "$build/galley" ] && try "golden folders" tests/golden.sh "$build"
if [ -n "$asan" ]; then
    for t in tests/end/*.sh tests/fault/*.sh; do
        [ -f "$t" ] && try "$t" bash "$t" "$build"
    done
fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
