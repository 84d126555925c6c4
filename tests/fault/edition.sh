#!/bin/bash
# Inputs that change, come and go in the middle: only they are done again, the
# outputs are those of one quiet run, and a run that is killed meanwhile is taken
# up by the same command.
# usage: tests/fault/edition.sh BUILD [ARTICLES KILLS]
set -u
build=$(realpath "$1")
articles=${2:-600} kills=${3:-12}
work=$(mktemp -d -p "$([ -d /dev/shm ] && echo /dev/shm || echo /tmp)")
trap 'rm -rf "$work"' EXIT

python3 - "$build" "$work" "$articles" "$kills" <<'PY'
import json, os, random, re, shutil, signal, subprocess, sys, time

build, work, articles, kills = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
top, out, rng = f"{work}/in", f"{work}/out", random.Random(11)
passed = failed = 0

CONFIG = """
galley = 1;
pipeline = (
  { use = "fetch.folder"; ignore = ["*.skip"]; },
  { use = "clean.charset"; },
  { use = "test.chaos"; },
  { use = "emit.jsonl"; path = "${out}/articles.jsonl"; },
  { use = "emit.csv"; path = "${out}/articles.csv"; },
  { use = "emit.markdown"; path = "${out}/pages"; }
);
run = { commit = "1 ms"; };
"""
open(f"{work}/three.cfg", "w").write(CONFIG)


def check(what, good, more=""):
    global passed, failed
    passed, failed = passed + bool(good), failed + (not good)
    if not good:
        print("FAILED", what, more)


def command(into, *flags):
    return [f"{build}/galley", "run", f"{work}/three.cfg", top, "-o", into, "--plugin-dir",
            f"{build}/tests/plugins", "-j", "2", *flags]


def run(into, *flags):
    """Outcomes by input, standard error, exit status."""
    done = subprocess.run(command(into, "--accounts", f"{work}/accounts", *flags), stderr=subprocess.PIPE,
                          stdout=subprocess.DEVNULL, text=True)
    lines = [json.loads(line) for line in open(f"{work}/accounts")]
    below = len("in/")
    return {line["uri"][below:]: line["outcome"] for line in lines}, done.stderr.replace("in/", ""), done.returncode


def files(folder):
    found = {}
    for base, folders, names in os.walk(folder):
        folders[:] = [f for f in folders if f not in (".galley", "quarantine")]
        for name in names:
            path = os.path.join(base, name)
            found[os.path.relpath(path, folder)] = open(path, "rb").read()
    return found


def as_quiet(what, *flags):
    shutil.rmtree(f"{work}/quiet", ignore_errors=True)
    run(f"{work}/quiet", *flags)
    mine, quiet = files(out), files(f"{work}/quiet")
    wrong = [name for name in sorted(set(mine) | set(quiet)) if mine.get(name) != quiet.get(name)]
    check(f"{what}: what one quiet run gives", not wrong, wrong[:5])


def redone(outcomes):
    return {uri for uri, outcome in outcomes.items() if outcome not in ("unchanged", "ignored")}


def write(name, text):
    path = f"{top}/{name}"
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as f:
        f.write(text)


def article(n):
    return f"Title {n}\n\n" + " ".join(rng.choices("ferry harbour council bridge quarry".split(), k=rng.randrange(3, 200)))


def names():
    return sorted(os.path.relpath(os.path.join(b, n), top) for b, _, ns in os.walk(top) for n in ns)


for i in range(articles):  # a.txt and a.html give pages of one name: a.md and a~2.md
    stem = f"{i % 4}/{i // 2:05d}"
    write(stem + (".txt" if i % 2 else ".html"), article(i) + ("\nchaos:abort\n" if i % 60 == 7 else ""))
    if i % 50 == 0:
        write(stem + ".skip", "not read")
write("1/dup.html", article("dup"))
write("1/dup.txt", article("dup 2"))
write("1/dup.htm", article("dup 3"))
bad = {n for n in names() if "chaos:abort" in open(f"{top}/{n}").read()}

