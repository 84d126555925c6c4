#!/bin/bash
# Stages that crash, hang, eat memory or scribble: each costs one document, which
# is named with its stage and cause, and all others are written.
# usage: tests/fault/poison.sh BUILD
set -u
. "$(dirname "$0")/lib.bash" "$1"
config=$work/chaos.cfg
cat >"$config" <<'CFG'
galley = 1;
pipeline = (
  { use = "fetch.folder"; },
  { use = "clean.charset"; },
  { use = "test.parts"; },
  { use = "test.chaos"; },
  { use = "extract.tokens"; },
  { use = "emit.jsonl"; path = "${out}/articles.jsonl"; keys = ["uri", "text"]; }
);
run = { timeout = "400 ms"; memory = "64 MiB"; };
CFG
run() { # $1 input, $2 output, then flags
    local in=$1 out=$2
    shift 2
    timeout 60 "$galley" run "$config" "$in" -o "$out" --plugin-dir "$build/tests/plugins" "$@" >"$work/out" 2>"$work/err"
}

mkdir "$work/in"
for i in $(seq -w 1 300); do
    printf 'Article %s\n\nThe ferry to the island leaves at %s.\n' "$i" "$i" >"$work/in/$i.txt"
done

# one bad article of many, each kind
while read -r deed cause; do
    printf 'Title\n\nchaos:%s here\n' "$deed" >"$work/in/150.txt"
    case $deed in hang | dawdle) limit=400ms ;; *) limit=30s ;; esac # a busy machine is no fault
    run "$work/in" "$work/$deed" -j 2 --set run.timeout=$limit
    check "$deed: exit status 1" [ $? -eq 1 ]
    check "$deed: 299 records" [ "$(records "$work/$deed/articles.jsonl")" = 299 ]
    check "$deed: one failure, with article, stage and cause" \
        grep -q "^in/150.txt: error: failed in stage 'test.chaos': .*$cause" "$work/err"
    check "$deed: one failure only" [ "$(grep -c 'error: failed' "$work/err")" -eq 1 ]
done <<'DEEDS'
abort SIGABRT
segv SIGSEGV
exit exit(0)
stack SIGSEGV
heap crashed: SIG
kill SIGKILL
hang longer than 0.4 s
dawdle time was over
hog ran out of memory
fail told to fail
layer outside
DEEDS
check "all kinds leave the same records" cmp -s "$work/abort/articles.jsonl" "$work/hog/articles.jsonl"

# what is no failure
for deed in leak print slow; do
    printf 'Title\n\nchaos:%s here\n' "$deed" >"$work/in/150.txt"
    run "$work/in" "$work/$deed" -j 2
    check "$deed: exit status 0" [ $? -eq 0 ]
    check "$deed: 300 records" [ "$(records "$work/$deed/articles.jsonl")" = 300 ]
done
printf 'chaos:scribble\n' >"$work/in/150.txt"
run "$work/in" "$work/scribble" -j 2
check "scribbling over shared memory costs its own document at most" [ "$(records "$work/scribble/articles.jsonl")" -ge 299 ]
check "and no other" [ "$(grep 'error: failed' "$work/err" | grep -vc '^in/150.txt')" -eq 0 ]
rm "$work/in/150.txt"
for i in $(seq 100 140); do printf 'chaos:leak %s\n' "$i" >"$work/in/$i.txt"; done
(ulimit -n 256; run "$work/in" "$work/leaks" -j 2)
check "descriptors that leak end a worker in time, not a document" [ "$(records "$work/leaks/articles.jsonl")" = 299 ]

# what a worker cannot do; for files only where the kernel has landlock
mkdir "$work/box"
deeds="socket program trace"
python3 -c 'import ctypes, sys; sys.exit(ctypes.CDLL(None).syscall(444, None, 0, 1) < 1)' && deeds="$deeds create overwrite" # landlock_create_ruleset
for deed in $deeds; do printf 'chaos:%s\n' $deed >"$work/box/$deed.txt"; done
run "$work/box" "$work/boxed"
check "a worker opens no socket, runs and traces no program, makes and opens no file to write" [ $? -eq 0 ]
run "$work/box" "$work/unboxed" --no-sandbox
for deed in $deeds; do
    check "with --no-sandbox it can: $deed" grep -q "^box/$deed.txt: error: failed" "$work/err"
