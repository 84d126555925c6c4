# What the end-to-end tests share: source it with the build as $1. Gives galley
# (the binary), work (a folder that goes away), and the counters' last line.
galley=$(realpath "$1")/galley
work=$(mktemp -d)
trap 'chmod -R u+rwx "$work"; rm -rf "$work"' EXIT
passed=0 failed=0

ok() { passed=$((passed + 1)); }
no() { failed=$((failed + 1)); echo "FAILED $1"; head -c 2000 "$work/out" "$work/err" 2>/dev/null | cut -c1-200 | head -20 | sed 's/^/    /'; }
# $1 name, then a command that is silent and true
check() {
    local name=$1
    shift
    if "$@" 2>>"$work/err"; then ok; else no "$name"; fi
}
# $1 name, $2 exit status wanted, $3 text wanted on stdout or stderr, then the command
expect() {
    local name=$1 status=$2 text=$3 got
    shift 3
    timeout 20 "$@" >"$work/out" 2>"$work/err" </dev/null
    got=$?
    if [ $got -eq "$status" ] && cat "$work/out" "$work/err" | grep -qF -- "$text"; then ok; else no "$name (exit $got, wanted $status and '$text')"; fi
}
finish() {
    echo "$passed passed, $failed failed"
    [ "$failed" -eq 0 ]
}
