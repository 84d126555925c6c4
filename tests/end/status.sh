#!/bin/bash
# galley status and galley explain, as someone would ask who was not there.
# usage: tests/end/status.sh BUILD
set -u
. "$(dirname "$0")/expect.bash"
build=$(realpath "$1")

cat >"$work/c.cfg" <<'CFG'
galley = 1;
pipeline = (
  { use = "fetch.folder"; },
  { use = "clean.charset"; },
  { use = "test.parts"; },
  { use = "test.chaos"; },
  { use = "emit.jsonl"; path = "${out}/articles.jsonl"; keys = ["uri", "text"]; },
  { use = "emit.markdown"; path = "${out}/pages"; }
);
run = { timeout = "5 s"; };
CFG
run() { timeout 30 "$galley" run "$work/c.cfg" "$work/in" -o "$work/o" --plugin-dir "$build/tests/plugins" "$@" >"$work/out" 2>"$work/err"; }
json() { # $1 the command, $2 python that is true of s
    "$galley" "$1" "$work/o" "${@:3}" --json 2>"$work/err" | python3 -c "import json,sys; s=json.load(sys.stdin); assert $2, s"
}
mkdir -p "$work/in/deep"
for i in 1 2 3 4 5; do printf 'Title %s\n\nText.\n' $i >"$work/in/$i.txt"; done
printf 'chaos:abort\n' >"$work/in/bad.txt"
printf 'chaos:fail\n' >"$work/in/deep/worse.txt"
printf 'chaos:slow\n' >"$work/in/slow.txt"
printf 'Late\n\nText.\n' >"$work/in/deep/1.txt"
printf '=== a\nOne.\n=== b\nchaos:fail\n' >"$work/in/parts.txt"
odd=$'in\e[31mred.txt'
printf 'chaos:fail\n' >"$work/in/$odd"

expect "status of a folder without accounts" 3 "no run has left accounts here" "$galley" status "$work"
expect "explain there too" 3 "no run has left accounts here" "$galley" explain "$work" x
run
check "no escape sequence of a name reaches the terminal" grep -qF 'in\x1B[31mred.txt: error: failed' "$work/err"
check "the summary says where things are" grep -q "^4 that failed are kept in $work/o/quarantine" "$work/err"
check "and what to type" grep -q "^to see what and why:  galley status $work/o" "$work/err"
check "to try them again" grep -q "^to try those again:   galley run .* --from-failed" "$work/err"
expect "status: some failed" 1 "the last run ended 20" "$galley" status "$work/o"
check "status: the accounts" grep -q "^11 inputs = 7 written + 0 dropped + 3 failed + 0 ignored + 1 split into 2" "$work/out"
check "status: grouped by stage and reason" grep -q "^         2 test.chaos: it was told to fail" "$work/out"
check "status: the slowest" grep -q " s in/slow.txt" "$work/out"
check "status: what is kept" grep -q "o/quarantine: 4 that failed, 1 of them from inside others" "$work/out"
check "status: nor there" grep -qF 'in\x1B[31mred.txt' "$work/out"
check "status: what to type next" grep -q "^  galley run .* --from-failed$" "$work/out"
check "status as JSON" json status 's["failed"] == 3 and s["state"] == "finished" and s["kept"]["documents"] == 4 and s["kinds"][0]["count"] == 2 and s["slowest"][0]["uri"] == "in/slow.txt" and s["next"].endswith("--from-failed")'

expect "explain: an input that failed" 1 "in/bad.txt: failed in stage 'test.chaos': crashed: SIGABRT" "$galley" explain "$work/o" bad.txt
check "explain: its bytes" grep -q "its bytes .*o/quarantine/bad\..*\.txt" "$work/out"
check "explain: the command to try it again" grep -q "try again .*galley run .*in/bad.txt --no-isolate" "$work/out"
expect "explain: by its path" 1 "in/deep/worse.txt: failed" "$galley" explain "$work/o" "$work/in/deep/worse.txt"
expect "explain: an input that was written" 0 "in/2.txt: written" "$galley" explain "$work/o" in/2.txt
check "explain: the page" grep -q "record in .*o/pages: .*2.md" "$work/out"
at=$(sed -n 's/.*articles.jsonl: bytes \([0-9]*\) to.*/\1/p' "$work/out") to=$(sed -n 's/.*articles.jsonl: bytes [0-9]* to \([0-9]*\)$/\1/p' "$work/out")
tail -c +$((at + 1)) "$work/o/articles.jsonl" | head -c $((to - at)) >"$work/record"
check "explain: the record lies there" python3 -c 'import json,sys; assert json.load(open(sys.argv[1]))["uri"] == "in/2.txt"' "$work/record"
expect "explain: what is inside" 1 "it was told to fail" "$galley" explain "$work/o" 'parts.txt!/b'
expect "explain: a name that several have" 2 "may be 2 inputs" "$galley" explain "$work/o" 1.txt
expect "explain: a whole uri is one" 0 "in/1.txt: written" "$galley" explain "$work/o" in/1.txt
expect "explain: a name mistyped" 3 "did you mean 'in/bad.txt'?" "$galley" explain "$work/o" bda.txt
expect "explain: nothing near" 3 "is no input of" "$galley" explain "$work/o" zzzzzzzzzzzzzzz
expect "explain: no document" 2 "which document?" "$galley" explain "$work/o"
check "explain as JSON" json explain 's["outcome"] == "failed" and s["kept"][0]["file"].startswith("bad.")' bad.txt

# children that failed are tried again as well, and mended ones go
sed -i 's/chaos:/quiet:/' "$work/in/bad.txt" "$work/in/deep/worse.txt" "$work/in/parts.txt" "$work/in/$odd"
run --from-failed
expect "status: all is well" 0 "11 inputs = 10 written + 0 dropped + 0 failed + 0 ignored + 1 split into 2" "$galley" status "$work/o"
check "nothing is kept" [ ! -e "$work/o/quarantine" ]
check "nothing to type" json status 's["next"] is None and s["state"] == "finished"'

# while it runs, when it was stopped, when it was cut off
for i in $(seq 20 60); do printf 'chaos:slow\n' >"$work/in/$i.txt"; done
"$galley" run "$work/c.cfg" "$work/in" -o "$work/o" --plugin-dir "$build/tests/plugins" -j 1 2>"$work/err" &
runner=$!
sleep 0.6
check "status while it runs" json status 's["running"] and s["state"] == "running"'
kill -9 $runner
wait $runner 2>/dev/null
sleep 0.3 # its workers end soon after
check "status of a run that was cut off" json status 's["state"] == "cut off" and not s["next"].endswith("--from-failed")'
"$galley" run "$work/c.cfg" "$work/in" -o "$work/o" --plugin-dir "$build/tests/plugins" -j 1 2>"$work/err" &
sleep 0.5
kill -INT $!
wait $!
check "status of a run that was stopped" json status 's["state"] == "stopped" and s["last_run"]["exit"] == 130'
mkdir "$work/mixed"
printf 'Title\n\nText.\n' >"$work/mixed/a.txt"
printf 'p { }\n' >"$work/mixed/b.css"
"$galley" run configs/minimal.cfg "$work/mixed" -o "$work/m" -q
expect "status: what was ignored" 0 "ignored by stage and reason" "$galley" status "$work/m"
check "status: which and why" grep -q "^         1 fetch.folder: matches no pattern of 'match'" "$work/out"
check "status: by name" grep -q "^           mixed/b.css" "$work/out"
finish
