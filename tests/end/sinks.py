"""Holds what the sinks wrote against each other and against what others read.

usage: sinks.py FOLDER INPUTS: FOLDER has codepoint.jsonl, byte.jsonl, utf16.jsonl,
articles/ and articles.csv of one run over INPUTS each.
"""
import csv
import json
import pathlib
import sys
import unicodedata

import yaml

UNITS = {"codepoint": ("utf-32-le", 4), "byte": ("utf-8", 1), "utf16": ("utf-16-le", 2)}
REMOVED = str.maketrans("", "", "\u00ad\ufeff\u200b\u2060")


def records(path):
    with open(path, encoding="utf-8", newline="\n") as file:
        return [json.loads(line) for line in file]


def spans(record):
    """Every span of a record, with the words that it must cut out; None: any."""
    for key in ("blocks", "sentences", "quotes", "acronyms", "mentions", "dates", "amounts", "entities"):
        for one in record.get(key, []):
            yield one, one["text"] if key in ("mentions", "dates", "amounts", "entities") else None


def check_offsets(folder, inputs):
    seen = 0
    whole = records(folder / "codepoint.jsonl")
    for unit, (coding, width) in UNITS.items():
        for record, other in zip(records(folder / f"{unit}.jsonl"), whole):
            text = record["text"].encode(coding)
            raw = (inputs.parent / record["uri"]).read_bytes()
            for (span, words), (same, _) in zip(spans(record), spans(other)):
                cut = text[span["start"] * width:span["end"] * width].decode(coding)
                assert cut == other["text"][same["start"]:same["end"]], (record["uri"], unit, span)
                assert words is None or cut == words, (record["uri"], unit, span, cut)
                begin, end = span["source"]
                source = raw[begin:end].decode(record["charset"]).translate(REMOVED)
                source = unicodedata.normalize("NFC", source.replace("\r\n", "\n"))
                assert cut == source, (record["uri"], unit, cut, source)
                seen += 1
    assert seen > 60, seen


def check_pages(folder):
    names = [page.name for page in (folder / "articles").glob("[!.]*")]
    titles = {record["uri"]: record for record in records(folder / "lines.jsonl")}
    assert len(names) == len(titles), (len(names), len(titles))
    assert len({unicodedata.normalize("NFC", name).casefold() for name in names}) == len(names)
    for page in (folder / "articles").glob("[!.]*"):
        assert len(page.name.encode()) <= 255 and page.name[0] not in ".-", page.name
        front = page.read_text(encoding="utf-8").split("---\n")[1]
        front = yaml.safe_load(front)
        record = titles[front["uri"]]
        assert front.get("title") == record.get("title"), (front, record)
        assert front.get("authors", []) == record.get("authors", []), (front, record)


def check_table(folder):
    with open(folder / "articles.csv", encoding="utf-8", newline="") as file:
        text = file.read()
    rows = list(csv.DictReader(text.splitlines(keepends=True), strict=True))
    whole = records(folder / "lines.jsonl")
    assert len(rows) == len(whole)
    for row, record in zip(rows, whole):
        title = record.get("title", "")
        assert row["id"] == record["id"] and row["title"] in (title, "'" + title), (row, title)
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row.values()), row


def main():
    folder, inputs = map(pathlib.Path, sys.argv[1:])
    check_offsets(folder, inputs)
    check_pages(folder)
    check_table(folder)


main()
