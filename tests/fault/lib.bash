# What the fault tests share: source it with the build as $1. Gives galley (the
# binary), work (a folder in memory that goes away) and counters; a failed check
# shows the end of $work/err, where commands leave what they say.
build=$(realpath "$1")
galley=$build/galley
work=$(mktemp -d -p "${GALLEY_WORK:-$([ -d /dev/shm ] && echo /dev/shm || echo /tmp)}")
trap 'rm -rf "$work"' EXIT
touch "$work/err"
passed=0 failed=0

ok() { passed=$((passed + 1)); }
no() { failed=$((failed + 1)); echo "FAILED $1"; tail -5 "$work/err" | cut -c1-300 | sed 's/^/    /'; }
check() { # $1 what, then a command that must be true
    local what=$1
    shift
    if "$@"; then ok; else no "$what"; fi
}
finish() {
    echo "$passed passed, $failed failed"
    [ "$failed" -eq 0 ]
}

# The sinks of two outputs, byte by byte; the runner's own files apart.
same() { diff -rq -x .galley -x .galley-names -x '*.note.json' "$1" "$2" >"$work/diff"; }
records() { python3 -c 'import json,sys; print(len([json.loads(l) for l in open(sys.argv[1])]))' "$1"; }

# A pipeline with the chaos stage and three kinds of sink. $1 file, $2 more for run = { }
three_sinks() {
    cat >"$1" <<CFG
galley = 1;
pipeline = (
  { use = "fetch.folder"; },
  { use = "clean.charset"; },
  { use = "clean.text"; },
  { use = "test.chaos"; },
  { use = "emit.jsonl"; path = "\${out}/articles.jsonl"; },
  { use = "emit.csv"; path = "\${out}/articles.csv"; },
  { use = "emit.markdown"; path = "\${out}/pages"; }
);
run = { $2 };
CFG
}

# $1 folder, $2 how many, $3 one of how many makes the stage do $4 (0: none); of
# several deeds, "abort segv", each takes its turn
small_articles() {
    python3 - "$1" "$2" "${3:-0}" "${4:-abort}" <<'PY'
import os, random, sys
rng, top, share, deeds = random.Random(3), sys.argv[1], int(sys.argv[3]), sys.argv[4].split()
words = "ferry harbour council bridge quarry lantern police market river school".split()
for i in range(int(sys.argv[2])):
    folder = f"{top}/{i % 5}"
    os.makedirs(folder, exist_ok=True)
    with open(f"{folder}/{i:06d}.txt", "w") as f:
        f.write(f"Title {i}\n\n" + " ".join(rng.choices(words, k=rng.randrange(5, 400))) + ".\n")
        if share and i % share == share // 2:
            f.write(f"\nchaos:{deeds[i // share % len(deeds)]} here\n")
PY
}
