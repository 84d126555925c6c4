"""Holds every record on standard input against the shipped JSON Schema.

usage: galley run CONFIG INPUT | python3 tests/end/schema.py
"""
import json
import pathlib
import sys

import jsonschema

root = pathlib.Path(__file__).resolve().parents[2]
schema = json.loads((root / "core/doc/article.schema.json").read_text())
order = list(schema["properties"])
checker = jsonschema.Draft7Validator(schema)
failures = records = 0

for records, line in enumerate(sys.stdin, 1):
    record = json.loads(line)
    problems = [error.message for error in checker.iter_errors(record)]
    if list(record) != [key for key in order if key in record]:
        problems.append("its keys are not in the schema's order")
    for problem in problems:
        print(f"record {records}: {problem}")
    failures += bool(problems)

print(f"{records - failures} of {records} records are as the schema says")
sys.exit(1 if failures or not records else 0)
