"""The table of a report: a line for each day, week, month or group, a column for each figure, numbers at the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import events
from textual.strip import Strip

from casedesk.reports.wording import NOTHING, value_text
from casedesk.tui.drawing import fit, line_of, wrap
from casedesk.tui.look import Line
from casedesk.tui.widgets.figure_pane import FigurePane

if TYPE_CHECKING:
    from casedesk.reports.definitions import Definition
    from casedesk.reports.values import Figure, Line as ReportLine, Report, Rows

LABEL = 30
"""Cells of a line's label at most."""


class FigureTable(FigurePane):
    """Its cursor stands on one cell; column 0 is the label. Columns that don't fit come in sight with the cursor."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("", id=id)
        self.place = 0
        self.column = 1
        self._lines: Sequence[ReportLine] = ()
        self._columns: Sequence[Definition] = ()
        self._cells: list[list[str]] = []
        self._widths: list[int] = []
        self._headers: list[list[str]] = []
        self._first = 1
        self._said = ""

    def show(self, report: Report) -> None:
        """Show the lines of a report. The cursor stays on its line and column, or near them."""
        label = self._lines[self.place].label if self.place < len(self._lines) else None
        column = self._columns[self.column - 1].id if 0 < self.column <= len(self._columns) else None
        self._lines, self._columns = report.lines, report.columns
        self._said = "There is nothing in this period."
        self._measure(report)
        labels = [line.label for line in report.lines]
        self.place = labels.index(label) if label in labels else max(0, min(self.place, len(labels) - 1))
        ids = [each.id for each in report.columns]
        if self.column:
            self.column = ids.index(column) + 1 if column in ids else min(1, len(ids))
        self._show_cursor()
        self.refresh()

    def clear(self) -> None:
        """Show nothing."""
        self._lines, self._columns, self._cells, self._said = (), (), [], ""
        self._headers, self._widths, self.fixed, self.top = [], [], 0, 0
        self.refresh()

    def _measure(self, report: Report) -> None:
        self._cells = [
            [line_of(line.label), *(value_text(each.definition.unit, each.value) for each in line.figures)]
            for line in report.lines
        ]
        titles = [_title(report), *(definition.title for definition in report.columns)]
        self._headers, self._widths = [], []
        for column, title in enumerate(titles):
            widest = max((cell_len(cells[column]) for cells in self._cells), default=1)
            width = max(widest if column else min(widest, LABEL), _narrowest(title))
            self._widths.append(width)
            self._headers.append(wrap(title, width))
        self.fixed = max(len(header) for header in self._headers) if self._lines else 0

    @property
    def figure(self) -> Figure | None:
        if not (self.place < len(self._lines) and 0 < self.column <= len(self._columns)):
            return None
        return self._lines[self.place].figures[self.column - 1]

    @property
    def rows(self) -> Rows | None:
        if self.place >= len(self._lines):
            return None
        return super().rows if self.column else self._lines[self.place].rows

    @property
    def label(self) -> str:
        return self._lines[self.place].label if self.place < len(self._lines) else ""

    # Measures

    @property
    def line_count(self) -> int:
        return len(self._lines) + self.fixed if self._lines else 1

    def _label_width(self, width: int) -> int:
        return min(self._widths[0], max(8, width // 3))

    def _seen(self, width: int) -> range:
        """The columns that are in sight, from the first on; two cells are left for the sign that there are more."""
        left, column = width - self._label_width(width) - 3, self._first
        while column < len(self._widths) and left > self._widths[column]:
            left -= self._widths[column] + 1
            column += 1
        return range(self._first, max(column, min(self._first + 1, len(self._widths))))

    def _show_cursor(self) -> None:
        if self._lines and self.inner_width:
            self.scroll_to_top(self.top)
            self.scroll_into_view(self.place)
            if self.column:
                self._first = min(self._first, self.column)
                while self.column not in self._seen(self.inner_width) and self._first < self.column:
                    self._first += 1

    def on_resize(self) -> None:
        self._first = 1
        self._show_cursor()
        self.refresh()

    # Drawing

    def draw_line(self, place: int, width: int) -> Strip:
        if not self._lines:
            return self.strip_of([(f" {self._said}", "muted")], width)
        if place < self.fixed:
            return self._header(place, width)
        place -= self.fixed if place >= self.fixed else 0
        return self._line(place, width)

    def _gaps(self, width: int) -> list[int]:
        """The blanks before each column in sight: what is left over is spread among them, a few cells each."""
        seen = self._seen(width)
        used = self._label_width(width) + 1 + sum(self._widths[column] + 1 for column in seen)
        extra = min(5, max(0, width - used - 1) // max(1, len(seen)))
        return [1 + extra] * len(seen)

    def _header(self, place: int, width: int) -> Strip:
        def part(column: int) -> str:
            header = [""] * (self.fixed - len(self._headers[column])) + self._headers[column]
            return header[place]

        line: Line = [(" " + fit(part(0), self._label_width(width)), "muted")]
        seen = self._seen(width)
        for column, gap in zip(seen, self._gaps(width), strict=True):
            role = "text" if column == self.column and self.has_focus else "muted"
            line.append((" " * gap + fit(part(column), self._widths[column], right=True), role))
        last = place == self.fixed - 1
        more: Line = [(" ›", "accent")] if last and seen.stop < len(self._widths) else []
        if last and seen.start > 1:
            line[0] = ("‹" + line[0][0][1:], "accent")
        return self.strip_of([*line, *more], width)

    def _line(self, place: int, width: int) -> Strip:
        cells, here = self._cells[place], place == self.place
        sign = ">" if self.app.preferences.plain else "▸"

        def lead(column: int) -> str:
            return sign if here and self.has_focus and column == self.column else " "

        line: Line = [
            (lead(0), "accent"),
            (fit(cells[0], self._label_width(width)), "found" if lead(0) == sign else "text"),
        ]
        for column, gap in zip(self._seen(width), self._gaps(width), strict=True):
            chosen = lead(column) == sign
            text = fit(cells[column], self._widths[column], right=True)
            at = len(text) - len(text.lstrip())
            before = " " * (gap - 1 + at) if chosen else " " * (gap + at)
            line.append((before, "text"))
            if chosen:
                line.append((sign, "accent"))
            empty = cells[column] in ("0", NOTHING)
            line.append((text[at:], "found" if chosen else "muted" if empty else "text"))
        if not here:
            return self.strip_of(line, width)
        return self.strip_of(line, width, self.app.role_styles["selection" if self.has_focus else "selection-dim"])

    # The cursor

    def go(self, lines: int, columns: int) -> None:
        place = max(0, min(self.place + lines, len(self._lines) - 1))
        column = max(0, min(self.column + columns, len(self._columns)))
        self.go_to((place, column))

    def go_to(self, cell: tuple[int, int]) -> bool:
        if cell == (self.place, self.column) or not self._lines:
            return False
        self.place, self.column = cell
        self._show_cursor()
        self.refresh()
        self.post_message(self.Moved(self))
        return True

    def cell_at(self, event: events.MouseEvent) -> tuple[int, int] | None:
        place = self.place_at(event)
        offset = event.get_content_offset(self)
        if place is None or offset is None or not self._lines or place < self.fixed:
            return None
        width, at = self.inner_width, offset.x - 1
        end = self._label_width(width) + 1
        column = 0
        for seen, gap in zip(self._seen(width), self._gaps(width), strict=True):
            if at < end:
                break
            column, end = seen, end + gap + self._widths[seen]
        return place - self.fixed, column


def _narrowest(title: str) -> int:
    """The least cells in which a title stands in two lines."""
    words = title.split()
    return min(max(len(" ".join(words[:cut])), len(" ".join(words[cut:]))) for cut in range(len(words)))


def _title(report: Report) -> str:
    """The header over the labels: `Day`, `Owner`."""
    return report.heading
