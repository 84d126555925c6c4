#!/usr/bin/env python3
"""eval_sents.py BUILD DATA: where galley ends sentences, against gold.

DATA holds data/sentences.jsonl.gz and scorers/score_sents.py."""
import os
import sys

from records import gold_rows, records, score

build, data = sys.argv[1:3]
gold = os.path.join(data, "data", "sentences.jsonl.gz")
answers = []
for row, record in records(build, gold_rows(gold),
                           ["extract.tokens", "extract.language", "extract.sentences"]):
    text = record["text"]
    spans = record.get("sentences", [])
    answers.append({"id": row["id"], "sentences": [text[s["start"]:s["end"]] for s in spans]})
score(os.path.join(data, "scorers", "score_sents.py"), gold, answers)
