"""Runs galley over the texts of a gold file and gives its records by gold id."""
import gzip
import json
import os
import subprocess
import tempfile

CONFIG = """galley = 1;
pipeline = (
  {{ use = "fetch.folder"; path = "{folder}/texts"; match = ["*.txt"]; }},
  {{ use = "clean.charset"; {charset} }},
  {stages}
  {{ use = "emit.jsonl"; path = "{folder}/out.jsonl"; offsets = "codepoint"; }}
);
"""


def gold_rows(path):
    with gzip.open(path, "rt", encoding="utf8") as file:
        return [json.loads(line) for line in file]


def records(build, rows, stages, charset=""):
    """Pairs of a gold row and its record; stages is a list of stage names, each with its
    options behind a space; charset holds options of clean.charset."""
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(os.path.join(folder, "texts"))
        for number, row in enumerate(rows):
            with open(os.path.join(folder, "texts", f"{number:07}.txt"), "w", encoding="utf8") as file:
                file.write(row["text"])
        config = os.path.join(folder, "stage.cfg")
        with open(config, "w", encoding="utf8") as file:
            uses = "\n  ".join('{ use = "%s"; %s },' % stage.partition(" ")[::2] for stage in stages)
            file.write(CONFIG.format(folder=folder, stages=uses, charset=charset))
        subprocess.run([os.path.join(build, "galley"), "run", config], check=False,
                       stdout=subprocess.DEVNULL)
        with open(os.path.join(folder, "out.jsonl"), encoding="utf8") as file:
            for line in file:
                record = json.loads(line)
                yield rows[int(os.path.basename(record["uri"])[:7])], record


def score(scorer, gold, answers, *more):
    """Writes the answers to a file and prints what the scorer says of them."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf8") as file:
        for answer in answers:
            file.write(json.dumps(answer, ensure_ascii=False) + "\n")
        file.flush()
        subprocess.run(["python3", scorer, gold, file.name, *more], check=True)
