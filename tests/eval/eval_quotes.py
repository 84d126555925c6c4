#!/usr/bin/env python3
"""eval_quotes.py BUILD DATA [all|develop|held]: whose words galley says quotations are, against gold.

DATA holds data/quotes.jsonl.gz and scorers/score_quotes.py. The articles are parted in two
halves by a hash of their id; the rules were written looking at 'develop' alone. Besides the
scorer's figures: speakers by where they stand, and how often each confidence is right."""
import collections
import hashlib
import json
import os
import subprocess
import sys
import tempfile

from records import gold_rows

CONFIG = """galley = 1;
pipeline = (
  {{ use = "fetch.folder"; path = "{folder}/texts"; match = ["*.txt"]; }},
  {{ use = "clean.charset"; spaces = false; line_ends = false; invisible = false; normalise = false; mojibake = false; }},
  {{ use = "extract.tokens"; }}, {{ use = "extract.language"; }}, {{ use = "extract.sentences"; }},
  {{ use = "extract.quotes"; }},
  {{ use = "eval.quotes"; path = "{folder}/out.tsv"; }}
);
"""


def half(row):
    return "develop" if hashlib.sha1(row["id"].encode()).digest()[0] % 2 == 0 else "held"


def quotations(build, rows):
    """For each row, its quotations; offsets in code points of the gold text."""
    found = [[] for _ in rows]
    with tempfile.TemporaryDirectory() as folder:
        source = os.path.dirname(os.path.abspath(__file__))
        subprocess.run(["cc", "-std=c11", "-shared", "-fPIC", "-fvisibility=hidden",
                        "-I" + os.path.join(source, "../../core/include"),
                        os.path.join(source, "quote_table.c"), "-o", folder + "/eval.quotes.so"], check=True)
        os.mkdir(folder + "/texts")
        for number, row in enumerate(rows):
            with open(f"{folder}/texts/{number:07}.txt", "w", encoding="utf8", newline="") as file:
                file.write(row["text"])
        with open(folder + "/stage.cfg", "w", encoding="utf8") as file:
            file.write(CONFIG.format(folder=folder))
        subprocess.run([os.path.join(build, "galley"), "run", "-q", "--plugin-dir", folder,
                        folder + "/stage.cfg"], check=True)
        with open(folder + "/out.tsv", encoding="utf8") as file:
            for line in file:
                uri, *rest = line.rstrip("\n").split("\t")
                number = int(os.path.basename(uri)[:7])
                found[number].append(quotation(rows[number], rest))
    return found


def quotation(row, members):
    data = row.setdefault("bytes", row["text"].encode())
    begin, end, by, to, confidence = map(int, members[:5])
    start = len(data[:begin].decode())
    spans, at = [], start
    for part in data[begin:end].decode().split("\n"):
        if part.strip():
            spans.append([at, at + len(part)])
        at += len(part) + 1
    where = [len(data[:by].decode()), len(data[:to].decode())] if to else None
    return {"spans": spans, "speaker": members[6] or members[5] or None, "speaker_span": where,
            "confidence": confidence, "cue": members[9]}


def place_of(row, segment):
    """Where the gold speaker stands, as seen from the quotation."""
    text, (begin, end) = row["text"], segment["span"]
    if not segment["speaker_spans"]:
        return None
    by, to = segment["speaker_spans"][0]
    if by >= end:
        return "after, same paragraph" if "\n" not in text[end:by] else "later paragraph"
    between = text[to:begin]
    if "\n" in between:
        return "earlier paragraph"
    return "before, earlier sentence" if any(m in between for m in (". ", "? ", "! ", ".” ", '." ')) \
        else "before, same sentence"


def is_right(row, segment, quote):
    names = lambda s: {w.strip(".,'’s").lower() for w in s.split() if w[:1].isupper()}
    span = quote["speaker_span"]
    if not segment["speaker_spans"]:
        return True
    return bool(span and any(min(e, span[1]) > max(b, span[0]) for b, e in segment["speaker_spans"])
                or (names(segment["speaker"] or "") & names(quote["speaker"] or "")))


def by_place(rows, found):
    places, sure = collections.Counter(), collections.Counter()
    for row, quotes in zip(rows, found):
        for segment in row["segments"]:
            if not segment["attributed"] or segment["words"] < 4:
                continue
            place = place_of(row, segment)
            quote = next((q for q in quotes for b, e in q["spans"]
                          if min(e, segment["span"][1]) - max(b, segment["span"][0]) > (e - b) / 2), None)
            right = quote is not None and is_right(row, segment, quote)
            places[place, right] += 1
            if quote is not None and place:
                sure[quote["confidence"] // 100, right] += 1
    return places, sure


def report(counts, name):
    for key in sorted({k for k, _ in counts}, key=str):
        right, wrong = counts[key, True], counts[key, False]
        print(f"{name} {key}: {right / (right + wrong):.3f} of {right + wrong}")


def main():
    build, data = sys.argv[1:3]
    which = sys.argv[3:] or ["develop", "held", "all"]
    gold = os.path.join(data, "data", "quotes.jsonl.gz")
    rows = gold_rows(gold)
    found = quotations(build, rows)
    for part in which:
        chosen = [(r, f) for r, f in zip(rows, found) if part in ("all", half(r))]
        print("==", part, len(chosen), "articles")
        with tempfile.TemporaryDirectory() as folder:
            with open(folder + "/gold.jsonl", "w", encoding="utf8") as file:
                for row, _ in chosen:
                    file.write(json.dumps({k: v for k, v in row.items() if k != "bytes"}) + "\n")
            with open(folder + "/found.jsonl", "w", encoding="utf8") as file:
                for row, quotes in chosen:
                    file.write(json.dumps({"id": row["id"], "quotes": quotes}) + "\n")
            subprocess.run(["python3", os.path.join(data, "scorers", "score_quotes.py"),
                            folder + "/gold.jsonl", folder + "/found.jsonl"], check=True)
        places, sure = by_place(*zip(*chosen))
        report(places, "speaker")
        report(sure, "confidence")


if __name__ == "__main__":
    main()
