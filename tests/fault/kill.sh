#!/bin/bash
# A run that is killed is taken up by the same command, and ends with exactly what
# one quiet run gives: every input once in every sink.
# usage: tests/fault/kill.sh BUILD [ARTICLES KILLS]
set -u
. "$(dirname "$0")/lib.bash" "$1"
articles=${2:-1200} kills=${3:-15}
config=$work/three.cfg
three_sinks "$config" 'commit = "1 ms";'
run() { # $1 output, then flags
    local out=$1
    shift
    "$galley" run "$config" "$work/in" -o "$out" --plugin-dir "$build/tests/plugins" -j 2 "$@" >"$work/out" 2>"$work/err"
}

small_articles "$work/in" "$articles" 100 abort
bad=$((articles / 100))

run "$work/quiet"
check "a quiet run: exit status 1" [ $? -eq 1 ]
check "and $bad failures" grep -q "$articles inputs = $((articles - bad)) written + 0 dropped + $bad failed" "$work/err"

# ---- kill -9, of the supervisor or of a worker, at any time
read -r done_kills rounds lost <<<"$(python3 - "$kills" "$work/quiet" "$galley" run "$config" "$work/in" -o "$work/killed" --plugin-dir "$build/tests/plugins" -j 2 <<'PY'
import os, random, shutil, signal, subprocess, sys, time
kills, quiet, command, rng = int(sys.argv[1]), sys.argv[2], sys.argv[3:], random.Random(7)
done = rounds = lost = 0
out = command[command.index("-o") + 1]
span = 0.1
for _ in range(kills * 4):
    began = time.monotonic()
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(rng.uniform(0.002, span))
    try:
        children = open(f"/proc/{run.pid}/task/{run.pid}/children").read().split()
        victim = int(rng.choice(children)) if children and rng.random() < 0.3 else run.pid
        if run.poll() is None:
            os.kill(victim, signal.SIGKILL)
            done += 1
    except (FileNotFoundError, ProcessLookupError):
        pass  # it was quicker
    if run.wait() in (0, 1):  # it came to its end: from the beginning
        span = max(0.05, time.monotonic() - began)
        rounds += 1
        lost += subprocess.run(["diff", "-rq", "-x", ".galley", "-x", ".galley-names", "-x", "*.note.json", quiet, out],
                               stdout=subprocess.DEVNULL).returncode != 0
        if done < kills:
            shutil.rmtree(out, ignore_errors=True)
    if done >= kills:
        break
print(done, rounds, lost)
PY
)"
echo "$done_kills kills, $rounds runs that came to their end between them, $lost with another result"
check "each run that came to its end gave what a quiet run gives" [ "$lost" -eq 0 ]
check "it was killed $kills times" [ "$done_kills" -eq "$kills" ]
run "$work/killed"
check "the last run goes to the end" [ $? -eq 1 ]
check "after $done_kills kills: what a quiet run gives" same "$work/quiet" "$work/killed"
run "$work/killed"
check "again: nothing to do" grep -q "= 0 written + 0 dropped + $bad failed + 0 ignored + $((articles - bad)) unchanged" "$work/err"
check "again: the same" same "$work/quiet" "$work/killed"

"$galley" status "$work/killed" >"$work/out" 2>"$work/err"
check "status: some failed" [ $? -eq 1 ]
check "status: accounts" grep -q "^$articles inputs = $((articles - bad)) written + 0 dropped + $bad failed" "$work/out"
check "status: failures by stage and reason" grep -q "$bad test.chaos: crashed: SIGABRT" "$work/out"
check "status: the command to type next" grep -q "^  galley run $config $work/in -o $work/killed .* --from-failed" "$work/out"
"$galley" status --json "$work/killed" >"$work/out" 2>"$work/err"
check "status as JSON" python3 -c 'import json,sys; s=json.load(open(sys.argv[1])); assert s["failed"] == len(s["failures"]) == int(sys.argv[2]) and not s["running"]' "$work/out" "$bad"
"$galley" status "$work/in" >"$work/out" 2>"$work/err"
check "status of another folder: exit status 3" [ $? -eq 3 ]

# ---- inputs that change, come and go
printf 'Another title\n\nAnother text.\n' >"$work/in/2/000002.txt"
printf 'New\n\nText.\n' >"$work/in/4/zz.txt"
rm "$work/in/3/000008.txt" "$work/in/4/000009.txt"
run "$work/killed"
run "$work/quiet2"
check "changed inputs: what a quiet run gives" same "$work/quiet2" "$work/killed"
printf 'Newer\n\nText.\n' >"$work/in/4/zzz.txt"
run "$work/killed"
check "one input more at the end: one is done" grep -q "= 1 written" "$work/err"
run "$work/killed" --set jsonl.pretty=true
check "another config: all again, said so" grep -q "all inputs are done again" "$work/err"
run "$work/killed"
run "$work/quiet3"
check "and back: what a quiet run gives" same "$work/quiet3" "$work/killed"
sed -i 's/chaos:abort/quiet now/' "$work/in/0/000050.txt"
run "$work/killed" --from-failed
run "$work/quiet4"
check "--from-failed: what a quiet run gives" same "$work/quiet4" "$work/killed"

