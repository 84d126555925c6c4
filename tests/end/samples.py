"""Holds the records of the samples, on standard input, against what a careful reader
finds in them: what galley promises to see in any such article."""
import json
import sys

SAMPLES = {
    "acronyms.txt": {"acronyms": {"CSB": "Care Standards Board", "ED": "emergency department"}},
    "cp1252.txt": {"charset": "windows-1252", "speakers": ["José Pell"], "text": "café service"},
    "empty.txt": {"lang": "und", "text": ""},
    "festival.txt": {
        "title": "Lantern festival returns to the canal", "published": "2024-11-04", "removed": ["DSC_0412", "###"],
        "speakers": ["Noor Hallam", "Peter Rowe"], "acronyms": {"KLW": "Keldwick Lantern Walk"},
        "mentions": ["#KeldwickLanterns"]},
    "harbour-bridge.txt": {
        "title": "New footbridge to link harbour and station", "removed": ["bridge-hero-2", "ENDS"],
        "speakers": ["Miriam Castle", "Omar Whitlock"], "quoted": "volunteer who counted footsteps in the rain.",
        "acronyms": {"WHA": "Wexmouth Harbour Authority", "RTF": "Regional Transport Fund"}},
    "hard-wrapped.txt": {"speakers": ["Lena Moss"], "text": "garden gate out of the Arrow"},
    "kurz.txt": {"lang": "de", "published": "2024-03-14", "speakers": ["Jutta Brandner"],
                 "acronyms": {"SWL": "Stadtwerke Lindfeld"}},
    "library-hours.txt": {"authors": ["Ann Other", "John Doe"], "published": "2023-05-02", "speakers": ["Farah Lind"]},
    "mojibake.txt": {"text": "“built by its members” and cost £90,000", "speakers": ["Zoë Falk"]},
    "musee.txt": {"lang": "fr", "speakers": ["Hélène Morvan"], "quoted": "Les enfants y entrent gratuitement."},
    "scare-quotes.txt": {"speakers": ["Ruth Ames"], "unquoted": "smart bin"},
    "trailing-dash.txt": {"speakers": ["Priya Nair"], "mentions": ["jobs@tarn.example"]},
    "utf16.txt": {"charset": "utf-16le", "title": "Winter gritting starts", "speakers": ["Kit Alder"]},
}


def faults(record, wanted):
    quotes = record.get("quotes", [])
    names = [quote.get("name") for quote in quotes]
    acronyms = {acronym["short"]: acronym.get("long") for acronym in record.get("acronyms", [])}
    removed = [removed["text"] for removed in record.get("removed", [])]
    for key in ("title", "charset", "authors"):
        if key in wanted and record.get(key) != wanted[key]:
            yield f"{key} is {record.get(key)!r}"
    if record.get("lang") != wanted.get("lang", "en"):
        yield f"lang is {record.get('lang')!r}"
    if not record.get("published", "").startswith(wanted.get("published", "")):
        yield f"published is {record.get('published')!r}"
    if wanted.get("text", "") not in record["text"]:
        yield f"{wanted['text']!r} is not in the text"
    for name in wanted.get("speakers", []):
        if name not in names:
            yield f"{name} does not speak, but {names}"
    if wanted.get("quoted", "") not in "\n".join(quote["text"] for quote in quotes):
        yield f"{wanted['quoted']!r} is not quoted"
    if any(quote["text"].startswith(wanted.get("unquoted", "\0")) for quote in quotes):
        yield f"{wanted['unquoted']!r} is taken for a quotation"
    for short, expansion in wanted.get("acronyms", {}).items():
        if acronyms.get(short) != expansion:
            yield f"{short} is {acronyms.get(short)!r}"
    for line in wanted.get("removed", []):
        if line not in removed or line in record["text"]:
            yield f"{line!r} was not taken out"
    for mention in wanted.get("mentions", []):
        if mention not in [m["text"] for m in record.get("mentions", [])]:
            yield f"{mention} is no mention"


records = {record["uri"].rpartition("/")[2]: record for record in map(json.loads, sys.stdin)}
found = [f"{name}: {fault}" for name, wanted in SAMPLES.items()
         for fault in (faults(records[name], wanted) if name in records else ["has no record"])]
print("\n".join(found))
sys.exit(bool(found))
