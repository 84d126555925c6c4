#!/usr/bin/env python3
"""tables.py: writes names.h, names.c and charrefs.c beside itself.

names: the elements and attributes that stages ask for by number, found through a
hash without collisions. charrefs: the named character references of the HTML
standard, from Python's html.entities. Run it again after a change of the lists."""
import html.entities
import os

HERE = os.path.dirname(os.path.abspath(__file__))
M32 = 0xFFFFFFFF

# Per element: V void, S special (ends inline elements that cross it), P closes an
# open p, F formatting, H belongs in head, B bounds the search for an end tag.
ELEMENTS = """
a F|abbr|acronym|address SP|amp-img V|applet SB|area VS|article SP|aside SP|audio|b F|base VSH|bdi|bdo
big F|blockquote SP|body S|br VS|button SB|canvas|caption SB|center SP|cite|code F|col VS|colgroup S
data|datalist|dd SP|del|details SP|dfn|dialog SP|dir SP|div SP|dl SP|dt SP|em F|embed VS|fieldset SP
figcaption SP|figure SP|font F|footer SP|foreignobject SB|form SP|frame VS|frameset S
h1 SP|h2 SP|h3 SP|h4 SP|h5 SP|h6 SP|head S|header SP|hgroup SP|hr VSP|html SB|i F|iframe S|img VS|input VS
ins|kbd|label|legend|li SP|link VSH|listing SP|main SP|map|mark|marquee SB|math|menu SP|meta VSH
meter|nav SP|nobr F|noembed S|noframes SH|noscript SH|object SB|ol SP|optgroup|option|output|p SP
param VS|picture|plaintext SP|pre SP|progress|q|rp|rt|ruby|s F|samp|script SH|search SP|section SP
select S|slot|small F|source VS|span|strike F|strong F|style SH|sub|summary SP|sup|svg|table SB
tbody S|td SB|template SBH|textarea S|tfoot S|th SB|thead S|time|title SH|tr S|track VS|tt F|u F
ul SP|var|video|wbr VS|xmp SP
""".replace("\n", "|").split("|")

# At most 64: the scanner marks those it has seen in one word.
ATTRIBUTES = """
accept alt aria-hidden aria-label aria-labelledby aria-level charset class colspan content
data-component data-component-name data-content data-role data-src data-srcset data-testid data-type
data-url datetime dir headers hidden href hreflang http-equiv id itemid itemprop itemscope
itemtype lang media name property rel role rowspan src srcset start style summary title type
typeof value xml:lang resource about data-block data-module data-name data-id data-widget data-qa
""".split()

WORDS = {"V": "PAGE_IS_VOID", "S": "PAGE_IS_SPECIAL", "P": "PAGE_CLOSES_P", "F": "PAGE_IS_FORMATTING",
         "H": "PAGE_IN_HEAD", "B": "PAGE_IS_BOUND"}


def mix(name):
    value = 0
    for letter in name.encode():
        value = (value * 31 + (letter | 0x20)) & M32
    return value


def multiplier(names, bits):
    trial = 0x9E3779B1
    while True:
        if len({((mix(n) * trial) & M32) >> (32 - bits) for n in names}) == len(names):
            return trial
        trial = (trial * 1103515245 + 12345) & M32 | 1


def symbol(prefix, name):
    return f"PAGE_{prefix}{name.upper().replace('-', '_').replace(':', '_')}"


def rows(values, width=100):
    line, out = "   ", []
    for value in values:
        if len(line) + len(value) + 2 > width:
            out.append(line)
            line = "   "
        line += f" {value},"
    return "\n".join(out + [line])


