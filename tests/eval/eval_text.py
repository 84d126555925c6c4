#!/usr/bin/env python3
"""eval_text.py BUILD DATA: what clean.text keeps of pages without their markup, and of clean text.

The pages of DATA/pages lose their tags: block elements and br break lines, script and style
go, nothing else is judged. galley reads each as a plain text file, and score_pages.py scores the
blocks other than title, byline and date against the gold text. FULL is printed for all pages
and for the two halves by the hash of the id: the rules were tuned with a view to half A alone.

The second part gives galley article texts that are clean already and prints which share of
their words it took out."""
import gzip
import hashlib
import html.parser
import json
import os
import re
import sys
import tempfile

from records import gold_rows, records

BLOCKS = set("""address article aside blockquote body br button caption center dd details dialog div
dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html iframe legend li main
nav ol option p pre section select summary table tbody td textarea tfoot th thead tr ul""".split())
SKIPPED = {"script", "style", "noscript", "template", "title", "svg"}


class Lines(html.parser.HTMLParser):
    """The text of a page, a line for each run between two block tags."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.lines, self.line, self.skipping = [], [], None

    def break_line(self):
        text = " ".join("".join(self.line).split())
        self.line.clear()
        if text:
            self.lines.append(text)

    def handle_starttag(self, tag, attrs):
        if self.skipping is None and tag in SKIPPED:
            self.skipping = tag
        elif tag in BLOCKS:
            self.break_line()

    def handle_startendtag(self, tag, attrs):
        if tag in BLOCKS:
            self.break_line()

    def handle_endtag(self, tag):
        if tag == self.skipping:
            self.skipping = None
        elif tag in BLOCKS:
            self.break_line()

    def handle_data(self, data):
        if self.skipping is None:
            self.line.append(data)


def decoded(raw):
    found = re.search(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w-]+)""", raw[:4096], re.I)
    for name in ("utf-8", found and found.group(1).decode(), "cp1252"):
        try:
            return raw.decode(name) if name else ""
        except (LookupError, UnicodeDecodeError, TypeError):
            continue
    return raw.decode("latin-1")


def plain(path):
    with gzip.open(path, "rb") as file:
        reader = Lines()
        reader.feed(decoded(file.read()))
    reader.break_line()
    return "\n".join(reader.lines) + "\n"


def body(record):
    """The article without its head: the gold texts of pages have none."""
    text, kept = record["text"], []
    for block in record.get("blocks", []):
        if block["type"] not in ("title", "byline", "date", "dateline"):
            kept.append(text[block["start"]:block["end"]])
    return "\n\n".join(kept)


def half(row):
    return "AB"[hashlib.sha256(row["id"].encode()).digest()[0] & 1]


def answer(row, record):
    return {"id": row["id"], "text": body(record), "title": record.get("title"),
            "authors": record.get("authors"), "date": record.get("published")}


def score_pages(build, data):
    sys.path.insert(0, os.path.join(data, "scorers"))
    import score_pages as scorer
    pages = gold_rows(os.path.join(data, "pages", "gold.jsonl.gz"))
    texts = [{"text": plain(os.path.join(data, "pages", "html", page["id"] + ".html.gz"))}
             for page in pages]
    for text, page in zip(texts, pages):
        text["page"] = page
    answers = {row["page"]["id"]: answer(row["page"], record)
               for row, record in records(build, texts, ["clean.text"])}
    print(scorer.table(scorer.score(pages, answers, 0)[0]))
    for name in "AB":
        part = [page for page in pages if half(page) == name]
        print(scorer.table({"FULL " + name: scorer.score(part, answers, 0)[0]["FULL"]})
              .split("\n")[1])


def words(text):
    return len(re.findall(r"\w+", text))


def removed_share(build, data):
    print("clean article texts: share of words taken out, texts touched")
    sets = {"pages' gold": os.path.join("pages", "gold.jsonl.gz"),
            "quotes": os.path.join("data", "quotes.jsonl.gz"),
            "summ": os.path.join("data", "summ.jsonl.gz")}
    for name, path in sets.items():
        rows = [row for row in gold_rows(os.path.join(data, path)) if row.get("text")]
        total = gone = touched = 0
        for row, record in records(build, rows, ["clean.text"]):
            lost = sum(words(r["text"]) for r in record.get("removed", []))
            total, gone, touched = total + words(row["text"]), gone + lost, touched + (lost > 0)
        print(f"{name:12} {100 * gone / max(total, 1):.3f} %  {touched} of {len(rows)}")


def main():
    build, data = sys.argv[1:3]
    score_pages(build, data)
    removed_share(build, data)


if __name__ == "__main__":
    main()
