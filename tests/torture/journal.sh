#!/bin/bash
# The journal of a small run, cut and flipped at each byte: nothing is lost or doubled.
# usage: tests/torture/journal.sh BUILD [STRIDE]
set -u
. "$(dirname "$0")/../fault/lib.bash" "$1"
stride=${2:-1} # every so many bytes
three_sinks "$work/three.cfg" 'commit = "0 s";'
small_articles "$work/in" 30 15 abort
run() { "$galley" run "$work/three.cfg" "$work/in" -o "$work/out" --plugin-dir "$build/tests/plugins" -j 2 >/dev/null 2>"$work/err"; }
run
cp -r "$work/out" "$work/quiet"
journal=$work/out/.galley/journal
size=$(stat -c %s "$journal")
for ((at = 0; at < size; at += stride)); do
    for how in cut flip; do
        rm -rf "$work/out" && cp -r "$work/quiet" "$work/out"
        if [ $how = cut ]; then
            truncate -s $at "$journal"
        else
            byte=$(od -An -tu1 -j$at -N1 "$journal")
            printf "\\x$(printf %x $((byte ^ (1 << at % 8))))" | dd of="$journal" bs=1 seek=$at conv=notrunc 2>/dev/null
        fi
        run
        check "$how at byte $at of $size: exit status 1" [ $? -eq 1 ]
        check "$how at byte $at of $size: nothing is lost" same "$work/quiet" "$work/out"
    done
done
echo "a journal of $size bytes"
finish
