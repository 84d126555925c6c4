#!/usr/bin/env python3
"""eval_acronyms.py BUILD DATA: which acronyms galley finds and explains, against gold.

DATA holds data/acronyms.jsonl.gz and scorers/score_acronyms.py. The texts are parted into
two halves by a hash of their ids: rules and costs were found on the first; the second is
held out. Every place of a short form is asked for, explained or not."""
import gzip
import hashlib
import json
import os
import sys
import tempfile

from records import gold_rows, records, score

STAGES = ["extract.tokens", "extract.language",
          "extract.acronyms max_length = 16; undefined = true; every = true;"]
AS_IT_IS = "spaces = false; line_ends = false; invisible = false; normalise = false; mojibake = false;"
NEAR = 12  # code points between a short form and its explanation


def is_first(row):
    return hashlib.sha256(str(row["id"]).encode()).digest()[0] % 2 == 0


def long_place(text, found):
    """Where the long form of an acronym stands beside it; None: it is explained elsewhere."""
    long, start, end = found["long"], found["start"], found["end"]
    before = text.rfind(long, max(0, start - len(long) - NEAR), start)
    after = text.find(long, end, end + len(long) + NEAR)
    place = before if before >= 0 else after
    return (place, place + len(long)) if place >= 0 else None


def answer(row, record):
    text, found = record.get("text", ""), record.get("acronyms", [])
    places = [(a, long_place(text, a)) for a in found if "long" in a]
    return {"id": row["id"], "short": sorted({(a["start"], a["end"]) for a in found}),
            "long": sorted({place for _, place in places if place}),
            "pairs": [[text[a["start"]:a["end"]], a["long"]] for a, place in places if place]}


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    build, data = sys.argv[1:]
    rows = gold_rows(os.path.join(data, "data", "acronyms.jsonl.gz"))
    for name, wanted in (("first half, rules were found on it", True), ("second half, held out", False)):
        half = [row for row in rows if is_first(row) == wanted]
        answers = [answer(row, record) for row, record in records(build, half, STAGES, AS_IT_IS)]
        print("==", name, flush=True)
        with tempfile.NamedTemporaryFile("wb", suffix=".jsonl.gz") as file:
            file.write(gzip.compress("".join(json.dumps(row) + "\n" for row in half).encode()))
            file.flush()
            score(os.path.join(data, "scorers", "score_acronyms.py"), file.name, answers)


if __name__ == "__main__":
    main()
