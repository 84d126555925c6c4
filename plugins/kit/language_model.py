#!/usr/bin/env python3
"""language_model.py FOLDER: makes language.model from the text in Debian packages.

FOLDER holds the unpacked packages (apt-get download, dpkg-deb -x) that are named
in plugins/extract/language/README.md; the package tesseract-ocr must be installed for its
word list tools. What is kept of each language is how often short runs of letters
stand in it; no text. The file is little-endian:

  char     magic[8]           "GLYLANG1"
  uint32   keys, entries
  uint32   bucket_keys[8193]     first key of each bucket
  uint32   bucket_entries[8193]  first entry of each bucket
  uint16   fingerprints[keys]    sorted within a bucket; padded to 4 bytes
  uint8    counts[keys]          entries of each key; padded to 4 bytes
  uint16   entries[entries]      language << 8 | weight in sixteenths of a nat

A weight is log(p / floor): how much likelier the run is in the language than in
one that hardly ever uses it. See language_model.h for the hash."""
import collections
import gettext
import glob
import json
import math
import os
import re
import struct
import subprocess
import sys
import tempfile
import unicodedata
import xml.etree.ElementTree
import zipfile

# The order is that of the codes in language_model.c. "sh" is Serbian in Latin letters.
LANGUAGES = """af ar az be bg bn bs ca cs cy da de el en eo es et eu fa fi fr ga gu he hi hr hu hy
id is it ka kk la lg lt lv mi mk mn mr ms nb nl nn pa pl pt ro ru sk sl sn so sq sr st sv sw ta te
tl tn tr ts uk ur vi xh yo zu kn ml ne gl am sh""".split()
LONGEST = 4
FLOOR = {1: 3e-4, 2: 6e-5, 3: 2e-5, 4: 1.2e-5}  # a run is at least this likely anywhere
MOST = {1: 0, 2: 700, 3: 750, 4: 750}           # runs kept for each language, by length
SCALE = {2: 8, 3: 16, 4: 16}                    # short runs overlap long ones: half
LEAST_WEIGHT = 0.5
BUCKETS = 8192
# How much a source counts: running text, word lists, counted runs.
SHARE = {"running": 1.0, "words": 0.5, "counted": 1.0, "ranked": 0.6}
# Close relatives with little text of their own lean on the other's.
RELATIVE = {"nn": ("nb", 0.35), "bs": ("hr", 0.5), "xh": ("zu", 0.25), "zu": ("xh", 0.25)}

PAK = {"en-GB": "en", "en-US": "en", "es-419": "es", "pt-BR": "pt", "pt-PT": "pt", "fil": "tl"}
OFFICE = {"pa_IN": "pa", "sr@latin": "sh"}
WORD_LISTS = dict(
    afr="af", ara="ar", aze="az", bel="be", ben="bn", bos="bs", bul="bg", cat="ca", ces="cs",
    cym="cy", dan="da", deu="de", ell="el", eng="en", epo="eo", est="et", eus="eu", fas="fa",
    fil="tl", fin="fi", fra="fr", gle="ga", guj="gu", heb="he", hin="hi", hrv="hr", hun="hu",
    hye="hy", ind="id", isl="is", ita="it", kat="ka", kaz="kk", lat="la", lav="lv", lit="lt",
    mar="mr", mkd="mk", mon="mn", mri="mi", msa="ms", nld="nl", nor="nb", pan="pa", pol="pl",
    por="pt", ron="ro", rus="ru", slk="sk", slv="sl", spa="es", sqi="sq", srp="sr",
    srp_latn="sh", swa="sw", swe="sv", tam="ta", tel="te", tur="tr", ukr="uk", urd="ur", vie="vi",
    yor="yo")
RANKED = {"sr-Cyrl": "sr", "sr-Latn": "sh", "az-Cyrl": "az"}
TERRITORIES = "sn lg zu xh st tn ts nn bs mi yo so".split()
MARKUP = re.compile(r"<[^>]*>|&\w+;|%\w*|\$\(?[\w]*\)?|https?:\S+|\{[^}]*\}|[~_]")


def words(text):
    """Runs of letters and combining marks, in lower case."""
    letters = (c if unicodedata.category(c)[0] in "LM" else " " for c in text.lower())
    return "".join(letters).split()


