"""Copies stages into a folder, flagged GLY_STAGE_NETWORK: so every stage that there is
can be tried apart from its worker.  usage: flag.py FOLDER PLUGIN.so...

In the file the pointer gly_plugin_v0.ops is 0 until it is loaded; the table of
relocations says where it will point. The flags are the second word there."""
import os, struct, sys

NETWORK = 1 << 1
PLUGIN_OPS = 104     # offsetof(gly_plugin, ops) where pointers have eight bytes
SYMBOLS, RELOCATIONS, LOAD = 11, 4, 1


def flag(data):
    def word(at, kind):
        return struct.unpack_from("<" + kind, data, at)

    programs, sections = word(32, "QQ")
    _, program_count, _, section_count = word(54, "4H")
    loads = [p for p in (word(programs + 56 * i, "IIQQQQQQ") for i in range(program_count)) if p[0] == LOAD]
    headers = [word(sections + 64 * i, "IIQQQQIIQQ") for i in range(section_count)]
    symbols = next(h for h in headers if h[1] == SYMBOLS)
    names = headers[symbols[6]][4]
    for at in range(symbols[4], symbols[4] + symbols[5], 24):
        name, _, _, _, value, _ = word(at, "IBBHQQ")
        if data[names + name:].startswith(b"gly_plugin_v0\0"):
            pointer = value + PLUGIN_OPS
    for h in headers:
        for at in range(h[4], h[4] + h[5], 24) if h[1] == RELOCATIONS else ():
            place, _, addend = word(at, "QQq")
            if place == pointer:
                ops = addend
    at = next(p[2] + ops - p[3] for p in loads if p[3] <= ops < p[3] + p[5]) + 4
    struct.pack_into("<I", data, at, word(at, "I")[0] | NETWORK)
    return data


for path in sys.argv[2:]:
    with open(path, "rb") as f:
        whole = flag(bytearray(f.read()))
    with open(os.path.join(sys.argv[1], os.path.basename(path)), "wb") as f:
        f.write(whole)
