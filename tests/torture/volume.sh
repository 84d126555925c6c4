#!/bin/bash
# One poisoned article of a hundred, of all kinds, in many: those fail and no other,
# and every sink holds each of the others once.
# usage: tests/torture/volume.sh BUILD [ARTICLES]
set -u
. "$(dirname "$0")/../fault/lib.bash" "$1"
articles=${2:-100000}
three_sinks "$work/three.cfg" 'memory = "64 MiB";'
small_articles "$work/in" "$articles" 100 "abort segv exit stack heap kill hog fail layer"
began=$(date +%s%N)
"$galley" run "$work/three.cfg" "$work/in" -o "$work/out" --plugin-dir "$build/tests/plugins" \
    --accounts "$work/accounts" 2>"$work/err"
check "exit status 1" [ $? -eq 1 ]
echo "$articles articles in $((($(date +%s%N) - began) / 1000000)) ms: $(tail -1 "$work/err")"

python3 - "$work" "$articles" >"$work/err" <<'PY'
import collections, csv, json, os, sys
work, count = sys.argv[1], int(sys.argv[2])
bad = {f"in/{i % 5}/{i:06d}.txt" for i in range(count) if i % 100 == 50}
good = {f"in/{i % 5}/{i:06d}.txt" for i in range(count)} - bad
lost = 0

def compare(what, seen, wanted):
    global lost
    seen = collections.Counter(seen)
    for uri, times in seen.items():
        if times > 1 or uri not in wanted:
            lost += 1
            print(f"{what}: {uri} {times} times" if uri in wanted else f"{what}: {uri} is none of them")
    for uri in wanted - set(seen):
        lost += 1
        print(f"{what}: {uri} is missing")

csv.field_size_limit(1 << 30)
accounts = [json.loads(line) for line in open(f"{work}/accounts")]
compare("failed", [a["uri"] for a in accounts if a["outcome"] == "failed"], bad)
compare("written", [a["uri"] for a in accounts if a["outcome"] == "written"], good)
compare("jsonl", [json.loads(line)["uri"] for line in open(f"{work}/out/articles.jsonl")], good)
rows = csv.DictReader(open(f"{work}/out/articles.csv", newline=""))
compare("csv", [row["uri"] for row in rows], good)
notes = [json.load(open(f"{work}/out/quarantine/{name}"))["uri"]
         for name in os.listdir(f"{work}/out/quarantine") if name.endswith(".note.json")]
compare("quarantine", notes, bad)
pages = sum(name.endswith(".md") for _, _, names in os.walk(f"{work}/out/pages") for name in names)
if pages != len(good):
    lost += 1
    print(f"markdown: {pages} pages of {len(good)}")
sys.exit(lost != 0)
PY
check "failed = quarantine = poison, exactly; the others once in each sink" [ $? -eq 0 ]
finish
