#!/usr/bin/env python3
"""train_pages.py BUILD DATA [OUT]: learns the weights of clean.html's judge.

Needs build/page/rows and build/page/fit (make page-tools EXTRA_CFLAGS='-O3
-march=native -ffast-math' makes them fast) and the pages of eval_pages.py. Learns on
WCXB, Scrapinghub and Fundus, five folds by host; prints the shingle F1 of pages
judged by weights that no page of their host had a part in, then writes the weights
of all to OUT (plugins/clean/html/weights.c)."""
import array
import gzip
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.parse

from records import gold_rows, score

CONFIG = """galley = 1;
pipeline = ( {{ use = "fetch.folder"; path = "{0}/html"; }}, {{ use = "clean.charset"; }},
             {{ use = "emit.jsonl"; path = "{0}/utf8.jsonl"; keys = ["uri", "text"]; }} );
"""
SOURCES = {"wcxb", "scrapinghub", "fundus"}
WORD = re.compile(r"\w+")
PENALTY, STEPS = "2e-4", "200"


def fold(row):
    host = urllib.parse.urlparse(row.get("url") or "").netloc.lower() or row["id"]
    return int(hashlib.md5(host.removeprefix("www.").encode()).hexdigest(), 16) % 5


def write_pages(folder, build, data, rows):
    os.mkdir(f"{folder}/html")
    os.mkdir(f"{folder}/utf8")
    for row in rows:
        with gzip.open(f"{data}/pages/html/{row['id']}.html.gz") as packed, \
                open(f"{folder}/html/{row['id']}.html", "wb") as page:
            page.write(packed.read())
    with open(f"{folder}/utf8.cfg", "w", encoding="utf8") as file:
        file.write(CONFIG.format(folder))
    subprocess.run([f"{build}/galley", "run", f"{folder}/utf8.cfg", "-q"], check=True)
    with open(f"{folder}/utf8.jsonl", encoding="utf8") as records:
        for line in records:
            record = json.loads(line)
            with open(f"{folder}/utf8/{os.path.basename(record['uri'])}", "w", encoding="utf8") as page:
                page.write(record["text"])
    with open(f"{folder}/list", "w", encoding="utf8") as file:
        file.writelines(f"{folder}/utf8/{row['id']}.html {fold(row)}\n" for row in rows)


def read_texts(path):
    """Per page id, its blocks as (kept, text)."""
    pages = {}
    with open(path, encoding="utf8", errors="replace") as file:
        for line in file:
            if line.startswith("#PAGE "):
                pages[os.path.basename(line.split()[1]).removesuffix(".html")] = blocks = []
            else:
                blocks.append((line[0] == "1", line[2:].rstrip("\n")))
    return pages


def labels_of(row, blocks):
    """How much of each block the gold text has; short blocks by what stands around them."""
    gold = WORD.findall(row["text"])
    runs = {tuple(gold[i:i + 4]) for i in range(max(1, len(gold) - 3))}
    words = [WORD.findall(text) for _, text in blocks]
    flat = [word for block in words for word in block]
    at = 0
    for block in words:
        size, share = len(block), 0.0
        if size >= 4:
            share = sum(tuple(block[i:i + 4]) in runs for i in range(size - 3)) / (size - 3)
            share = float(share > 0.5) if size < 8 or not 0.3 <= share <= 0.5 else share
        elif size:
            share = float(any(tuple(flat[i:i + 4]) in runs for i in range(max(0, at - 4 + size), at + 1)))
        weight = size if size > 2 else size * 0.7 + 0.1
        yield share, weight / (len(gold) + 0.5 * len(flat) + 1), fold(row)
        at += size


def run_rows(build, folder, number):
    subprocess.run([f"{build}/page/rows", str(number), f"{folder}/list", f"{folder}/rows", f"{folder}/texts",
                    f"{folder}/weights1", f"{folder}/weights2"], check=True)
    return read_texts(f"{folder}/texts")


