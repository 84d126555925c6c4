#!/usr/bin/env python3
"""eval_langid.py BUILD DATA: which language galley says a text is in, against gold.

DATA holds data/langid.jsonl.gz and scorers/score_langid.py."""
import os
import sys

from records import gold_rows, records, score

build, data = sys.argv[1:3]
gold = os.path.join(data, "data", "langid.jsonl.gz")
answers = [{"id": row["id"], "lang": record.get("lang", "und")}
           for row, record in records(build, gold_rows(gold), ["extract.tokens", "extract.language"])]
score(os.path.join(data, "scorers", "score_langid.py"), gold, answers)
