#!/usr/bin/env python3
"""train_dates.py BUILD DATA [OUT]: learns which day of a page is its day of publication.

Reads the pages of eval_pages.py through the code of extract.metadata, which gives for
every day that a page names the evidence for it (days.h). Learns one weight for each
piece of evidence by a model of choice among the days and "none", five folds by host;
prints how pages are answered by weights that no page of their host had a part in,
then writes the weights of all to OUT (plugins/extract/metadata/day_weights.c)."""
import glob
import gzip
import hashlib
import math
import os
import re
import subprocess
import sys
import tempfile
import urllib.parse

from records import gold_rows

CONFIG = """galley = 1;
pipeline = ( {{ use = "fetch.folder"; path = "{0}/html"; }}, {{ use = "clean.charset"; }},
             {{ use = "clean.html"; removed = false; }}, {{ use = "eval.days"; path = "{0}/days.tsv"; }} );
"""
FULL = {"wcxb", "scrapinghub", "fundus"}
PENALTY, STEPS = 0.004, 250
# Where a weight is drawn to when the pages say little of it; 0 for the others.
PRIORS = {"ALONE_NEWS": 1.5, "COMMENT": -2.0, "SAYS_RIGHTS": -3.0, "FAR": -1.0, "END_ELSEWHERE": -1.0}
UNDATED = 4.8  # an invented day is worse than a missed one, and undated pages are few


def host_of(row):
    host = urllib.parse.urlparse(row.get("url") or "").netloc.lower() or row["id"]
    return host.removeprefix("www.")


def fold(row):
    return int(hashlib.md5(host_of(row).encode()).hexdigest(), 16) % 5


def half(row):
    return hashlib.md5(host_of(row).encode()).digest()[0] % 2


def build_stage(root, folder):
    stage = os.path.join(root, "plugins/extract/metadata")
    sources = [os.path.join(root, "tests/eval/day_table.c")]
    sources += [path for path in glob.glob(stage + "/*.c")
                if os.path.basename(path) not in ("metadata.c", "test_metadata.c", "fuzz_metadata.c")]
    sources += [os.path.join(root, path) for path in (
        "plugins/kit/calendar.c", "plugins/kit/unicode.c", "plugins/kit/unicode_table.c",
        "plugins/kit/page/charref.c", "plugins/kit/page/charrefs.c", "core/base/utf8.c")]
    cjson = subprocess.run(["pkg-config", "--cflags", "--libs", "libcjson"], capture_output=True,
                           text=True, check=True).stdout.split()
    include = ["-I" + os.path.join(root, path) for path in ("core/include", "core", "plugins")]
    subprocess.run(["cc", "-std=c11", "-D_GNU_SOURCE", "-O1", "-shared", "-fPIC", "-fvisibility=hidden", *include,
                    "-I" + stage, *sources, *cjson, "-lm", "-o", folder + "/eval.days.so"], check=True)


def days_by_page(build, data, rows):
    """Page id -> [(day, numbers of its evidence)]."""
    root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")
    pages = {row["id"]: [] for row in rows}
    with tempfile.TemporaryDirectory() as folder:
        build_stage(root, folder)
        os.mkdir(folder + "/html")
        for row in rows:
            with gzip.open(f"{data}/pages/html/{row['id']}.html.gz") as packed, \
                    open(f"{folder}/html/{row['id']}.html", "wb") as page:
                page.write(packed.read())
        with open(folder + "/days.cfg", "w", encoding="utf8") as file:
            file.write(CONFIG.format(folder))
        subprocess.run([f"{build}/galley", "run", "-q", "--plugin-dir", folder, folder + "/days.cfg"], check=True)
        with open(folder + "/days.tsv", encoding="utf8") as file:
            for line in file:
                uri, day, bits = line.rstrip("\n").split("\t")
                bits = int(bits, 16)
                pages[os.path.basename(uri).removesuffix(".html")].append(
                    (day, [i for i in range(64) if bits >> i & 1]))
    return pages


