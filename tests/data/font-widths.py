#!/usr/bin/env python3
"""Writes core/diagram/widths.def: advance widths of Noto Sans, in thousandths of an em.

Run by hand when the font changes: tests/data/font-widths.py REGULAR.ttf BOLD.ttf > core/diagram/widths.def
"""
import struct
import sys

RANGES = [(0x20, 0x7E), (0xA0, 0x17F), (0x1A0, 0x1B0), (0x370, 0x3FF), (0x400, 0x45F),
          (0x1EA0, 0x1EF9), (0x2010, 0x2044), (0x20A0, 0x20BF), (0x2190, 0x2199)]


def advances(path):
    data = open(path, "rb").read()
    tables = {}
    for i in range(struct.unpack(">H", data[4:6])[0]):
        tag, _, off, size = struct.unpack(">4sIII", data[12 + 16 * i:28 + 16 * i])
        tables[tag.decode()] = data[off:off + size]
    em = struct.unpack(">H", tables["head"][18:20])[0]
    metrics = struct.unpack(">H", tables["hhea"][34:36])[0]
    hmtx = [struct.unpack(">H", tables["hmtx"][4 * i:4 * i + 2])[0] for i in range(metrics)]
    cmap = tables["cmap"]
    glyphs = {}
    for i in range(struct.unpack(">H", cmap[2:4])[0]):
        platform, encoding, off = struct.unpack(">HHI", cmap[4 + 8 * i:12 + 8 * i])
        if struct.unpack(">H", cmap[off:off + 2])[0] != 4:
            continue
        seg = struct.unpack(">H", cmap[off + 6:off + 8])[0] // 2
        word = lambda at: struct.unpack(">H", cmap[at:at + 2])[0]
        for s in range(seg):
            end, start = word(off + 14 + 2 * s), word(off + 16 + 2 * seg + 2 * s)
            delta, where = word(off + 16 + 4 * seg + 2 * s), off + 16 + 6 * seg + 2 * s
            for c in range(start, min(end, 0xFFFE) + 1):
                ro = word(where)
                g = word(where + ro + 2 * (c - start)) if ro else c
                glyphs[c] = (g + delta) & 0xFFFF if g or not ro else 0
    return {c: round(1000 * hmtx[min(g, metrics - 1)] / em) for c, g in glyphs.items() if g}


regular, bold = advances(sys.argv[1]), advances(sys.argv[2])
print("/* Advance widths of Noto Sans (regular, bold) in thousandths of an em, from the font by")
print(" * tests/data/font-widths.py; ranges in ascending order, 0: not in the font. */")
for first, last in RANGES:
    print(f"WIDTHS(0x{first:X}, 0x{last:X})")
    row = ""
    for c in range(first, last + 1):
        cell = f"W({regular.get(c, 0)}, {bold.get(c, 0)}) "
        if len(row) + len(cell) > 98:
            print(row.rstrip())
            row = ""
        row += cell
    print(row.rstrip())
