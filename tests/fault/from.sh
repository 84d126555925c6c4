#!/bin/bash
# --from STAGE: what came to a stage is done again, what had ended before it is not,
# and the outcome is that of --fresh to the byte - also with another config behind the
# stage, and when the run is killed on its way.
# usage: tests/fault/from.sh BUILD [ARTICLES KILLS]
set -u
build=$(realpath "$1")
articles=${2:-400} kills=${3:-8}
work=$(mktemp -d -p "$([ -d /dev/shm ] && echo /dev/shm || echo /tmp)")
trap 'rm -rf "$work"' EXIT

python3 - "$build" "$work" "$articles" "$kills" <<'PY'
import json, os, random, shutil, signal, subprocess, sys, time

build, work, articles, kills = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
top, out, quiet, rng = f"{work}/in", f"{work}/out", f"{work}/quiet", random.Random(5)
passed = failed = 0

CONFIG = """
galley = 1;
pipeline = (
  { use = "fetch.folder"; ignore = ["*.skip"]; },
  { use = "clean.charset"; },
  %s
  { use = "emit.jsonl"; path = "${out}/articles.jsonl"; },
  { use = "emit.csv"; path = "${out}/articles.csv"; },
  { use = "emit.markdown"; path = "${out}/pages"; }
);
run = { commit = "1 ms"; };
"""
TEXT, CHAOS, SPLIT = '{ use = "clean.text"; },', '{ use = "test.chaos"; },', '{ use = "test.parts"; },'


def check(what, good, more=""):
    global passed, failed
    passed, failed = passed + bool(good), failed + (not good)
    if not good:
        print("FAILED", what, more)


def config(*stages):
    with open(f"{work}/a.cfg", "w") as f:
        f.write(CONFIG % "\n  ".join(stages))


def command(into, *flags):
    return [f"{build}/galley", "run", f"{work}/a.cfg", top, "-o", into, "--plugin-dir", f"{build}/tests/plugins",
            "-j", "2", "--progress=json", *flags]


def run(into, *flags):
    """The counts of the run, what else it said, its exit status. Old failures are marked so."""
    done = subprocess.run(command(into, *flags), stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    events = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("{")]
    old = sum(e["event"] == "failed" and e.get("earlier", False) for e in events)
    check("events of old failures", not events or old == events[-1]["failed_before"], (flags, old))
    said = "\n".join(line for line in done.stderr.splitlines() if not line.startswith("{"))
    return (events[-1] if events else {}), said, done.returncode


def files(folder):
    found = {}
    for base, folders, names in os.walk(folder):
        folders[:] = [f for f in folders if f != ".galley"]
        for name in names:
            if not name.endswith(".note.json"):
                path = os.path.join(base, name)
                found[os.path.relpath(path, folder)] = open(path, "rb").read()
    return found


def accounts(folder):
    done = subprocess.run([f"{build}/galley", "status", folder, "--json"], stdout=subprocess.PIPE, text=True)
    told = json.loads(done.stdout)
    return {name: told[name] for name in ("inputs", "written", "dropped", "failed", "ignored", "split", "children",
                                          "failures")}


def as_fresh(what, *flags):
    shutil.rmtree(quiet, ignore_errors=True)
    run(quiet, "--fresh", *flags)
    mine, fresh = files(out), files(quiet)
    wrong = [name for name in sorted(set(mine) | set(fresh)) if mine.get(name) != fresh.get(name)]
    check(f"{what}: what --fresh gives", not wrong, wrong[:5])
    check(f"{what}: the accounts that --fresh gives", accounts(out) == accounts(quiet), (accounts(out), accounts(quiet)))


def write(name, text):
    os.makedirs(os.path.dirname(f"{top}/{name}"), exist_ok=True)
    with open(f"{top}/{name}", "wb") as f:
        f.write(text)


early = dropped = late = ignored = 0
for i in range(articles):
    words = " ".join(rng.choices("ferry harbour council bridge quarry".split(), k=rng.randrange(3, 200)))
    text = f"By Ann Example\n\nTitle {i}\n\n{words}\n".encode()
    if i % 20 == 3:
        text, early = b"A\0B\0\0 \xff\xfe" * 50, early + 1  # clean.charset refuses it
    elif i % 20 == 7:
        text, late = text + b"\nchaos:abort\n" * (i % 40 == 7) + b"\nchaos:fail\n", late + 1
    elif i % 20 == 11:
        text, dropped = text + b"\nchaos:drop\n", dropped + 1
    write(f"{i % 4}/{i:05d}.txt", text)
    if i % 50 == 0:
        write(f"{i % 4}/{i:05d}.skip", b"not read")
        ignored += 1
good = articles - early - late - dropped

# ---- stages behind which some fail and are dropped
config(TEXT, CHAOS)
run(out)
n, said, status = run(out)
check("nothing to do", n["unchanged"] == good + dropped and n["failed_before"] == early + late, n)
n, said, status = run(out, "--from", "clean.text")
check("--from: what came to the stage is done again",
      (n["written"], n["dropped"], n["failed"] - n["failed_before"]) == (good, dropped, late), n)
