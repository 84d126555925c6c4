#!/bin/bash
# The disk is full at one instant or another: the run says which file could not be
# written and ends with status 3; with more space the same command goes on, and ends
# with what one quiet run gives.
# usage: tests/torture/space.sh BUILD [ARTICLES STEPS]
# Needs root for a small tmpfs of its own; says so and ends well elsewhere.
set -u
if [ "$(id -u)" -ne 0 ] || ! unshare -m true 2>/dev/null; then
    echo "SKIPPED full disks: they need root for a small tmpfs"
    exit 0
fi
# mounts of its own, which end with it
[ "${GALLEY_OWN_MOUNTS:-}" ] || GALLEY_OWN_MOUNTS=1 exec unshare -m "$BASH" "$0" "$@"
. "$(dirname "$0")/../fault/lib.bash" "$1"
articles=${2:-400} steps=${3:-40}
three_sinks "$work/three.cfg" 'commit = "1 ms";'
small_articles "$work/in" "$articles" 100 abort
run() { "$galley" run "$work/three.cfg" "$work/in" -o "$1" --plugin-dir "$build/tests/plugins" -j 2 >"$work/out" 2>"$work/err"; }
named() { grep "error: " "$work/err" | grep -q "$work/disk"; }
# The closing line against the accounts on disk.
counts_are_right() {
    local said
    said=$(sed -n 's/^\([0-9]* inputs = .* ignored\).*/\1/p' "$work/err")
    [ -z "$said" ] || [ "$said" = "$(sed -n 's/^\([0-9]* inputs = .* ignored\).*/\1/p' "$work/out")" ]
}
run "$work/quiet"
check "a quiet run" [ $? -eq 1 ]
whole=$(du -sk "$work/quiet" | cut -f1)
mkdir "$work/disk"
trap 'umount -l "$work/disk" 2>/dev/null; rm -rf "$work"' EXIT
for ((i = 1; i <= steps; i++)); do
    size=$((whole * i / (steps + 4) + 4))
    mount -t tmpfs -o size=${size}k tmpfs "$work/disk"
    run "$work/disk/out"
    check "$size KB of $whole: exit status 3" [ $? -eq 3 ]
    check "$size KB of $whole: the file is named" named
    "$galley" status "$work/disk/out" >"$work/out" 2>/dev/null
    [ $? -gt 1 ] ||
        check "$size KB of $whole: the closing line counts what is there" counts_are_right
    mount -o remount,size=$((whole * 2 + 1024))k "$work/disk"
    run "$work/disk/out"
    check "$size KB of $whole, then more: it goes to its end" [ $? -eq 1 ]
    check "$size KB of $whole, then more: what a quiet run gives" same "$work/quiet" "$work/disk/out"
    umount "$work/disk"
done
finish
