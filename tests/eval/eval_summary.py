#!/usr/bin/env python3
"""eval_summary.py BUILD DATA [half]: summaries against reference summaries.

DATA holds data/summ.jsonl.gz and scorers/score_summary.py. ROUGE of the summary and of
the first three sentences (lead-3), by source and by half of the ids: "tuned" is the half
that rules and weights were looked at with, "held" the other. Then what a reader would
object to: openings that lean on what is not there, marks that do not pair, budgets.
At last the profile "long" on the sources whose references are long."""
import collections
import hashlib
import os
import re
import sys

from records import gold_rows, records

build, data = sys.argv[1:3]
sys.path.insert(0, os.path.join(data, "scorers"))
from score_summary import score  # noqa: E402

STAGES = ["clean.text", "extract.tokens", "extract.language", "extract.sentences", "extract.quotes",
          "extract.mentions"]
PROFILE = 'summarise.sentences profile = "{}"'
LONG_REFERENCES = {"bbc-news-summary", "temario"}
LEANING = re.compile(r"\W*(he|she|it|they|this|that|these|those|his|her|their|its|him|them)\b", re.I)


def half(identity):
    return "tuned" if hashlib.md5(identity.encode()).digest()[0] % 2 else "held"


def family(source):
    return {"cnndm-val": "cnndm", "cnndm-test": "cnndm"}.get(source, source)


def pairs(text):
    return text.count('"') % 2 == 0 and text.count("“") <= text.count("”") + text.count("„") \
        and text.count("”") <= text.count("“") + text.count("„") and text.count("«") == text.count("»") \
        and text.count("(") == text.count(")")


def body(record):
    skip = [(b["start"], b["end"]) for b in record.get("blocks", []) if b["type"] != "paragraph"]
    return [s for s in record.get("sentences", [])
            if not any(begin <= s["start"] < end for begin, end in skip)]


def sentences(record):
    """The summary's sentences as it has them: without a dateline before the first."""
    summary, chosen, at = record.get("summary", {}), [], 0
    for number in summary.get("sentences", []):
        span = record["sentences"][number]
        whole = record["text"][span["start"]:span["end"]]
        cut = next(i for i in range(len(whole)) if summary["text"].startswith(whole[i:], at))
        chosen.append(whole[cut:])
        at += len(whole) - cut + 1
    return chosen


def compare(row, record):
    """R1 and R2 of the summary, of the first three sentences, and the summary's words."""
    chosen = sentences(record)
    lead = [record["text"][s["start"]:s["end"]] for s in body(record)[:3]]
    scores = []
    for sents in (chosen[:3], lead):
        best = max((score(sents, ref, row["lang"], lsum=False) for ref in row["refs"]), key=lambda s: s["r1"][2])
        scores += [100 * best["r1"][2], 100 * best["r2"][2]]
    return scores + [sum(len(s.split()) for s in chosen)]


def measure(rows, profile):
    table, faults, seen = collections.defaultdict(list), collections.Counter(), 0
    for row, record in records(build, rows, STAGES + [PROFILE.format(profile)]):
        scores = compare(row, record)
        for part in (half(row["id"]), "both"):
            table[family(row["source"]), part].append(scores)
        text = record.get("summary", {}).get("text", "")
        seen += 1
        faults["empty"] += not text
        faults["opens with a leaning pronoun"] += bool(LEANING.match(text))
        faults["marks do not pair"] += not pairs(text)
        faults["more than 100 words"] += len(text.split()) > 100
    print(f"{profile:20}{'half':6}{'n':>5}{'R1':>7}{'R2':>7}{'lead R1':>9}{'R2':>7}{'words':>7}")
    for (source, part), values in sorted(table.items()):
        r1, r2, lead1, lead2, words = (sum(c) / len(values) for c in zip(*values))
        print(f"{source:20}{part:6}{len(values):5}{r1:7.2f}{r2:7.2f}{lead1:9.2f}{lead2:7.2f}{words:7.1f}")
    for fault, count in faults.items():
        print(f"{fault}: {count} of {seen} ({100 * count / seen:.2f} %)")


def main():
    wanted = sys.argv[3:4]
    rows = [r for r in gold_rows(os.path.join(data, "data", "summ.jsonl.gz"))
            if not wanted or half(r["id"]) == wanted[0]]
    for row in rows:
        row["text"] = (row["title"] + "\n\n" if row["title"] else "") + row["text"]
    measure(rows, "news")
    measure([r for r in rows if r["source"] in LONG_REFERENCES], "long")


main()
