#!/bin/bash
# galley bench: a table or JSON, and nothing written where the config says.
# usage: tests/end/bench.sh BUILD
set -u
galley=$(realpath "$1")/galley
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export TMPDIR=$work
passed=0 failed=0

check() { # $1 what, then a command that must hold
    local what=$1
    shift
    if "$@" >"$work/said" 2>&1; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED $what"; head -5 "$work/said"; fi
}
sees() { grep -qF -- "$1" "$2"; }

cat >"$work/bench.cfg" <<CFG
galley = 1;
pipeline = (
  { use = "fetch.folder"; match = ["*.txt"]; },
  { use = "clean.charset"; },
  { use = "emit.jsonl"; path = "$work/mine.jsonl"; },
  { use = "emit.markdown"; path = "\${out}/pages"; }
);
CFG
mkdir "$work/in"
echo 'A line of text.' >"$work/in/a.txt"
echo 'Another one.' >"$work/in/b.txt"
echo 'kept' >"$work/mine.jsonl"

"$galley" bench "$work/bench.cfg" "$work/in" --rounds 3 >"$work/table" 2>"$work/err"
check "exit status" [ $? -eq 0 ]
check "documents and rounds are told" sees "2 documents of 0.0 kB, 3 rounds" "$work/table"
check "a line for each stage" sees "markdown  " "$work/table"
"$galley" bench "$work/bench.cfg" "$work/in" --rounds 1 --limit 1 --json >"$work/json"
check "JSON" python3 -c 'import json,sys
b = json.load(open(sys.argv[1]))
assert b["documents"] == 1 and b["bytes"] == 16 and b["rounds"] == 1 and b["us"] > 0, b
assert [s["use"] for s in b["stages"]] == ["fetch.folder", "clean.charset", "emit.jsonl", "emit.markdown"], b' "$work/json"
check "the user's file is as it was" sees kept "$work/mine.jsonl"
check "what was written is gone" [ -z "$(ls -d "$work"/galley-bench-* 2>/dev/null)" ]
mkdir "$work/none"
"$galley" bench "$work/bench.cfg" "$work/none" >"$work/out" 2>&1
check "no input is status 3" [ $? -eq 3 ]
"$galley" bench "$work/bench.cfg" "$work/in" --rounds 0 >"$work/out" 2>&1
check "no rounds is a usage error" [ $? -eq 2 ]

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