check("--from: what had ended before is not", n["failed_before"] == early and n["ignored"] == ignored, n)
check("--from: exit status 1", status == 1, status)
as_fresh("--from")
n, said, status = run(out, "--from=chaos")
check("--from: by its id", n["written"] == good and n["failed_before"] == early, n)
n, said, status = run(out, "--from", "clean.text", "--from-failed")
check("--from and --from-failed: all that failed is tried again", n["failed_before"] == 0 and n["failed"] == early + late, n)
n, said, status = run(out)
check("and then there is nothing to do", n["written"] == 0 and n["unchanged"] == good + dropped, n)
n, said, status = run(out, "--from", "clean.text", "--limit", "9")
check("--from and --limit: the rest stays as it is", n["inputs"] == 9 and n["written"] > 0, n)
as_fresh("--from and --limit")

# ---- another config from there on
n, said, status = run(out, "--from", "clean.text", "--set", "text.byline=false")
check("another option: no other is done again", n["failed_before"] == early and n["written"] == good, (n, said))
as_fresh("another option", "--set", "text.byline=false")
n, said, status = run(out, "--set", "text.byline=false")
check("another option: and then there is nothing to do", n["written"] == 0 and not said, (n, said))
n, said, status = run(out, "--from", "test.chaos")
check("another stage before it: all again", n["failed_before"] == 0 and n["written"] == good, n)
check("another stage before it: said so", "stage 'clean.text' is another than in the last run: all inputs are done again" in said, said)
config(TEXT, '{ use = "extract.mentions"; },', CHAOS)
n, said, status = run(out, "--from", "mentions")
check("a stage more: no other is done again", n["failed_before"] == early and n["written"] == good and not said, (n, said))
as_fresh("a stage more")
n, said, status = run(out, "--from", "mentions", "--set", "jsonl.pretty=true")
check("another sink: all again, said so", n["failed_before"] == 0 and "stage 'emit.jsonl' is another" in said, (n, said))
as_fresh("another sink", "--set", "jsonl.pretty=true")

# ---- what is dropped and fails before it
config(CHAOS, TEXT)
run(out)
n, said, status = run(out, "--from", "clean.text")
check("dropped and failed before it: stays", n["written"] == good and n["failed_before"] == early + late and
      n["unchanged"] == dropped and n["dropped"] == 0, n)
as_fresh("dropped and failed before it")
write("1/00001.txt", b"Changed\n\nAnother text.\n")
os.remove(f"{top}/2/00002.txt")
write("3/00000.txt", b"New\n\nText.\n")
n, said, status = run(out, "--from", "clean.text")
check("and some are changed, new and gone", n["written"] == good, n)
as_fresh("and some are changed, new and gone")

# ---- killed on its way
config(TEXT, CHAOS)
run(out)
done, span, took = 0, 0.2, ("--from", "clean.text", "--set", "text.byline=false")
while done < kills:
    began = time.monotonic()
    running = subprocess.Popen(command(out, *took), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(rng.uniform(0.001, span))
    if running.poll() is None:
        running.send_signal(rng.choice([signal.SIGKILL, signal.SIGTERM]))
        done += 1
    running.wait()
    if running.returncode in (0, 1):
        span = max(0.02, time.monotonic() - began)
        took = took[:2] + (("--set", "text.byline=false") if len(took) == 2 else ())
n, said, status = run(out, *took[2:])  # goes on with it, without being told
check("killed: the run goes to its end", status == 1, (n, said))
as_fresh(f"after {done} kills", *took[2:])
for flags in (), ("--from", "clean.text"):
    for _ in range(20):  # until one is caught in the middle
        running = subprocess.Popen(command(out, "--from", "clean.text"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while running.poll() is None and (not os.path.exists(f"{out}/.galley/journal.next") or
                                          os.path.getsize(f"{out}/.galley/journal.next") < 2000):
            time.sleep(0.001)
        running.kill()
        running.wait()
        n, said, status = run(out, *flags)
        if 0 < n["written"] < good:
            break
    check(f"cut off, then {flags}: the rest is done again, and no more", 0 < n["written"] < good, n)
    as_fresh(f"cut off, then {flags}")

# ---- splits
config(SPLIT, CHAOS)
write("0/parts.txt", b"=== one\nOne.\n=== three\nThree.\nchaos:fail\n")
run(out)
n, said, status = run(out, "--from", "test.parts")
check("--from a split: done again", n["split"] == 1 and n["children"] == 2, n)
as_fresh("--from a split")

# ---- what makes no sense
def refused(what, sentence, *flags, inputs=top):
    line = command(out, *flags)
    line[3] = inputs
    done = subprocess.run(line, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL, text=True)
    check(f"refused: {what}", done.returncode == 2 and sentence in done.stderr, (done.returncode, done.stderr))


before = files(out)
refused("no such stage", "did you mean 'test.chaos'?", "--from", "test.chaso")
refused("the source", "type --fresh", "--from", "fetch.folder")
refused("a sink", "type --fresh", "--from", "jsonl")
refused("behind a stage that is not pure", "test.parts does not promise to give the same again; type --fresh", "--from", "chaos")
refused("with --fresh", "leave it or '--from' out", "--from", "clean.charset", "--fresh")
refused("standard input", "reads standard input", "--from", "clean.charset", inputs="-")
config(TEXT, CHAOS, '{ use = "test.chaos"; id = "again"; },')
refused("one name for two stages", "give the id of one", "--from", "test.chaos")
check("what is refused changes nothing", files(out) == before)
run(out)
n, said, status = run(out, "--from", "again")
check("one name for two stages: all that may have come there is done again", n["failed_before"] == early, n)
as_fresh("one name for two stages")
print(f"{passed} passed, {failed} failed")
sys.exit(failed > 0)
PY
