"""How a view's rows are drawn: how wide its columns are where there is room for them, and their cells (S5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from casedesk.tui.drawing import figure, fit, instant, line_of, short_span
from casedesk.tui.look import Line, Look, Span

if TYPE_CHECKING:
    from casedesk.desk.values import ViewColumn
    from casedesk.desk.values.views import Cell

CELL_LENGTH: Final = 300
"""Characters of a cell that are read for the screen."""

_USUAL: Final = {
    "number": 7, "status": 9, "state": 7, "priority": 8, "topic": 12, "score": 5, "nps": 4, "csat": 4, "ces": 4,
    "rating": 6, "contact": 18, "owner": 10, "team": 12, "account": 16, "campaign": 18, "email": 24, "phone": 15,
    "language": 8, "due": 6, "age": 4, "idle": 4,
}  # fmt: skip
_OF_KIND: Final = {"number": 8, "score": 5, "instant": 12, "span": 5, "yes or no": 8, "text": 14}
_FLEXIBLE: Final = ("title", "comment", "description", "note", "message")
_RIGHT: Final = frozenset({"number", "score", "span"})
_LEAST, _LEAST_FLEXIBLE = 4, 12
_SAID_LEFT_OUT = 3
"""Cells in which it is said how many columns are left out."""
_NOTHING: Final[Mapping[str, int]] = {}
_TITLE = 14
"""Cells that a title may ask for where its cells are narrower."""


@dataclass(frozen=True)
class Layout:
    """The columns that there is room for, with their widths in cells; `left_out` at the right there isn't."""

    columns: tuple[ViewColumn, ...]
    widths: tuple[int, ...]
    left_out: int = 0

    @classmethod
    def for_width(cls, columns: Sequence[ViewColumn], width: int, needed: Mapping[str, int] = _NOTHING) -> Layout:
        """Lay the columns out in `width` cells: each as wide as it is set, or as its cells usually need.

        `needed` says what the cells of a column really need, by its name, where that is known; it takes no more.
        Long texts share what is left. Where there is too little room, the widths that nobody set shrink, and then the
        last columns go.
        """
        shown = list(columns)
        while shown:
            widths = _widths(shown, width if len(shown) == len(columns) else width - _SAID_LEFT_OUT, needed)
            if widths is not None or len(shown) == 1:
                return cls(tuple(shown), tuple(widths or [max(1, width)]), len(columns) - len(shown))
            shown.pop()
        return cls((), (), 0)

    def head(self) -> Line:
        """The titles of the columns."""
        line: Line = []
        for column, width in zip(self.columns, self.widths, strict=True):
            line.append((fit(column.title, width, right=column.kind in _RIGHT) + " ", "muted"))
        if self.left_out:
            line.append((f"+{self.left_out}", "muted"))
        return line

    def cells(
        self, cells: Sequence[Cell], look: Look, *, score_kind: str | None = None, due: Span | None = None
    ) -> Line:
        """The cells of a row. `due` is how the ticket's due time is said, where that is known."""
        line: Line = []
        for column, width, cell in zip(self.columns, self.widths, cells, strict=False):
            text, role = due if due is not None and column.name == "due" else _said(column, cell, look, score_kind)
            line.append((fit(text, width, right=column.kind in _RIGHT) + " ", role))
        return line


def _widths(columns: Sequence[ViewColumn], width: int, needed: Mapping[str, int]) -> list[int] | None:
    """How wide each column is, a blank after each; None when there is too little room."""
    widths = [column.width or _usual(column, needed.get(column.name)) for column in columns]
    elastic = [place for place, column in enumerate(columns) if not column.width and column.name in _FLEXIBLE]
    left = width - sum(widths) - len(widths)
    if left >= 0:
        for turn, place in enumerate(elastic):
            share = left // (len(elastic) - turn)
            widths[place] += share
            left -= share
        return widths
    shrinking = [place for place, column in enumerate(columns) if not column.width and column.kind == "text"]
    while left < 0:
        wide = [place for place in shrinking if widths[place] > _least(columns[place])]
        if not wide:
            return None
        widest = max(wide, key=lambda place: widths[place] - _least(columns[place]))
        widths[widest] -= 1
        left += 1
    return widths


def _least(column: ViewColumn) -> int:
    return _LEAST_FLEXIBLE if column.name in _FLEXIBLE else _LEAST


def _usual(column: ViewColumn, needed: int | None) -> int:
    if column.name in _FLEXIBLE:
        return 2 * _LEAST_FLEXIBLE
    usual = _USUAL.get(column.name, _OF_KIND[column.kind])
    return max(min(usual, needed or usual), min(cell_len(line_of(column.title)), _TITLE))


def needed_widths(columns: Sequence[ViewColumn], rows: Iterable[Sequence[Cell]], look: Look) -> dict[str, int]:
    """The cells that each column takes of these rows."""
    needed = {column.name: 1 for column in columns}
    for row in rows:
        for column, cell in zip(columns, row, strict=False):
            needed[column.name] = max(needed[column.name], cell_len(_said(column, cell, look, None)[0]))
    return needed


def _said(column: ViewColumn, cell: Cell, look: Look, score_kind: str | None) -> Span:
    """A cell as safe text with its role."""
    if cell is None:
        return "", "muted"
    if isinstance(cell, bool):
        return ("yes" if cell else "no"), "text" if cell else "muted"
    if isinstance(cell, datetime):
        return instant(cell, look.zone, look.now), "muted"
    if column.kind == "span" and isinstance(cell, int):
        return short_span(timedelta(seconds=cell)), "muted"
    if column.kind == "score" and isinstance(cell, int | float):
        return figure(cell), look.score_role(cell, score_kind if column.name == "score" else column.name)
    if isinstance(cell, int | float):
        return figure(cell), "muted"
    return line_of(cell, CELL_LENGTH), "text"
