#!/usr/bin/env python3
"""What the runner itself costs: processes, sandbox, journal, lost workers; and how it
takes very many inputs.

usage: batch.py costs GALLEY MEASURE PLUGINS FOLDER WORK [ROUNDS]
       batch.py many GALLEY MEASURE WORK [COUNT]

costs: FOLDER holds the articles of make bench; PLUGINS the stages of the tests. Every
round runs each way of running once, in turn; figures are medians of the rounds.
many: COUNT small articles are made below WORK, carried by two workers, looked at
again by a run that has nothing to do, and removed."""
import os
import shutil
import statistics
import subprocess
import sys
import time

CONFIGS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "configs")
FEW, SHARE = 10_000, 100  # of very many; one article of so many is poisoned
SMALL = """galley = 1;
pipeline = (
  { use = "fetch.folder"; },
  { use = "clean.charset"; },
  { use = "clean.text"; },
  { use = "emit.jsonl"; path = "${out}/articles.jsonl"; keys = ["uri", "text"]; }
);
"""


def spawn(measure, argv, report, statuses=(0,)):
    """CPU seconds, wall seconds and the peak bytes of the largest process."""
    done = subprocess.run([measure, report, *argv], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE, check=False)
    if done.returncode not in statuses:
        sys.exit(f"{' '.join(argv)}: exit {done.returncode}\n{done.stderr.decode()}")
    with open(report, encoding="ascii") as lines:
        return [float(figure) for figure in lines.read().split()]


# ---- what the parts of the runner cost -------------------------------------------------

def poison(folder, into):
    """The same articles, by hard links, but for one of SHARE, which kills its worker."""
    number = 0
    for at, folders, files in os.walk(folder):
        folders.sort()
        below = os.path.join(into, os.path.relpath(at, folder))
        os.makedirs(below, exist_ok=True)
        for name in sorted(files):
            if number % SHARE == SHARE // 2:
                with open(os.path.join(at, name), "rb") as whole, open(os.path.join(below, name), "wb") as bad:
                    bad.write(whole.read() + b"\nchaos:abort\n")
            else:
                os.link(os.path.join(at, name), os.path.join(below, name))
            number += 1
    return number


def altered(work, name, *pairs):
    """The default pipeline with something else in place of something."""
    with open(os.path.join(CONFIGS, "press.cfg"), encoding="utf-8") as press:
        config = press.read()
    for before, after in pairs:
        if before not in config:
            sys.exit(f"press.cfg has no {before}")
        config = config.replace(before, after)
    path = os.path.join(work, name)
    with open(path, "w", encoding="utf-8") as out:
        out.write(config)
    return path


def costs(galley, measure, plugins, folder, work, rounds):
    bad, out, report = os.path.join(work, "bad"), os.path.join(work, "out"), os.path.join(work, "report")
    os.makedirs(out)
    count = poison(folder, bad)
    press = [galley, "run", os.path.join(CONFIGS, "press.cfg"), folder, "-q"]
    sink = '  { use = "emit.jsonl"'
    chaos = [galley, "run", altered(work, "chaos.cfg", (sink, '  { use = "test.chaos"; },\n' + sink)), "-q", "--plugin-dir", plugins, "-o", out, "--fresh", "-j2"]
    plain = [galley, "run", altered(work, "plain.cfg", ('vars = { out = "out"; };', ""), # no output folder, no journal
                                    ("${out}/articles.jsonl", os.path.join(work, "plain.jsonl"))), folder]
    ways = {
        "one process": [*press, "-o", out, "--fresh", "--no-isolate"],
        "one worker, no sandbox": [*press, "-o", out, "--fresh", "-j1", "--no-sandbox"],
        "one worker, no journal": [*plain, "-q", "-j1"],
        "one worker": [*press, "-o", out, "--fresh", "-j1"],
        "two workers": [*press, "-o", out, "--fresh", "-j2"],
        "two workers, clean": [*chaos, folder],
        "two workers, 1 % poison": [*chaos, bad],
    }
    seen = {what: [] for what in ways}
    for turn in range(rounds):
        for what, argv in ways.items():
            # A folder of its own: ext4 is slow to make files where some were just removed.
            argv = [f"{out}/{turn}-{len(what)}" if word == out else word for word in argv]
            seen[what].append(spawn(measure, argv, report, (0, 1)))
    shutil.rmtree(out)
    show_costs(count, {what: [statistics.median(column) for column in zip(*rows)] for what, rows in seen.items()}, rounds)


