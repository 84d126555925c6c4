#!/bin/bash
# galley doctor: well here, and what it says where something is missing.
# usage: tests/end/doctor.sh BUILD
set -u
. "$(dirname "$0")/expect.bash"
build=$(realpath "$1")

"$galley" doctor "$work/new/out" >"$work/out" 2>"$work/err"
check "exit status 0 or 1" [ $? -le 1 ]
for what in kernel landlock seccomp cores descriptors output locks renames syncing; do
    check "a line on $what" grep -qE "^(ok|warn) +$what " "$work/out"
done
check "the plugin folder and how many stages" grep -qE "plugins +$build/plugins: [1-9][0-9]* stages" "$work/out"
check "the shipped configs" grep -qE "configs .* pages press" "$work/out"
check "the nearest folder above is tried" grep -qE "output +$work: " "$work/out"
check "and left as it was" [ -z "$(ls -A "$work" | grep doctor)" ]

expect "an output that cannot be written" 1 "cannot be written" "$galley" doctor /proc
check "with what to do" grep -q -- "-> .*another -o OUT" "$work/out"
(ulimit -n 64; expect "too few descriptors" 1 "ulimit -n 1024" "$galley" doctor; echo "$failed" >"$work/few")
check "too few descriptors" [ "$(cat "$work/few")" -eq 0 ]
mkdir "$work/plugins"
echo 'read.scan libscan-dev libpaper-dev' >"$work/plugins/skipped"
cp "$build/tests/plugins/test.chaos.so" "$work/plugins"
echo 'no object' >"$work/plugins/broken.stage.so"
expect "a stage that was not built" 1 "apt-get install libscan-dev libpaper-dev, then make again" "$galley" doctor --plugin-dir "$work/plugins"
check "a stage that is refused" grep -qE "^warn +stage +$work/plugins/broken.stage.so is refused" "$work/out"
check "the others count" grep -qE "plugins +$work/plugins: 1 stages" "$work/out"
"$galley" doctor --json --plugin-dir "$work/plugins" >"$work/out" 2>"$work/err"
check "as JSON" python3 -c 'import json,sys; d=json.load(open(sys.argv[1])); assert not d["ok"] and sum(not l["ok"] for l in d["lines"]) >= 2 and all((l["next"] is None) == l["ok"] for l in d["lines"])' "$work/out"
expect "two folders" 2 "one output folder at a time" "$galley" doctor a b
expect "a flag mistyped" 2 "did you mean '--json'" "$galley" doctor --jsno
finish