# ---- lines of a file are inputs as well
sed 's/fetch.folder/fetch.jsonl/; /clean.text/d' "$config" >"$work/lines.cfg"
lines() { "$galley" run "$work/lines.cfg" "$work/lines.jsonl" -o "$work/lines" --plugin-dir "$build/tests/plugins" 2>"$work/err"; }
cp "$work/quiet4/articles.jsonl" "$work/lines.jsonl"
lines
printf '{"text":"One line more."}\n' >>"$work/lines.jsonl"
lines
check "one line more: one is done" grep -q "= 1 written" "$work/err"
sed -i '2s/"title":"[^"]*"/"title":"Another title"/' "$work/lines.jsonl"
lines
check "another title over the same text: one is done" grep -q "= 1 written" "$work/err"

# ---- the output or the journal is not what it was
head -c 1000 "$work/killed/articles.jsonl" >"$work/cut" && cp "$work/cut" "$work/killed/articles.jsonl"
run "$work/killed"
check "an output that was cut: said so" grep -q "not as the last run left it" "$work/err"
check "an output that was cut: made again" same "$work/quiet4" "$work/killed"
echo '{"mine":true}' >>"$work/killed/articles.jsonl"
run "$work/killed"
check "a line that was added by hand: said so" grep -q "articles.jsonl' is not as the last run left it" "$work/err"
check "a line that was added by hand: made again" same "$work/quiet4" "$work/killed"
page=$(find "$work/killed/pages" -name '*.md' | sort | sed -n 7p)
rm "$page"
run "$work/killed"
check "a page that was removed: said so" grep -q "not as the last run left it" "$work/err"
check "a page that was removed: made again" same "$work/quiet4" "$work/killed"
touch "$work/killed/articles.jsonl" "$page" "$work/killed/pages/notes.txt"
rm "$work/killed/pages/notes.txt"
run "$work/killed"
check "other dates, and another's file: nothing to do" grep -q "= 0 written .* unchanged" "$work/err"
journal=$work/killed/.galley/journal
cp "$journal" "$work/journal"
for n in $(seq 1 8); do
    at=$((RANDOM * 32768 % $(stat -c %s "$work/journal")))
    cp "$work/journal" "$journal"
    if [ $((n % 2)) -eq 0 ]; then
        truncate -s $at "$journal"
    else
        printf '\xa5' | dd of="$journal" bs=1 seek=$at conv=notrunc 2>/dev/null
    fi
    run "$work/killed"
    check "a journal damaged at byte $at: nothing is lost" same "$work/quiet4" "$work/killed"
done

head -c 400 /dev/urandom >"$journal"
run "$work/killed"
check "a journal that is garbage: said so" grep -q "nothing in it can be read: all inputs are done again" "$work/err"
check "a journal that is garbage: nothing is lost" same "$work/quiet4" "$work/killed"

# ---- what a killed run leaves of a page, and a list of pages that was tampered with
pages=$(dirname "$(find "$work/killed" -name .galley-names)")
page=$(find "$pages" -name '*.md' | sort | tail -1)
cp "$page" "$page.part" && echo keep >"$work/mine.md"
{ printf '../../mine\n'; head -c 300 /dev/zero | tr '\0' x; echo; } >>"$pages/.galley-names"
rm "$journal"
run "$work/killed"
check "half a page is removed" [ ! -e "$page.part" ]
check "a name that leads out of the folder is not followed" [ -e "$work/mine.md" ]
check "and the rest is as before" same "$work/quiet4" "$work/killed"

# ---- a limit on the size of files is an error like a full disk, not the end of galley
(ulimit -f 20; run "$work/short")
check "a file that may not grow: exit status 3" [ $? -eq 3 ]
check "a file that may not grow: is named" grep -q "articles.* File too large" "$work/err"
check "a file that may not grow: the closing line counts what is on the disk" [ \
    "$(sed -n 's/^\([0-9]* inputs = .* ignored\).*/\1/p' "$work/err")" = "$("$galley" status "$work/short" | grep '^[0-9]* inputs')" ]
run "$work/short"
check "and it goes on from there" same "$work/quiet4" "$work/short"

