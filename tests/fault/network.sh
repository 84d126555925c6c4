#!/bin/bash
# Stages with the network run in a process of their own, the worker's companion: it
# alone may open sockets, what a stage does there is what it would do in the worker,
# and a companion that goes down costs what a worker costs.
# usage: tests/fault/network.sh BUILD [ARTICLES KILLS]
set -u
. "$(dirname "$0")/lib.bash" "$1"
top=$(realpath "$(dirname "$0")/../..")
articles=${2:-600} kills=${3:-12}
config=$work/network.cfg
cat >"$config" <<'CFG'
galley = 1;
pipeline = (
  { use = "fetch.folder"; },
  { use = "clean.charset"; },
  { use = "test.parts"; },
  { use = "test.chaos"; },
  { use = "extract.tokens"; },
  { use = "test.network"; },
  { use = "extract.sentences"; },
  { use = "emit.jsonl"; path = "${out}/articles.jsonl"; },
  { use = "emit.csv"; path = "${out}/articles.csv"; }
);
run = { timeout = "30 s"; memory = "64 MiB"; };
CFG
run() { # $1 input, $2 output, then flags
    local in=$1 out=$2
    shift 2
    timeout 60 "$galley" run "$config" "$in" -o "$out" --plugin-dir "$build/tests/plugins" "$@" >"$work/out" 2>"$work/err"
}
# Whether all processes of a run are gone, soon.
gone() {
    for _ in $(seq 100); do
        pgrep -f "^$galley run .*$work" >/dev/null || return 0
        sleep 0.02
    done
    return 1
}

# ---- who may do what; for files only where the kernel has landlock
mkdir "$work/box"
deeds="network:talk chaos:socket chaos:inherit network:program network:trace"
python3 -c 'import ctypes, sys; sys.exit(ctypes.CDLL(None).syscall(444, None, 0, 1) < 1)' &&
    deeds="$deeds network:create network:overwrite" # landlock_create_ruleset
for deed in $deeds; do printf '%s\n' $deed >"$work/box/${deed/:/-}.txt"; done
run "$work/box" "$work/boxed"
check "the stage talks over the network, others open no socket; it runs no program, writes no file" [ $? -eq 0 ]
printf 'chaos:talk\n' >"$work/box/talk.txt"
run "$work/box" "$work/boxed" --fresh
check "a stage beside it cannot talk" grep -q "^box/talk.txt: error: failed in stage 'test.chaos': it could not talk" "$work/err"
run "$work/box" "$work/unboxed" --no-sandbox
for deed in $deeds; do
    [ $deed = network:talk ] || check "with --no-sandbox it can: $deed" grep -q "^box/${deed/:/-}.txt: error: failed" "$work/err"
done
check "and a stage beside it can talk" [ "$(grep -c talk "$work/err")" -eq 0 ]
run "$work/box" "$work/one" --no-isolate
check "so with --no-isolate" grep -q "^box/chaos-socket.txt: error: failed" "$work/err"

# ---- one bad article of many, each kind
mkdir "$work/in"
for i in $(seq -w 1 200); do
    printf 'Article %s\n\nThe ferry to the island leaves at %s.\n' "$i" "$i" >"$work/in/$i.txt"
done
run "$work/in" "$work/good" -j 2
while read -r deed cause; do
    printf 'Title\n\nnetwork:%s here\n' "$deed" >"$work/in/100.txt"
    case $deed in hang | spin | dawdle) limit=400ms ;; *) limit=30s ;; esac # a busy machine is no fault
    run "$work/in" "$work/$deed" -j 2 --set run.timeout=$limit
    check "$deed: exit status 1" [ $? -eq 1 ]
    check "$deed: one failure, with article, stage and cause" \
        grep -q "^in/100.txt: error: failed in stage 'test.network': .*$cause" "$work/err"
    check "$deed: one failure only" [ "$(grep -c 'error: failed' "$work/err")" -eq 1 ]
    check "$deed: 199 records" cmp -s <(grep -v 100.txt "$work/good/articles.jsonl") "$work/$deed/articles.jsonl"
done <<'DEEDS'
abort SIGABRT
segv SIGSEGV
exit exit(0)
stack SIGSEGV
heap crashed: SIG
kill SIGKILL
hang longer than 0.4 s
spin longer than 0.4 s
dawdle time was over
hog ran out of memory
fail told to fail
layer outside
DEEDS
check "nobody is left behind" gone
for deed in leak print slow; do
    printf 'Title\n\nnetwork:%s here\n' "$deed" >"$work/in/100.txt"
    run "$work/in" "$work/$deed" -j 2
    check "$deed: no failure" [ $? -eq 0 ]
