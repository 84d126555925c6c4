#!/bin/bash
# The main job over the samples, and something to look at.
# usage: tests/show.sh BUILD
set -u
cd "$(dirname "$0")/.." || exit 1
build=$1
rm -rf out
"$build/galley" run configs/desk.cfg samples -o out
status=$?
[ $status -le 1 ] || exit $status
echo
echo "results:"
find out -type f -not -path '*/.*' | sort | sed 's/^/  /'
echo
echo "one record, with its lines broken for reading:"
"$build/galley" run configs/press.cfg samples/harbour-bridge.txt -q --set jsonl.path=- --set jsonl.pretty=true | head -80
exit $status
