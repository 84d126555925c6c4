#!/bin/bash
# One line out for each line in, in order, by its id, at once: galley as a filter
# in somebody else's pipe.
# usage: tests/end/bridge.sh BUILD
set -u
. "$(dirname "$0")/expect.bash"
plugins=$(realpath "$1")/tests/plugins

cat >"$work/in" <<'LINES'
{"id":17,"text":"The first line came early."}
{"id":"a\"b","title":"It has no text"}
this is no JSON

{"id":"x-3","text":"The third line came late."}
{"text":"Nobody named it."}
{"id":8,"text":"cut
{"id":9,"uri":"known","text":"It has a name and an id."}
{"id":10,"uri":"known","text":"It has a name that is taken."}
LINES
cat >"$work/answers.py" <<'PY'
import json, sys
got = [json.loads(line) for line in open(sys.argv[1], encoding="utf8")]
ids = [r["id"] for r in got]
assert ids[:2] == [17, 'a"b'] and ids[4] == "x-3" and ids[6:] == [8, 9, 10], ids
assert len(got) == 9 and all(len(ids[i]) == 32 for i in (2, 3, 5)), ids
errors = [i for i, r in enumerate(got) if "error" in r]
assert errors == [1, 2, 3, 6], errors
assert all(set(got[i]) == {"id", "error"} for i in errors)
assert "stdin:7:" in got[6]["error"] and "blank" in got[3]["error"]
assert all("text" in r for r in got if "error" not in r)
PY
for how in "" "-j 2" "--no-isolate"; do
    "$galley" run lines - -q $how <"$work/in" >"$work/out" 2>"$work/err"
    [ $? -eq 1 ] && ok || no "some lines failed ${how}"
    check "answers by id $how" python3 "$work/answers.py" "$work/out"
done
"$galley" run lines - -q --set jsonl.answers=false <"$work/in" >"$work/out" 2>"$work/err"
check "without answers only records" test "$(wc -l <"$work/out")" -eq 5
expect "an answer is one line" 2 "pretty" "$galley" run lines - --set jsonl.pretty=true

# What is dropped, what crashes, what has no place in this output.
cat >"$work/odd.cfg" <<'CFG'
galley = 1;
pipeline = (
  { use = "fetch.jsonl"; },
  { use = "clean.charset"; },
  { use = "test.chaos"; },
  { use = "emit.jsonl"; when = "meta.lang != 'de'"; path = "-"; keys = ["id"]; answers = true; }
);
CFG
printf '{"id":%d,"text":"%s","lang":"%s"}\n' 1 fine en 2 "chaos:segv" en 3 Gut de 4 fine en 5 chaos:drop en >"$work/odd"
"$galley" run "$work/odd.cfg" - -q --plugin-dir "$plugins" <"$work/odd" >"$work/out" 2>"$work/err"
cat >"$work/odd.py" <<'PY'
import json, sys
got = [json.loads(line) for line in open(sys.argv[1])]
assert [r["id"] for r in got] == [1, 2, 3, 4, 5], got
assert "dropped in stage" in got[4]["error"] and "SIGSEGV" in got[1]["error"] and "'when'" in got[2]["error"], got
assert "error" not in got[0] and "error" not in got[3], got
PY
check "a crash and a condition are answered" python3 "$work/odd.py" "$work/out"

# A consumer that writes one line and waits; one that writes a half; one that waits
# for ten at once.
cat >"$work/wait.py" <<'PY'
import json, subprocess, sys, time
p = subprocess.Popen([sys.argv[1], "run", "lines", "-", "-q"] + sys.argv[2:], stdin=subprocess.PIPE,
                     stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, bufsize=1, encoding="utf8")
def say(text):
    p.stdin.write(text)
    p.stdin.flush()
def hear(wanted):
    line = p.stdout.readline()
    assert json.loads(line)["id"] == wanted, (wanted, line[:200])
for i in range(50):
    say(json.dumps({"id": i, "text": "Line %d." % i}) + "\n")
    hear(i)
say('{"id":100,"text":"One."}\n{"id":101,"te')
hear(100)
say('xt":"Two."}\n')
hear(101)
say("".join(json.dumps({"id": i, "text": "Line %d." % i} if i % 3 else {"id": i}) + "\n" for i in range(10)))
for i in range(10):
    hear(i)
say('{"id":7,"text":"without a newline at the end"}')
p.stdin.close()
hear(7)
assert p.stdout.readline() == "" and p.wait(20) == 1
PY
for how in "" "-j 2" "--no-isolate"; do
    check "one line and wait $how" timeout 60 python3 "$work/wait.py" "$galley" $how
done
finish

# A worker that has ended while nothing was there for it is replaced when something comes.
slow_lines() { for line in 1 2 3; do printf '{"id":%d,"text":"Line %d."}\n' $line $line; sleep 0.1; done; }
slow_lines | timeout -s KILL 20 "$galley" run lines - -q -j 1 --set run.recycle=1 >"$work/out" 2>"$work/err"
check "a recycled worker keeps nobody waiting" [ "$(grep -c '"text":' "$work/out")" -eq 3 ]
