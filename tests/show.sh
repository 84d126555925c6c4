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
find out -type f | sort | sed 's/^/  /'
echo
echo "one record of out/articles.jsonl:"
grep '"harbour-bridge\|harbour-bridge.txt' out/articles.jsonl | head -1 | python3 -m json.tool --no-ensure-ascii 2>/dev/null |
    head -80 || head -c 2000 out/articles.jsonl
exit $status