def pak_strings(path):
    """Chromium's resource packs, version 5: id and offset of each string."""
    data = open(path, "rb").read()
    encoding, count = data[4], struct.unpack_from("<H", data, 8)[0]
    starts = [struct.unpack_from("<HI", data, 12 + 6 * i)[1] for i in range(count + 1)]
    for begin, end in zip(starts, starts[1:]):
        try:
            yield data[begin:end].decode("utf8" if encoding == 1 else "utf-16le")
        except UnicodeDecodeError:
            continue


def interface_texts(folder):
    """Pairs of a language and a text that people see in a program."""
    for path in glob.glob(folder + "/**/chromium/locales/*.pak", recursive=True):
        name = os.path.basename(path)[:-4]
        if "_" not in name:
            for text in pak_strings(path):
                yield PAK.get(name, name), text
    for path in glob.glob(folder + "/**/LC_MESSAGES/*.mo", recursive=True):
        name = path.split("/")[-3]
        with open(path, "rb") as file:
            catalog = gettext.GNUTranslations(file)._catalog
        for key, text in catalog.items():
            key = key[0] if isinstance(key, tuple) else key
            if text and text != key.split("\x04")[-1] and len(text) < 2000:
                yield OFFICE.get(name, name), text
    for path in glob.glob(folder + "/**/langpack-*.xpi", recursive=True):
        name = re.search(r"langpack-(\w+)", path).group(1)
        with zipfile.ZipFile(path) as pack:
            for member in (m for m in pack.namelist() if m.endswith((".ftl", ".properties"))):
                for line in pack.read(member).decode("utf8", "ignore").splitlines():
                    if not line.startswith("#"):
                        yield name, line.split("=", 1)[-1]
    for name in TERRITORIES:
        for path in glob.glob(f"{folder}/**/cldr/common/main/{name}.xml", recursive=True):
            for element in xml.etree.ElementTree.parse(path).iter():
                yield name, (element.text or "") + " " * 12


def running(folder):
    bags = collections.defaultdict(collections.Counter)
    for language, text in interface_texts(folder):
        text = MARKUP.sub(" ", text)
        if language in LANGUAGES and len(text) >= 12:
            bags[language].update(words(text))
    spread = collections.Counter(word for bag in bags.values() for word in bag)
    for language, bag in bags.items():  # names of programs stand in all of them
        for word in [w for w in bag if language != "en" and spread[w] >= 14]:
            del bag[word]
    return bags


def word_lists(folder):
    bags = collections.defaultdict(collections.Counter)
    for path in glob.glob(folder + "/**/*.traineddata", recursive=True):
        language = WORD_LISTS.get(os.path.basename(path).split(".")[0])
        if not language:
            continue
        with tempfile.TemporaryDirectory() as work:
            subprocess.run(["combine_tessdata", "-u", path, work + "/x."], capture_output=True, check=True)
            subprocess.run(["dawg2wordlist", work + "/x.lstm-unicharset", work + "/x.lstm-word-dawg",
                            work + "/words"], capture_output=True, check=True)
            with open(work + "/words", encoding="utf8", errors="ignore") as file:
                bags[language].update(word for line in file for word in words(line))
    return bags


def runs_of(bag):
    """Counts of the runs of letters in a bag of words, by length; a space marks an end."""
    counts = {length: collections.Counter() for length in range(1, LONGEST + 1)}
    for word, times in bag.items():
        padded = f" {word} "
        for length, counter in counts.items():
            for i in range(len(padded) - length + 1):
                counter[padded[i:i + length]] += times
    return counts


def by_length(pairs):
    counts = {length: collections.Counter() for length in range(1, LONGEST + 1)}
    for run, times in pairs:
        if 1 <= len(run) <= LONGEST and run.strip():
            counts[len(run)][run.lower()] += times
    return counts


def counted(folder):
    """langdetect's profiles: runs of one to three letters with their counts. Indonesian is
    left out, since Malay has none and would lose to it."""
    for path in glob.glob(folder + "/**/langdetect/profiles/*", recursive=True):
        language = {"no": "nb"}.get(os.path.basename(path), os.path.basename(path))
        if language in LANGUAGES and language != "id":
            with open(path, encoding="utf8") as file:
                yield language, by_length(json.load(file)["freq"].items())