done
printf 'network:idle\n' >"$work/in/100.txt" # it ends later, while the worker has the next
printf 'chaos:slow\n' >"$work/in/101.txt"
run "$work/in" "$work/idle" -j 1
check "a companion that ends with nothing to do costs no document" [ $? -eq 0 ]
rm "$work/in/101.txt"
for who in chaos network; do # either side speaks out of turn
    printf '%s:poke\n' $who >"$work/in/100.txt"
    run "$work/in" "$work/$who-poke" -j 2
    check "$who speaks out of turn: nothing is lost" [ $? -eq 0 ]
    check "$who speaks out of turn: the others are as without it" \
        cmp -s <(grep -v -e 100.txt -e 101.txt "$work/good/articles.jsonl") <(grep -v -e 100.txt "$work/$who-poke/articles.jsonl")
done
printf 'network:scribble\n' >"$work/in/100.txt"
run "$work/in" "$work/scribble" -j 2
check "scribbling over shared memory costs its own document at most" [ "$(records "$work/scribble/articles.jsonl")" -ge 198 ]
check "and no other" [ "$(grep 'error: failed' "$work/err" | grep -vc '^in/100.txt')" -eq 0 ]
for i in $(seq 110 150); do printf 'network:leak %s\n' "$i" >"$work/in/$i.txt"; done
rm "$work/in/100.txt"
(ulimit -n 256; run "$work/in" "$work/leaks" -j 2)
check "descriptors that leak end it in time, not a document" [ "$(records "$work/leaks/articles.jsonl")" = 198 ]

# ---- the same bytes for any number of workers, and in one process
rm -rf "$work/many" && mkdir "$work/many"
for i in $(seq -w 1 200); do printf 'Text %s\n' "$i" >"$work/many/$i.txt"; done
for i in 001 002 050 051 120 199 200; do printf 'network:abort %s\n' $i >"$work/many/$i.txt"; done
for i in $(seq -w 60 90); do { for k in a b c; do printf '=== %s\nPart %s.\n' $k $k; done; } >"$work/many/0$i.txt"; done
printf '=== a\nOne.\n=== b\nnetwork:segv\n=== c\nThree.\n' >"$work/many/070.txt"
for j in 1 2 8; do
    run "$work/many" "$work/many$j" -j $j
    check "seven crashes at -j $j" [ "$(grep -c 'SIGABRT' "$work/err")" -eq 7 ]
    check "a child that crashes is lost alone, at -j $j" grep -q "^many/070.txt!/b: error: failed in stage 'test.network': crashed: SIGSEGV" "$work/err"
    check "the same bytes at -j $j" same "$work/many1" "$work/many$j"
done
run "$work/many" "$work/recycled" -j 2 --set run.recycle=7
check "recycled workers change nothing" same "$work/many1" "$work/recycled"

