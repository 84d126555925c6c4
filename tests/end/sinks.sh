#!/bin/bash
# What the sinks write is what others read: the schema, YAML, CSV, offsets.
# usage: tests/end/sinks.sh BUILD
set -u
. "$(dirname "$0")/expect.bash"
tests=$(realpath "$(dirname "$0")")
top=$tests/../..

"$galley" run desk "$top/samples" -o "$work/desk" -q 2>"$work/err"
python3 "$tests/schema.py" <"$work/desk/articles.jsonl" >"$work/out" 2>"$work/err" && ok || no "records of the samples are as the schema says"
check "one page for each sample" [ "$(ls "$work/desk/articles" | wc -l)" -eq "$(wc -l <"$work/desk/articles.jsonl")" ]

python3 "$tests/samples.py" <"$work/desk/articles.jsonl" >"$work/out" 2>"$work/err" && ok || no "the samples read as they should"

# ---- offsets, on what is hard to count
mkdir "$work/in"
python3 - "$work/in" <<'PY'
import pathlib, sys
text = (
    "Cafe\u0301 \U0001F600 opens in Marl\u00adshire\n\n"
    "The \U0001D518\U0001D52B\U0001D526 cafe\u0301 (\U0001F468\u200D\U0001F469\u200D\U0001F467) opened on 2 May 2023, "
    "#Caf\u00e9Day and @marl_cafe said. See https://example.org/\U0001F600?q=1 now.\n\n"
    "\u201cWe are \U0001F600 \U0001F600 very glad that it opened,\u201d said Ann Other, head of the "
    "Marlshire Cafe\u0301 Trust (MCT). \"MCT is e\u0301 \U0001F680 big,\" she said.\n")
folder = pathlib.Path(sys.argv[1])
(folder / "utf8.txt").write_bytes(text.encode())
(folder / "mark.txt").write_bytes(text.encode("utf-8-sig"))
(folder / "utf16.txt").write_bytes(text.encode("utf-16"))
(folder / "utf16be.txt").write_bytes(b"\xfe\xff" + text.encode("utf-16-be"))
(folder / "crlf.txt").write_bytes(text.replace("\n", "\r\n").encode())
(folder / "cp1252.txt").write_bytes(
    "Ferry \u2013 late\n\n\u201cIt was \u20ac5 late today,\u201d said Ann Other of Ferries. #Caf\u00e9 na\u00efve.\n".encode("cp1252"))
PY
for unit in codepoint byte utf16; do
    "$galley" run press "$work/in" -q --set jsonl.path="$work/$unit.jsonl" --set jsonl.offsets=$unit \
        --set jsonl.source_offsets=true 2>"$work/err"
    python3 "$tests/schema.py" <"$work/$unit.jsonl" >"$work/out" 2>"$work/err" && ok || no "offsets as $unit: the schema"
done

# ---- titles and names that are hard to write down
python3 - >"$work/lines.in" <<'PY'
import json
titles = [
    "a: b", "'single'", "\"double\" \\ back", "---", "- item", "# no comment", "true", "~", "2023-05-02", "1e3",
    "{a: b}", "[x]", "*ref", "&anchor", "!tag", "%yaml", "@at", "`tick`", "|", ">", "line\nbreak\n---\nend: x", "\ttab",
    "emoji \U0001F600 \U0001F468\u200D\U0001F469", "\u0627\u0644\u0639\u0631\u0628\u064a\u0629 \u202eRTL\u202c", "e\u0301",
    "\u0085next\u2028line\u2029para", "\x7f del \x9f c1", "\ufeffbom", "\ufffe\uffff", "null", "=1+1", "x" * 5000, " ",
]
uris = [
    "../../etc/passwd", "/etc/passwd", "..", ".", "a/b.txt", "a-b.txt", "a\\b.txt", "A/B.TXT", "\u00c9.txt", "\u00e9.txt",
    "con.txt", "-rf", "~", "x" * 255, "x" * 256, "\U0001F600" * 64, "a:b?c*d", "with space", "q\"uote", "a.b/c", ".hidden",
]
for number, title in enumerate(titles):
    print(json.dumps({"uri": f"titles/{number}", "title": title, "authors": [title, "Ann Other"], "text": title}))
for number, uri in enumerate(uris):
    print(json.dumps({"uri": uri, "title": f"T{number}", "text": "x"}))
for _ in range(30):
    print(json.dumps({"uri": "the/same.txt", "text": "x"}))
PY
cat >"$work/lines.cfg" <<'CFG'
galley = 1;
pipeline = (
  { use = "fetch.jsonl"; },
  { use = "clean.charset"; },
  { use = "emit.jsonl"; path = "${out}/lines.jsonl"; },
  { use = "emit.markdown"; path = "${out}/articles"; },
  { use = "emit.csv"; path = "${out}/articles.csv"; }
);
CFG
expect "hostile titles and names" 0 "84 written" "$galley" run "$work/lines.cfg" "$work/lines.in" -o "$work"
python3 "$tests/schema.py" <"$work/lines.jsonl" >"$work/out" 2>"$work/err" && ok || no "hostile titles: the schema"
check "pages, tables and offsets" python3 "$tests/sinks.py" "$work" "$work/in"
check "nothing beside the output" [ "$(cd "$work" && ls | sort | tr '\n' ' ')" = "articles articles.csv byte.jsonl codepoint.jsonl desk err in lines.cfg lines.in lines.jsonl out utf16.jsonl " ]
finish