done

# a hang is over soon after its time
rm -rf "$work/in2" && mkdir "$work/in2" && printf 'chaos:hang\n' >"$work/in2/a.txt"
began=$(date +%s%N)
run "$work/in2" "$work/hang2"
took=$((($(date +%s%N) - began) / 1000000))
check "a hang is over soon after its time, 400 ms (took $took ms)" [ $took -lt 1500 ]

# crashes in a row, at the beginning, at the end, in every worker
rm -rf "$work/many" && mkdir "$work/many"
for i in $(seq -w 1 200); do printf 'Text %s\n' "$i" >"$work/many/$i.txt"; done
for i in 001 002 003 004 050 051 052 120 199 200; do printf 'chaos:abort %s\n' $i >"$work/many/$i.txt"; done
for j in 1 2 8; do
    run "$work/many" "$work/many$j" -j $j
    check "ten crashes at -j $j: ten failures" [ "$(grep -c 'SIGABRT' "$work/err")" -eq 10 ]
    check "ten crashes at -j $j: 190 records" [ "$(records "$work/many$j/articles.jsonl")" = 190 ]
done
check "the same bytes at -j 1 and 8" cmp -s "$work/many1/articles.jsonl" "$work/many8/articles.jsonl"
run "$work/many" "$work/recycled" -j 2 --set run.recycle=7
check "recycled workers change nothing" cmp -s "$work/many1/articles.jsonl" "$work/recycled/articles.jsonl"

# workers that die while the writing waits for another document: what they had
# answered is kept, in order
mkdir "$work/stuck"
for i in $(seq -w 1 60); do
    { for k in a b c; do printf '=== %s\nPart %s of %s.\n' $k $k "$i"; done; } >"$work/stuck/$i.txt"
done
printf 'chaos:dawdle\n' >"$work/stuck/01.txt"
for i in 08 09 20 33; do printf 'chaos:segv\n' >"$work/stuck/$i.txt"; done
printf '=== a\nOne.\n=== b\nchaos:abort\n=== c\nThree.\n' >"$work/stuck/15.txt"
for j in 1 2 3; do run "$work/stuck" "$work/stuck$j" -j $j --set run.timeout=1s; done
check "the answers of dead workers are kept: 54 * 3 + 2" [ "$(records "$work/stuck2/articles.jsonl")" = 164 ]
for j in 2 3; do
    check "in order, at -j $j" cmp -s "$work/stuck1/articles.jsonl" "$work/stuck$j/articles.jsonl"
    check "with the same bytes set aside, at -j $j" diff -rq -x '*.note.json' "$work/stuck1/quarantine" "$work/stuck$j/quarantine"
done

# split stages
rm -rf "$work/parts" && mkdir "$work/parts"
for i in $(seq -w 1 60); do
    { for k in a b c d; do printf '=== %s\nPart %s of %s.\n' $k $k "$i"; done; } >"$work/parts/$i.txt"
