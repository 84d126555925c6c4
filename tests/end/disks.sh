#!/bin/bash
# Inputs that are not there for a while - a disk that is not mounted, a folder that
# may not be read, a name that was mistyped - take nothing out of the outputs.
# usage: tests/end/disks.sh BUILD
set -u
# mounts of its own, which end with it
if [ "$(id -u)" = 0 ] && [ ! "${GALLEY_OWN_MOUNTS:-}" ] && unshare -m true 2>/dev/null; then
    GALLEY_OWN_MOUNTS=1 exec unshare -m "$BASH" "$0" "$@"
fi
. "$(dirname "$0")/expect.bash"
mkdir -p "$work/in/sub" "$work/more"
for i in 1 2 3; do
    echo "Article $i." >"$work/in/$i.txt"
    echo "Below, article $i." >"$work/in/sub/$i.txt"
    echo "More, article $i." >"$work/more/$i.txt"
done
uris() { python3 -c 'import json,sys; print(*sorted(json.loads(l)["uri"] for l in open(sys.argv[1])))' "$work/o/articles.jsonl" 2>/dev/null; }
has() { [ "$(uris)" = "$1" ] || { echo "has $(uris)" >&2; false; }; }
all="in/1.txt in/2.txt in/3.txt in/sub/1.txt in/sub/2.txt in/sub/3.txt"
both="$all more/1.txt more/2.txt more/3.txt"
press=("$galley" run press -o "$work/o" -j 2)

# ---- the one input
"${press[@]}" "$work/in" 2>/dev/null
before=$(md5sum "$work/o/articles.jsonl")
same() { [ "$before" = "$(md5sum "$work/o/articles.jsonl")" ]; }
mv "$work/in" "$work/away"
expect "a folder that is not there" 2 "is not there; look at the path, or whether its disk is mounted" "${press[@]}" "$work/in"
check "nothing is taken out" same
expect "not there, with --fresh" 2 "is not there" "${press[@]}" "$work/in" --fresh
check "not there, with --fresh: nothing is taken out" same
mkdir "$work/in"
expect "the empty place of a disk" 3 "nothing in it can be taken, or its disk is not mounted" "${press[@]}" "$work/in"
check "the empty place of a disk: nothing is taken out" same
expect "the empty place, with --fresh" 3 "all that earlier runs made stays" "${press[@]}" "$work/in" --fresh
expect "the empty place, with another config" 3 "all that earlier runs made stays" "${press[@]}" "$work/in" --set jsonl.pretty=true
check "the empty place, with --fresh and another config: nothing is taken out" same
echo "The disk is not mounted." >"$work/in/NOT-MOUNTED"
for flags in "" --fresh "--set jsonl.pretty=true"; do
    expect "with a note in it $flags" 3 "all that earlier runs made stays" "${press[@]}" "$work/in" $flags
    check "with a note in it $flags: nothing is taken out" same
done
rm -r "$work/in"
mv "$work/away" "$work/in"
expect "the disk is back" 0 "0 written + 0 dropped + 0 failed + 0 ignored + 6 unchanged" "${press[@]}" "$work/in"
check "the disk is back: all is as before" same

# ---- one of several
"${press[@]}" "$work/in" "$work/more" 2>/dev/null
mv "$work/more" "$work/away"
mkdir "$work/more"
rm "$work/in/2.txt"
expect "one of two is empty, and an article is gone" 0 "1 input of the last run is gone: in/2.txt; its record was taken out" \
    "${press[@]}" "$work/in" "$work/more"
check "one of two is empty: its records stay" has "${both/in\/2.txt /}"
rmdir "$work/more"
mv "$work/away" "$work/more"
echo "Article 2." >"$work/in/2.txt"
expect "both are back" 0 "= 1 written + 0 dropped + 0 failed + 0 ignored + 8 unchanged" "${press[@]}" "$work/in" "$work/more"
"${press[@]}" "$work/in" "$work/more" --fresh 2>/dev/null
before=$(md5sum "$work/o/articles.jsonl")
"${press[@]}" "$work/in" "$work/more" 2>/dev/null
check "both are back: what a quiet run gives" same

# ---- emptied by its owner: the folder is the one that it was
rm "$work/more/"*
expect "a folder that was emptied" 0 "3 inputs of the last run are gone" "${press[@]}" "$work/in" "$work/more"
check "a folder that was emptied: its records go" has "$all"

