#!/usr/bin/env python3
"""Compares galley with what a shell offers, in one interleaved run.

usage: compare.py GALLEY MEASURE FOLDER [ROUNDS]

MEASURE is the program of measure.c, FOLDER holds the articles of make bench. Every
round runs each command once; CPU is user and system seconds of all processes, the
peak is that of the largest process; figures are medians of the rounds. Absolute
figures drift with the machine: read the ratios."""
import os
import shutil
import statistics
import subprocess
import sys
import tempfile

LOCALE = {"LC_ALL": "C.UTF-8"}
START_UPS = 50


def spawn(measure, argv, report):
    """CPU seconds, wall seconds and the peak bytes of the largest process."""
    done = subprocess.run([measure, report, *argv], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                          env={**os.environ, **LOCALE}, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(argv)}: exit {done.returncode}")
    with open(report, encoding="ascii") as lines:
        return [float(figure) for figure in lines.read().split()]


def list_articles(folder, path):
    """A list of names with NULs between, for wc and xargs; returns how many, how large."""
    names = sorted(os.path.join(at, name) for at, _, files in os.walk(folder) for name in files)
    with open(path, "wb") as out:
        out.write(b"".join(os.fsencode(name) + b"\0" for name in names))
    return len(names), sum(os.path.getsize(name) for name in names)


def has_flag(galley, flag):
    return flag in os.popen(f"'{galley}' run --help").read()


def commands(galley, folder, work, names):
    config = os.path.join(os.path.dirname(__file__), "..", "..", "configs", "press.cfg")
    run = [galley, "run", config, folder, "-q", "-o", os.path.join(work, "out")]
    run += ["--fresh"] if has_flag(galley, "--fresh") else [] # or all but the first find nothing to do
    yield "wc -w", ["wc", "-w", f"--files0-from={names}"]
    yield "cat|tr|sort|uniq", ["sh", "-c", f"xargs -0 cat <{names} | tr -cs '[:alnum:]' '\\n' | sort | uniq -c"]
    if has_flag(galley, "--no-isolate"):
        yield "galley, one process", [*run, "--no-isolate"]
        yield "galley, one worker", [*run, "-j1"]
        yield "galley, two workers", [*run, "-j2"]
    else:
        yield "galley, one process", run


def compare(galley, measure, folder, rounds):
    work = tempfile.mkdtemp(prefix="galley-bench-")
    try:
        names, report = os.path.join(work, "names"), os.path.join(work, "report")
        count, size = list_articles(folder, names)
        todo = dict(commands(galley, folder, work, names))
        seen = {what: [] for what in todo}
        for _ in range(rounds):
            for what, argv in todo.items():
                seen[what].append(spawn(measure, argv, report))
        few = spawn(measure, [*todo["galley, one process"], "--limit", "1000"], report)[2]
        version = [sum(spawn(measure, [galley, "--version"], report)[0] for _ in range(START_UPS)) / START_UPS
                   for _ in range(rounds)]
    finally:
        shutil.rmtree(work)
    figures = {what: [statistics.median(column) for column in zip(*rows)] for what, rows in seen.items()}
    return count, size, figures, statistics.median(version), few


def show(count, size, figures, version, few, rounds):
    print(f"{count:,} articles of {size / count / 1000:.1f} kB; {rounds} interleaved rounds, medians, CPU user+sys\n")
    print(f"{'':24}{'us an article':>14}{'articles/s':>12}{'wall s':>9}{'peak MB':>9}")
    for what, (cpu, wall, peak) in figures.items():
        print(f"{what:24}{cpu / count * 1e6:14.1f}{count / cpu:12,.0f}{wall:9.2f}{peak / 1e6:9.1f}")
    one = figures.get("galley, one worker", figures["galley, one process"])[0]
    print("\nratios of CPU time, galley's default pipeline (configs/press.cfg) on one worker")
    print(f"  to wc -w                {figures['wc -w'][0] / one:8.2f} x its speed   floor 0.15, goal 0.30")
    print(f"  to cat|tr|sort|uniq     {figures['cat|tr|sort|uniq'][0] / one:8.2f} x its speed   goal 2.5")
    if "galley, one worker" in figures:
        alone = figures["galley, one process"][0]
        two = figures["galley, two workers"]
        print(f"  a worker process costs  {100 * (one / alone - 1):8.1f} % more CPU     goal 5 %")
        print(f"  two workers cost        {100 * (two[0] / one - 1):8.1f} % more CPU     goal 5 %")
        print(f"  two workers are         {figures['galley, one worker'][1] / two[1]:8.2f} x faster      goal 1.9, on a quiet machine")
    many = figures["galley, one process"][2]
    print(f"  peak memory             {many / few:8.2f} x that of 1,000 articles  goal 1.05 at most")
    print(f"  galley --version        {version * 1e3:8.2f} ms CPU         goal 5")


def main():
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    rounds = int(sys.argv[4]) if len(sys.argv) > 4 else 5
    show(*compare(os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]), sys.argv[3], rounds), rounds)


if __name__ == "__main__":
    main()
