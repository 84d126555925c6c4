#!/usr/bin/env python3
"""Compares galley with what a shell offers, in one interleaved run.

usage: compare.py GALLEY FOLDER [ROUNDS]

FOLDER holds the articles of make bench. Every round runs each command once; CPU
is user and system seconds of all processes; figures are medians of the rounds.
Absolute figures drift with the machine: read the ratios."""
import os
import shutil
import statistics
import sys
import tempfile
import time

LOCALE = {"LC_ALL": "C.UTF-8"}
START_UPS = 50


def spawn(argv, out):
    """CPU seconds, wall seconds and peak bytes of a command and its children."""
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        nothing = os.open(os.devnull, os.O_RDWR)
        os.dup2(nothing, 0)
        os.dup2(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 1)
        os.execvpe(argv[0], argv, {**os.environ, **LOCALE})
    _, status, used = os.wait4(child, 0)
    if status != 0:
        sys.exit(f"{' '.join(argv)}: exit {os.waitstatus_to_exitcode(status)}")
    return used.ru_utime + used.ru_stime, time.monotonic() - started, used.ru_maxrss * 1024


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
    yield "wc -w", ["wc", "-w", f"--files0-from={names}"]
    yield "cat|tr|sort|uniq", ["sh", "-c", f"xargs -0 cat <{names} | tr -cs '[:alnum:]' '\\n' | sort | uniq -c"]
    if has_flag(galley, "--no-isolate"):
        yield "galley, one process", [*run, "--no-isolate"]
        yield "galley, one worker", [*run, "-j1"]
        yield "galley, two workers", [*run, "-j2"]
    else:
        yield "galley, one process", run


def measure(galley, folder, rounds):
    work = tempfile.mkdtemp(prefix="galley-bench-")
    try:
        names = os.path.join(work, "names")
        count, size = list_articles(folder, names)
        todo = dict(commands(galley, folder, work, names))
        seen = {what: [] for what in todo}
        for _ in range(rounds):
            for what, argv in todo.items():
                seen[what].append(spawn(argv, os.devnull))
        version = [sum(spawn([galley, "--version"], os.devnull)[0] for _ in range(START_UPS)) / START_UPS
                   for _ in range(rounds)]
    finally:
        shutil.rmtree(work)
    figures = {what: [statistics.median(column) for column in zip(*rows)] for what, rows in seen.items()}
    return count, size, figures, statistics.median(version)


def show(count, size, figures, version, rounds):
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
    print(f"  galley --version        {version * 1e3:8.2f} ms CPU         goal 5")


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 5
    show(*measure(os.path.abspath(sys.argv[1]), sys.argv[2], rounds), rounds)


if __name__ == "__main__":
    main()
