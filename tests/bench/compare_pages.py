#!/usr/bin/env python3
"""Compares the pages pipeline with a bare tree parse of the same pages, in one
interleaved run.

usage: compare_pages.py GALLEY MEASURE SCANNER FOLDER WORK [HTMLTREE] [ROUNDS]

SCANNER is build/page/bench, HTMLTREE the program of htmltree.c or "-" where libxml2
is not installed, WORK a folder to write below. CPU is user and system seconds;
figures are medians of the rounds. Read the ratios."""
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

from compare import has_flag, spawn

CONFIG = os.path.join(os.path.dirname(__file__), "..", "..", "configs", "pages.cfg")
PAGE = 149_000
DENSE = {"paragraphs": "<p>ab", "cells": "<table><tr><td>x", "formatting": "<b><i>x", "headings": "<h2>a</h2>",
         "items": "<ul><li>a", "links": "<a href=/x>y</a> ", "attributes": "<p class=a id=b>x"}
DENSE_SIZES = (2_000_000, 4_000_000)


def run_of(galley, folder, out):
    run = [galley, "run", CONFIG, folder, "-q", "-o", out]
    run += ["--fresh"] if has_flag(galley, "--fresh") else []
    return run + (["--no-isolate"] if has_flag(galley, "--no-isolate") else [])


def peak_over_size(galley, measure, work):
    """The bytes that a larger page takes more, by kind of dense markup."""
    ratios = {}
    for kind, unit in DENSE.items():
        peaks = []
        for size in DENSE_SIZES:
            page = os.path.join(work, f"{kind}.html")
            with open(page, "w", encoding="ascii") as out:
                out.write("<!DOCTYPE html><body>" + unit * (size // len(unit)))
            peaks.append(spawn(measure, run_of(galley, page, os.path.join(work, "dense")), os.path.join(work, "report"))[2])
        ratios[kind] = (peaks[1] - peaks[0]) / (DENSE_SIZES[1] - DENSE_SIZES[0])
    return ratios


def scan(scanner, pages):
    said = subprocess.run([scanner, *pages], capture_output=True, text=True, check=True).stdout
    return {line.split()[0]: float(re.search(r"([\d.]+) MB/s", line)[1]) for line in said.splitlines()}


def main():
    if len(sys.argv) < 6:
        sys.exit(__doc__)
    galley, measure, scanner, folder, work = map(os.path.abspath, sys.argv[1:6])
    htmltree = sys.argv[6] if len(sys.argv) > 6 else "-"
    rounds = int(sys.argv[7]) if len(sys.argv) > 7 else 5
    pages = sorted(os.path.join(at, name) for at, _, names in os.walk(folder) for name in names)
    size = sum(os.path.getsize(page) for page in pages)
    work = tempfile.mkdtemp(dir=work)
    try:
        todo = {"galley": run_of(galley, folder, os.path.join(work, "out"))}
        if htmltree != "-":
            todo["libxml2"] = [os.path.abspath(htmltree), folder]
        report = os.path.join(work, "report")
        seen = {what: [] for what in todo}
        for _ in range(rounds):
            for what, argv in todo.items():
                seen[what].append(spawn(measure, argv, report)[0])
        cpu = {what: statistics.median(column) for what, column in seen.items()}
        speed = scan(scanner, pages[:200])
        peaks = peak_over_size(galley, measure, work)
    finally:
        shutil.rmtree(work)
    worst = max(peaks, key=peaks.get)
    print(f"{len(pages):,} pages of {size / len(pages) / 1000:.1f} kB; {rounds} interleaved rounds, medians, CPU user+sys\n")
    print(f"  whole pages pipeline    {size / cpu['galley'] / PAGE:8,.0f} pages of 149 kB/s and core, "
          f"{size / cpu['galley'] / 1e6:.0f} MB/s   goal 1,500 pages")
    if htmltree == "-":
        print("  SKIP libxml2: it is missing; apt-get install libxml2-dev")
    else:
        print(f"  to a libxml2 tree       {cpu['libxml2'] / cpu['galley']:8.2f} x its speed   goal 3.2")
    print(f"  scanner alone           {speed['tokenizer']:8,.0f} MB/s where memcpy does {speed['memcpy']:,.0f}   goal 600 where it does 17,000")
    print(f"  scanner and tree        {speed['tree']:8,.0f} MB/s")
    print(f"  peak memory             {peaks[worst]:8.1f} x the page, where markup is densest ({worst})   goal 16 at most")


if __name__ == "__main__":
    main()
