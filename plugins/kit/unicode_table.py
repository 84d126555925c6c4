#!/usr/bin/env python3
"""Writes unicode_table.c: classes and simple lower-case mappings of all code points.

Source: the Unicode data of Python's unicodedata. Run in this folder:
    ./unicode_table.py > unicode_table.c
Equal code points share a record; equal blocks of 128 share a block."""
import unicodedata

LETTER, UPPER, LOWER, DIGIT, SPACE, MARK, CJK, COMBINING = (1 << i for i in range(8))
SPACES = {0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F,
          0x205F, 0x3000, 0xFEFF} | set(range(0x2000, 0x200B))
UNSPACED = [(0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1100, 0x11FF), (0x1780, 0x17FF),
            (0x2E80, 0x2FDF), (0x3005, 0x3007), (0x3021, 0x3029), (0x3031, 0x3035),
            (0x3041, 0x318F), (0x31A0, 0x31BF), (0x31F0, 0x31FF), (0x3400, 0x4DBF),
            (0x4E00, 0x9FFF), (0xA960, 0xA97F), (0xAA60, 0xAA7F), (0xAC00, 0xD7FF),
            (0xF900, 0xFAFF), (0xFF66, 0xFFDC), (0x1B000, 0x1B16F), (0x20000, 0x323AF)]
BLOCK = 128


def classes(c):
    kind = unicodedata.category(chr(c))
    bits = LETTER if kind[0] in "LM" else 0
    bits |= {"Lu": UPPER, "Lt": UPPER, "Ll": LOWER, "Nd": DIGIT}.get(kind, 0)
    bits |= SPACE if c in SPACES else 0
    bits |= MARK if kind[0] in "PS" else 0
    bits |= COMBINING if kind[0] == "M" else 0
    if bits & LETTER or kind == "Nl":
        bits |= CJK if any(a <= c <= b for a, b in UNSPACED) else 0
    return bits


def to_lower(c):
    text = chr(c).lower()
    return ord(text) - c if len(text) == 1 else 0


def record(c):
    if 0xD800 <= c <= 0xDFFF:
        return (0, 0)
    return (classes(c), to_lower(c))


def table(kind, name, items):
    print(f"const {kind} {name}[] = {{")
    line = "   "
    for item in items:
        if len(line) + len(item) + 2 > 99:
            print(line)
            line = "   "
        line += f" {item},"
    print(line + "\n};")


def main():
    records, blocks, firsts = {}, {}, []
    for start in range(0, 0x110000, BLOCK):
        block = tuple(records.setdefault(record(c), len(records)) for c in range(start, start + BLOCK))
        firsts.append(blocks.setdefault(block, len(blocks)))
    print("/* unicode_table - made by unicode_table.py from Unicode "
          f"{unicodedata.unidata_version}; do not edit. */")
    print('#include "kit/unicode_table.h"\n')
    table("uint8_t", "unicode_ascii", [str(classes(c)) for c in range(128)])
    print()
    table("unicode_record", "unicode_records", [f"{{ {bits}, {lower} }}" for bits, lower in records])
    print()
    table("uint16_t", "unicode_blocks", map(str, firsts))
    print()
    table("uint16_t", "unicode_cells", [str(i) for block in blocks for i in block])


main()