first, err, status = run(out)
check("the first run", status == 1 and redone(first) == {n for n in names() if not n.endswith(".skip")}, err)
again, err, status = run(out)
check("nothing to do", redone(again) == bad and "failed in an earlier run" in err, err)

# ---- one after the other
write("2/00003.html", "Changed\n\nAnother text.\n")
outcomes, err, _ = run(out)
check("one is changed: one is done", redone(outcomes) - bad == {"2/00003.html"}, redone(outcomes) - bad)
as_quiet("one is changed")

write("0/00000a.txt", "New\n\nIn the middle.\n")
outcomes, err, _ = run(out)
check("one is new in the middle: one is done", redone(outcomes) - bad == {"0/00000a.txt"}, redone(outcomes) - bad)
as_quiet("one is new in the middle")

for name in names()[100:110]:
    os.remove(f"{top}/{name}")
outcomes, err, _ = run(out)
check("ten are gone: none is done", redone(outcomes) <= bad, redone(outcomes) - bad)
check("ten are gone: said so", re.search(r"\d+ inputs of the last run are gone: .*, \.\.\.; their records were taken out", err), err)
as_quiet("ten are gone")

os.remove(f"{top}/1/dup.html")
outcomes, err, _ = run(out)
check("a namesake is gone: none is done", redone(outcomes) <= bad, redone(outcomes) - bad)
as_quiet("a namesake is gone")
write("1/dup.html", article("dup again"))
outcomes, err, _ = run(out)
check("a namesake is back: one is done", redone(outcomes) - bad == {"1/dup.html"}, redone(outcomes) - bad)
as_quiet("a namesake is back")

for name in names()[50:300:3]:
    os.utime(f"{top}/{name}", (1e9, 1e9))
before = os.stat(f"{out}/articles.jsonl").st_ino
outcomes, err, _ = run(out)
check("touched: none is written", redone(outcomes) <= bad, redone(outcomes) - bad)
check("touched: the outputs are left alone", os.stat(f"{out}/articles.jsonl").st_ino == before)
as_quiet("touched")
outcomes, err, _ = run(out)
size = os.path.getsize(f"{out}/.galley/journal")
check("touched, then again: nothing is to do", redone(outcomes) <= bad and not os.path.exists(f"{out}/.galley/journal.next"))

healed = sorted(bad)[:3]
for name in healed:
    write(name, "Quiet now\n\nText.\n")
outcomes, err, _ = run(out, "--from-failed")
check("--from-failed: those that failed are done", redone(outcomes) == bad & set(names()), redone(outcomes) ^ bad)
check("--from-failed: and three are written", [outcomes[n] for n in healed] == ["written"] * 3)
as_quiet("--from-failed")
bad -= set(healed)

last = names()[-1]
os.remove(f"{top}/{last}")
outcomes, err, _ = run(out)
check("the last is gone: said so", f"1 input of the last run is gone: {last}; its record was taken out" in err, err)
as_quiet("the last is gone")

outcomes, err, _ = run(out, "--limit", "5")
check("--limit: the rest is left as it is", len(outcomes) == 5 and "gone" not in err)
as_quiet("--limit")
write("0/00000.html", "Changed\n\nOnce more.\n")
outcomes, err, _ = run(out, "--limit", "5")
check("--limit and a change: one is done", redone(outcomes) == {"0/00000.html"}, outcomes)
as_quiet("--limit and a change")

# ---- records that stay
middle = [n for n in names() if not n.endswith(".skip") and n not in bad][200]
text = open(f"{top}/{middle}").read()
keep = ("--set", "run.vanished=keep")
before = files(out)
os.remove(f"{top}/{middle}")
outcomes, err, _ = run(out, *keep)
check("keep: said so", f"gone: {middle}; its record was left" in err, err)
check("keep: the record is there", sorted(files(out)["articles.jsonl"].split(b"\n")) == sorted(before["articles.jsonl"].split(b"\n")))
outcomes, err, _ = run(out, *keep)
check("keep: said once", "gone" not in err and redone(outcomes) <= bad, err)
write(middle, text)
outcomes, err, _ = run(out, *keep)
check("keep: it is back and not done again", redone(outcomes) <= bad, redone(outcomes) - bad)
run(out)
as_quiet("keep, and back")

