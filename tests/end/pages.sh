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

# A page saved as one file holds its pictures and fonts as megabytes of base64: they cost
# little time, and memory for the page alone.
python3 - "$work/single.html" <<'PY'
import base64, sys
blob = base64.b64encode(bytes(range(256)) * 8000).decode()
text = "The story of the harbour goes on in this paragraph, which is as long as others, and has a comma."
with open(sys.argv[1], "w") as page:
    page.write("<!DOCTYPE html><html><!--\n Page saved with SingleFile \n url: https://marl.example/boats \n--><title>Boats</title>")
    page.write(f"<style>@font-face{{src:url(data:font/woff2;base64,{blob})}}</style><article><h1>Boats</h1>")
    for i in range(4):
        page.write(f'<p>{i}. {text}</p><img src="data:image/png;base64,{blob}">')
    page.write(f'</article><div style="background:url(data:image/png;base64,{blob})"></div>')
PY
(ulimit -v 1500000; timeout 20 "$galley" run configs/pages.cfg "$work/single.html" -o "$work/single" -q --set run.memory='64 MiB')
python3 - "$work/single/articles.jsonl" <<'PY' && ok || no "a page of SingleFile"
import json, sys
r = json.loads(open(sys.argv[1], encoding="utf8").readline())
assert r["bytes"] > 16_000_000 and r["url"] == "https://marl.example/boats" and r["title"] == "Boats", r
assert r["text"].count("story of the harbour") == 4 and len(r["text"]) < 500, r["text"]
PY

# What a site repeats is learnt in one run and goes in the next, whatever the number of workers.
mkdir "$work/site"
python3 - "$work/site" <<'PY'
import sys
said = {"bridge": "The bridge was opened again on Monday, after a year in which carts had to go round by the ford.",
        "school": "A school of forty children has won the cup of the county, against three that are ten times as large.",
        "market": "The market will move from the square to the quay in May, because the square is to be paved anew."}
for name, text in said.items():
    open(f"{sys.argv[1]}/{name}.html", "w").write(
        f"<link rel=canonical href=https://marl.example/{name}><article><h1>{name}</h1><p>{text}</p><p>It took a "
        "long time, the mayor said on the radio, and nobody in the town will forget it for as long as they live "
        f"({name}).</p><p>This paper is made by eleven people above the bakery and is paid for by its readers.</p></article>")
PY
for j in 1 3; do
    "$galley" run configs/learn-repeats.cfg "$work/site" -o "$work/learned$j" -j $j -q || no "learning with $j workers"
done
cmp -s "$work/learned1/repeats.txt" "$work/learned3/repeats.txt" && ok || no "the same is learnt by one and by three"
"$galley" run configs/pages.cfg "$work/site" -o "$work/less" -q --set repeats.learned="$work/learned1/repeats.txt"
[ "$(grep -c '"rule":"repeats"' "$work/less/articles.jsonl")" -eq 3 ] && ok || no "what three pages repeat"
"$galley" run configs/pages.cfg "$work/site" -o "$work/counted" -j 2 --set repeats.learned="$work/learned1/repeats.txt" 2>&1 |
    grep -qx "counted: repeats texts 3" && ok || no "the summary tells what stages counted"
"$galley" run configs/pages.cfg "$work/site" -o "$work/none" --set repeats.learned=configs/pages.cfg 2>&1 |
    grep -q "is no file that emit.repeats wrote; 'galley run learn-repeats" && ok || no "a file that is none"

# Names as mirrors and old systems have them.
mkdir "$work/names"
for name in A.HTM 'index.php?id=3' 'page.html@p=2' 'b.MHT' style.css; do
    cp samples/walks.html "$work/names/$name"
done
printf 'Content-Type: text/html\n\n' | cat - samples/walks.html >"$work/names/b.MHT"
"$galley" run configs/pages.cfg "$work/names" -o "$work/named" 2>"$work/told"
grep -q "^5 inputs = 4 written + 0 dropped + 0 failed + 1 ignored" "$work/told" &&
    [ "$(grep -c '"media":"text/html".*Spring is the best time' "$work/named/articles.jsonl")" -eq 4 ] && ok || no "names of pages"

# A page that changed is learnt again, and no other; parts of a run are put together.
sed -i 's/eleven people/twelve people/' "$work/site/bridge.html"
"$galley" run configs/learn-repeats.cfg "$work/site" -o "$work/learned1" 2>&1 |
    grep -q "= 1 written .* 2 unchanged" && ok || no "one page is learnt again"
for i in 1 2; do "$galley" run configs/learn-repeats.cfg "$work/site" -o "$work/parts" -q --shard $i/2; done
"$galley" merge "$work/parts" >/dev/null 2>&1
cmp -s "$work/learned1/repeats.txt" "$work/parts/repeats.txt" && ok || no "what parts have learnt"

# Rules for sites: which file fits, what it does, what is passed over and why.
mkdir "$work/rules"
printf 'body: //article\nauthor: //p[.//b]\nwrap_in(b): x\nstrip: //h1\n' >"$work/rules/marl.example.txt"
"$galley" inspect clean.html --rules "$work/rules" www.marl.example no.example "$work/site/school.html" >"$work/told" || no "inspect --rules"
for line in "www.marl.example: marl.example.txt, 2 lines used, 2 passed over" "no.example: no rule fits it" \
    "passed over: '//b]' is beyond the XPath" "passed over: the markup is not rewritten" "used: 1 element, 1 words"; do
    grep -qF "$line" "$work/told" && ok || no "inspect --rules says '$line'"
done
"$galley" inspect clean.html --rules "$work/rules" | grep -qx "1 file with rules; name a host or a page to see what is in one" && ok || no "inspect --rules lists the files"
printf 'body: //*[\nstrip_id_or_class: aside\n' >"$work/rules/odd.example.txt"
printf 'body: //*[\n' >"$work/rules/none.example.txt"
"$galley" inspect clean.html --rules "$work/rules" | grep -qx "none.example.txt: 0 lines used, 1 passed over" && ok || no "inspect --rules lists a file of which nothing is used"
"$galley" inspect clean.html --rules "$work/rules" https://www.marl.example/a/b | grep -q "^www.marl.example: marl.example.txt" && ok || no "inspect --rules takes an address"
"$galley" inspect clean.html --rules "$work/rules" "$work/gone.html" | grep -q "gone.html: cannot be read" && ok || no "inspect --rules says that a page is not there"
printf '<link rel=canonical href="https://odd.example/"><p class=aside>x<p id=aside2>y' >"$work/odd.html"
"$galley" inspect clean.html --rules "$work/rules" "$work/odd.html" | grep -qx "        used: 2 elements" && ok || no "inspect --rules counts what strip_id_or_class names"
"$galley" inspect clean.text --rules "$work/rules" 2>/dev/null
[ $? -eq 2 ] && ok || no "a stage without rules is a usage error"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
