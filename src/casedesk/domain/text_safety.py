"""Outside text made safe to show: no character of it can act on a terminal.

The text itself is stored as it came (quality page, hostile input); this is only how it is shown. Controls become
visible pictures, characters that reorder or hide text become visible or go, and combining marks can't pile up.
"""

from __future__ import annotations

import re
import unicodedata

MARKS_KEPT = 4
"""Combining marks drawn on one character; Vietnamese and pointed Hebrew need at most that many."""

REPLACEMENT = "\ufffd"
RETURN_SIGN = "↵"

_REORDERING = {
    0x202A: "‹LRE›",
    0x202B: "‹RLE›",
    0x202C: "‹PDF›",
    0x202D: "‹LRO›",
    0x202E: "‹RLO›",
    0x2066: "‹LRI›",
    0x2067: "‹RLI›",
    0x2068: "‹FSI›",
    0x2069: "‹PDI›",
}
_WITHOUT_APPEARANCE = (
    *(0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E, 0x200B, 0x200E, 0x200F, 0x3164, 0xFEFF, 0xFFA0),
    *range(0x2060, 0x2066),
    *range(0x206A, 0x2070),
    *range(0xFFF9, 0xFFFC),
    *range(0xE0000, 0xE0080),
)


def _table() -> dict[int, str | None]:
    table: dict[int, str | None] = {code: chr(0x2400 + code) for code in range(0x20)}
    table[0x09] = "    "
    table[0x0A] = "\n"
    table[0x7F] = "\u2421"
    table |= dict.fromkeys(range(0x80, 0xA0), REPLACEMENT)
    table |= dict.fromkeys(range(0xFDD0, 0xFDF0), REPLACEMENT)
    table |= {0xFFFE: REPLACEMENT, 0xFFFF: REPLACEMENT}
    table |= dict.fromkeys(_WITHOUT_APPEARANCE)
    table |= _REORDERING
    return table


_TABLE = _table()
_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_MAY_COMBINE = re.compile("[\u0300-\U0010ffff]")


def visible(text: str) -> str:
    """`text` with its lines kept and everything that could act on a terminal made visible.

    Line ends of every kind become `\\n`, a tab four spaces; ESC, NUL and the other C0 controls become the control
    pictures (`␛`), C1 controls, lone surrogates and non-characters U+FFFD; bidirectional overrides and isolates
    become `‹RLO›` and the like; characters without any appearance (zero-width space, tags) are left out. At most
    `MARKS_KEPT` combining marks stand on one character, and none at the start of a line. Cleaning twice changes
    nothing.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _LINE_ENDS.sub("\n", text)
    text = _SURROGATES.sub(REPLACEMENT, text).translate(_TABLE)
    return _limit_marks(text) if _MAY_COMBINE.search(text) else text


def visible_line(text: str) -> str:
    """`text` as one line: like `visible`, with line ends shown as `↵` and a tab as one space."""
    if text.isascii() and text.isprintable():
        return text
    lines = visible(text.replace("\t", " ")).split("\n")
    return visible(f" {RETURN_SIGN} ".join(line for line in map(str.strip, lines) if line))


def _limit_marks(text: str) -> str:
    """Drop what stands above `MARKS_KEPT` marks on one character; give a mark without a character a dotted circle."""
    kept: list[str] = []
    marks = 0
    previous = "\n"
    for character in text:
        if character >= "\u0300" and unicodedata.category(character) in ("Mn", "Me"):
            if previous == "\n":
                kept.append("\u25cc")
            marks += 1
            if marks > MARKS_KEPT:
                continue
        else:
            marks = 0
        kept.append(character)
        previous = character
    return "".join(kept)
