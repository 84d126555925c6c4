#!/usr/bin/env python3
"""eval_langid.py BUILD DATA: which language galley says a text is in, against gold.

DATA holds data/langid.jsonl.gz and scorers/score_langid.py."""
import os
import sys

from records import gold_rows, records, score

MAJOR = ("ar,bg,cs,da,de,el,en,es,et,fi,fr,he,hi,hu,it,ja,ko,lt,lv,nl,pl,pt,ro,ru,sv,tr,uk,zh")

build, data = sys.argv[1:3]
gold = os.path.join(data, "data", "langid.jsonl.gz")
answers = [{"id": row["id"], "lang": record.get("lang", "und")}
           for row, record in records(build, gold_rows(gold), ["extract.tokens", "extract.language"])]
scorer = os.path.join(data, "scorers", "score_langid.py")
score(scorer, gold, answers)
print("of 28 languages:")
score(scorer, gold, answers, "--only", MAJOR)