done
printf 'no parts here\n' >"$work/parts/30.txt"
for j in 1 2 8; do run "$work/parts" "$work/parts$j" -j $j; done
check "children are written: 59 * 4 + 1" [ "$(records "$work/parts1/articles.jsonl")" = 237 ]
check "children in order at any -j" cmp -s "$work/parts1/articles.jsonl" "$work/parts8/articles.jsonl"
check "and in the accounts" grep -q "60 inputs + 236 from inside them = 237 written .* + 59 split" "$work/err"
run "$work/parts" "$work/parts0" --no-isolate
check "and in one process" cmp -s "$work/parts1/articles.jsonl" "$work/parts0/articles.jsonl"
check "a child's uri" grep -q '"uri":"parts/07.txt!/c"' "$work/parts1/articles.jsonl"
printf '=== a\nOne.\n=== b\nchaos:abort\n=== c\nThree.\n=== d\nchaos:kill\n=== e\nFive.\n' >"$work/parts/10.txt"
run "$work/parts" "$work/lost" -j 2
check "a child that crashes is lost alone: 58 * 4 + 1 + 3" [ "$(records "$work/lost/articles.jsonl")" = 236 ]
check "its fault names it" grep -q "^parts/10.txt!/b: error: failed in stage 'test.chaos': crashed: SIGABRT" "$work/err"
check "and so the other" grep -q "^parts/10.txt!/d: error: failed in stage 'test.chaos': crashed: SIGKILL" "$work/err"
printf '=== a\nOne.\n=== crash\nTwo.\n' >"$work/parts/10.txt"
run "$work/parts" "$work/lost2" -j 2
check "a crash of the split stage loses the rest of the parent" [ "$(records "$work/lost2/articles.jsonl")" = 234 ]
printf '=== a\nOne.\n=== broken\nTwo.\n' >"$work/parts/10.txt"
run "$work/parts" "$work/lost3" -j 2
check "so does a broken archive" grep -q "^parts/10.txt: error: failed in stage 'test.parts': part 'broken' is broken" "$work/err"
printf '=== bomb\n%s\n' "$(head -c 3000 /dev/zero | tr '\0' x)" >"$work/parts/10.txt"
run "$work/parts" "$work/bomb" -j 2 --set run.max_children=50
check "too many children" grep -q "^parts/10.txt: error: .*max_children" "$work/err"
run "$work/parts" "$work/bomb2" -j 2
check "a bomb" grep -q "^parts/10.txt: error: .*max_ratio" "$work/err"

# a record larger than any ring, beside small ones
mkdir "$work/large"
for i in $(seq -w 1 20); do printf 'Small %s\n' "$i" >"$work/large/$i.txt"; done
head -c 20000000 /dev/zero | tr '\0' 'y' >"$work/large/05.txt"
cp "$work/large/05.txt" "$work/large/06.txt"
for j in 1 4; do run "$work/large" "$work/large$j" -j $j --set run.memory=512MiB --set run.timeout=60s; done
check "large records arrive" [ "$(records "$work/large4/articles.jsonl")" = 20 ]
check "large records, same bytes" cmp -s "$work/large1/articles.jsonl" "$work/large4/articles.jsonl"

# ^C: what is in hand is finished; twice: at once, and no worker is left behind
for i in $(seq -w 1 300); do printf 'chaos:slow %s\n' "$i" >"$work/in/$i.txt"; done
for signal in INT TERM; do
    "$galley" run "$config" "$work/in" -o "$work/stop" --plugin-dir "$build/tests/plugins" -j 2 2>"$work/err" &
    runner=$!
    sleep 0.5
    kill -$signal $runner
    wait $runner
    status=$?
    check "SIG$signal: exit status" [ $status -eq $([ $signal = INT ] && echo 130 || echo 143) ]
    check "SIG$signal: the records are whole" [ "$(records "$work/stop/articles.jsonl")" -ge 4 ]
    check "SIG$signal: accounted for" grep -q "^$(records "$work/stop/articles.jsonl") inputs = " "$work/err"
done
printf 'chaos:hang\n' >"$work/in/001.txt"
"$galley" run "$config" "$work/in" -o "$work/stop2" --plugin-dir "$build/tests/plugins" -j 2 --set run.timeout=60s 2>"$work/err" &
runner=$!
sleep 0.4
workers=$(pgrep -P $runner | wc -l)
check "two workers are at work" [ "$workers" -eq 2 ]
children=$(pgrep -P $runner | tr '\n' ' ')
kill -INT $runner; sleep 0.1; kill -INT $runner
wait $runner
check "the second ^C ends at once: 130" [ $? -eq 130 ]
sleep 0.1
left=0
for c in $children; do grep -qs "^State:[^Z]*$" "/proc/$c/status" && left=$((left + 1)); done
check "and leaves no worker" [ $left -eq 0 ]

# ---- failures that are known do not hide one that is new
small_articles "$work/crowd" 60 2 abort
run "$work/crowd" "$work/known"
check "twenty failures are shown" [ "$(grep -c 'failed in stage' "$work/err")" -eq 20 ]
check "the rest is counted" grep -q "and 10 more failures" "$work/err"
printf 'chaos:abort\n' >"$work/crowd/4/000059.txt"
run "$work/crowd" "$work/known"
check "a new one is shown beside 30 known ones" grep -q "000059.txt: error: failed in stage" "$work/err"

finish
