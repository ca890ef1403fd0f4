"""The pieces that panels are written with: paragraphs, labelled values, headings, tables. All from outside text."""

from __future__ import annotations

from collections.abc import Iterable

from casedesk.tui.drawing import block_of, cut, fit, wrap
from casedesk.tui.look import Line

LABEL = 13
"""Cells of a label before its value."""


def blank() -> Line:
    """An empty line."""
    return []


def heading(text: str, width: int) -> Line:
    """A heading of the program's own words, with a thin line after it."""
    text = cut(text, width)
    return [(text, "muted"), (" " + "─" * max(0, width - len(text) - 1), "rule")]


def paragraph(text: str, width: int, role: str = "text", indent: int = 0) -> list[Line]:
    """Outside text, wrapped."""
    space = " " * indent
    return [[(space + line, role)] for line in wrap(block_of(text), width - indent)]


def way(key: str, what: str, width: int) -> list[Line]:
    """What a key does where there is nothing to see: `r relates it`."""
    first, *others = paragraph(f"{key} {what}", width, "muted")
    head = first[0][0]
    return [[(head[: len(key)], "accent"), (head[len(key) :], "muted")], *others]


def labelled(label: str, value: str | None, width: int, role: str = "text", empty: str = "–") -> list[Line]:
    """A label and outside text beside it, wrapped under itself; `–` where there is nothing."""
    room = min(LABEL, max(6, width // 3))
    if not value:
        return [[(fit(label, room), "muted"), (cut(empty, width - room), "muted")]]
    first, *others = wrap(block_of(value, 4000), max(4, width - room - 1)) or [""]
    lines: list[Line] = [[(fit(label, room), "muted"), (first, role)]]
    lines += [[(" " * room, "muted"), (line, role)] for line in others]
    return lines


def pairs(values: Iterable[tuple[str, str]], width: int) -> list[Line]:
    """Names with values, the names as wide as the longest of them needs (at most half of the width)."""
    values = list(values)
    if not values:
        return []
    room = min(max(len(name) for name, _ in values) + 2, max(8, width // 2 - 1))
    lines: list[Line] = []
    for name, value in values:
        first, *others = wrap(block_of(value, 4000), max(4, width - room))
        lines.append([(fit(name, room - 1) + " ", "muted"), (first, "text")])
        lines += [[(" " * room, "text"), (line, "text")] for line in others]
    return lines
