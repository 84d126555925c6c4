#!/bin/bash
# Each bad deed of a stage by each kind of sink: the documents that do it fail, each
# with its cause, no other does, and the sink holds what it holds without them.
# usage: tests/fault/matrix.sh BUILD [ARTICLES BAD]
set -u
. "$(dirname "$0")/lib.bash" "$1"
articles=${2:-60} bad=${3:-2}

declare -A options=([jsonl]='path = "${out}/a.jsonl"' [csv]='path = "${out}/a.csv"'
    [markdown]='path = "${out}/pages"' [text]='path = "${out}/a.txt"')
one_sink() { # $1 which: a config in the folder of that name
    cat <<CFG
galley = 1;
pipeline = (
  { use = "fetch.folder"; },
  { use = "clean.charset"; },
  { use = "clean.text"; },
  { use = "test.chaos"; },
  { use = "emit.$1"; ${options[$1]}; }
);
run = { memory = "64 MiB"; };
CFG
}
run() { # $1 sink, $2 input, $3 output, then flags
    local sink=$1 in=$2 out=$3
    shift 3
    timeout 240 "$galley" run "$work/$sink.cfg" "$in" -o "$out" --plugin-dir "$build/tests/plugins" -j 2 \
        --accounts "$work/accounts" "$@" >"$work/out" 2>"$work/err"
}
# Whether the failures are those files, each for that cause. $1 cause
failures_are() {
    python3 - "$work/accounts" "$1" "${victims[@]}" <<'PY'
import json, re, sys
failed = {d["uri"]: d["reason"] for d in map(json.loads, open(sys.argv[1])) if d["outcome"] == "failed"}
wrong = {uri: why for uri, why in failed.items() if not re.search(sys.argv[2], why)}
sys.exit(sorted(failed) != sorted(sys.argv[3:]) or bool(wrong))
PY
}

not_the_good() {
    python3 -c 'import json, sys; sys.exit(bool({d["uri"] for d in map(json.loads, open(sys.argv[1])) if d["outcome"] != "written"} - set(sys.argv[2:])))' \
        "$work/accounts" "${victims[@]}"
}

small_articles "$work/in" "$articles"
victims=()
for ((i = 0; i < bad; i++)); do
    n=$(((i * 2 + 1) * articles / (bad * 2)))
    victims+=("in/$((n % 5))/$(printf %06d $n).txt")
done
mkdir "$work/good" && cp -r "$work/in" "$work/good/"
for v in "${victims[@]}"; do rm "$work/good/$v"; done

for sink in jsonl csv markdown text; do
    one_sink $sink >"$work/$sink.cfg"
    run $sink "$work/good/in" "$work/$sink"
    check "$sink: all is well without the bad ones" [ $? -eq 0 ]
    while read -r deed cause; do
        for v in "${victims[@]}"; do printf 'Title\n\nchaos:%s here\n' "$deed" >"$work/$v"; done
        case $deed in hang | spin | dawdle) limit=500ms ;; *) limit=30s ;; esac # a busy machine is no fault
        rm -rf "$work/bad"
        run $sink "$work/in" "$work/bad" --set run.timeout=$limit
        check "$sink, $deed: exit status 1" [ $? -eq 1 ]
        check "$sink, $deed: the bad ones fail, for that cause" failures_are "$cause"
        check "$sink, $deed: the sink holds the others" diff -rq -x .galley -x .galley-names -x quarantine "$work/$sink" "$work/bad"
    done <<'DEEDS'
abort SIGABRT
segv SIGSEGV
exit exit\(0\)
stack SIGSEGV
heap SIG(ABRT|SEGV)
kill SIGKILL
hang longer than 0.5 s
spin longer than 0.5 s
dawdle time was over|longer than 0.5 s
hog memory
layer outside
fail told to fail
DEEDS
    for deed in slow leak; do
        for v in "${victims[@]}"; do printf 'Title\n\nchaos:%s here\n' "$deed" >"$work/$v"; done
        rm -rf "$work/bad"
        run $sink "$work/in" "$work/bad"
        check "$sink, $deed: no failure" [ $? -eq 0 ]
    done
    # over the memory that it shares: its own document may fail, no other
    for v in "${victims[@]}"; do printf 'Title\n\nchaos:scribble here\n' >"$work/$v"; done
    rm -rf "$work/bad"
    run $sink "$work/in" "$work/bad"
    check "$sink, scribble: no other fails" not_the_good
done
finish