def names():
    elements = [e.split() for e in ELEMENTS if e.strip()]
    tags = [e[0] for e in elements]
    attributes = sorted(ATTRIBUTES)
    assert len(set(attributes)) == len(attributes) <= 64, len(attributes)
    by_tag, by_attr = multiplier(tags, 10), multiplier(attributes, 9)
    with open(os.path.join(HERE, "names.h"), "w", encoding="utf8") as f:
        f.write("/* names - elements and attributes by number; made by tables.py, do not edit. */\n"
                "#ifndef GALLEY_KIT_PAGE_NAMES_H\n#define GALLEY_KIT_PAGE_NAMES_H\n\n#include <stdint.h>\n\n"
                "typedef enum page_tag {\n    PAGE_OTHER,\n")
        f.write(rows([symbol("", t) for t in tags]) + "\n    PAGE_TAGS\n} page_tag;\n\n")
        f.write("typedef enum page_attr_name {\n    PAGE_ATTR_OTHER,\n")
        f.write(rows([symbol("ATTR_", a) for a in attributes]) + "\n    PAGE_ATTRS\n} page_attr_name;\n\n")
        f.write("enum { /* what an element is to the tree: page_tag_traits[] */\n")
        for n, word in enumerate(WORDS.values()):
            f.write(f"    {word} = 1 << {n},\n")
        f.write("};\n\n/* A hash for both: h = h * 31 + (letter | 0x20) over the name. */\n"
                f"enum {{ PAGE_TAG_SHIFT = 22, PAGE_ATTR_SHIFT = 23 }};\n"
                f"#define PAGE_TAG_MIX UINT32_C({by_tag})\n#define PAGE_ATTR_MIX UINT32_C({by_attr})\n\n"
                "extern const char *const page_tag_names[PAGE_TAGS];\n"
                "extern const char *const page_attr_names[PAGE_ATTRS];\n"
                "extern const uint8_t page_tag_lengths[PAGE_TAGS], page_attr_lengths[PAGE_ATTRS];\n"
                "extern const uint8_t page_tag_traits[PAGE_TAGS];\n"
                "extern const uint8_t page_tag_slots[1024], page_attr_slots[512];\n\n#endif\n")
    with open(os.path.join(HERE, "names.c"), "w", encoding="utf8") as f:
        f.write("/* names - made by tables.py, do not edit. */\n#include \"kit/page/names.h\"\n\n")
        for kind, all_names, mixer, bits in (("tag", tags, by_tag, 10), ("attr", attributes, by_attr, 9)):
            upper = kind.upper() + "S"
            slots = [0] * (1 << bits)
            for n, name in enumerate(all_names):
                slots[((mix(name) * mixer) & M32) >> (32 - bits)] = n + 1
            f.write(f"const char *const page_{kind}_names[PAGE_{upper}] = {{\n" +
                    rows(['""'] + [f'"{n}"' for n in all_names]) + "\n};\n\n")
            f.write(f"const uint8_t page_{kind}_lengths[PAGE_{upper}] = {{\n" +
                    rows(["0"] + [str(len(n)) for n in all_names]) + "\n};\n\n")
            f.write(f"const uint8_t page_{kind}_slots[{1 << bits}] = {{\n" +
                    rows([str(s) for s in slots]) + "\n};\n\n")
        f.write("const uint8_t page_tag_traits[PAGE_TAGS] = {\n" + rows(
            ["0"] + [" | ".join(WORDS[t] for t in (e[1] if len(e) > 1 else "")) or "0" for e in elements]) + "\n};\n")


def c_bytes(text):
    return "".join(f"\\x{b:02X}" for b in text.encode()) if text else ""


def charrefs():
    entities = sorted((n.encode(), v) for n, v in html.entities.html5.items())
    with open(os.path.join(HERE, "charrefs.c"), "w", encoding="utf8") as f:
        f.write("/* charrefs - named character references of the HTML standard, sorted by name;\n"
                " * made by tables.py, do not edit. */\n#include \"kit/page/charrefs.h\"\n\n"
                "const page_charref page_charrefs[] = {\n")
        f.write(rows([f'{{ "{n.decode()}", "{c_bytes(v)}" }}' for n, v in entities]))
        f.write(f"\n}};\n\nconst uint32_t page_charref_count = {len(entities)};\n")
    longest = max(len(n) for n, _ in entities)
    value = max(len(v.encode()) for _, v in entities)
    assert longest <= 32 and value <= 6, (longest, value)


names()
charrefs()
