#!/bin/bash
# A saved page through the pages pipeline: the article, its map back, what went.
# usage: tests/end/pages.sh BUILD
set -u
cd "$(dirname "$0")/../.." || exit 1
galley=$1/galley passed=0 failed=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
ok() { passed=$((passed + 1)); }
no() { failed=$((failed + 1)); echo "FAILED: $1"; }

"$galley" run configs/pages.cfg samples/walks.html -o "$work" -q || no "the pages pipeline"
python3 - "$work/articles.jsonl" <<'PY' && ok || no "the record of samples/walks.html"
import json, sys
r = json.loads(open(sys.argv[1], encoding="utf8").readline())
assert r["media"] == "text/html", r["media"]
assert "Spring is the best time" in r["text"] and "All rights reserved" not in r["text"], r["text"]
assert [b for b in r["blocks"] if b["type"] == "heading"], r["blocks"]
assert r["quotes"][0]["text"].startswith("We have walked"), r.get("quotes")
assert {"navigation", "footer", "related"} <= {x["rule"] for x in r["removed"]}
PY

# Pages that would take a careless reader for ever end in time, and within memory.
mkdir "$work/in"
python3 - "$work/in" <<'PY'
import sys
for name, page in {"divs": "<div>" * 100000, "attr": "<p title='" + "x" * 1000000 + "'>text",
                   "script": "<p>text</p><script>" + "if (a<b) " * 100000, "less": "<" * 3000000,
                   "tables": "<table><tr><td>x" * 50000}.items():
    open(f"{sys.argv[1]}/{name}.html", "w").write(page)
PY
(ulimit -v 1500000; timeout 30 "$galley" run configs/pages.cfg "$work/in" -o "$work/out" -q)
[ $? -le 1 ] && [ "$(wc -l <"$work/out/articles.jsonl")" -ge 5 ] && ok || no "pathological pages"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
