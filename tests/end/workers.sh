#!/bin/bash
# Worker processes: the same bytes for any number of them, dry runs, progress, and
# exit statuses.
# usage: tests/end/workers.sh BUILD
set -u
galley=$(realpath "$1")/galley
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0

ok() { passed=$((passed + 1)); }
no() { failed=$((failed + 1)); echo "FAILED $1"; sed 's/^/    /' "$work/out" "$work/err" | head -20; }
check() {
    local what=$1
    shift
    if "$@"; then ok; else no "$what"; fi
}
run() { timeout 60 "$galley" run "$@" >"$work/out" 2>"$work/err" </dev/null; }

# 800 articles of many lengths, out of the samples
python3 - "$work/in" <<'PY'
import os, random, sys
rng, top = random.Random(1), sys.argv[1]
texts = [open("samples/" + n, "rb").read() for n in sorted(os.listdir("samples"))]
for i in range(800):
    folder = f"{top}/{i % 7}"
    os.makedirs(folder, exist_ok=True)
    with open(f"{folder}/{i:04d}.txt", "wb") as f:
        f.write(b"\n\n".join([texts[i % len(texts)]] + rng.choices(texts[:3], k=rng.randrange(1, 4) ** 3 // 9)))
PY
for j in 1 2 8; do
    run desk "$work/in" -o "$work/o$j" -j $j
    check "-j $j: exit status 0" [ $? -eq 0 ]
done
run desk "$work/in" -o "$work/o0" --no-isolate
for j in 2 8 0; do
    check "the same output for 1 and $j workers" diff -rq -x .galley -x .galley-names "$work/o1" "$work/o$j"
done
check "one record for each article" [ "$(wc -l <"$work/o1/articles.jsonl")" -eq 800 ]

run press "$work/in" -o "$work/limit" --limit 10 -j 2
check "--limit" [ "$(wc -l <"$work/limit/articles.jsonl")" -eq 10 ]
timeout 20 "$galley" run stream <"$work/in/0/0000.txt" >"$work/out" 2>"$work/err"
check "standard input to standard output" [ "$(wc -l <"$work/out")" -eq 1 ]

printf 'x' >"$work/in/other.bin"
run press "$work/in" -o "$work/dry" --dry-run
check "a dry run: exit status 0" [ $? -eq 0 ]
check "a dry run counts inputs by type" grep -q "800 .txt" "$work/out"
check "a dry run says what is ignored" grep -q "800 to read, 1 ignored" "$work/out"
check "a dry run writes nothing" [ ! -e "$work/dry" ]

run press "$work/in" -o "$work/json" --progress=json
check "events are JSON lines" python3 -c 'import json,sys; e=[json.loads(l) for l in open(sys.argv[1])]; s,n=e[0],e[-1]; assert s["event"]=="start" and s["stages"][0]=="fetch.folder" and n["event"]=="end" and n["written"]==800 and n["exit"]==0 and n["stages"] and n["slowest"] and n["inputs"]==801' "$work/err"
run press "$work/in" -o "$work/x" -j none
check "-j none is a usage error" [ $? -eq 2 ]
run press "$work/in" -o "$work/x" --progress=bar
check "--progress=bar is a usage error" [ $? -eq 2 ]

mkdir "$work/empty"
run press "$work/empty" -o "$work/x"
check "an empty folder: exit status 3" [ $? -eq 3 ]
check "an empty folder: said so" grep -q "there is no input" "$work/err"
mkdir "$work/binary" && printf x >"$work/binary/a.bin"
run press "$work/binary" -o "$work/x"
check "all ignored: exit status 3" [ $? -eq 3 ]
check "all ignored: said so" grep -q "all inputs are ignored" "$work/err"

# a full pipe: nothing is lost and nothing hangs
cat >"$work/out.cfg" <<'CFG'
galley = 1;
pipeline = ( { use = "fetch.folder"; }, { use = "clean.charset"; }, { use = "emit.jsonl"; } );
CFG
timeout 30 "$galley" run "$work/out.cfg" "$work/in" -q -j 2 2>"$work/err" | { sleep 1; cat; } >"$work/out"
check "a slow reader of standard output gets all" [ "$(wc -l <"$work/out")" -eq 800 ]
for how in "-j 2" --no-isolate; do
    timeout 30 "$galley" run "$work/out.cfg" "$work/in" $how 2>"$work/err" | head -1 >"$work/out"
    check "a reader that goes away is no fault: exit status 0 ($how)" [ "${PIPESTATUS[0]}" -eq 0 ]
    check "and the run ends without a word ($how)" [ ! -s "$work/err" ]
done

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