def show_costs(count, figures, rounds):
    print(f"the runner, {count:,} articles, {rounds} interleaved rounds, medians\n")
    print(f"{'':26}{'us CPU an article':>18}{'wall s':>9}{'peak MB':>9}")
    for what, (cpu, wall, peak) in figures.items():
        print(f"{what:26}{cpu / count * 1e6:18.1f}{wall:9.2f}{peak / 1e6:9.1f}")
    cpu = {what: row[0] for what, row in figures.items()}
    wall = {what: row[1] for what, row in figures.items()}
    clean, bad = "two workers, clean", "two workers, 1 % poison"
    lost = max(1, count // SHARE)
    print(f"\n  isolation costs          {100 * (cpu['one worker, no sandbox'] / cpu['one process'] - 1):8.1f} % CPU     goal 3")
    print(f"  the sandbox costs        {100 * (cpu['one worker'] / cpu['one worker, no sandbox'] - 1):8.1f} % CPU     goal 4")
    print(f"  the journal costs        {(cpu['one worker'] - cpu['one worker, no journal']) / count * 1e6:8.2f} us a document   goal 5")
    print(f"  two workers cost         {100 * (cpu['two workers'] / cpu['one worker'] - 1):8.1f} % CPU     goal 5")
    print(f"  two workers are          {wall['one worker'] / wall['two workers']:8.2f} x faster  goal 1.9, on a quiet machine")
    print(f"  a lost worker costs      {1e3 * (cpu[bad] - cpu[clean]) / lost:8.2f} ms CPU")
    print(f"  with 1 % poison          {100 * wall[clean] / wall[bad]:8.1f} % of the clean speed   goal 90 at least")


# ---- very many inputs --------------------------------------------------------------------

def make_small(folder, count):
    words = "ferry harbour council bridge quarry lantern police market river school".split()
    for number in range(count):
        below = f"{folder}/{number // 1000:04d}"
        if number % 1000 == 0:
            os.makedirs(below)
        said = " ".join(words[(number * 7 + k * k) % 10] for k in range(40))
        with open(f"{below}/{number:07d}.txt", "w", encoding="ascii") as out:
            out.write(f"Title {number}\n\n{said}.\n")


def carry(galley, measure, config, folder, out, more=()):
    """CPU seconds, wall seconds, peak bytes of the largest process."""
    run = subprocess.Popen([measure, out + ".report", galley, "run", config, folder, "-q", "-o", out, "-j2", *more],
                           stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    if run.wait():
        sys.exit("a run failed")
    with open(out + ".report", encoding="ascii") as lines:
        cpu, wall, peak = map(float, lines.read().split())
    return cpu, wall, peak


def many(galley, measure, work, count):
    began, folder, out = time.monotonic(), os.path.join(work, "small"), os.path.join(work, "out")
    config = os.path.join(work, "small.cfg")
    with open(config, "w", encoding="ascii") as text:
        text.write(SMALL)
    make_small(folder, count)
    made = time.monotonic() - began
    few = carry(galley, measure, config, folder, out + "-few", ("--limit", str(FEW)))
    all_of_them = carry(galley, measure, config, folder, out)
    again = carry(galley, measure, config, folder, out)
    journal = sum(os.path.getsize(os.path.join(at, name)) for at, _, names in os.walk(os.path.join(out, ".galley")) for name in names)
    print(f"{count:,} small articles, two workers (made in {made:.0f} s, the whole took {time.monotonic() - began:.0f} s)\n")
    print(f"  all of them                    {all_of_them[1]:8.1f} s, {1e6 * all_of_them[0] / count:.1f} us CPU each")
    print(f"  CPU each, against {FEW:,}        {(all_of_them[0] / count) / (few[0] / FEW):8.2f} x          goal 1.05 at most")
    print(f"  peak of the largest process    {all_of_them[2] / 1e6:8.1f} MB, {few[2] / 1e6:.1f} at {FEW:,}; goal 48 + 24 a worker")
    print(f"  a run with nothing to do       {again[1]:8.2f} s, {again[0]:.2f} s CPU, {again[2] / 1e6:.1f} MB   goal 3 s")
    print(f"  the runner's own files         {journal / count:8.1f} bytes each   goal 32")


def main():
    kind, arguments = (sys.argv[1], sys.argv[2:]) if len(sys.argv) > 4 else ("", [])
    if kind == "costs" and len(arguments) >= 5:
        galley, measure, plugins, folder, work = map(os.path.abspath, arguments[:5])
    elif kind == "many":
        galley, measure, work = map(os.path.abspath, arguments[:3])
    else:
        sys.exit(__doc__)
    shutil.rmtree(work, ignore_errors=True)
    os.makedirs(work)
    try:
        if kind == "costs":
            costs(galley, measure, plugins, folder, work, int(arguments[5]) if len(arguments) > 5 else 5)
        else:
            many(galley, measure, work, int(arguments[3]) if len(arguments) > 3 else 1_000_000)
    finally:
        shutil.rmtree(work)


if __name__ == "__main__":
    main()
