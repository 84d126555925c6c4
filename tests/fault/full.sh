#!/bin/bash
# A write, a sync, a rename, an open that fails: the run says which file, ends with
# status 3, and the same command goes on from there.
# Killed in place of such a call it goes on as well.
# usage: tests/fault/full.sh BUILD [STRIDE]
set -u
. "$(dirname "$0")/lib.bash" "$1"
stride=${2:-7} # every so many calls; 1: each

cat >"$work/three.cfg" <<'CFG'
galley = 1;
pipeline = (
  { use = "fetch.folder"; },
  { use = "clean.charset"; },
  { use = "emit.jsonl"; path = "${out}/articles.jsonl"; },
  { use = "emit.csv"; path = "${out}/articles.csv"; },
  { use = "emit.markdown"; path = "${out}/pages"; }
);
run = { commit = "0 s"; };
CFG
mkdir "$work/in"
for i in $(seq -w 1 30); do printf 'Title %s\n\nText of %s.\n' "$i" "$i" >"$work/in/$i.txt"; done
run() { # $1 output, then variables for it
    local out=$1
    shift
    timeout 30 env "$@" "$galley" run "$work/three.cfg" "$work/in" -o "$out" -j 1 >"$work/out" 2>"$work/err"
}

run "$work/quiet"
check "a quiet run" [ $? -eq 0 ]

# $1 what it is, $2 a folder to begin with ("" for none), then the calls that fail
fail_each() {
    local what=$1 from=$2 call tried n status
    shift 2
    for call in "$@"; do
        tried=0
        for ((n = 1; ; n += stride)); do
            rm -rf "$work/hurt"
            [ -z "$from" ] || cp -a "$from" "$work/hurt"
            run "$work/hurt" FAILNTH=$call:$n:$((n % 2 ? 28 : 5)) LD_PRELOAD="$build/tests/fault/failnth.so"
            status=$?
            grep -q "^failnth: " "$work/err" || break
            tried=$((tried + 1))
            # a write that wakes or an open that captures may fail without harm; no sync may
            if [ $status -ne 0 ] || [[ $call = *sync* ]]; then
                [ $status -eq 3 ] || no "$what, $call $n fails: exit status 3, not $status"
                [ $call = malloc ] || grep "error: " "$work/err" | grep -q "/hurt" || no "$what, $call $n fails: the file is named"
                run "$work/hurt"
            fi
            [ $? -eq 0 ] || no "$what, after $call $n failed: the next run goes to its end"
            diff -rq -x .galley "$work/quiet" "$work/hurt" >"$work/diff" || no "$what, after $call $n failed: what a quiet run gives"
        done
        echo "$what: $call failed at $tried places"
        check "$what: $call failed $tried times, none lost" [ $tried -gt 0 ]
    done
}
fail_each "a first run" "" write fdatasync syncfs rename ftruncate mkdir open malloc

# some changed, some new, some gone: a new edition
rm -rf "$work/hurt" && run "$work/hurt" && cp -a "$work/hurt" "$work/before"
printf 'Another\n\nText.\n' >"$work/in/07.txt"
printf 'New\n\nText.\n' >"$work/in/11a.txt"
printf 'New\n\nText of the same name.\n' >"$work/in/11.htm"
rm "$work/in/20.txt" "$work/quiet" -r
run "$work/quiet"
check "a quiet run again" [ $? -eq 0 ]
fail_each "a new edition" "$work/before" write fdatasync fsync syncfs rename ftruncate mkdir open link unlink copy

# an input that cannot be read fails, and the next run tries it again
tried=0
for ((n = 1; n < 500 && tried < 100 / stride; n++)); do
    rm -rf "$work/hurt"
    timeout 30 env FAILNTH=read:$n:5 LD_PRELOAD="$build/tests/fault/failnth.so" "$galley" run "$work/three.cfg" \
        "$work/in" -o "$work/hurt" --no-isolate >"$work/out" 2>"$work/err"
    grep -q "^failnth: " "$work/err" || break
    grep -q "failed in stage 'fetch.folder'" "$work/err" || continue
    tried=$((tried + 1))
    run "$work/hurt"
    check "an input that could not be read is tried again" [ $? -eq 0 ]
    check "an input that could not be read: what a quiet run gives" diff -rq -x .galley "$work/quiet" "$work/hurt"
done
# one that is known keeps its record meanwhile
grep -F '"in/07.txt"' "$work/before/articles.jsonl" >"$work/record"
for ((n = 1; n < 500; n++)); do
    rm -rf "$work/hurt" && cp -a "$work/before" "$work/hurt"
    timeout 30 env FAILNTH=read:$n:5 LD_PRELOAD="$build/tests/fault/failnth.so" "$galley" run "$work/three.cfg" \
        "$work/in" -o "$work/hurt" --no-isolate >"$work/out" 2>"$work/err"
    [ $? -ne 1 ] || ! grep -q "^in/07.txt: error" "$work/err" || break
done
check "a known input that could not be read: said so" grep -q "^in/07.txt: error: failed in .*; its record stays" "$work/err"
check "a known input that could not be read: its record stays" grep -qFf "$work/record" "$work/hurt/articles.jsonl"
check "a known input that could not be read: is not in quarantine" [ ! -e "$work/hurt/quarantine" ]
run "$work/hurt"
check "and is done by the next run" diff -rq -x .galley "$work/quiet" "$work/hurt"
check "inputs that could not be read, $tried times" [ $tried -gt 0 ]

# $1 a folder to begin with, then the calls in whose place the run is killed
kill_each() {
    local from=$1 call tried n
    shift
    for call in "$@"; do
        tried=0
        for ((n = 1; ; n += (stride + 1) / 2)); do
            rm -rf "$work/hurt"
            cp -a "$from" "$work/hurt"
            { run "$work/hurt" FAILNTH=$call:$n:0 LD_PRELOAD="$build/tests/fault/failnth.so"; } 2>/dev/null
            grep -q "^failnth: " "$work/err" || break
            tried=$((tried + 1))
            run "$work/hurt"
            [ $? -eq 0 ] || no "killed at $call $n: the next run goes to its end"
            diff -rq -x .galley "$work/quiet" "$work/hurt" >"$work/diff" || no "killed at $call $n: what a quiet run gives"
            [ ! -e "$work/hurt/.galley/journal.next" ] || no "killed at $call $n: nothing is left beside"
        done
        check "killed in place of $call $tried times, none lost" [ $tried -gt 0 ]
    done
}
kill_each "$work/before" write fdatasync fsync syncfs rename ftruncate open link unlink copy

finish