# ---- names that would play with a terminal, or that no text can hold
odd = [b"two\nlines.txt", b"\x1b[31mred\x07.txt", b'quo"te\\.txt', b"inv\xff\xfealid.txt", b"tab\t\x7f\xc2\x9b.txt"]


def run_odd(*flags):
    """The accounts, and what was said, as bytes."""
    line = command(f"{work}/odd-out", "--accounts", f"{work}/accounts", *flags)
    line[3] = f"{work}/odd"
    done = subprocess.run(line, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
    return [json.loads(a) for a in open(f"{work}/accounts", encoding="utf8", newline="\n")], done.stderr


for flags in ("--set", "run.vanished=keep"), (), ("--progress=json",):
    os.makedirs(f"{work}/odd")
    for name in odd + [b"plain.txt"]:
        open(os.path.join(f"{work}/odd".encode(), name), "w").write("Title\n\nText.\n")
    run_odd(*flags)
    for name in odd:
        os.remove(os.path.join(f"{work}/odd".encode(), name))
    told, err = run_odd(*flags)
    shutil.rmtree(f"{work}/odd")
    err.decode("utf8")
    check(f"odd names that are gone: told {flags}", b"5 inputs of the last run are gone: " in err, err)
    check(f"odd names that are gone: the message is clean {flags}",
          not [c for c in err if (c < 0x20 and c != 0x0A) or c == 0x7F] and b"\xc2\x9b" not in err, err)
    check(f"odd names that are gone: the accounts {flags}", [a["uri"] for a in told] == ["odd/plain.txt"], told)
    status = subprocess.run([f"{build}/galley", "status", f"{work}/odd-out", "--json"], stdout=subprocess.PIPE).stdout
    check(f"odd names that are gone: the status {flags}", json.loads(status.decode("utf8"))["inputs"] == (6 if flags[1:] == ("run.vanished=keep",) else 1), status)

# ---- a journal that is damaged in the middle
journal = f"{out}/.galley/journal"
for n in range(4):
    whole = open(journal, "rb").read()
    at = rng.randrange(200, len(whole))
    open(journal, "wb").write(whole[:at] + bytes([whole[at] ^ 0x20]) + whole[at + 1:])
    outcomes, err, _ = run(out)
    check("damaged: not all is done again", len(redone(outcomes)) < len(outcomes) or len(outcomes) < 300)
    as_quiet(f"damaged at {at}")

# ---- killed at any time, and changed meanwhile
def stir(n):
    """Changes, adds and removes some."""
    for _ in range(n):
        some = rng.choice([f for f in names() if not f.endswith(".skip")])
        what = rng.random()
        if what < 0.4:
            write(some, article(rng.random()))
        elif what < 0.7:
            write(some.replace(".", f"-{rng.randrange(10 ** 6)}.", 1), article(rng.random()))
        elif what < 0.9:
            os.remove(f"{top}/{some}")
        else:
            os.utime(f"{top}/{some}")


done, span = 0, 0.2
while done < kills:
    stir(12)
    for _ in range(6):
        began = time.monotonic()
        running = subprocess.Popen(command(out), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(rng.uniform(0.001, span))
        if running.poll() is None:
            running.send_signal(rng.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGTERM]))
            done += 1
        running.wait()
        if running.returncode in (0, 1):
            span = max(0.02, time.monotonic() - began)
            break
        if rng.random() < 0.3:
            stir(4)
    outcomes, err, status = run(out)
    check("after kills the run goes to its end", status in (0, 1), err)
    as_quiet(f"after {done} kills")
    if failed:
        break
check("nothing is left beside", not os.path.exists(f"{journal}.next") and not [f for f in files(out) if ".part" in f or "next" in f])
print(f"{passed} passed, {failed} failed")
sys.exit(failed > 0)
PY
