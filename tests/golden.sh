#!/bin/bash
# Runs every golden/CASE of the stages: galley run stage.cfg in.* must print
# exactly out.*. A new case is a new folder; UPDATE=1 writes out.* anew.
# usage: tests/golden.sh BUILD [family.name]
set -u
cd "$(dirname "$0")/.." || exit 1
build=$1 only=${2:-}
passed=0 failed=0
shopt -s nullglob
got=$(mktemp) errors=$(mktemp)
trap 'rm -f "$got" "$errors"' EXIT

for case in plugins/*/*/golden/*/; do
    stage=$(echo "$case" | cut -d/ -f2,3 | tr / .)
    [ -z "$only" ] || [ "$only" = "$stage" ] || continue
    missing=$(sed -n 's/.*use *= *"\([^"]*\)".*/\1/p' "${case}stage.cfg" |
        while read -r used; do [ -e "$build/plugins/$used.so" ] || echo "$used"; done)
    if [ -n "$missing" ]; then
        echo "SKIP $case: not built: "$missing
        continue
    fi
    inputs=("$case"in.*) outputs=("$case"out.*)
    input=${inputs[0]:-} expected=${outputs[0]:-}
    timeout 20 "$build/galley" run "${case}stage.cfg" "$input" -q >"$got" 2>"$errors"
    status=$?
    if [ "${UPDATE:-}" = 1 ]; then
        cp "$got" "${expected:-${case}out.json}"
        continue
    fi
    if [ -n "$expected" ] && [ $status -le 1 ] && diff -u "$expected" "$got" >"$errors.diff" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED $case (exit $status)"
        head -5 "$errors"
        head -40 "$errors.diff" 2>/dev/null
    fi
    rm -f "$errors.diff"
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
