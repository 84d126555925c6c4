#!/bin/bash
# The power is cut at random instants: a file system of its own loses all that was
# not made durable (EXT4_IOC_SHUTDOWN without a flush of its log), is mounted again,
# and the same command goes on. What comes out is what one quiet run gives, and what
# a run that had ended said it did is still there. The control makes nothing
# durable and must fail, or this test proves nothing.
# usage: tests/torture/power.sh BUILD [CUTS ARTICLES]
# Needs root, a loop device and mkfs.ext4; says so and ends well where they are missing.
set -u
if [ "$(id -u)" -ne 0 ] || [ ! -e /dev/loop-control ] || ! command -v mkfs.ext4 >/dev/null || ! command -v unshare >/dev/null; then
    echo "SKIPPED power cuts: they need root, a loop device and mkfs.ext4"
    exit 0
fi
# mounts of its own, which end with it
[ "${GALLEY_OWN_MOUNTS:-}" ] || GALLEY_OWN_MOUNTS=1 exec unshare -m "$BASH" "$0" "$@"
here=$(dirname "$0")
. "$here/../fault/lib.bash" "$1"
cuts=${2:-60} articles=${3:-1500}
disk=$work/disk
mkdir "$disk"
if ! { truncate -s 256M "$work/image" && mkfs.ext4 -q -F "$work/image" && mount -o loop "$work/image" "$disk"; } 2>"$work/err"; then
    echo "SKIPPED power cuts: no loop device can be mounted: $(tail -1 "$work/err")"
    exit 0
fi
umount "$disk"
trap 'umount -l "$disk" 2>/dev/null; rm -rf "$work"' EXIT

three_sinks "$work/three.cfg" 'commit = "5 ms";'
small_articles "$work/in" "$articles" 100 abort
"$galley" run "$work/three.cfg" "$work/in" -o "$work/quiet" --plugin-dir "$build/tests/plugins" -j 2 2>"$work/err"
check "a quiet run" [ $? -eq 1 ]

# cut.py prints a line for each thing that was lost, and last how many cuts there were
cut_power() { # $1 mount options, $2 cuts, $3 seed, then variables for the run
    local options=$1 count=$2 seed=$3
    shift 3
    python3 "$here/cut.py" "$work" "$options" "$count" "$seed" "$work/quiet" env "$@" "$galley" run "$work/three.cfg" \
        "$work/in" -o "$disk/out" --plugin-dir "$build/tests/plugins" -j 2 >"$work/err" 2>&1
}
for options in data=ordered data=writeback,nodelalloc; do
    cut_power $options,commit=1 "$cuts" 1 GALLEY=1
    status=$?
    tail -1 "$work/err"
    check "$options: nothing is lost in $cuts cuts" [ $status -eq 0 ]
    cut_power $options,commit=1 $((cuts / 2)) 2 "LD_PRELOAD=$build/tests/torture/nosync.so"
    status=$?
    echo "control: $(tail -1 "$work/err")"
    check "$options: without durability the same test fails" [ $status -eq 1 ]
done
finish
