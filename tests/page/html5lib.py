#!/usr/bin/env python3
"""html5lib.py TOKENS FOLDER [-v]: holds the tokenizer against html5lib's cases.

TOKENS is the program build/page/tokens, FOLDER has the *.test files. Prints how
many cases passed, failed, or are out of scope, by reason. Exit status 1 when one
in scope fails."""
import collections
import glob
import json
import os
import re
import subprocess
import sys

CONTENT = {"Data state": 0, "RCDATA state": 1, "RAWTEXT state": 2, "Script data state": 3,
           "PLAINTEXT state": 4, "CDATA section state": 5}
UNESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")


def unescaped(value, double):
    if not double:
        return value
    if isinstance(value, str):
        text = UNESCAPE.sub(lambda m: chr(int(m.group(1), 16)), value)
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    if isinstance(value, list):
        return [unescaped(v, True) for v in value]
    if isinstance(value, dict):
        return {unescaped(k, True): unescaped(v, True) for k, v in value.items()}
    return value


def reason_out(text):
    if "\0" in text:
        return "NUL in the input: clean.charset takes it out before"
    if any(0xD800 <= ord(c) <= 0xDFFF for c in text):
        return "lone surrogates: not UTF-8"
    return None


def merged(tokens):
    """Neighbouring characters are one token; of a doctype only its being there counts."""
    out = []
    for token in tokens:
        if token[0] == "Character" and out and out[-1][0] == "Character":
            out[-1] = ["Character", out[-1][1] + token[1]]
        elif token[0] == "DOCTYPE":
            out.append(["DOCTYPE"])
        elif token[0] != "Character" or token[1]:
            out.append(token)
    return out


def cases(folder):
    for path in sorted(glob.glob(os.path.join(folder, "*.test"))):
        with open(path, encoding="utf8") as file:
            tests = json.load(file)
        for test in tests.get("tests", []):
            double = test.get("doubleEscaped", False)
            text = unescaped(test["input"], double).replace("\r\n", "\n").replace("\r", "\n")
            for state in test.get("initialStates", ["Data state"]):
                yield os.path.basename(path), test, text, state, merged(unescaped(test["output"], double))
        for test in tests.get("xmlViolationTests", []):
            yield os.path.basename(path), test, None, "XML", None


def main():
    tokens, folder = sys.argv[1:3]
    out, counted, fed, payload = collections.Counter(), [], 0, bytearray()
    for name, test, text, state, expected in cases(folder):
        why = "XML violations: another processor's rules" if text is None else reason_out(text)
        if why:
            out[why] += 1
            continue
        data = text.encode("utf8")
        payload += f"{CONTENT[state]} {test.get('lastStartTag', '-')} {len(data)}\n".encode() + data
        counted.append((name, test["description"], state, text, expected))
    answers = subprocess.run([tokens], input=bytes(payload), stdout=subprocess.PIPE, check=True).stdout
    failed = collections.Counter()
    for case, line in zip(counted, answers.decode("utf8").splitlines(), strict=True):
        got = merged(json.loads(line))
        if got != case[4]:
            failed[case[0]] += 1
            if "-v" in sys.argv:
                print("FAILED", *case[:3], repr(case[3]), "\n   wants", case[4], "\n   gives", got)
    print(f"{len(counted) - sum(failed.values())} passed, {sum(failed.values())} failed, "
          f"{sum(out.values())} out of scope")
    for name, number in failed.items():
        print(f"  failed in {name}: {number}")
    for why, number in out.items():
        print(f"  out of scope, {why}: {number}")
    print("  of a doctype only its being there is compared: no stage asks for more")
    return bool(failed)


sys.exit(main())
