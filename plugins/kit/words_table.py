#!/usr/bin/env python3
"""Writes words_table.c, a static hash table, from words_stop.txt and words_class.txt.

Run in this folder: ./words_table.py > words_table.c
The hash is word_hash() of words.h. A slot is its low bits, then the next free one, and
holds the number of an entry. One slot in twelve is taken, so that the first one looked
at mostly tells. One bit of a filter says of nine words in ten that are not in the lists
that they are not, to who has few to look up."""
LANGUAGES = "en de fr es it pt nl sv da nb fi pl cs ro hu tr ru uk el ca id vi bg hr".split()
CLASSES = ("CUE HONORIFIC ROLE FIRST ORG MONTH WEEKDAY PRONOUN NUMBER ABBREV PLACE TELL NAMING SOURCE "
           "PREPOSITION DETERMINER PARTICLE RELATIVE AUX SAYER LEADER MALE FEMALE CONJUNCTION PARTICIPLE "
           "PASSIVE AGENT POSTNOMINAL").split()
LONGEST = 23
SLOTS = 1 << 16
FILTER_BITS = 1 << 16
ONES = (1 << 64) - 1


def word_hash(word):
    value = len(word) * 0x9E3779B97F4A7C15 & ONES
    for at in range(0, len(word), 8):
        chunk = int.from_bytes(word[at:at + 8], "little")
        value = (value ^ chunk) * 0xD6E8FEB86659FD93 & ONES
        value ^= value >> 32
    return value


def lines(path):
    for line in open(path, encoding="utf-8"):
        if line.strip() and not line.startswith("#"):
            name, words = line.split(":", 1)
            yield name, [word.encode() for word in words.split()]


def main():
    known = {}
    for place, path, names in ((0, "words_stop.txt", LANGUAGES), (1, "words_class.txt", CLASSES)):
        for name, words in lines(path):
            for word in words:
                known.setdefault(word, [0, 0])[place] |= 1 << names.index(name)
    slots = [0] * SLOTS
    longest = max(known, key=len)
    if len(longest) > LONGEST:
        raise SystemExit(f"'{longest.decode()}' has more than {LONGEST} bytes; raise LONGEST here and in words_table.h")
    print("/* words_table - made by words_table.py from words_stop.txt and words_class.txt; "
          "do not edit. */")
    print('#include "kit/words_table.h"\n')
    print("const word_entry word_entries[] = {\n    { 0, 0, 0, 0, \"\" },")
    for number, word in enumerate(sorted(known), 1):
        value = word_hash(word)
        slot = value & (SLOTS - 1)
        while slots[slot]:
            slot = (slot + 1) & (SLOTS - 1)
        slots[slot] = number
        stop, classes = known[word]
        print(f'    {{ {value:#x}, {stop:#x}, {classes:#x}, {len(word)}, "{word.decode()}" }},')
    filter_words = [0] * (FILTER_BITS // 64)
    for word in known:
        bit = word_hash(word) >> 40 & (FILTER_BITS - 1)
        filter_words[bit // 64] |= 1 << bit % 64
    print("};\n\nconst uint64_t word_filter[] = {")
    for at in range(0, len(filter_words), 4):
        print("    " + " ".join(f"{bits:#x}," for bits in filter_words[at:at + 4]))
    print("};\n\nconst uint16_t word_slots[WORD_SLOTS] = {")
    for at in range(0, SLOTS, 16):
        print("    " + " ".join(f"{slot}," for slot in slots[at:at + 16]))
    print("};")


main()
