"""Where the widgets of a dashboard stand: in rows that are always filled, as many beside each other as there is room.

Nothing here knows of the screen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from casedesk.desk.values.dashboards import FIGURE

if TYPE_CHECKING:
    from casedesk.desk.values import DashboardWidget

    Row = list[tuple[DashboardWidget, int]]

TRACKS: Final = 60
"""Columns of the grid; rows of one to six widgets fill it evenly."""

FIGURE_LINES: Final = 5
"""Lines of a figure: its frame, its value, its change, and how it went."""

_ROOMY: Final[tuple[tuple[int, int, dict[int, int]], ...]] = (
    (160, 6, {1: 1, 2: 2, 3: 4, 4: 6}),
    (100, 4, {1: 1, 2: 2, 3: 3, 4: 4}),
    (0, 2, {}),
)
"""From so many cells on, how much stands beside each other, and how much of it a width in quarters takes.

Half a dashboard is a column: one at 80 cells, where two figures stand beside each other, two at 120, three at 200.
"""


@dataclass(frozen=True, slots=True)
class Placed:
    """A widget's row, the track that it starts at, how many it spans, and its height in lines."""

    row: int
    start: int
    span: int
    lines: int

    def overlap(self, other: Placed) -> int:
        """How many tracks both stand over."""
        return min(self.start + self.span, other.start + other.span) - max(self.start, other.start)


def placed(widgets: Sequence[DashboardWidget], width: int, height: int) -> list[Placed]:
    """The places of the widgets in a space of so many cells. What doesn't fit its height is scrolled to."""
    rows = _rows(widgets, width)
    lines = _lines(rows, height)
    found = []
    for place, row in enumerate(rows):
        shares = [share for _, share in row]
        ends = [round(sum(shares[: at + 1]) * TRACKS / sum(shares)) for at in range(len(shares))]
        starts = [0, *ends[:-1]]
        found += [Placed(place, start, end - start, lines[place]) for start, end in zip(starts, ends, strict=True)]
    return found


def _rows(widgets: Sequence[DashboardWidget], width: int) -> list[Row]:
    """The widgets by rows, each with its share; figures stand among themselves, for they are lower.

    Rows that follow one another are filled evenly: four widgets, of which three would fit, stand two by two.
    """
    room, shares = next((room, shares) for least, room, shares in _ROOMY if width >= least)
    rows: list[Row] = []
    for figures, run in groupby(widgets, key=lambda widget: widget.kind == FIGURE):
        shared = [(each, shares.get(each.width, 1 if figures and each.width == 1 else room)) for each in run]
        fewest = len(_filled(shared, room))
        least = max(share for _, share in shared)
        even = next(limit for limit in range(least, room + 1) if len(_filled(shared, limit)) == fewest)
        rows += _filled(shared, even)
    return rows


def _filled(shared: Row, limit: int) -> list[Row]:
    """Rows of which none has more than the limit."""
    rows: list[Row] = []
    left = 0
    for widget, share in shared:
        if share > left:
            rows.append([])
            left = limit
        rows[-1].append((widget, share))
        left -= share
    return rows


def _lines(rows: Sequence[Row], height: int) -> list[int]:
    """The height of each row; where there is room left over, those with lists and charts share it."""
    tall = [row[0][0].kind != FIGURE for row in rows]
    natural = 10 if height < 30 else 13
    lines = [natural if each else FIGURE_LINES for each in tall]
    left = height - sum(lines)
    count = sum(tall)
    for place, each in enumerate(tall):
        if each and left > 0:
            more = -(-left // count)
            lines[place] += more
            left -= more
            count -= 1
    return lines
