#!/bin/bash
# Packed files: whole, in several members, cut short, damaged, too large inside.
# usage: tests/end/gzip.sh BUILD
set -u
galley=$(realpath "$1")/galley
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0

ok() { passed=$((passed + 1)); }
no() { failed=$((failed + 1)); echo "FAILED $1"; sed 's/^/    /' "$work/err" | head; }

mkdir "$work/in"
printf 'One\n\nFirst text.\n' | gzip -n >"$work/in/one.txt.gz"
cat "$work/in/one.txt.gz" "$work/in/one.txt.gz" >"$work/in/two.txt.gz"
head -c 30 "$work/in/one.txt.gz" >"$work/in/cut.txt.gz"
(head -c 14 "$work/in/one.txt.gz"; head -c 40 /dev/zero | tr '\0' '\377') >"$work/in/damaged.txt.gz"
head -c 3000000 /dev/zero | gzip -n >"$work/in/large.txt.gz"
printf '<p>Page</p>\n' | gzip -n >"$work/in/page.html.gz"
printf 'no gzip at all\n' >"$work/in/plain.txt.gz"

cat >"$work/gzip.cfg" <<'CFG'
galley = 1;
pipeline = (
  { use = "fetch.folder"; max_bytes = "1 MiB"; },
  { use = "clean.charset"; },
  { use = "emit.jsonl"; path = "-"; }
);
CFG
"$galley" run "$work/gzip.cfg" "$work/in" >"$work/out" 2>"$work/err"
[ $? -eq 1 ] && ok || no "some failed"
grep -q '7 inputs = 4 written + 0 dropped + 3 failed' "$work/err" && ok || no "each is accounted for"
grep -q 'one.txt.gz.*"text":"One\\n\\nFirst text.\\n"' "$work/out" && ok || no "a whole file"
grep -q 'two.txt.gz.*First text.\\nOne\\n' "$work/out" && ok || no "two members are joined"
grep -q 'page.html.gz","media":"text/html"' "$work/out" && ok || no "a page is a page"
grep -q 'no gzip at all' "$work/out" && ok || no "plain text under a wrong name"
grep -q 'cut.txt.gz.*is cut short' "$work/err" && ok || no "a cut file is named"
grep -q 'damaged.txt.gz.*damaged' "$work/err" && ok || no "a damaged file is named"
grep -q 'large.txt.gz.*max_bytes' "$work/err" && ok || no "what is too large inside"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
