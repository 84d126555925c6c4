#!/usr/bin/env python3
"""eval_keywords.py BUILD DATA [half]: keywords against keywords that people chose.

DATA holds data/keywords.jsonl.gz and scorers/score_keywords.py. F1 of the first 10, by
source and by half of the ids."""
import collections
import hashlib
import os
import sys

from records import gold_rows, records

build, data = sys.argv[1:3]
sys.path.insert(0, os.path.join(data, "scorers"))
from score_keywords import uniq  # noqa: E402

STAGES = ["clean.text", "extract.tokens", "extract.language", "extract.sentences", "extract.keywords"]


def half(identity):
    return "tuned" if hashlib.md5(identity.encode()).digest()[0] % 2 else "held"


def f1(row, keywords, most=10):
    gold = set(uniq(row["keywords"], row["lang"]))
    hits = len(gold & set(uniq(keywords, row["lang"])[:most]))
    return 200 * hits / (most + len(gold))


def main():
    wanted = sys.argv[3:4]
    rows = [r for r in gold_rows(os.path.join(data, "data", "keywords.jsonl.gz"))
            if not wanted or half(r["id"]) == wanted[0]]
    table = collections.defaultdict(list)
    for row, record in records(build, rows, STAGES):
        score = f1(row, [k["text"] for k in record.get("keywords", [])])
        for part in (half(row["id"]), "both"):
            table[row["source"], part].append(score)
    print(f"{'source':20}{'half':6}{'n':>5}{'F1@10':>8}")
    for (source, part), values in sorted(table.items()):
        print(f"{source:20}{part:6}{len(values):5}{sum(values) / len(values):8.2f}")


main()
