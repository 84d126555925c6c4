#!/bin/bash
# JSON lines in and out: galley's own records read again say the same.
# usage: tests/end/lines.sh BUILD
set -u
. "$(dirname "$0")/expect.bash"
top=$(dirname "$0")/../..

"$galley" run press "$top/samples" -o "$work/first" -q 2>"$work/err"
expect "own records again" 0 "" "$galley" run lines "$work/first/articles.jsonl"
cp "$work/out" "$work/again.jsonl"
check "the same names, titles and texts" python3 - "$work/first/articles.jsonl" "$work/again.jsonl" <<'PY'
import json, sys
first, again = ([json.loads(line) for line in open(name, encoding="utf8")] for name in sys.argv[1:])
keys = ("id", "uri", "title", "text", "lang")
assert len(first) == len(again) > 10
for a, b in zip(first, again):
    for key in keys:
        assert a.get(key) == b.get(key), (a["uri"], key, a.get(key), b.get(key))
PY
"$galley" run lines - <"$work/first/articles.jsonl" >"$work/piped.jsonl" 2>"$work/err"
check "from standard input the same bytes" cmp "$work/again.jsonl" "$work/piped.jsonl"

mkdir "$work/in"
printf '{"text":"good"}\n{"text":"cut\n' >"$work/in/a.jsonl"
mkfifo "$work/in/b.jsonl"
printf '{"text":"also good"}' >"$work/in/c.ndjson"
expect "a folder of lines" 1 "4 inputs = 2 written + 0 dropped + 2 failed + 0 ignored" "$galley" run lines "$work/in"
expect "a broken line is named" 1 "a.jsonl:2:" "$galley" run lines "$work/in"
expect "standard input beside files" 2 "give '-' alone" "$galley" run lines - "$work/in"
finish
