#!/bin/bash
# A run in parts: shards by name, side by side, killed and taken up; merged they are
# what one run writes, to the byte; what is missing or wrong is found and named.
# usage: tests/end/shards.sh BUILD
set -u
. "$(dirname "$0")/expect.bash"
top=$(realpath "$(dirname "$0")/../..")
plugins=$(realpath "$1")/tests/plugins

mkdir -p "$work/in/deep" "$work/in/a"
for i in $(seq 1 60); do
    echo "Article $i came out. \"Number $i is a long quotation of many words,\" said Ann Smith." >"$work/in/deep/a$i.txt"
done
echo "chaos:segv in one of them" >"$work/in/a/bad.txt"
echo "chaos:drop for another" >"$work/in/a/dropped.txt"
mkfifo "$work/in/fifo.txt"
cp "$top"/samples/*.txt "$work/in/a/"
echo "Two that would have one name." >"$work/in/deep-a1.txt"
cat >"$work/all.cfg" <<CFG
galley = 1;
extends = "$top/configs/desk.cfg";
pipeline = (
  { id = "chaos"; use = "test.chaos"; },
  { id = "texts"; use = "emit.text"; path = "\${out}/texts.txt"; }
);
CFG
run=("$galley" run "$work/all.cfg" "$work/in" --plugin-dir "$plugins" -q)
run() { "${run[@]}" "$@" 2>"$work/err"; }
part() { run -o "$work/o" --shard "$1/4"; }
same() { # $1 name; all but the shards, the journal and notes about where it ran
    diff -rq -x shards -x .galley -x '*.note.json' "$work/one" "${2:-$work/o}" >"$work/out" 2>&1 && ok || no "$1"
}
merge=("$galley" merge "$work/o" --plugin-dir "$plugins")

run -o "$work/one"
[ $? -eq 1 ] && ok || no "the run in one piece"
part 1 & part 2 & part 3 -j 2 &
wait
expect "a shard is missing" 3 "shard 4/4 is missing; run it: galley run" "${merge[@]}" --verify
expect "and how to run it" 3 "--shard 4/4" "${merge[@]}" --verify

# One is killed, and killed again; until it has come to its end it does not count.
for wait in 0.02 0.05; do
    "${run[@]}" -o "$work/o" --shard 4/4 -j 1 2>"$work/err" & victim=$!
    sleep $wait
    kill -KILL $victim 2>/dev/null
    wait $victim 2>/dev/null
done
if [ ! -e "$work/o/shards/4-of-4/.galley/shard" ]; then
    expect "a shard was cut off" 3 "shard 4/4" "${merge[@]}" --verify
fi
part 4
expect "all is there" 1 "4 shards, complete and disjoint: $(find "$work/in" ! -type d | wc -l) inputs" "${merge[@]}" --verify
check "looking writes nothing" test ! -e "$work/o/articles.jsonl"
expect "status before it is merged" 3 "galley merge" "$galley" status "$work/o"
expect "merged" 1 "all is in" "${merge[@]}"
same "merged is as in one piece"
expect "status of what is merged" 1 "$(find "$work/in" ! -type d | wc -l) inputs" "$galley" status "$work/o"
check "the notes of quarantine are there" test "$(find "$work/o/quarantine" -name '*.note.json' | wc -l)" -eq \
    "$(find "$work/one/quarantine" -name '*.note.json' | wc -l)"

# Killed at any instant, merged again.
for wait in 0.005 0.01 0.02 0.04; do
    "${merge[@]}" 2>/dev/null & victim=$!
    sleep $wait
    kill -KILL $victim 2>/dev/null
    wait $victim 2>/dev/null
done
expect "merged after kills" 1 "all is in" "${merge[@]}"
same "it is as in one piece still"
expect "a run in one piece goes on from there" 1 " unchanged" "$galley" run "$work/all.cfg" "$work/in" \
    --plugin-dir "$plugins" -o "$work/o"
same "and leaves it as it was"

# Changed inputs: the shards that have not seen them are told from those that have.
echo "A new article." >"$work/in/new.txt"
part 1
expect "a shard has seen other inputs" 3 "has seen other inputs than the newest" "${merge[@]}" --verify
for i in 2 3 4; do part $i; done
run -o "$work/one"
expect "merged once more" 1 "all is in" "${merge[@]}"
same "with what is new"

# Another config, a copy in the wrong place, a name in the wrong shard.
cp -r "$work/o" "$work/kept"
again() { rm -rf "$work/o"; cp -rp "$work/kept" "$work/o"; }
run -o "$work/o" --shard 2/4 --set quotes.min_words=9
expect "a shard of another config" 3 "another config" "${merge[@]}" --verify
again
rm -r "$work/o/shards/3-of-4"
cp -r "$work/o/shards/2-of-4" "$work/o/shards/3-of-4"
expect "a copy under another name" 3 "holds shard 2/4" "${merge[@]}" --verify
again
cp "$work/o/shards/2-of-4/.galley/journal" "$work/o/shards/3-of-4/.galley/journal"
expect "a journal of another shard" 3 "shard 3/4" "${merge[@]}" --verify
again
printf x | dd of="$work/o/shards/1-of-4/.galley/shard" bs=1 seek=80 conv=notrunc 2>/dev/null
expect "a damaged log" 3 "shard 1/4 has a damaged journal" "${merge[@]}" --verify
again
mkdir "$work/o/shards/1-of-9"
expect "shards of two counts" 3 "out of date" "${merge[@]}" --verify
again
mv "$work/o" "$work/moved"
expect "a folder that was moved" 1 "all is in" "$galley" merge "$work/moved" --plugin-dir "$plugins"
same "has the same in it" "$work/moved"

expect "no shards" 3 "there are no shards" "$galley" merge "$work/one"
expect "no folder" 3 "cannot be read" "$galley" merge "$work/none"
expect "which output" 2 "which output" "$galley" merge
expect "no such part" 2 "no I/N" "$galley" run press "$work/in" -o "$work/o" --shard 5/4
expect "an empty shard is fine" 0 "" "$galley" run press "$work/in/new.txt" -o "$work/few" --shard 1/2
expect "and the other one" 0 "" "$galley" run press "$work/in/new.txt" -o "$work/few" --shard 2/2
expect "of one input" 0 "1 inputs = 1 written" "$galley" merge "$work/few"
expect "standard input" 2 "looked at again" "$galley" run press - -o "$work/o" --shard 1/2
expect "standard output" 2 "give -o OUT" "$galley" run lines "$work/in" --shard 1/2
expect "watching a part" 2 "do not go together" "$galley" run press "$work/in" -o "$work/o" --shard 1/2 --watch
finish