def evidence_names():
    root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")
    with open(os.path.join(root, "plugins/extract/metadata/days.h"), encoding="utf8") as file:
        table = re.search(r"#define DAY_EVIDENCE\(X\)(.*?)\n\n", file.read(), re.S).group(1)
    return re.findall(r"X\((\w+)\)", table)


def examples(rows, pages):
    """(row, days, index of the right one or -1: say nothing); pages whose day is
    nowhere to be found teach nothing but that."""
    for row in rows:
        days = pages[row["id"]]
        right = [i for i, (day, _) in enumerate(days) if day == row["date"]]
        yield row, days, right[0] if right else -1


def learn(data, names):
    """Weights by gradient descent (RMSProp) with a penalty on their squares."""
    size, priors = len(names), [PRIORS.get(name, 0.0) for name in names] + [0.0]
    weights, speed = list(priors), [1e-8] * (size + 1)
    for step in range(STEPS):
        slope = [PENALTY * (w - prior) * len(data) for w, prior in zip(weights, priors)]
        for row, days, right in data:
            scores = [weights[size] + sum(weights[i] for i in bits) for _, bits in days]
            top = max(scores + [0.0])
            chances = [math.exp(s - top) for s in scores]
            total = sum(chances) + math.exp(-top)
            worth = UNDATED if not row["date"] else 1.0
            for k, (_, bits) in enumerate(days):
                push = worth * (chances[k] / total - (k == right))
                if abs(push) > 1e-4:
                    slope[size] += push
                    for i in bits:
                        slope[i] += push
        rate = 0.1 * (1 - step / STEPS)
        for i, s in enumerate(slope):
            speed[i] = 0.9 * speed[i] + 0.1 * s * s
            weights[i] -= rate * s / math.sqrt(speed[i])
    return weights


def answer(weights, size, days):
    best, day = 0.0, None
    for name, bits in days:
        score = weights[size] + sum(weights[i] for i in bits)
        if score > best:
            best, day = score, name
    return day


def report(title, judged):
    dated = [(row, day) for row, day in judged if row["date"]]
    full = [(row, day) for row, day in dated if row["source"] in FULL]
    undated = [day for row, day in judged if not row["date"]]
    print("%-36s exact, all %.3f, FULL %.3f; invented %d of %d" % (
        title, sum(day == row["date"] for row, day in dated) / len(dated),
        sum(day == row["date"] for row, day in full) / len(full), sum(d is not None for d in undated), len(undated)))


def main():
    build, data = sys.argv[1:3]
    rows = [row for row in gold_rows(f"{data}/pages/gold.jsonl.gz") if "date" in row]
    pages, names = days_by_page(build, data, rows), evidence_names()
    table, size = list(examples(rows, pages)), len(names)
    print("the day is among those seen: %.3f" % (
        sum(right >= 0 for row, _, right in table if row["date"]) / sum(bool(row["date"]) for row in rows)))
    judged = []
    for part in range(5):
        weights = learn([e for e in table if fold(e[0]) != part], names)
        judged += [(row, answer(weights, size, days)) for row, days, _ in table if fold(row) == part]
    report("five folds by host", judged)
    weights = learn([e for e in table if half(e[0]) == 0], names)
    for side in (0, 1):
        report(f"learnt on hosts of half 0, half {side}",
               [(row, answer(weights, size, days)) for row, days, _ in table if half(row) == side])
    weights = learn(table, names)
    report("learnt on all, in sample", [(row, answer(weights, size, days)) for row, days, _ in table])
    if len(sys.argv) > 3:
        with open(sys.argv[3], "w", encoding="utf8") as file:
            file.write("/* day_weights - made by tests/eval/train_dates.py; do not edit. */\n#include \"days.h\"\n\n"
                       "const float day_weights[DAY_EVIDENCE_COUNT + 1] = {\n")
            file.writelines(f"    [DAY_{name}] = {weights[i]:.3f}f,\n" for i, name in enumerate(names))
            file.write(f"    [DAY_EVIDENCE_COUNT] = {weights[size]:.3f}f,\n}};\n")
    return weights, names


if __name__ == "__main__":
    main()