# ---- every stage there is, apart from its worker: what it does arrives
parts=$work/parts.cfg
sed 's/test.network/extract.quotes/' "$config" >"$parts"
rm "$work/many"/{001,002,050,051,070,120,199,200}.txt
same_apart() { # $1 what is apart, $2 config, $3 input
    "$galley" run "$2" "$3" -o "$work/together" --fresh --plugin-dir "$build/tests/plugins" >"$work/out" 2>"$work/err"
    check "$1: all is well together" [ $? -eq 0 ]
    "$galley" run "$2" "$3" -o "$work/apart" --fresh --plugin-dir "$work/flagged" --plugin-dir "$build/tests/plugins" >"$work/out" 2>"$work/err"
    check "$1: the same apart" same "$work/together" "$work/apart"
    rm -rf "$work/together" "$work/apart" "$work/flagged"
}
pages=$work/pages-in
mkdir "$pages" && cp "$top"/plugins/clean/html/golden/*/in.html "$pages/" 2>/dev/null
for golden in "$top"/plugins/clean/html/golden/*/in.html; do name=${golden%/in.html}; cp "$golden" "$pages/${name##*/}.html"; done
built=("$build"/plugins/*.so "$build"/tests/plugins/test.{parts,chaos}.so)
for step in 0 1 2; do # all; every other one; the others
    some=()
    for n in "${!built[@]}"; do [ $step -eq 0 ] || [ $((n % 2 + 1)) -eq $step ] && some+=("${built[n]}"); done
    for what in "desk $top/samples" "pages $pages" "$parts $work/many"; do
        mkdir -p "$work/flagged" && python3 "$top/tests/fault/flag.py" "$work/flagged" "${some[@]}"
        # shellcheck disable=SC2086
        same_apart "${#some[@]} stages of ${what%% *}" $what
    done
done

# ---- the first process of a container buries whom its workers leave behind
if unshare -pf true 2>/dev/null; then
    mkdir "$work/graves"
    for i in $(seq -w 1 12); do printf 'chaos:segv\n' >"$work/graves/$i.txt"; done
    for i in $(seq 13 16); do printf 'chaos:slow\n' >"$work/graves/$i.txt"; done
    check "a container's galley leaves no dead companions" [ "$(python3 - unshare -pf "$galley" run "$config" "$work/graves" \
        -o "$work/buried" --plugin-dir "$build/tests/plugins" -j 1 <<'PY'
import subprocess, sys, time
def states(pid, depth=0):
    for child in open(f"/proc/{pid}/task/{pid}/children").read().split():
        try:
            yield open(f"/proc/{child}/stat").read().rsplit(")", 1)[1].split()[0]
            yield from states(child)
        except OSError:
            pass
run, dead = subprocess.Popen(sys.argv[1:], stderr=subprocess.DEVNULL), [0]
while run.poll() is None:
    dead.append(list(states(run.pid)).count("Z"))
    time.sleep(0.01)
print(min(dead[-20:-3]) if len(dead) > 25 else len(dead))
PY
)" = 0 ]
fi

# ---- what users are told
"$galley" check "$config" "$work/in" -o "$work/x" --plugin-dir "$build/tests/plugins" 2>"$work/err"
check "check names the stage" grep -q "fine, 9 stages; with the network, in a process of its own: network$" "$work/err"
"$galley" inspect test.network --plugin-dir "$build/tests/plugins" >"$work/out" 2>"$work/err"
check "inspect tells of it" grep -q "^network  yes" "$work/out"
"$galley" doctor --plugin-dir "$build/tests/plugins" >"$work/out" 2>"$work/err"
check "doctor tells of it" grep -q "network .*in processes of their own: test.network" "$work/out"

# ---- kill -9 of the supervisor, a worker or a companion, at any time
small_articles "$work/long" "$articles" 100 abort
sed -i 's/chaos:abort/network:abort/' $(grep -rl chaos: "$work/long")
run "$work/long" "$work/quiet" -j 2
read -r killed lost left <<<"$(python3 - "$kills" "$work" "$galley" run "$config" "$work/long" -o "$work/killed" --plugin-dir "$build/tests/plugins" -j 2 <<'PY'
import os, random, shutil, signal, subprocess, sys, time
kills, work, command, rng = int(sys.argv[1]), sys.argv[2], sys.argv[3:], random.Random(5)
killed, lost, left, span = [0, 0, 0], 0, 0, 0.1
below = lambda pid: [int(c) for c in open(f"/proc/{pid}/task/{pid}/children").read().split()]
def alive(pid):
    try:
        return open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()[0] not in "ZX"
    except OSError:
        return False
for turn in range(kills * 10):
    began = time.monotonic()
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(rng.uniform(0.002, span))
    level, family = min(range(3), key=lambda k: killed[k]), []
    try:
        workers = below(run.pid)
        companions = [c for w in workers for c in below(w)]
        family = [run.pid] + workers + companions
        victims = ([run.pid], workers, companions)[level]
        if victims and run.poll() is None:
            os.kill(rng.choice(victims), signal.SIGKILL)
            killed[level] += 1
    except OSError:
        pass  # it was quicker
    if run.wait() in (0, 1):
        span = max(0.05, time.monotonic() - began)
        lost += subprocess.run(["diff", "-rq", "-x", ".galley", "-x", "*.note.json", work + "/quiet", work + "/killed"],
                               stdout=subprocess.DEVNULL).returncode != 0
        shutil.rmtree(work + "/killed", ignore_errors=True)
    until = time.monotonic() + 2
    while any(map(alive, family)) and time.monotonic() < until:
        time.sleep(0.005)
    left += sum(map(alive, family))
    if sum(killed) >= kills:
        break
print("+".join(map(str, killed)), lost, left)
PY
)"
echo "$killed kills of supervisors, workers, companions"
check "each run that came to its end gave what a quiet run gives" [ "$lost" -eq 0 ]
check "nobody outlived its run" [ "$left" -eq 0 ]
check "it was killed $kills times" [ $((killed)) -ge "$kills" ]
run "$work/long" "$work/killed" -j 2
check "the last run: what a quiet run gives" same "$work/quiet" "$work/killed"
check "nobody is left behind at the end" gone
finish