def ranked(folder):
    """libexttextcat's fingerprints: runs in the order of their frequency."""
    for path in glob.glob(folder + "/**/libexttextcat/*.lm", recursive=True):
        name = os.path.basename(path)[:-3]
        if RANKED.get(name, name) in LANGUAGES:
            with open(path, encoding="utf8", errors="replace") as file:
                rows = [re.split(r"[\t ]+", line.strip("\n")) for line in file]
            yield RANKED.get(name, name), by_length(
                (row[0].replace("_", " "), int(row[1]) if len(row) > 1 and row[1].isdigit() else 4000 / (i + 4))
                for i, row in enumerate(rows))


def probabilities(folder):
    sources = collections.defaultdict(list)
    for share, bags in (("running", running(folder)), ("words", word_lists(folder))):
        for language, bag in bags.items():
            sources[language].append((SHARE[share], runs_of(bag)))
    for share, profiles in (("counted", counted(folder)), ("ranked", ranked(folder))):
        for language, counts in profiles:
            sources[language].append((SHARE[share], counts))
    p = {language: collections.Counter() for language in LANGUAGES}
    for language in LANGUAGES:
        for length in range(1, LONGEST + 1):
            parts = [(share, counts[length]) for share, counts in sources[language] if counts[length]]
            whole = sum(share for share, _ in parts)
            for share, counts in parts:
                total = sum(counts.values())
                for run, times in counts.items():
                    p[language][run] += share / whole * times / total
    for language, (relative, share) in RELATIVE.items():
        mixed = {run: (1 - share) * p[language][run] + share * p[relative][run]
                 for run in set(p[language]) | set(p[relative])}
        p[language] = collections.Counter(mixed)
    return p


def weights(p):
    """run -> [(language's index, weight in sixteenths of a nat)]"""
    kept = set()
    for runs in p.values():
        ordered = sorted(runs.items(), key=lambda item: (-item[1], item[0]))
        for length, most in MOST.items():
            kept.update([run for run, _ in ordered if len(run) == length][:most])
    table = collections.defaultdict(list)
    for index, language in enumerate(LANGUAGES):
        for run in sorted(kept & set(p[language])):
            value = p[language][run] / FLOOR[len(run)]
            if value > math.exp(LEAST_WEIGHT):
                table[run].append((index, min(255, round(SCALE[len(run)] * math.log(value)))))
    return table


def hash_of(run):
    """Four code points of 21 bits each, mixed by two multiplications; language_model.h has the same."""
    code = 0
    for c in run:
        code = (code << 21 | ord(c)) & (1 << 84) - 1
    low, high = code & (1 << 42) - 1, code >> 42
    h = (low * 0x9E3779B97F4A7C15 ^ high * 0xC2B2AE3D27D4EB4F) & (1 << 64) - 1
    return h ^ h >> 29


def padded(data):
    return data + b"\0" * (-len(data) % 4)


def write(table, path):
    buckets = [{} for _ in range(BUCKETS)]
    for run, entries in sorted(table.items()):
        h = hash_of(run)
        buckets[h % BUCKETS].setdefault(h >> 13 & 0xFFFF, entries)
    first_key, first_entry, fingerprints, counts, flat = [], [], [], [], []
    for bucket in buckets:
        first_key.append(len(fingerprints))
        first_entry.append(len(flat))
        for fingerprint, entries in sorted(bucket.items()):
            fingerprints.append(fingerprint)
            counts.append(len(entries))
            flat.extend(index << 8 | weight for index, weight in entries)
    first_key.append(len(fingerprints))
    first_entry.append(len(flat))
    with open(path, "wb") as file:
        file.write(b"GLYLANG1" + struct.pack("<II", len(fingerprints), len(flat)))
        file.write(struct.pack(f"<{BUCKETS + 1}I", *first_key))
        file.write(struct.pack(f"<{BUCKETS + 1}I", *first_entry))
        file.write(padded(struct.pack(f"<{len(fingerprints)}H", *fingerprints)))
        file.write(padded(bytes(counts)))
        file.write(struct.pack(f"<{len(flat)}H", *flat))


if __name__ == "__main__":
    write(weights(probabilities(sys.argv[1])), os.path.join(os.path.dirname(__file__), "language.model"))
