#!/bin/bash
# The real binary, as people type it: what it prints, where, and its exit status.
# usage: tests/end/commands.sh BUILD
set -u
. "$(dirname "$0")/expect.bash"

expect version 0 "galley " "$galley" --version
expect "no command" 2 "commands:" "$galley"
expect "misspelt command" 2 "did you mean 'check'?" "$galley" chek
expect "misspelt flag" 2 "did you mean '--limit'?" "$galley" run --limti 3 x
expect "list" 0 "fetch.folder" "$galley" list
expect "list as JSON" 0 '"use":"clean.charset"' "$galley" list --json
expect "inspect" 0 "options" "$galley" inspect fetch.folder
expect "inspect a layer" 0 "speaker" "$galley" inspect quote/1
expect "inspect a misspelt stage" 2 "did you mean 'clean.charset'?" "$galley" inspect clean.charst

"$galley" list | cut -d' ' -f1 >"$work/stages"
for stage in $(cat "$work/stages"); do
    "$galley" inspect "$stage" --json | python3 -m json.tool >/dev/null 2>"$work/err" && ok || no "inspect $stage --json"
done
expect "inspect a layer as JSON" 0 '"choices":["direct","indirect"]' "$galley" inspect quote/1 --json
expect "inspect as Markdown" 0 '| `offsets` | choice | `codepoint` |' "$galley" inspect emit.jsonl --md
expect "list as Markdown" 0 '| `fetch.folder` | source |' "$galley" list --md
expect "a shipped config" 0 "fine" "$galley" check minimal "$work/stages"
expect "a misspelt shipped config" 2 "did you mean 'minimal'?" "$galley" check minimla

config=$work/min.cfg
cat >"$config" <<'CFG'
galley = 1;
pipeline = (
  { use = "fetch.folder"; match = ["*.txt"]; },
  { use = "clean.charset"; },
  { use = "emit.jsonl"; path = "${out}/articles.jsonl"; }
);
CFG
mkdir "$work/in" "$work/in/deep"
printf 'One\n\nText.\n' >"$work/in/a.txt"
printf 'caf\351\n' >"$work/in/deep/b.txt"
: >"$work/in/empty.txt"
printf x >"$work/in/one.txt"
printf 'a\0b\n' >"$work/in/nul.txt"
printf 'x' >"$work/in/other.bin"
expect "run" 0 "6 inputs = 5 written + 0 dropped + 0 failed + 1 ignored" "$galley" run "$config" "$work/in" -o "$work/o"
[ "$(wc -l <"$work/o/articles.jsonl")" -eq 5 ] && ok || no "five records"
python3 -c 'import json,sys; [json.loads(l) for l in open(sys.argv[1])]' "$work/o/articles.jsonl" 2>"$work/err" && ok || no "every line is JSON"
cp "$work/o/articles.jsonl" "$work/first"
"$galley" run "$config" "$work/in" -o "$work/o" -q
cmp -s "$work/first" "$work/o/articles.jsonl" && ok || no "the same bytes again"

mkfifo "$work/in/pipe.txt"
ln -s nowhere "$work/in/dangling.txt"
ln -s .. "$work/in/deep/loop"
expect "odd files never block" 1 "failed" "$galley" run "$config" "$work/in" -o "$work/o2" --accounts "$work/accounts"
[ "$(wc -l <"$work/accounts")" -eq 9 ] && ok || no "a line in the accounts for each of nine"
[ "$(grep -c '"outcome":"written"' "$work/accounts")" -eq 5 ] && ok || no "the five good ones are written"

mkdir "$work/elsewhere"
"$galley" check "$config" "$work/in" -o "$work/o" --resolved >"$work/elsewhere/a.cfg" 2>"$work/err"
"$galley" check "$work/elsewhere/a.cfg" --resolved >"$work/elsewhere/b.cfg" 2>"$work/err"
check "a resolved config reads back the same" cmp "$work/elsewhere/a.cfg" "$work/elsewhere/b.cfg"
expect "output below the input" 2 "below" "$galley" run "$config" "$work/in" -o "$work/in/out"
expect "no such input" 2 "$work/none" "$galley" run "$config" "$work/none" -o "$work/o3"
expect "full disk" 3 "write" "$galley" run "$config" "$work/in" -o "$work/o4" --set jsonl.path=/dev/full
[ -e "$work/o3" ] && no "nothing written after a config error" || ok

cat >"$work/bad.cfg" <<'CFG'
galley = 1;
pipeline = (
  { use = "fetch.foldr"; },
  { use = "clean.charset"; mojibak = true; },
  { use = "clean.charset"; id = "again"; when = "media = 'x'"; },
  { use = "emit.jsonl"; offsets = "codepints"; path = "${outt}/x"; pretty = 3; }
);
run = { timeout = 5; wokers = 2; };
CFG
expect "a config with many faults" 2 "did you mean" "$galley" check "$work/bad.cfg"
[ "$(grep -c 'bad.cfg:[0-9]*: error: ' "$work/err")" -ge 8 ] && ok || no "eight faults in one go"
printf 'not a plugin\n' >"$work/bad.thing.so"
mkdir "$work/plugins" && cp "$work/bad.thing.so" "$work/plugins/bad.thing.so"
for shipped in configs/*.cfg; do
    expect "$shipped can be checked before there is an input" 0 "fine" "$galley" check "$shipped"
done
expect "a folder in the place of a config" 2 "the config comes before its inputs" "$galley" run ./samples
expect "and one without a slash" 2 "galley run press samples" "$galley" run samples
expect "but not run" 2 "there is nothing to read" "$galley" run press
expect "a broken plugin is named" 1 "it is no shared object" "$galley" list --plugin-dir "$work/plugins"

finish
