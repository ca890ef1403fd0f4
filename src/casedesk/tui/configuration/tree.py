"""The tree of sections as rows, and finding in it by words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casedesk.tui.drawing import cut, fit, line_of
from casedesk.tui.widgets.cursor_pane import Row

if TYPE_CHECKING:
    from collections.abc import Hashable

    from casedesk.tui.configuration.section import Contents, Item, Section

ITEMS_SHOWN = 6
"""Items that are listed below a section when words are looked for."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the tree: a section, or an item of it."""

    section: str
    item: Hashable | None = None


@dataclass(frozen=True)
class Hit:
    """A section that is shown, with those of its items that the words led to; `own`: its own words were enough."""

    section: Section
    items: tuple[Item, ...] = ()
    own: bool = True


def find(text: str, sections: Sequence[Section], contents: Mapping[str, Contents]) -> tuple[Hit, ...]:
    """The sections in which every word is found, from a word's beginning: in the section's own words, in an item's, or
    in both together. Without words all sections. Case doesn't matter.
    """
    words = text.casefold().split()
    if not words:
        return tuple(Hit(section) for section in sections)
    return tuple(hit for section in sections if (hit := _hit(section, contents.get(section.id), words)) is not None)


def best_place(text: str, hits: Sequence[Hit]) -> Place | None:
    """Where the words most likely mean to go; of equal ones the first. The order: a section that is called so, an item
    whose name begins so, a section that is looked for by them, an item called so, and what else was found."""
    whole = " ".join(text.casefold().split())
    words = whole.split()

    def among(*texts: str) -> bool:
        said = " ".join(texts).casefold()
        return all(_has(said, word) for word in words)

    def rank(hit: Hit, item: Item | None) -> int:
        if item is None:
            return 0 if among(hit.section.title) else 2 if among(hit.section.title, *hit.section.words) else 5
        last = 10 if hit.section.found_last else 0
        return last + (1 if item.label.casefold().startswith(whole) else 3 if among(item.label) else 4)

    places = [(hit, item) for hit in hits for item in (*((None,) if hit.own else ()), *hit.items)]
    if not places:
        return None
    hit, item = min(places, key=lambda place: rank(*place))
    return Place(hit.section.id, item.key if item is not None else None)


def _hit(section: Section, contents: Contents | None, words: Sequence[str]) -> Hit | None:
    own = " ".join((section.title, section.group, section.about, *section.words)).casefold()
    left = [word for word in words if not _has(own, word)]
    items = contents.items if contents is not None else ()
    called = " ".join(words)
    found = tuple(
        item
        for item in items
        if (all(_has(_said(item), word) for word in left) if left else item.label.casefold().startswith(called))
    )
    return Hit(section, found, not left) if found or not left else None


def _has(said: str, word: str) -> bool:
    """Whether a word of the text begins so. Scripts without spaces between words have it anywhere."""
    return re.search(rf"\b{re.escape(word)}" if word.isascii() else re.escape(word), said) is not None


def _said(item: Item) -> str:
    return " ".join((item.label, item.value, item.about, item.heading, *item.words)).casefold()


def tree_rows(hits: Sequence[Hit], contents: Mapping[str, Contents], width: int) -> list[Row]:
    """The rows: the groups as headings, under each its sections with how many entries they have."""
    rows: list[Row] = []
    group = ""
    for hit in hits:
        if hit.section.group != group:
            group = hit.section.group
            rows += [Row([("", "text")])] * bool(rows) + [Row([(cut(line_of(group), width), "muted")])]
        rows.append(Row(_section_line(hit.section, contents.get(hit.section.id), width), Place(hit.section.id)))
        for item in hit.items[:ITEMS_SHOWN]:
            place = Place(hit.section.id, item.key)
            rows.append(Row([("    ", "text"), (fit(line_of(item.label), width - 4), "text")], place))
        if len(hit.items) > ITEMS_SHOWN:
            rows.append(Row([(f"    … and {len(hit.items) - ITEMS_SHOWN:,} more", "muted")]))
    return rows


def _section_line(section: Section, contents: Contents | None, width: int) -> list[tuple[str, str]]:
    count = f"{len(contents.items):,}" if contents is not None else ""
    room = max(1, width - 2 - len(count) - 1)
    return [("  ", "text"), (fit(section.title, room), "text"), (" ", "text"), (count, "muted")]
