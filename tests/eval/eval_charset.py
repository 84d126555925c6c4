#!/usr/bin/env python3
"""eval_charset.py BUILD DATA - charset detection and mojibake repair on gold data.

Runs BUILD/galley over the cases of DATA/data/{charset,mojibake}.jsonl.gz and hands what
it says to the scorers in DATA/scorers."""
import base64
import gzip
import json
import os
import subprocess
import sys
import tempfile

CONFIG = '''galley = 1;
pipeline = (
  { use = "fetch.folder"; path = "."; },
  { use = "clean.charset"; %s },
  { use = "emit.jsonl"; path = "-"; }
);
'''
# The names that the scorer's decoders go by.
DECODERS = {"x-mac-cyrillic": "mac-cyrillic", "macintosh": "mac-roman", "windows-874": "cp874"}


def rows(data, name):
    with gzip.open(os.path.join(data, "data", name + ".jsonl.gz"), "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def records(build, texts, options):
    """The record of each text; none for those that galley refuses."""
    with tempfile.TemporaryDirectory() as folder:
        inputs = os.path.join(folder, "in")
        os.mkdir(inputs)
        for i, text in enumerate(texts):
            with open(os.path.join(inputs, "%06d.txt" % i), "wb") as file:
                file.write(text)
        config = os.path.join(folder, "eval.cfg")
        with open(config, "w", encoding="utf-8") as file:
            file.write(CONFIG % options)
        done = subprocess.run([os.path.join(build, "galley"), "run", config, inputs],
                              stdout=subprocess.PIPE, check=False)
    found = [{} for _ in texts]
    for line in done.stdout.splitlines():
        record = json.loads(line)
        found[int(os.path.basename(record["uri"]).split(".")[0])] = record
    return found


def score(data, name, predictions):
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        for prediction in predictions:
            file.write(json.dumps(prediction) + "\n")
        file.flush()
        print("== " + name, flush=True)
        subprocess.run([sys.executable, os.path.join(data, "scorers", "score_%s.py" % name),
                        os.path.join(data, "data", name + ".jsonl.gz"), file.name], check=True)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    build, data = os.path.abspath(sys.argv[1]), sys.argv[2]
    gold = rows(data, "charset")
    found = records(build, [base64.b64decode(g["b64"]) for g in gold], "")
    names = [r.get("charset", "") for r in found]
    score(data, "charset", [{"id": g["id"], "enc": DECODERS.get(n, n)} for g, n in zip(gold, names)])
    gold = rows(data, "mojibake")
    found = records(build, [g["in"].encode("utf-8", "surrogatepass") for g in gold],
                    "spaces = false; line_ends = false; invisible = false; normalise = false;")
    score(data, "mojibake", [{"id": g["id"], "out": r.get("text", "")} for g, r in zip(gold, found)])


main()
