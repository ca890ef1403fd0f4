"""A list of any number of responses with the columns of a view: draws only the lines seen."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence

from textual.message import Message
from textual.strip import Strip

from casedesk.desk.values import ViewColumn, ViewRow
from casedesk.tui.actions import bindings
from casedesk.tui.look import Line, Look
from casedesk.tui.panels.lines import paragraph
from casedesk.tui.view_drawing import Layout
from casedesk.tui.widgets.row_cursor import RowCursor

PAGE = 128
ROWS_KEPT = 8192
SIGNS = 3
"""Cells before the columns: the cursor, the state of its ticket, and a blank."""


class RowList(RowCursor):
    """It is told ids and rows, and tells where its cursor stands and which rows it needs.

    The last cell of each row is the state of the response's ticket; it has no column.
    """

    BINDINGS = bindings("page")

    class Moved(Message):
        """The cursor stands on another response, or on none."""

    class RowsWanted(Message):
        """The rows of these responses are needed for what is seen."""

        def __init__(self, ids: Sequence[int]) -> None:
            super().__init__()
            self.ids = ids

    def __init__(self, look: Look, *, id: str | None = None) -> None:
        super().__init__("Responses", id=id)
        self.ids: array[int] = array("q")
        self.columns: tuple[ViewColumn, ...] = ()
        self._look = look
        self._rows: dict[int, ViewRow] = {}
        self._asked: set[int] = set()
        self._notice = "Reading…"

    @property
    def cursor(self) -> int | None:
        """The id of the response under the cursor."""
        return self.ids[self.row] if self.row < len(self.ids) else None

    def set_columns(self, columns: tuple[ViewColumn, ...]) -> None:
        """Show other columns, under a line with their titles."""
        self.columns = columns
        self.fixed = 1
        self.forget()

    def show_ids(self, ids: Sequence[int]) -> None:
        """Show another result, or its beginning; the cursor stays on its response, if that is in it."""
        wanted = self.cursor
        self.ids = array("q", ids)
        self._notice = ""
        self._asked.clear()
        self.row = self.ids.index(wanted) if wanted is not None and wanted in self.ids else 0
        self.show_row()
        self.post_message(self.Moved())
        self.refresh()

    def add_ids(self, ids: Sequence[int]) -> None:
        """The result goes on."""
        self.ids.extend(ids)
        self.refresh()

    def put_rows(self, rows: Iterable[ViewRow]) -> None:
        """Rows that were asked for."""
        if len(self._rows) > ROWS_KEPT:
            self._rows.clear()
            self._asked.clear()
        self._rows.update((row.id, row) for row in rows)
        self.refresh()

    def forget(self) -> None:
        """Rows are read again when they are seen."""
        self._rows.clear()
        self._asked.clear()
        self.refresh()

    def say(self, notice: str) -> None:
        """Words in place of responses."""
        self.ids = array("q")
        self.row = 0
        self._notice = notice
        self.post_message(self.Moved())
        self.refresh()

    @property
    def row_count(self) -> int:
        return len(self.ids)

    def row_chosen(self, before: int) -> None:
        if self.row != before:
            self.post_message(self.Moved())

    def draw_line(self, place: int, width: int) -> Strip:
        if not self.ids:
            lines = paragraph(self._notice, max(2, width - 2), "muted")
            return self.strip_of([(" ", "text"), *lines[place]] if place < len(lines) else [], width)
        layout = Layout.for_width(self.columns, width - SIGNS)
        if place < self.fixed:
            return self.strip_of([(" " * SIGNS, "muted"), *layout.head()], width)
        row = place - self.fixed
        found = self._rows.get(self.ids[row])
        if found is None:
            self._ask_for(row)
        at_cursor = (row == self.row) + (row == self.row and self.has_focus)
        base = self.app.role_styles[("text", "selection-dim", "selection")[at_cursor]]
        return self.strip_of(self._line(found, layout, bool(at_cursor)), width, base)

    def _line(self, row: ViewRow | None, layout: Layout, at_cursor: bool) -> Line:
        sign = (">" if self._look.plain else "▸") if at_cursor else " "
        if row is None:
            return [(sign, "accent"), ("  …", "muted")]
        state = row.cells[-1]
        mark = self._look.state(state) if isinstance(state, str) else (" ", "text")
        return [(sign, "accent"), mark, (" ", "text"), *layout.cells(row.cells, self._look)]

    def _ask_for(self, row: int) -> None:
        page = row // PAGE
        if page not in self._asked:
            self._asked.add(page)
            missing = [each for each in self.ids[page * PAGE : (page + 1) * PAGE] if each not in self._rows]
            self.post_message(self.RowsWanted(missing))

    def on_resize(self) -> None:
        self.show_row()
        self.refresh()

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()