def fit(build, folder, number, count):
    columns = os.path.getsize(f"{folder}/rows") // 4 // count
    with open(f"{folder}/weights{number}", "w", encoding="utf8") as out:
        subprocess.run([f"{build}/page/fit", f"{folder}/rows", f"{folder}/labels", str(columns), PENALTY, STEPS],
                       stdout=out, check=True)


def names_of_signals():
    with open("plugins/clean/html/signals.h", encoding="utf8") as file:
        header = file.read()
    with open("plugins/clean/html/vocabulary.h", encoding="utf8") as file:
        words = file.read()
    names = re.findall(r"X\((\w+)\)", re.search(r"#define SIGNALS\(X\)(.*?)\nenum", header, re.S).group(1))
    places = re.findall(r"\bIN_\w+", re.search(r"enum \{\n    IN_ARTICLE.*?IN_KINDS", header, re.S).group(0))[:-1]
    says = re.findall(r"(SAYS_\w+)\s+= 1 <<", words)
    out = [f"SIGNAL_{name}" for name in names] + [f"SIGNAL_IN + {name}" for name in places]
    out += [f"SIGNAL_NAMED + {n}" for n in range(len(re.findall(r"NAMED_\w+\s+= 1 <<", words)))]
    out += [f"SIGNAL_SAYS + {n}" for n in range(len(says))] + [f"SIGNAL_HEADING + {n}" for n in range(len(says))]
    second = re.search(r"SIGNAL_SELF = SIGNAL_COUNT,(.*?)SIGNAL_ROUND_TWO_COUNT", header, re.S).group(1)
    return out + ["SIGNAL_SELF"] + re.findall(r"SIGNAL_\w+", second)


def write_table(out, name, size, weights, names):
    out.write(f"\nconst float {name}[{size}] = {{\n")
    line = "   "
    for weight, signal in zip(weights, names):
        item = f" [{signal}] = {float(weight):.2f}f,"
        if len(line) + len(item) > 100:
            out.write(line + "\n")
            line = "   "
        line += item
    out.write(line + "\n};\n")


def write_weights(folder, path):
    names = names_of_signals()
    with open(path, "w", encoding="utf8") as out:
        out.write("/* weights - learnt by tests/eval/train_pages.py, do not edit. Their sources are named in\n"
                  " * README.md. */\n#include \"rows.h\"\n")
        for number, name, size in ((1, "judge_first", "SIGNAL_COUNT"), (2, "judge_second", "SIGNAL_ROUND_TWO_COUNT")):
            with open(f"{folder}/weights{number}", encoding="utf8") as file:
                write_table(out, name, size, file.read().splitlines()[-1].split(), names)


def main():
    build, data = sys.argv[1:3]
    gold = [r for r in gold_rows(f"{data}/pages/gold.jsonl.gz") if r["source"] in SOURCES and r.get("text")]
    with tempfile.TemporaryDirectory() as folder:
        write_pages(folder, build, data, gold)
        pages = run_rows(build, folder, 1)
        labels = array.array("f")
        for row in gold:
            for label in labels_of(row, pages[row["id"]]):
                labels.extend(label)
        with open(f"{folder}/labels", "wb") as file:
            labels.tofile(file)
        fit(build, folder, 1, len(labels) // 3)
        run_rows(build, folder, 2)
        fit(build, folder, 2, len(labels) // 3)
        judged = run_rows(build, folder, 3)
        with open(f"{folder}/gold.jsonl", "w", encoding="utf8") as file:
            file.writelines(json.dumps(row) + "\n" for row in gold)
        score(f"{data}/scorers/score_pages.py", f"{folder}/gold.jsonl",
              [{"id": pid, "text": "\n".join(text for kept, text in blocks if kept)}
               for pid, blocks in judged.items()], "--boot", "0")
        if len(sys.argv) > 3:
            write_weights(folder, sys.argv[3])


main()
