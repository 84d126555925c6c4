#!/usr/bin/env python3
"""eval_pages.py BUILD DATA: article text and metadata of saved pages, against gold.

DATA holds pages/ (html/*.html.gz, gold.jsonl.gz) and scorers/score_pages.py. Prints
the scorer's table, the same for two halves of the hosts, and what peers reached."""
import gzip
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import urllib.parse

from records import gold_rows, score

CONFIG = """galley = 1;
pipeline = (
  {{ use = "fetch.folder"; path = "{pages}"; match = ["*.html", "*.html.gz"]; }},
  {{ use = "clean.charset"; }},
  {{ use = "clean.html"; removed = false; }},
  {{ use = "extract.metadata"; }},
  {{ use = "emit.jsonl"; path = "{out}"; }}
);
"""
# Measured on the same pages with the peers' own releases; FULL unless said.
PEERS = """peers: shingle F1 (FULL) trafilatura 2.2 .943, Readability.js .930, newspaper4k .90, jusText .88,
resiliparse .83; segment F trafilatura .923; title fuzzy postlight .87; date exact trafilatura .88,
with a date on 98 % of undated pages; author F1 defuddle .71"""


def host_half(row):
    host = urllib.parse.urlparse(row.get("url") or "").netloc or row["id"]
    return hashlib.md5(host.removeprefix("www.").encode()).digest()[0] % 2


def answers(build, data):
    with tempfile.TemporaryDirectory() as folder:
        pages, out = os.path.join(folder, "pages"), os.path.join(folder, "out.jsonl")
        os.mkdir(pages)
        source = os.path.join(data, "pages", "html")
        for name in os.listdir(source):
            with gzip.open(os.path.join(source, name)) as packed:
                with open(os.path.join(pages, name.removesuffix(".gz")), "wb") as page:
                    page.write(packed.read())
        config = os.path.join(folder, "pages.cfg")
        with open(config, "w", encoding="utf8") as file:
            file.write(CONFIG.format(pages=pages, out=out))
        subprocess.run([os.path.join(build, "galley"), "run", config, "-q"], check=False)
        with open(out, encoding="utf8") as file:
            for line in file:
                record = json.loads(line)
                yield {"id": os.path.basename(record["uri"]).removesuffix(".html"), "text": record["text"],
                       "title": record.get("title"), "authors": record.get("authors"),
                       "date": record.get("published")}


def main():
    build, data = sys.argv[1:3]
    gold = os.path.join(data, "pages", "gold.jsonl.gz")
    scorer = os.path.join(data, "scorers", "score_pages.py")
    found = list(answers(build, data))
    score(scorer, gold, found, "--boot", "0")
    rows = gold_rows(gold)
    for half in (0, 1):
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf8") as part:
            part.writelines(json.dumps(row) + "\n" for row in rows if host_half(row) == half)
            part.flush()
            print(f"-- hosts of half {half}")
            score(scorer, part.name, found, "--boot", "0")
    print(PEERS)


main()
