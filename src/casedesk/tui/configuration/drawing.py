"""The rows of a section, and the words under them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from rich.cells import cell_len

from casedesk.tui.drawing import cut, fit, instant, line_of, wrap
from casedesk.tui.widgets.cursor_pane import Row

if TYPE_CHECKING:
    from casedesk.tui.configuration.section import Contents, Item, Section
    from casedesk.tui.look import Line

NARROWEST, WIDEST = 14, 34
"""Cells of the column of labels."""


def item_rows(items: Sequence[Item], width: int) -> list[Row]:
    """The items, each with its value beside it, under their headings."""
    longest = max((cell_len(line_of(item.label)) for item in items), default=0)
    labels = max(NARROWEST, min(longest, WIDEST, width * 3 // 5))
    rows: list[Row] = []
    heading = ""
    for item in items:
        if item.heading != heading:
            heading = item.heading
            rows += [Row([("", "text")])] * bool(rows) + [Row([(cut(line_of(heading), width), "muted")])]
        rows.append(Row(_item_line(item, labels, width), item.key))
    return rows


def words_rows(words: str, width: int) -> list[Row]:
    """Words in the place of items, whole; safe text."""
    return [Row([(line, "muted")]) for line in wrap(words, width)]


def _item_line(item: Item, labels: int, width: int) -> Line:
    label = line_of(item.label)
    if not item.value:
        return [(cut(label, width), "muted" if item.muted else "text")]
    value = cut(line_of(item.value), max(1, width - labels - 2))
    return [(fit(label, labels), "muted" if item.muted else "text"), ("  ", "text"),
            (value, "muted" if item.muted else item.role)]  # fmt: skip


def note_lines(
    section: Section | None, contents: Contents, item: Item | None, width: int, zone: ZoneInfo, now: datetime
) -> list[Line]:
    """What the section, or the item, does; an item's whole value, its default, and who changed it last."""
    if section is None:
        return []
    if item is None:
        words = [section.about, *([contents.note] if contents.note else [])]
        return [[(line, "text")] for each in words for line in wrap(line_of(each, 2000), width)]
    lines: list[Line] = [[(line, "strong")] for line in wrap(line_of(item.label, 400), width)]
    if item.value and cell_len(line_of(item.value)) > width // 3:
        lines += [[(line, "text")] for line in wrap(line_of(item.value, 2000), width)]
    lines += [[(line, "text")] for line in wrap(line_of(item.about, 2000), width) if item.about]
    facts = [f"default: {line_of(item.default, 100) or 'nothing'}"] if item.default is not None else []
    if item.changed is not None:
        facts.append(f"changed by {line_of(item.changed.by, 60)}, {instant(item.changed.at, zone, now)}")
    return [*lines, *([[(line, "muted")] for line in wrap(" · ".join(facts), width)] if facts else [])]