# ---- a document that brings down the supervisor each time
printf 'chaos:parent\n' >"$work/in/2/00502.txt"
runs=0
while { run "$work/killed"; } 2>/dev/null; [ $? -gt 128 ] && [ $runs -lt 20 ]; do runs=$((runs + 1)); done
check "a document that kills galley: it comes to an end after $runs runs" [ $runs -ge 3 -a $runs -le 8 ]
check "a document that kills galley: is named" grep -q "2/00502.txt: error: .*went down each time" "$work/err"
run "$work/killed"
check "a document that kills galley: is not tried again" grep -q "0 written .* unchanged" "$work/err"
rm "$work/in/2/00502.txt"
run "$work/killed"
run "$work/quiet5"
check "and without it: what a quiet run gives" same "$work/quiet5" "$work/killed"
printf 'chaos:parent\n' >"$work/in/0/00000.txt"
for runs in 1 2 3 4 5 6 7 8 9; do { run "$work/fresh"; } 2>/dev/null; [ $? -le 128 ] && break; done
check "the first document kills galley: it comes to an end after $runs runs" [ $runs -le 8 ]
check "the first document kills galley: all others are written" grep -q " + $bad failed" "$work/err"
rm "$work/in/0/00000.txt"

# ---- an article that is in hand when somebody kills run after run is not to blame
refused=0
mkdir "$work/one" && printf 'Title\n\nchaos:hang\n' >"$work/one/a.txt"
for n in 1 2 3 4 5 6 7 8 9; do
    "$galley" run "$config" "$work/one" -o "$work/killed1" --plugin-dir "$build/tests/plugins" >"$work/out" 2>&1 &
    victim=$!
    disown
    sleep 0.2
    kill -KILL $victim 2>/dev/null || refused=$((refused + 1))
done
check "an article that is in hand at nine kills is never refused" [ $refused -eq 0 ]
printf 'Title\n\nText.\n' >"$work/one/a.txt"
"$galley" run "$config" "$work/one" -o "$work/killed1" --plugin-dir "$build/tests/plugins" >"$work/out" 2>"$work/err"
check "an article that was in hand at nine kills is written" grep -q "= 1 written" "$work/err"

# ---- what a run that was killed leaves behind holds the lock for a moment
journal=$work/killed/.galley/journal
flock -o "$journal" sleep 0.2 &
run "$work/killed"
check "held for a moment longer than its run lived: is waited for" [ $? -le 1 ]
wait
flock -o "$journal" sleep 5 &
holder=$!
began=$(date +%s%N)
run "$work/killed"
check "held by somebody else: exit status 3" [ $? -eq 3 ]
check "held by somebody else: is not waited for long" [ $((($(date +%s%N) - began) / 1000000)) -lt 4000 ]
kill $holder
wait $holder 2>/dev/null
begins() { # until the run that was started does inputs, however busy the machine
    for _ in $(seq 200); do
        sleep 0.05
        grep -q '^ended' "$work/killed/.galley/run" || break
    done
    sleep 0.1
}
for n in 1 2 3; do # for real: the next run begins before the workers of the last are gone
    printf 'Round %s\n\nText.\n' $n >"$work/in/0/000001.txt"
    printf 'chaos:hang\n' >"$work/in/4/zzzz.txt"
    "$galley" run "$config" "$work/in" -o "$work/killed" --plugin-dir "$build/tests/plugins" -j 2 >"$work/out" 2>&1 &
    victim=$!
    disown
    begins
    kill -KILL $victim
    rm "$work/in/4/zzzz.txt"
    run "$work/killed"
    check "killed with a document in hand, and again at once" [ $? -le 1 ]
    check "and says so" grep -q "the last run was cut off; this one goes on with what it had done: [1-9]" "$work/err"
done
printf 'chaos:hang\n' >"$work/in/0/000001.txt"
"$galley" run "$config" "$work/in" -o "$work/killed" --plugin-dir "$build/tests/plugins" -j 2 --set run.timeout=4s >"$work/out" 2>"$work/first" &
begins
sleep 0.3
kill -INT $!
wait $!
check "^C with a document in hand: exit status 130" [ $? -eq 130 ]
check "^C with a document in hand: says what is waited for" grep -q "stopping when what is in hand is done" "$work/first"
run "$work/killed" --set run.timeout=4s
check "after ^C: says that it goes on" grep -q "the last run was stopped; this one goes on" "$work/err"

# ---- two at once
printf 'chaos:slow\n' >"$work/in/0/000000.txt"
for i in 1 2 3 4 5 6 7 8 9; do printf 'chaos:slow\n' >"$work/in/0/00000$i.txt"; done
"$galley" run "$config" "$work/in" -o "$work/killed" --plugin-dir "$build/tests/plugins" -j 2 >"$work/first" 2>&1 &
sleep 0.3
run "$work/killed"
check "a second run into one output: exit status 3" [ $? -eq 3 ]
check "a second run names the first" grep -q "another run (process [0-9]*) is writing into '$work/killed'" "$work/err"
wait

finish
