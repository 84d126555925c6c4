#!/bin/bash
# A run that goes on: files that are new, changed, gone, half written, deep below.
# Each step waits until the output is right, however long the machine takes.
# usage: tests/end/watch.sh BUILD
set -u
. "$(dirname "$0")/expect.bash"
mkdir -p "$work/in/old"
echo "The first article." >"$work/in/a.txt"
echo "The second article." >"$work/in/old/b.txt"
mkfifo "$work/in/fifo.txt"

# $1 name, then the uris and texts that the output shall have, sorted
becomes() {
    local name=$1 wanted
    shift
    wanted=$(printf '%s\n' "$@" | sort)
    for _ in $(seq 200); do
        [ "$(texts)" = "$wanted" ] && { ok; return; }
        sleep 0.1
    done
    texts >"$work/out"
    no "$name"
}
texts() {
    python3 - "$work/o/articles.jsonl" <<'PY' 2>/dev/null | sort
import json, sys
for line in open(sys.argv[1], encoding="utf8"):
    r = json.loads(line)
    print(r["uri"] + ": " + r["text"].replace("\n\n", " "))
PY
}
# $1 signal, $2 status wanted
stops() {
    kill "-$1" "$watcher"
    wait "$watcher"
    [ $? -eq "$2" ] && ok || no "ends by $1 with $2"
}

"$galley" run press "$work/in" -o "$work/o" -j 2 --watch --accounts "$work/accounts" 2>"$work/log" &
watcher=$!
trap 'kill -KILL $watcher 2>/dev/null; chmod -R u+rwx "$work"; rm -rf "$work"' EXIT
a="in/a.txt: The first article." b="in/old/b.txt: The second article."
becomes "the first pass" "$a" "$b"
echo "A new article." >"$work/in/c.txt"
becomes "a new file" "$a" "$b" "in/c.txt: A new article."
mkdir -p "$work/in/deep/er"
echo "Deep below." >"$work/in/deep/er/d.txt"
becomes "a new folder in a new folder" "$a" "$b" "in/c.txt: A new article." "in/deep/er/d.txt: Deep below."
echo "Later, deep below." >"$work/in/deep/er/e.txt"
becomes "and a file in it later" "$a" "$b" "in/c.txt: A new article." "in/deep/er/d.txt: Deep below." \
    "in/deep/er/e.txt: Later, deep below."
echo "A changed article." >"$work/in/c.txt"
rm -r "$work/in/deep"
becomes "a changed file and a folder that is gone" "$a" "$b" "in/c.txt: A changed article."
exec 7>"$work/in/slow.txt"
echo "Half of it" >&7
echo "Meanwhile." >"$work/in/meanwhile.txt"
sleep 0.5
echo "and the rest." >&7
exec 7>&-
becomes "a file that is long in writing" "$a" "$b" "in/c.txt: A changed article." "in/meanwhile.txt: Meanwhile." \
    "in/slow.txt: Half of it and the rest."
echo "By another name." >"$work/else.tmp"
mv "$work/else.tmp" "$work/in/old/b.txt"
becomes "a file put in the place of another" "$a" "in/old/b.txt: By another name." "in/c.txt: A changed article." \
    "in/meanwhile.txt: Meanwhile." "in/slow.txt: Half of it and the rest."
check "a line for each pass" grep -q '^galley: pass 2: ' "$work/log"
stops INT 130
check "a failure is told once" test "$(grep -c 'in/fifo.txt: error' "$work/log")" -eq 1
check "the accounts are of the last pass" test "$(wc -l <"$work/accounts")" -eq 6

"$galley" run press "$work/in/a.txt" -o "$work/o" --watch --progress=json 2>"$work/log" &
watcher=$!
becomes "one file" "a.txt: The first article."
echo "It was put in place by an editor." >"$work/in/.a.swp"
mv "$work/in/.a.swp" "$work/in/a.txt"
becomes "one file that an editor replaces" "a.txt: It was put in place by an editor."
check "events of passes" test "$(grep -c '"event":"end"' "$work/log")" -ge 2
stops TERM 143

# The folder itself goes and comes back, given by a name that is not absolute.
mkdir "$work/root"
whole=$(realpath "$galley")
echo "It was there at first." >"$work/root/a.txt"
(cd "$work" && exec "$whole" run press root -o o --watch 2>"$work/log") &
watcher=$!
becomes "a folder" "root/a.txt: It was there at first."
rm -r "$work/root"
for _ in $(seq 100); do grep -q "nothing to read" "$work/log" && break; sleep 0.1; done
becomes "a folder that is gone: its records stay" "root/a.txt: It was there at first."
mkdir "$work/root"
echo "It came back." >"$work/root/b.txt"
becomes "a folder that was removed and made again" "root/b.txt: It came back."
echo "It is watched." >"$work/root/c.txt"
becomes "and is watched again" "root/b.txt: It came back." "root/c.txt: It is watched."
stops TERM 143

# Where the system lets nobody watch, the inputs are looked at now and then.
if unshare -Ur sh -c 'echo 0 >/proc/sys/user/max_inotify_watches' 2>/dev/null; then
    unshare -Ur sh -c "echo 0 >/proc/sys/user/max_inotify_watches; exec '$galley' run press '$work/in' -o '$work/o2' --watch -q" 2>"$work/log" &
    watcher=$!
    for _ in $(seq 100); do [ -s "$work/o2/articles.jsonl" ] && break; sleep 0.1; done
    echo "Unwatched." >"$work/in/z.txt"
    for _ in $(seq 200); do grep -q Unwatched "$work/o2/articles.jsonl" && break; sleep 0.1; done
    check "looked at without watching" grep -q Unwatched "$work/o2/articles.jsonl"
    check "which limit to raise" grep -q 'sysctl -w fs.inotify.max_user_watches' "$work/log"
    stops TERM 143
fi

expect "nothing to watch" 2 "standard input" "$galley" run press - -o "$work/o3" --watch
expect "no output to take up" 2 "give -o OUT" "$galley" run lines "$work/in" --watch
expect "a limit" 2 "leave --limit out" "$galley" run press "$work/in" -o "$work/o3" --watch --limit 2
expect "a dry run" 2 "leave --dry-run out" "$galley" run press "$work/in" -o "$work/o3" --watch --dry-run
finish
