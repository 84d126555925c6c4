#!/bin/bash
# Inputs that are no articles: none blocks, crashes, or is lost without a line.
# usage: tests/end/inputs.sh BUILD
set -u
. "$(dirname "$0")/expect.bash"
top=$(realpath "$(dirname "$0")/../..")

python3 - "$work/in" <<'PY'
import os, random, socket, sys
os.mkdir(sys.argv[1])
os.chdir(sys.argv[1])
open("empty.txt", "w")
open("one.txt", "w").write("x")
open("nul.txt", "wb").write(b"A\0B\0\0 text here\n" * 50)
open("random.txt", "wb").write(random.Random(1).randbytes(20000))
open("utf8.txt", "wb").write(b"Hello \xff\xfe\xc3( world. \xed\xa0\x80 \xf4\x90\x80\x80 end.\n" * 20)
open("good.txt", "w").write("A good one.\n")
open("page.bin", "w").write("of no known kind")
open(".hidden.txt", "w").write("hidden")
os.mkfifo("pipe.txt")
socket.socket(socket.AF_UNIX).bind("socket.txt")
os.symlink("nowhere", "dangling.txt")
os.symlink("self.txt", "self.txt")
os.symlink("good.txt", "link.txt")
os.mkdir("deep")
os.symlink("..", "deep/loop")
with open("sparse.txt", "wb") as sparse:
    sparse.truncate(10 << 30)
open(b"new\nline.txt", "w").write("A newline in its name.\n")
open(b"inv\xff\xfe.txt", "w").write("No UTF-8 in its name.\n")
for name, levels in ("long", 15), ("longer", 25): # 3,000 and 5,000 bytes
    os.mkdir(name)
    at = os.open(name, os.O_RDONLY)
    for _ in range(levels):
        os.mkdir("x" * 200, dir_fd=at)
        at = os.open("x" * 200, os.O_RDONLY, dir_fd=at)
    file = os.open("deep.txt", os.O_CREAT | os.O_WRONLY, dir_fd=at)
    os.write(file, b"Deep down.\n")
PY
accounted() { # $1 name, $2 uri part, $3 outcome, $4 part of the reason
    grep -F -- "$2" "$work/accounts" | grep -F "\"outcome\":\"$3\"" | grep -qF -- "${4:-}" && ok || no "$1"
}
expect "a folder of odd things" 1 "= 8 written + 0 dropped + 8 failed + 3 ignored" \
    "$galley" run press "$work/in" -o "$work/out.d" --accounts "$work/accounts"
check "a line for each" [ "$(wc -l <"$work/accounts")" -eq 19 ]
for name in empty one utf8 good link 'new\u000aline' '/deep'; do accounted "$name" "$name.txt" written; done
accounted "binary data" nul.txt failed "binary"
accounted "bytes without order" random.txt failed "binary"
accounted "a FIFO" pipe.txt failed "is a FIFO"
accounted "a socket" socket.txt failed "is a socket"
accounted "a dangling link" dangling.txt failed "is a dangling link"
accounted "a link to itself" self.txt failed "leads back to itself"
accounted "10 GB" sparse.txt failed "raise max_bytes"
accounted "a path of 5,000 bytes" longer/ failed "longer than the system takes"
accounted "a link to a folder" deep/loop ignored "link to a folder"
accounted "another suffix" page.bin ignored "matches no pattern"
accounted "hidden" .hidden.txt ignored "is hidden"
expect "links followed into a loop" 1 "is a link back to a folder above it" \
    "$galley" run press "$work/in/deep" -o "$work/out.e" --set folder.symlinks=follow
expect "a file that grows while it is read" 3 "grew while it was read" "$galley" run press /proc/self/status -o "$work/out.f"
expect "a device named on the command line" 3 "is a device" "$galley" run press /dev/zero -o "$work/out.g"

# ---- 64 MiB of one line: bounded time and memory, and an account
for unit in x '"' 'he said "A (B) c" '; do
    python3 -c 'import sys; n = 64 << 20; u = sys.argv[1]; sys.stdout.write((u * (n // len(u) + 1))[:n])' "$unit" >"$work/line.txt"
    (ulimit -v 1200000; timeout 60 "$galley" run press "$work/line.txt" -o "$work/out.h" >"$work/out" 2>"$work/err")
    status=$?
    { [ $status -eq 0 ] || { [ $status -eq 3 ] && grep -q "raise 'memory'\|raise 'timeout'" "$work/err"; }; } && ok || no "64 MiB of $unit (exit $status)"
    grep -q "1 inputs = " "$work/err" && ok || no "64 MiB of $unit in the accounts"
done

# ---- what its owner alone may read, as somebody else
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
    mkdir -p "$work/program/bin" "$work/private/locked" "$work/public"
    cp -r "$galley" "$(dirname "$galley")/plugins" "$work/program/bin/"
    cp -r "$top/configs" "$work/program/"
    printf 'Secret.\n' >"$work/private/secret.txt"
    printf 'Public.\n' >"$work/private/public.txt"
    chmod 600 "$work/private/secret.txt"
    chmod 700 "$work/private/locked"
    chmod 755 "$work" "$work/private" "$work/program"
    chmod 777 "$work/public"
    chmod -R a+rX "$work/program"
    expect "files and folders of somebody else" 1 "= 1 written + 0 dropped + 2 failed" \
        setpriv --reuid=65534 --regid=65534 --clear-groups "$work/program/bin/galley" run press "$work/private" -o "$work/public/out"
    check "with the reason" grep -q "locked.*permission denied; chmod it" "$work/err"
fi
finish