# ---- a folder below that may not be read
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
    somebody="setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=-all"
else
    somebody=
fi
mkdir "$work/program"
cp -r "$galley" "$(dirname "$galley")/plugins" "$work/program/"
cp -r "$(dirname "$0")/../../configs" "$work/program/"
chmod -R a+rX "$work"
mkdir -m 777 "$work/public"
as=(env $somebody "$work/program/galley" run "$work/program/configs/press.cfg" "$work/in" -o "$work/public/o" -j 2)
"${as[@]}" 2>/dev/null
wanted=$(md5sum "$work/public/o/articles.jsonl")
chmod 000 "$work/in/sub"
expect "a folder below that may not be read" 1 "3 inputs of the last run were not looked for" "${as[@]}"
chmod 755 "$work/in/sub"
expect "it may be read again" 0 "= 0 written + 0 dropped + 0 failed + 0 ignored + 6 unchanged" "${as[@]}"
check "it may be read again: all is as before" [ "$wanted" = "$(md5sum "$work/public/o/articles.jsonl")" ]

# ---- lines of a file
mkdir "$work/lines"
printf '{"uri":"x","text":"One."}\n{"uri":"y","text":"Two."}\n' >"$work/lines/a.jsonl"
printf '{"uri":"z","text":"Three."}\n' >"$work/lines/b.jsonl"
cat >"$work/lines.cfg" <<'CFG'
galley = 1;
pipeline = ( { use = "fetch.jsonl"; }, { use = "clean.charset"; }, { use = "emit.jsonl"; path = "${out}/articles.jsonl"; } );
CFG
lines=("$galley" run "$work/lines.cfg" "$work/lines/a.jsonl" "$work/lines/b.jsonl" -o "$work/l")
"${lines[@]}" 2>/dev/null
mv "$work/lines/b.jsonl" "$work/away"
mkfifo "$work/lines/b.jsonl"
expect "a file of lines that cannot be read" 1 "1 input of the last run was not looked for" "${lines[@]}"
check "a file of lines that cannot be read: its lines stay" grep -q Three "$work/l/articles.jsonl"
mv "$work/away" "$work/lines/b.jsonl"
expect "a file of lines that is back" 0 "= 0 written + 0 dropped + 0 failed + 0 ignored + 3 unchanged" "${lines[@]}"

# ---- a disk that goes and comes back while it is watched
says() { # $1 name, $2 text
    for _ in $(seq 200); do
        grep -qF -- "$2" "$work/log" && { ok; return; }
        sleep 0.1
    done
    cp "$work/log" "$work/err"
    no "$1"
}
mkdir "$work/store" "$work/disk"
if [ "${GALLEY_OWN_MOUNTS:-}" ] && mount -t tmpfs tmpfs "$work/disk" 2>"$work/err"; then
    echo "On the disk." >"$work/disk/a.txt"
    "$galley" run press "$work/disk" -o "$work/o" -j 2 --fresh --watch 2>"$work/log" &
    watcher=$!
    trap 'kill -KILL $watcher 2>/dev/null; umount -l "$work/disk" 2>/dev/null; chmod -R u+rwx "$work"; rm -rf "$work"' EXIT
    says "a disk" "galley: watching"
    umount "$work/disk"
    says "a disk that is unmounted: said so" "nothing in it can be taken, or its disk is not mounted; all that earlier runs made stays"
    check "a disk that is unmounted: its records stay" has "disk/a.txt"
    check "it is said once" [ "$(grep -c "not mounted" "$work/log")" -eq 1 ]
    mount -t tmpfs tmpfs "$work/store"
    echo "On the disk." >"$work/store/a.txt"
    echo "More on the disk." >"$work/store/b.txt"
    mount --move "$work/store" "$work/disk"
    for _ in $(seq 200); do [ "$(uris)" = "disk/a.txt disk/b.txt" ] && break; sleep 0.1; done
    check "it is mounted again" has "disk/a.txt disk/b.txt"
    echo "And more." >"$work/disk/c.txt"
    for _ in $(seq 200); do [ "$(uris)" = "disk/a.txt disk/b.txt disk/c.txt" ] && break; sleep 0.1; done
    check "and watched again" has "disk/a.txt disk/b.txt disk/c.txt"
    kill -INT $watcher
    wait $watcher
    check "and stops" [ $? -eq 130 ]
fi
finish
